"""Whether a working file that is offered to readers moved its version far enough.

A draft may keep a number that is too small: its release takes the number that the changes need.
Nothing is compared where the largest step was taken, which is always enough.
"""

from collections.abc import Iterator

from attrs import evolve

from pathwaydsl.authoring.numbering import step_between
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.project.finding_files import RELEASES
from pathwaydsl.project.loading import Project
from pathwaydsl.project.preparing import compared_with
from pathwaydsl.project.releases import Release, releases_of
from pathwaydsl.text.finding import Finding
from pathwaydsl.versions.bump import version_findings
from pathwaydsl.versions.records import Bump

TOO_SMALL = "PW603"


def with_steps(project: Project) -> Project:
    """The project with the versions among its findings that moved less than the changes need."""
    found = tuple(_too_small(project))
    if not found:
        return project
    told = sorted({*project.findings, *found}, key=lambda one: one.order)
    return evolve(project, findings=tuple(told))


def _too_small(project: Project) -> Iterator[Finding]:
    for name in project.asked:
        document = project.documents.get(name)
        pathway = document.pathway if document is not None else None
        if pathway is None or pathway.status == "draft" or name in project.unread:
            continue
        newest = _newest(project, pathway, name)
        if newest is None or newest.document.pathway is None:
            continue
        version = pathway.version
        if version is None or version <= newest.version:
            continue
        if step_between(newest.version, version) is Bump.MAJOR:
            continue
        comparison = compared_with(project, newest.document.pathway, pathway)
        yield from (one for one in version_findings(comparison) if one.rule == TOO_SMALL)


def _newest(project: Project, pathway: Pathway, name: str) -> Release | None:
    """The newest sealed release of the pathway of a working file."""
    folders = {project.paths[name].parent / RELEASES / pathway.id}
    if not any(folder.path in folders for folder in project.release_folders):
        return None
    sealed = [one for one in releases_of(project).get(pathway.id, ()) if one.sealed]
    return sealed[-1] if sealed else None
