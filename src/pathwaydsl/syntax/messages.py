"""What is said about a place that cannot be read: what was being read, and what may stand there."""

from typing import Any

from attrs import frozen

from pathwaydsl.syntax.tree import Node
from pathwaydsl.syntax.trial import Tables
from pathwaydsl.syntax.words import expected_in_words, keywords, reserved_words
from pathwaydsl.text.finding import Finding
from pathwaydsl.text.rules import finding
from pathwaydsl.text.source import Source
from pathwaydsl.text.suggestion import listed


@frozen
class OpenBlock:
    """The innermost block that is open: its opening word, its name, and where it began."""

    word: str
    name: str | None
    start: int

    def __str__(self) -> str:
        return f"`{self.word} {self.name}`" if self.name else f"`{self.word}`"


def open_block(values: list[Any]) -> OpenBlock | None:
    """The innermost open block on the parser's stack of values, or None at file level."""
    for index in range(len(values) - 1, -1, -1):
        value = values[index]
        if not isinstance(value, Node) and value.type == "LBRACE":
            return _opened_by(values, index)
    return None


def _opened_by(values: list[Any], brace: int) -> OpenBlock | None:
    words = set(keywords())
    for index in range(brace - 1, -1, -1):
        value = values[index]
        if isinstance(value, Node):
            continue
        if value.type in words and value.type not in {"HARM", "NOT", "IN", "IS"}:
            after = values[index + 1]
            named = not isinstance(after, Node) and after.type == "NAME"
            if isinstance(after, Node) and after.kind in {"label", "names"}:
                return OpenBlock(str(value), shown_name(after), value.start_pos)
            return OpenBlock(str(value), str(after) if named else None, value.start_pos)
        if value.type in {"LBRACE", "RBRACE"}:
            return None
    return None


def shown_name(part: Node) -> str:
    """The name or the label that opens a block, as written."""
    return " ".join(map(str, part.tokens()))


def shown(text: str) -> str:
    """A piece of the author's text as a message quotes it: one line, not long."""
    piece = " ".join(text.split())
    return f"`{piece}`" if len(piece) <= 30 else f"`{piece[:29]}…`"


def left_out(
    source: Source,
    tables: Tables,
    accepted: set[str],
    block: OpenBlock | None,
    place: tuple[int, int],
) -> Finding:
    """The finding for a statement that could not be read.

    `place` is where the statement begins and where reading stopped; `accepted` what may stand.
    """
    start, offset = place
    at = tables.any_word(offset)
    line_end = source.text.find("\n", offset)
    line_end = len(source.text) if line_end < 0 else line_end
    width = at.end - at.start if at is not None and at.start == offset else 1
    where = source.span(offset, min(offset + max(width, 1), len(source.text)))
    piece = source.text[offset : offset + width]
    within = f" in {block}" if block else ""
    statement = source.text[start:offset].split(maxsplit=1)
    expected = expected_in_words(accepted)
    advice = f"here may stand: {listed(expected)}" if expected else None
    if piece == "unknown" and block is not None and block.word == "criterion":
        advice = "that a value may not be known is a statement of its own: write `may be unknown`"
    line = source.text[source.text.rfind("\n", 0, offset) + 1 : line_end]
    if line.replace('\\"', "").count('"') % 2:
        return finding(
            "PW107",
            "a quotation mark is missing on this line",
            where,
            help="a text begins and ends with a quotation mark, on one line",
        )
    if offset >= len(source.text):
        return finding(
            "PW110",
            f"the file ends in the middle of {shown(source.text[start:offset])}",
            where,
            help=advice,
        )
    if not statement:
        word = shown(piece)
        message = f"{word} does not begin a statement{within}"
        if piece in reserved_words():
            message = f"a statement with {word} does not belong{within or ' here'}"
        return finding("PW111", message, where, help=advice)
    message = f"{shown(piece)} cannot stand here, after {shown(source.text[start:offset])}{within}"
    return finding("PW110", message, where, help=advice)
