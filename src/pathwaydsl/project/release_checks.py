"""What a project's working files and its folders of releases say about each other."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from attrs import frozen

from pathwaydsl.authoring.flattening import flatten
from pathwaydsl.authoring.sign_off import other_sheets, sheets
from pathwaydsl.model.pathway import Document, Pathway
from pathwaydsl.project.entering import entered_versions
from pathwaydsl.project.finding_files import RELEASES, is_release
from pathwaydsl.project.release_folders import folders_beside, look_through
from pathwaydsl.project.shelved_releases import ReleaseFolder, ShelvedRelease
from pathwaydsl.resolve import ResolveOptions
from pathwaydsl.syntax.reader import read
from pathwaydsl.syntax.tree import SyntaxFile
from pathwaydsl.text.finding import Finding, Outcome
from pathwaydsl.text.rules import finding
from pathwaydsl.text.source import Source


@frozen
class Shelved:
    """The files of a project as they were loaded.

    Attributes:
        root: The root of the project.
        paths: Where each file lies, by name.
        files: Their syntax.
        documents: What they mean.
        unread: Files that could not be read whole.
        released: Releases that lie below the folders asked for.
    """

    root: Path
    paths: Mapping[str, Path]
    files: Mapping[str, SyntaxFile]
    documents: Mapping[str, Document]
    unread: frozenset[str]
    released: frozenset[Path]


def look_at_releases(
    shelved: Shelved, options: ResolveOptions, most_bytes: int
) -> Outcome[tuple[ReleaseFolder, ...]]:
    """Every folder of releases of a project, and what is wrong with it.

    Args:
        shelved: The project's files.
        options: The units and kinds of gaps that the project adds.
        most_bytes: How large a release may be.
    """
    findings: list[Finding] = []
    folders: dict[Path, ReleaseFolder] = {}
    for path in folders_beside((*shelved.paths.values(), *shelved.released)):
        outcome = look_through(path, shelved.root, most_bytes=most_bytes)
        folders[path] = outcome.value
        findings += outcome.findings
    findings += across(folders.values())
    working = (
        (shelved.paths[name], document.pathway)
        for name, document in shelved.documents.items()
        if document.pathway is not None and not is_release(shelved.paths[name])
    )
    findings += working_findings(working, folders)
    found = tuple(folders.values())
    findings += changed_since_approval(shelved, found, options)
    return Outcome(found, tuple(findings))


def across(folders: Iterable[ReleaseFolder]) -> Iterator[Finding]:
    """Releases of one pathway that lie in two folders under one number."""
    seen: dict[tuple[str, str], ShelvedRelease] = {}
    for folder in folders:
        for release in folder.releases:
            first = seen.setdefault((folder.pathway, str(release.version)), release)
            if first is not release and first.sound and release.sound:
                message = f"{release.name} and {first.name} are both version {release.version}"
                advice = "Keep the releases of a pathway in one folder"
                yield finding("PW620", message, None, file=release.name, help=advice)


def working_findings(
    pathways: Iterable[tuple[Path, Pathway]], folders: Mapping[Path, ReleaseFolder]
) -> Iterator[Finding]:
    """The working file is the next version, and supersedes the newest sealed release."""
    for path, pathway in pathways:
        folder = folders.get(path.parent / RELEASES / pathway.id)
        if folder is None or folder.newest is None or folder.interrupted:
            continue
        newest, version = folder.newest, pathway.version
        if version is None:
            continue
        if version <= newest:
            same = "has been released" if version in folder.versions else f"is not after {newest}"
            yield finding(
                "PW624",
                f"Version {version} of “{pathway.label}” {same}",
                pathway.span,
                file=pathway.file,
                help=f"The working file is the next version: write one after {newest}, and "
                f"`supersedes {newest}`",
            )
        elif pathway.supersedes != newest:
            has = f"version {pathway.supersedes}" if pathway.supersedes else "nothing"
            yield finding(
                "PW623",
                f"“{pathway.label}” supersedes {has}, but the newest release is {newest}",
                pathway.span,
                file=pathway.file,
                help=f"Write `supersedes {newest}`",
            )


def changed_since_approval(
    shelved: Shelved, folders: tuple[ReleaseFolder, ...], options: ResolveOptions
) -> Iterator[Finding]:
    """Approvals that name a review sheet, where the file has changed since."""
    for name, document in shelved.documents.items():
        file = shelved.files[name]
        if name in shelved.unread or all(sheet.fingerprint is None for sheet in sheets(file)):
            continue
        if is_release(shelved.paths[name]):
            yield from other_sheets(file, file)
            continue
        versions = entered_versions(file, shelved.documents, folders)
        flat = flatten(file, shelved.files, document, entered=versions, options=options)
        if flat.value is not None:
            yield from other_sheets(file, read(Source(name, flat.value.text)).value)
