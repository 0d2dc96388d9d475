"""Walking one patient through a pathway, step by step, as the reference says.

A walk reads the pathway and the case and nothing else. It always comes to a stop.
"""

from collections.abc import Iterable, Sequence
from types import MappingProxyType
from typing import assert_never

from attrs import define, field

from pathwaydsl.cases.evaluation import Patient
from pathwaydsl.cases.reasons import Reasons
from pathwaydsl.cases.turning import Turn, decided, offered
from pathwaydsl.cases.walk import Misfit, Step, Stop, StopKind, Walk
from pathwaydsl.checks.tested import criteria_of
from pathwaydsl.model.cases import Case, Chosen, Given
from pathwaydsl.model.graph import Exit
from pathwaydsl.model.nodes import (
    RESUME,
    Act,
    Assess,
    Assignment,
    Choose,
    Decide,
    End,
    Enter,
    GapNode,
    Node,
    Together,
    Treat,
)
from pathwaydsl.model.pathway import Pathway

MOST_VISITS = 1000
"""How many boxes a walk comes to before it is said to go round and round."""

MOST_STRANDS = 50
"""How deep strands may part within strands."""

SHOWN = 6
"""How many boxes of an endless way are named."""


def walk(pathway: Pathway, case: Case) -> Walk:
    """The way of the patient that a case describes.

    What stands in the case is expected to be about this pathway; a value that is given twice
    from the start counts as it is given first.
    """
    walker = _Walker(pathway, case)
    if pathway.start is not None and pathway.start in pathway.node:
        walker.admit()
        walker.go(pathway.start, None)
    return walker.walked()


@define
class _Walker:
    """A patient on the way."""

    pathway: Pathway
    case: Case
    values: dict[str, Assignment] = field(factory=dict)
    regimens: set[str] = field(factory=set)
    measured: set[str] = field(factory=set)
    changes: dict[str, int] = field(factory=dict)
    visits: dict[str, int] = field(factory=dict)
    happened: dict[str, int] = field(factory=dict)
    answered: dict[tuple[int, int, str], tuple[int, ...]] = field(factory=dict)
    left: list[str] = field(factory=list)
    depth: int = 0
    strands: int = 0
    seen: dict[object, int] = field(factory=dict)
    round: int = 0
    steps: list[Step] = field(factory=list)
    stops: list[Stop] = field(factory=list)
    flagged: dict[str, None] = field(factory=dict)
    misfits: list[Misfit] = field(factory=list)
    used: set[int] = field(factory=set)
    reasons: Reasons = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.reasons = Reasons(self.pathway)

    def walked(self) -> Walk:
        """Everything so far as a value."""
        return Walk(
            tuple(self.steps),
            tuple(self.stops),
            tuple(self.flagged),
            tuple(self.misfits),
            tuple(step for step in self.case.steps if id(step) not in self.used),
        )

    @property
    def patient(self) -> Patient:
        return Patient(self.values, self.pathway.library, frozenset(self.regimens))

    def admit(self) -> None:
        """Take the values from the start, and see whether the pathway is for this patient."""
        first = None
        for step in self.case.steps:
            if isinstance(step, Given) and step.at is None and step.during is None:
                first = first or step
                self.used.add(id(step))
                for assignment in step.assignments:
                    if assignment.criterion not in self.values:
                        self.take((assignment,), measured=False)
        eligible = self.pathway.eligible
        if eligible is not None:
            told = self.patient.truth(eligible)
            if told is False or told is None:
                why = self.reasons.outside(eligible, self.values, unknown=told is None)
                self.misfits.append(Misfit(why, first, eligible.span))
        self.possible(first)

    def take(self, assignments: Iterable[Assignment], *, measured: bool = True) -> None:
        for assignment in assignments:
            name = assignment.criterion
            self.values[name] = assignment
            self.changes[name] = self.changes.get(name, 0) + 1
            if measured:
                self.measured.add(name)

    def possible(self, given: Given | None) -> None:
        """Note a rule that says that no patient has these values."""
        patient = self.patient
        for rule in (*self.pathway.impossible, *self.pathway.library.impossible):
            if patient.truth(rule.when) is True:
                why = self.reasons.impossible(rule)
                if all(misfit.why != why for misfit in self.misfits):
                    self.misfits.append(Misfit(why, given, rule.span))

    def go(self, start: str, until: str | None) -> bool:
        """Walk on from a box; whether the patient arrived at `until`."""
        current, resumed = start, False
        while current != until:
            if current == RESUME:
                if not self.left:
                    self.stop(StopKind.NOTHING_TO_RESUME, self.steps[-1].node)
                    return False
                current, resumed = self.left.pop(), True
                continue
            target = self.visit(current, resumed=resumed)
            if target is None:
                return False
            current, resumed = target, False
        return True

    def stop(self, kind: StopKind, node_id: str, turn: Turn | None = None) -> None:
        node = self.pathway.node.get(node_id)
        turn = turn or Turn()
        why = turn.why or self.reasons.stopped(kind, node_id, self.visits.get(node_id, 1))
        if kind is StopKind.ENDLESS:
            first = min(self.round, len(self.steps) - SHOWN)
            last = dict.fromkeys(step.node for step in self.steps[max(first, 0) :])
            why += f": {self.reasons.boxes(list(last)[:SHOWN])}"
        span = turn.span or (node.span if node is not None else None)
        self.stops.append(Stop(kind, node_id, why, turn.missing, turn.options, span=span))

    def visit(self, node_id: str, *, resumed: bool) -> str | None:
        """Come to a box; where the patient goes on to, or None."""
        node = self.pathway.node.get(node_id)
        if node is None:
            self.stop(StopKind.UNWRITTEN, node_id)
            return None
        if self.goes_round(node_id, resumed=resumed) or len(self.steps) >= MOST_VISITS:
            self.stop(StopKind.ENDLESS, node_id)
            return None
        self.visits[node_id] = self.visits.get(node_id, 0) + 1
        self.flagged |= dict.fromkeys(node.recommendation.flags)
        if isinstance(node, Treat) and node.regimen is not None:
            self.regimens.add(node.regimen)
        given = self.find_out(node, resumed=resumed)
        if given is None:
            self.leave(node, None, "", ())
            self.stop(StopKind.NOTHING_GIVEN, node_id)
            return None
        happening = self.happen(node)
        given = (*given, *happening)
        way, why = self.interrupted(node)
        if way is not None:
            self.left.append(node_id)
            return self.leave(node, way, why, given)
        return self.go_on(node, given)

    def goes_round(self, node_id: str, *, resumed: bool) -> bool:
        """Whether the patient was here before and nothing at all has changed since."""
        now = (
            node_id,
            resumed,
            frozenset(self.values.items()),
            len(self.regimens),
            len(self.used),
            len(self.visits),
            len(self.measured),
            self.strands,
            tuple(self.left),
            tuple(self.answered.items()),
            tuple(self.changes.items()) if self.answered else (),
        )
        self.round = self.seen.setdefault(now, len(self.steps))
        return self.round < len(self.steps)

    def find_out(self, node: Node, *, resumed: bool) -> tuple[Assignment, ...] | None:
        """What is given for this visit; None where the case gives nothing more for it.

        Who comes back by `resume` arrives again: an `assess` measures anew, anything else goes on.
        """
        visit = self.visits[node.id]
        entries = [s for s in self.case.steps if isinstance(s, Given) and s.at == node.id]
        now = entries[visit - 1] if visit <= len(entries) else None
        again = isinstance(node, Assess) and node.measures and visit > 1
        if now is None and (again or (entries and not resumed)):
            return None
        found = now.assignments if now is not None else ()
        if isinstance(node, Assess):
            taken = {assignment.criterion for assignment in found}
            for name in node.measures:
                if name in self.measured and name not in taken:
                    self.values.pop(name, None)
                self.measured.add(name)
        self.take(found)
        if now is not None:
            self.used.add(id(now))
            self.possible(now)
        return found

    def happen(self, node: Node) -> tuple[Assignment, ...]:
        """What the case makes happen here."""
        entries = [s for s in self.case.steps if isinstance(s, Given) and s.during == node.id]
        number = self.happened.get(node.id, 0)
        if number >= len(entries):
            return ()
        now = entries[number]
        self.happened[node.id] = number + 1
        self.used.add(id(now))
        self.take(now.assignments)
        self.possible(now)
        return now.assignments

    def interrupted(self, node: Node) -> tuple[Exit | None, str]:
        """The line of a `during` that is true now.

        What was answered once is over: it takes a new value, or the same one found anew, for the
        line to be taken again.
        """
        patient = self.patient
        for number, during in enumerate(self.pathway.durings):
            if node.id not in during.nodes:
                continue
            for index, branch in enumerate(during.branches):
                if branch.when is None or patient.truth(branch.when) is not True:
                    continue
                asked = criteria_of(branch.when, self.pathway.library)
                stamp = tuple(self.changes.get(name, 0) for name in asked)
                key = (number, index, node.id)
                if self.answered.get(key) == stamp:
                    continue
                self.answered[key] = stamp
                why = self.reasons.branch(branch, self.values)
                return Exit(node.id, branch.target, "during", branch=branch), why
        return None, ""

    def leave(
        self, node: Node, way: Exit | None, why: str, given: Sequence[Assignment]
    ) -> str | None:
        """Note the visit, and what changes when the patient leaves."""
        if way is not None and isinstance(node, Treat | Act | Enter):
            self.take(node.sets)
        if way is not None and way.branch is not None:
            self.flagged |= dict.fromkeys(way.branch.flags)
        self.steps.append(
            Step(
                node.id,
                self.visits[node.id],
                way,
                why,
                tuple(given),
                values=MappingProxyType(dict(self.values)),
                regimens=frozenset(self.regimens),
            )
        )
        return None if way is None else way.target

    def go_on(self, node: Node, given: Sequence[Assignment]) -> str | None:
        """Leave a box by the way that is for this patient."""
        match node:
            case Decide():
                turn = decided(node, self.patient, self.reasons)
            case Choose():
                turn = offered(node, self.patient, self.reasons, self.choice(node))
            case Together():
                return self.part(node, given)
            case Assess() | Treat() | Act():
                turn = Turn(then=node.then)
            case GapNode():
                self.flagged[node.id] = None
                turn = Turn(then=node.then) if node.then else Turn(stop=StopKind.END)
            case Enter() | End():
                turn = Turn(stop=StopKind.END)
            case _:
                assert_never(node)
        way = turn.way
        if turn.then is not None:
            way = Exit(node.id, turn.then, "then")
        target = self.leave(node, way, turn.why if way is not None else "", given)
        if way is None:
            self.stop(turn.stop or StopKind.UNWRITTEN, node.id, turn)
        return target

    def choice(self, node: Choose) -> str | None:
        """The option that the case takes at this visit."""
        entries = [s for s in self.case.steps if isinstance(s, Chosen) and s.at == node.id]
        visit = self.visits[node.id]
        if visit > len(entries):
            return None
        self.used.add(id(entries[visit - 1]))
        return entries[visit - 1].option

    def part(self, node: Together, given: Sequence[Assignment]) -> str | None:
        """Walk every strand; go on where all have arrived."""
        self.leave(node, None, "", given)
        if node.then is None:
            self.stop(StopKind.UNWRITTEN, node.id)
            return None
        if self.depth >= MOST_STRANDS:
            self.stop(StopKind.ENDLESS, node.id)
            return None
        self.depth += 1
        arrived = [self.strand(first, node.then) for first in node.strands]
        self.depth -= 1
        return node.then if all(arrived) else None

    def strand(self, first: str, until: str) -> bool:
        self.strands += 1
        before, self.left = self.left, []
        arrived = self.go(first, until)
        self.left = before
        return arrived
