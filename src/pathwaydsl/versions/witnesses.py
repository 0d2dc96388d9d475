"""The way one patient takes in both versions, with the same answers at repeated measurements.

In one version the way is traced back from the box the patient arrives at, so it always exists.
In the other the patient is followed from the start: what is measured for the n-th time is answered
as it was for the n-th time on the first way, and from then on with the last answer given.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from attrs import define, evolve, field, frozen

from pathwaydsl.cases.walk import StopKind, Walk
from pathwaydsl.cases.walker import walk
from pathwaydsl.logic.boxes import plainest
from pathwaydsl.logic.mentioned import mentioned
from pathwaydsl.logic.reachability import Arrivals
from pathwaydsl.model.cases import Case, Chosen, Given
from pathwaydsl.model.criteria import NumberRange
from pathwaydsl.model.graph import exits
from pathwaydsl.model.nodes import Assess, Assignment, Choose, Decide, Node, Together, Treat
from pathwaydsl.model.pathway import Pathway

MOST_ADDED = 30
"""How often a measurement is repeated, or an option taken, before a way is broken off."""

Masks = Mapping[int, int]


@frozen
class _Visit:
    box: str
    masks: Masks


@frozen
class Answers:
    """What one patient answers.

    Attributes:
        given: By the shared name of each criterion its answers, the first measuring first.
        chosen: By box the options taken, visit by visit.
        happened: By box what newly holds because something happened there, visit by visit.
        visits: By box how often the patient comes there.
    """

    given: Mapping[str, tuple[Assignment, ...]] = field(factory=dict)
    chosen: Mapping[str, tuple[str, ...]] = field(factory=dict)
    happened: Mapping[str, tuple[tuple[Assignment, ...], ...]] = field(factory=dict)
    visits: Mapping[str, int] = field(factory=dict)

    def choosing(self, box: str, option: str) -> "Answers":
        """The same with one more option taken at a box."""
        before = self.chosen.get(box, ())
        return evolve(self, chosen={**self.chosen, box: (*before, option)})

    def in_boxes(self, boxes: Mapping[str, str]) -> "Answers":
        """The same with the boxes of the other version."""
        return Answers(
            self.given,
            {
                boxes[box]: tuple(boxes.get(target, target) for target in targets)
                for box, targets in self.chosen.items()
                if box in boxes
            },
            {boxes[box]: values for box, values in self.happened.items() if box in boxes},
            {boxes[box]: number for box, number in self.visits.items() if box in boxes},
        )


@define
class Tracer:
    """Traces patients back to the start of one version.

    Attributes:
        arrivals: Who arrives where in that version.
    """

    arrivals: Arrivals
    _into: dict[str, list[int]] = field(init=False, factory=dict)
    _first: list[tuple[int, ...]] = field(init=False, factory=list)
    _none: list[int] = field(init=False, factory=list)

    def __attrs_post_init__(self) -> None:
        for number, taken in enumerate(self.arrivals.ways):
            self._into.setdefault(taken.target, []).append(number)
        for question in self.arrivals.patients.questions:
            unasked = question.mask("missing")
            order = sorted(question.plainest, key=lambda i: not unasked >> i & 1)
            self._first.append(tuple(order))
            self._none.append(unasked)

    def visits(self, box: str, some: int) -> list[_Visit]:
        """The visits of one of the patients in `some`, who arrive at a box."""
        diagrams = self.arrivals.diagrams
        masks = self._one(some)
        if masks is None:
            return []
        found = [_Visit(box, masks)]
        while True:
            point = diagrams.box(masks)
            if box == self.arrivals.pathway.start and diagrams.both(self.arrivals.start, point):
                break
            number = next(
                (
                    i
                    for i in self._into.get(box, ())
                    if diagrams.both(self.arrivals.ways[i].arriving, point)
                ),
                None,
            )
            if number is None:
                break
            taken = self.arrivals.ways[number]
            before = diagrams.box(self._before(taken.source, masks))
            earlier = self._one(diagrams.both(taken.coming, before), masks)
            if earlier is None:
                break
            box, masks = taken.source, earlier
            found.append(_Visit(box, masks))
        found.reverse()
        return found

    def _one(self, some: int, after: Masks | None = None) -> dict[int, int] | None:
        """The answers of one patient: rather not asked yet, else what was answered later."""
        preferences = self._first
        if after:
            preferences = [
                (*(i for i in order if wanted >> i & 1), *(i for i in order if not wanted >> i & 1))
                for order, wanted in (
                    (order, after.get(level, 0) | none)
                    for level, (order, none) in enumerate(zip(self._first, self._none, strict=True))
                )
            ]
        chosen = self.arrivals.diagrams.pick(some, preferences)
        return None if chosen is None else {i: 1 << answer for i, answer in enumerate(chosen)}

    def _before(self, source: str, masks: Masks) -> dict[int, int]:
        """Who may have been at a box and left it with these answers."""
        patients = self.arrivals.patients
        found = dict(masks)
        if patients.places:
            found.pop(0, None)
        changed, asked = self._changes(self.arrivals.pathway.node[source])
        for name in changed:
            for level in patients.levels_of.get(name, ()):
                found.pop(level, None)
        for name in asked:
            for level in patients.levels_of.get(name, ()):
                if level in found:
                    empty = patients.questions[level].mask("missing") or 1
                    found[level] |= empty
        if isinstance(self.arrivals.pathway.node[source], Treat | Together):
            for level in patients.had.values():
                found.pop(level, None)
        return found

    def _changes(self, node: Node) -> tuple[set[str], set[str]]:
        """Criteria that take new values at a box, and those asked there."""
        arrivals = self.arrivals
        changed: set[str] = set()
        asked: set[str] = set()
        for one in self._inside(node) if isinstance(node, Together) else (node,):
            changed |= {value.criterion for value in getattr(one, "sets", ())}
            if isinstance(one, Assess):
                changed |= set(one.measures)
            lines = [b.when for d in arrivals.durings(one.id) for b in d.branches]
            changed |= set(arrivals.asked(lines))
            asked |= self._asked(one)
        return changed, asked - changed

    def _asked(self, node: Node) -> set[str]:
        match node:
            case Decide():
                return set(self.arrivals.asked(b.when for b in node.branches))
            case Choose():
                return set(self.arrivals.asked(o.when for o in node.options))
            case _:
                return set()

    def _inside(self, node: Together) -> Iterator[Node]:
        nodes = self.arrivals.pathway.node
        waiting = [name for name in node.strands if name in nodes]
        seen = {node.then, *waiting}
        while waiting:
            current = nodes[waiting.pop()]
            yield current
            lines = [b.target for d in self.arrivals.durings(current.id) for b in d.branches]
            for target in (*(way.target for way in exits(current)), *lines):
                if target in nodes and target not in seen:
                    seen.add(target)
                    waiting.append(target)

    def answers(self, visits: Sequence[_Visit], shared: Mapping[str, str]) -> Answers:
        """What a patient answers on the way traced, by the shared names of criteria."""
        known = self.arrivals.asked([self.arrivals.pathway.eligible])
        given: dict[str, list[Assignment]] = {}
        chosen: dict[str, list[str]] = {}
        happened: dict[str, list[tuple[Assignment, ...]]] = {}

        def add(values: Iterable[Assignment]) -> None:
            for value in values:
                name = shared[value.criterion]
                given.setdefault(name, []).append(evolve(value, criterion=name))

        if visits:
            add(self._values(visits[0].masks, known))
        for here, after in pairwise(visits):
            node = self.arrivals.pathway.node[here.box]
            if isinstance(node, Assess):
                add(self._values(after.masks, node.measures))
            if isinstance(node, Choose):
                chosen.setdefault(node.id, []).append(after.box)
            if isinstance(node, Choose | Decide):
                told = {value.criterion for value in self._values(here.masks, self._asked(node))}
                add(self._values(after.masks, self._asked(node) - told))
            lines = [b.when for d in self.arrivals.durings(node.id) for b in d.branches]
            asked = set(self.arrivals.asked(lines)) - set(getattr(node, "measures", ()))
            if asked:
                values = self._values(after.masks, asked)
                before = self._values(here.masks, asked)
                new = () if values == before and before else values
                happened.setdefault(node.id, []).append(
                    tuple(evolve(v, criterion=shared[v.criterion]) for v in new)
                )
        return Answers(
            {name: tuple(values) for name, values in given.items()},
            {box: tuple(targets) for box, targets in chosen.items()},
            {box: tuple(values) for box, values in happened.items()},
            Counter(visit.box for visit in visits),
        )

    def _values(self, masks: Masks, names: Iterable[str]) -> tuple[Assignment, ...]:
        wanted = set(names)
        told = plainest(self.arrivals.patients, self.arrivals.diagrams.box(masks))
        return tuple(v for v in (told.values if told else ()) if v.criterion in wanted)


def walked(
    pathway: Pathway,
    answers: Answers,
    names: Mapping[str, str],
    otherwise: Mapping[str, Assignment],
) -> Walk:
    """The way of a patient through a version, the same answer given at the same measuring.

    Args:
        pathway: The version.
        answers: What the patient answers, with boxes by the ids of this version.
        names: The version's names of criteria by their shared names.
        otherwise: What is answered to a criterion that `answers` does not tell, by shared name.
    """
    shared = {own: name for name, own in names.items()}
    told: dict[str, int] = {}

    def take(own: str) -> Iterator[Assignment]:
        name = shared.get(own, own)
        listed = answers.given.get(name, ())
        number = told.get(name, 0)
        told[name] = number + 1
        value = listed[min(number, len(listed) - 1)] if listed else otherwise.get(name)
        if value is not None and _fits(value, own, pathway):
            yield evolve(value, criterion=own)

    eligible = [] if pathway.eligible is None else [pathway.eligible]
    known = mentioned(eligible, pathway.library).criteria
    start = tuple(value for own in known for value in take(own))
    steps: list[Given | Chosen] = [Given(start)]
    for box, visits in answers.happened.items():
        for values in visits:
            own = tuple(
                evolve(v, criterion=names[v.criterion]) for v in values if v.criterion in names
            )
            steps.append(Given(own, during=box))
    for box, targets in answers.chosen.items():
        offered = {option.target for option in getattr(pathway.node.get(box), "options", ())}
        # What this version does not offer was not refused by it: another choice was never made.
        steps.extend(Chosen(box, target) for target in targets if target in offered)
    asked: set[tuple[str, int]] = set()
    unasked: set[str] = set()
    varying = {names.get(name) for name, listed in answers.given.items() if len({*listed}) > 1}
    for node in pathway.nodes:
        if isinstance(node, Assess) and varying.isdisjoint(node.measures):
            here = Given(tuple(v for own in node.measures for v in take(own)), at=node.id)
            for visit in range(answers.visits.get(node.id, 1)):
                asked.add((node.id, visit + 1))
                steps.append(here)
    added = 0
    last: dict[str, tuple[Assignment, ...]] = {}
    while True:
        found = walk(pathway, Case(label="", steps=tuple(steps)))
        unanswered = _first_unasked(pathway, found, asked)
        stop = found.stops[0] if found.stops else None
        if unanswered is not None and added < MOST_ADDED:
            added += 1
            asked.add(unanswered)
            box, visit = unanswered
            node = pathway.node[box]
            values = tuple(v for own in getattr(node, "measures", ()) for v in take(own))
            if visit > answers.visits.get(box, 1) + 1 and values == last.get(box):
                return found
            last[box] = values
            steps.append(Given(values, at=box))
        elif (
            stop is not None
            and stop.kind is StopKind.NOT_CHOSEN
            and stop.options
            and added < MOST_ADDED
        ):
            added += 1
            steps.append(Chosen(stop.node, stop.options[0]))
        elif stop is not None and stop.missing and unasked.isdisjoint(stop.missing):
            unasked.update(stop.missing)
            start = (*start, *(value for own in stop.missing for value in take(own)))
            steps[0] = Given(start)
        else:
            return found


def _first_unasked(
    pathway: Pathway, found: Walk, asked: set[tuple[str, int]]
) -> tuple[str, int] | None:
    """The first visit of an `assess` for which nothing was answered yet."""
    for step in found.steps:
        node = pathway.node[step.node]
        here = (step.node, step.visit)
        if isinstance(node, Assess) and node.measures and here not in asked:
            return here
    return None


def _fits(value: Assignment, own: str, pathway: Pathway) -> bool:
    """Whether a version knows an answer at all."""
    criterion = pathway.library.criterion.get(own)
    if criterion is None:
        return False
    if value.unknown:
        return criterion.may_be_unknown
    if value.number is not None:
        domain = criterion.domain
        return isinstance(domain, NumberRange) and domain.low <= value.number <= domain.high
    named = {one.id for one in criterion.named_values}
    if value.members is not None:
        return named.issuperset(value.members)
    return value.truth is not None or value.named in named
