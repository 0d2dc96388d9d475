"""From the document model of a page to docutils nodes; nothing is decided here but the shape.

Every text of an author becomes a text node. Anchors are targets of their own, so that every
builder, LaTeX and Texinfo too, has a place to jump to.
"""

import re
from collections.abc import Callable, Iterable
from html import escape
from typing import assert_never

from attrs import frozen
from docutils import nodes
from sphinx import addnodes

from pathwaydsl.pages.document import (
    Block,
    Chart,
    Drawn,
    Elsewhere,
    Facts,
    Flowchart,
    Folded,
    Item,
    Line,
    Link,
    Listing,
    Notice,
    Outside,
    Paragraph,
    Piece,
    Prose,
    Section,
    Style,
    Table,
    Target,
    Words,
)
from pathwaydsl.sphinxext.on_paper import parts_for_paper
from pathwaydsl.sphinxext.prose import is_safe, prose_nodes

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

Register = Callable[[Target, str], None]
"""Called with everything that can be referred to, and its anchor."""

_ADMONITION = {"gap": "pathway-gap", "danger": "danger", "caution": "caution", "note": "note"}


class flowchart(nodes.General, nodes.Element):  # noqa: N801  docutils names nodes so
    """The place of a flowchart; its children are the caption.

    Attributes of the node: `pathway` (id) and `docname` (where it was read).
    """


class pathway_list(nodes.General, nodes.Element):  # noqa: N801  docutils names nodes so
    """The place of the list of all pathways; replaced once all pages are read."""


class folded(nodes.General, nodes.Element):  # noqa: N801  docutils names nodes so
    """A passage that is closed in HTML until it is opened; its first child says what is in it."""


@frozen
class Builder:
    """Makes nodes of a page.

    Attributes:
        register: Where things that can be referred to are written down.
        docname: The document the page stands in.
        sections: Whether sections may stand here; otherwise their titles are rubrics.
    """

    register: Register
    docname: str
    sections: bool = True

    def section(self, section: Section) -> list[nodes.Node]:
        """A section with all that is in it."""
        if section.target is not None:
            self.register(section.target, section.anchor)
        inside = self.blocks(section.blocks)
        for inner in section.sections:
            inside += self.section(inner)
        classes = [f"pathway-{section.role}"] if section.role else []
        ids = [section.anchor, *section.aliases]
        if not self.sections:
            target = nodes.target("", "", ids=ids)
            rubric = nodes.rubric("", "", nodes.Text(section.title), classes=classes)
            return [target, rubric, *inside]
        title = nodes.title("", "", nodes.Text(section.title))
        return [nodes.section("", title, *inside, ids=ids, classes=classes)]

    def blocks(self, blocks: Iterable[Block]) -> list[nodes.Node]:
        """Nodes for blocks, in their order."""
        return [node for block in blocks for node in self.block(block)]

    def block(self, block: Block) -> list[nodes.Node]:
        """Nodes for one block."""
        match block:
            case Paragraph(line, role):
                return [nodes.paragraph("", "", *self.line(line), classes=_classes(role))]
            case Prose(text):
                return [nodes.container("", *prose_nodes(text), classes=["pathway-prose"])]
            case Facts():
                return [self._facts(block)]
            case Listing():
                return [self._listing(block)]
            case Table():
                return [self._table(block)]
            case Notice():
                return self._notice(block)
            case Flowchart():
                return [self._flowchart(block)]
            case Drawn(svg, beside):
                picture = nodes.container("", nodes.raw("", svg, format="html"))
                table = nodes.container("", *self.blocks(beside))
                return [nodes.container("", picture, table, classes=["pathway-drawn"])]
            case Chart():
                return [_chart(block)]
            case Folded(title, inside):
                summary = nodes.paragraph("", "", nodes.Text(title))
                return [folded("", summary, *self.blocks(inside))]
            case _:
                assert_never(block)

    def line(self, line: Line) -> list[nodes.Node]:
        """The pieces of a line."""
        return [self._piece(piece) for piece in line]

    def _piece(self, piece: Piece) -> nodes.Node:
        match piece:
            case Words(text, style):
                return _styled(text, style)
            case Link(anchor, text, style):
                inside = _styled(text, style)
                return nodes.reference("", "", inside, internal=True, refid=anchor)
            case Outside(url, text):
                if not is_safe(url):
                    return nodes.Text(text)
                return nodes.reference("", "", nodes.Text(text), refuri=url, internal=False)
            case Elsewhere():
                return self._elsewhere(piece)
            case _:
                assert_never(piece)

    def _elsewhere(self, piece: Elsewhere) -> nodes.Node:
        made = addnodes.pending_xref(
            "",
            nodes.inline("", piece.text),
            refdomain="pathway",
            reftype=piece.kind,
            reftarget=piece.pathway,
            refexplicit=_own_words(piece),
            refwarn=False,
            refdoc=self.docname,
        )
        # Only where they say something, so that pages stay small.
        if piece.anchor:
            made["anchor"] = piece.anchor
        if piece.optional:
            made["optional"] = True
        return made

    def _facts(self, facts: Facts) -> nodes.Node:
        fields = [
            nodes.field(
                "",
                nodes.field_name("", "", nodes.Text(row.term)),
                nodes.field_body("", *self.blocks(row.blocks)),
            )
            for row in facts.rows
        ]
        return nodes.field_list("", *fields, classes=["pathway-facts", *_classes(facts.role)])

    def _listing(self, listing: Listing) -> nodes.Node:
        entries = [self._item(item) for item in listing.items]
        classes = _classes(listing.role)
        if listing.numbered:
            # Steps have numbers, so branches have letters.
            kind = "loweralpha" if listing.role == "branches" else "arabic"
            return nodes.enumerated_list(
                "", *entries, enumtype=kind, prefix="", suffix=".", classes=classes
            )
        return nodes.bullet_list("", *entries, bullet="-", classes=classes)

    def _item(self, item: Item) -> nodes.Node:
        inside = self.blocks(item.blocks)
        if item.anchor is not None:
            if item.target is not None:
                self.register(item.target, item.anchor)
            target = nodes.target("", "", ids=[item.anchor, *item.aliases])
            first = inside[0] if inside else None
            if isinstance(first, nodes.paragraph):
                first.insert(0, target)
            else:
                inside.insert(0, nodes.paragraph("", "", target))
        return nodes.list_item("", *inside, classes=_classes(item.role))

    def _table(self, table: Table) -> nodes.Node:
        head = nodes.thead("", self._row(tuple((Paragraph((Words(t),)),) for t in table.header)))
        body = nodes.tbody("", *(self._row(row) for row in table.rows))
        columns = [nodes.colspec(colwidth=width) for width in table.widths]
        group = nodes.tgroup("", *columns, head, body, cols=len(table.header))
        classes = ["colwidths-given", "pathway-table", *_classes(table.role)]
        return nodes.table("", group, classes=classes)

    def _row(self, cells: tuple[tuple[Block, ...], ...]) -> nodes.row:
        return nodes.row("", *(nodes.entry("", *self.blocks(cell)) for cell in cells))

    def _notice(self, notice: Notice) -> list[nodes.Node]:
        title = nodes.title("", "", nodes.Text(notice.title))
        classes = [_ADMONITION[notice.kind], "pathway-notice"]
        made = nodes.admonition("", title, *self.blocks(notice.blocks), classes=classes)
        if notice.anchor is None:
            return [made]
        if notice.target is not None:
            self.register(notice.target, notice.anchor)
        return [nodes.target("", "", ids=[notice.anchor, *notice.aliases]), made]

    def _flowchart(self, chart: Flowchart) -> nodes.Node:
        link = nodes.reference(
            "",
            "",
            nodes.inline("", "the same flow, step by step"),
            internal=True,
            refid=chart.outline,
        )
        caption = nodes.paragraph(
            "", "", nodes.Text(f"{chart.caption}. In words: "), link, nodes.Text(".")
        )
        return flowchart(
            "", caption, pathway=chart.pathway, docname=self.docname, files=chart.files
        )


def _chart(chart: Chart) -> nodes.Node:
    """A chart that is drawn already, framed as the others are; left out where no SVG can be."""
    name = plain(chart.caption)
    opening = (
        f'<div class="pathway-chart-view" tabindex="0" role="group" aria-label="{escape(name)}">'
    )
    svg = parts_for_paper(chart.svg, chart.name, name) if chart.on_paper else chart.svg
    view = nodes.raw("", f"{opening}{svg}</div>", format="html")
    caption = nodes.paragraph("", name)
    caption["classes"].append("pathway-chart-caption")
    return nodes.container("", view, caption, classes=["pathway-chart"], ids=[chart.name])


def _own_words(piece: Elsewhere) -> bool:
    """Whether a link keeps its words, instead of the title of what it leads to."""
    return piece.kind != "pathway" or piece.optional or bool(piece.anchor) or "@" in piece.pathway


def plain(text: str) -> str:
    """The text with a visible mark for every control character, which no XML may hold."""
    return _CONTROL.sub("\ufffd", text)


def plain_throughout(made: nodes.Node) -> None:
    """Make every text below a node plain."""
    for text in list(made.findall(nodes.Text)):
        if _CONTROL.search(text):
            text.parent.replace(text, nodes.Text(plain(text)))


def _classes(role: str) -> list[str]:
    return [f"pathway-{role}"] if role else []


def _styled(text: str, style: Style) -> nodes.Node:
    match style:
        case "plain":
            return nodes.inline("", text)
        case "strong":
            return nodes.strong("", text)
        case "quiet" | "gap" | "danger" | "badge" | "for" | "against":
            return nodes.inline("", text, classes=[f"pathway-{style}"])
        case _:
            assert_never(style)
