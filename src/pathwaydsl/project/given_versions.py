"""One of two versions to compare, as a reader gives it: a file, a release, a revision, `-`.

What cannot be read whole is not compared: nothing is guessed.
"""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import frozen

from pathwaydsl.authoring.release_head import version_in
from pathwaydsl.model.nodes import Enter
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.project.finding_files import root_of
from pathwaydsl.project.git_revisions import RevisionError, checked_out, split
from pathwaydsl.project.loading import Project, load_project
from pathwaydsl.project.releases import Release, releases_of, unreadable_releases
from pathwaydsl.text.finding import Finding, Severity
from pathwaydsl.text.source import Source
from pathwaydsl.text.suggestion import listed, nearest

STANDARD_INPUT = "-"
INPUT_NAME = "standard-input.pathway"
_RELEASE = re.compile(r"([a-z][a-z0-9-]*)@(.+)")


class NotReadError(Exception):
    """A version could not be read whole, so it is not compared.

    Attributes:
        advice: What to do, or None.
        findings: What is wrong with its files.
        sources: Their texts, by name.
    """

    def __init__(
        self,
        message: str,
        advice: str | None = None,
        *,
        findings: Sequence[Finding] = (),
        sources: Mapping[str, Source] | None = None,
    ) -> None:
        super().__init__(message)
        self.advice = advice
        self.findings = tuple(findings)
        self.sources = sources or {}


@frozen
class GivenVersion:
    """A version that was read.

    Attributes:
        name: As the reader gave it.
        others: The pathways it enters, as far as they are there, by id.
        sources: The texts of its files, by name.
        root: What its files' names are relative to; None where they lie in no folder.
        project: The project it was read from.
    """

    name: str
    pathway: Pathway
    others: Mapping[str, Pathway]
    sources: Mapping[str, Source]
    root: Path | None
    project: Project


def version_given(
    name: str,
    *,
    here: Path | None = None,
    standard_input: bytes | None = None,
    input_name: str | None = None,
) -> GivenVersion:
    """Read a version.

    Args:
        name: A file, `ID@VERSION`, `REV:path`, or `-` for standard input.
        here: The folder that releases and revisions are looked for in; the current one if None.
        standard_input: What was given there.
        input_name: The name that standard input stands for; imports are relative to it.

    Raises:
        NotReadError: If it cannot be read whole.
    """
    folder = here or Path.cwd()
    if name == STANDARD_INPUT:
        return _input(folder / (input_name or INPUT_NAME), standard_input or b"")
    path = Path(name)
    if path.is_dir():
        raise NotReadError(f"{name} is a folder", "Name one file, or a release as ID@VERSION")
    if path.exists():
        project = load_project([path], checked=False)
        return _whole(name, project, project.root)
    release = _RELEASE.fullmatch(name)
    if release:
        return _released(name, release[1], release[2], folder)
    if ":" in name:
        return _revision(name, folder)
    raise NotReadError(
        f"There is no file {name}",
        "Give a file, a release as ID@VERSION, a git revision as REV:path, or - for standard input",
    )


def _input(stands_for: Path, content: bytes) -> GivenVersion:
    path = Path(os.path.realpath(stands_for))
    project = load_project([path], checked=False, instead={path: content})
    return _whole(STANDARD_INPUT, project, project.root)


def _revision(name: str, folder: Path) -> GivenVersion:
    revision, path = split(name)
    if not revision or not path:
        raise NotReadError(f"{name} is no git revision", "Write it as REV:path: HEAD~1:a.pathway")
    try:
        with checked_out(revision, path, folder) as file:
            project = load_project([file], checked=False)
    except RevisionError as error:
        raise NotReadError(str(error), error.advice) from None
    return _whole(name, project, None)


def _whole(name: str, project: Project, root: Path | None) -> GivenVersion:
    """The version of a file that was read without errors."""
    wrong = unread(project)
    if wrong:
        raise NotReadError(
            f"{name} cannot be read whole, so nothing was compared",
            findings=wrong,
            sources=project.sources,
        )
    document = project.documents.get(project.asked[0])
    if document is None or document.pathway is None:
        raise NotReadError(f"{name} holds no pathway")
    others = {d.pathway.id: d.pathway for d in project.documents.values() if d.pathway is not None}
    others.update(_entered(document.pathway, project))
    return GivenVersion(name, document.pathway, others, project.sources, root, project)


def unread(project: Project) -> tuple[Finding, ...]:
    """The errors for which the files asked for do not say what their authors meant."""
    return tuple(
        one
        for one in project.findings
        if one.severity is Severity.ERROR
        and one.rule.startswith(("PW1", "PW2"))
        and not project.about_releases(one)
    )


def _entered(pathway: Pathway, project: Project) -> dict[str, Pathway]:
    """Releases that are entered by number, as they were."""
    wanted = {
        node.pathway: node.version
        for node in pathway.nodes
        if isinstance(node, Enter) and node.pathway and node.version is not None
    }
    if not wanted or not project.release_folders:
        return {}
    known = releases_of(project)
    return {
        name: release.document.pathway
        for name, version in wanted.items()
        for release in known.get(name, ())
        if release.version == version and release.document.pathway is not None
    }


def _released(name: str, pathway: str, number: str, folder: Path) -> GivenVersion:
    project = with_releases(pathway, folder)
    version = version_in(number)
    releases = releases_of(project).get(pathway, ())
    found = next((one for one in releases if one.version == version), None)
    if found is None or found.document.pathway is None:
        raise _no_release(project, pathway, number, releases)
    return of_release(found, project, name)


def of_release(release: Release, project: Project, name: str | None = None) -> GivenVersion:
    """A release as a version to compare.

    Raises:
        NotReadError: If there is no pathway in it.
    """
    pathway = release.document.pathway
    given = name or f"{release.pathway}@{release.version}"
    if pathway is None:
        raise NotReadError(f"{given} holds no pathway")
    sources = {release.file: release.source}
    return GivenVersion(given, pathway, _entered(pathway, project), sources, project.root, project)


def with_releases(pathway: str, folder: Path) -> Project:
    """The project that the folder is part of, where it has releases of the pathway or the file.

    The folder itself is looked through first, then the whole project.
    """
    project = load_project([folder], checked=False)
    if _knows(project, pathway):
        return project
    root = root_of([folder])
    return load_project([root], checked=False) if root != folder else project


def _knows(project: Project, pathway: str) -> bool:
    return any(one.pathway == pathway for one in project.release_folders) or any(
        d.pathway is not None and d.pathway.id == pathway for d in project.documents.values()
    )


def _no_release(
    project: Project, pathway: str, number: str, releases: Sequence[Release]
) -> NotReadError:
    """That a release is not there, with those that are."""
    wrong = [
        one
        for one in (*project.findings, *unreadable_releases(project))
        if f"/{pathway}/" in f"/{one.file}" and one.file.rpartition("/")[2].startswith(f"{number}.")
    ]
    if wrong:
        message = f"The release {pathway}@{number} cannot be read, so nothing was compared"
        return NotReadError(message, findings=wrong, sources=project.sources)
    if releases:
        known = listed((str(one.version) for one in releases), "and")
        return NotReadError(f"There is no release {pathway}@{number}", f"There are: {known}")
    others = sorted(releases_of(project))
    if not others:
        return NotReadError(
            f"There is no release of `{pathway}` here", "Nothing was released here yet"
        )
    guess = nearest(pathway, others)
    advice = f"Did you mean {guess}@{number}?" if guess else f"There are: {', '.join(others)}"
    return NotReadError(f"There is no release of `{pathway}` here", advice)
