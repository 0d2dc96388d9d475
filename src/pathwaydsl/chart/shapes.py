"""The shape of each kind of box, and how large it must be for its words.

The engine draws the shapes; this says which, and reserves the room that slanted sides take.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from attrs import field, frozen

from pathwaydsl.chart.lines import Block

Inside = Callable[[float], float]
"""The share of a shape's width that is inside it, at a height from 0 (middle) to 1 (edge)."""


def _straight(_height: float) -> float:
    return 1.0


def _hexagon(height: float) -> float:
    return 1 - height / 2


def _octagon(height: float) -> float:
    return 1.0 if height < 0.414 else 1 - (height - 0.414)


def _ellipse(height: float) -> float:
    return float((1 - min(height, 0.98) ** 2) ** 0.5)


def _trapezium(_height: float) -> float:
    return 0.72


@frozen
class Shape:
    """How a kind of box looks.

    Attributes:
        attributes: The shape in words of the engine.
        pen: The width of its line in points.
        room: Points left and right, above and below the words.
        inside: How much of its width is inside.
        extra: Points of width that its sides take.
        dashes: The dashes of its line, or None for a plain one.
    """

    attributes: Mapping[str, str]
    style: str = "filled"
    pen: float = 1.2
    room: tuple[float, float] = (7.0, 5.0)
    inside: Inside = field(default=_straight, eq=False)
    extra: float = 0.0
    dashes: str | None = None


def _of(name: str, **more: str) -> Mapping[str, str]:
    return MappingProxyType({"shape": name, **more})


SHAPES: Mapping[str, Shape] = MappingProxyType(
    {
        "assess": Shape(_of("note"), room=(8, 6)),
        "decide": Shape(_of("hexagon"), room=(4, 6), inside=_hexagon),
        "choose": Shape(_of("polygon", sides="4", skew="0.25"), room=(6, 6), extra=34),
        "treat": Shape(_of("box"), pen=2.8, room=(8, 6)),
        "act": Shape(_of("box"), style="filled,rounded"),
        "together": Shape(_of("trapezium"), inside=_trapezium),
        "enter": Shape(_of("cds"), room=(6, 9), extra=20),
        "gap": Shape(
            _of("octagon"),
            style="filled,dashed",
            pen=3.6,
            room=(10, 9),
            inside=_octagon,
            dashes="9 5",
        ),
        "end": Shape(_of("ellipse"), room=(4, 5), inside=_ellipse),
        "during": Shape(_of("tab"), style="filled,dashed", room=(10, 9), dashes="6 4"),
        "resume": Shape(_of("larrow"), style="filled,dotted", room=(2, 12), extra=40, dashes="2 3"),
        "goto": Shape(_of("rarrow"), style="filled,dotted", room=(2, 12), extra=40, dashes="2 3"),
        "key": Shape(_of("box"), pen=0.8, room=(10, 8)),
        "arrow": Shape(_of("box"), pen=0, room=(2, 1)),
    }
)
"""Each kind of box has a shape of its own; `arrow` is what stands on an arrow."""


def size_around(shape: Shape, block: Block) -> tuple[float, float]:
    """Width and height in points of a shape that holds a block."""
    side, above = shape.room
    height = block.height + 2 * above
    needed = [
        (row + 2 * side) / shape.inside(min(1.0, 2 * max(abs(top), abs(bottom)) / height))
        for top, bottom, row in block.spans
    ]
    return max(needed) + shape.extra, height
