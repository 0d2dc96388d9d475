"""Slips with quotation marks: a text that is not closed, or not opened."""

import re
from collections.abc import Iterator

from pathwaydsl.syntax.place import FAR, Place, Repair
from pathwaydsl.text.finding import Edit, Fix
from pathwaydsl.text.rules import finding


def unclosed_text(place: Place) -> Iterator[Repair]:
    """A text whose last quotation mark is missing."""
    text, start = place.source.text, place.offset
    if "TEXT" not in place.accepted or text[start : start + 1] not in {'"', "“", "'"}:
        return
    if place.word is not None and place.word.type == "TEXT":
        return
    if text.startswith('"""', start):
        end = _end_of_block_text(place, start)
        value = text[start:end].rstrip().replace('"""', "") or "…"
        feed = f'"""{value}"""'
    else:
        end = _end_of_line_text(place, start)
        value = text[start + 1 : end].replace('"', "").replace("\\", "").rstrip("'”")
        feed = f'"{value or "…"}"'
    where = place.source.span(start, max(end, start + 1))
    if text[start] == "'" and text[start:end].rstrip().endswith("'") and end > start + 1:
        yield Repair(
            (("TEXT", feed),),
            start,
            end,
            0.0,
            finding(
                "PW117",
                "single quotation marks stand round this text",
                where,
                help='write double ones: "…"',
                fixes=[Fix("write double ones", (Edit(where, feed),))],
            ),
            needs=0,
        )
        return
    yield Repair(
        (("TEXT", feed),),
        start,
        end,
        0.0,
        finding(
            "PW107",
            "this text has no closing quotation mark",
            where,
            help="end it with a quotation mark",
            fixes=[Fix("close the text", (Edit(place.source.span(end, end), '"'),))],
        ),
        needs=0,
    )


def unopened_text(place: Place) -> Iterator[Repair]:
    """A text whose first quotation mark is missing."""
    if "TEXT" not in place.accepted or place.new_line:
        return
    text, start = place.source.text, place.offset
    line_end = text.find("\n", start)
    rest = text[start : line_end if line_end >= 0 else len(text)]
    if rest.replace('\\"', "").count('"') % 2 == 0 or rest.startswith('"'):
        return
    end = start + rest.index('"') + 1
    where = place.source.span(start, end)
    yield Repair(
        (("TEXT", '"' + text[start:end].replace("\\", "")),),
        start,
        end,
        0.0,
        finding(
            "PW107",
            "this text has no opening quotation mark",
            where,
            help="begin it with a quotation mark",
            fixes=[Fix("open the text", (Edit(place.source.span(start, start), '"'),))],
        ),
        needs=1,
    )


def _end_of_line_text(place: Place, start: int) -> int:
    """Where a text without its closing mark most likely ends: so that most can be read."""
    text = place.source.text
    line_end = text.find("\n", start)
    line_end = len(text) if line_end < 0 else line_end
    words = [m.end() for m in re.finditer(r"\S+", text[start + 1 : line_end])]
    ends = [start + 1 + end for end in reversed(words)][:60] or [line_end]
    after = place.tables.shifted(place.states, "TEXT")
    if after is None:
        return ends[0]
    reach = {end: place.tables.progress(after, end, FAR) for end in ends}
    return max(ends, key=lambda end: (reach[end], end))


def _end_of_block_text(place: Place, start: int) -> int:
    """Where a several-line text that is never closed most likely ends."""
    text = place.source.text
    line = text.rfind("\n", 0, start) + 1
    indent = len(text[line:start]) - len(text[line:start].lstrip())
    position = text.find("\n", start)
    while position >= 0:
        follows = text.find("\n", position + 1)
        content = text[position + 1 : follows if follows >= 0 else len(text)]
        stripped = content.lstrip()
        if stripped and len(content) - len(stripped) <= indent:
            return position
        position = follows
    return len(text)
