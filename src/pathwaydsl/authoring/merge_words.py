"""What both sides of a merge changed, in the words of those who write pathways."""

from collections.abc import Sequence

from pathwaydsl.authoring.merge_items import Item
from pathwaydsl.formatting.layout import block_of, in_line, tokens_of
from pathwaydsl.syntax.texts import text_value
from pathwaydsl.syntax.tree import Node

MOST = 60
"""How much of a statement is quoted."""


def said_of(item: Item, path: Sequence[Item], how: str) -> str:
    """One sentence without a full stop.

    Args:
        item: What it is about.
        path: The statements it stands in, outermost first.
        how: `changed`, `added`, `gone`, or `head` for the first line of a block.
    """
    inside = path[-1] if path else None
    where = f" of {_named(inside)}" if inside is not None and inside.kind != "pathway" else ""
    if item.kind == "ordered":
        what = "the steps" if item.node.kind.startswith(("at_", "during_")) else "the branches"
        return f"Both sides changed {what}{where}, whose order counts"
    what = _named(item)
    match how:
        case "added":
            return f"Both sides added {what}{where}, and not the same"
        case "gone":
            return f"One side took out {what}{where}, the other one changed it"
        case "head":
            return f"Both sides changed the first line of {what}"
    return f"Both sides changed {what}{where}"


def _named(item: Item) -> str:
    """What a statement is called."""
    node = item.node
    label = node.child("label")
    text = label.token("TEXT") if label is not None else None
    name = node.token("NAME")
    if node.kind in _LINES or (text is None and name is None):
        return f"`{_short(node)}`"
    word = next(node.tokens())
    if text is not None:
        return f"{word} “{_cut(text_value(text))}”"
    if _has_block(node):
        return f"{word} `{name}`"
    return f"`{_short(node)}`"


_LINES = frozenset({"when_branch", "otherwise", "unknown", "option"})


def _has_block(node: Node) -> bool:
    return bool(block_of(node)[1])


def _short(node: Node) -> str:
    head, _ = block_of(node)
    return _cut(" ".join(in_line(tokens_of(head)).split()))


def _cut(text: str) -> str:
    text = " ".join(text.split()).replace("`", "'")
    return text if len(text) <= MOST else f"{text[: MOST - 1].rstrip()}…"
