"""Folders of releases: which releases there are, and whether each is still what was sealed.

Looking through a folder hashes its files and searches their heads; nothing is read as a pathway.
Each file has one finding at most, and the rest goes on.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import evolve

from pathwaydsl.authoring.release_head import head_of
from pathwaydsl.authoring.seals import FILE_NAME, Seals, digest_of, read_seals
from pathwaydsl.project.finding_files import RELEASES, SUFFIX, name_in
from pathwaydsl.project.release_order import wrong_releases
from pathwaydsl.project.shelved_releases import ReleaseFolder, ShelvedRelease, version_of_name
from pathwaydsl.text.finding import Finding, Outcome
from pathwaydsl.text.rules import finding

JOURNAL = ".journal"
"""What a release is about to do; it lies in the folder while a release is under way."""

FRESH = ".new"
"""Suffix of the hidden files under which new files are written."""

MOST_BYTES_OF_SEALS = 1_000_000


def folders_beside(files: Iterable[Path]) -> tuple[Path, ...]:
    """The folders of releases that belong to these files, or hold them."""
    homes: set[Path] = set()
    for path in files:
        if path.parent.parent.name == RELEASES:
            homes.add(path.parent.parent)
        else:
            homes.add(path.parent / RELEASES)
    found = []
    for home in sorted(homes):
        try:
            found += [Path(entry.path) for entry in os.scandir(home) if entry.is_dir()]
        except OSError:
            continue
    return tuple(sorted(path for path in found if not path.name.startswith(".")))


def look_through(path: Path, root: Path, *, most_bytes: int) -> Outcome[ReleaseFolder]:
    """Look through one folder of releases.

    Args:
        path: The folder; its name is the id of a pathway.
        root: The root of the project.
        most_bytes: How large a release may be.
    """
    name = name_in(root, path)
    findings: list[Finding] = []
    seals = _seals(path, name, findings)
    interrupted = _left_over(path, name, findings)
    releases: list[ShelvedRelease] = []
    files = _files(path, findings, name)
    for file in files:
        release = _release(file, root, seals, most_bytes, findings)
        if release is not None:
            releases.append(release)
    releases.sort(key=lambda one: one.version)
    seen = (*files, path / FILE_NAME)
    folder = ReleaseFolder(path.name, path, name, tuple(releases), seals, interrupted, seen)
    wrong = {f.file: f for f in wrong_releases(folder)}
    findings += (*wrong.values(), *_missing(folder))
    sound = tuple(evolve(one, sound=one.name not in wrong) for one in releases)
    return Outcome(evolve(folder, releases=sound), tuple(findings))


def _missing(folder: ReleaseFolder) -> Iterator[Finding]:
    """Releases that were sealed and are not there."""
    for name in dict.fromkeys(seal.name for seal in folder.seals.seals):
        if os.path.lexists(folder.path / name):
            continue
        message = f"The release {name} is sealed, but it is not there"
        advice = "Bring it back, for example from version control: a release is never taken back"
        yield finding("PW616", message, None, file=f"{folder.name}/{name}", help=advice)


def _seals(path: Path, name: str, findings: list[Finding]) -> Seals:
    file = path / FILE_NAME
    here = f"{name}/{FILE_NAME}"
    try:
        if not os.path.lexists(file):
            return Seals()
        if not stat.S_ISREG(file.stat().st_mode) or file.stat().st_size > MOST_BYTES_OF_SEALS:
            message = f"{here} is not a file of seals"
            findings.append(finding("PW622", message, None, file=here))
            return Seals()
        seals = read_seals(file.read_bytes().decode(errors="replace"))
    except OSError as error:
        message = f"{here} cannot be read: {error.strerror}"
        findings.append(finding("PW622", message, None, file=here))
        return Seals()
    if seals.foreign:
        lines = ", ".join(str(number) for number, _ in seals.foreign[:5])
        more = f" and {len(seals.foreign) - 5} more" if len(seals.foreign) > 5 else ""
        word = "Line" if len(seals.foreign) == 1 else "Lines"
        verb = "is no seal" if len(seals.foreign) == 1 else "are no seals"
        advice = "Remove it: every line is the sum of a release, two blanks, and its file name"
        message = f"{word} {lines}{more} of {here} {verb}"
        findings.append(finding("PW622", message, None, file=here, help=advice))
    return seals


def _left_over(path: Path, name: str, findings: list[Finding]) -> bool:
    """Whether a release was begun and not ended; a finding tells what is left of it."""
    if os.path.lexists(path / JOURNAL):
        message = f"A release of {path.name} was begun and not ended"
        advice = "Run `pathwaydsl release` for its file again: it ends what was begun"
        findings.append(finding("PW626", message, None, file=name, help=advice))
        return True
    try:
        names = sorted(one.name for one in path.iterdir())
    except OSError:
        return False
    left = [one for one in names if one.startswith(".") and one.endswith(FRESH)]
    if left:
        message = f"An interrupted release left {left[0]} in {name}; nothing was released by it"
        advice = f"Remove {left[0]}, or run `pathwaydsl release` again, which does so"
        findings.append(finding("PW626", message, None, file=name, help=advice))
    return False


def _files(path: Path, findings: list[Finding], name: str) -> list[Path]:
    try:
        names = sorted(one.name for one in path.iterdir())
    except OSError as error:
        message = f"The folder {name} cannot be read: {error.strerror}"
        findings.append(finding("PW104", message, None, file=name))
        return []
    return [path / one for one in names if one.endswith(SUFFIX) and not one.startswith(".")]


def _release(
    file: Path, root: Path, seals: Seals, most_bytes: int, findings: list[Finding]
) -> ShelvedRelease | None:
    """A file with its sum and head; None, with a finding, where it is no readable release."""
    name = name_in(root, file)
    version = version_of_name(file.name)
    if version is None:
        message = f"The name of {name} is not a version"
        advice = f"Releases are named as 1.0.0{SUFFIX}; move what is no release elsewhere"
        findings.append(finding("PW619", message, None, file=name, help=advice))
        return None
    content = _content(file, name, most_bytes, findings)
    if content is None:
        return None
    seal = seals.of(file.name)
    digest = digest_of(content)
    if seal is not None and seal.digest != digest:
        findings.append(_broken(name, content, seal.digest))
        return None
    head = head_of(content.decode(errors="replace"))
    return ShelvedRelease(file, name, version, digest, seal is not None, sound=True, head=head)


def _content(file: Path, name: str, most: int, findings: list[Finding]) -> bytes | None:
    real = Path(os.path.realpath(file))
    folder = Path(os.path.realpath(file.parent))
    try:
        status = real.stat()
        if not real.is_relative_to(folder):
            message = f"{name} is a link out of its folder"
        elif not stat.S_ISREG(status.st_mode):
            message = f"{name} is not a plain file"
        elif status.st_size > most:
            message = f"{name} is larger than the limit: {status.st_size:,} bytes"
        else:
            return real.read_bytes()
    except OSError as error:
        message = f"{name} cannot be read: {error.strerror}"
    findings.append(finding("PW625", message, None, file=name))
    return None


def _broken(name: str, content: bytes, sealed: str) -> Finding:
    if digest_of(content.replace(b"\r\n", b"\n")) == sealed:
        advice = (
            "Only its line ends changed, as git does with `core.autocrlf`: write `* -text` into "
            ".gitattributes in its folder, and check the file out again"
        )
    else:
        advice = "Bring back what was released; a change needs a new version"
    message = f"{name} is not what was released: its seal is broken"
    return finding("PW615", message, None, file=name, help=advice)
