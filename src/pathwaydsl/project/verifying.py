"""Verifying the releases of a project: seals, numbers, what is left over, and that each reads."""

import os
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from pathwaydsl.authoring.sign_off import other_sheets
from pathwaydsl.project.loading import Project
from pathwaydsl.project.releases import releases_of, unreadable_releases
from pathwaydsl.project.shelved_releases import ReleaseFolder, version_of_name
from pathwaydsl.project.signatures import SIGNERS, SUFFIX, SigningError, look_at
from pathwaydsl.syntax.reader import read
from pathwaydsl.text.finding import Finding, Severity
from pathwaydsl.text.rules import finding


@frozen
class Verification:
    """What was looked at, and what is wrong with it.

    Attributes:
        pathways: How many pathways have releases.
        whole: How many releases are what was sealed, and can be read.
        findings: Everything else, in the order of reports.
        signed: Each release with a signature that fits, and by whom, if anything says whose count.
        unsigned: Sealed releases without a signature, where anything says whose count.
    """

    pathways: int
    whole: int
    findings: tuple[Finding, ...]
    signed: tuple[tuple[str, str | None], ...] = ()
    unsigned: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """One line for a terminal."""
        releases = f"{self.whole} release{'' if self.whole == 1 else 's'}"
        pathways = f"{self.pathways} pathway{'' if self.pathways == 1 else 's'}"
        if not self.findings and not self.pathways:
            return "There are no releases."
        if not self.findings:
            return f"{releases} of {pathways}, each as it was sealed."
        count = len(self.findings)
        told = f"{count} finding{'' if count == 1 else 's'}"
        return f"{releases} of {pathways} as sealed; {told}."


def verify(project: Project, *, signers: Path | None = None) -> Verification:
    """Look at every release of a project that was loaded.

    Args:
        project: The project.
        signers: Whose signatures count; the file `allowed_signers` at the root if None.
    """
    usual = project.root / SIGNERS
    whose = signers or (usual if usual.is_file() else None)
    findings = {
        *(found for found in project.findings if project.about_releases(found)),
        # A folder that is not there, or holds nothing, has not been looked at.
        *(found for found in project.findings if found.rule == "PW104"),
        *unreadable_releases(project),
    }
    whole = 0
    for releases in releases_of(project).values():
        for release in releases:
            whole += release.sealed
            file = read(release.source).value
            findings.update(other_sheets(file, file))
    signed: list[tuple[str, str | None]] = []
    for folder in project.release_folders:
        findings.update(_signatures(folder, whose, signed))
    unsigned: list[str] = []
    if whose is not None:
        for folder in project.release_folders:
            findings.update(_unsigned(folder, unsigned))
    ordered = tuple(sorted(findings, key=lambda one: one.order))
    pathways = sum(bool(f.releases or f.seals.seals) for f in project.release_folders)
    return Verification(pathways, whole, ordered, tuple(signed), tuple(unsigned))


def _signatures(
    folder: ReleaseFolder, signers: Path | None, signed: list[tuple[str, str | None]]
) -> Iterator[Finding]:
    """Every signature in a folder fits the seal of its release."""
    try:
        names = sorted(name for name in os.listdir(folder.path) if name.endswith(SUFFIX))  # noqa: PTH208
    except OSError:
        return
    for name in names:
        file = f"{folder.name}/{name}"
        release = f"{name.removesuffix(SUFFIX)}.pathway"
        seal = folder.seals.of(release)
        if version_of_name(release) is None or seal is None:
            yield finding("PW628", f"{file} signs no release", None, file=file, help="Remove it")
            continue
        try:
            looked = look_at(seal.line, folder.path / name, signers)
        except SigningError as error:
            message = f"{file} was not looked at: {error}"
            asked = signers is not None  # then a signature nobody looked at is not fine
            yield finding(
                "PW628", message, None, file=file,
                severity=Severity.ERROR if asked else Severity.WARNING,
                help="Install OpenSSH, which brings it",
            )  # fmt: skip
            continue
        if looked.good:
            signed.append((f"{folder.name}/{release}", looked.by))
        else:
            message = f"The signature {file} does not fit: {looked.why}"
            advice = "Bring back the signature that was made with the release"
            yield finding("PW628", message, None, file=file, help=advice)


def _unsigned(folder: ReleaseFolder, unsigned: list[str]) -> Iterator[Finding]:
    """Sealed releases without a signature; after one that has one, that is a finding."""
    before = None
    for release in folder.releases:
        if not release.sealed:
            continue
        if os.path.lexists(release.path.with_suffix(SUFFIX)):
            before = release
            continue
        unsigned.append(release.name)
        if before is not None:
            yield finding(
                "PW628",
                f"{release.name} has no signature, but {before.version} before it has one",
                None,
                file=release.name,
                severity=Severity.WARNING,
                help="Bring back the signature, or let somebody whose signature counts sign its "
                "line in SEALS",
            )
