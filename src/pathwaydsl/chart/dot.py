"""From a flow to the DOT source of a layout engine.

Only safe ids (`n1`, `e1`), sizes and colours of ours and escaped labels reach the engine; an
author's text never stands in any other attribute. Sizes are ours too, so that every font fits.
"""

from collections.abc import Mapping, Sequence

import graphviz  # type: ignore[import-untyped]
from attrs import frozen

from pathwaydsl.chart.boxes import Arrow, Box, Flow
from pathwaydsl.chart.colours import LIGHT
from pathwaydsl.chart.lettering import drawable
from pathwaydsl.chart.lines import (
    FACES,
    Block,
    Cell,
    Row,
    arrow_rows,
    block_of,
    box_rows,
    key_rows,
)
from pathwaydsl.chart.shapes import SHAPES, size_around

LEFT = frozenset({"during", "key"})
"""Kinds whose words stand in columns from the left."""


@frozen
class Placed:
    """What one node of the DOT source stands for, and the words in it.

    A box, or what stands on an arrow, or (neither) the key. `kind` is the class of its look, `mark`
    what became of it where two versions are drawn.
    """

    dot_id: str
    kind: str
    block: Block
    box: Box | None = None
    arrow: Arrow | None = None
    mark: str | None = None


@frozen
class Line:
    """One edge of the DOT source, with the arrow it belongs to and the ids it joins."""

    dot_id: str
    arrow: Arrow
    source: str
    target: str
    mark: str | None = None

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """What it holds together, by ids of the DOT source."""
        return (self.source, self.target), (self.source, self.dot_id)


@frozen
class Sheet:
    """The DOT source of a chart, and what its ids stand for."""

    source: str
    placed: tuple[Placed, ...]
    lines: tuple[Line, ...]


Wordings = Mapping[str, Sequence[Sequence[Row]]]
"""By box (its id), arrow (`way 1`) or `key`: all wordings that must fit in; the first is shown."""


def sheet_of(flow: Flow, *, lettered: bool = True, wordings: Wordings | None = None) -> Sheet:
    """The DOT source of a flow; the same flow gives the same bytes.

    Args:
        flow: The chart.
        lettered: Whether the boxes hold their words. Boxes have a fixed size, so the layout is
            the same without them, and the engine has much less to read.
        wordings: Other words than the flow's own, where one layout serves several drawings.
    """
    return _Writer(flow, wordings or {}, lettered=lettered).sheet()


class _Writer:
    """Writes one chart."""

    def __init__(self, flow: Flow, wordings: Wordings, *, lettered: bool) -> None:
        self.flow = flow
        self.wordings = wordings
        self.lettered = lettered
        self.graph = graphviz.Digraph(
            "chart",
            graph_attr={
                "rankdir": "TB",
                "nodesep": "0.14",
                "ranksep": "0.24",
                "pack": "14",
                "packmode": "node",
                "bgcolor": LIGHT.paper,
                "outputorder": "edgesfirst",
                "margin": "0",
                "pad": "0.1",
            },
            node_attr={
                "fontname": "Helvetica",
                "fixedsize": "true",
                "margin": "0",
                **({} if lettered else {"label": ""}),
            },
            edge_attr={"color": LIGHT.kinds["arrow"].line, "arrowsize": "0.7"},
        )
        self.placed: list[Placed] = []
        self.lines: list[Line] = []

    def sheet(self) -> Sheet:
        """The whole chart."""
        names = {}
        for number, box in enumerate(self.flow.boxes, 1):
            names[box.id] = f"n{number}"
            rows = self.wordings.get(box.id) or (box_rows(box),)
            self.place(f"n{number}", box.kind, rows, box=box)
        for number, arrow in enumerate(self.flow.arrows, 1):
            self.connect(number, arrow, names[arrow.source], names[arrow.target])
        self.place("k1", "key", self.wordings.get("key") or (key_rows(self.flow),))
        return Sheet(self.graph.source, tuple(self.placed), tuple(self.lines))

    def place(
        self,
        dot_id: str,
        kind: str,
        wordings: Sequence[Sequence[Row]],
        box: Box | None = None,
        arrow: Arrow | None = None,
    ) -> None:
        """A box with its words, large enough for all of its wordings."""
        left = kind in LEFT
        rows = wordings[0]
        block = block_of(rows, left=left)
        shape, paint = SHAPES[kind], LIGHT.kinds[kind]
        width, height = size_around(shape, block)
        for others in wordings[1:]:
            needed = size_around(shape, block_of(others, left=left))
            width, height = max(width, needed[0]), max(height, needed[1])
        self.placed.append(Placed(dot_id, kind, block, box=box, arrow=arrow))
        size = {"width": f"{width / 72:.4f}", "height": f"{height / 72:.4f}"}
        order = {"ordering": "out"} if box is not None and box.in_order else {}
        if not self.lettered:
            self.plain(dot_id, {"style": shape.style, **size, **shape.attributes, **order})
            return
        self.graph.node(
            dot_id,
            label=f"<{_table(rows, paint.ink, left=left)}>",
            id=dot_id,
            style=shape.style,
            penwidth=f"{shape.pen:g}",
            fillcolor=paint.fill,
            color=paint.line,
            **size,
            **shape.attributes,
            **order,
        )

    def edge(self, source: str, target: str, attributes: Mapping[str, str]) -> None:
        """An edge; names and attributes are all ours."""
        written = " ".join(f'{name}="{value}"' for name, value in attributes.items())
        self.graph.body.append(f"\t{source} -> {target} [{written}]\n")

    def plain(self, dot_id: str, attributes: Mapping[str, str]) -> None:
        """A statement without a word of an author in it, so there is nothing to escape."""
        written = " ".join(f'{name}="{value}"' for name, value in attributes.items())
        self.graph.body.append(f'\t{dot_id} [id="{dot_id}" {written}]\n')

    def connect(self, number: int, arrow: Arrow, source: str, target: str) -> None:
        """An arrow; what stands on it is a box of its own, so that no line runs through it."""
        style = {"style": "dashed"} if arrow.kind == "during" else {}
        rows = self.wordings.get(f"way {number}") or (arrow_rows(arrow),)
        first, last = f"e{number}", f"f{number}"
        if any(rows):
            label = f"l{number}"
            self.place(label, "arrow", rows, arrow=arrow)
            self.edge(source, label, {"id": first, "arrowhead": "none", **style})
            self.lines.append(Line(first, arrow, source, label))
            source = label
        self.edge(source, target, {"id": last, **style})
        self.lines.append(Line(last, arrow, source, target))


def _table(rows: Sequence[Row], ink: str, *, left: bool) -> str:
    columns = max(len(row) for row in rows)
    body = "".join(
        f"<TR>{''.join(_cell(row, cell, columns, ink, left=left) for cell in row)}</TR>"
        for row in rows
    )
    frame = 'BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="1"'
    return f"<TABLE {frame}>{body}</TABLE>"


def _cell(row: Row, cell: Cell, columns: int, ink: str, *, left: bool) -> str:
    attributes = f' COLSPAN="{columns}"' if columns > 1 and len(row) == 1 else ""
    if left:
        attributes += ' ALIGN="LEFT" VALIGN="TOP"'
    if cell.role == "flag":
        flag = LIGHT.kinds["flag"]
        attributes += f' BGCOLOR="{flag.fill}"'
        ink = flag.ink
    lines = (_font(line, cell, ink) for line in cell.lines)
    if left:
        end = '<BR ALIGN="LEFT"/>'
        return f"<TD{attributes}>{''.join(line + end for line in lines)}</TD>"
    return f"<TD{attributes}>{'<BR/>'.join(lines)}</TD>"


def _font(line: str, cell: Cell, ink: str) -> str:
    text = escaped(line)
    if cell.bold:
        text = f"<B>{text}</B>"
    return f'<FONT POINT-SIZE="{FACES[cell.role].size:g}" COLOR="{ink}">{text}</FONT>'


def escaped(text: str) -> str:
    """Text that an HTML-like label shows as it is."""
    text = drawable(text)
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(sign, entity)
    return text.replace("\\", "&#92;")
