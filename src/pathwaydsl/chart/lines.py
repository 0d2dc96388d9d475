"""The words in a box or on an arrow, set as lines: which stand where, and how much room they take.

A block is measured from its middle, in points, so that it can be put wherever the engine puts its
box.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from attrs import frozen

from pathwaydsl.chart.boxes import Arrow, Box, Flow, NumberedGap
from pathwaydsl.chart.lettering import width, wrapped

Role = Literal["word", "title", "note", "strength", "flag", "gap-word", "label", "cell", "sign"]


@frozen
class Face:
    """How text of a role is set: its size in points, bold or not, and its widest line."""

    size: float
    bold: bool
    most: float


FACES: dict[Role, Face] = {
    "word": Face(7.5, bold=True, most=170),
    "title": Face(11, bold=False, most=128),
    "note": Face(8.5, bold=False, most=138),
    "strength": Face(8.5, bold=True, most=150),
    "flag": Face(8.5, bold=True, most=128),
    "gap-word": Face(11, bold=True, most=170),
    "label": Face(9.5, bold=False, most=112),
    "cell": Face(9.5, bold=False, most=210),
    "sign": Face(10, bold=True, most=150),
}

_LEADING = 1.2
_BETWEEN = 2.0
_COLUMN_GAP = 10.0
_PLATE = 2.0
_LONG, _LONG_LABEL = 70, 165.0
"""A label with more characters than this is set this wide, so that it is not a tall column."""


_MEANINGS = {
    "assess": "something is found out",
    "decide": "each patient fits one answer",
    "choose": "several ways are right: a matter of preference",
    "treat": "a recommended regimen",
    "act": "any other step",
    "together": "all strands at once",
    "enter": "goes on in another pathway",
    "end": "this pathway ends",
    "during": "may happen at every box that names the list",
    "resume": "back to the box that was left",
    "goto": "goes on at the box of that name",
    "gap": "nobody knows; not a recommendation",
}
"""What the key says of each kind, in its order."""

_PINNED = "advice stands here, but its evidence is thin"


@frozen
class Line:
    """One line of text: `x` is its middle, or its left edge when `left`; `y` its base line."""

    text: str
    role: Role
    x: float
    y: float
    bold: bool = False
    left: bool = False


@frozen
class Plate:
    """The ground of a pinned gap: its left upper corner, width and height."""

    x: float
    y: float
    width: float
    height: float


@frozen
class Block:
    """Lines and plates with the room they take."""

    width: float
    height: float
    lines: tuple[Line, ...]
    plates: tuple[Plate, ...]
    spans: tuple[tuple[float, float, float], ...]
    """For each row its upper and lower edge and its width, to fit a shape around."""


@frozen
class Cell:
    """Text of one role, wrapped; several rows of one cell make a centred block."""

    lines: tuple[str, ...]
    role: Role
    bold: bool

    @property
    def size(self) -> float:
        """The size of its letters."""
        return FACES[self.role].size

    @property
    def width(self) -> float:
        """The width of its longest line."""
        return max((width(line, self.size, bold=self.bold) for line in self.lines), default=0)

    @property
    def height(self) -> float:
        """The height of its lines, with the plate behind a pinned gap."""
        plate = 2 * _PLATE if self.role == "flag" else 0
        return len(self.lines) * self.size * _LEADING + plate


Row = tuple[Cell, ...]


def box_rows(box: Box) -> tuple[Row, ...]:
    """What stands in a box, row by row."""
    return tuple(row for row in _box_rows(box) if any(cell.lines for cell in row))


def arrow_rows(arrow: Arrow) -> tuple[Row, ...]:
    """What stands on an arrow; empty when nothing does."""
    rows: list[Row] = []
    if arrow.label:
        most = _LONG_LABEL if len(arrow.label) > _LONG else None
        rows.append((_cell(arrow.label, "label", most=most),))
    if arrow.preferred:
        rows.append((_cell("preferred", "label", bold=True),))
    if arrow.gaps:
        rows.append((_gaps(arrow.gaps),))
    return tuple(row for row in rows if row[0].lines)


def key_rows(flow: Flow) -> tuple[Row, ...]:
    """The key: what each kind of box in the chart means, and every gap with its number."""
    rows: list[Row] = [(_cell("HOW TO READ THIS CHART", "word"),)]
    words = {box.kind: box.word for box in flow.boxes}
    for kind, meaning in _MEANINGS.items():
        if kind in words:
            word = "At any time" if kind == "during" else words[kind]
            rows.append((_cell(word.upper(), "cell", bold=True), _cell(meaning, "cell", most=230)))
    if flow.gaps:
        rows.append((_cell("GAP", "flag"), _cell(_PINNED, "cell", most=230)))
    rows.extend(
        (_cell(gap.number, "cell", bold=True), _cell(gap.label, "cell", most=230))
        for gap in flow.gaps
    )
    return tuple(rows)


def sign_row(said: str) -> Row:
    """What became of a box or an arrow, as `+ NEW`."""
    return (_cell(said, "sign"),)


def note_row(said: str) -> Row:
    """A short line below a title."""
    return (_cell(said, "note"),)


def meaning_row(word: str, meaning: str) -> Row:
    """A line of a key."""
    return _cell(word, "cell", bold=True), _cell(meaning, "cell", most=230)


def _box_rows(box: Box) -> Iterator[Row]:
    if box.kind == "during":
        yield (_cell(box.word.upper(), "word"),)
        yield (_cell(box.title, "note", most=330),)
        for line in box.lines:
            target = _cell(f"go to {line.target_label}", "cell", bold=True, most=170)
            yield _cell(f"If {line.when}", "cell", most=180), target
            if line.gaps:
                yield (_gaps(line.gaps),)
        return
    if box.kind == "gap":
        yield (_cell(" ".join(("EVIDENCE GAP", *(gap.number for gap in box.gaps))), "gap-word"),)
    else:
        word = box.word.upper()
        yield (_cell(f"Start: {word}".upper() if box.start else word, "word"),)
    yield (_cell(box.title, "title", bold=box.kind in {"treat", "gap"}),)
    for note in box.notes:
        yield (_cell(note, "note"),)
    if box.strength is not None:
        yield (_cell(box.strength, "strength"),)
    if box.any_time:
        yield (_cell(f"any time: {', '.join(box.any_time)}", "note"),)
    if box.gaps and box.kind != "gap":
        yield (_gaps(box.gaps),)


def _gaps(gaps: Sequence[NumberedGap]) -> Cell:
    word = "GAP" if len(gaps) == 1 else "GAPS"
    return _cell(f"{word} {', '.join(gap.number for gap in gaps)}", "flag")


def _cell(text: str, role: Role, *, bold: bool | None = None, most: float | None = None) -> Cell:
    face = FACES[role]
    heavy = face.bold if bold is None else bold
    return Cell(wrapped(text, most or face.most, face.size, bold=heavy), role, heavy)


def block_of(rows: Sequence[Row], *, left: bool = False) -> Block:
    """Rows set as a block: centred, or in columns from the left."""
    columns = _columns(rows) if left else ()
    broad = sum(columns) + _COLUMN_GAP * (len(columns) - 1) if left else 0.0
    broad = max(broad, *(row[0].width for row in rows if len(row) == 1), 1.0, key=float)
    high = sum(max(cell.height for cell in row) for row in rows) + _BETWEEN * (len(rows) - 1)
    top = -high / 2
    lines: list[Line] = []
    plates: list[Plate] = []
    spans: list[tuple[float, float, float]] = []
    for row in rows:
        x = -broad / 2 if left else 0.0
        for index, cell in enumerate(row):
            _set(cell, x, top, lines, plates, left=left)
            x += (columns[index] if index < len(columns) else 0) + _COLUMN_GAP
        bottom = top + max(cell.height for cell in row)
        spans.append((top, bottom, broad if left else row[0].width))
        top = bottom + _BETWEEN
    return Block(broad, high, tuple(lines), tuple(plates), tuple(spans))


def _columns(rows: Sequence[Row]) -> tuple[float, ...]:
    """The widths of the columns; a row of one cell spans them all."""
    many = [row for row in rows if len(row) > 1]
    count = max((len(row) for row in many), default=0)
    return tuple(max(row[i].width for row in many if i < len(row)) for i in range(count))


def _set(
    cell: Cell, x: float, top: float, lines: list[Line], plates: list[Plate], *, left: bool
) -> None:
    if cell.role == "flag":
        plate_x = x if left else -cell.width / 2 - 4
        plates.append(Plate(plate_x, top, cell.width + 8, cell.height))
        top += _PLATE
        x += 4 if left else 0
    for index, text in enumerate(cell.lines):
        base = top + index * cell.size * _LEADING + cell.size * 0.92
        lines.append(Line(text, cell.role, x, base, cell.bold, left))
