"""Widths, blanks and breaks of one statement.

Prose is never broken, so a text counts for nothing when a line is measured; only within a list
of labelled values does it count.
"""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import dedent

from pathwaydsl.syntax.texts import text_value
from pathwaydsl.syntax.tree import Node, Part, Token

WIDTH = 100
"""Columns a list or an expression may reach before it is broken."""

STEP = "  "
"""One level of indent."""

COMMAS = frozenset({"COMMA", "DAY_COMMA"})
NO_BLANK_BEFORE = frozenset({*COMMAS, "RPAR", "DOTDOT", "RBRACE"})
NO_BLANK_AFTER = frozenset({"LPAR", "DOTDOT", "LBRACE"})

CLAUSES = frozenset({"because", "cites", "branch_flags", "option_when", "given_when"})
"""Clauses that may begin a line of their own in a long statement."""

ONE_A_LINE = frozenset({"one_of", "any_of", "give"})
"""Lists whose parts are longer than a word: broken after every comma, not only where needed."""


def tokens_of(parts: Iterable[Part]) -> Iterator[Token]:
    """Every token of these parts, in order."""
    for part in parts:
        if isinstance(part, Node):
            yield from part.tokens()
        else:
            yield part


def in_line(tokens: Iterable[Token]) -> str:
    """Tokens on one line, with the canonical blanks between them."""
    pieces: list[str] = []
    glued = True
    for token in tokens:
        kind = token.type
        if not glued and kind not in NO_BLANK_BEFORE:
            pieces.append(" ")
        pieces.append(token)
        glued = kind in NO_BLANK_AFTER
    return "".join(pieces)


def width_of(tokens: Iterable[Token], *, prose: bool) -> int:
    """Columns that tokens take on one line.

    Texts count where `prose` says so, those of several lines never.
    """
    width = 0
    glued = True
    for token in tokens:
        kind = token.type
        width += not glued and kind not in NO_BLANK_BEFORE
        if kind != "TEXT" or (prose and "\n" not in token):
            width += len(token)
        glued = kind in NO_BLANK_AFTER
    return width


def has_commas(parts: Iterable[Part]) -> bool:
    """Whether these parts are a list."""
    return any(not isinstance(part, Node) and part.type in COMMAS for part in parts)


def block_of(node: Node) -> tuple[Sequence[Part], Sequence[Part]]:
    """The head of a statement, and its block from `{` to `}` (empty if it has none)."""
    children = node.children
    last = children[-1]
    if isinstance(last, Node):
        if last.kind.endswith("_block"):
            return children[:-1], last.children
    elif node.kind in {"question", "balance"}:
        opening = next(
            i for i, part in enumerate(children) if getattr(part, "type", "") == "LBRACE"
        )
        return children[:opening], children[opening:]
    return children, ()


def text_at(written: str, indent: str) -> str:
    """A text of several lines, moved to an indent where that changes nothing in its value."""
    plain = written.replace("\r\n", "\n")
    if not plain.startswith('"""'):
        return plain
    head, line_break, rest = plain[3:-3].partition("\n")
    if not line_break:
        return plain
    lines = dedent(rest).split("\n")
    closing = lines[-1].strip() == ""
    moved = [f"{indent}{line}" if line else line for line in (lines[:-1] if closing else lines)]
    ending = [indent] if closing else []
    candidate = (
        '"""' + "\n".join([head.rstrip() if not head.strip() else head, *moved, *ending]) + '"""'
    )
    return candidate if text_value(candidate) == text_value(plain) else plain
