"""Following `enter`: which file of the project holds a pathway that another one enters.

`enter` names a pathway by its id, without a path, so the project's files are looked through; they
are only searched for the line that opens a pathway, not read.
A release says which version it enters.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pathwaydsl.model.pathway import Document
from pathwaydsl.model.values import Version
from pathwaydsl.project.finding_files import is_release, pathway_files
from pathwaydsl.project.shelved_releases import ReleaseFolder
from pathwaydsl.syntax.tree import SyntaxFile

_OPENING = re.compile(rb"^[ \t]*pathway[ \t]+([a-z][a-z0-9-]*)[ \t\r\n]*\"", re.MULTILINE)


def entered(file: SyntaxFile) -> frozenset[str]:
    """Ids of the pathways that a file enters."""
    return frozenset(
        str(name)
        for pathway in file.root.children_of("pathway")
        for block in pathway.children_of("pathway_block")
        for enter in block.children_of("enter")
        for statements in enter.children_of("enter_block")
        for statement in statements.children_of("enter_pathway")
        for name in statement.tokens_of("NAME")
    )


def held(file: SyntaxFile) -> frozenset[str]:
    """Ids of the pathways that a file holds."""
    return frozenset(
        str(name)
        for pathway in file.root.children_of("pathway")
        for name in pathway.tokens_of("NAME")[:1]
    )


def homes(root: Path, exclude: Sequence[str], most_bytes: int) -> Mapping[str, Path]:
    """The files below the root that open a pathway, by the pathway's id; the first of each."""
    found: dict[str, Path] = {}
    for path, content in _contents(root, exclude, most_bytes):
        for match in _OPENING.finditer(content):
            found.setdefault(match[1].decode(), path)
    return found


def _contents(root: Path, exclude: Sequence[str], most: int) -> Iterator[tuple[Path, bytes]]:
    try:
        paths = pathway_files(root, root, exclude)
    except OSError:
        return
    for path in paths:
        try:
            if path.is_file() and path.stat().st_size <= most and not is_release(path):
                yield path, path.read_bytes()
        except OSError:
            continue


def entered_versions(
    file: SyntaxFile, documents: Mapping[str, Document], folders: Sequence[ReleaseFolder]
) -> dict[str, Version]:
    """The version of each pathway that a file enters: its newest release, else its working file."""
    found: dict[str, Version] = {}
    for document in documents.values():
        if document.pathway is not None and document.pathway.version is not None:
            found[document.pathway.id] = document.pathway.version
    for folder in folders:
        if folder.newest is not None:
            found[folder.pathway] = folder.newest
    return {name: found[name] for name in sorted(entered(file) & found.keys())}
