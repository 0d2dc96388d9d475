"""The frame of small pictures drawn from a table: a titled SVG that takes the page's colours.

Everything is written here, element by element, so that no label becomes markup. Colours stand as
CSS classes; the attributes are the light ones, for what reads no CSS.
"""

from decimal import ROUND_HALF_UP, Decimal
from textwrap import wrap

from lxml import etree

WIDTH = 400
"""The width of the drawing; it shrinks with the page."""

LETTER = 6.6
"""The width of a letter of 12 units, rather too wide than too narrow."""

INK, QUIET, LINE = "#1f2429", "#555f6a", "#8a939c"


class Plot:
    """A picture being drawn.

    Args:
        prefix: Stands before its ids, another one for each picture of a page.
        title: What it shows, in a few words.
        description: What can be seen in it; the table beside it says all of it.
        height: Its height, in the units of `WIDTH`.
    """

    def __init__(self, prefix: str, title: str, description: str, height: int) -> None:
        ids = f"{prefix}-title", f"{prefix}-description"
        self.root = etree.Element(
            "svg",
            {
                "class": "pathway-plot",
                "viewBox": f"0 0 {WIDTH} {height}",
                "role": "img",
                "aria-labelledby": " ".join(ids),
                "width": str(WIDTH),
                "height": str(height),
            },
        )
        for tag, name, text in zip(("title", "desc"), ids, (title, description), strict=True):
            etree.SubElement(self.root, tag, {"id": name}).text = legible(text)

    def text(
        self,
        x: Decimal | int,
        y: Decimal | int,
        said: str,
        *,
        kind: str = "ink",
        anchor: str = "start",
        size: int = 12,
    ) -> None:
        """Letters; `kind` is `ink` or `quiet`."""
        made = etree.SubElement(
            self.root,
            "text",
            {
                "x": place(x),
                "y": place(y),
                "class": f"pathway-plot-{kind}",
                "fill": INK if kind == "ink" else QUIET,
                "font-size": str(size),
                "text-anchor": anchor,
            },
        )
        made.text = legible(said)

    def line(
        self, start: tuple[Decimal | int, Decimal | int], end: tuple[Decimal | int, Decimal | int],
        kind: str = "line",
    ) -> None:  # fmt: skip
        """A straight line; `kind` is `line`, `axis` or `interval`."""
        etree.SubElement(
            self.root,
            "line",
            {
                "x1": place(start[0]),
                "y1": place(start[1]),
                "x2": place(end[0]),
                "y2": place(end[1]),
                "class": f"pathway-plot-{kind}",
                "stroke": INK if kind == "interval" else LINE,
                "stroke-width": "2" if kind == "interval" else "1",
            },
        )

    def box(
        self, x: Decimal | int, y: Decimal | int, width: Decimal | int, height: int, kind: str
    ) -> None:
        """A rectangle; `kind` is `mark`, `open`, `under-study` or `answered`."""
        etree.SubElement(
            self.root,
            "rect",
            {
                "x": place(x),
                "y": place(y),
                "width": place(width),
                "height": str(height),
                "class": f"pathway-plot-{kind}",
                "fill": {"mark": INK, "open": "#b84300"}.get(kind, "#ffffff"),
                "stroke": INK if kind == "mark" else "#b84300",
                **({"stroke-dasharray": "4 2"} if kind == "under-study" else {}),
            },
        )

    def written(self) -> str:
        """The SVG."""
        return etree.tostring(self.root, encoding="unicode")


def place(value: Decimal | int) -> str:
    """A coordinate with at most one digit after the point; the same on every machine."""
    rounded = Decimal(value).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{rounded:f}".removesuffix(".0")


def wrapped(said: str, room: int) -> tuple[str, ...]:
    """The words in lines of so many units; a word too long for a line is broken."""
    return tuple(wrap(said, max(8, int(room / LETTER)))) or ("",)


def legible(text: str) -> str:
    """The text without characters that no XML may hold."""
    return "".join(letter if letter.isprintable() or letter == " " else "\ufffd" for letter in text)
