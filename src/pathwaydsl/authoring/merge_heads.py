"""A statement of a merge, taken apart into what stands before its block and what stands in it."""

from attrs import frozen

from pathwaydsl.authoring.merge_fields import Fields, fields_of
from pathwaydsl.authoring.merge_items import Item, signature
from pathwaydsl.formatting.layout import block_of
from pathwaydsl.syntax.tree import Node, Part


@frozen(eq=False)
class Opened:
    """A statement, taken apart.

    Attributes:
        item: The statement.
        head: What stands before its block; of one without a block, all of it.
        head_end: Where the block begins, behind its brace and the comment there.
        block: Its block, or None.
        inside: The statements of the block.
        closing: Where the closing brace stands.
    """

    item: Item
    head: Fields
    head_end: int
    block: Node | None
    inside: tuple[Part, ...]
    closing: int

    @property
    def head_text(self) -> str:
        """What stands before the block, as written."""
        return self.item.source[self.item.node.start : self.head_end]

    @property
    def block_said(self) -> tuple[str, ...] | None:
        """What the block says, or None where there is none."""
        return None if self.block is None else signature(self.block, self.item.source)

    @property
    def behind(self) -> str:
        """What stands behind the closing brace."""
        return self.item.text[self.item.node.end - self.item.node.start :]


def taken_apart(item: Item) -> Opened:
    """A statement's head and block."""
    head, block = block_of(item.node)
    source, kind = item.source, item.node.kind
    if not block:
        behind = item.text[item.node.end - item.node.start :]
        fields = fields_of(head, kind, source, behind)
        return Opened(item, fields, item.node.start + len(item.text), None, (), item.node.end)
    opening, closing = block[0], block[-1]
    if isinstance(opening, Node) or isinstance(closing, Node):
        raise TypeError(kind)
    line = source.find("\n", opening.end_pos, closing.start_pos)
    end = opening.end_pos
    behind = source[end:line] if line >= 0 else ""
    if behind.strip().startswith("#"):
        end = line
    else:
        behind = ""
    last = item.node.children[-1]
    of = last if isinstance(last, Node) else item.node
    fields = fields_of([*head, opening], kind, source, behind)
    return Opened(item, fields, end, of, tuple(block[1:-1]), closing.start_pos)
