"""The ready-made site: an index and a page for each pathway, through the extension.

Sphinx works in a folder of its own inside the output; what did not change is not written again,
so that a second build has nothing to do.
"""

import io
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO, cast

from attrs import field, frozen
from rich.console import Console
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from pathwaydsl.pages.feed import feed
from pathwaydsl.project.loading import Project
from pathwaydsl.report.text import harmless
from pathwaydsl.sphinxext.addresses import FEED, redirects, write_files
from pathwaydsl.sphinxext.claim import claimed, finish
from pathwaydsl.sphinxext.domain import pathway_domain
from pathwaydsl.sphinxext.progress import Bar, uncoloured
from pathwaydsl.sphinxext.site_sources import (
    Place,
    page_name,
    places_of,
    sources,
    write_if_new,
    write_sources,
)
from pathwaydsl.text.finding import Finding

__all__ = ["WORK", "SiteReport", "build_site", "page_name"]

WORK = ".work"
"""The folder inside the output in which Sphinx works."""

UNNAMEABLE = "has an invisible character in its name, and no page can be made of it; rename it"

UNWRITTEN = re.compile(r"WARNING: (error writing file|cannot copy|Failed to copy)", re.IGNORECASE)
"""What Sphinx calls a warning though a page or a part of one is missing from the site."""


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
class _Settings:
    """What can be chosen about a site."""

    title: str
    charts: bool
    base_url: str


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
    charts: bool = True,
    base_url: str | None = None,
) -> SiteReport:
    """Build the site of a project.

    Args:
        project: The project, loaded.
        out: The folder to write to; made when it is missing.
        title: What the index is called.
        console: Where the progress bar goes, if it is a terminal; None for none.
        jobs: Processes at once; None for as many as there are cores, where that pays.
        charts: Whether pages have flowcharts.
        base_url: The address the site will have, for the feed and for search engines; without it
            the one of `pathwaydsl.toml`.
    """
    layout = _Layout(Path(os.path.realpath(out)))
    unnameable = [str(path) for path in _paths(project) if not str(path).isprintable()]
    if unnameable:
        return _refused(layout, project, f"{harmless(unnameable[0])} {UNNAMEABLE}")
    places = places_of(project)
    settings = _Settings(title, charts=charts, base_url=base_url or project.configuration.base_url)
    warnings = io.StringIO()
    try:
        with claimed(layout.out, layout.work), Bar(console) as bar:
            texts = sources(project, places, layout.source, title)
            write_sources(layout.source, texts)
            with patch_docutils(str(layout.source)), docutils_namespace():
                _run(
                    project,
                    layout,
                    settings,
                    status=cast("TextIO", bar),
                    warnings=warnings,
                    jobs=_jobs(jobs, texts),
                )
            said_lines = tuple(
                uncoloured(each) for each in warnings.getvalue().splitlines() if each
            )
            unwritten = next((line for line in said_lines if UNWRITTEN.match(line)), None)
            if unwritten is not None:
                return _refused(layout, project, unwritten.removeprefix("WARNING: "))
            files = _files_beside(places, settings)
            write_files(layout.out, files)
            _remove_leftovers(layout, {*(f"{name}.html" for name in texts), *files})
            finish(layout.work)
    except (SphinxError, OSError) as error:
        said = str(error) or type(error).__name__
        return _refused(layout, project, said)
    return SiteReport(layout.out / "index.html", len(places), project.findings, said_lines)


def _refused(layout: _Layout, project: Project, said: str) -> SiteReport:
    return SiteReport(layout.out / "index.html", 0, project.findings, (), said)


def _paths(project: Project) -> list[Path]:
    """The files of the pathways that were asked for, sorted."""
    return sorted(
        project.paths[name]
        for name, document in project.documents.items()
        if name in project.asked and document.pathway is not None and name in project.paths
    )


def _jobs(jobs: int | None, pages: Mapping[str, str]) -> int:
    if jobs is not None:
        return max(1, jobs)
    # A process costs as much as reading and writing a few pages.
    return 1 if len(pages) < 24 else os.cpu_count() or 1


def _run(
    project: Project,
    layout: _Layout,
    settings: _Settings,
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
        confoverrides=_configuration(layout, settings),
        status=status,
        warning=warnings,
        parallel=jobs,
    )
    app.connect("env-before-read-docs", _use(project))
    app.connect("html-page-context", _announce_feed)
    # Reading in processes costs more the more pages there are: each of them hands back all that
    # was read before it. Pages are read one after another, and written side by side.
    app.parallel = 1
    app.connect("env-updated", _write_with(jobs))
    app.build()


def _write_with(jobs: int) -> Any:
    def write(app: Sphinx, env: Any) -> list[str]:
        del env
        app.parallel = jobs
        return []

    return write


def _use(project: Project) -> Any:
    def use(app: Sphinx, env: Any, docnames: list[str]) -> None:
        del app, docnames
        pathway_domain(env).projects.add(project)

    return use


def _announce_feed(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Tell readers of feeds where it is."""
    del app, templatename, doctree
    up = "../" * pagename.count("/")
    link = f'<link rel="alternate" type="application/atom+xml" title="Changes" href="{up}{FEED}">'
    context["metatags"] = context.get("metatags", "") + link


def _configuration(layout: _Layout, settings: _Settings) -> dict[str, Any]:
    """The ready-made configuration; the same for the same settings: nothing is read twice."""
    title = settings.title
    return {
        "project": title,
        "extensions": ["pathwaydsl.sphinxext"],
        "html_theme": "furo",
        "html_title": title,
        "html_baseurl": settings.base_url,
        "pathway_charts": settings.charts,
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


def _files_beside(places: tuple[Place, ...], settings: _Settings) -> Mapping[str, str]:
    """What is written beside the pages: the feed, and addresses that lead on."""
    editions = [(place.name, place.released, place.working) for place in places]
    told = feed(editions, title=settings.title, base_url=settings.base_url)
    return {**redirects(places, settings.base_url), FEED: told}


def _remove_leftovers(layout: _Layout, made: set[str]) -> None:
    """Pages of what is gone; only files that an earlier build listed are removed."""
    listing = layout.work / "files.txt"
    try:
        before = set(listing.read_text("utf-8").split())
    except OSError:
        before = set()
    for name in before - made:
        (layout.out / name).unlink(missing_ok=True)
    write_if_new(listing, "".join(f"{name}\n" for name in sorted(made)))
