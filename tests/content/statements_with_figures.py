"""Every statement of a pathway file that holds a figure, with the figures in the order written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

FIGURE = re.compile(
    r"(?:(?:<=|>=|<|>|=|at least|more than|within|at most|above|below|to below|to under|under)\s)?"
    r"(?<![\w^-])\d+(?:\.\d+)?(?![\w-])"
    r"(?:\s?(?:%|mg/kg|mg/m2|mg|x-ULN|times|points|months|weeks|week|days|years|cycles|cm|mL/min"
    r"|/mm3)(?![\w]))?(?:\s+or\s+(?:more|less|higher|longer)\b)?"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|half)\b(?!-)",
    re.IGNORECASE,
)
"""A figure with the words that bound it and its unit: `at least 6 months` is not `6 months`."""

ELSEWHERE = {"outcome", "case", "pathway", "edition", "use"}
"""Results have a table of their own; cases are made up; the rest is no statement."""
HISTORY = {
    "version", "date", "supersedes", "searched", "approved", "raised", "review", "answered",
    "published", "cite", "trial", "enrolled", "studied", "change_note",
}  # fmt: skip
"""Dates and numbers of this example's own history, and what names a publication."""
DEFINES = {
    "criterion", "condition", "drug", "regimen", "evidence", "gap", "assess", "decide", "choose",
    "treat", "act", "end", "enter", "during",
}  # fmt: skip


@frozen
class Statement:
    """A statement with figures.

    Attributes:
        owner: Who says it, for a position; otherwise the definition or box it stands in.
        figures: Its figures as written, each with what bounds it and its unit.
        text: The whole statement on one line.
    """

    owner: str
    figures: str
    text: str


def statements_of(file) -> Iterator[Statement]:
    """Every statement of a file that holds a figure."""
    for node in file.root.nodes():
        if node.kind == "pathway":
            yield from _within(file, node, "the pathway")
        elif node.kind not in ELSEWHERE:
            yield from _within(file, node, _name(node))


def _within(file, node, owner) -> Iterator[Statement]:
    block = next((one for one in node.nodes() if one.kind.endswith("_block")), None)
    head = file.source.text[node.start : block.start if block else node.end]
    yield from _told(owner, head, without_name=True)
    for part in block.nodes() if block else ():
        if part.kind in DEFINES:
            yield from _within(file, part, _name(part))
        elif part.kind == "question":
            for line in part.nodes():
                yield from _told(owner, file.source.text[line.start : line.end])
        elif part.kind == "position":
            who, says = part.tokens_of("TEXT", "STRING")[:2]
            yield from _told(str(who).strip('"'), says)
        elif part.kind not in HISTORY | ELSEWHERE:
            text = file.source.text[part.start : part.end]
            yield from _told(owner, re.split(r"\s+cite\s", text)[0])


def _told(owner, text, *, without_name=False) -> Iterator[Statement]:
    line = " ".join(str(text).split())
    figures = FIGURE.findall(line)
    if figures:
        yield Statement(owner, " · ".join(figure.lower() for figure in figures), line)


def _name(node) -> str:
    token = node.token("NAME")
    return str(token) if token is not None else node.kind
