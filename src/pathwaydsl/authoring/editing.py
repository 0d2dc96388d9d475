"""Edits of a file's text by the places of its tree, with the comments that belong to a statement.

A comment belongs to a statement when it stands right above it, without an empty line between, or
behind it on its last line.
"""

from collections.abc import Iterable

from pathwaydsl.syntax.tree import Node
from pathwaydsl.text.finding import Edit


def edited(text: str, edits: Iterable[Edit], *, start: int = 0, end: int | None = None) -> str:
    """A stretch of a text after edits that do not overlap; those outside it are passed over."""
    end = len(text) if end is None else end
    pieces: list[str] = []
    position = start
    for edit in sorted(edits, key=lambda one: (one.span.start, one.span.end)):
        if edit.span.start < position or edit.span.end > end:
            continue
        pieces += [text[position : edit.span.start], edit.text]
        position = edit.span.end
    return "".join([*pieces, text[position:end]])


def first_of(text: str, node: Node, floor: int) -> int:
    """Where a statement begins with the comments right above it; not before `floor`."""
    start = node.start
    while (line := text.rfind("\n", floor, start)) >= 0:
        above = text.rfind("\n", floor, line) + 1 or floor
        alone = above > floor or floor == 0
        if text[line + 1 : start].strip() or not alone:
            break
        if not text[above:line].strip().startswith("#"):
            break
        start = above + len(text[above:line]) - len(text[above:line].lstrip())
    return start


def last_of(text: str, node: Node) -> int:
    """Where a statement ends with the comment behind it."""
    line = text.find("\n", node.end)
    line = len(text) if line < 0 else line
    behind = text[node.end : line].strip()
    return line if behind.startswith("#") else node.end


def stretch_of(text: str, node: Node, floor: int) -> tuple[int, int]:
    """All that goes when a statement is taken out: its comments, and its lines if it fills them."""
    start, end = first_of(text, node, floor), last_of(text, node)
    line = text.rfind("\n", floor, start) + 1
    after = text.find("\n", end)
    if line > floor and not text[line:start].strip() and after >= 0 and not text[end:after].strip():
        return line, after + 1
    return start, end
