"""Knowing that a build would make what is already there.

A stamp in the output says what went into the last build and what came out of it: the files with
their digests, everything else the result depends on, and each page with its size and time.
Only if all of it is still so does a build have nothing to do. A build in which a flowchart failed
leaves no stamp, so that the next one tries and tells again.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from attrs import frozen

from pathwaydsl.project.configuration import FILE_NAME
from pathwaydsl.project.finding_files import pathway_files

STAMP = Path(".work") / "stamp.json"
"""Where the stamp lies in the output."""

_STANDS_ON = ("pathwaydsl", "sphinx", "furo", "myst-parser", "docutils", "graphviz-pure", "lark")


@frozen
class Told:
    """What a build told, to be told again.

    Attributes:
        text: What it wrote for the reader.
        code: Its exit code.
    """

    text: str
    code: int


def told_before(out: Path, paths: Sequence[Path], options: Mapping[str, Any]) -> Told | None:
    """What the last build told, if a build with these options would do nothing new."""
    try:
        stamp = json.loads((out / STAMP).read_text("utf-8"))
        same = (
            stamp["options"] == _settled(options)
            and all(_digest(Path(path)) == digest for path, digest in stamp["files"].items())
            and stamp["asked"] == _asked(paths, Path(stamp["root"]), stamp["exclude"])
            and stamp["made"] == dict(_made(out))
        )
        return Told(str(stamp["text"]), int(stamp["code"])) if same else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def keep(
    out: Path,
    paths: Sequence[Path],
    options: Mapping[str, Any],
    *,
    root: Path,
    files: Sequence[Path],
    exclude: Sequence[str],
    told: Told,
) -> None:
    """Leave a stamp of a build that is done; where that cannot be, the next build runs in full.

    Args:
        out: The output.
        paths: What was asked for.
        options: Everything else the result depends on.
        root: The project's root.
        files: Every file that was read.
        exclude: The patterns of files left out of a search.
        told: What the build told.
    """
    stamp = {
        "options": _settled(options),
        "root": str(root),
        "exclude": list(exclude),
        "asked": _asked(paths, root, exclude),
        "files": {str(path): _digest(path) for path in (*files, root / FILE_NAME)},
        "made": dict(_made(out)),
        "text": told.text,
        "code": told.code,
    }
    fresh = out / STAMP.with_suffix(f".{os.getpid()}")
    try:
        fresh.write_text(json.dumps(stamp), "utf-8")
        fresh.replace(out / STAMP)
    except OSError:
        fresh.unlink(missing_ok=True)


def _settled(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options with the program itself and what it stands on."""
    return {**options, "python": sys.version, "program": _program(), "versions": _versions()}


def _versions() -> list[str]:
    found = []
    for name in _STANDS_ON:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} none")
    return found


def _program() -> str:
    """The files of the program by size and time: a checkout changes without a new version."""
    package = Path(__file__).parents[1]
    folders = [package, package.parents[1] / "grammar"]
    seen = hashlib.sha256()
    for folder in folders:
        for path, size, time in _statuses(folder, skip="__pycache__"):
            seen.update(f"{path} {size} {time}\n".encode())
    return seen.hexdigest()


def _asked(paths: Sequence[Path], root: Path, exclude: Sequence[str]) -> list[str]:
    found = []
    for path in paths or [Path()]:
        real = Path(os.path.realpath(path))
        inside = pathway_files(real, root, exclude) if real.is_dir() else [real]
        found += [os.path.realpath(file) for file in inside]
    return found


def _digest(path: Path) -> str | None:
    """What a file holds, or None where there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None


def _made(out: Path) -> Iterator[tuple[str, list[int]]]:
    """Everything in the output but the working folder."""
    for path, size, time in _statuses(out, skip=STAMP.parts[0]):
        yield path, [size, time]


def _statuses(folder: Path, *, skip: str) -> Iterator[tuple[str, int, int]]:
    """Path, size and time of every file below a folder, sorted."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != skip)
        for name in sorted(names):
            path = Path(place, name)
            status = path.stat()
            yield path.relative_to(folder).as_posix(), status.st_size, status.st_mtime_ns
