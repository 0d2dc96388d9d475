"""What `otherwise` and `unknown` newly take, and which decisions are only rewritten.

Of these lines only patients who come to the decision in both versions are told; who newly comes to
it is another difference. A decision is rewritten where everyone who comes to it in either version
would go on to the same in both.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Literal

from attrs import frozen

from pathwaydsl.logic.diagrams import NOBODY
from pathwaydsl.logic.reachability import Arrivals
from pathwaydsl.model.expressions import Expression
from pathwaydsl.model.nodes import Branch, Choose, Decide, Option
from pathwaydsl.versions.names import SameNames
from pathwaydsl.versions.patients import Both

Words = Callable[[int, int], tuple[Expression | None, str, bool]]

ROLES: tuple[Literal["otherwise", "unknown"], ...] = ("otherwise", "unknown")


@frozen
class LineShift:
    """Patients whom the `otherwise` or `unknown` line of a decision newly takes, or no longer.

    Attributes:
        old_box, new_box: The decision.
        role: The line.
        kind: Whether the line gained or lost them.
        condition, words, more: Who they are among those who come to the decision in both versions.
    """

    old_box: str
    new_box: str
    role: Literal["otherwise", "unknown"]
    kind: Literal["gained", "lost"]
    condition: Expression | None
    words: str
    more: bool


def line_shifts(both: Both, names: SameNames, words: Words) -> tuple[LineShift, ...]:
    """Whom these lines gained and lost, in the order of the new version."""
    found: list[LineShift] = []
    for node in both.new.pathway.nodes:
        before = both.old.pathway.node.get(names.old_box.get(node.id, ""))
        if not isinstance(node, Decide) or not isinstance(before, Decide):
            continue
        arriving = both.diagrams.both(
            both.as_people(both.old.at.get(before.id, NOBODY)),
            both.as_people(both.new.at.get(node.id, NOBODY)),
        )
        if not arriving:
            continue
        for role in ROLES:
            was = both.as_people(_taken(both.old, before, role))
            now = both.as_people(_taken(both.new, node, role))
            shifts: tuple[tuple[Literal["gained", "lost"], int], ...] = (
                ("gained", both.diagrams.without(now, was)),
                ("lost", both.diagrams.without(was, now)),
            )
            for kind, some in shifts:
                moved = both.diagrams.both(some, arriving)
                if moved:
                    found.append(LineShift(before.id, node.id, role, kind, *words(moved, arriving)))
    return tuple(found)


def _taken(arrivals: Arrivals, node: Decide, role: str) -> int:
    answered = arrivals.answered(node, arrivals.at.get(node.id, NOBODY))
    return arrivals.diagrams.any_of(
        taking
        for branch, taking in zip(node.branches, answered.lines, strict=True)
        if branch.role == role
    )


def rewritten(both: Both, names: SameNames) -> frozenset[str]:
    """New ids of the decisions and choices that send everybody on as before."""
    found = set()
    for node in both.new.pathway.nodes:
        before = both.old.pathway.node.get(names.old_box.get(node.id, ""))
        if not isinstance(node, Decide | Choose) or type(before) is not type(node):
            continue
        arriving = both.diagrams.either(
            both.old.at.get(before.id, NOBODY), both.new.at.get(node.id, NOBODY)
        )
        if _sent_on(both.old, before, arriving, both, names.new_box) == _sent_on(
            both.new, node, arriving, both, {box: box for box in names.old_box}
        ):
            found.add(node.id)
    return frozenset(found)


def _sent_on(
    arrivals: Arrivals,
    node: Decide | Choose,
    some: int,
    both: Both,
    paired: Mapping[str, str],
) -> dict[tuple[str, frozenset[str]], int]:
    """Who goes on to what, with which gaps pinned; by the names of the new version."""
    lines: Iterable[tuple[Branch | Option, int]]
    found: dict[tuple[str, frozenset[str]], int] = {}
    if isinstance(node, Decide):
        answered = arrivals.answered(node, some)
        found["", frozenset()] = both.as_people(answered.uncovered)
        lines = zip(node.branches, answered.lines, strict=True)
    else:
        lines = zip(node.options, arrivals.open_options(node, some), strict=True)
    own = arrivals.pathway
    for line, taking in lines:
        target, *flags = (
            paired.get(name, name if name not in own.node else f"{own is both.old.pathway} {name}")
            for name in (line.target, *getattr(line, "flags", ()))
        )
        key = (target, frozenset(flags))
        found[key] = both.diagrams.either(found.get(key, NOBODY), both.as_people(taking))
    return {key: people for key, people in found.items() if people}
