"""A merge looked at as a whole: what only several merged files together do.

Git hands over one file at a time, and only those that both sides changed. A threshold raised in a
library and the old one written into a pathway meet in no file, so they are looked at here.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from attrs import frozen

from pathwaydsl.authoring.flattening import same
from pathwaydsl.authoring.merge_review import Looked, Reviewed, review
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.project.configuration import FILE_NAME
from pathwaydsl.project.finding_files import SUFFIX, DifferentProjectsError, is_release
from pathwaydsl.project.git import GitError, asked, git
from pathwaydsl.project.git_merging import guarded, looked_at
from pathwaydsl.project.git_revisions import RevisionError, checked_out
from pathwaydsl.project.loading import Project, load_project

_NAMED = "GITHEAD_"
"""Git tells what it merges in the environment, as GITHEAD_<sum>=<what it was called>."""


@frozen
class Sides:
    """What a merge puts together: two revisions and the one that both come from."""

    ours: str
    theirs: str
    base: str


def sides(folder: Path) -> Sides | None:
    """The merge that is under way, or else the one that the last commit is; None where none is.

    Raises:
        GitError: If git cannot say, or several branches are merged at once.
    """
    found = [name.removeprefix(_NAMED) for name in os.environ if name.startswith(_NAMED)]
    ours = "HEAD"
    if not found:
        under_way = git(["rev-parse", "--git-path", "MERGE_HEAD"], folder=folder)
        file = folder / under_way.text
        if not under_way.code and file.is_file():
            found = file.read_text(encoding="ascii", errors="replace").split()
    if not found:
        row = asked(["rev-list", "--no-walk", "--parents", "HEAD"], folder=folder).split()
        if len(row) < 3:
            return None
        ours, found = row[1], row[2:]
    if len(found) > 1:
        message = "more than two branches were merged at once: run `pathwaydsl check`"
        raise GitError(message)
    base = git(["merge-base", ours, found[0]], folder=folder)
    return None if base.code else Sides(ours, found[0], base.text)


def merged_files(folder: Path, merge: Sides) -> Iterator[tuple[str, Reviewed]]:
    """What only the merge does, for each pathway that files of both sides have a part in.

    Args:
        folder: The top of the work tree, which holds the merged files.
        merge: What was merged.

    Raises:
        GitError: If git cannot list the files.
    """
    mine = _changed(folder, merge.base, merge.ours)
    yours = _changed(folder, merge.base, merge.theirs)
    if not mine or not yours:
        return
    for name in _names(asked(["ls-files", "-z", "--", f"*{SUFFIX}"], folder=folder)):
        path = folder / name
        if is_release(path) or not path.is_file():
            continue
        try:
            parts = _parts(path, folder)
        except DifferentProjectsError:
            continue
        if not parts & mine or not parts & yours or len(parts & (mine | yours)) == 1:
            continue
        yield name, guarded(partial(_reviewed, folder, name, merge))


def _reviewed(folder: Path, name: str, merge: Sides) -> Reviewed:
    """Look at one file again; what means the same as on one side has nothing new in it."""
    merged = load_project([folder / name], checked=False)
    with ExitStack() as stack:
        files: list[Path | str] = []
        for revision in (merge.ours, merge.theirs):
            try:
                file = stack.enter_context(checked_out(revision, name, folder))
            except RevisionError as error:
                files.append(str(error))
                continue
            if _alike(merged, load_project([file], checked=False)):
                return Reviewed()
            files.append(file)
        before = [
            Looked(unread=file) if isinstance(file, str) else looked_at(load_project([file]))
            for file in files
        ]
        return review(looked_at(load_project([folder / name])), before[0], before[1])


def _alike(one: Project, other: Project) -> bool:
    """Whether two versions of a file mean the same, with all they use and enter."""
    if one.unread or other.unread or one.configuration != other.configuration:
        return False
    meant = [sorted(_pathways(project).items()) for project in (one, other)]
    names = [[name for name, _ in pathways] for pathways in meant]
    if not meant[0] or names[0] != names[1]:
        return False
    return all(same(ours, theirs) for (_, ours), (_, theirs) in zip(*meant, strict=True))


def _pathways(project: Project) -> dict[str, Pathway]:
    found = (document.pathway for document in project.documents.values())
    return {pathway.id: pathway for pathway in found if pathway is not None}


def _parts(path: Path, folder: Path) -> frozenset[str]:
    """The names of all files that a file is made of, itself and the settings among them."""
    project = load_project([path], checked=False)
    files = (*project.paths.values(), project.root / FILE_NAME)
    top = os.path.realpath(folder)
    return frozenset(Path(os.path.relpath(os.path.realpath(f), top)).as_posix() for f in files)


def _changed(folder: Path, base: str, side: str) -> frozenset[str]:
    listed = asked(["diff", "--name-only", "--no-renames", "-z", base, side, "--"], folder=folder)
    return frozenset(n for n in _names(listed) if n.endswith((SUFFIX, FILE_NAME)))


def _names(listed: str) -> Sequence[str]:
    return [name for name in listed.split("\0") if name]
