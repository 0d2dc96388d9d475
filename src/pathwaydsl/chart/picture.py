"""What is taken from the engine's SVG: outlines and lines as numbers, and nothing else.

The engine's drawing is read as XML without entities or network. Only elements and attributes of a
short list are looked at, and of those only what is made of numbers is kept.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from attrs import frozen
from lxml import etree

ALLOWED: Mapping[str, tuple[str, ...]] = {
    "path": ("d",),
    "polygon": ("points",),
    "polyline": ("points",),
    "ellipse": ("cx", "cy", "rx", "ry"),
}
"""Elements kept, with the attributes kept of them."""

_NUMBERS = re.compile(r"[MLHVCSQTAZmlhvcsqtaz\d\s.,+-]*", re.ASCII)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_ID = re.compile(r"[nlefk]\d+", re.ASCII)
_SVG = "{http://www.w3.org/2000/svg}"
_DRAWN = {f"{_SVG}{tag}": tag for tag in ALLOWED}


@frozen
class Outline:
    """One drawn element: its tag and its attributes, all made of numbers."""

    tag: str
    attributes: tuple[tuple[str, str], ...]

    def points(self) -> list[tuple[float, float]]:
        """The points it is made of; the control points of curves too."""
        values = dict(self.attributes)
        if self.tag == "ellipse":
            x, y, rx, ry = (float(values.get(name, "0")) for name in ("cx", "cy", "rx", "ry"))
            return [(x - rx, y - ry), (x + rx, y + ry)]
        numbers = [float(n) for n in _NUMBER.findall(values.get("d", values.get("points", "")))]
        return list(zip(numbers[::2], numbers[1::2], strict=False))

    def segments(self) -> Iterator[tuple[float, float, float, float]]:
        """Small rectangles that together hold it: one for each stretch between two points."""
        points = self.points()
        if self.tag != "path":
            xs, ys = [x for x, _ in points], [y for _, y in points]
            yield min(xs), min(ys), max(xs), max(ys)
            return
        for (x, y), (to_x, to_y) in pairwise(points):
            yield min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)


@frozen
class Picture:
    """A layout: by id, what is drawn there."""

    outlines: Mapping[str, tuple[Outline, ...]]

    def middle(self, dot_id: str) -> tuple[float, float]:
        """The middle of what is drawn under an id."""
        points = [point for outline in self.outlines[dot_id] for point in outline.points()]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def picture_of(drawing: bytes) -> Picture | None:
    """The layout in an engine's SVG, or None when it is no such drawing."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        graph = etree.fromstring(drawing, parser).find(f"{_SVG}g")
    except (etree.XMLSyntaxError, ValueError):
        return None
    if graph is None:
        return None
    found: dict[str, tuple[Outline, ...]] = {}
    for group in graph.iter(f"{_SVG}g"):
        dot_id = group.get("id", "")
        if group is not graph and _ID.fullmatch(dot_id):
            found[dot_id] = tuple(_outlines(group))
    return Picture(found)


def _outlines(group: "etree._Element") -> Iterator[Outline]:
    for element in group.iter(*_DRAWN):
        tag = _DRAWN[str(element.tag)]
        attributes = tuple([(name, element.get(name, "")) for name in ALLOWED[tag]])
        if all(_NUMBERS.fullmatch(value) for _, value in attributes):
            yield Outline(tag, attributes)
