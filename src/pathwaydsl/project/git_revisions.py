"""A project as it was at a git revision: `REV:path`, with its imports from the same revision.

Git is only asked for what it keeps; nothing of the working folder is touched and nothing is
fetched. What is missing is named with the command that would fetch it.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from shlex import quote
from tempfile import TemporaryDirectory

from attrs import frozen

from pathwaydsl.project.configuration import FILE_NAME
from pathwaydsl.project.finding_files import RELEASES, SUFFIX
from pathwaydsl.project.git import Done, GitError, NoGitError, git
from pathwaydsl.text.suggestion import nearest

MOST_FILES = 20_000
MOST_BYTES = 256_000_000
"""What is taken of one revision at most."""
_PLAIN = frozenset({"100644", "100755"})
_BACK = re.compile(r"[~^](\d*)")
_SUM = re.compile(r"[0-9a-fA-F]{7,64}")


class RevisionError(Exception):
    """A file could not be read from a revision.

    Attributes:
        advice: What to do, such as the command that fetches what is missing; or None.
    """

    def __init__(self, message: str, advice: str | None = None) -> None:
        super().__init__(message)
        self.advice = advice


@frozen
class _Kept:
    """A file that git keeps: its name in the repository, the sum of its content, its size."""

    name: str
    content: str
    size: int


def split(given: str) -> tuple[str, str]:
    """The revision and the path of `REV:path`."""
    revision, _, path = given.partition(":")
    return revision, path


@contextmanager
def checked_out(revision: str, path: str, here: Path) -> Iterator[Path]:
    """The pathway files of a revision in a folder that is gone afterwards; gives the file asked.

    Args:
        revision: What git takes for a revision: `HEAD~1`, a tag, a branch, a sum.
        path: A file, relative to the root of the repository or to `here`.
        here: A folder in the repository.

    Raises:
        RevisionError: If git, the revision or the file is not there.
    """
    repository = _Repository(here)
    prefix = repository.prefix()
    commit = repository.commit(revision)
    kept = repository.files(commit)
    asked = _asked(path, prefix, kept, revision)
    wanted = [one for one in kept if one.name == asked or _concerns(one.name)]
    if len(wanted) > MOST_FILES or sum(one.size for one in wanted) > MOST_BYTES:
        raise RevisionError(f"{revision} holds more pathway files than can be read at once")
    with TemporaryDirectory(prefix="pathwaydsl-") as folder:
        root = Path(os.path.realpath(folder))
        for one, content in zip(wanted, repository.contents(wanted), strict=True):
            target = root / one.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        (root / FILE_NAME).touch()  # nothing above this folder is part of the project
        yield root / asked


def _concerns(name: str) -> bool:
    path = PurePosixPath(name)
    if path.name == FILE_NAME:
        return True
    return path.suffix == SUFFIX and RELEASES not in path.parts


def _asked(path: str, prefix: str, kept: list[_Kept], revision: str) -> str:
    """The name of the file that was asked for."""
    names = {one.name for one in kept}
    tried = [os.path.normpath(path), os.path.normpath(f"{prefix}{path}")]
    if path.startswith("./"):
        tried.reverse()
    found = next((one for one in tried if one in names), None)
    if found is not None:
        return found
    guess = nearest(tried[0], [one for one in names if one.endswith(SUFFIX)])
    advice = f"Did you mean {revision}:{guess}?" if guess else None
    raise RevisionError(f"There is no file {path} in {revision}", advice)


class _Repository:
    """What git keeps, asked for in one folder."""

    def __init__(self, here: Path) -> None:
        self.here = here

    def prefix(self) -> str:
        """Where the folder lies below the root of the repository, with a slash at the end."""
        done = self._run("rev-parse", "--show-prefix")
        if done.code:
            raise RevisionError(
                "This folder is in no git repository, so no revision can be read",
                "Name a file or a release instead",
            )
        return done.output.decode("utf-8", "replace").strip()

    def commit(self, revision: str) -> str:
        """The sum of a revision."""
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        done = self._run(*asked)
        found = done.output.decode("ascii", "replace").strip()
        if done.code == 0 and found:
            return found
        shallow = self._run("rev-parse", "--is-shallow-repository").output.strip() == b"true"
        if shallow:
            message = f"The git history here is shallow and does not reach {revision}"
        else:
            message = f"There is no revision {revision} in the git history here"
        raise RevisionError(message, f"Run `{fetching(revision, shallow=shallow)}` first")

    def files(self, commit: str) -> list[_Kept]:
        """The plain files of a commit; links and other repositories are none."""
        done = self._run("ls-tree", "-r", "-z", "-l", "--full-tree", commit)
        if done.code:
            raise RevisionError(
                f"Git could not list {commit[:12]}: {_last(done.said)}",
                f"Run `{fetching(commit, shallow=True)}` first",
            )
        return [one for row in done.output.split(b"\0") if row and (one := _kept(row))]

    def contents(self, files: list[_Kept]) -> Iterator[bytes]:
        """What the files hold, in order."""
        asked = "".join(f"{one.content}\n" for one in files).encode()
        done = self._run("cat-file", "--batch", given=asked)
        position = 0
        for one in files:
            end = done.output.find(b"\n", position)
            head = done.output[position:end].split() if end >= 0 else []
            if len(head) != 3:
                raise RevisionError(
                    f"Git does not have the content of {one.name}",
                    "Run `git fetch --refetch` first",
                )
            size = int(head[2])
            yield done.output[end + 1 : end + 1 + size]
            position = end + size + 2

    def _run(self, *arguments: str, given: bytes = b"") -> Done:
        try:
            return git(arguments, folder=self.here, given=given)
        except NoGitError:
            raise RevisionError(
                "Git is not installed, so no revision can be read",
                "Install git, or name a file or a release instead",
            ) from None
        except GitError as error:
            said = str(error)
            raise RevisionError(f"{said[:1].upper()}{said[1:]}") from None


def fetching(revision: str, *, shallow: bool) -> str:
    """The command that would fetch a revision, ready to paste."""
    steps = sum(int(number or 1) for number in _BACK.findall(revision))
    name = _BACK.split(revision, maxsplit=1)[0]
    if shallow and steps and name in {"HEAD", "@", ""}:
        return f"git fetch --deepen={steps}"
    if steps:
        return "git fetch --unshallow" if shallow else "git fetch --all --tags"
    if _SUM.fullmatch(name):
        return f"git fetch --depth=1 origin {name}" if shallow else "git fetch --all --tags"
    branch = name.removeprefix("origin/").removeprefix("refs/remotes/origin/")
    depth = "--depth=1 " if shallow else ""
    if branch != name:
        return f"git fetch {depth}origin {quote(f'{branch}:refs/remotes/origin/{branch}')}"
    return f"git fetch {depth}origin {quote(f'refs/tags/{name}:refs/tags/{name}')}"


def _kept(row: bytes) -> _Kept | None:
    """A row of `ls-tree`; None for what is no plain file or has a name that leads elsewhere."""
    head, _, written = row.partition(b"\t")
    mode, kind, content, size = head.decode("ascii", "replace").split()
    try:
        name = written.decode()
    except UnicodeDecodeError:
        return None
    path = PurePosixPath(name)
    leads = path.is_absolute() or ".." in path.parts or ".git" in path.parts
    if mode not in _PLAIN or kind != "blob" or leads or not size.isdigit():
        return None
    return _Kept(name, content, int(size))


def _last(said: str) -> str:
    lines = said.strip().splitlines()
    return lines[-1] if lines else "no reason was given"
