"""The fingerprint on a review sheet: of the working file with all it uses, or of a release."""

from pathwaydsl.authoring.flattening import flatten
from pathwaydsl.authoring.sign_off import fingerprint
from pathwaydsl.project.entering import entered_versions
from pathwaydsl.project.loading import Project
from pathwaydsl.project.releases import Release
from pathwaydsl.resolve import ResolveOptions
from pathwaydsl.syntax.reader import read
from pathwaydsl.text.source import Source


def fingerprint_of_release(release: Release) -> str:
    """What was signed when the release was made."""
    return fingerprint(read(release.source).value)


def fingerprint_of_working(project: Project, name: str) -> str | None:
    """What is signed when the file is approved as it is; None where it cannot stand alone."""
    if name not in project.files or name not in project.documents:
        return None
    configuration = project.configuration
    flat = flatten(
        project.files[name],
        project.files,
        project.documents[name],
        entered=entered_versions(project.files[name], project.documents, project.release_folders),
        options=ResolveOptions(units=configuration.units, gap_kinds=configuration.gap_kinds),
    ).value
    return None if flat is None else fingerprint(read(Source(name, flat.text)).value)
