"""A file cut into statements that a merge can keep, drop, move or put together.

Nothing is lost in cutting: what stands between two statements belongs to the later one, a comment
behind a statement to the statement, so all pieces in order are the text.
"""

import re
from collections.abc import Iterator, Sequence

from attrs import evolve, field, frozen

from pathwaydsl.authoring.editing import last_of
from pathwaydsl.syntax.texts import text_value
from pathwaydsl.syntax.tree import Node, Part, Token

Key = tuple[str, ...]

ONCE = {
    "eligible_when": "eligible",
    "eligible_everyone": "eligible",
    **dict.fromkeys(("one_of", "any_of", "yes_or_no", "number", "whole_number"), "values"),
    **dict.fromkeys(
        [
            "edition",
            "version",
            "date",
            "status",
            "supersedes",
            "population",
            "start_at",
            "grading",
            "searched",
            "license",
            "change_note",
            "rationale",
            "was",
            "replaces",
            "may_be_unknown",
            "role",
            "source",
            "drug_class",
            "trial",
            "enrolled",
            "published",
            "compares_arms",
            "retracted",
            "kind",
            "question",
            "priority",
            "answered",
            "owner",
            "raised",
            "review",
            "meanwhile",
            "then",
            "measures",
            "otherwise",
            "unknown",
            "first_match",
            "decided",
            "treat_regimen",
            "recommend",
            "ungraded",
            "good_practice",
            "extrapolates",
            "balance",
            "vote",
            "enter_pathway",
            "assessed",
            "clock",
            "estimate",
            "p_value",
            "follow_up",
            "immature",
            "descriptive",
            "exploratory",
            "certainty",
            "within",
            "studied",
            "supported_by",
        ],
        "",
    ),
}
"""Statements that stand once in a block, with the name of the field where several kinds are one."""

BOXES = frozenset({"assess", "decide", "choose", "treat", "act", "together", "enter", "gap", "end"})
"""Kinds that share the names of what can be arrived at."""

FOLDED = {
    "decide_block": frozenset({"when_branch", "otherwise", "unknown"}),
    "during_block": frozenset({"when_branch"}),
    "case_block": frozenset({"at_given", "at_choose", "during_given"}),
}
"""Statements of a block that are one ordered list; of a `decide` only under `first match`."""

_WORD = re.compile(r"\w+|[^\w\s]")


def signature(part: Part, text: str) -> tuple[str, ...]:
    """What a stretch of the tree says: its words and its comments, not its layout."""
    tokens = list(part.tokens()) if isinstance(part, Node) else [part]
    said: list[str] = []
    position = tokens[0].start_pos if tokens else 0
    for token in tokens:
        said += comments_in(text[position : token.start_pos])
        said.append(_said(token))
        position = token.end_pos
    return tuple(said)


def _said(token: Token) -> str:
    return f'"{text_value(token)}"' if token.type == "TEXT" else str(token)


def comments_in(between: str) -> list[str]:
    """The comments in what stands between two tokens."""
    if "#" not in between:
        return []
    return [line.strip() for line in between.split("\n") if line.strip()]


@frozen(eq=False)
class Item:
    """One statement, with what stands before it.

    Attributes:
        kind: Of its tree, or `ordered` for a list of statements whose order counts.
        key: What makes it the same statement in another version; None where only its words can.
        lead: Blanks and comments before it.
        text: The statement with the comment behind it.
        node: Its tree; of several statements the first.
        source: The text of the whole file.
        said: What it says, without its lead.
        nearly: What most likely makes it the same statement when its words changed.
        group: How many statements it is made of.
    """

    kind: str
    key: Key | None
    lead: str
    text: str
    node: Node
    source: str
    said: tuple[str, ...]
    nearly: tuple[str, ...] | None = None
    group: int = 1
    comments: tuple[str, ...] = field(init=False)

    @comments.default
    def _comments_of_lead(self) -> tuple[str, ...]:
        return tuple(comments_in(self.lead))

    @property
    def whole(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What it says with the comments above it."""
        return self.comments, self.said

    @property
    def words(self) -> list[str]:
        """Its words, for telling how alike two statements are."""
        return [word for said in self.said for word in _WORD.findall(said)]


@frozen(eq=False)
class Block:
    """The statements of a block or a file.

    Attributes:
        items: In the order of the text.
        tail: What stands below the last one, before the closing brace.
    """

    items: tuple[Item, ...]
    tail: str

    @property
    def alone(self) -> bool:
        """Whether every statement begins on a line of its own and nothing stands behind."""
        return "\n" in self.tail and all("\n" in item.lead for item in self.items)


def cut(
    parts: Sequence[Part], text: str, start: int, end: int, fold: frozenset[str] = frozenset()
) -> Block:
    """The statements among these parts of the tree.

    Args:
        parts: The statements, without braces.
        text: The whole text.
        start: Where the block begins, behind its brace.
        end: Where it ends, before its brace.
        fold: Kinds of statements that are one ordered list here, told as one.
    """
    items: list[Item] = []
    position = start
    for group in _groups([part for part in parts if isinstance(part, Node)], fold):
        first, last = group[0], group[-1]
        behind = min(last_of(text, last), end)
        kind_of = "ordered" if first.kind in fold else first.kind
        said: list[str] = []
        at = first.start
        for node in group:
            said += [*comments_in(text[at : node.start]), *signature(node, text)]
            at = node.end
        said += comments_in(text[last.end : behind])
        items.append(
            Item(
                kind=kind_of,
                key=("ordered",) if kind_of == "ordered" else key_of(first),
                lead=text[position : first.start],
                text=text[first.start : behind],
                node=first,
                source=text,
                said=tuple(said),
                nearly=_nearly(first),
                group=len(group),
            )
        )
        position = behind
    return Block(_numbered(items), text[position:end])


def _groups(nodes: Sequence[Node], folded: frozenset[str]) -> Iterator[list[Node]]:
    """Statements that belong together: `monitor` and what follows it, ordered lists."""
    places = [at for at, node in enumerate(nodes) if node.kind in folded]
    first, last = (places[0], places[-1]) if places else (-1, -1)
    at = 0
    while at < len(nodes):
        until = at + 1
        if at == first:
            until = last + 1
        elif nodes[at].kind in {"monitor", "arm"}:
            after = "then_every" if nodes[at].kind == "monitor" else "events"
            while until < len(nodes) and nodes[until].kind == after:
                until += 1
        yield list(nodes[at:until])
        at = until


def ordered(block: Node | None) -> bool:
    """Whether the order of a block's branches or steps counts."""
    if block is None:
        return False
    if block.kind == "decide_block":
        return block.child("first_match") is not None
    return block.kind in FOLDED


def key_of(node: Node) -> Key | None:
    """What makes a statement the same one in another version."""
    kind = node.kind
    if kind in ONCE:
        return ("once", ONCE[kind] or kind)
    name = node.token("NAME", "AXIS_NAME")
    text = node.token("TEXT")
    label = node.child("label")
    match kind:
        case "pathway":
            return ("pathway",)
        case "use" | "position" | "author" if text is not None:
            return (kind, text_value(text))
        case "case" if label is not None:
            return (kind, *signature(label, ""))
        case "question_part" | "balance_part":
            return (kind, str(next(node.tokens())))
        case "option" | "strand" | "also":
            return (kind, *_first_words(node))
        case "monitor" | "rated" | "arm" | "advise_against":
            return (kind, str(name) if name is not None else text_value(text or ""))
        case "during":
            return ("during", *signature(node.children[1], "")[:1])
        case _ if kind in BOXES and name is not None:
            return ("box", str(name))
        case _ if kind in _DEFINITIONS and name is not None:
            return (kind, str(name))
    return None


_DEFINITIONS = frozenset(
    {"criterion", "condition", "score", "drug", "regimen", "evidence", "scheme", "outcome", "axis"}
)


def _first_words(node: Node) -> tuple[str, ...]:
    inner = next((part for part in node.children if isinstance(part, Node)), None)
    return (str(next(inner.tokens())),) if inner is not None else ()


def _nearly(node: Node) -> tuple[str, ...] | None:
    """The condition of a branch, the drug of a line: what seldom changes along with the rest."""
    for kind in ("expression", "given_drug"):
        inner = node.child(kind)
        if inner is not None:
            words = [str(token) for token in inner.tokens()]
            return (node.kind, *(words if kind == "expression" else words[:1]))
    return None


def _numbered(items: Sequence[Item]) -> tuple[Item, ...]:
    """Two statements of one key in one block get different keys; a check reports them."""
    seen: dict[Key, int] = {}
    found = []
    for item in items:
        if item.key is not None:
            number = seen.get(item.key, 0)
            seen[item.key] = number + 1
            if number:
                item = evolve(item, key=(*item.key, f"#{number}"))  # noqa: PLW2901
        found.append(item)
    return tuple(found)
