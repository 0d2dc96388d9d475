"""How our own nodes are written: the flowchart in HTML, and nothing where a picture cannot be.

Everywhere else the outline that follows says the same in words.
"""

from collections.abc import Iterable
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from pathwaydsl.pages.document import Summary
from pathwaydsl.sphinxext.doctree import flowchart, pathway_list, plain
from pathwaydsl.sphinxext.domain import pathway_domain

HEADER = ("Pathway", "Version", "Status", "Date", "Evidence gaps")
WIDTHS = (46, 12, 14, 16, 12)


def visit_flowchart(translator: Any, node: flowchart) -> None:
    """Open the figure: the picture, then the caption."""
    svg = pathway_domain(translator.builder.env).drawings.svg(node["docname"], node["pathway"])
    caption = f"{node['pathway']}--map-caption"
    start = translator.starttag(
        node, "figure", CLASS="pathway-chart", role="group", **{"aria-labelledby": caption}
    )
    translator.body.append(start)
    translator.body.append(f'<div class="pathway-chart-view" tabindex="0">{svg or ""}</div>')
    translator.body.append(f'<figcaption id="{translator.attval(caption)}">')


def depart_flowchart(translator: Any, node: flowchart) -> None:
    """Close the figure."""
    del node
    translator.body.append("</figcaption></figure>\n")


def skip_flowchart(translator: Any, node: flowchart) -> None:
    """Leave the picture out: the outline says the same."""
    del translator, node
    raise nodes.SkipNode


class ChartsInHtml(SphinxPostTransform):
    """Where a chart could not be drawn, let the outline take its place."""

    default_priority = 8
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Look at each chart of the document."""
        del kwargs
        domain = pathway_domain(self.env)
        for node in list(self.document.findall(flowchart)):
            place = node["docname"], node["pathway"]
            if domain.drawings.lacks(*place):
                # Written without being read: others probably are too.
                domain.draw(domain.kept["charts"])
            if not domain.drawings.has(*place):
                _give_way(node)


class NoChartsElsewhere(SphinxPostTransform):
    """Take charts out where there is no picture: the outline says the same."""

    default_priority = 8
    formats = ("html",)

    def is_supported(self) -> bool:
        """Whether the builder writes no HTML."""
        return not super().is_supported()

    def run(self, **kwargs: Any) -> None:
        """Remove each chart with the section made for it, and the links to jump with."""
        del kwargs
        for line in list(self.document.findall(nodes.paragraph)):
            if "pathway-parts" in line["classes"]:
                line.parent.remove(line)
        for node in list(self.document.findall(flowchart)):
            section = node.parent
            made_for_it = "pathway-flowchart" in section.get("classes", ())
            leaving = section if made_for_it else node
            leaving.parent.remove(leaving)


def _give_way(node: flowchart) -> None:
    """Say that there is no picture, and put the outline where it would be."""
    section = node.parent
    text = nodes.Text("The flowchart could not be drawn. The same flow stands here in words.")
    node.replace_self(nodes.paragraph("", "", text, classes=["pathway-no-chart"]))
    if not isinstance(section, nodes.section):
        return
    page = section.parent
    for outline in list(page.children):
        if isinstance(outline, nodes.section) and "pathway-outline" in outline["classes"]:
            page.remove(outline)
            page.insert(page.index(section) + 1, outline)


class PathwayLists(SphinxPostTransform):
    """Fill each list of pathways with what all documents told."""

    default_priority = 9

    def run(self, **kwargs: Any) -> None:
        """Replace each place of a list by a table, or by a line where there is nothing to list."""
        del kwargs
        found = pathway_domain(self.env).all_summaries
        for node in list(self.document.findall(pathway_list)):
            if found:
                node.replace_self(self._table(found))
            else:
                node.replace_self(nodes.paragraph("", "", nodes.Text("There are no pathways yet.")))

    def _table(self, found: Iterable[tuple[str, Summary]]) -> nodes.table:
        rows = [self._row(summary) for _, summary in found]
        head = nodes.row("", *(_cell(nodes.Text(word)) for word in HEADER))
        columns = [nodes.colspec(colwidth=width) for width in WIDTHS]
        group = nodes.tgroup(
            "", *columns, nodes.thead("", head), nodes.tbody("", *rows), cols=len(HEADER)
        )
        classes = ["colwidths-given", "pathway-table", "pathway-list"]
        return nodes.table("", group, classes=classes)

    def _row(self, summary: Summary) -> nodes.row:
        link = addnodes.pending_xref(
            "",
            nodes.inline("", plain(summary.title)),
            refdomain="pathway",
            reftype="pathway",
            reftarget=summary.id,
            refexplicit=False,
            refwarn=False,
            refdoc=self.env.current_document.docname,
        )
        name = _cell(link)
        if summary.population:
            name.append(
                nodes.paragraph(
                    "", "", nodes.Text(plain(summary.population)), classes=["pathway-detail"]
                )
            )
        gaps = "no gaps open"
        if summary.open_gaps:
            gaps = f"{summary.open_gaps} {'gap' if summary.open_gaps == 1 else 'gaps'} open"
        status = nodes.inline("", summary.status, classes=["pathway-badge"])
        gap_classes = ["pathway-gap"] if summary.open_gaps else []
        return nodes.row(
            "",
            name,
            _cell(nodes.Text(summary.version)),
            _cell(status),
            _cell(nodes.Text(summary.date)),
            _cell(nodes.inline("", gaps, classes=gap_classes)),
        )


def _cell(content: nodes.Node) -> nodes.entry:
    return nodes.entry("", nodes.paragraph("", "", content))
