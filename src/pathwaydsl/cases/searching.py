"""A way to a place in a pathway, and the plainest patient who takes it.

The search goes from the start, the nearest first, with the exact set of patients on each way. It is
bounded; not finding a way proves nothing.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from heapq import heappop, heappush
from typing import Literal

from attrs import frozen

from pathwaydsl.logic.boxes import patient_of
from pathwaydsl.logic.diagrams import EVERYBODY, NOBODY
from pathwaydsl.logic.reachability import Arrivals
from pathwaydsl.model.cases import Case, Chosen, Given
from pathwaydsl.model.graph import all_exits
from pathwaydsl.model.nodes import (
    RESUME,
    Act,
    Assess,
    Assignment,
    Branch,
    Choose,
    Decide,
    GapNode,
    Node,
    Option,
    Together,
    Treat,
)

MOST_PLACES = 600
"""How many places a search looks at for one goal."""

Values = dict[str, Assignment]
"""Values by criterion."""

Pending = tuple[tuple[tuple[str, ...], str], ...]
"""Strands that are still to be done, and where they meet; the innermost last."""


@frozen
class Event:
    """What happens to a patient on a way.

    Attributes:
        kind: `measured`, `happened`, `chosen`, or `changed` by the pathway itself.
        node: At which box.
        levels: The questions whose answers may have changed.
        before: The patients before it.
        names: The criteria that got a value, for the first two kinds.
        option: The option taken, for the third.
    """

    kind: Literal["measured", "happened", "chosen", "changed"]
    node: str
    levels: frozenset[int]
    before: int
    names: tuple[str, ...] = ()
    option: str | None = None


@frozen
class Trail:
    """What happened on a way so far, the last first."""

    event: Event
    earlier: "Trail | None"


@frozen
class Place:
    """Patients who have come to a box by one way."""

    node: str
    patients: int
    trail: Trail | None = None
    pending: Pending = ()


@frozen
class Goal:
    """What a way is looked for to.

    Attributes:
        node: The box.
        line: The line or the option by which it is left, or None.
        happening: Whether the line is one of a `during`, or the patients are those of whom
            something is found out there by one.
        within: The patients that count, or None for all.
    """

    node: str
    line: Branch | Option | None = None
    happening: bool = False
    within: int | None = None


class Search:
    """Looks for ways through one pathway."""

    def __init__(self, arrivals: Arrivals) -> None:
        self.arrivals = arrivals
        self.pathway = arrivals.pathway

    def cases(self, goal: Goal) -> Iterator[Case]:
        """Patients who come to a goal, those of the shortest way first; each to be walked."""
        distance = self._distances(goal.node)
        start = self.pathway.start or ""
        waiting: list[tuple[int, int, int, Place]] = []
        seen: dict[tuple[str, Pending], int] = {}
        number = 0
        if start in distance:
            heappush(waiting, (distance[start], 0, 0, Place(start, self.arrivals.start)))
        diagrams = self.arrivals.diagrams
        while waiting and number < MOST_PLACES:
            _, _, depth, place = heappop(waiting)
            key = (place.node, place.pending)
            if not diagrams.without(place.patients, seen.get(key, NOBODY)):
                continue
            seen[key] = diagrams.either(seen.get(key, NOBODY), place.patients)
            if place.node == goal.node:
                yield from self._arrived(place, goal)
            for after in self._after(place):
                if after.patients and after.node in distance:
                    number += 1
                    heappush(waiting, (depth + 1 + distance[after.node], number, depth + 1, after))

    def _distances(self, goal: str) -> Mapping[str, int]:
        """How many boxes lie between each box and a goal, at least."""
        found = {goal: 0}
        waiting = [goal]
        for target in waiting:
            for source in self._before.get(target, ()):
                if source not in found:
                    found[source] = found[target] + 1
                    waiting.append(source)
        return found

    @cached_property
    def _before(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for source, ways in all_exits(self.pathway).items():
            for way in ways:
                found.setdefault(way.target, []).append(source)
        for during in self.pathway.durings:
            for box in during.nodes:
                found.setdefault(box, []).append(RESUME)
        for node in self.pathway.nodes:
            if isinstance(node, Together) and node.then is not None:
                for strand in node.strands:
                    # Who has done one strand goes on with the next.
                    found.setdefault(strand, []).append(node.then)
        return found

    # One step

    def _after(self, place: Place) -> Iterator[Place]:
        node = self.pathway.node[place.node]
        match node:
            case Decide():
                lines = self.arrivals.answered(node, place.patients).lines
                for branch, taking in zip(node.branches, lines, strict=True):
                    yield from self._to(branch.target, taking, place.trail, place.pending)
            case Choose():
                opened = self.arrivals.open_options(node, place.patients)
                for option, taking in zip(node.options, opened, strict=True):
                    trail = self._chosen(place, option.target)
                    yield from self._to(option.target, taking, trail, place.pending)
            case Assess() | Treat() | Act():
                stayed = self._stayed(place, node)
                for branch in self._lines(node):
                    left = self._left(stayed, node, branch)
                    yield from self._to(branch.target, left.patients, left.trail, left.pending)
                if node.then is not None:
                    gone = self._gone_on(stayed, node)
                    yield from self._to(node.then, gone.patients, gone.trail, gone.pending)
            case Together() if node.then is not None and node.strands:
                pending = (*place.pending, (node.strands[1:], node.then))
                yield from self._to(node.strands[0], place.patients, place.trail, pending)
            case GapNode() if node.then is not None:
                yield from self._to(node.then, place.patients, place.trail, place.pending)
            case _:
                return

    def _to(
        self, target: str, patients: int, trail: Trail | None, pending: Pending
    ) -> Iterator[Place]:
        """Where patients who go to a target come to."""
        arrivals, diagrams = self.arrivals, self.arrivals.diagrams
        if not patients:
            return
        if target == RESUME:
            for i, box in enumerate(arrivals.places, 1):
                there = diagrams.both(patients, diagrams.answers(0, 1 << i))
                if there:
                    event = Event("changed", box, frozenset({0}), there)
                    back = diagrams.forget(there, frozenset({0}))
                    back = diagrams.both(back, diagrams.answers(0, 1))
                    yield Place(box, back, Trail(event, trail), pending)
            return
        while pending and pending[-1][1] == target:
            strands, _ = pending[-1]
            pending = pending[:-1]
            if strands:
                pending = (*pending, (strands[1:], target))
                target = strands[0]
                break
        if target in self.pathway.node:
            yield Place(target, patients, trail, pending)

    def _chosen(self, place: Place, option: str) -> Trail:
        event = Event("chosen", place.node, frozenset(), place.patients, option=option)
        return Trail(event, place.trail)

    def _stayed(self, place: Place, node: Node) -> Place:
        """After what happens in a box at once."""
        patients = self.arrivals.staying_at(node, place.patients)
        trail = place.trail
        if isinstance(node, Assess):
            trail = self._found_out("measured", place, node.measures)
        elif patients != place.patients:
            levels = frozenset(self.arrivals.patients.had.values())
            trail = Trail(Event("changed", node.id, levels, place.patients), trail)
        return Place(node.id, patients, trail, place.pending)

    def _found_out(
        self, kind: Literal["measured", "happened"], place: Place, names: Sequence[str]
    ) -> Trail:
        known = tuple(name for name in names if name in self.arrivals.patients.head)
        levels = frozenset[int]().union(*(self.arrivals.patients.levels_of[name] for name in known))
        event = Event(kind, place.node, levels, place.patients, known)
        return Trail(event, place.trail)

    def _lines(self, node: Node) -> Iterator[Branch]:
        for during in self.arrivals.durings(node.id):
            yield from during.branches

    def happened(self, stayed: Place, node: Node) -> Place:
        """After what a `during` asks for has been found out anew."""
        asked = self.arrivals.asked(line.when for line in self._lines(node))
        patients = self.arrivals.measured(stayed.patients, asked)
        return Place(node.id, patients, self._found_out("happened", stayed, asked), stayed.pending)

    def _left(self, stayed: Place, node: Node, branch: Branch) -> Place:
        """Those who leave by a line of a `during`."""
        there = self.happened(stayed, node)
        diagrams = self.arrivals.diagrams
        rest = there.patients
        for line in self._lines(node):
            if line.when is None:
                continue
            true = self.arrivals.patients.truth(line.when).true
            if line is branch:
                rest = diagrams.both(rest, true)
                break
            rest = diagrams.without(rest, true)
        trail = there.trail
        if self.arrivals.places:
            trail = Trail(Event("changed", node.id, frozenset({0}), rest), trail)
            place = 1 << (self.arrivals.places.index(node.id) + 1)
            rest = diagrams.both(diagrams.forget(rest, frozenset({0})), diagrams.answers(0, place))
        return self._set(Place(node.id, rest, trail, there.pending), node)

    def _gone_on(self, stayed: Place, node: Node) -> Place:
        """Those who go on by `then` with the values they have, since no line is true of them."""
        patients = stayed.patients
        for line in self._lines(node):
            if line.when is not None:
                true = self.arrivals.patients.truth(line.when).true
                patients = self.arrivals.diagrams.without(patients, true)
        return self._set(Place(node.id, patients, stayed.trail, stayed.pending), node)

    def _set(self, place: Place, node: Node) -> Place:
        sets = node.sets if isinstance(node, Treat | Act) else ()
        if not sets:
            return place
        patients = self.arrivals.patients
        levels = frozenset[int]().union(
            *(patients.levels_of.get(value.criterion, frozenset()) for value in sets)
        )
        after = self.arrivals.after_sets(place.patients, sets)
        event = Event("changed", node.id, levels, place.patients)
        return Place(node.id, after, Trail(event, place.trail), place.pending)

    # At the goal

    def _arrived(self, place: Place, goal: Goal) -> Iterator[Case]:
        diagrams = self.arrivals.diagrams
        node = self.pathway.node[place.node]
        if goal.happening:
            place = self.happened(self._stayed(place, node), node)
        patients, trail = place.patients, place.trail
        if goal.within is not None:
            patients = diagrams.both(patients, goal.within)
        if goal.line is not None:
            if isinstance(node, Choose) and isinstance(goal.line, Option):
                opened = self.arrivals.open_options(node, patients)
                patients = opened[node.options.index(goal.line)]
                trail = self._chosen(place, goal.line.target)
            elif goal.happening:
                patients = self._by_line(patients, node, goal.line)
            elif isinstance(node, Decide) and isinstance(goal.line, Branch):
                lines = self.arrivals.answered(node, patients).lines
                patients = lines[node.branches.index(goal.line)]
        if patients:
            start, events = self._happened(patients, trail)
            yield _written(start, events, late=False)
            yield _written(start, events, late=True)

    def _by_line(self, patients: int, node: Node, line: Branch | Option) -> int:
        diagrams = self.arrivals.diagrams
        for each in self._lines(node):
            if each.when is not None:
                true = self.arrivals.patients.truth(each.when).true
                if each == line:
                    return diagrams.both(patients, true)
                patients = diagrams.without(patients, true)
        return NOBODY

    def _happened(
        self, patients: int, trail: Trail | None
    ) -> tuple[Values, list[tuple[Event, Values]]]:
        """The plainest of some patients at the start, and what happened to them on the way."""
        diagrams = self.arrivals.diagrams
        preferences = [question.plainest for question in self.arrivals.patients.questions]
        chosen = diagrams.pick(patients, preferences) or []
        events: list[tuple[Event, Values]] = []
        while trail is not None:
            event = trail.event
            events.append((event, self._values(chosen, event.names)))
            kept = {
                level: 1 << answer
                for level, answer in enumerate(chosen)
                if level not in event.levels
            }
            same = diagrams.both(event.before, diagrams.box(kept) if kept else EVERYBODY)
            chosen = diagrams.pick(same, preferences) or chosen
            trail = trail.earlier
        events.reverse()
        start = self._values(chosen, tuple(self.arrivals.patients.head))
        return start, events

    def _values(self, chosen: Sequence[int], names: Sequence[str]) -> Values:
        patient = patient_of(self.arrivals.patients, chosen)
        return {v.criterion: v for v in patient.values if v.criterion in names}


def _written(start: Values, events: Sequence[tuple[Event, Values]], *, late: bool) -> Case:
    """A case in which values stand at the start unless they are those of a later measurement.

    Args:
        start: The values at the start.
        events: What happens, in order, with the values found out.
        late: Whether only what is measured first stands at the start; what is known too early may
            turn the patient off the way.
    """
    given = dict(start)
    visits = Counter(event.node for event, _ in events if event.kind == "measured")
    found: set[str] = set()
    steps: list[Given | Chosen] = []
    first = True
    for event, values in events:
        if event.kind == "chosen":
            steps.append(Chosen(event.node, event.option or ""))
        elif event.kind == "happened":
            steps.append(Given(tuple(values.values()), during=event.node))
        elif event.kind == "measured":
            later: Values = {}
            for name, value in values.items():
                again = visits[event.node] > 1 or name in found or (late and not first)
                if again or given.get(name, value) != value:
                    later[name] = value
                else:
                    given[name] = value
                found.add(name)
            first = False
            if later:
                steps.append(Given(tuple(later.values()), at=event.node))
    return Case("", (Given(tuple(given.values())), *steps))
