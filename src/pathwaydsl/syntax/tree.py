"""The syntax tree: every token of the text, in order, under the rules of the grammar.

A node's kind is the name of its grammar rule, a token's kind the name of its terminal.
Nothing is dropped: comments and blanks are exactly what lies between two tokens.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Union

from attrs import define, frozen

from pathwaydsl.text.source import Source
from pathwaydsl.text.span import Span

if TYPE_CHECKING:

    class Token(str):  # noqa: SLOT000  only its shape is told here
        """A word, sign, number or text as written; equal to its text.

        The names of its attributes are those of the parser library, whose tokens these are.
        """

        type: str
        start_pos: int
        end_pos: int

else:
    from lark import Token

Part = Union["Node", Token]


@define(slots=True, eq=False, init=False, repr=False)
class Node:
    """A stretch of the text that one grammar rule made.

    Attributes:
        kind: Name of the grammar rule.
        children: Nodes and tokens, in the order of the text.
        start: Offset of the first character of the first token.
        end: Offset after the last character of the last token.
    """

    kind: str
    children: list[Part]
    start: int
    end: int

    def __init__(self, kind: str, children: list[Part]) -> None:
        self.kind = kind
        self.children = children
        if children:
            first, last = children[0], children[-1]
            self.start = first.start if isinstance(first, Node) else first.start_pos
            self.end = last.end if isinstance(last, Node) else last.end_pos
        else:
            self.start = self.end = -1

    def __repr__(self) -> str:
        return f"Node({self.kind!r}, {self.children!r})"

    def child(self, kind: str) -> "Node | None":
        """The first child node of a kind, or None."""
        for part in self.children:
            if isinstance(part, Node) and part.kind == kind:
                return part
        return None

    def children_of(self, *kinds: str) -> "list[Node]":
        """The child nodes of these kinds, in order."""
        return [p for p in self.children if isinstance(p, Node) and p.kind in kinds]

    def nodes(self) -> "list[Node]":
        """Every child node, in order."""
        return [part for part in self.children if isinstance(part, Node)]

    def token(self, *kinds: str) -> Token | None:
        """The first child token of one of these kinds, or None."""
        for part in self.children:
            if not isinstance(part, Node) and part.type in kinds:
                return part
        return None

    def tokens_of(self, *kinds: str) -> list[Token]:
        """The child tokens of these kinds, in order."""
        return [p for p in self.children if not isinstance(p, Node) and p.type in kinds]

    def walk(self) -> "Iterator[Node]":
        """This node and every node below it, in the order of the text."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(p for p in reversed(node.children) if isinstance(p, Node))

    def tokens(self) -> Iterator[Token]:
        """Every token of the tree, in the order of the text."""
        waiting: list[Part] = [self]
        while waiting:
            part = waiting.pop()
            if isinstance(part, Node):
                waiting.extend(reversed(part.children))
            else:
                yield part


@frozen(eq=False)
class SyntaxFile:
    """A file as it was read.

    Attributes:
        source: Its name and text.
        root: The tree; its kind is `start`.
        whole: Whether nothing had to be left out or put in to read it.
        broken: Names and words in stretches that could not be read; findings about them
            would only repeat what is already said.
    """

    source: Source
    root: Node
    whole: bool = True
    broken: frozenset[str] = frozenset()

    def span(self, part: Part) -> Span:
        """Where a node or a token stands."""
        if isinstance(part, Node):
            return Span(self.source.name, part.start, part.end)
        return Span(self.source.name, part.start_pos, part.end_pos)


@frozen
class Import:
    """`use "path"` or `use a, b from "path"`; `names` is None for everything."""

    path: str
    names: tuple[str, ...] | None
    span: Span
