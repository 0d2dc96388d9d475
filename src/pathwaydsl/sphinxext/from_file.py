"""What directives that show a pathway file share: reading it, its findings, its place.

An author's mistake becomes warnings with a place; the page still shows what could be read.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from attrs import evolve
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from pathwaydsl.model.pathway import Pathway
from pathwaydsl.pages.document import Page, Target
from pathwaydsl.sphinxext.charts import Chart, settings_of
from pathwaydsl.sphinxext.doctree import Builder, flowchart, plain_throughout
from pathwaydsl.sphinxext.domain import PathwayDomain, pathway_domain
from pathwaydsl.sphinxext.projects import Loaded
from pathwaydsl.text.finding import Finding, Severity
from pathwaydsl.text.rules import rule

logger = logging.getLogger(__name__)


class FromFile(SphinxDirective):
    """A directive that shows something of a pathway file.

    The path is relative to the document; a leading slash means the source folder.
    """

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[OptionSpec] = {"class": directives.class_option}

    def run(self) -> list[nodes.Node]:
        """What stands in the place of the directive."""
        path = Path(self.env.relfn2path(self.arguments[0])[1])
        domain = pathway_domain(self.env)
        if not path.is_file():
            self._await([path])
            domain.kept["unwell"][self.env.current_document.docname] = True
            logger.warning(
                "there is no pathway file %s",
                self.arguments[0],
                location=self.get_location(),
                type="pathway",
                subtype="missing-file",
            )
            return self.instead(f"The file {self.arguments[0]} is missing.")
        loaded = domain.projects.find(path)
        for file in loaded.paths:
            self.env.note_dependency(self._dependency(file))
        self._await(loaded.awaited)
        if self.config.pathway_report_findings:
            self._report(loaded, domain.projects.unsaid(loaded.findings))
        if loaded.errors:
            domain.kept["unwell"][self.env.current_document.docname] = True
        pathway = loaded.document.pathway if loaded.document is not None else None
        if pathway is None:
            if not loaded.errors:
                logger.warning(
                    "%s holds no pathway",
                    self.arguments[0],
                    location=self.get_location(),
                    type="pathway",
                    subtype="no-pathway",
                )
            return self.instead(f"The file {self.arguments[0]} could not be read as a pathway.")
        return self.shown(pathway, loaded, domain)

    def shown(self, pathway: Pathway, loaded: Loaded, domain: PathwayDomain) -> list[nodes.Node]:
        """The nodes for a pathway that could be read."""
        raise NotImplementedError

    def page(self, page: Page, loaded: Loaded, domain: PathwayDomain) -> list[nodes.Node]:
        """The nodes of a page, its chart and what can be referred to on it."""
        docname = self.env.current_document.docname
        if page.root.anchor in self.state.document.ids:
            logger.warning(
                "the pathway %s is already shown in this document",
                page.root.anchor,
                location=self.get_location(),
                type="pathway",
                subtype="duplicate",
            )
            return []

        def register(target: Target, anchor: str) -> None:
            if loaded.release is not None and "@" not in target.name:
                target = evolve(target, name=f"{target.name}@{loaded.release.version}")
            domain.note(target, docname, anchor)

        parent = self.state_machine.node
        builder = Builder(
            register, docname, sections=isinstance(parent, nodes.document | nodes.section)
        )
        made = builder.section(page.root)
        place = next((node for each in made for node in each.findall(flowchart)), None)
        if page.flow is not None and place is not None:
            settings = settings_of(loaded.project.configuration)
            chart = Chart(place["pathway"], evolve(page.flow), settings, files=place["files"])
            domain.note_chart(chart, docname)
        for node in made:
            self._finish(node)
        _unlink(made)
        return made

    def _finish(self, made: nodes.Node) -> None:
        """Give every node its place, for translation and warnings, and keep its ids for it."""
        document = self.state.document
        plain_throughout(made)
        for node in made.findall(nodes.Element):
            if isinstance(node, nodes.TextElement | nodes.section | nodes.admonition):
                self.set_source_info(node)
            for anchor in node["ids"]:
                document.ids.setdefault(anchor, node)
        if isinstance(made, nodes.Element):
            made["classes"] += self.options.get("class", [])

    def instead(self, text: str) -> list[nodes.Node]:
        """A notice in place of what cannot be shown."""
        title = nodes.title("", "", nodes.Text("No pathway to show"))
        body = nodes.paragraph("", "", nodes.Text(text))
        made = nodes.admonition("", title, body, classes=["danger", "pathway-notice"])
        self.set_source_info(made)
        if isinstance(self.state_machine.node, nodes.document):
            # A document needs a title, else every list of pages warns about it too.
            heading = nodes.title("", "", nodes.Text(Path(self.arguments[0]).stem))
            name = nodes.make_id(Path(self.arguments[0]).stem)
            return [nodes.section("", heading, made, ids=[name or "pathway"], names=[name])]
        return [made]

    def _await(self, paths: Sequence[Path]) -> None:
        awaited = pathway_domain(self.env).kept["awaited"]
        docname = self.env.current_document.docname
        awaited[docname] = (*awaited.get(docname, ()), *(self._dependency(path) for path in paths))

    def _dependency(self, path: Path) -> str:
        """A path as the environment keeps it: relative where it lies below the sources."""
        source = os.path.realpath(self.env.srcdir)
        real = os.path.realpath(path)
        if os.path.commonpath([source, real]) == source:
            return os.path.relpath(real, source)
        return real

    def _report(self, loaded: Loaded, findings: Sequence[Finding]) -> None:
        for found in findings:
            if found.severity is Severity.INFO:
                continue
            help_ = f" ({found.help})" if found.help else ""
            logger.warning(
                "%s %s: %s%s",
                found.rule,
                found.severity.value,
                found.message,
                help_,
                location=_location(loaded, found),
                type="pathway",
                subtype=rule(found.rule).name,
            )


def _unlink(made: Sequence[nodes.Node]) -> None:
    """Where a part was left out, links to it keep their words only."""
    elements = [node for top in made for node in top.findall(nodes.Element)]
    anchors = {anchor for node in elements for anchor in node["ids"]}
    for node in elements:
        if isinstance(node, nodes.reference) and node.get("refid", "") not in {"", *anchors}:
            node.replace_self(node.children)


def _location(loaded: Loaded, found: Finding) -> str:
    path = loaded.project.paths.get(found.file, loaded.project.root / found.file)
    source = loaded.project.sources.get(found.file)
    if source is None or found.span is None:
        return str(path)
    return f"{path}:{source.place(found.span.start).line}"
