"""The hook with which git asks us about a merge before it commits it.

It is a file of our own in git's own folder of hooks. Where somebody else's hook stands, or hooks
are kept elsewhere, nothing is written, and it is said what to add there.
"""

import os
import shlex
import sys
from pathlib import Path

from pathwaydsl.project.disk import RealDisk
from pathwaydsl.project.git import GitError, asked, git

NAME = "pre-merge-commit"
"""What git calls it: run when a merge went well, before it is committed."""

STOPS = 10
"""The exit code of `pathwaydsl git merged` for which the merge is not committed."""

_MARK = "# pathwaydsl: `pathwaydsl git disable` removes this file"


def _text() -> str:
    program = " ".join(shlex.quote(p) for p in (Path(sys.executable).as_posix(), "-P"))
    return (
        f"#!/bin/sh\n{_MARK}\n"
        f"{program} -m pathwaydsl git merged\n"
        f'test "$?" -ne {STOPS}\n'  # whatever else goes wrong, git goes on
    )


def _file() -> Path:
    return Path(os.path.abspath(asked(["rev-parse", "--git-path", f"hooks/{NAME}"])))  # noqa: PTH100


def hook_state() -> str:
    """How the hook stands in this repository: `there`, `missing` or `foreign`.

    Raises:
        GitError: If there is no repository here, or the file cannot be read.
    """
    if git(["config", "core.hooksPath"]).code == 0:
        return "foreign"
    content = _read(_file())
    if content is None:
        return "missing"
    return "there" if _MARK.encode() in content else "foreign"


def enable_hook() -> str:
    """Write the hook where none is; how it stands then.

    Raises:
        GitError: If it cannot be written.
    """
    found = hook_state()
    file = _file()
    text = _text().encode()
    if found == "foreign" or _read(file) == text:
        return found
    disk = RealDisk()
    fresh = file.parent / f".{NAME}.pathwaydsl"
    try:
        disk.make_folder(file.parent)
        disk.write(fresh, text)
        if found == "there":
            disk.replace(fresh, file)
        else:
            disk.place(fresh, file)
        file.chmod(0o755)
    except OSError as error:
        message = f"{file} cannot be written: {error.strerror or error}"
        raise GitError(message) from None
    return "there"


def disable_hook() -> None:
    """Remove the hook if it is ours.

    Raises:
        GitError: If it cannot be removed.
    """
    if hook_state() != "there":
        return
    file = _file()
    try:
        RealDisk().remove(file)
    except OSError as error:
        message = f"{file} cannot be removed: {error.strerror or error}"
        raise GitError(message) from None


def _read(file: Path) -> bytes | None:
    try:
        return RealDisk().read(file)
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror or error}"
        raise GitError(message) from None
