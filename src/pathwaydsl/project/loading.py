"""From paths to a project: files read, resolved, checked, and everything found on the way.

Loading never raises for what a file holds; whatever is wrong with it is a finding.
"""

import gc
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from attrs import evolve, field, frozen

from pathwaydsl.authoring.project_words import knowing_words
from pathwaydsl.cases.judging import CaseResult, run_cases
from pathwaydsl.checks import CheckOptions, check
from pathwaydsl.checks.suppression import apply
from pathwaydsl.model.pathway import Document
from pathwaydsl.model.values import PartialDate
from pathwaydsl.project.adopting import beside_baseline
from pathwaydsl.project.baseline import Entry, Looked
from pathwaydsl.project.configuration import FILE_NAME, Configuration, read_configuration
from pathwaydsl.project.entering import entered, held, homes
from pathwaydsl.project.finding_files import (
    RELEASES,
    is_release,
    name_in,
    pathway_files,
    root_of,
)
from pathwaydsl.project.importing import Link, cycle_finding, cycles, locate
from pathwaydsl.project.reading_files import decode, read_source
from pathwaydsl.project.release_checks import Shelved, look_at_releases
from pathwaydsl.project.shelved_releases import ReleaseFolder
from pathwaydsl.resolve import ResolveOptions, resolve
from pathwaydsl.syntax.reader import imports, read
from pathwaydsl.syntax.tree import SyntaxFile
from pathwaydsl.text.finding import Finding, Outcome, Severity
from pathwaydsl.text.rules import finding, rule
from pathwaydsl.text.source import Source


@frozen
class Project:
    """Everything a command or a page needs to know about a project.

    Attributes:
        root: The project's root; every other name of a file is relative to it.
        configuration: What `pathwaydsl.toml` says, defaults where it says nothing.
        asked: Names of the files that were asked for, sorted; the others are imports.
        sources: Text of every file that could be read, `pathwaydsl.toml` included.
        files: Syntax of every pathway file that could be read.
        documents: What each pathway file means.
        findings: Everything found, sorted. For files that were only imported, errors alone.
        as_of: The date that everything relative to today was counted to.
        paths: Where each file lies.
        listed: What is told on request, sorted; nothing of it is wrong. A configuration that makes
            a rule of it an error or a warning puts it among the findings.
        cases: How the cases of each pathway went, by file; none where the file or what it
            imports could not be read whole, or where nothing was checked.
        release_folders: The folders of releases beside the files and below the folders asked
            for; see `project.releases` for what is in them.
        known: Findings that the baseline knows, sorted; they do not count.
        baseline: The entries of the baseline that were read; None where every finding counts.
        unread: Files that could not be read whole.
        kept: What was worked out about the project once and is asked for again.
    """

    root: Path
    configuration: Configuration
    asked: tuple[str, ...]
    sources: Mapping[str, Source]
    files: Mapping[str, SyntaxFile]
    documents: Mapping[str, Document]
    findings: tuple[Finding, ...]
    as_of: PartialDate | None
    paths: Mapping[str, Path]
    cases: Mapping[str, tuple[CaseResult, ...]] = MappingProxyType({})
    listed: tuple[Finding, ...] = ()
    release_folders: tuple[ReleaseFolder, ...] = ()
    known: tuple[Finding, ...] = ()
    baseline: tuple[Entry, ...] | None = None
    unread: frozenset[str] = frozenset()
    kept: dict[str, Any] = field(factory=dict, eq=False, repr=False)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that are errors."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    def about_releases(self, found: Finding) -> bool:
        """Whether a finding is about a release or a seal, and not about a file to write in."""
        names = tuple(folder.name for folder in self.release_folders)
        inside = found.file.startswith(tuple(f"{name}/" for name in names))
        return found.file in names or (inside and found.file not in self.asked)

    @property
    def release_files(self) -> tuple[Path, ...]:
        """Every file of the folders of releases, seals included: what a result depends on."""
        return tuple(path for folder in self.release_folders for path in folder.files)

    def looked(self, name: str) -> Looked:
        """How far the checks looked at a file."""
        if name in self.unread or (name in self.paths and name not in self.asked):
            return Looked.PARTLY
        if name in self.asked:
            return Looked.WHOLE
        return Looked.NOT if os.path.lexists(self.root / name) else Looked.GONE

    @property
    def with_notes(self) -> tuple[Finding, ...]:
        """The findings and what is told on request, sorted."""
        return tuple(sorted((*self.findings, *self.listed), key=lambda f: f.order))

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that are warnings."""
        return tuple(f for f in self.findings if f.severity is Severity.WARNING)


def load_project(
    paths: Sequence[Path],
    *,
    as_of: PartialDate | None = None,
    otherwise_as_of: PartialDate | None = None,
    checked: bool = True,
    baseline: bool = True,
    instead: Mapping[Path, bytes] | None = None,
) -> Project:
    """Load files, and every pathway file below folders, with all they import.

    Args:
        paths: Files and folders; a file is read whatever its suffix.
        as_of: The date that everything relative to today is counted to; before the one of the
            configuration.
        otherwise_as_of: The date where neither says one; None leaves such checks out.
        checked: Whether the checks run; without them only what concerns reading is found.
        baseline: Whether findings that the project's baseline knows are left out.
        instead: What counts, by path, instead of what the disk holds there.

    Raises:
        DifferentProjectsError: If the paths lie in different projects.
    """
    with _no_collections():
        root = root_of(paths)
        shelf = _Shelf(root, instead or {})
        shelf.read_configuration()
        for path in paths:
            shelf.ask(path)
        shelf.follow_imports()
        date = as_of or shelf.configuration.as_of or otherwise_as_of
        project = shelf.project(date, checked=checked)
        return shelf.beside_baseline(project) if checked and baseline else project


@contextmanager
def _no_collections() -> Iterator[None]:
    """Loading makes millions of values and no rubbish: the collector would only look and leave."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


class _Shelf:
    """The files as they come in, each once, whatever names lead to it."""

    def __init__(self, root: Path, instead: Mapping[Path, bytes]) -> None:
        self.root = root
        self.instead = {Path(os.path.realpath(path)): content for path, content in instead.items()}
        self.configuration = Configuration()
        self.asked: set[str] = set()
        self.names: dict[tuple[int, int], str] = {}
        self.paths: dict[str, Path] = {}
        self.sources: dict[str, Source] = {}
        self.files: dict[str, SyntaxFile] = {}
        self.findings: list[Finding] = []
        self.unread: set[str] = set()
        self.links: list[Link] = []
        self.homes: Mapping[str, Path] | None = None
        self.released: set[Path] = set()

    def read_configuration(self) -> None:
        """Read `pathwaydsl.toml` if the root holds one."""
        path = self.root / FILE_NAME
        if not os.path.exists(path):  # noqa: PTH110  false where none may look
            return
        most = Configuration().limits.file_size
        outcome = read_source(path, FILE_NAME, most_bytes=most)
        source = outcome.value
        if source is None or any(f.rule != "PW102" for f in outcome.findings):
            self.findings.extend(outcome.findings)
            return
        self.sources[FILE_NAME] = source
        read_outcome = read_configuration(source)
        self.configuration = read_outcome.value
        self.findings.extend(read_outcome.findings)

    def ask(self, path: Path) -> None:
        """Take a path of the command line: a file, or a folder to search."""
        real = Path(os.path.realpath(path))
        if not os.path.isdir(real):  # noqa: PTH112  false, not an error, where none may look
            self.asked.add(self._shelve(real))
            return
        try:
            found = pathway_files(real, self.root, self.configuration.exclude, self._miss)
        except OSError as error:
            self._miss(error)
            return
        if not found:
            here = name_in(self.root, real)
            message = f"There is no pathway file in the folder {real.name if here == '.' else here}"
            self.findings.append(finding("PW104", message, None, file=name_in(self.root, real)))
        among = RELEASES in {real.name, real.parent.name}  # then they are what was asked for
        for file in found:
            if is_release(file) and not among:
                self.released.add(file)
            else:
                self.asked.add(self._shelve(Path(os.path.realpath(file))))

    def _miss(self, error: OSError) -> None:
        """Tell of a folder that cannot be read."""
        real = Path(error.filename)
        name = name_in(self.root, real)
        said = real.name if name == "." else name
        message = f"The folder {said} cannot be read: {error.strerror}"
        self.findings.append(finding("PW104", message, None, file=name))

    def follow_imports(self) -> None:
        """Read what is imported, and what that imports, until nothing new comes in."""
        done: set[str] = set()
        while waiting := sorted(self.files.keys() - done):
            for name in waiting:
                done.add(name)
                self._follow(name)
            if not self.files.keys() - done:
                self._enter()
        for cycle in cycles(self.links):
            self.findings.append(cycle_finding(cycle))
            self.links = [
                link
                for link in self.links
                if (link.source, link.target) != (cycle[-1].source, cycle[-1].target)
            ]

    def _follow(self, name: str) -> None:
        for use in imports(self.files[name]):
            located = locate(use.path, self.paths[name], self.root, use.span)
            if isinstance(located, Finding):
                self.findings.append(located)
                self.unread.add(name)  # what it names may be what is missing
                continue
            target = self._shelve(located)
            if target in self.files:
                self.links.append(Link(name, use.path, target, use.span))

    def _enter(self) -> None:
        """Read the files of pathways that are entered and not there yet."""
        wanted = set[str]().union(*map(entered, self.files.values()))
        wanted -= set[str]().union(*map(held, self.files.values()))
        if not wanted:
            return
        if self.homes is None:
            limits = self.configuration.limits
            self.homes = homes(self.root, self.configuration.exclude, limits.file_size)
        for name in sorted(wanted & self.homes.keys()):
            self._shelve(Path(os.path.realpath(self.homes[name])))

    def _shelve(self, real: Path) -> str:
        """The name of a file, which is read if it is not there yet."""
        identity = _identity(real)
        name = name_in(self.root, real)
        if identity is not None and identity in self.names:
            return self.names[identity]
        if name in self.paths:
            return name
        if identity is not None:
            self.names[identity] = name
        self.paths[name] = real
        most = self.configuration.limits.file_size
        written = self.instead.get(real)
        if written is not None:
            outcome = decode(written, name, most_bytes=most)
        else:
            outcome = read_source(real, name, most_bytes=most)
        self.findings.extend(outcome.findings)
        if outcome.value is not None:
            self.sources[name] = outcome.value
        if outcome.value is None or outcome.findings:
            self.unread.add(name)
            return name
        syntax = read(outcome.value, nesting=self.configuration.limits.nesting)
        self.findings.extend(syntax.findings)
        self.files[name] = syntax.value
        if any(f.severity is Severity.ERROR for f in syntax.findings):
            self.unread.add(name)
        return name

    def project(self, as_of: PartialDate | None, *, checked: bool) -> Project:
        """Resolve, check, and put together what there is."""
        targets = {(link.source, link.written): link.target for link in self.links}
        options = ResolveOptions(
            units=self.configuration.units,
            gap_kinds=self.configuration.gap_kinds,
            elsewhere=frozenset().union(
                *(entered(f) for name, f in self.files.items() if is_release(self.paths[name]))
            ),
        )
        for name, file in self.files.items():
            if is_release(self.paths[name]):
                options = knowing_words(options, file.source.text)
        ordered = {name: self.files[name] for name in sorted(self.files)}
        resolved: Outcome[Mapping[str, Document]] = resolve(ordered, targets, options)
        findings = [*self.findings, *resolved.findings]
        # What follows from a name that means nothing would only be said twice.
        self.unread |= {f.file for f in resolved.findings if f.severity is Severity.ERROR}
        if checked:
            asked = self._check_options(as_of, resolved.findings)
            findings += check(resolved.value, asked, on_request=True)
        cases = self._walked(resolved.value) if checked else {}
        findings += [one for results in cases.values() for r in results for one in r.findings]
        shelved = Shelved(
            root=self.root,
            paths=self.paths,
            files=self.files,
            documents=resolved.value,
            unread=frozenset(self.unread),
            released=frozenset(self.released),
        )
        folders = look_at_releases(shelved, options, self.configuration.limits.file_size)
        findings += folders.findings
        severities = self.configuration.severities
        pathways = {name: self.sources[name] for name in ordered}
        kept = apply(pathways, tuple(findings), severities)
        told = sorted(set(self._reported(kept)), key=lambda f: f.order)
        listed = tuple(f for f in told if f.severity is Severity.INFO and rule(f.rule).on_request)
        apart = set(listed)
        return Project(
            root=self.root,
            configuration=self.configuration,
            asked=tuple(sorted(self.asked)),
            sources=MappingProxyType(self.sources),
            files=MappingProxyType(ordered),
            documents=resolved.value,
            findings=tuple(f for f in told if f not in apart),
            as_of=as_of,
            paths=MappingProxyType(self.paths),
            cases=MappingProxyType(cases),
            listed=listed,
            release_folders=folders.value,
            unread=frozenset(self.unread),
        )

    def beside_baseline(self, project: Project) -> Project:
        """The project with the findings that count."""
        adopted = beside_baseline(project.findings, self.root, self.configuration, project.looked)
        if adopted.source is not None:
            self.sources[adopted.source.name] = adopted.source
        return evolve(
            project,
            findings=adopted.findings,
            known=adopted.known,
            baseline=adopted.entries,
        )

    def _walked(self, documents: Mapping[str, Document]) -> dict[str, tuple[CaseResult, ...]]:
        """Every case walked, where it can be.

        What could not be read whole, or does not say where patients start, would make every case
        go wrong for that alone.
        """
        broken = self._built_on_unread() | self.unread
        return {
            name: run_cases(document.pathway)
            for name, document in documents.items()
            if document.pathway is not None
            and name not in broken
            and document.pathway.start in document.pathway.node
        }

    def _built_on_unread(self) -> set[str]:
        """Files that use a file that could not be read whole, over any number of steps."""
        broken = set(self.unread)
        while more := {link.source for link in self.links if link.target in broken} - broken:
            broken |= more
        return broken - self.unread

    def _check_options(
        self, as_of: PartialDate | None, unresolved: Sequence[Finding]
    ) -> CheckOptions:
        """What the checks must not say again: what was not read, and names likely meant."""
        meant = {e.text for f in unresolved for fix in f.fixes for e in fix.edits}
        broken = frozenset(name for file in self.files.values() for name in file.broken) | meant
        return CheckOptions(
            as_of=as_of,
            unread=frozenset(self.unread),
            built_on_unread=frozenset(self._built_on_unread()),
            broken_names=broken,
        )

    def _reported(self, findings: Sequence[Finding]) -> Iterator[Finding]:
        """A library nobody asked about is only reported where it is wrong."""
        for found in findings:
            asked = found.file in self.asked or found.file not in self.files
            if asked or found.severity is Severity.ERROR:
                yield found


def _identity(path: Path) -> tuple[int, int] | None:
    """What is the same for two names of one file; None where the system does not say."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return (status.st_dev, status.st_ino) if status.st_ino else None
