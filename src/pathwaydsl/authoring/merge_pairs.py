"""Which statements of two versions are the same, and in what order they stand together."""

from collections import Counter
from collections.abc import Sequence
from typing import Generic, TypeVar

from attrs import define

from pathwaydsl.authoring.merge_items import Item
from pathwaydsl.syntax.tree import Node

LIKE = 0.5
"""From this likeness on, two statements without a name are one that was changed."""


Piece = TypeVar("Piece")


@define(eq=False)
class Slot(Generic[Piece]):
    """One statement, or one element of a list, in up to three versions."""

    base: Piece | None = None
    ours: Piece | None = None
    theirs: Piece | None = None


def slots_of(
    base: Sequence[Item], ours: Sequence[Item], theirs: Sequence[Item]
) -> tuple[list[Slot[Item]], list[Slot[Item]], list[Slot[Item]]]:
    """The slots of each version's statements, in the order of that version."""
    slots = [Slot[Item](base=item) for item in base]
    of_ours = _side(base, ours)
    of_theirs = _side(base, theirs)
    our_slots: list[Slot[Item]] = []
    for item, at in zip(ours, of_ours, strict=True):
        slot = Slot[Item]() if at is None else slots[at]
        slot.ours = item
        our_slots.append(slot)
    new = [slot for slot in our_slots if slot.base is None]
    added = [item for item, at in zip(theirs, of_theirs, strict=True) if at is None]
    same = iter(_added([s.ours for s in new if s.ours is not None], added))
    their_slots: list[Slot[Item]] = []
    for item, at in zip(theirs, of_theirs, strict=True):
        if at is not None:
            slot = slots[at]
        else:
            other = next(same)
            slot = Slot[Item]() if other is None else new[other]
        slot.theirs = item
        their_slots.append(slot)
    return slots, our_slots, their_slots


def _side(base: Sequence[Item], side: Sequence[Item]) -> list[int | None]:
    """For each statement of a version, the one of the base that it was."""
    found: list[int | None] = [None] * len(side)
    left = set(range(len(base)))
    _by(found, left, side, [item.key for item in base], [item.key for item in side])
    _by(found, left, side, [_named(item) for item in base], [_was(item) for item in side])
    unnamed = [None if item.key else (item.kind, *item.said) for item in base]
    _by(found, left, side, unnamed, [None if i.key else (i.kind, *i.said) for i in side])
    near = [None if item.key else item.nearly for item in base]
    _by(found, left, side, near, [None if item.key else item.nearly for item in side])
    scores = sorted(
        (-likeness, at, number)
        for number, item in enumerate(side)
        if found[number] is None and item.key is None
        for at in left
        if base[at].kind == item.kind and base[at].key is None
        if (likeness := _likeness(base[at], item)) >= LIKE
    )
    for _, at, number in scores:
        if found[number] is None and at in left:
            found[number] = at
            left.discard(at)
    return found


def _by(
    found: list[int | None],
    left: set[int],
    side: Sequence[Item],
    base_keys: Sequence[tuple[str, ...] | None],
    side_keys: Sequence[tuple[str, ...] | None],
) -> None:
    """Pair what has the same key, in order."""
    places: dict[tuple[str, ...], list[int]] = {}
    for at, key in enumerate(base_keys):
        if key is not None and at in left:
            places.setdefault(key, []).append(at)
    for number in range(len(side)):
        key = side_keys[number]
        if found[number] is None and key is not None and places.get(key):
            at = places[key].pop(0)
            found[number] = at
            left.discard(at)


def _named(item: Item) -> tuple[str, ...] | None:
    return item.key if item.key is not None and len(item.key) == 2 else None


def _was(item: Item) -> tuple[str, ...] | None:
    """The key that a renamed statement had."""
    block = item.node.children[-1] if item.node.children else None
    if item.key is None or not isinstance(block, Node):
        return None
    was = block.child("was")
    name = was.token("NAME") if was is not None else None
    return None if name is None else (item.key[0], str(name))


def _likeness(one: Item, other: Item) -> float:
    left, right = Counter(one.words), Counter(other.words)
    total = sum((left | right).values())
    return sum((left & right).values()) / total if total else 1.0


def _added(ours: Sequence[Item], theirs: Sequence[Item]) -> list[int | None]:
    """For each statement that they added, the one that we added too."""
    found: list[int | None] = [None] * len(theirs)
    left = set(range(len(ours)))
    _by(found, left, theirs, [item.key for item in ours], [item.key for item in theirs])
    said = [(item.kind, *item.said) for item in ours]
    _by(found, left, theirs, said, [(item.kind, *item.said) for item in theirs])
    near = [None if item.key else item.nearly for item in ours]
    _by(found, left, theirs, near, [None if item.key else item.nearly for item in theirs])
    return found


def in_order(
    base: list[Slot[Piece]], ours: list[Slot[Piece]], theirs: list[Slot[Piece]]
) -> list[Slot[Piece]]:
    """The order of the merged statements: that of whoever moved something, ours where both did.

    What the other one added stands behind what it stood behind there.
    """
    ours_first = not _moved(base, theirs) or _moved(base, ours)
    carrier, other = (ours, theirs) if ours_first else (theirs, ours)
    found = list(carrier)
    there = set(map(id, found))
    known = set(map(id, other))
    for number, slot in enumerate(other):
        if id(slot) in there:
            continue
        at = 0
        before = next((s for s in reversed(other[:number]) if id(s) in there), None)
        if before is not None:
            at = next(i for i, s in enumerate(found) if s is before) + 1
        if ours_first:
            while at < len(found) and found[at].base is None and id(found[at]) not in known:
                at += 1
        found.insert(at, slot)
        there.add(id(slot))
    return found


def _moved(base: list[Slot[Piece]], side: list[Slot[Piece]]) -> bool:
    """Whether a version has the statements of the base in another order."""
    rank = {id(slot): at for at, slot in enumerate(base)}
    kept = [rank[id(slot)] for slot in side if id(slot) in rank]
    return kept != sorted(kept)
