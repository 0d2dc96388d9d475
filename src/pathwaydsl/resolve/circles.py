"""Conditions and scores that are defined by themselves, in one step or around a circle."""

from collections.abc import Iterable, Mapping

from attrs import evolve

from pathwaydsl.model.criteria import Condition, Points, Score
from pathwaydsl.model.expressions import Compares, Expression, Meets, Within, tests_of
from pathwaydsl.resolve.expressions import NOTHING
from pathwaydsl.resolve.scope import Definition, Scope
from pathwaydsl.text.finding import Label


def break_circles(definitions: Iterable[Definition], scopes: Mapping[str, Scope]) -> None:
    """Report every circle once, and leave the meaning of its first definition empty."""
    known = {id(own): own for own in definitions}
    ways = {key: _leads_to(own, scopes) for key, own in known.items()}
    done: set[int] = set()
    for start in known:
        if start in done:
            continue
        trail = [start]
        on_trail = {start: 0}
        waiting = [iter(ways[start])]
        while waiting:
            way = next(waiting[-1], None)
            if way is None:
                waiting.pop()
                left = trail.pop()
                del on_trail[left]
                done.add(left)
            elif way in on_trail:
                _report([known[key] for key in trail[on_trail[way] :]], scopes)
            elif way not in done and way in ways:
                on_trail[way] = len(trail)
                trail.append(way)
                waiting.append(iter(ways[way]))


def _expressions(own: Definition) -> list[Expression]:
    if isinstance(own.value, Condition):
        return [own.value.means]
    return [part.when for part in own.value.parts] if isinstance(own.value, Score) else []


def _leads_to(own: Definition, scopes: Mapping[str, Scope]) -> list[int]:
    scope = scopes[own.file.source.name]
    found = []
    for expression in _expressions(own):
        for test in tests_of(expression):
            target = None
            if isinstance(test, Meets):
                target = scope.peek("condition", test.condition)
            elif isinstance(test, Compares | Within) and test.score:
                target = scope.peek("score", test.subject)
            if target is not None:
                found.append(id(target))
    return list(dict.fromkeys(found))


def _report(circle: list[Definition], scopes: Mapping[str, Scope]) -> None:
    first = min(circle, key=lambda own: own.span)
    index = circle.index(first)
    around = [*circle[index:], *circle[:index]]
    names = [f"`{own.name}`" for own in (*around, first)]
    scope = scopes[first.file.source.name]
    scope.report(
        "PW215",
        f"{names[0]} is defined by itself"
        + (f": {' needs '.join(names)}" if len(around) > 1 else ""),
        first.name,
        "Say one of them in criteria.",
        [Label(own.span, "in the circle") for own in around[1:]],
    )
    if isinstance(first.value, Condition):
        first.value = evolve(first.value, means=NOTHING)
    elif isinstance(first.value, Score):
        parts = tuple(Points(p.points, NOTHING, span=p.span) for p in first.value.parts)
        first.value = evolve(first.value, parts=parts)
