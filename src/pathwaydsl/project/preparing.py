"""Preparing a release: everything about it is made and looked at in memory.

Nothing is written here. What is refused says why, and what to do instead.
"""

from collections.abc import Mapping
from pathlib import Path

from attrs import evolve, frozen

from pathwaydsl.authoring.flattening import alone, flatten, same
from pathwaydsl.authoring.journal import Journal
from pathwaydsl.authoring.numbering import (
    Head,
    bumped,
    far_enough,
    next_working,
    step_between,
    with_head,
)
from pathwaydsl.authoring.seals import digest_of
from pathwaydsl.authoring.sign_off import fingerprint as fingerprint_of
from pathwaydsl.authoring.sign_off import other_sheets, recorded
from pathwaydsl.cases.judging import run_cases
from pathwaydsl.checks import CheckOptions, check
from pathwaydsl.model.nodes import Enter
from pathwaydsl.model.pathway import Document, Pathway
from pathwaydsl.model.values import Version
from pathwaydsl.project.entering import entered, entered_versions
from pathwaydsl.project.finding_files import RELEASES, SUFFIX
from pathwaydsl.project.loading import Project
from pathwaydsl.project.releases import Release, read_release, releases_of
from pathwaydsl.project.shelved_releases import ReleaseFolder
from pathwaydsl.resolve import ResolveOptions
from pathwaydsl.syntax.reader import read
from pathwaydsl.syntax.tree import SyntaxFile
from pathwaydsl.text.finding import Finding, Severity
from pathwaydsl.text.source import Source
from pathwaydsl.versions import Bump, Comparison, compare
from pathwaydsl.versions.bump import version_findings

MENDED_BY_BUMP = frozenset({"PW613", "PW623", "PW624", "PW627"})
"""What a new number mends by itself; approvals are looked at again with that number."""


class RefusedError(Exception):
    """This file is not released; the text says why, the findings say where."""

    def __init__(
        self,
        message: str,
        findings: tuple[Finding, ...] = (),
        sources: Mapping[str, Source] | None = None,
    ) -> None:
        super().__init__(message)
        self.findings = findings
        self.sources = dict(sources or {})


@frozen
class Wish:
    """What was asked for.

    Attributes:
        bump: How far the number is to move from the last release; None takes the number that
            stands in the file, "auto" the smallest that the changes allow.
        note: The change note, or None to take the one in the file.
    """

    bump: str | None = None
    note: str | None = None


@frozen
class Prepared:
    """A release, made and looked at.

    Attributes:
        working: The working file.
        folder: Where the release goes.
        journal: All that will be written.
        previous: The version it supersedes, or None.
        required: How far the changes ask the number to move; None where nothing asked for it.
        following: The version the working file starts with then.
        unreleased: Pathways it enters that have no release yet.
        fingerprint: That of its review sheet.
        unapproved: Whether it is published although nobody has approved it.
    """

    working: Path
    folder: Path
    journal: Journal
    previous: Version | None
    required: Bump | None
    following: Version
    unreleased: tuple[str, ...]
    fingerprint: str
    unapproved: bool


def folder_of(project: Project, name: str) -> Path:
    """Where the releases of a file's pathway lie.

    Raises:
        RefusedError: If no pathway can be read in it.
    """
    document = project.documents.get(name)
    if document is None or document.pathway is None:
        findings = tuple(f for f in project.errors if f.file == name)
        message = f"There is no pathway in {name}, so there is nothing to release."
        raise RefusedError(message, findings, project.sources)
    return project.paths[name].parent / RELEASES / document.pathway.id


def prepare(project: Project, name: str, wish: Wish) -> Prepared:
    """Make the release of a file of the project, without writing anything.

    Raises:
        RefusedError: If it must not be released.
    """
    folder_path = folder_of(project, name)
    pathway = _pathway(project, name, wish)
    folder = next((f for f in project.release_folders if f.path == folder_path), None)
    previous = _previous(project, folder)
    options = _options(project)
    versions = entered_versions(project.files[name], project.documents, project.release_folders)
    outcome = flatten(
        project.files[name], project.files, project.documents[name],
        entered=versions, options=options, name=f"{pathway.id}{SUFFIX}",
    )  # fmt: skip
    if outcome.value is None:
        raise RefusedError(f"{name} was not released.", outcome.findings, project.sources)
    flat = read(Source(f"{pathway.id}{SUFFIX}", outcome.value.text)).value
    if previous is not None and _unchanged(outcome.value.document.pathway, previous):
        message = f"Nothing changed since version {previous.version}, so nothing was released."
        raise RefusedError(message)
    version, required = _version(project, pathway, previous, outcome.value.document, wish)
    supersedes = None if previous is None else previous.version
    head = Head(version, supersedes, note=wish.note)
    release, fingerprint = _signed_off(_with_head(flat, head), project, name)
    document = _looked_at(release, project, outcome.value.document, head)
    _date_goes_on(document, previous)
    following = next_working(version)
    after = _with_head(
        project.files[name], Head(following, version, status="draft", note="", approved=False)
    )
    path = project.paths[name]
    journal = Journal(
        pathway=pathway.id,
        version=str(version),
        name=f"{version}{SUFFIX}",
        release=release,
        signature=None,
        working=path.name,
        before=digest_of(path.read_bytes()),
        after=after,
    )
    held = {f.pathway for f in project.release_folders if f.newest is not None}
    entering = entered(project.files[name]) - held - {pathway.id}
    return Prepared(
        working=path,
        folder=folder_path,
        journal=journal,
        previous=supersedes,
        required=required,
        following=following,
        unreleased=tuple(sorted(entering)),
        fingerprint=fingerprint,
        unapproved=pathway.status == "published" and not pathway.approvals,
    )


def _options(project: Project) -> ResolveOptions:
    configuration = project.configuration
    return ResolveOptions(units=configuration.units, gap_kinds=configuration.gap_kinds)


def _pathway(project: Project, name: str, wish: Wish) -> Pathway:
    """The pathway of the file, if checks and cases allow it to be released."""
    mended = MENDED_BY_BUMP if wish.bump is not None else frozenset[str]()
    errors = tuple(f for f in project.errors if not (f.rule in mended and f.file == name))
    if errors:
        message = f"{name} was not released, because of the errors above."
        raise RefusedError(message, errors, project.sources)
    failed = [r.case.label for r in project.cases.get(name, ()) if not r.passed]
    if failed:
        message = f"{name} was not released, because a case fails: “{failed[0]}”."
        raise RefusedError(message)
    pathway = project.documents[name].pathway
    if pathway is None or pathway.version is None:
        raise RefusedError(f"{name} has no version, so it cannot be released.")
    return pathway


def _previous(project: Project, folder: ReleaseFolder | None) -> Release | None:
    """The newest sealed release; one that cannot be read stops everything."""
    if folder is None or folder.newest is None:
        return None
    shelved = next((r for r in folder.releases if r.version == folder.newest), None)
    if shelved is None or not shelved.sound:
        raise RefusedError(f"Version {folder.newest} is not whole: see `pathwaydsl verify`.")
    outcome = read_release(project, folder.pathway, shelved)
    if outcome.value is None:
        raise RefusedError("The last release cannot be read.", outcome.findings)
    return outcome.value


def compared_with(project: Project, old: Pathway, new: Pathway) -> Comparison:
    """Two versions of a pathway of the project, each with the pathways that it enters."""
    return compare(old, new, old_others=_entered(project, old), new_others=_entered(project, new))


def _since(project: Project, previous: Release, document: Document) -> Comparison | None:
    """What changed since the last release, where both can be compared."""
    old, new = previous.document.pathway, document.pathway
    if old is None or new is None:
        return None
    return compared_with(project, old, new)


def _entered(project: Project, pathway: Pathway) -> dict[str, Pathway]:
    """The pathways that a version enters, as they were or are when it does."""
    found: dict[str, Pathway] = {}
    for node in pathway.nodes:
        if not isinstance(node, Enter) or node.pathway is None or node.pathway in found:
            continue
        known = [r.document for r in releases_of(project).get(node.pathway, ())]
        known += project.documents.values()
        for one in (document.pathway for document in known):
            if one is not None and (one.id, one.version) == (node.pathway, node.version):
                found.setdefault(one.id, one)
    return found


def _version(
    project: Project, pathway: Pathway, previous: Release | None, document: Document, wish: Wish
) -> tuple[Version, Bump | None]:
    """The number of the release, and how far it has to move at least, where that was asked.

    The largest step is always enough, so nothing is compared for it.
    """
    written = pathway.version or Version(1, 0, 0)
    if previous is None:
        return written, None
    if wish.bump == "auto":
        since = _since(project, previous, document)
        required = Bump.NONE if since is None else since.required
        return far_enough(previous.version, required, pathway.date), required
    step = None if wish.bump is None else Bump[wish.bump.upper()]
    version = written if step is None else bumped(previous.version, step, pathway.date)
    if step_between(previous.version, version) is Bump.MAJOR:
        return version, None
    since = _since(project, previous, document)
    required = Bump.NONE if since is None else since.required
    if since is not None and step_between(previous.version, version) < required:
        enough = far_enough(previous.version, required, pathway.date)
        message = (
            f"Version {version} is too small a step from {previous.version}: the changes need a "
            f"{required.word} step, to {enough}. `pathwaydsl diff` shows them; `--bump auto` takes "
            "that number."
        )
        numbered = evolve(since, new=evolve(since.new, version=version, file=pathway.file,
                                            span=pathway.span))  # fmt: skip
        raise RefusedError(message, version_findings(numbered), project.sources)
    return version, required


def _unchanged(new: Pathway | None, previous: Release) -> bool:
    """Whether only the head says anything new, and no new status that readers would want."""
    old = previous.document.pathway
    return (
        old is not None
        and new is not None
        and new.status in {"draft", old.status}
        and same(_without_head(old), _without_head(new))
    )


def _without_head(pathway: Pathway) -> Pathway:
    return evolve(
        pathway,
        version=None,
        supersedes=None,
        date=None,
        status=None,
        approvals=(),
        change_note=None,
    )


def _with_head(file: SyntaxFile, head: Head) -> str:
    outcome = with_head(file, head)
    if outcome.value is None:
        message = f"{file.source.name} was not released: its head cannot be written."
        raise RefusedError(message, outcome.findings)
    return outcome.value


def _signed_off(text: str, project: Project, name: str) -> tuple[str, str]:
    """The release in which each approval says what was signed, and the fingerprint of that."""
    flat = read(Source(name, text)).value
    others = tuple(other_sheets(project.files[name], flat))
    if others:
        message = f"{name} was not released: it is not what was approved."
        raise RefusedError(message, others, project.sources)
    return recorded(flat), fingerprint_of(flat)


def _looked_at(text: str, project: Project, before: Document, head: Head) -> Document:
    """What the release means, read again from its text and checked by itself."""
    if before.pathway is None:
        raise RefusedError("There is no pathway to release.")
    source = Source(f"{before.pathway.id}{SUFFIX}", text)
    outcome = alone(source)  # without pathwaydsl.toml, which nobody who reads it may have
    document = outcome.value
    note = before.pathway.change_note if head.note is None else head.note or None
    wanted = evolve(
        before.pathway, version=head.version, supersedes=head.supersedes, change_note=note
    )
    found = list(outcome.findings)
    if document.pathway is not None:
        found += check({source.name: document}, CheckOptions(as_of=project.as_of))
        found += [one for r in run_cases(document.pathway) for one in r.findings]
    errors = tuple(f for f in found if f.severity is Severity.ERROR)
    if errors:
        message = "Nothing was released: the release by itself would have the errors above."
        raise RefusedError(message, errors, {source.name: source})
    if not same(document.pathway, wanted):
        message = (
            "Nothing was released: the release would not mean what the file means. This is a "
            "mistake of the tool: please report it with the file."
        )
        raise RefusedError(message)
    return document


def _date_goes_on(document: Document, previous: Release | None) -> None:
    """A release is not older than the one it supersedes."""
    if previous is None or previous.document.pathway is None or document.pathway is None:
        return
    old, new = previous.document.pathway.date, document.pathway.date
    if old is not None and new is not None and new.latest < old.earliest:
        message = (
            f"The date of the file, {new}, is before {old}, the date of version "
            f"{previous.version}: write the date of this release."
        )
        raise RefusedError(message)
