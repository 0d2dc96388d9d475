"""Which question to ask next of one patient, so that only what matters from there on is asked."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Literal

from attrs import evolve, frozen

from pathwaydsl.cases.evaluation import Missing, Patient
from pathwaydsl.cases.happening import Events, known_of
from pathwaydsl.cases.walk import Step, Stop, StopKind, Walk
from pathwaydsl.cases.walker import walk
from pathwaydsl.checks.tested import criteria_of
from pathwaydsl.logic.boxes import plainest
from pathwaydsl.logic.diagrams import EVERYBODY, UndecidedError
from pathwaydsl.logic.mentioned import MeaninglessError
from pathwaydsl.logic.reachability import Arrivals
from pathwaydsl.model.cases import Case, Chosen, Given
from pathwaydsl.model.graph import all_exits
from pathwaydsl.model.nodes import (
    RESUME,
    Assess,
    Assignment,
    Branch,
    Choose,
    Decide,
    Node,
    Option,
)
from pathwaydsl.model.pathway import Pathway


@frozen
class Question:
    """What has to be known, or chosen, for the walk to go on.

    Attributes:
        node: The box that asks.
        criterion: The criterion whose value is asked for, or None for a choice.
        options: The options that are open, for a choice.
        visit: The visit of the box for which something has to be found out anew, or None.
        events: What may happen at the box, each a line of a `during`; taking none is an answer.
    """

    node: str
    criterion: str | None = None
    options: tuple[str, ...] = ()
    visit: int | None = None
    events: tuple[Branch, ...] = ()


@frozen
class Idle:
    """A question that is not asked.

    Attributes:
        why: `settled` where other values leave only one answer, `no-matter` where every answer
            leads the same way and nothing asks for it later.
    """

    value: Assignment
    why: Literal["settled", "no-matter"]


@frozen
class State:
    """A patient so far: what was given, the way it leads, and the next question.

    Attributes:
        told: How many steps of the walk lie before the question, or None where all do.
    """

    case: Case
    walk: Walk
    question: Question | None
    idle: tuple[Idle, ...] = ()
    told: int | None = None


class Asking:
    """Asks about one patient of a pathway; it keeps nothing of the patient itself."""

    def __init__(self, pathway: Pathway) -> None:
        self.pathway = pathway
        self._after: dict[str, frozenset[str]] = {}
        try:
            self.arrivals: Arrivals | None = Arrivals(pathway)
        except (UndecidedError, MeaninglessError, RecursionError):
            self.arrivals = None  # then everything is asked, and nothing happens

    def start(self) -> State:
        """Nothing is known yet."""
        return self._state(Case("walk"), ())

    def answered(self, state: State, value: Assignment) -> State:
        """The patient after the answer to the question."""
        question = state.question
        if question is None:
            return state
        case = _given(self.pathway, state.case, state.walk, question, value)
        return self._state(case, state.idle)

    def chosen(self, state: State, option: str) -> State:
        """The patient after a choice."""
        if state.question is None:
            return state
        step = Chosen(state.question.node, option)
        return self._state(evolve(state.case, steps=(*state.case.steps, step)), state.idle)

    def happened(self, state: State, event: Branch | None) -> State:
        """The patient after something happened at a box, or nothing did."""
        question = state.question
        if question is None or self.arrivals is None or state.told is None:
            return state
        values = self.events.values(state.walk.steps[state.told], event)
        step = Given(values, during=question.node)
        return self._state(evolve(state.case, steps=(*state.case.steps, step)), state.idle)

    def _state(self, case: Case, idle: tuple[Idle, ...]) -> State:
        """Walk on, passing over questions that do not matter."""
        while True:
            walked = walk(self.pathway, case)
            happening = None if walked.misfits else self._happening(case, walked)
            if happening is not None:
                number, what = happening
                return State(case, walked, what, idle, number)
            stop = walked.stops[0] if walked.stops else None
            question = self._question(walked, stop) if stop and not walked.misfits else None
            if question is None or question.criterion is None or question.visit is not None:
                return State(case, walked, question, idle)
            question, passed = self._that_matters(walked, stop, question)
            if passed is None:
                return State(case, walked, question, idle)
            case = _given(self.pathway, case, walked, question, passed.value)
            idle = (*idle, passed)

    def _happening(self, case: Case, walked: Walk) -> tuple[int, Question] | None:
        """The first visit of which nobody said yet whether something happens there."""
        if self.arrivals is None:
            return None
        told = Counter(s.during for s in case.steps if isinstance(s, Given) and s.during)
        for number, step in enumerate(walked.steps):
            if step.visit > told[step.node] and (events := self.events.possible(step)):
                return number, Question(step.node, visit=step.visit, events=events)
        return None

    def _question(self, walked: Walk, stop: Stop) -> Question | None:
        match stop.kind:
            case StopKind.MISSING:
                return Question(stop.node, stop.missing[0])
            case StopKind.NOT_CHOSEN:
                missing = self._missing_for_options(walked.steps[-1])
                if missing is not None:
                    return Question(stop.node, missing)
                return Question(stop.node, options=stop.options)
            case StopKind.NOTHING_GIVEN:
                node = self.pathway.node[stop.node]
                visit = sum(step.node == stop.node for step in walked.steps)
                measures = node.measures if isinstance(node, Assess) else ()
                later = self._asked_after(stop.node)
                name = next((name for name in measures if name in later), None)
                name = name or next(iter(measures), None)
                return Question(stop.node, name, visit=visit) if name is not None else None
            case _:
                return None

    def _missing_for_options(self, step: Step) -> str | None:
        """A criterion that would have to be known to tell whether an option is open."""
        patient = Patient(step.values, self.pathway.library, step.regimens)
        for option in _lines(self.pathway.node[step.node]):
            told = patient.truth(option.when) if option.when is not None else True
            if isinstance(told, Missing):
                return told.criteria[0]
        return None

    @cached_property
    def events(self) -> Events:
        """What may happen at the boxes."""
        return Events(self.arrivals or Arrivals(self.pathway))

    # What matters

    def _that_matters(
        self, walked: Walk, stop: Stop | None, first: Question
    ) -> tuple[Question, Idle | None]:
        """The first missing value that may change the way; else one that need not be asked."""
        node = self.pathway.node.get(first.node)
        if self.arrivals is None or stop is None or not isinstance(node, Decide | Choose):
            return first, None
        try:
            known = self._known(walked.steps[-1], node)
            idle: tuple[Question, Idle] | None = None
            for name in stop.missing or (first.criterion or "",):
                question = evolve(first, criterion=name)
                value = self._idle(node, name, known)
                if value is None:
                    return question, None
                idle = idle or (question, value)
        except (UndecidedError, RecursionError):
            return first, None
        return idle or (first, None)

    def _known(self, step: Step, node: Decide | Choose) -> int:
        """Everyone with these values, whatever else the box asks for."""
        arrivals = self.arrivals
        if arrivals is None:
            return EVERYBODY
        patients = arrivals.patients
        found = known_of(arrivals, step)
        asked = arrivals.asked(line.when for line in _lines(node))
        eligible = self.pathway.eligible
        asked = (*asked, *arrivals.asked([eligible]))
        missing = [name for name in dict.fromkeys(asked) if name not in step.values]
        found = arrivals.measured(found, missing)
        if eligible is not None and set(missing) & set(arrivals.asked([eligible])):
            found = arrivals.diagrams.both(found, patients.truth(eligible).true)
        return found

    def _idle(self, node: Decide | Choose, name: str, known: int) -> Idle | None:
        """The value that may be taken for a criterion without asking, or None."""
        arrivals = self.arrivals
        if arrivals is None or not known:
            return None
        diagrams = arrivals.diagrams
        levels = arrivals.patients.levels_of[name]
        others = frozenset(range(len(arrivals.patients.questions))) - levels
        possible = diagrams.forget(known, others)
        patient = plainest(arrivals.patients, known)
        value = patient.value(name) if patient is not None else None
        if value is None:
            return None
        if value.number is None and possible == diagrams.forget(
            diagrams.both(possible, arrivals.patients.value(value)), others
        ):
            return Idle(value, "settled")
        if isinstance(node, Choose) or name in self._asked_after(node.id, without=node.id):
            return None
        answered = arrivals.answered(node, known)
        takes: dict[object, int] = {None: answered.uncovered}
        for branch, taking in zip(node.branches, answered.lines, strict=True):
            key = (branch.target, branch.label, branch.flags)
            takes[key] = diagrams.either(takes.get(key, 0), taking)
        loose = [diagrams.forget(some, levels) for some in takes.values()]
        for i, some in enumerate(loose):
            if any(diagrams.both(some, other) for other in loose[:i]):
                return None
        return Idle(value, "no-matter")

    def _asked_after(self, node_id: str, without: str | None = None) -> frozenset[str]:
        """The criteria that some box from here on asks for."""
        if node_id not in self._after:
            ways = all_exits(self.pathway)
            places = [box for during in self.pathway.durings for box in during.nodes]
            seen = {node_id}
            waiting = [node_id]
            while waiting:
                for way in ways.get(waiting.pop(), ()):
                    for target in places if way.target == RESUME else (way.target,):
                        if target not in seen:
                            seen.add(target)
                            waiting.append(target)
            self._after[node_id] = frozenset(seen)
        library = self.pathway.library
        boxes = [n for n in self.pathway.nodes if n.id in self._after[node_id] and n.id != without]
        found = {
            name
            for box in boxes
            for line in _lines(box)
            for name in criteria_of(line.when, library)
        }
        here = {box.id for box in boxes}
        for during in self.pathway.durings:
            if here.intersection(during.nodes):
                found.update(n for b in during.branches for n in criteria_of(b.when, library))
        return frozenset(found)


def _lines(node: Node) -> Iterator[Branch | Option]:
    if isinstance(node, Decide):
        yield from node.branches
    if isinstance(node, Choose):
        yield from node.options


def _given(
    pathway: Pathway, case: Case, walked: Walk, question: Question, value: Assignment
) -> Case:
    """The case with one more value, where it stands for the visit at which it was found out."""
    name = value.criterion
    if question.visit is not None:
        return _at_visit(pathway, case, question.node, question.visit, value)
    start = _start(case)
    for box in reversed(walked.way):
        node = pathway.node[box]
        if isinstance(node, Assess) and name in node.measures:
            visit = sum(step.node == box for step in walked.steps)
            entries = [s for s in case.steps if isinstance(s, Given) and s.at == box]
            if entries or visit > 1 or any(a.criterion == name for a in start):
                return _at_visit(pathway, case, box, visit, value)
            break
    rest = [s for s in case.steps if not _is_start(s)]
    return evolve(case, steps=(Given((*start, value)), *rest))


def _at_visit(pathway: Pathway, case: Case, box: str, visit: int, value: Assignment) -> Case:
    """The case with a value for a visit of an `assess`; earlier visits keep what was found."""
    steps = list(case.steps)
    places = [i for i, s in enumerate(steps) if isinstance(s, Given) and s.at == box]
    node = pathway.node[box]
    measures = node.measures if isinstance(node, Assess) else ()
    while len(places) < visit - 1:
        known = tuple(a for a in _start(case) if a.criterion in measures) or (value,)
        steps.append(Given(known, at=box))
        places.append(len(steps) - 1)
    if len(places) < visit:
        steps.append(Given((value,), at=box))
    else:
        entry = steps[places[visit - 1]]
        if isinstance(entry, Given):
            steps[places[visit - 1]] = evolve(entry, assignments=(*entry.assignments, value))
    return evolve(case, steps=tuple(steps))


def _is_start(step: Given | Chosen) -> bool:
    return isinstance(step, Given) and step.at is None and step.during is None


def _start(case: Case) -> Sequence[Assignment]:
    return [a for s in case.steps if isinstance(s, Given) and _is_start(s) for a in s.assignments]
