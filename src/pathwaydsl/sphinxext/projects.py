"""The projects a build reads, each loaded once, and which files a page rests on.

Nothing here outlives a build: a file that changed is read anew at the next one.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from attrs import define, field, frozen

from pathwaydsl.authoring.sign_off import signed
from pathwaydsl.model.nodes import Enter
from pathwaydsl.model.pathway import Document, Pathway
from pathwaydsl.model.values import Version
from pathwaydsl.pages.editions import Editions, editions_of
from pathwaydsl.project.configuration import FILE_NAME
from pathwaydsl.project.loading import Project, load_project
from pathwaydsl.project.releases import Release, releases_of
from pathwaydsl.syntax.reader import imports, read
from pathwaydsl.text.finding import Finding, Severity
from pathwaydsl.versions import Comparison
from pathwaydsl.versions.comparison import compare
from pathwaydsl.versions.history import History, history


@frozen(slots=False)
class Shelf:
    """A loaded project, with what every page looks up in it, found once."""

    project: Project
    _histories: dict[tuple[str, bool], History] = field(factory=dict, init=False, eq=False)

    @cached_property
    def named(self) -> Mapping[Path, str]:
        """The name of each file in the project, by where it really lies."""
        return {_real(path): name for name, path in self.project.paths.items()}

    @cached_property
    def findings(self) -> Mapping[str, tuple[Finding, ...]]:
        """What was found, by file."""
        by: dict[str, list[Finding]] = {}
        for found in self.project.findings:
            by.setdefault(found.file, []).append(found)
        return {file: tuple(found) for file, found in by.items()}

    @cached_property
    def asked(self) -> frozenset[str]:
        """The files that were asked for."""
        return frozenset(self.project.asked)

    @cached_property
    def releases(self) -> Mapping[str, tuple[Release, ...]]:
        """The releases of each pathway, oldest first."""
        return releases_of(self.project)

    @cached_property
    def released(self) -> Mapping[Path, Release]:
        """The releases by where they lie."""
        return {
            _real(self.project.root / each.file): each
            for releases in self.releases.values()
            for each in releases
        }

    @cached_property
    def pathways(self) -> Mapping[str, Pathway]:
        """The working file of each pathway that was asked for."""
        found: dict[str, Pathway] = {}
        for name in self.project.asked:
            document = self.project.documents.get(name)
            if document is not None and document.pathway is not None:
                found.setdefault(document.pathway.id, document.pathway)
        return found

    @cached_property
    def every(self) -> Mapping[str, Pathway]:
        """Every pathway that was read, asked for or entered."""
        documents = self.project.documents.values()
        return {each.pathway.id: each.pathway for each in documents if each.pathway}

    @cached_property
    def homes(self) -> Mapping[str, str]:
        """The file of each pathway that was asked for."""
        return {pathway.id: pathway.file for pathway in self.pathways.values()}

    def released_pathways(self, pathway: str) -> tuple[Pathway, ...]:
        """The releases of a pathway that could be read, oldest first."""
        found = (each.document.pathway for each in self.releases.get(pathway, ()))
        return tuple(each for each in found if each is not None)

    def history(self, pathway: Pathway, *, released: bool) -> History:
        """The history of a pathway up to its working file, or of its releases alone.

        For whom the advice is another is left out: it takes long, and no line of a life needs it.
        """
        key = pathway.id, released
        known = self._histories.get(key)
        if known is None:
            versions = self.released_pathways(pathway.id)
            if not released:
                versions = (*versions, self.pathways.get(pathway.id, pathway))
            known = self._histories[key] = history(versions, compare=_by_what_is_written)
        return known

    def editions(self, pathway: Pathway, version: Version | None) -> Editions:
        """All editions of a pathway, of which the one of this version is shown."""
        working = self.pathways.get(pathway.id, pathway)
        return editions_of(working, self.released_pathways(pathway.id), version)


@frozen
class Loaded:
    """A pathway file as it was loaded.

    Attributes:
        shelf: The project it belongs to.
        name: Its name in the project.
        document: What it means, or None if it could not be read at all.
        release: The release it is, or None for a working file.
    """

    shelf: Shelf
    name: str
    document: Document | None
    release: Release | None = None

    @property
    def project(self) -> Project:
        """The project it belongs to."""
        return self.shelf.project

    def others(self, pathway: Pathway) -> Mapping[str, Pathway]:
        """The pathways it may enter: for a release, the releases it was made with."""
        if self.release is None:
            return self.shelf.every
        entered = [node for node in pathway.nodes if isinstance(node, Enter)]
        return {
            other.id: other
            for node in entered
            for other in self.shelf.released_pathways(node.pathway or "")
            if other.version == node.version
        }

    @property
    def signed(self) -> Mapping[int, str]:
        """The fingerprint of what each approval was given to, by where the approval begins."""
        if self.release is not None:
            return signed(read(self.release.source).value)
        file = self.project.files.get(self.name)
        return {} if file is None else signed(file)

    @property
    def files(self) -> tuple[str, ...]:
        """Names of this file and of every file it imports, directly or not, sorted."""
        return tuple(sorted(self._follow()[0]))

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file the page rests on, the configuration included."""
        found = {self.project.paths[name] for name in self.files if name in self.project.paths}
        if self.release is not None:
            found.add(_real(self.project.root / self.release.file))
        around = {*found, *self._handed_on_to, self._configuration, *self._seals}
        return tuple(sorted(path for path in around if path.exists()))

    def texts(self, pathway: Pathway) -> Iterator[str]:
        """The text of everything that says what the pathway means, in a fixed order."""
        if self.release is not None:
            yield self.release.source.text
            entered = set(map(id, self.others(pathway).values()))
            for releases in self.shelf.releases.values():
                for each in releases:
                    if id(each.document.pathway) in entered:
                        yield each.source.text
        else:
            named = self.shelf.named
            for path in self.paths:
                source = self.project.sources.get(named.get(_real(path), ""))
                if source is not None:
                    yield f"{source.name}\n{source.text}"
        if self._configuration.exists():
            yield self._configuration.read_text("utf-8", "replace")

    @property
    def awaited(self) -> tuple[Path, ...]:
        """Files that are not there, and that would change the page if they were."""
        _, missing = self._follow()
        around = {*missing, self._configuration, *self._seals}
        return tuple(sorted(path for path in around if not path.exists()))

    @property
    def _handed_on_to(self) -> Iterator[Path]:
        """The files of every pathway that is entered from here on: the page speaks of them."""
        pathway = self.document.pathway if self.document is not None else None
        if pathway is None or self.release is not None:
            return
        others = self.others(pathway)
        waiting, seen = [pathway], {pathway.id}
        while waiting:
            for node in waiting.pop().nodes:
                other = others.get(node.pathway or "") if isinstance(node, Enter) else None
                if other is not None and other.id not in seen:
                    seen.add(other.id)
                    waiting.append(other)
                    document = self.project.documents.get(other.file)
                    for name in Loaded(self.shelf, other.file, document).files:
                        if name in self.project.paths:
                            yield self.project.paths[name]

    @property
    def _seals(self) -> tuple[Path, ...]:
        """The list of releases: every page of a pathway names the others."""
        if self.document is None or self.document.pathway is None:
            return ()
        pathway = self.document.pathway.id
        home = self.shelf.homes.get(pathway, self.name)
        path = self.project.paths.get(home)
        return () if path is None else (path.parent / "releases" / pathway / "SEALS",)

    @property
    def _configuration(self) -> Path:
        return self.project.root / FILE_NAME

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found in these files."""
        by = self.shelf.findings
        return tuple(found for name in self.files for found in by.get(name, ()))

    @property
    def errors(self) -> int:
        """How many errors were found in these files."""
        return sum(found.severity is Severity.ERROR for found in self.findings)

    def _follow(self) -> tuple[set[str], set[Path]]:
        named = self.shelf.named
        seen: set[str] = {self.name}
        missing: set[Path] = set()
        waiting = [self.name]
        while waiting:
            name = waiting.pop()
            for path in self._imported(name):
                target = named.get(path)
                if target is None:
                    missing.add(path)
                elif target not in seen:
                    seen.add(target)
                    waiting.append(target)
        return seen, missing

    def _imported(self, name: str) -> Iterator[Path]:
        syntax = self.project.files.get(name)
        if syntax is None:
            return
        folder = self.project.paths[name].parent
        for use in imports(syntax):
            if "\0" not in use.path:
                yield _real(folder / use.path)


@define
class Projects:
    """The projects loaded so far in this build."""

    _loaded: list[Shelf] = field(factory=list)
    _said: set[Finding] = field(factory=set)

    def forget(self) -> None:
        """Begin a build with nothing loaded."""
        self._loaded.clear()
        self._said.clear()

    def add(self, project: Project) -> None:
        """Use a project that is loaded already, and read its releases for all pages."""
        shelf = Shelf(project)
        self._loaded.append(shelf)
        _ = shelf.named, shelf.findings, shelf.released

    def load(self, paths: Sequence[Path]) -> None:
        """Load files and folders as one project, so that pages need not load them one by one."""
        self.add(load_project(paths))

    def find(self, path: Path) -> Loaded:
        """A pathway file, loaded on its own where no project loaded so far holds it."""
        real = _real(path)
        for shelf in self._loaded:
            name = shelf.named.get(real)
            if name is not None and name in shelf.asked:
                return Loaded(shelf, name, shelf.project.documents.get(name))
            release = shelf.released.get(real)
            if release is not None:
                return Loaded(shelf, release.file, release.document, release)
        shelf = Shelf(load_project([real]))
        self._loaded.append(shelf)
        name = shelf.project.asked[0]
        return Loaded(shelf, name, shelf.project.documents.get(name))

    def unsaid(self, findings: Sequence[Finding]) -> list[Finding]:
        """Those findings that no page of this build has said yet."""
        new = [found for found in findings if found not in self._said]
        self._said.update(new)
        return new


def _by_what_is_written(old: Pathway, new: Pathway) -> Comparison:
    return compare(old, new, advice=False)


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))
