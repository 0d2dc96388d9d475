"""What git asks of us for one file: its text to compare, and its merge.

Git has merged or shown every file before us, so nothing here may keep it from doing so: whatever
goes wrong, git's own way is taken and it is said why.
"""

import os
from collections.abc import Callable
from pathlib import Path

from attrs import field, frozen

from pathwaydsl.authoring.merge_review import Looked, Reviewed, noted, review
from pathwaydsl.authoring.merging import merge, whole
from pathwaydsl.project.configuration import Limits
from pathwaydsl.project.finding_files import DifferentProjectsError, is_release
from pathwaydsl.project.git import GitError, merge_file
from pathwaydsl.project.loading import Project, load_project
from pathwaydsl.project.reading_files import BYTE_ORDER_MARK, decode
from pathwaydsl.syntax.reader import read
from pathwaydsl.syntax.tree import SyntaxFile
from pathwaydsl.text.source import Source

CONFLICT = 10
"""The exit code of a merge with conflicts: no failure of the program has it."""


@frozen
class Driven:
    """A merged file.

    Attributes:
        content: What goes into the file.
        conflicts: What has to be settled, a sentence each.
        notes: What else to know, a sentence each.
    """

    content: bytes
    conflicts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@frozen
class Versions:
    """The files that git hands over.

    Attributes:
        base, ours, theirs: Where the versions lie.
        name: The name of the file in the work tree.
        marker: How long conflict markers are.
        folder: The top of the work tree, which the name counts from.
    """

    base: Path
    ours: Path
    theirs: Path
    name: str
    marker: int = 7
    folder: Path = field(factory=Path.cwd)


def shown(content: bytes) -> bytes:
    """The text of a file for comparing: in canonical form, or as it is where it cannot be read.

    Lines end with a line feed alone, so that the work tree of any system compares with what git
    keeps.
    """
    from pathwaydsl.formatting.safe import formatted  # noqa: PLC0415  not needed for merging

    outcome = decode(content, "shown.pathway", most_bytes=Limits().file_size)
    if outcome.value is None or outcome.findings:
        return content
    try:
        text = formatted(outcome.value).value
    except (RecursionError, MemoryError):
        text = None
    plain = outcome.value.text if text is None else text
    return plain.replace("\r\n", "\n").encode()


def driven(versions: Versions) -> Driven:
    """Merge a file for git.

    Raises:
        GitError: If git itself cannot merge it.
    """
    if is_release(Path(versions.name)):
        return _sealed(versions)
    content, count = merge_file(versions.base, versions.ours, versions.theirs, versions.marker)
    texts = [_text(path) for path in (versions.base, versions.ours, versions.theirs)]
    by_line = _decoded(content)
    base, ours, theirs = texts
    if base is None or ours is None or theirs is None or by_line is None:
        return _lines_only(content, count, "it is not text in UTF-8")
    if any(whole(text) is None for text in (ours, theirs)) or (base.strip() and not whole(base)):
        return _lines_only(content, count, "one of the versions cannot be read as a pathway")
    again = _Again(versions, ours, theirs)
    merged = merge(base, ours, theirs, marker=versions.marker)
    first = None
    if not count and whole(by_line) is not None and not (merged and merged.order):
        first = again.look(by_line)
        if not first.clashes:
            return Driven(content, notes=first.notes)
    like = versions.ours.read_bytes()
    if merged is None:
        if first is not None:
            return _clashing(by_line, first, again, like)
        if count:
            return _lines_only(content, count, "it cannot be merged statement by statement")
        return Driven(content, ("Merged line by line, it can no longer be read",))
    if merged.conflicts:
        return Driven(_encoded(merged.text, like), merged.conflicts)
    second = again.look(merged.text)
    if second.clashes:
        return _clashing(merged.text, second, again, like)
    return Driven(_encoded(merged.text, like), notes=second.notes)


def settled(content: bytes) -> str | None:
    """What is left to do in a file that somebody has merged by hand, or None."""
    text = _decoded(content)
    if text is None:
        return "it is not text in UTF-8"
    lines = text.split("\n")
    if any(line.startswith(("<<<<<<< ", ">>>>>>> ", "||||||| ")) for line in lines):
        return "conflict markers are left in it"
    if any(line.strip().startswith("# Conflict: ") for line in lines):
        return "a line `# Conflict: …` is left in it"
    return None if whole(text) is not None else "it cannot be read as a pathway"


def _sealed(versions: Versions) -> Driven:
    """A release is what was sealed: nothing is ever merged into it."""
    ours, theirs = versions.ours.read_bytes(), versions.theirs.read_bytes()
    if ours == theirs:
        return Driven(ours)
    message = (
        "The two sides have different texts of this release, and a release is never merged. "
        "Nothing was changed in it: take the text that was sealed, then run `pathwaydsl verify`"
    )
    return Driven(ours, (message,))


def _lines_only(content: bytes, count: int, because: str) -> Driven:
    note = f"Merged by git line by line and not looked at, because {because}"
    return Driven(content, ("Both sides changed the same lines",) if count else (), (note,))


def _clashing(text: str, found: Reviewed, again: "_Again", like: bytes) -> Driven:
    file = again.file(text)
    said = tuple(clash.message for clash in found.clashes)
    return Driven(_encoded(noted(file, found.clashes), like), said, found.notes)


def _text(path: Path) -> str | None:
    try:
        return _decoded(path.read_bytes())
    except OSError:
        return None


def _decoded(content: bytes) -> str | None:
    try:
        return content.removeprefix(BYTE_ORDER_MARK).decode().replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None


def _encoded(text: str, like: bytes) -> bytes:
    """The bytes of a text, with the line ends and the byte-order mark of a version."""
    if like.partition(b"\n")[0].endswith(b"\r"):
        text = text.replace("\n", "\r\n")
    mark = BYTE_ORDER_MARK if like.startswith(BYTE_ORDER_MARK) else b""
    return mark + text.encode()


class _Again:
    """The second look at a merged file; what imports say is read from the work tree."""

    def __init__(self, versions: Versions, ours: str, theirs: str) -> None:
        self.path = Path(os.path.realpath(versions.folder / versions.name))
        self.ours = ours
        self.theirs = theirs
        self.sides: tuple[Looked, Looked] | None = None
        self.name = versions.name

    def file(self, text: str) -> SyntaxFile:
        """The tree of a text under the name that findings give the file."""
        return read(Source(self.name, text)).value

    def look(self, text: str) -> Reviewed:
        """Look at a merged text; that this fails is said and keeps nothing from being merged."""
        return guarded(lambda: self._look(text))

    def _look(self, text: str) -> Reviewed:
        if not self.path.parent.is_dir():
            why = "there is no work tree here in which to find what it uses"
            return review(Looked(unread=why), Looked(), Looked())
        if self.sides is None:
            self.sides = self._loaded(self.ours), self._loaded(self.theirs)
        return review(self._loaded(text), *self.sides)

    def _loaded(self, text: str) -> Looked:
        project = load_project([self.path], instead={self.path: text.encode()})
        self.name = project.asked[0]
        return looked_at(project)


def looked_at(project: Project) -> Looked:
    """What the second look needs of a project that was loaded for one file."""
    document = project.documents.get(project.asked[0])
    return Looked(
        errors=tuple(found for found in project.errors if not project.about_releases(found)),
        pathway=document.pathway if document is not None else None,
        others={
            one.pathway.id: one.pathway
            for one in project.documents.values()
            if one.pathway is not None
        },
        unread=_unread(project),
    )


def _unread(project: Project) -> str | None:
    """Why a file could not be checked: what it uses is missing, or cannot be read."""
    for found in project.errors:
        if found.rule.startswith(("PW1", "PW2")):
            return f"{found.message} ({found.file}, {found.rule})"
    return None


def guarded(look: Callable[[], Reviewed]) -> Reviewed:
    """A second look; that it fails is said and keeps nothing from being merged."""
    try:
        return look()
    except DifferentProjectsError:
        why = "its folder belongs to no one project"
    except (OSError, GitError) as error:
        why = str(error)
    except Exception as error:  # noqa: BLE001  git must go on, whatever is wrong with us
        why = f"of a mistake of the program ({type(error).__name__}: {error})"
    return Reviewed(notes=(f"Not looked at after the merge, because {' '.join(why.split())}",))
