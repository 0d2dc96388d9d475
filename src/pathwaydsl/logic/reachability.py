"""Who arrives at each box of a pathway, followed from the start until nothing new comes in.

What holds for a patient is carried along: the values last measured, what was had, and which box
was left by a `during`. An `assess` forgets the old values of what it measures; a `during` may
change what it tests; `sets` changes one criterion. After each of these `impossible` holds again.
Whoever comes to a box without an answer it asks for goes on with any answer, so that one missing
measurement is one finding.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import heappop, heappush
from typing import assert_never

from attrs import frozen

from pathwaydsl.logic.diagrams import NOBODY, Diagrams
from pathwaydsl.logic.mentioned import mentioned
from pathwaydsl.logic.regions import Patients
from pathwaydsl.logic.vocabulary import vocabulary
from pathwaydsl.model.criteria import Impossible
from pathwaydsl.model.expressions import Expression
from pathwaydsl.model.graph import all_exits, exits
from pathwaydsl.model.nodes import (
    RESUME,
    Act,
    Assess,
    Assignment,
    Branch,
    Choose,
    Decide,
    During,
    End,
    Enter,
    GapNode,
    Node,
    Together,
    Treat,
)
from pathwaydsl.model.pathway import Library, Pathway


@frozen
class Answered:
    """Who takes which line of a `decide`.

    Attributes:
        asked: Everyone who arrives, with an answer to everything that is asked.
        lines: Who takes each line, in the order written.
        uncovered: Who takes none.
        untold: Those of the uncovered for whom some line cannot be told.
    """

    asked: int
    lines: tuple[int, ...]
    uncovered: int
    untold: int


@frozen
class Way:
    """Patients on their way to a box; `target` may be `resume`."""

    target: str
    patients: int


@frozen
class Taken:
    """A way that patients took: `coming` arrived at its source, `arriving` at its target."""

    source: str
    target: str
    coming: int
    arriving: int


class Arrivals:
    """The patients of a pathway and where they arrive.

    Args:
        pathway: The pathway.
        others: Pathways of the project by id, for what `enter` leads to.
        patients: Patients that tell at least everything apart that the pathway does; None for
            its own.

    Attributes:
        at: Who arrives at each box, by its id.
        ways: Every way on which somebody arrived for the first time, in the order found.

    Raises:
        UndecidedError: If the step budget does not suffice.
        MeaninglessError: If something that is asked for does not exist.
    """

    def __init__(
        self,
        pathway: Pathway,
        others: Mapping[str, Pathway] | None = None,
        patients: Patients | None = None,
    ) -> None:
        self.pathway = pathway
        self.others = others or {}
        self.patients = patients or vocabulary(pathway, self.others).patients()
        self.library: Library = self.patients.library
        diagrams = self.diagrams
        self.impossible = diagrams.any_of(self.impossible_by(rule) for rule in self.rules)
        self.eligible = self._eligible()
        self.start = diagrams.without(self.eligible, self.impossible)
        self.at: dict[str, int] = {}
        self.ways: list[Taken] = []
        self._inside: list[str] = []
        if pathway.start in pathway.node:
            self._follow(pathway.start or "", self.start, stop=None)

    @property
    def diagrams(self) -> Diagrams:
        """The diagrams that hold the sets."""
        return self.patients.diagrams

    @cached_property
    def rules(self) -> tuple[Impossible, ...]:
        """The `impossible` rules whose criteria are all in use."""
        used = self.patients.head
        rules = []
        for rule in (*self.pathway.impossible, *self.pathway.library.impossible):
            asked = mentioned([rule.when], self.library)
            if not asked.had and all(name in used for name in asked.criteria):
                rules.append(rule)
        return tuple(rules)

    def impossible_by(self, rule: Impossible) -> int:
        """Those whom one `impossible` rule takes away."""
        names = mentioned([rule.when], self.library).criteria
        true = self.patients.truth(rule.when).true
        return self.diagrams.without(true, self.patients.missing(names))

    def _eligible(self) -> int:
        patients, diagrams = self.patients, self.diagrams
        eligible = self.pathway.eligible
        known = () if eligible is None else mentioned([eligible], self.library).criteria
        found = diagrams.all_of(
            patients.possible_values(name) if name in known else patients.unasked([name])
            for name in reversed(tuple(patients.head))
        )
        for level, question in enumerate(patients.questions):
            if question.part in {"had", "left"}:
                found = diagrams.both(found, diagrams.answers(level, 1))
        if eligible is not None:
            found = diagrams.both(found, patients.truth(eligible).true)
        return found

    # Following

    def _follow(self, start: str, patients: int, stop: str | None) -> int:
        """Follow patients from a box; gives those who come to `stop`."""
        diagrams = self.diagrams
        waiting = {start: patients}
        queue = [(self._order.get(start, 0), start)]
        here: dict[str, int] = {}
        done = NOBODY
        while queue:
            _, name = heappop(queue)
            new = diagrams.without(waiting.pop(name, NOBODY), here.get(name, NOBODY))
            if not new:
                continue
            here[name] = diagrams.either(here.get(name, NOBODY), new)
            self.at[name] = diagrams.either(self.at.get(name, NOBODY), new)
            for way in self._ways(self.pathway.node[name], new):
                for target, arriving in self._targets(way):
                    if not arriving:
                        continue
                    self.ways.append(Taken(name, target, new, arriving))
                    if target == stop:
                        done = diagrams.either(done, arriving)
                    elif target in self.pathway.node:
                        if target not in waiting:
                            heappush(queue, (self._order.get(target, 0), target))
                        waiting[target] = diagrams.either(waiting.get(target, NOBODY), arriving)
        return done

    def arriving(self, way: Way) -> Iterator[tuple[str, int]]:
        """The boxes that a way leads to, and who arrives there; several only for `resume`."""
        return self._targets(way)

    def _targets(self, way: Way) -> Iterator[tuple[str, int]]:
        if way.target != RESUME:
            patients = way.patients
            if self.places and way.target not in self._resuming:
                patients = self._left(patients, 0)
            yield way.target, patients
            return
        if not self.places:
            return
        for i, place in enumerate(self.places, 1):
            there = self.diagrams.both(way.patients, self.diagrams.answers(0, 1 << i))
            yield place, self._left(there, 0)

    @property
    def places(self) -> tuple[str, ...]:
        """The boxes that a patient may have left by a `during`, if some way leads back there."""
        return self.patients.places

    @cached_property
    def _resuming(self) -> frozenset[str]:
        """Boxes from which patients may resume without another `during` in between."""
        before: dict[str, list[str]] = {}
        for node in self.pathway.nodes:
            for way in exits(node):
                before.setdefault(way.target, []).append(node.id)
        found = {RESUME}
        waiting = [RESUME]
        while waiting:
            for source in before.get(waiting.pop(), ()):
                if source not in found:
                    found.add(source)
                    waiting.append(source)
        return frozenset(found) if self.places else frozenset()

    @cached_property
    def _order(self) -> Mapping[str, int]:
        """Boxes in an order in which, loops aside, each comes after those that lead to it."""
        after = {
            source: tuple(dict.fromkeys(way.target for way in ways))
            for source, ways in all_exits(self.pathway).items()
        }
        finished: dict[str, int] = {}
        seen: set[str] = set()
        for root in (self.pathway.start or "", *self.pathway.node):
            if root in seen:
                continue
            seen.add(root)
            work = [(root, iter(after.get(root, ())))]
            while work:
                box, targets = work[-1]
                for target in targets:
                    if target not in seen:
                        seen.add(target)
                        work.append((target, iter(after.get(target, ()))))
                        break
                else:
                    work.pop()
                    finished[box] = -len(finished)
        return finished

    def _left(self, patients: int, place: int) -> int:
        forgotten = self.diagrams.forget(patients, frozenset({0}))
        return self.diagrams.both(forgotten, self.diagrams.answers(0, 1 << place))

    def _ways(self, node: Node, patients: int) -> Iterator[Way]:
        match node:
            case Decide():
                answered = self.answered(node, patients)
                for branch, taking in zip(node.branches, answered.lines, strict=True):
                    yield Way(branch.target, taking)
            case Choose():
                for option, open_to in zip(
                    node.options, self.open_options(node, patients), strict=True
                ):
                    yield Way(option.target, open_to)
            case Assess() | Treat() | Act():
                yield from self._stay(node, patients)
            case Together():
                yield from self._together(node, patients)
            case GapNode():
                if node.then is not None:
                    yield Way(node.then, patients)
            case Enter() | End():
                return
            case _:
                assert_never(node)

    def _stay(self, node: Assess | Treat | Act, patients: int) -> Iterator[Way]:
        sets: tuple[Assignment, ...] = () if isinstance(node, Assess) else node.sets
        patients = self.staying_at(node, patients)
        for line, leaving in self.leaving(node, patients):
            yield Way(line.target, self.after_line(node, line, self.after_sets(leaving, sets)))
        if node.then is not None:
            yield Way(node.then, self.after_sets(self.staying(node, patients), sets))

    def _together(self, node: Together, patients: int) -> Iterator[Way]:
        if node.then is None or node.id in self._inside:
            return
        self._inside.append(node.id)
        before = patients
        for strand in node.strands[1:]:
            if strand in self.pathway.node:
                self.ways.append(Taken(node.id, strand, before, before))
                self._follow(strand, patients, stop=node.then)
        for strand in node.strands:
            if strand in self.pathway.node and strand != node.then:
                self.ways.append(Taken(node.id, strand, before, patients))
                patients = self._follow(strand, patients, stop=node.then)
        self._inside.pop()
        yield Way(node.then, patients)

    # What happens in a box

    def measured(self, patients: int, names: Iterable[str]) -> int:
        """The patients after these criteria took any possible value."""
        return self.diagrams.without(self.patients.measured(patients, names), self.impossible)

    def after_sets(self, patients: int, sets: Sequence[Assignment]) -> int:
        """The patients after `sets`."""
        if not sets or not patients:
            return patients
        for assignment in sets:
            patients = self.patients.assigned(patients, assignment)
        return self.diagrams.without(patients, self.impossible)

    def after_treatment(self, node: Treat, patients: int) -> int:
        """The patients who now had what a `treat` gives."""
        regimen = self.library.regimen.get(node.regimen or "")
        drugs = regimen.drugs if regimen is not None else ()
        for (had_regimen, had_drug), level in self.patients.had.items():
            if (had_regimen is not None and had_regimen == node.regimen) or had_drug in drugs:
                forgotten = self.diagrams.forget(patients, frozenset({level}))
                patients = self.diagrams.both(forgotten, self.diagrams.answers(level, 2))
        return patients

    def durings(self, node_id: str) -> tuple[During, ...]:
        """The `during` blocks that name a box."""
        return self._durings.get(node_id, ())

    @cached_property
    def _durings(self) -> Mapping[str, tuple[During, ...]]:
        found: dict[str, tuple[During, ...]] = {}
        for during in self.pathway.durings:
            for node_id in dict.fromkeys(during.nodes):
                found[node_id] = (*found.get(node_id, ()), during)
        return found

    def _changing(self, node: Node, patients: int) -> tuple[tuple[Branch, ...], int]:
        lines = tuple(line for during in self.durings(node.id) for line in during.branches)
        asked = self.asked(line.when for line in lines)
        return lines, self.measured(patients, asked) if asked else patients

    def leaving(self, node: Node, patients: int) -> list[tuple[Branch, int]]:
        """Who leaves a box by which line of a `during`: the first true one."""
        lines, rest = self._changing(node, patients)
        found = []
        for line in lines:
            if line.when is not None:
                true = self.patients.truth(line.when).true
                found.append((line, self.diagrams.both(rest, true)))
                rest = self.diagrams.without(rest, true)
        return found

    def after_line(self, node: Node, line: Branch, patients: int) -> int:
        """Those who left a box by a line of a `during`; where some resume, the box is kept."""
        if line.target not in self._resuming:
            return patients
        return self._left(patients, self.places.index(node.id) + 1)

    def staying_at(self, node: Node, patients: int) -> int:
        """Those who arrived at a box, after what happens there at once."""
        match node:
            case Assess():
                return self.measured(patients, node.measures)
            case Treat():
                return self.after_treatment(node, patients)
            case _:
                return patients

    def staying(self, node: Node, patients: int) -> int:
        """Who goes on by `then`, with what the `during` lines test measured."""
        lines, rest = self._changing(node, patients)
        for line in lines:
            if line.when is not None:
                rest = self.diagrams.without(rest, self.patients.truth(line.when).true)
        return rest

    def asked(self, expressions: Iterable[Expression | None]) -> tuple[str, ...]:
        """The criteria that expressions ask for."""
        return mentioned([e for e in expressions if e is not None], self.library).criteria

    def with_answers(self, patients: int, names: Sequence[str]) -> int:
        """The patients, with any answer where nobody asked yet."""
        unasked = self.diagrams.both(patients, self.patients.missing(names))
        if not unasked:
            return patients
        found = self.diagrams.without(patients, unasked)
        for name in names:
            there = self.diagrams.both(unasked, self.patients.kinds(name, "missing"))
            unasked = self.diagrams.either(
                self.diagrams.without(unasked, there), self.patients.measured(there, [name])
            )
        return self.diagrams.without(self.diagrams.either(found, unasked), self.impossible)

    def answered(self, node: Decide, patients: int) -> Answered:
        """Who of the patients takes which line of a `decide`."""
        diagrams = self.diagrams
        asked = self.with_answers(patients, self.asked(b.when for b in node.branches))
        lines: list[int] = []
        none_true = asked
        all_false = asked
        untold = NOBODY
        for branch in node.branches:
            if branch.when is None:
                lines.append(NOBODY)
                continue
            truth = self.patients.truth(branch.when)
            if node.first_match:
                lines.append(diagrams.both(all_false, truth.true))
                here = diagrams.without(all_false, diagrams.either(truth.true, truth.false))
                untold = diagrams.either(untold, here)
            else:
                lines.append(diagrams.both(asked, truth.true))
                none_true = diagrams.without(none_true, truth.true)
            all_false = diagrams.both(all_false, truth.false)
        if not node.first_match:
            untold = diagrams.without(none_true, all_false)
        roles = {branch.role: i for i, branch in enumerate(node.branches) if branch.when is None}
        uncovered = NOBODY
        for role, taking in (("otherwise", all_false), ("unknown", untold)):
            if role in roles:
                lines[roles[role]] = taking
            else:
                uncovered = diagrams.either(uncovered, taking)
        told = diagrams.both(uncovered, untold)
        return Answered(asked, tuple(lines), uncovered, told)

    def open_options(self, node: Choose, patients: int) -> tuple[int, ...]:
        """For whom each option of a `choose` is open."""
        asked = self.choosing(node, patients)
        return tuple(
            asked
            if option.when is None
            else self.diagrams.both(asked, self.patients.truth(option.when).true)
            for option in node.options
        )

    def choosing(self, node: Choose, patients: int) -> int:
        """Who chooses, with an answer to everything that the options ask for."""
        return self.with_answers(patients, self.asked(option.when for option in node.options))
