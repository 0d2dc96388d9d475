"""What differs between two versions, field by field, and the way back: applying it.

`facts_of` compares the old version under the names of the new one, so a rename is told once, by
its pair; `applied` gives the new version back from the old one, so that nothing is lost.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

from attrs import evolve, field, frozen

from pathwaydsl.text.span import Span
from pathwaydsl.versions.fields import Members, Parts
from pathwaydsl.versions.pairs import Pairing
from pathwaydsl.versions.things import Name, Thing, compared_fields, plain

Action = Literal["added", "removed", "changed", "ordered", "kind"]


@frozen
class At:
    """A member of a list, with its place in each version; None where it is not there."""

    old: Any
    new: Any
    old_place: int | None
    new_place: int | None


Step = str | At


@frozen
class Fact:
    """One difference.

    Attributes:
        thing: The name of the thing, in the new version, or in the old one where it is gone.
        path: From the thing down to the field: names of fields, and members of lists.
        owner: The class that the last field belongs to; None for a thing as a whole.
        old, new: What stood there and what stands there; for `ordered` the places of the
            members of both, in the new order.
        holders: The values down the path in both versions, the thing's first.
    """

    thing: Name
    path: tuple[Step, ...]
    action: Action
    owner: type | None
    old: Any
    new: Any
    old_span: Span | None
    new_span: Span | None
    holders: tuple[tuple[Any, Any], ...] = field(default=(), repr=False)

    @property
    def field(self) -> str:
        """The last field of the path; empty for a thing as a whole."""
        return next((step for step in reversed(self.path) if isinstance(step, str)), "")


@frozen
class Renaming:
    """The names of the old version in the new one; what is gone and in the way steps aside."""

    names: Mapping[Name, str]

    def of(self, name: Name) -> Name:
        """The name of an old thing in the comparison."""
        return name[0], self.names.get(name, name[1])


ASIDE = " (before)"
"""Put behind an old id that now stands for something else; no id can hold it."""


def renaming(pairing: Pairing) -> Renaming:
    """How the things of the old version are called in the comparison."""
    names: dict[Name, str] = {}
    for name in pairing.old_side.things:
        found = pairing.new.get(name)
        if found is not None:
            if found != name:
                names[name] = found[1]
        elif name in pairing.new_side.things:
            names[name] = name[1] + ASIDE
    return Renaming(names)


def facts_of(pairing: Pairing) -> tuple[Fact, ...]:
    """Every difference, things sorted by name."""
    called = renaming(pairing)
    found: list[Fact] = []
    for name, thing in sorted(pairing.old_side.things.items()):
        there = pairing.new.get(name)
        if there is None:
            found.append(_whole(called.of(name), "removed", thing, None))
            continue
        new = pairing.new_side.things[there]
        if thing.value is new.value or (not called.names and thing.value == new.value):
            continue
        old_value, new_value = plain(thing.value, called.names), plain(new.value)
        if old_value != new_value or name[0] == "pathway":
            found.extend(_parts(there, (), old_value, new_value, ((old_value, new_value),)))
    found.extend(
        _whole(name, "added", None, thing)
        for name, thing in sorted(pairing.new_side.things.items())
        if name not in pairing.old
    )
    return tuple(found)


def _whole(name: Name, action: Action, old: Thing | None, new: Thing | None) -> Fact:
    return Fact(
        name, (), action, None,
        old.value if old else None, new.value if new else None,
        old.span if old else None, new.span if new else None,
    )  # fmt: skip


Holders = tuple[tuple[Any, Any], ...]


def _parts(
    thing: Name, path: tuple[Step, ...], old: Any, new: Any, holders: Holders
) -> Iterator[Fact]:
    """The differences between two records."""
    if type(old) is not type(new):
        yield _fact(thing, path, "kind", type(new), old, new, holders)
        if path:
            return
    rows = dict(compared_fields(type(old))) | dict(compared_fields(type(new)))
    for name, row in rows.items():
        before, after = getattr(old, name, None), getattr(new, name, None)
        if before == after:
            continue
        here = (*path, name)
        owner = type(new) if hasattr(new, name) else type(old)
        match row:
            case Members():
                yield from _members(
                    thing, here, owner, row, before or (), after or (), holders, row.ordered(new)
                )
            case Parts() if before is not None and after is not None:
                yield from _parts(thing, here, before, after, (*holders, (before, after)))
            case _:
                yield _fact(thing, here, _action(before, after), owner, before, after, holders)


_NOTHING = (None, "", (), False)


def _action(before: Any, after: Any) -> Action:
    if any(before is nothing or before == nothing for nothing in _NOTHING):
        return "added"
    if any(after is nothing or after == nothing for nothing in _NOTHING):
        return "removed"
    return "changed"


def _fact(  # noqa: PLR0917  one step of one walk
    thing: Name,
    path: tuple[Step, ...],
    action: Action,
    owner: type,
    old: Any,
    new: Any,
    holders: Holders,
) -> Fact:
    return Fact(
        thing, path, action, owner, old, new,
        _span(old, (held for held, _ in reversed(holders))),
        _span(new, (held for _, held in reversed(holders))),
        holders,
    )  # fmt: skip


def _span(value: Any, holders: Iterator[Any]) -> Span | None:
    """Where a value stands, or else what holds it."""
    for one in (value, *holders):
        span: Span | None = getattr(one, "span", None)
        if span is not None:
            return span
    return None


def _members(  # noqa: PLR0917  one step of one walk
    thing: Name,
    path: tuple[Step, ...],
    owner: type,
    row: Members,
    old: Sequence[Any],
    new: Sequence[Any],
    holders: Holders,
    ordered: bool,  # noqa: FBT001
) -> Iterator[Fact]:
    """The differences between two lists."""
    matched = matched_members(old, new, row)
    back = {there: here for here, there in matched.items()}
    for place, member in enumerate(old):
        if place not in matched:
            at = At(member, None, place, None)
            yield _fact(thing, (*path, at), "removed", owner, member, None, holders)
    for place, member in enumerate(new):
        if place not in back:
            at = At(None, member, None, place)
            yield _fact(thing, (*path, at), "added", owner, None, member, holders)
    for here, there in sorted(matched.items()):
        before, after = old[here], new[there]
        if before != after:
            at = At(before, after, here, there)
            yield from _parts(thing, (*path, at), before, after, (*holders, (before, after)))
    in_new_order = [back[there] for there in sorted(back)]
    if ordered and in_new_order != sorted(in_new_order):
        yield _fact(
            thing, path, "ordered", owner, tuple(sorted(in_new_order)), tuple(in_new_order),
            holders,
        )  # fmt: skip


def matched_members(old: Sequence[Any], new: Sequence[Any], row: Members) -> dict[int, int]:
    """Which member is which, by place: equal ones first, then by each key that is unique."""
    matched: dict[int, int] = {}
    places: dict[Any, list[int]] = {}
    for place, member in enumerate(new):
        places.setdefault(member, []).append(place)
    for place, member in enumerate(old):
        found = places.get(member)
        if found:
            matched[place] = found.pop(0)
    for key in row.keys:
        taken = set(matched.values())
        left = {place: key(old[place]) for place in range(len(old)) if place not in matched}
        right = {place: key(new[place]) for place in range(len(new)) if place not in taken}
        if not left or not right:
            break
        once, there = Counter(left.values()), Counter(right.values())
        home = {value: place for place, value in right.items() if there[value] == 1}
        for place, value in left.items():
            if once[value] == 1 and value in home and not _empty(value):
                matched[place] = home[value]
    if row.near is not None:
        _nearest(old, new, matched, row.near)
    return matched


def _nearest(
    old: Sequence[Any],
    new: Sequence[Any],
    matched: dict[int, int],
    near: Callable[[Any, Any], bool],
) -> None:
    """Matches members that are near each other and near no other."""
    taken = set(matched.values())
    left = [place for place in range(len(old)) if place not in matched]
    right = [place for place in range(len(new)) if place not in taken]
    there = {place: [one for one in right if near(old[place], new[one])] for place in left}
    back = Counter(one for found in there.values() for one in found)
    for place, found in there.items():
        if len(found) == 1 and back[found[0]] == 1:
            matched[place] = found[0]


def _empty(key: object) -> bool:
    """Whether a key says nothing, as two missing labels do."""
    return isinstance(key, tuple) and all(part is None for part in key)


# The way back


def applied(
    facts: Sequence[Fact], things: Mapping[Name, Thing], called: Renaming
) -> Mapping[Name, Any]:
    """The things of the new version: those of the old one with every difference applied."""
    found = {called.of(name): plain(thing.value, called.names) for name, thing in things.items()}
    changes: dict[Name, list[Fact]] = {}
    for fact in facts:
        if fact.path or fact.action == "kind":
            changes.setdefault(fact.thing, []).append(fact)
        elif fact.action == "removed":
            del found[fact.thing]
        else:
            found[fact.thing] = plain(fact.new)
    for name, some in changes.items():
        found[name] = _changed(found[name], [(fact.path, fact) for fact in some])
    return found


def _changed(value: Any, some: Sequence[tuple[tuple[Step, ...], Fact]]) -> Any:
    """A value after some differences, each with its way down from here."""
    kind = next((fact for path, fact in some if not path and fact.action == "kind"), None)
    if kind is not None:
        value = kind.new
    inner: dict[str, list[tuple[tuple[Step, ...], Fact]]] = {}
    for path, fact in some:
        if path:
            assert isinstance(path[0], str)  # noqa: S101  a path begins with a field
            inner.setdefault(path[0], []).append((path[1:], fact))
    if kind is not None:
        return value
    made: dict[str, Any] = {}
    for name, below in inner.items():
        current = getattr(value, name)
        if any(path and isinstance(path[0], At) for path, _ in below) or any(
            fact.action == "ordered" and not path for path, fact in below
        ):
            made[name] = _relisted(current, below)
        elif below[0][0] or below[0][1].action == "kind":
            made[name] = _changed(current, below)
        else:
            made[name] = below[0][1].new
    return evolve(value, **made)


def _relisted(
    members: tuple[Any, ...], some: Sequence[tuple[tuple[Step, ...], Fact]]
) -> tuple[Any, ...]:
    gone: set[int] = set()
    put: list[tuple[int, Any]] = []
    changed: dict[int, list[tuple[tuple[Step, ...], Fact]]] = {}
    order: tuple[int, ...] | None = None
    for path, fact in some:
        at = path[0] if path else None
        if not isinstance(at, At):
            order = fact.new
        elif at.old_place is None:
            put.append((at.new_place or 0, at.new))
        elif at.new_place is None:
            gone.add(at.old_place)
        else:
            changed.setdefault(at.old_place, []).append((path[1:], fact))
    kept = order if order is not None else [p for p in range(len(members)) if p not in gone]
    found = [
        _changed(members[place], changed[place]) if place in changed else members[place]
        for place in kept
    ]
    for place, member in sorted(put, key=lambda one: one[0]):
        found.insert(place, member)
    return tuple(found)
