"""Whether a folder may be built into: it is ours or empty, and no other build is at it.

A mark says that the folder is ours and whether the last build came to its end. What a build that
was stopped left behind is not trusted.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # there is none on Windows
    fcntl = None  # type: ignore[assignment]

MARK = "site.txt"
"""The mark's name, in the folder in which a build works."""

FINISHED = "A site of pathwaydsl.\n"
UNFINISHED = "A site of pathwaydsl, not finished.\n"

_FOREIGN = (
    "the folder holds files that no build put there, and they could be overwritten; "
    "name an empty folder, or a new one, with `-o`"
)
_TAKEN = "another build is writing to this folder; wait until it is done"


class FolderRefusedError(OSError):
    """The folder may not be built into; the text says why."""


@contextmanager
def claimed(out: Path, work: Path) -> Iterator[None]:
    """Hold a folder for one build.

    Args:
        out: The folder the site is written to.
        work: The folder inside it in which a build works.

    Raises:
        FolderRefusedError: If the folder is not ours, or another build holds it.
        OSError: If it cannot be written to.
    """
    mark = work / MARK
    if not mark.is_file() and not (work / "pages.txt").is_file() and _foreign(out, work):
        raise FolderRefusedError(_FOREIGN)
    work.mkdir(parents=True, exist_ok=True)
    with mark.open("a+", encoding="utf-8") as held:
        if fcntl is not None:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise FolderRefusedError(_TAKEN) from None
        held.seek(0)
        if held.read() != FINISHED:
            shutil.rmtree(work / "doctrees", ignore_errors=True)
            (out / ".buildinfo").unlink(missing_ok=True)
        mark.write_text(UNFINISHED, "utf-8")
        yield


def finish(work: Path) -> None:
    """Mark the build as come to its end; called while the folder is held."""
    (work / MARK).write_text(FINISHED, "utf-8")


def _foreign(out: Path, work: Path) -> bool:
    """Whether a folder without our mark holds anything that can be seen, or another's work."""
    try:
        names = [each.name for each in out.iterdir()]
    except FileNotFoundError:
        return False
    return any(not name.startswith(".") for name in names) or (work / "source").exists()
