"""What happens to patients in one box of a pathway, and which way they leave it.

What holds for a patient is carried along: the values last measured, what was had, and which box
was left by a `during`. An `assess` forgets the old values of what it measures; a `during` may
change what it tests; `sets` changes one criterion. After each of these `impossible` holds again.
Whoever comes to a box without an answer it asks for goes on with any answer, so that one missing
measurement is one finding.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from attrs import frozen

from pathwaydsl.logic.counting import Truth
from pathwaydsl.logic.diagrams import NOBODY, Diagrams, NestedError
from pathwaydsl.logic.mentioned import mentioned
from pathwaydsl.logic.regions import Patients
from pathwaydsl.logic.vocabulary import vocabulary
from pathwaydsl.model.criteria import Impossible
from pathwaydsl.model.expressions import Expression
from pathwaydsl.model.graph import exits
from pathwaydsl.model.nodes import (
    RESUME,
    Assess,
    Assignment,
    Branch,
    Choose,
    Decide,
    During,
    Node,
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


class Steps:
    """What each box of a pathway does to the patients who are there.

    Args:
        pathway: The pathway.
        others: Pathways of the project by id, for what `enter` leads to.
        patients: Patients that tell at least everything apart that the pathway does; None for
            its own.

    Attributes:
        impossible: Those whom some `impossible` rule takes away.
        eligible: Those whom the pathway is meant for.

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
        self._answered: dict[tuple[int, int], tuple[Decide, Answered]] = {}
        self.impossible = self.diagrams.any_of(self.impossible_by(rule) for rule in self.rules)
        self.eligible = self._eligible()

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

    def _left(self, patients: int, place: int) -> int:
        forgotten = self.diagrams.forget(patients, frozenset({0}))
        return self.diagrams.both(forgotten, self.diagrams.answers(0, 1 << place))

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
        """Those who left a box by a line of a `during`; where some resume, the box is kept.

        Raises:
            NestedError: If somebody left another box that way and has not resumed yet.
        """
        if line.target not in self._resuming:
            return patients
        if self.diagrams.without(patients, self.diagrams.answers(0, 1)):
            raise NestedError(node.id)
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
        key = (id(node), patients)
        held = self._answered.get(key)
        if held is None:
            held = self._answered[key] = (node, self._deciding(node, patients))
        return held[1]

    def _deciding(self, node: Decide, patients: int) -> Answered:
        diagrams = self.diagrams
        asked = self.with_answers(patients, self.asked(b.when for b in node.branches))
        truths = [None if b.when is None else self.patients.truth(b.when) for b in node.branches]
        told = [truth for truth in truths if truth is not None]
        all_false = diagrams.all_among(asked, [truth.false for truth in told])
        if node.first_match:
            lines, untold = self._in_order(truths, asked)
        else:
            lines = [NOBODY if t is None else diagrams.both(asked, t.true) for t in truths]
            none_true = diagrams.without(asked, diagrams.any_of(lines))
            untold = diagrams.without(none_true, all_false)
        roles = {branch.role: i for i, branch in enumerate(node.branches) if branch.when is None}
        uncovered = NOBODY
        for role, taking in (("otherwise", all_false), ("unknown", untold)):
            if role in roles:
                lines[roles[role]] = taking
            else:
                uncovered = diagrams.either(uncovered, taking)
        return Answered(asked, tuple(lines), uncovered, diagrams.both(uncovered, untold))

    def _in_order(self, truths: Sequence[Truth | None], asked: int) -> tuple[list[int], int]:
        """Who takes which line of a `first match`, and who cannot be told by some line."""
        diagrams = self.diagrams
        lines: list[int] = []
        rest = asked
        untold = NOBODY
        for truth in truths:
            if truth is None:
                lines.append(NOBODY)
                continue
            lines.append(diagrams.both(rest, truth.true))
            here = diagrams.without(rest, diagrams.either(truth.true, truth.false))
            untold = diagrams.either(untold, here)
            rest = diagrams.both(rest, truth.false)
        return lines, untold

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
