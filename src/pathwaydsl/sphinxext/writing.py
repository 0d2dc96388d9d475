"""How our own nodes are written: the flowchart in HTML, and nothing where a picture cannot be.

Everywhere else the outline that follows says the same in words.
"""

from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from pathwaydsl.sphinxext.doctree import flowchart, folded
from pathwaydsl.sphinxext.domain import pathway_domain


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
    """Close the figure, with the files of the chart."""
    drawings = pathway_domain(translator.builder.env).drawings
    files = drawings.files(node["docname"], node["pathway"]) if node["files"] else []
    if files:
        page = translator.builder.get_target_uri(node["docname"])
        up = "../" * page.count("/")
        links = " · ".join(
            f'<a href="{translator.attval(quote(up + name))}" download>'
            f"{name.rpartition('.')[2].upper()}</a>"
            for name in files
        )
        translator.body.append(f'<p class="pathway-chart-files">Download the chart: {links}</p>')
    translator.body.append("</figcaption></figure>\n")


def skip_flowchart(translator: Any, node: flowchart) -> None:
    """Leave the picture out: the outline says the same."""
    del translator, node
    raise nodes.SkipNode


def visit_folded(translator: Any, node: folded) -> None:
    """Open the passage; its first paragraph becomes the line that opens it."""
    title = node.children[0]
    translator.body.append('<details class="pathway-folded"><summary>')
    translator.body.append(f"{translator.encode(title.astext())}</summary>\n")
    node.remove(title)


def depart_folded(translator: Any, node: folded) -> None:
    """Close the passage."""
    del node
    translator.body.append("</details>\n")


def as_it_is(translator: Any, node: nodes.Element) -> None:
    """Write what is inside and nothing else."""
    del translator, node


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
