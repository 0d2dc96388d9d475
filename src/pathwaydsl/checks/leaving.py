"""Loops that some patients never leave: whatever they answer, no way leads them to an end.

Worked backwards from the ends: who can leave a box is who has a way on to a box from which they
can leave. An `assess` may bring any possible value, a `during` any value of what it tests, so only
what stays as it is keeps a patient in.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from pathwaydsl.checks.review import place_of, quoted
from pathwaydsl.checks.visit import Visit
from pathwaydsl.checks.ways import circles_of, ends_here, reach
from pathwaydsl.logic.diagrams import EVERYBODY, NOBODY
from pathwaydsl.logic.reachability import Arrivals
from pathwaydsl.model.expressions import Expression
from pathwaydsl.model.graph import exits
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
from pathwaydsl.text.finding import Finding, Label
from pathwaydsl.text.rules import finding
from pathwaydsl.text.suggestion import listed

SHOWN = 5
"""How many boxes of a loop a message names."""


class Leaving:
    """Who of those who arrive at each box can still come to an end.

    Of a `together` only this is asked: whether anybody can go on after it. So what is said of the
    boxes outside its strands never accuses wrongly, and may miss a loop that leads through one.

    Args:
        visit: The pathway with its arrivals.
        inside: The boxes that may lie on a way round; from all others everybody leaves.
    """

    def __init__(self, visit: Visit, inside: frozenset[str]) -> None:
        self.arrivals: Arrivals = visit.arrivals
        self.pathway = visit.pathway
        self.ways = visit.review.ways(visit.pathway)
        self.inside = inside
        at = self.arrivals.at
        self.can = {name: NOBODY if name in inside else at.get(name, NOBODY) for name in at}
        self._follow()

    def staying_for_ever(self, name: str) -> int:
        """Those who arrive at a box and never come to an end."""
        arriving = self.arrivals.at.get(name, NOBODY)
        return self.arrivals.diagrams.without(arriving, self.can.get(name, NOBODY))

    def _follow(self) -> None:
        diagrams = self.arrivals.diagrams
        waiting = sorted(self.inside & self.can.keys(), key=self.ways.order.__getitem__)
        queued = set(waiting)
        while waiting:
            name = waiting.pop()
            queued.discard(name)
            found = diagrams.both(self.arrivals.at[name], self._leaving(self.pathway.node[name]))
            if not diagrams.without(found, self.can[name]):
                continue
            self.can[name] = diagrams.either(self.can[name], found)
            for before in self._before(name):
                if before in self.inside and before in self.can and before not in queued:
                    queued.add(before)
                    waiting.append(before)

    def _before(self, name: str) -> Iterable[str]:
        return (*self.ways.before[name], *(self._resuming if name in self._places else ()))

    # Ways on

    @cached_property
    def _places(self) -> tuple[str, ...]:
        first = self.arrivals.patients.questions[:1]
        if not first or first[0].part != "left":
            return ()
        return tuple(answer.value or "" for answer in first[0].answers[1:])

    @cached_property
    def _resuming(self) -> frozenset[str]:
        """Boxes from which patients may resume, and where they did not begin anew."""
        before: dict[str, list[str]] = {}
        for node in self.pathway.nodes:
            for way in exits(node):
                before.setdefault(way.target, []).append(node.id)
        return reach([RESUME], lambda name: before.get(name, ())) if self._places else frozenset()

    @cached_property
    def _strands(self) -> dict[str, frozenset[str]]:
        """For each box inside a `together`, where its strand is done."""
        found: dict[str, frozenset[str]] = {}
        for node in self.pathway.nodes:
            if isinstance(node, Together) and node.then is not None:
                done = node.then
                boxes = reach(
                    [name for name in node.strands if name in self.pathway.node and name != done],
                    lambda name, done=done: [t for t in self.ways.after[name] if t != done],  # type: ignore[misc]
                )
                for box in boxes:
                    found[box] = found.get(box, frozenset()) | {done}
        return found

    def _to(self, source: str, target: str, *, left: int | None = None) -> int:
        """Who, going from one box to another, comes to an end from there."""
        diagrams = self.arrivals.diagrams
        if target in self._strands.get(source, ()):
            return EVERYBODY
        if target == RESUME:
            found = [
                diagrams.both(self._unmarked(place), diagrams.answers(0, 1 << i))
                for i, place in enumerate(self._places, 1)
                if left is None or left == i
            ]
            return diagrams.any_of(found)
        if target not in self.pathway.node:
            return EVERYBODY
        if not self._places:
            return self.can.get(target, NOBODY)
        if target not in self._resuming:
            return self._unmarked(target)
        if left is None:
            return self.can.get(target, NOBODY)
        marked = diagrams.both(self.can.get(target, NOBODY), diagrams.answers(0, 1 << left))
        return diagrams.forget(marked, frozenset({0}))

    def _unmarked(self, place: str) -> int:
        """Who leaves from a box, coming with nothing to resume."""
        diagrams = self.arrivals.diagrams
        there = diagrams.both(self.can.get(place, NOBODY), diagrams.answers(0, 1))
        return diagrams.forget(there, frozenset({0}))

    def _leaving(self, node: Node) -> int:
        arrivals, diagrams = self.arrivals, self.arrivals.diagrams
        if ends_here(node):
            return EVERYBODY
        match node:
            case Decide():
                answered = arrivals.answered(node, arrivals.at[node.id])
                lines = (
                    diagrams.both(taking, self._to(node.id, branch.target))
                    for branch, taking in zip(node.branches, answered.lines, strict=True)
                )
                found = diagrams.either(answered.uncovered, diagrams.any_of(lines))
                return self._before_answers(found, (branch.when for branch in node.branches))
            case Choose():
                choosing = arrivals.choosing(node, arrivals.at[node.id])
                open_to = arrivals.open_options(node, arrivals.at[node.id])
                lines = (
                    diagrams.both(some, self._to(node.id, option.target))
                    for option, some in zip(node.options, open_to, strict=True)
                )
                closed = diagrams.without(choosing, diagrams.any_of(open_to))
                found = diagrams.either(closed, diagrams.any_of(lines))
                return self._before_answers(found, (option.when for option in node.options))
            case Assess() | Treat() | Act():
                return self._stay(node)
            case Together() if node.then is not None:
                return EVERYBODY if self._to(node.id, node.then) else NOBODY
            case GapNode() if node.then is not None:
                return self._to(node.id, node.then)
            case _:
                return EVERYBODY

    def _before_answers(self, patients: int, asked: Iterable[Expression | None]) -> int:
        """The patients, and those whom nobody asked yet who may become one of them."""
        diagrams, known = self.arrivals.diagrams, self.arrivals.patients
        for name in self.arrivals.asked(asked):
            told = diagrams.both(patients, known.possible_values(name))
            anyhow = diagrams.forget(told, known.levels_of[name])
            patients = diagrams.either(patients, diagrams.both(known.unasked([name]), anyhow))
        return patients

    def _stay(self, node: Assess | Treat | Act) -> int:
        arrivals, diagrams = self.arrivals, self.arrivals.diagrams
        sets: tuple[Assignment, ...] = () if isinstance(node, Assess) else node.sets
        lines = [line for during in arrivals.durings(node.id) for line in during.branches]
        place = self._places.index(node.id) + 1 if node.id in self._places else None
        rest, found = EVERYBODY, NOBODY
        for line in lines:
            if line.when is not None:
                true = diagrams.both(rest, arrivals.patients.truth(line.when).true)
                onwards = self._before_sets(self._to(node.id, line.target, left=place), sets)
                found = diagrams.either(found, diagrams.both(true, onwards))
                rest = diagrams.without(rest, true)
        onwards = EVERYBODY if node.then is None else self._to(node.id, node.then)
        onwards = self._before_sets(onwards, sets)
        found = diagrams.either(found, diagrams.both(rest, onwards))
        asked = arrivals.asked(line.when for line in lines)
        found = self._before_measuring(found, asked)
        match node:
            case Assess():
                return self._before_measuring(found, node.measures)
            case Treat():
                return self._before_treatment(node, found)
            case _:
                return found

    # Whom a box leaves without any possible value is a finding of its own.

    def _before_measuring(self, patients: int, names: Sequence[str]) -> int:
        going_on = before_measuring(self.arrivals, EVERYBODY, names)
        found = before_measuring(self.arrivals, patients, names)
        return self.arrivals.diagrams.either(found, self.arrivals.diagrams.others(going_on))

    def _before_sets(self, patients: int, sets: Sequence[Assignment]) -> int:
        going_on = before_sets(self.arrivals, EVERYBODY, sets)
        found = before_sets(self.arrivals, patients, sets)
        return self.arrivals.diagrams.either(found, self.arrivals.diagrams.others(going_on))

    def _before_treatment(self, node: Treat, patients: int) -> int:
        diagrams = self.arrivals.diagrams
        regimen = self.arrivals.library.regimen.get(node.regimen or "")
        drugs = regimen.drugs if regimen is not None else ()
        for (had_regimen, had_drug), level in self.arrivals.patients.had.items():
            if (had_regimen is not None and had_regimen == node.regimen) or had_drug in drugs:
                there = diagrams.both(patients, diagrams.answers(level, 2))
                patients = diagrams.forget(there, frozenset({level}))
        return patients


def before_measuring(arrivals: Arrivals, patients: int, names: Sequence[str]) -> int:
    """Those who may become one of the patients when these criteria are measured."""
    known = [name for name in names if name in arrivals.patients.head]
    if not known:
        return patients
    diagrams = arrivals.diagrams
    found = diagrams.without(patients, arrivals.impossible)
    for name in known:
        found = diagrams.both(found, arrivals.patients.possible_values(name))
    levels = frozenset[int]().union(*(arrivals.patients.levels_of[name] for name in known))
    return diagrams.forget(found, levels)


def before_sets(arrivals: Arrivals, patients: int, sets: Sequence[Assignment]) -> int:
    """Those who become one of the patients by `sets`."""
    if not sets:
        return patients
    diagrams = arrivals.diagrams
    found = diagrams.without(patients, arrivals.impossible)
    for assignment in reversed(sets):
        levels = arrivals.patients.levels_of.get(assignment.criterion)
        if levels is not None:
            there = diagrams.both(found, arrivals.patients.value(assignment))
            found = diagrams.forget(there, levels)
    return found


def loops_never_left(visit: Visit) -> Iterator[Finding]:
    """From every loop some way of answering leads each patient to an end."""
    ways = visit.review.ways(visit.pathway)
    if ways.hopeless or ways.timeless_loops:
        return  # findings of their own
    inside = _may_go_round(visit)
    if not inside:
        return
    leaving = Leaving(visit, inside)
    lost = {name: some for name in inside if (some := leaving.staying_for_ever(name))}
    after = {name: [target for target in ways.after[name] if target in lost] for name in lost}
    for circle in circles_of(sorted(lost, key=ways.order.__getitem__), after.__getitem__):
        members = set(circle)
        round_ = len(circle) > 1 or circle[0] in after[circle[0]]
        onwards = any(target not in members for box in circle for target in after[box])
        if round_ and not onwards:
            boxes = sorted(circle, key=ways.order.__getitem__)
            yield _never_left(visit, boxes, lost)


def _may_go_round(visit: Visit) -> frozenset[str]:
    """Boxes on a way round, and those from which one is reached."""
    ways = visit.review.ways(visit.pathway)
    after = {name: list(ways.after[name]) for name in ways.order}
    for name in ways.order:
        if any(way.target == RESUME for way in ways.exits[name]):
            after[name] += [box for during in visit.pathway.durings for box in during.nodes]
    known = {name: [t for t in targets if t in ways.order] for name, targets in after.items()}
    before: dict[str, list[str]] = {name: [] for name in ways.order}
    for name, targets in known.items():
        for target in targets:
            before[target].append(name)
    circles = circles_of(list(ways.order), known.__getitem__)
    on_a_round = [
        name for circle in circles for name in circle if len(circle) > 1 or name in known[name]
    ]
    return reach(on_a_round, before.__getitem__) & visit.arrivals.at.keys()


def _never_left(visit: Visit, boxes: Sequence[str], lost: dict[str, int]) -> Finding:
    pathway = visit.pathway
    nodes = [pathway.node[name] for name in boxes]
    asking = next((node for node in nodes if isinstance(node, Decide | Choose)), nodes[0])
    lines = [line for node in nodes for line in _lines(node)]
    asked = visit.asked(line.when for line in lines)
    some = lost[asking.id]
    who = visit.who(some, visit.arrivals.at[asking.id], asked)
    witness, patient = visit.witness(some, asked)
    labels = [quoted(node.label) for node in nodes[:SHOWN]]
    if len(nodes) > SHOWN:
        labels.append(f"{len(nodes) - SHOWN} more")
    return finding(
        "PW333",
        f"Some patients never leave the way round through {listed(labels, 'and')}: {who}{witness}",
        place_of(asking.span, pathway),
        labels=[
            Label(node.span, "on the same way round")
            for node in nodes[:SHOWN]
            if node is not asking and node.span
        ],
        help=f"{visit.case(patient, asking, 'expect BOX  # where the way round ends for them')}\n"
        "Add a line that lets them out, or measure again on the way round what keeps them in",
    )


def _lines(node: Node) -> tuple[Branch, ...] | tuple[Option, ...]:
    match node:
        case Decide():
            return node.branches
        case Choose():
            return node.options
        case _:
            return ()
