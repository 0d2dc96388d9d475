"""Releasing: from a working file to a sealed release, safe against stopping at any moment.

First everything is made in memory and looked at. Then a journal is written that holds all of it;
from there on the release can only go forward. Whoever finds the journal ends what it says.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from attrs import frozen

from pathwaydsl.authoring.journal import Journal, read_journal, written
from pathwaydsl.authoring.seals import FILE_NAME, digest_of, read_seals, with_seal
from pathwaydsl.project.disk import Disk
from pathwaydsl.project.release_folders import FRESH, JOURNAL

LOCK = ".lock"
"""Held while a release is made; it may lie there afterwards."""

KEPT_AS_IT_IS = b"* -text\n"
"""For git: releases are bytes, whatever line ends it writes elsewhere."""

NOT_KEPT = f"{LOCK}\n{JOURNAL}\n.*{FRESH}\n".encode()
"""For git: what is only there while a release is made."""


class ReleaseError(Exception):
    """A release cannot be made or ended; the text says why, and what is left to do."""


class BusyError(Exception):
    """Somebody else is releasing this pathway right now."""


@frozen
class Ended:
    """What a release came to.

    Attributes:
        version: The version released.
        file: Where it lies.
        working_left: Whether the working file was left as it is, because it had changed since.
    """

    version: str
    file: Path
    working_left: bool


@contextmanager
def locked(folder: Path, *, seconds: float = 10) -> Iterator[None]:
    """Hold the lock of a folder of releases.

    Raises:
        BusyError: If somebody else holds it for longer than that.
        ReleaseError: If there can be no lock.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415  only a release needs it

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK, timeout=seconds)
        lock.acquire()
    except Timeout:
        raise BusyError(folder) from None
    except OSError as error:
        message = f"{folder} cannot be written: {error.strerror or error}"
        raise ReleaseError(message) from None
    try:
        yield
    finally:
        lock.release()


def begun(folder: Path, disk: Disk) -> Journal | None:
    """The journal of a release that was begun here and not ended; what is not whole is removed.

    Raises:
        ReleaseError: If a file that should be a journal is none.
    """
    try:
        content = disk.read(folder / JOURNAL)
        if content is None:
            for left in sorted(folder.glob(f".*{FRESH}")):
                disk.remove(left)
            return None
    except OSError as error:
        raise ReleaseError(_said(folder, error)) from None
    journal = read_journal(content)
    if journal is None:
        message = (
            f"{folder / JOURNAL} is not the journal of a release: remove it, then run "
            "`pathwaydsl verify`"
        )
        raise ReleaseError(message)
    return journal


def begin(folder: Path, journal: Journal, disk: Disk) -> None:
    """Write the journal; only when it is whole has the release begun.

    Raises:
        ReleaseError: If it cannot be written; then nothing was released.
    """
    fresh = folder / f"{JOURNAL}{FRESH}"
    try:
        disk.make_folder(folder)
        disk.write(fresh, written(journal))
        disk.replace(fresh, folder / JOURNAL)
    except OSError as error:
        with suppress(OSError):  # `verify` names it, and the next release removes it
            disk.remove(fresh)
        message = f"{_said(folder, error)}. Nothing was released"
        raise ReleaseError(message) from None


def end(working: Path, folder: Path, journal: Journal, disk: Disk) -> Ended:
    """Do what the journal says, as far as it is not done yet, and remove it.

    Raises:
        ReleaseError: If something is in the way; running it again goes on from there.
    """
    begun_for = working.with_name(journal.working)
    if begun_for != working and begun_for.exists():
        message = (
            f"The release of {journal.version} was begun for {journal.working}: run "
            f"`pathwaydsl release` for that file first"
        )
        raise ReleaseError(message)
    try:
        for name, content in ((".gitattributes", KEPT_AS_IT_IS), (".gitignore", NOT_KEPT)):
            if disk.read(folder / name) is None:
                _put(folder / name, content, disk)
        _place(folder / journal.name, journal.release.encode(), disk)
        if journal.signature is not None:
            signature = folder / f"{journal.version}.sig"
            _place(signature, journal.signature.encode(), disk)
        _seal(folder, journal, disk)
        left = not _next(begun_for, journal, disk)
        disk.remove(folder / JOURNAL)
    except OSError as error:
        message = (
            f"{_said(folder, error)}. The release of {journal.version} was begun and not ended: "
            "when this is mended, run the same command again"
        )
        raise ReleaseError(message) from None
    return Ended(journal.version, folder / journal.name, left)


def _put(path: Path, content: bytes, disk: Disk) -> None:
    fresh = path.parent / f".{path.name.lstrip('.')}{FRESH}"
    disk.write(fresh, content)
    disk.replace(fresh, path)


def _place(path: Path, content: bytes, disk: Disk) -> None:
    """Put a file where none is; one that is there already has to be the same."""
    there = disk.read(path)
    if there is None:
        fresh = path.parent / f".{path.name}{FRESH}"
        disk.write(fresh, content)
        try:
            disk.place(fresh, path)
        except FileExistsError:
            there = disk.read(path)
        else:
            return
    if there != content:
        message = (
            f"{path} is there already and is something else. Nothing is written over it: move it "
            "away, then run the same command again"
        )
        raise ReleaseError(message)


def _seal(folder: Path, journal: Journal, disk: Disk) -> None:
    path = folder / FILE_NAME
    text = (disk.read(path) or b"").decode(errors="surrogateescape")
    seal = read_seals(text).of(journal.name)
    if seal is None:
        _put(path, with_seal(text, journal.seal).encode(errors="surrogateescape"), disk)
    elif seal != journal.seal:
        message = f"{path} seals {journal.name} as something else: this version was released before"
        raise ReleaseError(message)


def _next(working: Path, journal: Journal, disk: Disk) -> bool:
    """Set up the next working file; one that somebody has changed since is left as it is."""
    there = disk.read(working)
    after = journal.after.encode()
    if there == after:
        return True
    if there is None or digest_of(there) != journal.before:
        return False
    _put(working, after, disk)
    return True


def _said(folder: Path, error: OSError) -> str:
    return f"{error.filename or folder} cannot be written: {error.strerror or error}"
