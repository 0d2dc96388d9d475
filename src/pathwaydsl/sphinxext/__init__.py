"""The Sphinx extension: pathways as pages, with roles to refer to what is in them.

Put `pathwaydsl.sphinxext` into `extensions`, and `.. pathway:: file.pathway` into a document.
"""

from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from pathwaydsl.chart.colours import page_css
from pathwaydsl.editor.highlighting import PathwayLexer
from pathwaydsl.sphinxext.charts import FailedCharts, shape_of_kept
from pathwaydsl.sphinxext.directives import PathwayDirective
from pathwaydsl.sphinxext.doctree import flowchart, folded, pathway_list
from pathwaydsl.sphinxext.domain import PathwayDomain, pathway_domain
from pathwaydsl.sphinxext.more_pages import PrintDirective
from pathwaydsl.sphinxext.registers import (
    FilledRegisters,
    LinksThatMayLead,
    PathwayListDirective,
    RegisterDirective,
)
from pathwaydsl.sphinxext.version_pages import (
    ChangesDirective,
    HistoryDirective,
    ReviewDirective,
)
from pathwaydsl.sphinxext.writing import (
    ChartsInHtml,
    NoChartsElsewhere,
    as_it_is,
    depart_flowchart,
    depart_folded,
    skip_flowchart,
    visit_flowchart,
    visit_folded,
)

logger = logging.getLogger(__name__)

ENV_VERSION = 2
"""Raised whenever what the environment keeps changes its shape."""

CHART_STYLE = "pathway-chart.css"
"""Written at every build; everything else under `STATIC` is copied."""

STATIC = Path(__file__).parent / "static"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything with Sphinx."""
    app.add_config_value(
        "pathway_paths",
        [],
        "env",
        frozenset({list, tuple}),
        "Files and folders with pathways, relative to conf.py, loaded together as one project.",
    )
    app.add_config_value(
        "pathway_report_findings",
        default=True,
        rebuild="env",
        types=frozenset({bool}),
        description="Whether errors and warnings found in pathway files become warnings of Sphinx.",
    )
    app.add_config_value(
        "pathway_charts",
        default=True,
        rebuild="env",
        types=frozenset({bool}),
        description="Whether pages have a flowchart beside the same flow in words.",
    )
    app.add_config_value(
        "pathway_chart_cache",
        None,
        "",
        frozenset({str, type(None)}),
        "Where drawn flowcharts are kept; without it, beside the doctrees.",
    )
    app.add_config_value(
        "pathway_program",
        f"{version('pathwaydsl')} {shape_of_kept()}",
        "env",
        frozenset({str}),
        "The version of the program; another one reads every page anew. Not to be set.",
    )
    app.add_lexer("pathway", PathwayLexer)
    app.add_domain(PathwayDomain)
    app.add_directive("pathway", PathwayDirective)
    app.add_directive("pathway-changes", ChangesDirective)
    app.add_directive("pathway-history", HistoryDirective)
    app.add_directive("pathway-review", ReviewDirective)
    app.add_directive("pathway-print", PrintDirective)
    app.add_directive("pathway-list", PathwayListDirective)
    app.add_directive("pathway-register", RegisterDirective)
    skip = (skip_flowchart, None)
    app.add_node(
        flowchart,
        html=(visit_flowchart, depart_flowchart),
        latex=skip,
        text=skip,
        man=skip,
        texinfo=skip,
    )
    inside = (as_it_is, as_it_is)
    app.add_node(
        folded,
        html=(visit_folded, depart_folded),
        latex=inside,
        text=inside,
        man=inside,
        texinfo=inside,
    )
    app.add_node(pathway_list)
    app.add_post_transform(ChartsInHtml)
    app.add_post_transform(NoChartsElsewhere)
    app.add_post_transform(FilledRegisters)
    app.add_post_transform(LinksThatMayLead)
    app.add_css_file(CHART_STYLE)
    app.add_css_file("pathway.css")
    app.connect("config-inited", _add_static)
    app.connect("env-get-outdated", _read_again)
    app.connect("env-before-read-docs", _before_reading)
    app.connect("env-updated", _write_again)
    app.connect("write-started", _draw)
    app.connect("html-page-context", _add_script)
    app.connect("build-finished", _remember_failures)
    return {
        "version": version("pathwaydsl"),
        "env_version": ENV_VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def _add_static(app: Sphinx, config: Config) -> None:
    del app
    config.html_static_path.append(str(STATIC))
    # The builder of EPUB warns of files whose kind it cannot tell.
    config.epub_exclude_files = [*config.epub_exclude_files, "_static/vendor/panzoom/LICENSE"]


def _read_again(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Iterable[str]:
    """Pages to read anew: their files had errors, or a file has come that they waited for."""
    del app, added, changed
    kept = pathway_domain(env).kept
    came = {
        name
        for name, paths in kept["awaited"].items()
        if any(Path(env.srcdir, path).exists() for path in paths)
    }
    return sorted((came | set(kept["unwell"])) - removed)


def _before_reading(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Load the project once, in the first process, before others branch off."""
    domain = pathway_domain(env)
    domain.projects.forget()
    domain.drawings.forget(docnames)
    domain.drawings.cache = _chart_cache(app)
    domain.comparisons.forget()
    domain.comparisons.folder = Path(app.doctreedir, "pathway-comparisons")
    paths = [Path(app.confdir, path) for path in env.config.pathway_paths]
    if paths and docnames:
        domain.projects.load(paths)


def _write_again(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Documents to write although they were not read: failed charts, and lists that changed."""
    domain = pathway_domain(env)
    again = [name for name in FailedCharts(app.doctreedir).read() if name in env.all_docs]
    again += domain.changed_lists()
    domain.drawings.due.update(again)
    return again


def _draw(app: Sphinx, builder: Builder) -> None:
    """Draw the charts of what is to be written in one batch, before writers branch off."""
    if builder.format != "html":
        return
    _write_style(Path(builder.outdir, "_static", CHART_STYLE))
    domain = pathway_domain(builder.env)
    domain.drawings.cache = _chart_cache(app)
    # A book holds its pictures; a page of a site has files beside it.
    files = builder.name in {"html", "dirhtml"}
    domain.drawings.out = Path(builder.outdir) if files else None
    domain.draw(domain.drawings.due)


def _chart_cache(app: Sphinx) -> Path:
    """Where drawn flowcharts are kept."""
    folder = app.config.pathway_chart_cache
    return Path(app.confdir, folder) if folder else Path(app.doctreedir, "pathway-charts")


def _remember_failures(app: Sphinx, exception: Exception | None) -> None:
    """Documents with failed charts are written again at the next build, and so said again."""
    if exception is not None or app.builder.format != "html":
        return
    drawings = pathway_domain(app.env).drawings
    before = FailedCharts(app.doctreedir)
    before.write((set(before.read()) - drawings.tried) | drawings.failed)


def _write_style(path: Path) -> None:
    """The colours of charts, as `chart` says them."""
    style = page_css().encode()
    if not path.exists() or path.read_bytes() != style:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(style)


def _add_script(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Panning and zooming, on pages with a flowchart only."""
    del pagename, templatename, context
    if doctree is not None and next(iter(doctree.findall(_moves)), None) is not None:
        app.add_js_file("vendor/panzoom/panzoom.min.js", loading_method="defer")
        app.add_js_file("pathway.js", loading_method="defer")


def _moves(node: nodes.Node) -> bool:
    """Whether it is a flowchart, drawn while writing or before."""
    return isinstance(node, flowchart) or (
        isinstance(node, nodes.container) and "pathway-chart" in node["classes"]
    )
