"""Two versions in three drawings of one layout: the old one, the new one, and one over the other.

The same box stands at the same place in all three. What changed bears a sign, a word and a frame
of its own line; what did not is drawn quietly where both versions are shown at once.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal

from attrs import evolve, frozen

from pathwaydsl.chart.boxes import Arrow, Box, Flow, NumberedGap
from pathwaydsl.chart.cache import ChartCache
from pathwaydsl.chart.dot import LEFT, Sheet, Wordings
from pathwaydsl.chart.drawing import Drawing, draw_sheets
from pathwaydsl.chart.engine import EngineSettings, Failure
from pathwaydsl.chart.lines import (
    Block,
    Row,
    arrow_rows,
    block_of,
    box_rows,
    key_rows,
    meaning_row,
    note_row,
    sign_row,
)
from pathwaydsl.chart.svg import Compared, packing_of, written_svg
from pathwaydsl.chart.union import MARKS, BothBoxes, BothWays, Mark, Union, union_of
from pathwaydsl.versions.records import Comparison

Which = Literal["old", "new", "both"]
"""One of the three drawings."""

SIGNS: Mapping[Mark, str] = {
    "added": "+",
    "removed": "−",  # noqa: RUF001  a minus sign is meant
    "changed": "~",
    "moved": "»",
    "renamed": "=",
}
"""The sign of each mark."""

WORDS: Mapping[Mark, str] = {
    "added": "new",
    "removed": "gone",
    "changed": "changed",
    "moved": "moved",
    "renamed": "renamed",
}
"""The word beside each sign."""

_MEANINGS: Mapping[Mark, str] = {
    "added": "thick frame: only in the newer version",
    "removed": "dashed frame: only in the older version",
    "changed": "dotted frame: in both, but says or gives something else",
    "moved": "frame of dashes and dots: in both, reached from other boxes",
    "renamed": "frame of dashes and dots: the same under another id",
}
_QUIET = "grey, without a frame: as it was"


@frozen(slots=False)
class Overlay:
    """Both versions, laid out once.

    Attributes:
        comparison: What was compared.
        union: What is drawn.
        drawing: The layout, with the words of both at once.
        wordings: The words of each drawing.
    """

    comparison: Comparison
    union: Union
    drawing: Drawing
    wordings: Mapping[Which, Wordings]

    @property
    def old_svg(self) -> str:
        """The older version as a file of its own."""
        return self.standalone("old")

    @property
    def new_svg(self) -> str:
        """The newer version as a file of its own."""
        return self.standalone("new")

    @property
    def overlay_svg(self) -> str:
        """One over the other as a file of its own."""
        return self.standalone("both")

    def standalone(self, which: Which) -> str:
        """One of the three as a file of its own, in light, dark and print."""
        svg = self._written(which, "pw-", lambda _: None, standalone=True)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{svg}\n'

    def embed(
        self, which: Which, prefix: str, link_of: Callable[[str], str | None] = lambda _: None
    ) -> str:
        """One of the three as SVG for a page.

        Args:
            which: Which of them.
            prefix: Stands before every id; another one for each drawing of a page.
            link_of: The address of a node by its id, or None; only safe addresses become links.
        """
        return self._written(which, prefix, link_of, standalone=False)

    @cached_property
    def said(self) -> str:
        """How much of it changed, in words."""
        counts = [(mark, self.union.count(mark)) for mark in MARKS]
        told = ", ".join(f"{count} {WORDS[mark]}" for mark, count in counts if count)
        return f"Boxes: {told}." if told else "No box changed."

    def _written(
        self, which: Which, prefix: str, link_of: Callable[[str], str | None], *, standalone: bool
    ) -> str:
        union = self.union
        flow = {"old": union.old, "new": union.new, "both": self.drawing.flow}[which]
        called = self._called(which)
        sheet = _sheet(union, self.drawing.sheet, which, self.wordings[which])
        compared = Compared(
            packing_of(self.drawing.sheet, self.drawing.picture),
            f"{called}. {self.said} The list of changes says all of it in words.",
            {name: _spoken(both, which) for name, both in union.boxes.items()},
        )
        return written_svg(
            evolve(flow, title=f"{flow.title}: {called}"),
            sheet,
            self.drawing.picture,
            prefix=prefix,
            link_of=link_of,
            standalone=standalone,
            compared=compared,
        )

    def _called(self, which: Which) -> str:
        old = _version(self.comparison.old.version, "the older version")
        new = _version(self.comparison.new.version, "the newer version")
        return {
            "old": f"flowchart of {old}, with what {new} changes",
            "new": f"flowchart of {new}, with what changed since {old}",
            "both": f"flowchart of {old} and {new}, one over the other",
        }[which]


def overlay(
    comparison: Comparison,
    engine: EngineSettings | None = None,
    cache: ChartCache | None = None,
) -> Overlay | Failure:
    """Both versions of a comparison, laid out once; or why there is no drawing.

    Args:
        comparison: The two versions; it need not tell for whom the advice is another.
        engine: The layout engine; None for the usual one.
        cache: Where layouts are kept.
    """
    if not comparison.comparable:
        return Failure("the two have too little in common to be drawn as one")
    union = union_of(comparison)
    flow = _flow(union)
    wordings: Mapping[Which, Wordings] = {
        which: dict(_wordings(union, flow, which)) for which in ("both", "old", "new")
    }
    names = dict.fromkeys(name for words in wordings.values() for name in words)
    fitting = {
        name: [words[name][0] for words in wordings.values() if name in words] for name in names
    }
    drawn = draw_sheets([("both", flow, fitting)], engine, cache)["both"]
    if isinstance(drawn, Failure):
        return drawn
    return Overlay(comparison, union, drawn, wordings)


def _version(version: object, otherwise: str) -> str:
    return f"version {version}" if version is not None else otherwise


def _flow(union: Union) -> Flow:
    """The union as one flow: what is new as it is now, what is gone as it was."""
    boxes = [
        _renumbered(union, both) if both.new is None else both.new for both in union.boxes.values()
    ]
    return Flow(
        id=union.new.id,
        title=union.new.title,
        boxes=tuple(box for box in boxes if box is not None),
        arrows=tuple(_way(union, way) for way in union.ways),
        gaps=(*union.new.gaps, *union.old_gaps),
    )


def _renumbered(union: Union, both: BothBoxes) -> Box | None:
    """A box that is gone, with the numbers and letters of the picture of both."""
    if both.old is None:
        return None
    lines = tuple(evolve(line, gaps=_numbers(union, line.gaps)) for line in both.old.lines)
    letters = tuple(union.letters.get(letter, letter) for letter in both.old.any_time)
    gaps = _numbers(union, both.old.gaps)
    return evolve(both.old, gaps=gaps, any_time=letters, lines=lines, start=False)


def _numbers(union: Union, gaps: Sequence[NumberedGap]) -> tuple[NumberedGap, ...]:
    return tuple(union.gaps.get(gap.id, gap) for gap in gaps)


def _way(union: Union, way: BothWays) -> Arrow:
    """An arrow of the union; what became of it stands in its words for those who listen."""
    arrow = way.new
    if arrow is None:
        if way.old is None:
            raise ValueError("an arrow is in one of the versions")
        arrow = evolve(way.old, gaps=_numbers(union, way.old.gaps))
    if way.mark == "same":
        return arrow
    word = WORDS[way.mark]
    return evolve(arrow, label=f"{word}: {arrow.label}" if arrow.label else word)


def _wordings(union: Union, flow: Flow, which: Which) -> Iterator[tuple[str, Sequence[list[Row]]]]:
    """The words of every box and arrow in one of the drawings."""
    for name, both in union.boxes.items():
        box = {"old": both.old, "new": both.new, "both": flow.box[name]}[which]
        if box is not None:
            yield name, [[*_signed(both.mark), *box_rows(box), *_before(both, which)]]
    for number, way in enumerate(union.ways, 1):
        arrow = {"old": way.old, "new": way.new, "both": way.new or way.old}[which]
        if arrow is not None:
            if which == "both" and way.new is None:
                arrow = evolve(arrow, gaps=_numbers(union, arrow.gaps))
            before = way.old.label if way.old is not None and which == "both" else None
            rows = [*_signed(way.mark), *arrow_rows(arrow)]
            if way.mark == "changed" and before and before != arrow.label:
                rows.append(note_row(f"before: {before}"))
            yield f"way {number}", [rows]
    shown = {"old": union.old, "new": union.new, "both": flow}[which]
    yield "key", [[*key_rows(shown), *_key(union, which)]]


def _signed(mark: Mark) -> list[Row]:
    return [] if mark == "same" else [sign_row(f"{SIGNS[mark]} {WORDS[mark].upper()}")]


def _before(both: BothBoxes, which: Which) -> list[Row]:
    """What a box was called, where both are shown and it is called something else."""
    if which != "both" or both.old is None or both.new is None or both.old.kind == "during":
        return []
    return [note_row(f"before: {both.old.title}")] if both.old.title != both.new.title else []


def _key(union: Union, which: Which) -> Iterator[Row]:
    """What the signs mean: those in the drawing."""
    hidden = {"old": "added", "new": "removed", "both": ""}[which]
    seen = {*(both.mark for both in union.boxes.values()), *(way.mark for way in union.ways)}
    for mark in MARKS:
        if mark in seen and mark != hidden:
            yield meaning_row(f"{SIGNS[mark]} {WORDS[mark].upper()}", _MEANINGS[mark])
    if which == "both":
        yield meaning_row("NO SIGN", _QUIET)


def _spoken(both: BothBoxes, which: Which) -> str:
    """What became of a box, for those who cannot see it."""
    if both.mark == "same":
        return ""
    said = f"{WORDS[both.mark].capitalize()}."
    if which != "both" or both.old is None or both.new is None or both.old.title == both.new.title:
        return said
    return f"{said} Before: {both.old.title}."


def _sheet(union: Union, sheet: Sheet, which: Which, words: Wordings) -> Sheet:
    """What the ids of the layout stand for in one of the drawings."""
    quiet = which == "both"
    flow = {"old": union.old.box, "new": union.new.box, "both": None}[which]
    placed = []
    for each in sheet.placed:
        name, mark = _name(union, each.dot_id, each.box)
        if name not in words:
            continue
        box = flow.get(name) if flow is not None else each.box
        kept = mark if quiet or mark != "same" else None
        block = _block(words[name][0], each.kind)
        placed.append(evolve(each, block=block, box=box, mark=None if name == "key" else kept))
    lines = []
    for line in sheet.lines:
        way = union.ways[int(line.dot_id[1:]) - 1]
        if which == "both" or (way.old if which == "old" else way.new) is not None:
            lines.append(evolve(line, mark=way.mark if quiet or way.mark != "same" else None))
    return Sheet(sheet.source, tuple(placed), tuple(lines))


def _name(union: Union, dot_id: str, box: Box | None) -> tuple[str, Mark]:
    if box is not None:
        return box.id, union.boxes[box.id].mark
    if dot_id.startswith("l"):
        return f"way {dot_id[1:]}", union.ways[int(dot_id[1:]) - 1].mark
    return "key", "same"


def _block(rows: Sequence[Row], kind: str) -> Block:
    return block_of(rows, left=kind in LEFT)
