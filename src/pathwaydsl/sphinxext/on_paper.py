"""A flowchart over several sheets of paper: parts that overlap, so that no box is only seen cut.

A browser cuts a picture wherever a sheet ends. So a chart that is printed to be signed is shown in
parts, each on a sheet of its own, that show one drawing through windows; what one part cuts stands
whole in the next.
"""

import math
import re
from collections.abc import Iterator
from html import escape

SHEET = 1.38
"""Height of a part, with its width as one: what an upright sheet of A4 has under a title."""

SMALLER = 1.15
"""How much smaller letters may be where that saves a sheet."""

OVERLAP = 300
"""How much of a part comes again on the next, in units of the drawing: more than a tall box."""

_VIEW = re.compile(r'^<svg [^>]*?viewBox="0 0 (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)"')


def windows(width: float, height: float) -> tuple[tuple[float, float], ...]:
    """Where each part begins and how high it is; one part where all has room.

    Args:
        width: Of the drawing.
        height: Of the drawing.
    """
    room = width * SHEET
    most = room * SMALLER
    if height <= most or room <= 2 * OVERLAP:
        return ((0.0, height),)
    count = math.ceil((height - OVERLAP) / (most - OVERLAP))
    high = max(room, (height + (count - 1) * OVERLAP) / count)
    step = (height - high) / (count - 1)
    return tuple((index * step, high) for index in range(count))


def parts_for_paper(svg: str, name: str, caption: str) -> str:
    """The drawing for the screen, and behind it its parts for paper; or as it is, if it fits.

    Args:
        svg: The drawing.
        name: Unique on the page.
        caption: What the drawing shows.
    """
    view = _VIEW.match(svg)
    if view is None:
        return svg
    width, height = float(view[1]), float(view[2])
    found = windows(width, height)
    if len(found) == 1:
        return svg
    whole = f"{name}-whole"
    start = svg.index(">") + 1
    end = svg.rindex("</svg>")
    drawn = f'{svg[:start]}<g id="{escape(whole)}">{svg[start:end]}</g>{svg[end:]}'
    return drawn + "".join(_parts(found, width, whole, caption))


def _parts(
    found: tuple[tuple[float, float], ...], width: float, whole: str, caption: str
) -> Iterator[str]:
    for number, (top, high) in enumerate(found, 1):
        said = f"Part {number} of {len(found)}"
        yield (
            f'<div class="pathway-chart-part" aria-hidden="true"><p>{said}: {escape(caption)}</p>'
            f'<svg viewBox="0 {top:g} {width:g} {high:g}">'
            f'<use href="#{escape(whole)}"/></svg></div>'
        )
