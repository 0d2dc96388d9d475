"""An author's CommonMark as docutils nodes.

Raw HTML never passes: with HTML off it is text. Links keep only harmless schemes, and a picture
becomes its text, so that a page asks nothing of other computers when it is read.
"""

import re
from collections.abc import Iterable, Sequence

from docutils import nodes
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

SCHEMES = frozenset({"http", "https", "mailto"})
"""Schemes a link may have; addresses without a scheme are relative and may pass."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*:", re.IGNORECASE)


def is_safe(url: str) -> bool:
    """Whether an address may be linked to."""
    if any(ord(letter) <= 0x20 or ord(letter) == 0x7F for letter in url):
        return False
    scheme = _SCHEME.match(url)
    if scheme is None:
        return not url.startswith(("//", "\\")) and ":" not in url.partition("/")[0]
    return scheme.group()[:-1].lower() in SCHEMES


def _any_link(url: str) -> bool:
    del url
    return True


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False})
    parser.disable(["html_block", "html_inline"])
    # What `is_safe` refuses loses its link in `_Reader`, and keeps its words.
    parser.validateLink = _any_link  # type: ignore[method-assign]
    return parser


_PARSER = _parser()


def prose_nodes(text: str) -> list[nodes.Node]:
    """Block nodes for several paragraphs of CommonMark."""
    return _blocks(SyntaxTreeNode(_PARSER.parse(text)).children)


def _blocks(tree: Iterable[SyntaxTreeNode]) -> list[nodes.Node]:
    return [node for part in tree for node in _block(part)]


def _block(part: SyntaxTreeNode) -> Sequence[nodes.Node]:
    match part.type:
        case "paragraph":
            return [_with(nodes.paragraph(), _inlines(part.children))]
        case "heading":
            strong = _with(nodes.strong(), _inlines(part.children))
            return [nodes.paragraph("", "", strong)]
        case "bullet_list":
            return [_with(nodes.bullet_list(bullet="-"), _blocks(part.children))]
        case "ordered_list":
            start = int(part.attrs.get("start", 1))
            made = nodes.enumerated_list(enumtype="arabic", prefix="", suffix=".", start=start)
            return [_with(made, _blocks(part.children))]
        case "list_item":
            return [_with(nodes.list_item(), _blocks(part.children))]
        case "blockquote":
            return [_with(nodes.block_quote(), _blocks(part.children))]
        case "fence" | "code_block":
            content = part.content.rstrip("\n")
            return [nodes.literal_block(content, content, language="text")]
        case "hr":
            return []
        case _:
            return [nodes.paragraph("", "", *_inlines([part]))]


def _inlines(tree: Iterable[SyntaxTreeNode]) -> list[nodes.Node]:
    return [node for part in tree for node in _inline(part)]


def _inline(part: SyntaxTreeNode) -> Sequence[nodes.Node]:
    match part.type:
        case "inline":
            return _inlines(part.children)
        case "text":
            return [nodes.Text(part.content)]
        case "softbreak" | "hardbreak":
            return [nodes.Text("\n")]
        case "em":
            return [_with(nodes.emphasis(), _inlines(part.children))]
        case "strong":
            return [_with(nodes.strong(), _inlines(part.children))]
        case "code_inline":
            return [nodes.literal(part.content, part.content)]
        case "link":
            return _link(part)
        case "image":
            return [nodes.Text(part.content)]
        case _:
            return [nodes.Text(part.content)]


def _link(part: SyntaxTreeNode) -> Sequence[nodes.Node]:
    inside = _inlines(part.children)
    url = str(part.attrs.get("href", ""))
    if not url or not is_safe(url):
        return inside
    return [_with(nodes.reference(refuri=url), inside)]


def _with(node: nodes.Element, children: Iterable[nodes.Node]) -> nodes.Element:
    node.extend(list(children))
    return node
