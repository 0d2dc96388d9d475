"""Three versions of one statement, field by field: what it is, its label, its lists.

A list whose order means nothing merges as a set. Everything else of a statement is one field: the
condition of a branch and where it leads mean something together only.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from attrs import field, frozen

from pathwaydsl.authoring.merge_items import comments_in, signature
from pathwaydsl.authoring.merge_pairs import Slot, in_order
from pathwaydsl.syntax.tree import Node, Part, Token


class Clash(Exception):  # noqa: N818  both sides are right; nothing went wrong
    """Two changes that cannot both stand; the text says which, in words."""


T = TypeVar("T")


def pick(base: T, ours: T, theirs: T) -> T:
    """The value after both changes.

    Raises:
        Clash: If both changed it, and differently.
    """
    if theirs in (ours, base):
        return ours
    if ours == base:
        return theirs
    raise Clash


NAMES = frozenset({"measures", "supported_by", "flags", "use", "during", "replaces"})
"""Statements whose list of names is a set."""

ELEMENTS = {
    "one_of": "listed_value",
    "any_of": "listed_value",
    "sets": "assignment",
    "given": "assignment",
    "studied": "trial_item",
}
"""Statements that are a set of such parts."""

ENDINGS = {"branch_flags": "flags", "cites": "cite"}
"""Lists that may end a statement, with the word that opens them."""

PURE = frozenset({"supported_by", "flags", "measures"})
"""Statements that are nothing but a set: added twice, they are one."""


@frozen
class Element:
    """One element of a list: what it is told by, what it says, how it is written."""

    key: str
    said: tuple[str, ...]
    text: str


@frozen
class Listed:
    """A list in a statement and where it stands."""

    start: int
    end: int
    elements: tuple[Element, ...]


@frozen(eq=False)
class Fields:
    """A statement, or the head of a block, taken apart.

    Attributes:
        source: The text of the file.
        start, end: Where it stands.
        core: What is one field.
        label: What it says, or None.
        label_at: Where it stands, or where it would.
        lists: By role.
        comments: Those between its words.
        behind: What stands behind it on its last line.
    """

    source: str
    start: int
    end: int
    core: tuple[str, ...]
    label: tuple[str, ...] | None
    label_at: tuple[int, int]
    lists: Mapping[str, Listed] = field(factory=dict)
    comments: tuple[str, ...] = ()
    behind: str = ""

    def text_of(self, span: tuple[int, int]) -> str:
        """A stretch of it."""
        return self.source[span[0] : span[1]]


def fields_of(parts: Sequence[Part], kind: str, source: str, behind: str = "") -> Fields:
    """Take a statement apart, or what stands before its block.

    Args:
        parts: Its parts, without block.
        kind: Of the statement.
        source: The text of the file.
        behind: What stands behind it on its last line.
    """
    core: list[str] = []
    lists: dict[str, Listed] = {}
    label: tuple[str, ...] | None = None
    label_at: tuple[int, int] | None = None
    listed = ELEMENTS.get(kind)
    direct = [p for p in parts if listed is not None and getattr(p, "kind", "") == listed]
    if direct:
        lists[kind] = _listed(direct, source)
    for part in parts:
        name = part.kind if isinstance(part, Node) else part.type
        if isinstance(part, Node) and name == "label":
            label, label_at = signature(part, ""), (part.start, part.end)
        elif isinstance(part, Node) and name in ENDINGS:
            inner = part.child("names")
            of = inner.tokens_of("NAME") if inner is not None else part.children_of("citation")
            lists[name] = _listed(of, source, part)
        elif isinstance(part, Node) and name == "names" and kind in NAMES:
            lists[kind] = _listed(part.tokens_of("NAME"), source)
        elif isinstance(part, Node) and name == "codes" and kind == "code":
            lists[kind] = _listed(part.children_of("code_item"), source)
        elif not (direct and (name in {listed, "COMMA"})):
            core += [name, *signature(part, "")]
            if label_at is None and name in {"NAME", "target"}:
                label_at = (_end(part), _end(part))
    start, end = _start(parts[0]), _end(parts[-1])
    comments: list[str] = []
    position = start
    for token in _tokens(parts):
        comments += comments_in(source[position : token.start_pos])
        position = token.end_pos
    at = label_at or (end, end)
    return Fields(source, start, end, tuple(core), label, at, lists, tuple(comments), behind)


def _tokens(parts: Sequence[Part]) -> list[Token]:
    return [t for p in parts for t in (p.tokens() if isinstance(p, Node) else [p])]


def _start(part: Part) -> int:
    return part.start if isinstance(part, Node) else part.start_pos


def _end(part: Part) -> int:
    return part.end if isinstance(part, Node) else part.end_pos


def _listed(parts: Sequence[Part], source: str, whole: Node | None = None) -> Listed:
    elements = tuple(
        Element(_key(part), signature(part, ""), source[_start(part) : _end(part)])
        for part in parts
    )
    place = (whole.start, whole.end) if whole else (_start(parts[0]), _end(parts[-1]))
    return Listed(*place, elements)


def _key(part: Part) -> str:
    if not isinstance(part, Node):
        return str(part)
    tokens = list(part.tokens())
    if part.kind == "assignment":
        return str(next(token for token in tokens if token.type != "NOT"))
    return str(tokens[0])


def put_together(base: Fields | None, ours: Fields, theirs: Fields) -> tuple[str, bool]:
    """The statement after both changes, and whether it is neither side's as it stands.

    Raises:
        Clash: If both changed the same field.
    """
    core = pick(base.core if base else ours.core, ours.core, theirs.core)
    comments = pick(base.comments if base else (), ours.comments, theirs.comments)
    carriers = [f for f in (ours, theirs) if (f.core, f.comments) == (core, comments)]
    if not carriers:
        raise Clash
    carrier = carriers[0]
    edits: list[tuple[int, int, str]] = []
    label = pick(base.label if base else None, ours.label, theirs.label)
    if label != carrier.label:
        edits.append(_label_edit(carrier, ours if label == ours.label else theirs, label))
    for role in dict.fromkeys((*ours.lists, *theirs.lists)):
        edit = _list_edit(role, base, ours, theirs, carrier)
        if edit is not None:
            edits.append(edit)
    if edits and comments:
        raise Clash  # a comment among the words would swallow what comes to stand behind it
    text, position = "", carrier.start
    for start, end, new in sorted(edits):
        text += carrier.source[position:start] + new
        position = end
    text += carrier.source[position : carrier.end]
    behind = pick(base.behind.strip() if base else "", ours.behind.strip(), theirs.behind.strip())
    return text + (f"  {behind}" if behind else ""), bool(edits)


def _label_edit(
    carrier: Fields, other: Fields, label: tuple[str, ...] | None
) -> tuple[int, int, str]:
    start, end = carrier.label_at
    if label is None:
        while start > carrier.start and carrier.source[start - 1] in " \n\t":
            start -= 1
        return start, end, ""
    written = other.text_of(other.label_at)
    return start, end, written if carrier.label is not None else f" {written}"


def _list_edit(
    role: str, base: Fields | None, ours: Fields, theirs: Fields, carrier: Fields
) -> tuple[int, int, str] | None:
    """What to write for a list in the carrier's text, or None if it stands there already."""
    versions = [version.lists.get(role) if version else None for version in (base, ours, theirs)]
    elements = [listed.elements if listed else () for listed in versions]
    merged = _merged(*elements)
    listed = carrier.lists.get(role)
    now = [element.said for element in listed.elements] if listed else []
    if [element.said for element in merged] == now:
        return None
    written = ", ".join(element.text for element in merged)
    opening = f"{ENDINGS[role]} " if role in ENDINGS else ""
    if not merged:
        if listed is None or not opening:
            raise Clash
        start = listed.start
        while carrier.source[start - 1] in " \n\t":
            start -= 1
        return start, listed.end, ""
    if listed is None:
        return carrier.end, carrier.end, f" {opening}{written}"
    return listed.start, listed.end, f"{opening}{written}"


def _merged(
    base: Sequence[Element], ours: Sequence[Element], theirs: Sequence[Element]
) -> list[Element]:
    """The elements after both changes; where both stand in another order, ours counts."""
    slots: dict[str, Slot[Element]] = {}
    for version, elements in (("base", base), ("ours", ours), ("theirs", theirs)):
        for element in elements:
            setattr(slots.setdefault(element.key, Slot()), version, element)
    orders = [[slots[e.key] for e in elements] for elements in (base, ours, theirs)]
    found = []
    for slot in in_order(*orders):
        said = pick(*(e.said if e else None for e in (slot.base, slot.ours, slot.theirs)))
        if said is not None:
            one = slot.ours if slot.ours and slot.ours.said == said else slot.theirs
            if one is not None:
                found.append(one)
    return found
