"""The parts of a chart without places: boxes, arrows, lists of what may happen at any time.

Everything is said in words already; only ids, for links, point back to the pathway.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from attrs import frozen

BoxKind = Literal[
    "assess",
    "decide",
    "choose",
    "treat",
    "act",
    "together",
    "enter",
    "gap",
    "end",
    "during",
    "resume",
    "goto",
]
"""Kinds of nodes, and three kinds that only a chart has: a list of what may happen at any time,
a return to the step that was left, and a jump to a box drawn elsewhere."""

ArrowKind = Literal["then", "branch", "option", "strand", "during"]

MAX_BOXES = 600
"""A chart with more boxes is not drawn."""


@frozen
class NumberedGap:
    """An evidence gap as the key of a chart lists it: `G1`, its id and its label."""

    number: str
    id: str
    label: str


@frozen
class AnyTimeLine:
    """A line of a `during`: if this, go there."""

    when: str
    target: str
    target_label: str
    gaps: tuple[NumberedGap, ...] = ()


@frozen(kw_only=True)
class Box:
    """One box of a chart.

    Attributes:
        id: Unique in the chart and the same in every drawing of the same pathway.
        node: The id of the node it stands for, or None.
        word: The word that names its kind.
        notes: Short lines below the title.
        strength: The strength of its recommendation in words, or None.
        gaps: Evidence gaps pinned to it, or for a gap itself, that one.
        any_time: Letters of the lists of what may happen here at any time.
        lines: For a `during`, what may happen.
        start: Whether patients start here.
        in_order: Whether the order of its arrows counts.
    """

    id: str
    kind: BoxKind
    word: str
    title: str
    node: str | None = None
    notes: tuple[str, ...] = ()
    strength: str | None = None
    gaps: tuple[NumberedGap, ...] = ()
    any_time: tuple[str, ...] = ()
    lines: tuple[AnyTimeLine, ...] = ()
    start: bool = False
    in_order: bool = False


@frozen(kw_only=True)
class Arrow:
    """One arrow.

    Attributes:
        source, target: Ids of boxes.
        label: What stands on it, or None.
        detail: The condition in words where the label says something else, or None.
        preferred: Whether the authors prefer this option.
        gaps: Evidence gaps pinned to it.
    """

    source: str
    target: str
    kind: ArrowKind
    label: str | None = None
    detail: str | None = None
    preferred: bool = False
    gaps: tuple[NumberedGap, ...] = ()


@frozen(kw_only=True, slots=False)
class Flow:
    """A chart without places: what is drawn, in the order it was written."""

    id: str
    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    gaps: tuple[NumberedGap, ...] = ()

    @cached_property
    def box(self) -> Mapping[str, Box]:
        """Boxes by id."""
        return {box.id: box for box in self.boxes}

    @cached_property
    def exits(self) -> Mapping[str, tuple[Arrow, ...]]:
        """The arrows that leave each box, in order."""
        found: dict[str, list[Arrow]] = {box.id: [] for box in self.boxes}
        for arrow in self.arrows:
            found.setdefault(arrow.source, []).append(arrow)
        return {source: tuple(arrows) for source, arrows in found.items()}
