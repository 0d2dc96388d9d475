"""The releases of a folder beside each other: right pathway, right number, right order.

Each release has one finding at most, and the rest goes on.
"""

from collections.abc import Iterator
from itertools import pairwise

from pathwaydsl.authoring.seals import FILE_NAME
from pathwaydsl.model.values import Version
from pathwaydsl.project.finding_files import RELEASES
from pathwaydsl.project.shelved_releases import ReleaseFolder, ShelvedRelease
from pathwaydsl.text.finding import Finding
from pathwaydsl.text.rules import finding


def wrong_releases(folder: ReleaseFolder) -> Iterator[Finding]:
    """What is wrong with the releases of a folder, at most one finding a file."""
    right: list[ShelvedRelease] = []
    held = {release.version: release for release in folder.releases}
    for release in folder.releases:
        head = release.head
        twin = None if head.version is None else held.get(head.version)
        if head.pathway is None:
            message = f"There is no pathway in the release {release.name}"
            yield finding("PW625", message, None, file=release.name)
        elif head.pathway != folder.pathway:
            yield finding(
                "PW618",
                f"{release.name} is a release of `{head.pathway}`, not of `{folder.pathway}`",
                None,
                file=release.name,
                help=f"Move it into the folder {RELEASES}/{head.pathway}",
            )
        elif head.version != release.version and twin and twin.head.version == head.version:
            yield finding(
                "PW620",
                f"{release.name} and {twin.name} are both version {head.version}",
                None,
                file=release.name,
                help="Keep the one that was released under this number",
            )
        elif head.version != release.version:
            said = f"says version {head.version}" if head.version else "says no version"
            yield finding(
                "PW619",
                f"{release.name} {said}",
                None,
                file=release.name,
                help="The name of a release is its version",
            )
        elif not release.sealed and not folder.interrupted:
            yield finding(
                "PW617",
                f"{release.name} has no seal",
                None,
                file=release.name,
                help="Releases are made by `pathwaydsl release`; remove a file that is none",
            )
        else:
            right.append(release)
    yield from _twice(folder)
    yield from _chain(folder, right)


def _twice(folder: ReleaseFolder) -> Iterator[Finding]:
    """Two seals for one number."""
    seen: set[str] = set()
    for seal in folder.seals.seals:
        if seal.name in seen:
            yield finding(
                "PW620",
                f"{folder.name}/{FILE_NAME} seals {seal.name} twice",
                None,
                file=f"{folder.name}/{FILE_NAME}",
                help="Keep the line of the release that was published under this number",
            )
        seen.add(seal.name)


def _chain(folder: ReleaseFolder, right: list[ShelvedRelease]) -> Iterator[Finding]:
    """Each release supersedes the one before it, and is not older; approved if published."""
    known = sorted({*folder.versions, *(release.version for release in folder.releases)})
    before = {later: earlier for earlier, later in pairwise(known)}
    by_version = {release.version: release for release in right}
    for release in right:
        head, previous = release.head, before.get(release.version)
        older = by_version.get(previous) if previous is not None else None
        if head.supersedes != previous:
            yield finding(
                "PW621",
                _gap_in_chain(release, previous),
                None,
                file=release.name,
                help="Bring back the release that is missing between them",
            )
        elif (
            older is not None
            and older.head.date is not None
            and head.date is not None
            and head.date.latest < older.head.date.earliest
        ):
            yield finding(
                "PW629",
                f"{release.name} has the date {head.date}, before {older.head.date}, the date of "
                f"version {previous}",
                None,
                file=release.name,
                help="A release is not older than the one it supersedes",
            )
        elif head.status == "published" and not head.approved:
            message = f"{release.name} is published, but nobody has approved it"
            advice = "Release a version with `approved by`, or with `status in-review`"
            yield finding("PW614", message, None, file=release.name, help=advice)


def _gap_in_chain(release: ShelvedRelease, previous: Version | None) -> str:
    supersedes = release.head.supersedes
    if supersedes is None:
        return f"{release.name} supersedes nothing, but version {previous} was released before it"
    if previous is None:
        return f"{release.name} supersedes version {supersedes}, which is not among the releases"
    return (
        f"{release.name} supersedes version {supersedes}, but version {previous} was released "
        "right before it"
    )
