"""The things of a pathway that are compared: its head, its nodes and all it uses of the library.

Order without a meaning is taken out here, so that nothing after this can depend on it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve, field, frozen

from pathwaydsl.logic.written import condition_as_written
from pathwaydsl.model.nodes import GapNode
from pathwaydsl.model.pathway import Library, Pathway
from pathwaydsl.text.span import Span
from pathwaydsl.versions.fields import FIELDS, Members, Parts, Waived, Whole

Name = tuple[str, str]
"""Kind and id of a thing."""

LIBRARY_KINDS = ("criterion", "condition", "score", "drug", "regimen", "evidence", "scheme")
HEAD: Name = ("pathway", "")


@frozen
class Thing:
    """One thing: `name` is its kind and id, `value` what it says."""

    name: Name
    value: Any = field(repr=False)

    @property
    def kind(self) -> str:
        """Its kind, as `records.Pair.kind`."""
        return self.name[0]

    @property
    def id(self) -> str:
        """Its id, or what stands for one."""
        return self.name[1]

    @property
    def label(self) -> str:
        """What the authors call it."""
        label: str = getattr(self.value, "label", "") or self.id
        return label

    @property
    def span(self) -> Span | None:
        """Where it stands."""
        span: Span | None = getattr(self.value, "span", None)
        return span


_Rows = tuple[tuple[str, Whole | Parts | Members], ...]

_ROWS: Mapping[type, _Rows] = {
    owner: tuple((name, row) for name, row in rows.items() if not isinstance(row, Waived))
    for owner, rows in FIELDS.items()
}


def compared_fields(owner: type) -> _Rows:
    """The fields of a class that take part in comparisons, with how."""
    return _ROWS[owner]


def _kind_of(refers: str, owner: Any) -> str:
    if refers != "measure":
        return refers
    return "score" if owner.score else "criterion"


def references(value: Any) -> Iterator[Name]:
    """Kind and id of everything that a value names."""
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, tuple):
            waiting.extend(current)
            continue
        if type(current) not in FIELDS:
            continue
        for name, row in _ROWS[type(current)]:
            found = getattr(current, name)
            refers = None if isinstance(row, Parts) else row.refers
            if refers is None:
                waiting.append(found)
            elif isinstance(found, tuple):
                kind = _kind_of(refers, current)
                yield from ((kind, one) for one in found)
            elif found is not None:
                yield _kind_of(refers, current), found


def plain(value: Any, names: Mapping[Name, str] | None = None) -> Any:
    """A value with other names for what it refers to, and without order that has no meaning."""
    if isinstance(value, tuple):
        return tuple(plain(one, names) for one in value)
    if type(value) not in FIELDS:
        return value
    changed: dict[str, Any] = {}
    for name, row in _ROWS[type(value)]:
        found = getattr(value, name)
        if found is None or found == ():
            continue
        refers = None if isinstance(row, Parts) else row.refers
        if refers is not None:
            made = _renamed(found, _kind_of(refers, value), names)
        else:
            made = plain(found, names)
        if isinstance(made, tuple) and len(made) > 1 and not _ordered(row, value):
            made = tuple(sorted(made, key=repr))
        if made is not found:
            changed[name] = made
    return evolve(value, **changed) if changed else value


def _ordered(row: Whole | Parts | Members, owner: Any) -> bool:
    match row:
        case Members():
            return row.ordered(owner)
        case Whole():
            return row.ordered
        case _:
            return True


def _renamed(found: Any, kind: str, names: Mapping[Name, str] | None) -> Any:
    if names is None:
        return found
    if isinstance(found, tuple):
        return tuple(names.get((kind, one), one) for one in found)
    return names.get((kind, found), found)


def things_of(pathway: Pathway) -> Mapping[Name, Thing]:
    """Every thing of a pathway by its name."""
    found: dict[Name, Thing] = {HEAD: Thing(HEAD, pathway)}
    for node in pathway.nodes:
        _put(found, "node", node.id, node.gap if isinstance(node, GapNode) else node)
    for during in pathway.durings:
        _put(found, "during", ", ".join(sorted(during.nodes)), during)
    for case in pathway.cases:
        _put(found, "case", case.label, case)
    for rule in pathway.impossible:
        _put(found, "impossible", condition_as_written(plain(rule.when)), rule)
    _follow(found, pathway.library, list(found.values()))
    used = {name[1] for name in found if name[0] == "criterion"}
    for rule in pathway.library.impossible:
        asked = {ref for ref in _opened(rule.when, pathway.library) if ref[0] == "criterion"}
        if asked and all(name in used for _, name in asked):
            before = len(found)
            _put(found, "impossible", condition_as_written(plain(rule.when)), rule)
            _follow(found, pathway.library, list(found.values())[before:])
    return found


def _put(found: dict[Name, Thing], kind: str, name: str, value: Any) -> None:
    """Puts a thing among the others, under a name of its own."""
    key, number = (kind, name), 1
    while key in found:
        number += 1
        key = (kind, f"{name} #{number}")
    found[key] = Thing(key, value)


def _tables(library: Library) -> Mapping[str, Mapping[str, Any]]:
    return {
        "criterion": library.criterion,
        "condition": library.condition,
        "score": library.score,
        "drug": library.drug,
        "regimen": library.regimen,
        "evidence": library.study,
        "scheme": library.scheme,
        "node": library.gap,
    }


def _follow(found: dict[Name, Thing], library: Library, things: Iterable[Thing]) -> None:
    """Adds all that some things use of the library."""
    tables = _tables(library)
    waiting = list(things)
    while waiting:
        for name in references(waiting.pop().value):
            if name in found:
                continue
            value = tables.get(name[0], {}).get(name[1])
            if value is not None:
                found[name] = Thing(name, value)
                waiting.append(found[name])


def _opened(value: Any, library: Library) -> Iterator[Name]:
    tables = _tables(library)
    seen: set[Name] = set()
    waiting = [*references(value)]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        yield name
        if name[0] in {"condition", "score"}:
            held = tables[name[0]].get(name[1])
            if held is not None:
                waiting.extend(references(held))


@frozen
class Web:
    """Which thing names which."""

    named_by: Mapping[Name, tuple[Name, ...]]
    names: Mapping[Name, tuple[Name, ...]]

    def uses(self, name: Name) -> int:
        """In how many places of the pathway itself a definition is used, also through others."""
        seen = {name}
        waiting = [name]
        places = 0
        while waiting:
            for user in self.named_by.get(waiting.pop(), ()):
                if user not in seen:
                    seen.add(user)
                    if user[0] in LIBRARY_KINDS:
                        waiting.append(user)
                    else:
                        places += 1
        return places


def web_of(things: Mapping[Name, Thing]) -> Web:
    """Which thing names which."""
    names: dict[Name, tuple[Name, ...]] = {}
    named_by: defaultdict[Name, list[Name]] = defaultdict(list)
    for name, thing in things.items():
        found = tuple(sorted(set(references(thing.value))))
        names[name] = found
        for one in found:
            named_by[one].append(name)
    return Web({name: tuple(sorted(users)) for name, users in named_by.items()}, names)
