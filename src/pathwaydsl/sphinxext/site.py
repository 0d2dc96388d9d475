"""The ready-made site: an index and a page for each pathway, through the extension.

Sphinx works in a folder of its own inside the output; what did not change is not written again,
so that a second build has nothing to do.
"""

import io
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self, TextIO, cast

from attrs import field, frozen
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from pathwaydsl.project.loading import Project
from pathwaydsl.report.text import harmless
from pathwaydsl.sphinxext.claim import claimed, finish
from pathwaydsl.sphinxext.domain import pathway_domain
from pathwaydsl.text.finding import Finding

WORK = ".work"
"""The folder inside the output in which Sphinx works."""

UNNAMEABLE = "has an invisible character in its name, and no page can be made of it; rename it"

UNWRITTEN = re.compile(r"WARNING: (error writing file|cannot copy|Failed to copy)", re.IGNORECASE)
"""What Sphinx calls a warning though a page or a part of one is missing from the site."""

INDEX = """\
{title}
{rule}

.. pathway-list::

.. toctree::
   :hidden:

{pages}
"""

PAGE = """\
:hide-toc:

.. pathway:: {path}
"""


@frozen
class SiteReport:
    """What came of a build.

    Attributes:
        index: The first page.
        pages: How many pathways have a page.
        findings: Everything found in the pathway files.
        warnings: What Sphinx had to say beside that, such as a flowchart that failed.
        problem: Why no site was built, or None.
    """

    index: Path
    pages: int
    findings: tuple[Finding, ...] = ()
    warnings: tuple[str, ...] = ()
    problem: str | None = None


@frozen
class _Layout:
    """The folders of a site."""

    out: Path
    work: Path = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "work", self.out / WORK)

    @property
    def source(self) -> Path:
        return self.work / "source"

    @property
    def doctrees(self) -> Path:
        return self.work / "doctrees"

    @property
    def charts(self) -> Path:
        return self.work / "charts"


def build_site(
    project: Project,
    out: Path,
    *,
    title: str = "Clinical pathways",
    console: Console | None = None,
    jobs: int | None = None,
) -> SiteReport:
    """Build the site of a project.

    Args:
        project: The project, loaded.
        out: The folder to write to; made when it is missing.
        title: What the index is called.
        console: Where the progress bar goes, if it is a terminal; None for none.
        jobs: Processes at once; None for as many as there are cores, where that pays.
    """
    layout = _Layout(Path(os.path.realpath(out)))
    unnameable = [str(path) for path in _paths(project) if not str(path).isprintable()]
    if unnameable:
        return _refused(layout, project, f"{harmless(unnameable[0])} {UNNAMEABLE}")
    pages = _pages(project)
    warnings = io.StringIO()
    try:
        with claimed(layout.out, layout.work), _Bar(console) as bar:
            _write_sources(layout, pages, title)
            with patch_docutils(str(layout.source)), docutils_namespace():
                _run(
                    project,
                    layout,
                    title,
                    status=cast("TextIO", bar),
                    warnings=warnings,
                    jobs=_jobs(jobs, pages),
                )
            said_lines = tuple(
                _uncoloured(each) for each in warnings.getvalue().splitlines() if each
            )
            unwritten = next((line for line in said_lines if UNWRITTEN.match(line)), None)
            if unwritten is not None:
                return _refused(layout, project, unwritten.removeprefix("WARNING: "))
            _remove_leftovers(layout, pages)
            finish(layout.work)
    except (SphinxError, OSError) as error:
        said = str(error) or type(error).__name__
        return _refused(layout, project, said)
    return SiteReport(layout.out / "index.html", len(pages), project.findings, said_lines)


def _refused(layout: _Layout, project: Project, said: str) -> SiteReport:
    return SiteReport(layout.out / "index.html", 0, project.findings, (), said)


def _paths(project: Project) -> list[Path]:
    """The files of the pathways that were asked for, sorted."""
    return sorted(
        project.paths[name]
        for name, document in project.documents.items()
        if name in project.asked and document.pathway is not None and name in project.paths
    )


def _pages(project: Project) -> Mapping[str, Path]:
    """The pathways that were asked for, by id, with their files; sorted."""
    found: dict[str, Path] = {}
    for name in project.asked:
        document = project.documents.get(name)
        if document is not None and document.pathway is not None and name in project.paths:
            found.setdefault(document.pathway.id, project.paths[name])
    return {name: found[name] for name in sorted(found)}


def _write_sources(layout: _Layout, pages: Mapping[str, Path], title: str) -> None:
    layout.source.mkdir(parents=True, exist_ok=True)
    heading = " ".join(title.split())
    escaped = re.sub(r"([\\*`|_<>:\[\]])", r"\\\1", heading)
    texts = {
        "index": INDEX.format(
            title=escaped,
            rule="=" * (2 * len(escaped)),
            pages="\n".join(f"   {page_name(name)}" for name in pages),
        )
    }
    for name, path in pages.items():
        relative = Path(os.path.relpath(path, layout.source)).as_posix()
        texts[page_name(name)] = PAGE.format(path=relative)
    for name, text in texts.items():
        _write_if_new(layout.source / f"{name}.rst", text)
    for old in layout.source.glob("*.rst"):
        if old.stem not in texts:
            old.unlink()


def page_name(pathway: str) -> str:
    """The name of a pathway's page; names that Sphinx keeps for itself are set apart."""
    taken = {"index", "search", "genindex", "py-modindex", "modindex", "objects", "searchindex"}
    return f"pathway-{pathway}" if pathway in taken else pathway


def _write_if_new(path: Path, text: str) -> None:
    content = text.encode()
    try:
        if path.read_bytes() == content:
            return
    except OSError:
        pass
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_bytes(content)
    fresh.replace(path)


def _jobs(jobs: int | None, pages: Mapping[str, Path]) -> int:
    if jobs is not None:
        return max(1, jobs)
    # A process costs as much as reading and writing a few pages.
    return 1 if len(pages) < 12 else os.cpu_count() or 1


def _run(
    project: Project,
    layout: _Layout,
    title: str,
    *,
    status: TextIO,
    warnings: TextIO,
    jobs: int,
) -> None:
    app = Sphinx(
        layout.source,
        None,
        layout.out,
        layout.doctrees,
        "html",
        confoverrides=_configuration(layout, title),
        status=status,
        warning=warnings,
        parallel=jobs,
    )
    app.connect("env-before-read-docs", _use(project))
    app.build()


def _use(project: Project) -> Any:
    def use(app: Sphinx, env: Any, docnames: list[str]) -> None:
        del app, docnames
        pathway_domain(env).projects.add(project)

    return use


def _configuration(layout: _Layout, title: str) -> dict[str, Any]:
    """The ready-made configuration; the same for the same title, so that nothing is read twice."""
    return {
        "project": title,
        "extensions": ["pathwaydsl.sphinxext"],
        "html_theme": "furo",
        "html_title": title,
        "html_show_sourcelink": False,
        "html_copy_source": False,
        "html_css_files": ["pathway-site.css"],
        "html_last_updated_fmt": None,
        "html_permalinks_icon": "#",
        "html_show_sphinx": False,
        "html_show_copyright": False,
        "html_theme_options": {"navigation_with_keys": False},
        "language": "en",
        "pathway_chart_cache": str(layout.charts),
        "pathway_report_findings": False,
        "smartquotes": False,
        "suppress_warnings": [],
        "nitpicky": True,
    }


def _remove_leftovers(layout: _Layout, pages: Mapping[str, Path]) -> None:
    """Pages of pathways that are gone; only files that an earlier build listed are removed."""
    listing = layout.work / "pages.txt"
    names = {page_name(name) for name in pages}
    try:
        before = set(listing.read_text("utf-8").split())
    except OSError:
        before = set()
    for name in before - names:
        (layout.out / f"{name}.html").unlink(missing_ok=True)
    _write_if_new(listing, "".join(f"{name}\n" for name in sorted(names)))


def _uncoloured(line: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", line)


class _Bar(io.TextIOBase):
    """Sphinx's status as a progress bar on a terminal, and as nothing elsewhere."""

    _STEP = re.compile(r"(.+?)\.\.\. *\[ *(\d+)%\]")

    def __init__(self, console: Console | None) -> None:
        super().__init__()
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        if console is not None and console.is_terminal:
            self._progress = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                TaskProgressColumn(),
                console=console,
                transient=True,
            )

    def __enter__(self) -> Self:
        if self._progress is not None:
            self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()

    def write(self, text: str, /) -> int:
        """Take a line of status."""
        if self._progress is not None:
            for step, percent in self._STEP.findall(_uncoloured(text)):
                name = step.strip().rpartition("\r")[2]
                if name not in self._tasks:
                    self._tasks[name] = self._progress.add_task(name.capitalize(), total=100)
                self._progress.update(self._tasks[name], completed=int(percent))
        return len(text)
