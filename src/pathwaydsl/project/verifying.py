"""Verifying the releases of a project: seals, numbers, what is left over, and that each reads."""

from attrs import frozen

from pathwaydsl.project.loading import Project
from pathwaydsl.project.releases import releases_of, unreadable_releases
from pathwaydsl.text.finding import Finding


@frozen
class Verification:
    """What was looked at, and what is wrong with it.

    Attributes:
        pathways: How many pathways have releases.
        whole: How many releases are what was sealed, and can be read.
        findings: Everything else, in the order of reports.
    """

    pathways: int
    whole: int
    findings: tuple[Finding, ...]

    @property
    def summary(self) -> str:
        """One line for a terminal."""
        releases = f"{self.whole} release{'' if self.whole == 1 else 's'}"
        pathways = f"{self.pathways} pathway{'' if self.pathways == 1 else 's'}"
        if not self.findings:
            return f"{releases} of {pathways}, each as it was sealed."
        count = len(self.findings)
        told = f"{count} finding{'' if count == 1 else 's'}"
        return f"{releases} of {pathways} as sealed; {told}."


def verify(project: Project) -> Verification:
    """Look at every release of a project that was loaded."""
    names = tuple(folder.name for folder in project.release_folders)
    findings = {
        f
        for f in (*project.findings, *unreadable_releases(project))
        if f.file in names or f.file.startswith(tuple(f"{name}/" for name in names))
    }
    whole = sum(release.sealed for found in releases_of(project).values() for release in found)
    ordered = tuple(sorted(findings, key=lambda one: one.order))
    return Verification(len(names), whole, ordered)
