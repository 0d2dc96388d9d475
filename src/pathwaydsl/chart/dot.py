"""From a flow to the DOT source of a layout engine.

Only safe ids (`n1`, `e1`), numbers, colours of ours and escaped labels reach the engine; an
author's text never stands in any other attribute.
"""

from collections.abc import Iterator
from typing import Literal

import graphviz  # type: ignore[import-untyped]
from attrs import frozen

from pathwaydsl.chart.colours import LIGHT
from pathwaydsl.chart.flow import Arrow, Box, Flow
from pathwaydsl.chart.lettering import drawable, width, wrapped

Role = Literal["word", "title", "note", "strength", "flag", "label", "cell"]


@frozen
class Face:
    """How text of a role is set: its size in points, bold or not, and its widest line."""

    size: float
    bold: bool
    most: float


FACES: dict[Role, Face] = {
    "word": Face(8, bold=True, most=200),
    "title": Face(11, bold=False, most=132),
    "note": Face(9, bold=False, most=140),
    "strength": Face(9, bold=True, most=150),
    "flag": Face(9, bold=True, most=140),
    "label": Face(9.5, bold=False, most=104),
    "cell": Face(9.5, bold=False, most=190),
}


@frozen
class Line:
    """One line of text as drawn; `left` when it starts at the left edge of its cell."""

    text: str
    role: Role
    left: bool = False
    bold: bool = False


@frozen
class Shape:
    """How a kind of box looks: a shape of the engine, its style, and the width of its line."""

    name: str
    style: str = "filled"
    pen: float = 1.2
    margin: str = "0.09,0.05"


SHAPES: dict[str, Shape] = {
    "assess": Shape("note"),
    "decide": Shape("hexagon", margin="0.01,0.02"),
    "choose": Shape("parallelogram", margin="0,0.02"),
    "treat": Shape("box", pen=2.6),
    "act": Shape("box", "filled,rounded"),
    "together": Shape("trapezium", margin="0,0.02"),
    "enter": Shape("cds", margin="0.14,0.06"),
    "gap": Shape("octagon", "filled,dashed", pen=3.4, margin="0.02,0.02"),
    "end": Shape("ellipse", margin="0.01,0.01"),
    "during": Shape("tab", "filled,dashed", margin="0.06,0.06"),
    "resume": Shape("larrow", "filled,dotted", margin="0.05,0.02"),
    "goto": Shape("invhouse", "filled,dotted", margin="0.03,0.02"),
    "key": Shape("box", pen=1, margin="0.06,0.06"),
}
"""Each kind has a shape of its own."""


@frozen
class Drawn:
    """What one element of the DOT source stands for, with its lines in the order drawn.

    Exactly one of `box` and `arrow` is set, or neither for the key.
    """

    dot_id: str
    kind: str
    lines: tuple[Line, ...] = ()
    box: Box | None = None
    arrow: Arrow | None = None


@frozen
class Sheet:
    """The DOT source of a chart, and what its ids stand for."""

    source: str
    drawn: tuple[Drawn, ...]


def sheet_of(flow: Flow) -> Sheet:
    """The DOT source of a flow; the same flow gives the same bytes."""
    graph = graphviz.Digraph(
        "chart",
        graph_attr={
            "rankdir": "TB",
            "nodesep": "0.22",
            "ranksep": "0.3",
            "pack": "12",
            "packmode": "node",
            "bgcolor": LIGHT.paper,
            "outputorder": "edgesfirst",
            "margin": "0",
            "pad": "0.1",
        },
        node_attr={"fontname": "Helvetica", "fontsize": "11", "width": "0", "height": "0"},
        edge_attr={
            "fontname": "Helvetica",
            "fontsize": "9.5",
            "color": LIGHT.kinds["arrow"].line,
            "arrowsize": "0.7",
        },
    )
    names = {box.id: f"n{number}" for number, box in enumerate(flow.boxes, 1)}
    drawn: list[Drawn] = []
    for box in flow.boxes:
        cells = tuple(_cells(box))
        _add(graph, names[box.id], box.kind, cells)
        lines = tuple(line for row in cells for cell in row for line in cell)
        drawn.append(Drawn(names[box.id], box.kind, lines, box=box))
    for number, arrow in enumerate(flow.arrows, 1):
        drawn.append(_arrow(graph, f"e{number}", arrow, names))
    if flow.gaps:
        cells = tuple(_key(flow))
        _add(graph, "k1", "key", cells)
        lines = tuple(line for row in cells for cell in row for line in cell)
        drawn.append(Drawn("k1", "key", lines))
    return Sheet(graph.source, tuple(drawn))


Cell = tuple[Line, ...]
Row = tuple[Cell, ...]


def _cells(box: Box) -> Iterator[Row]:
    """The rows of a box's label; each row is one cell, but for lists."""
    if box.kind == "during":
        yield (_lines(box.word.upper(), "word", left=True),)
        yield (_lines(box.title, "note", left=True, most=300),)
        for line in box.lines:
            target = _lines(line.target_label, "cell", left=True, bold=True, most=150)
            flags = _gap_lines(tuple(gap.number for gap in line.gaps), left=True)
            yield _lines(f"If {line.when}", "cell", left=True), target + flags
        return
    word = box.word.upper()
    if box.kind == "gap":
        word = " ".join(("EVIDENCE GAP", *(gap.number for gap in box.gaps)))
    if box.start:
        word = f"START: {word}"
    yield (_lines(word, "flag" if box.kind == "gap" else "word"),)
    yield (_lines(box.title, "title", bold=box.kind in {"treat", "gap"}),)
    for note in box.notes:
        yield (_lines(note, "note"),)
    if box.strength is not None:
        yield (_lines(box.strength, "strength"),)
    if box.any_time:
        letters = ", ".join(box.any_time)
        yield (_lines(f"any time: {letters}", "note"),)
    if box.gaps and box.kind != "gap":
        yield (_gap_lines(tuple(gap.number for gap in box.gaps)),)


def _key(flow: Flow) -> Iterator[Row]:
    yield (_lines("EVIDENCE GAPS IN THIS CHART", "word", left=True),)
    yield (
        _lines(
            "Nobody knows: no advice of this chart rests on these.", "note", left=True, most=300
        ),
    )
    for gap in flow.gaps:
        yield (
            _lines(gap.number, "cell", left=True, bold=True),
            _lines(gap.label, "cell", left=True, most=240),
        )


def _gap_lines(numbers: tuple[str, ...], *, left: bool = False) -> Cell:
    if not numbers:
        return ()
    word = "GAP" if len(numbers) == 1 else "GAPS"
    return _lines(f"{word} {', '.join(numbers)}", "flag", left=left)


def _lines(
    text: str,
    role: Role,
    *,
    left: bool = False,
    bold: bool | None = None,
    most: float | None = None,
) -> Cell:
    face = FACES[role]
    heavy = face.bold if bold is None else bold
    found = wrapped(text, most or face.most, face.size, bold=heavy)
    return tuple(Line(line, role, left, heavy) for line in found)


def _add(graph: graphviz.Digraph, dot_id: str, kind: str, rows: tuple[Row, ...]) -> None:
    shape, paint = SHAPES[kind], LIGHT.kinds[kind]
    graph.node(
        dot_id,
        label=f"<{_table(rows, paint.ink)}>",
        id=dot_id,
        shape=shape.name,
        style=shape.style,
        penwidth=f"{shape.pen:g}",
        margin=shape.margin,
        fillcolor=paint.fill,
        color=paint.line,
        fontcolor=paint.ink,
    )


def _arrow(graph: graphviz.Digraph, dot_id: str, arrow: Arrow, names: dict[str, str]) -> Drawn:
    cell: Cell = ()
    if arrow.label:
        cell += _lines(arrow.label, "label")
    if arrow.preferred:
        cell += _lines("preferred", "label", bold=True)
    flags = _gap_lines(tuple(gap.number for gap in arrow.gaps))
    rows = tuple((part,) for part in (cell, flags) if part)
    attributes = {"id": dot_id}
    if arrow.kind == "during":
        attributes["style"] = "dashed"
    if rows:
        table = _table(rows, LIGHT.kinds["arrow"].ink, plate=LIGHT.paper)
        attributes["label"] = f"<{table}>"
    graph.edge(names[arrow.source], names[arrow.target], **attributes)
    lines = tuple(line for row in rows for part in row for line in part)
    return Drawn(dot_id, "arrow", lines, arrow=arrow)


def _table(rows: tuple[Row, ...], ink: str, plate: str | None = None) -> str:
    columns = max((len(row) for row in rows), default=1)
    ground = f' BGCOLOR="{plate}"' if plate is not None else ""
    body = "".join(
        f"<TR>{''.join(_cell(row, cell, columns, ink) for cell in row)}</TR>" for row in rows
    )
    return (
        f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="1" CELLPADDING="1"{ground}>{body}</TABLE>'
    )


def _cell(row: Row, cell: Cell, columns: int, ink: str) -> str:
    left = any(line.left for line in cell)
    span = f' COLSPAN="{columns}"' if columns > 1 and len(row) == 1 else ""
    broad = max(
        (width(line.text, FACES[line.role].size, bold=line.bold) for line in cell), default=0
    )
    flag = any(line.role == "flag" for line in cell) and not left
    flag = flag and not cell[0].text.startswith(("EVIDENCE", "START"))
    ground = f' BGCOLOR="{LIGHT.kinds["flag"].fill}"' if flag else ""
    ink = LIGHT.kinds["flag"].ink if flag else ink
    align = ' ALIGN="LEFT" VALIGN="TOP"' if left else ""
    break_ = '<BR ALIGN="LEFT"/>' if left else "<BR/>"
    text = "".join(f"{_font(line, ink)}{break_}" for line in cell)
    text = text if left else text.removesuffix(break_)
    return f'<TD WIDTH="{round(broad) + 4}"{span}{align}{ground}>{text}</TD>'


def _font(line: Line, ink: str) -> str:
    text = escaped(line.text)
    if line.bold:
        text = f"<B>{text}</B>"
    return f'<FONT POINT-SIZE="{FACES[line.role].size:g}" COLOR="{ink}">{text}</FONT>'


def escaped(text: str) -> str:
    """Text that an HTML-like label shows as it is."""
    text = drawable(text)
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(sign, entity)
    return text.replace("\\", "&#92;")
