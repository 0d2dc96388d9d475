"""Finding a project's root and its `.pathway` files.

Nothing here reads a file; links to folders are not followed, so that a search always ends.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from pathwaydsl.project.configuration import FILE_NAME

SUFFIX = ".pathway"
"""The suffix of pathway files."""

RELEASES = "releases"
"""The folder, beside the working files, that holds a folder of releases for each pathway."""


class DifferentProjectsError(Exception):
    """The paths given belong to more than one project."""


def root_of(paths: Sequence[Path]) -> Path:
    """The root of the project that all the paths lie in.

    The nearest folder above with `pathwaydsl.toml`, else the git root, else the file's folder.

    Raises:
        DifferentProjectsError: If they lie in different projects.
    """
    folders = [_folder(path) for path in paths] or [Path.cwd()]
    marked = {root for folder in folders if (root := _marked_root(folder)) is not None}
    loose = [folder for folder in folders if _marked_root(folder) is None]
    if len(marked) > 1 or (marked and loose):
        names = sorted(str(root) for root in (*marked, *loose))
        raise DifferentProjectsError(names[0], names[-1])
    if marked:
        return marked.pop()
    return Path(os.path.commonpath(loose))


def _folder(path: Path) -> Path:
    real = Path(os.path.realpath(path))
    # Unlike those of `Path`, these tests are false where a folder may not be looked into.
    return real if os.path.isdir(real) else real.parent  # noqa: PTH112


def _marked_root(folder: Path) -> Path | None:
    above = (folder, *folder.parents)
    for mark in (FILE_NAME, ".git"):
        here = (place for place in above if os.path.exists(place / mark))  # noqa: PTH110
        found = next(here, None)
        if found is not None:
            return found
    return None


def pathway_files(
    folder: Path,
    root: Path,
    exclude: Sequence[str] = (),
    missed: Callable[[OSError], None] | None = None,
) -> list[Path]:
    """Every pathway file below a folder, sorted; hidden folders are left out.

    Args:
        folder: The folder to search.
        root: The project's root, which patterns count from.
        exclude: Patterns of files that are left out.
        missed: Called for each folder below that cannot be read.

    Raises:
        OSError: If the folder itself cannot be read.
    """
    with os.scandir(folder):
        pass  # os.walk would take an unreadable folder for an empty one
    return sorted(
        path
        for path in _walk(folder, missed)
        if not any(fnmatch(name_in(root, path), pattern) for pattern in exclude)
    )


def _walk(folder: Path, missed: Callable[[OSError], None] | None) -> Iterator[Path]:
    for place, folders, names in os.walk(folder, onerror=missed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if name.endswith(SUFFIX) and not name.startswith("."):
                yield Path(place, name)


def name_in(root: Path, path: Path) -> str:
    """The name that findings give a file: POSIX, relative to the root where it lies inside."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()


def is_release(path: Path) -> bool:
    """Whether the file lies where releases lie: it is looked through, not checked as a draft."""
    return path.parent.parent.name == RELEASES


def is_sealed(path: Path) -> bool:
    """Whether the file is a release whose folder keeps seals: such a file is never rewritten."""
    return is_release(path) and (path.parent / "SEALS").exists()
