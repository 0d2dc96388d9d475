"""Conditions compiled to diagrams that a small program can walk, question by question.

A condition says one of four things of a patient: `true`, `false`, `unknown` (a value was asked for
and is not known), or `missing` (a value was not given, and the answer hangs on it). A decision
says which line is taken, or why none is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import frozen

from pathwaydsl.logic.diagrams import EVERYBODY, NOBODY
from pathwaydsl.logic.mentioned import mentioned
from pathwaydsl.logic.regions import Patients
from pathwaydsl.model.expressions import (
    And,
    AtLeast,
    Compares,
    Expression,
    Had,
    Meets,
    Not,
    Or,
    Within,
)
from pathwaydsl.model.nodes import Act, Assess, Choose, Decide, Enter, Treat
from pathwaydsl.model.pathway import Pathway

if TYPE_CHECKING:
    from decimal import Decimal

BUDGET = 2_000_000
"""Steps for all conditions of one pathway."""

Result = str | int
"""What a diagram comes to: a word, or the number of a line."""


@frozen
class Told:
    """Those for whom a condition is true, false, unknown, and those of whom it is missing."""

    true: int
    false: int
    unknown: int
    missing: int


@frozen
class Asking:
    """A place in a diagram: the number of a question, and where each set of answers leads.

    Attributes:
        question: Its number in the table of questions.
        ways: Numbers of answers, and what follows: a result, or the number of another place.
    """

    question: int
    ways: "tuple[tuple[tuple[int, ...], Reference], ...]"


@frozen
class Reference:
    """What follows: another place in the table, or a result."""

    place: int | None = None
    result: Result | None = None


class Compiler:
    """Compiles the conditions of one pathway to one table of places.

    Raises:
        UndecidedError: If the step budget does not suffice.
        MeaninglessError: If something that is asked for does not exist.
    """

    def __init__(self, pathway: Pathway) -> None:
        self.pathway = pathway
        self.library = pathway.library
        self.places: list[Asking] = []
        self._known: dict[Asking, int] = {}
        self._told: dict[int, tuple[Expression, Told]] = {}
        self._lacking: dict[int, tuple[Expression, int]] = {}

    @cached_property
    def patients(self) -> Patients:
        """All patients that the conditions tell apart."""
        pathway = self.pathway
        conditions = [] if pathway.eligible is None else [pathway.eligible]
        extra: list[str] = []
        numbers: list[tuple[str, Decimal]] = []
        for node in pathway.nodes:
            if isinstance(node, Assess):
                extra.extend(node.measures)
            if isinstance(node, Decide):
                conditions.extend(b.when for b in node.branches if b.when is not None)
            if isinstance(node, Choose):
                conditions.extend(o.when for o in node.options if o.when is not None)
            if isinstance(node, Treat | Act | Enter):
                extra.extend(value.criterion for value in node.sets)
                numbers.extend(
                    (value.criterion, value.number)
                    for value in node.sets
                    if value.number is not None
                )
        for during in pathway.durings:
            conditions.extend(b.when for b in during.branches if b.when is not None)
        used = {*mentioned(conditions, self.library).criteria, *extra}
        conditions.extend(
            rule.when
            for rule in (*pathway.impossible, *self.library.impossible)
            if used.issuperset(mentioned([rule.when], self.library).criteria)
        )
        return Patients(self.library, conditions, numbers=numbers, extra=extra, budget=BUDGET)

    # Four values

    def told(self, expression: Expression) -> Told:
        """For whom a condition is what."""
        held = self._told.get(id(expression))
        if held is None:
            diagrams = self.patients.diagrams
            truth = self.patients.truth(expression)
            rest = diagrams.others(diagrams.either(truth.true, truth.false))
            missing = diagrams.both(rest, self._missing(expression))
            told = Told(truth.true, truth.false, diagrams.without(rest, missing), missing)
            held = (expression, told)
            self._told[id(expression)] = held
        return held[1]

    def _missing(self, expression: Expression) -> int:
        """Those of whom some part hangs on a value that nobody gave, if the whole is not told."""
        held = self._lacking.get(id(expression))
        if held is None:
            held = (expression, self._missing_in(expression))
            self._lacking[id(expression)] = held
        return held[1]

    def _missing_in(self, expression: Expression) -> int:
        diagrams = self.patients.diagrams
        match expression:
            case And(parts) | Or(parts) | AtLeast(_, parts):
                inner: Iterable[Expression] = parts
            case Not(part):
                inner = (part,)
            case Meets(name):
                inner = (self.library.condition[name].means,)
            case Compares(name, score=True) | Within(name, score=True):
                inner = tuple(part.when for part in self.library.score[name].parts)
            case Had():
                return NOBODY
            case Compares(name) | Within(name):
                return self.patients.kinds(name, "missing")
            case _:
                return self.patients.kinds(expression.criterion, "missing")
        return diagrams.any_of(self.told(part).missing for part in inner)

    # Diagrams with results

    def condition(self, expression: Expression) -> Reference:
        """The diagram of a condition: `true`, `false`, `unknown` or `missing`."""
        told = self.told(expression)
        return self._compiled(
            {
                "true": told.true,
                "false": told.false,
                "unknown": told.unknown,
                "missing": told.missing,
            }
        )

    def decision(self, node: Decide) -> Reference:
        """The diagram of a `decide`: the number of a line, or a word for why none is taken."""
        roles = {b.role: i for i, b in enumerate(node.branches) if b.when is None}
        found = self._first(node) if node.first_match else self._only(node)
        for role in ("otherwise", "unknown"):
            taking = found.pop(role, NOBODY)
            key: Result = roles.get(role, "no-branch")
            found[key] = self.patients.diagrams.either(found.get(key, NOBODY), taking)
        return self._compiled(found)

    def _only(self, node: Decide) -> dict[Result, int]:
        diagrams = self.patients.diagrams
        found: dict[Result, int] = {}
        several = missing = unknown = NOBODY
        rest = EVERYBODY
        above: list[tuple[tuple[object, ...], int]] = []
        for i, branch in enumerate(node.branches):
            if branch.when is None:
                continue
            told = self.told(branch.when)
            said = (branch.target, branch.label, branch.flags)
            for other, true in above:
                if other != said:
                    several = diagrams.either(several, diagrams.both(true, told.true))
            above.append((said, told.true))
            found[i] = diagrams.both(rest, told.true)
            rest = diagrams.without(rest, told.true)
            missing = diagrams.either(missing, told.missing)
            unknown = diagrams.either(unknown, told.unknown)
        found = {line: diagrams.without(taking, several) for line, taking in found.items()}
        found["several-branches"] = several
        found["missing"] = diagrams.both(rest, missing)
        rest = diagrams.without(rest, missing)
        found["unknown"] = diagrams.both(rest, unknown)
        found["otherwise"] = diagrams.without(rest, unknown)
        return found

    def _first(self, node: Decide) -> dict[Result, int]:
        diagrams = self.patients.diagrams
        found: dict[Result, int] = {}
        missing = unknown = NOBODY
        rest = EVERYBODY
        for i, branch in enumerate(node.branches):
            if branch.when is None:
                continue
            told = self.told(branch.when)
            found[i] = diagrams.both(rest, told.true)
            missing = diagrams.either(missing, diagrams.both(rest, told.missing))
            unknown = diagrams.either(unknown, diagrams.both(rest, told.unknown))
            rest = diagrams.both(rest, told.false)
        return {**found, "missing": missing, "unknown": unknown, "otherwise": rest}

    def _compiled(self, sets: Mapping[Result, int]) -> Reference:
        """One diagram out of sets that share nobody and leave nobody out."""
        results = tuple(result for result, some in sets.items() if some)
        memo: dict[tuple[int, ...], Reference] = {}

        def look(inside: tuple[int, ...]) -> Reference:
            found = memo.get(inside)
            if found is None:
                if EVERYBODY in inside:
                    found = Reference(result=results[inside.index(EVERYBODY)])
                else:
                    found = self._asking(inside, look)
                memo[inside] = found
            return found

        return look(tuple(sets[result] for result in results))

    def _asking(
        self, inside: tuple[int, ...], look: Callable[[tuple[int, ...]], Reference]
    ) -> Reference:
        diagrams = self.patients.diagrams
        level = min(diagrams.level[some] for some in inside)
        answers: dict[tuple[int, ...], list[int]] = {}
        for answer in range(len(self.patients.questions[level].answers)):
            there = tuple(_child(diagrams.edges, diagrams.level, s, level, answer) for s in inside)
            answers.setdefault(there, []).append(answer)
        ways: dict[Reference, list[int]] = {}
        for there, numbers in answers.items():
            ways.setdefault(look(there), []).extend(numbers)
        if len(ways) == 1:
            return next(iter(ways))
        ordered = sorted((tuple(sorted(n)), reference) for reference, n in ways.items())
        asking = Asking(level, tuple(ordered))
        if asking not in self._known:
            self._known[asking] = len(self.places)
            self.places.append(asking)
        return Reference(place=self._known[asking])


def _child(
    edges: Sequence[Sequence[tuple[int, int]]],
    levels: Sequence[int],
    some: int,
    level: int,
    answer: int,
) -> int:
    if levels[some] != level:
        return some
    return next((child for mask, child in edges[some] if mask >> answer & 1), NOBODY)
