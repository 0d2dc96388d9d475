"""Releases of a project, read when they are asked for.

A release is self-contained: whatever happened to the libraries since, it means what it meant.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from pathwaydsl.authoring.flattening import alone
from pathwaydsl.model.pathway import Document
from pathwaydsl.model.values import Version
from pathwaydsl.project.reading_files import read_source
from pathwaydsl.project.shelved_releases import ShelvedRelease
from pathwaydsl.resolve import ResolveOptions
from pathwaydsl.text.finding import Finding, Outcome, Severity
from pathwaydsl.text.rules import finding
from pathwaydsl.text.source import Source

if TYPE_CHECKING:
    from pathwaydsl.project.loading import Project


@frozen
class Release:
    """A release as it was read.

    Attributes:
        pathway: The id of its pathway.
        version: Its version.
        file: Its name, relative to the project's root.
        document: What it means.
        sealed: Whether a seal names it, which then is whole.
        source: Its text.
    """

    pathway: str
    version: Version
    file: str
    document: Document
    sealed: bool
    source: Source


def releases_of(project: "Project") -> Mapping[str, tuple[Release, ...]]:
    """The releases of every pathway by its id, oldest first; broken ones are left out.

    They are read once a project. What is wrong with those left out is among the project's
    findings, or in `unreadable_releases`.
    """
    return _read(project)[0]


def unreadable_releases(project: "Project") -> tuple[Finding, ...]:
    """Releases with a good seal that still cannot be read, one finding each."""
    return _read(project)[1]


def with_unreadable(project: "Project") -> "Project":
    """The project with what is wrong with releases that cannot be read among its findings."""
    found = {*project.findings, *unreadable_releases(project)}
    return evolve(project, findings=tuple(sorted(found, key=lambda one: one.order)))


_Read = tuple[Mapping[str, tuple[Release, ...]], tuple[Finding, ...]]


def _read(project: "Project") -> _Read:
    known: _Read | None = project.kept.get("releases")
    if known is None:
        found: dict[str, list[Release]] = {}
        findings: list[Finding] = []
        for folder in project.release_folders:
            for shelved in folder.releases:
                if not shelved.sound:
                    continue
                outcome = read_release(project, folder.pathway, shelved)
                findings += outcome.findings
                if outcome.value is not None:
                    found.setdefault(folder.pathway, []).append(outcome.value)
        ordered = {
            name: tuple(sorted(found[name], key=lambda release: release.version))
            for name in sorted(found)
        }
        known = (MappingProxyType(ordered), tuple(findings))
        project.kept["releases"] = known
    return known


def read_release(
    project: "Project", pathway: str, shelved: ShelvedRelease
) -> Outcome[Release | None]:
    """Read one release; None, with one finding, where it cannot be read whole."""
    configuration = project.configuration
    limit = configuration.limits.file_size
    read = read_source(shelved.path, shelved.name, most_bytes=limit)
    source = read.value
    if source is None or read.findings:
        return Outcome(None, read.findings[:1])
    options = ResolveOptions(units=configuration.units, gap_kinds=configuration.gap_kinds)
    outcome = alone(source, options)
    errors = [f for f in outcome.findings if f.severity is Severity.ERROR]
    if errors or outcome.value.pathway is None:
        why = f": {errors[0].message}" if errors else ""
        message = f"The release {shelved.name} cannot be read{why}"
        advice = "A unit or a kind of gap it uses may be missing in pathwaydsl.toml"
        return Outcome(None, (finding("PW625", message, None, file=shelved.name, help=advice),))
    release = Release(pathway, shelved.version, shelved.name, outcome.value, shelved.sealed, source)
    return Outcome(release)
