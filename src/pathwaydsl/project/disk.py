"""The few things a release does to the disk, one step at a time.

Each step is whole or did not happen as far as a reader can tell, except `write`, which only ever
writes hidden files that nobody reads. Tests put a disk in its place that stops at any step.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Protocol


class Disk(Protocol):
    """What a release asks of the disk; every method may raise OSError."""

    def read(self, path: Path) -> bytes | None:
        """The bytes of a file, or None if there is none."""
        ...

    def make_folder(self, path: Path) -> None:
        """Make a folder and those above it, if they are not there."""
        ...

    def write(self, path: Path, content: bytes) -> None:
        """Write a file, not in one step; it is on the disk when this returns."""
        ...

    def replace(self, source: Path, target: Path) -> None:
        """Move a file over another one in one step."""
        ...

    def place(self, source: Path, target: Path) -> None:
        """Move a file to a name that is free, in one step.

        Raises:
            FileExistsError: If the name is taken; then nothing has changed.
        """
        ...

    def remove(self, path: Path) -> None:
        """Remove a file, if it is there."""
        ...


class RealDisk:
    """The disk itself."""

    def read(self, path: Path) -> bytes | None:
        """The bytes of a file, or None if there is none."""
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None

    def make_folder(self, path: Path) -> None:
        """Make a folder and those above it, if they are not there."""
        path.mkdir(parents=True, exist_ok=True)

    def write(self, path: Path, content: bytes) -> None:
        """Write a file and wait until it is on the disk."""
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def replace(self, source: Path, target: Path) -> None:
        """Move a file over another one in one step, keeping that one's permissions."""
        with suppress(FileNotFoundError):
            source.chmod(target.stat().st_mode & 0o7777)
        source.replace(target)
        _settle(target.parent)

    def place(self, source: Path, target: Path) -> None:
        """Move a file to a name that is free, in one step."""
        try:
            os.link(source, target)
        except FileExistsError:
            raise
        except OSError:  # a disk without second names for a file
            if target.exists():
                raise FileExistsError(target) from None
            source.rename(target)
        else:
            source.unlink()
        _settle(target.parent)

    def remove(self, path: Path) -> None:
        """Remove a file, if it is there."""
        path.unlink(missing_ok=True)
        _settle(path.parent)


def _settle(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
