"""The projects a build reads, each loaded once, and which files a page rests on.

Nothing here outlives a build: a file that changed is read anew at the next one.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import define, field, frozen

from pathwaydsl.model.pathway import Document
from pathwaydsl.project.configuration import FILE_NAME
from pathwaydsl.project.loading import Project, load_project
from pathwaydsl.syntax.reader import imports
from pathwaydsl.text.finding import Finding, Severity


@frozen
class Loaded:
    """A pathway file as it was loaded.

    Attributes:
        project: The project it belongs to.
        name: Its name in the project.
        document: What it means, or None if it could not be read at all.
    """

    project: Project
    name: str
    document: Document | None

    @property
    def files(self) -> tuple[str, ...]:
        """Names of this file and of every file it imports, directly or not, sorted."""
        return tuple(sorted(self._follow()[0]))

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file the page rests on, the configuration included."""
        found = {self.project.paths[name] for name in self.files if name in self.project.paths}
        return tuple(sorted(path for path in {*found, self._configuration} if path.exists()))

    @property
    def awaited(self) -> tuple[Path, ...]:
        """Files that are not there, and that would change the page if they were."""
        _, missing = self._follow()
        return tuple(sorted(path for path in {*missing, self._configuration} if not path.exists()))

    @property
    def _configuration(self) -> Path:
        return self.project.root / FILE_NAME

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found in these files."""
        names = set(self.files)
        return tuple(found for found in self.project.findings if found.file in names)

    @property
    def errors(self) -> int:
        """How many errors were found in these files."""
        return sum(found.severity is Severity.ERROR for found in self.findings)

    def _follow(self) -> tuple[set[str], set[Path]]:
        named = {_real(path): name for name, path in self.project.paths.items()}
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

    _loaded: list[Project] = field(factory=list)
    _said: set[Finding] = field(factory=set)

    def forget(self) -> None:
        """Begin a build with nothing loaded."""
        self._loaded.clear()
        self._said.clear()

    def add(self, project: Project) -> None:
        """Use a project that is loaded already."""
        self._loaded.append(project)

    def load(self, paths: Sequence[Path]) -> None:
        """Load files and folders as one project, so that pages need not load them one by one."""
        self._loaded.append(load_project(paths))

    def find(self, path: Path) -> Loaded:
        """A pathway file, loaded on its own where no project loaded so far holds it."""
        real = _real(path)
        for project in self._loaded:
            for name in project.asked:
                if _real(project.paths[name]) == real:
                    return Loaded(project, name, project.documents.get(name))
        project = load_project([real])
        self._loaded.append(project)
        name = project.asked[0]
        return Loaded(project, name, project.documents.get(name))

    def unsaid(self, findings: Sequence[Finding]) -> list[Finding]:
        """Those findings that no page of this build has said yet."""
        new = [found for found in findings if found not in self._said]
        self._said.update(new)
        return new


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))
