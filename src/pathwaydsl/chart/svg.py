"""The SVG of a chart, written anew: our words, classes, links and titles around the layout.

Outlines come from `picture` as numbers; every other element and attribute is written here, so
nothing an author or an engine wrote can become markup. Colours stand as CSS classes, with the light
ones as attributes for what reads no CSS.
"""

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from attrs import frozen
from lxml import etree

from pathwaydsl.chart.boxes import Box, Flow
from pathwaydsl.chart.colours import FONTS, LIGHT, standalone_css
from pathwaydsl.chart.dot import Placed, Sheet
from pathwaydsl.chart.lettering import drawable, only_latin, width
from pathwaydsl.chart.lines import FACES, Block
from pathwaydsl.chart.packing import Packing, Part, packed, parts_of
from pathwaydsl.chart.picture import Outline, Picture
from pathwaydsl.chart.shapes import SHAPES

SCALE = 1.2
"""Pixels of natural size for a point of the layout."""

SCHEMES = ("http", "https", "mailto")
"""Schemes a link may have; relative addresses and anchors are allowed too."""

_NAMESPACE = "http://www.w3.org/2000/svg"

_EDGE = 8.0
"""Points of free ground around a chart."""

_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")

LinkOf = Callable[[str], str | None]


def safe_link(address: str | None) -> str | None:
    """The address if a chart may link to it, else None."""
    if not address or _UNSAFE.search(address) or address.startswith("//"):
        return None
    try:
        scheme = urlsplit(address).scheme
    except ValueError:
        return None
    return address if not scheme or scheme.lower() in SCHEMES else None


def written_svg(
    flow: Flow,
    sheet: Sheet,
    picture: Picture,
    *,
    prefix: str,
    link_of: LinkOf,
    standalone: bool = False,
    compared: "Compared | None" = None,
) -> str:
    """The chart as SVG.

    Args:
        flow: What is drawn.
        sheet: What the ids of the layout stand for.
        picture: The layout.
        prefix: Stands before every id, so that a page may hold the same chart twice.
        link_of: The address of a node by its id, or None.
        standalone: Whether it is a file of its own: with a style, a ground and no page around.
        compared: What two versions add, or None for a chart of one.
    """
    prefix = re.sub(r"[^A-Za-z0-9_-]", "-", prefix)
    links = {box.id: safe_link(link_of(box.node)) for box in flow.boxes if box.node is not None}
    return _Pen(flow, sheet, picture, prefix, links, compared=compared).drawn(standalone=standalone)


@frozen
class Compared:
    """What a drawing of one of two versions, or of both, has beside its flow.

    Attributes:
        packing: Where parts go, the same in all drawings of one layout.
        description: What can be seen in it.
        said: What became of each box in words, by its id.
    """

    packing: Packing
    description: str
    said: Mapping[str, str]


_FRAMES = {
    "added": ("3.4", None),
    "removed": ("2.6", "9 5"),
    "changed": ("2.6", "2 3"),
    "moved": ("2.6", "10 3 2 3"),
    "renamed": ("2.2", "10 3 2 3 2 3"),
}
"""How the frame and the arrows of each mark are drawn: the width of the line, and its dashes."""

_FRAME = 4.0
"""Points between a box and its frame."""


class _Pen:
    """Writes one chart."""

    def __init__(
        self,
        flow: Flow,
        sheet: Sheet,
        picture: Picture,
        prefix: str,
        links: Mapping[str, str | None],
        *,
        compared: Compared | None,
    ) -> None:
        self.flow, self.sheet, self.picture = flow, sheet, picture
        self.prefix, self.links = prefix, links
        self.compared = compared
        self.packing = compared.packing if compared is not None else packing_of(sheet, picture)

    def drawn(self, *, standalone: bool) -> str:
        """The whole chart."""
        width, height = size_of(self.packing)
        linked = any(self.links.values())
        root = etree.Element("svg")
        _set(
            root,
            {
                "xmlns": _NAMESPACE,
                "class": "pw-chart",
                "viewBox": f"0 0 {width:g} {height:g}",
                "width": f"{width * SCALE:.0f}",
                "height": f"{height * SCALE:.0f}",
                "font-family": FONTS,
                "role": "graphics-document document" if linked else "img",
                "aria-roledescription": "flowchart",
                "aria-labelledby": f"{self.prefix}title",
                "aria-describedby": f"{self.prefix}desc",
            },
        )
        _text(_add(root, "title", id=f"{self.prefix}title"), self.flow.title)
        seen = self.compared.description if self.compared is not None else described(self.flow)
        _text(_add(root, "desc", id=f"{self.prefix}desc"), seen)
        if standalone:
            _add(root, "style").text = f"\n{standalone_css()}"
            paper = {"class": "pw-paper", "fill": LIGHT.paper}
            _set(_add(root, "path", d=f"M0,0H{width:g}V{height:g}H0Z"), paper)
        ground = _add(root, "g", transform=f"translate({_EDGE:g} {_EDGE:g})")
        self.arrows(_add(ground, "g", **{"aria-hidden": "true"}))
        labels = _add(ground, "g", **{"aria-hidden": "true"})
        for placed in self.sheet.placed:
            if placed.kind == "arrow":
                self.label(labels, placed)
            else:
                self.box(ground, placed, linked=linked)
        return etree.tostring(root, encoding="unicode")

    def group(self, ground: "etree._Element", dot_id: str, looks: str) -> "etree._Element":
        """A group for an id of the layout, moved to where its part of the chart is."""
        group = _add(ground, "g")
        group.set("class", looks)
        x, y = self.packing.moves.get(dot_id, (0.0, 0.0))
        group.set("transform", f"translate({x:.2f} {y:.2f})")
        return group

    def arrows(self, ground: "etree._Element") -> None:
        """Every line with its head."""
        for line in self.sheet.lines:
            looks = f"pw-arrow pw-arrow-{line.arrow.kind}{_marked(line.mark)}"
            group = self.group(ground, line.dot_id, looks)
            paint = LIGHT.kinds[line.mark or "arrow"].line
            group.set("data-from", f"{self.prefix}{line.source}")
            group.set("data-to", f"{self.prefix}{line.target}")
            for outline in self.picture.outlines.get(line.dot_id, ()):
                if outline.tag == "path":
                    look = {"class": "pw-line", "fill": "none", "stroke": paint}
                    if line.arrow.kind == "during":
                        look["stroke-dasharray"] = "6 4"
                    look |= _drawn_as(line.mark)
                else:
                    look = {"class": "pw-head", "fill": paint, "stroke": paint}
                _outline(group, outline, look)

    def label(self, ground: "etree._Element", placed: Placed) -> None:
        """What stands on an arrow, on a ground that hides lines below."""
        if not placed.block.lines:
            return
        group = self.group(ground, placed.dot_id, f"pw-label{_marked(placed.mark)}")
        for outline in self.picture.outlines.get(placed.dot_id, ())[:1]:
            _outline(group, outline, {"class": "pw-paper", "fill": LIGHT.paper})
        ink = LIGHT.kinds["same" if placed.mark == "same" else "arrow"].ink
        self.words(group, placed.dot_id, placed.block, ink, placed.mark)

    def box(self, ground: "etree._Element", placed: Placed, *, linked: bool) -> None:
        """A box with its words, its name for those who cannot see it, and its link."""
        kind, mark = placed.kind, placed.mark
        paint = LIGHT.kinds["same" if mark == "same" else kind]
        shape, box = SHAPES[placed.kind], placed.box
        group = self.group(ground, placed.dot_id, f"pw-box pw-{kind}{_marked(mark)}")
        group.set("id", f"{self.prefix}{placed.dot_id}")
        name = spoken_box(self.flow, box) if box is not None else "Key of the chart"
        if box is not None and self.compared is not None:
            name = f"{self.compared.said.get(box.id, '')} {name}".strip()
        _text(_add(group, "title"), name)
        link = self.links.get(box.id) if box is not None else None
        inner = group
        if link is not None:
            inner = _add(group, "a", href=link)
            inner.set("aria-label", drawable_name(name))
        elif linked:
            group.set("role", "graphics-symbol")
            group.set("aria-label", drawable_name(name))
        look = {"stroke": paint.line, "stroke-width": f"{shape.pen:g}"}
        if shape.dashes is not None:
            look["stroke-dasharray"] = shape.dashes
        for index, outline in enumerate(self.picture.outlines[placed.dot_id]):
            if index == 0:
                first = {"class": "pw-shape", "fill": paint.fill, **look}
            elif _is_plate(outline, placed.block):
                continue
            else:
                first = {"class": "pw-fold", "fill": "none", **look}
            _outline(inner, outline, first)
        if mark in _FRAMES:
            self.frame(inner, placed)
        self.words(inner, placed.dot_id, placed.block, paint.ink, mark)

    def frame(self, group: "etree._Element", placed: Placed) -> None:
        """What stands around a box that is not as it was."""
        outlines = self.picture.outlines[placed.dot_id]
        points = [point for outline in outlines for point in outline.points()]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        left, top = min(xs) - _FRAME, min(ys) - _FRAME
        wide, high = max(xs) + _FRAME - left, max(ys) + _FRAME - top
        path = f"M{left:.2f},{top:.2f}h{wide:.2f}v{high:.2f}h{-wide:.2f}Z"
        mark = placed.mark or "same"
        look = {"class": "pw-frame", "fill": "none", "stroke": LIGHT.kinds[mark].line}
        _set(_add(group, "path", d=path), look | _drawn_as(mark))

    def words(
        self, group: "etree._Element", dot_id: str, block: Block, ink: str, mark: str | None = None
    ) -> None:
        """The lines of a block, around the middle of its box."""
        x, y = self.picture.middle(dot_id)
        flag = LIGHT.kinds["same" if mark == "same" else "flag"]
        for plate in block.plates:
            left, top = x + plate.x, y + plate.y
            corner = (
                f"M{left:.2f},{top:.2f}h{plate.width:.2f}v{plate.height:.2f}h{-plate.width:.2f}Z"
            )
            _set(_add(group, "path", d=corner), {"class": "pw-flag", "fill": flag.fill})
        for line in block.lines:
            pinned = line.role == "flag"
            sign = LIGHT.kinds[mark].ink if line.role == "sign" and mark is not None else ink
            text = _add(group, "text", x=f"{x + line.x:.2f}", y=f"{y + line.y:.2f}")
            look = {
                "class": "pw-flag-text" if pinned else f"pw-{line.role}",
                "font-size": f"{FACES[line.role].size:g}",
                "fill": flag.ink if pinned else sign,
                "text-anchor": "start" if line.left else "middle",
            }
            if only_latin(line.text):
                long = width(line.text, FACES[line.role].size, bold=line.bold)
                look |= {"textLength": f"{long:.2f}", "lengthAdjust": "spacingAndGlyphs"}
            if line.bold:
                look["font-weight"] = "bold"
            _set(text, look)
            _text(text, line.text)


def size_of(packing: Packing) -> tuple[float, float]:
    """Width and height of a chart in points, with its edge."""
    return round(packing.width + 2 * _EDGE), round(packing.height + 2 * _EDGE)


def packing_of(sheet: Sheet, picture: Picture) -> Packing:
    """Where each part of the chart goes."""
    ids = [placed.dot_id for placed in sheet.placed] + [line.dot_id for line in sheet.lines]
    links = [link for line in sheet.lines for link in line.links]
    start = next((p.dot_id for p in sheet.placed if p.box is not None and p.box.start), ids[0])
    parts = [
        Part(
            group,
            tuple(
                segment
                for dot_id in sorted(group)
                for outline in picture.outlines.get(dot_id, ())
                for segment in outline.segments()
            ),
        )
        for group in parts_of(ids, links)
    ]
    main = next(part for part in parts if start in part.ids)
    return packed(main, [part for part in parts if part is not main])


def described(flow: Flow) -> str:
    """One sentence on a chart for those who cannot see it."""
    count = len({box.node for box in flow.boxes if box.node is not None})
    start = next((f" It starts at {box.title}." for box in flow.boxes if box.start), "")
    gaps = sum(box.kind == "gap" for box in flow.boxes)
    some = "" if not gaps else f", {gaps} of them evidence {'gap' if gaps == 1 else 'gaps'}"
    return f"Flowchart with {count} boxes{some}.{start}"


def spoken_box(flow: Flow, box: Box) -> str:
    """A box in words: its kind, title, strength, gaps, and where each way leads."""
    parts = [f"{box.word}: {box.title}", *box.notes]
    if box.strength is not None:
        parts.append(box.strength)
    if box.gaps and box.kind != "gap":
        gaps = "; ".join(f"{gap.number} {gap.label}" for gap in box.gaps)
        parts.append(f"Evidence {'gap' if len(box.gaps) == 1 else 'gaps'}: {gaps}")
    if box.any_time:
        parts.append(f"At any time: see {', '.join(box.any_time)}")
    parts.extend(f"If {line.when}: {line.target_label}" for line in box.lines)
    ways = []
    for arrow in flow.exits.get(box.id, ()):
        target = flow.box[arrow.target].title
        gaps = "".join(f" (evidence gap {gap.number} {gap.label})" for gap in arrow.gaps)
        said = f"{arrow.label}: " if arrow.label else ""
        ways.append(f"{said}{target}{gaps}")
    if ways:
        parts.append(f"Leads to {'; '.join(ways)}")
    return ". ".join(part.rstrip(".") for part in parts)


def drawable_name(name: str) -> str:
    """A name for a box as one line without control characters."""
    return drawable(name, most=2000)


def _marked(mark: str | None) -> str:
    return f" pw-mark-{mark}" if mark is not None else ""


def _drawn_as(mark: str | None) -> dict[str, str]:
    """The line of a mark, other than that of what is unchanged."""
    if mark not in _FRAMES:
        return {}
    wide, dashes = _FRAMES[mark]
    return {"stroke-width": wide, **({"stroke-dasharray": dashes} if dashes else {})}


def _is_plate(outline: Outline, block: Block) -> bool:
    """Whether an outline of a box is only the ground the engine drew behind words."""
    return outline.tag == "polygon" and bool(block.plates)


def _outline(parent: "etree._Element", outline: Outline, look: Mapping[str, str]) -> None:
    element = _add(parent, outline.tag, **dict(outline.attributes))
    _set(element, look)


def _add(parent: "etree._Element", tag: str, **attributes: str) -> "etree._Element":
    element = etree.SubElement(parent, tag)
    _set(element, attributes)
    return element


def _set(element: "etree._Element", attributes: Mapping[str, str]) -> None:
    for name, value in attributes.items():
        element.set(name, value)


def _text(element: "etree._Element", text: str) -> None:
    element.text = drawable(text, most=2000)
