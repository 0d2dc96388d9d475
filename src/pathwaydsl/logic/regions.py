"""Conditions as exact sets of patients, in Kleene's three values.

A condition becomes two sets: those for whom it is true and those for whom it is false; for
everybody else it cannot be told. What nobody has asked yet is not told either, unless it is said
to fit or not to fit.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal, assert_never

from pathwaydsl.logic.counting import (
    Truth,
    compared,
    counted,
    fits,
    reaching,
    sum_compared,
    sums_of,
)
from pathwaydsl.logic.diagrams import EVERYBODY, Diagrams
from pathwaydsl.logic.mentioned import MeaninglessError, mentioned
from pathwaydsl.logic.ordering import order_of_questions
from pathwaydsl.logic.questions import Answer, Question, questions_of
from pathwaydsl.model.expressions import (
    And,
    AtLeast,
    Compares,
    Expression,
    Had,
    Holds,
    Includes,
    IsKnown,
    IsOneOf,
    IsUnknown,
    Meets,
    Not,
    Or,
    Sign,
    Within,
)
from pathwaydsl.model.nodes import Assignment
from pathwaydsl.model.pathway import Library

Missing = Literal["untold", "fits", "fails"]
"""How a test of a criterion nobody has asked counts: not told, true, or false."""

_OTHER: dict[Missing, Missing] = {"untold": "untold", "fits": "fails", "fails": "fits"}


class Patients:
    """All patients that some expressions can tell apart.

    Args:
        library: Definitions.
        expressions: Every condition that will be asked about.
        numbers: Further numbers that criteria are set to.
        extra: Criteria that are measured or set beside those that are asked for.
        places: Boxes that a patient may have left by a `during`.
        missing: Whether a criterion may not have been asked yet.
        budget: Steps before `UndecidedError`.
    """

    def __init__(
        self,
        library: Library,
        expressions: Sequence[Expression],
        *,
        numbers: Iterable[tuple[str, Decimal]] = (),
        extra: Iterable[str] = (),
        places: Sequence[str] = (),
        missing: bool = True,
        budget: int = 1_000_000,
    ) -> None:
        self.library = library
        self.places = tuple(places)
        asked = mentioned(expressions, library)
        cuts: dict[str, list[Decimal]] = {}
        for name, number in (*asked.thresholds, *numbers):
            cuts.setdefault(name, []).append(number)
        names = order_of_questions(
            tuple(dict.fromkeys((*asked.criteria, *extra))),
            (mentioned([expression], library).criteria for expression in expressions),
        )
        questions: list[Question] = []
        if places:
            told = [Answer("value", place) for place in ("", *places)]
            questions.append(Question("", tuple(told), part="left"))
        self.head: dict[str, int] = {}
        self.members: dict[tuple[str, str], int] = {}
        self.levels_of: dict[str, frozenset[int]] = {}
        for name in names:
            criterion = library.criterion.get(name)
            if criterion is None:
                raise MeaninglessError(name)
            first = len(questions)
            questions.extend(questions_of(criterion, cuts.get(name, ()), missing=missing))
            self.head[name] = first
            for level in range(first + 1, len(questions)):
                self.members[name, questions[level].member or ""] = level
            self.levels_of[name] = frozenset(range(first, len(questions)))
        self.had: dict[tuple[str | None, str | None], int] = {}
        for had in asked.had:
            self.had[had] = len(questions)
            told = [Answer("value", "no"), Answer("value", "yes")]
            questions.append(Question(had[0] or had[1] or "", tuple(told), part="had"))
        self.questions = tuple(questions)
        self.diagrams = Diagrams([len(question.answers) for question in questions], budget)
        self._memo: dict[tuple[int, Missing], tuple[Expression, Truth]] = {}
        self._definitions: dict[tuple[str, Missing], Truth] = {}
        self._scores: dict[tuple[str, Missing], dict[int, int]] = {}
        self._values: dict[str, int] = {}
        self._missing: dict[tuple[str, ...], int] = {}

    # Single answers

    def where(self, name: str, mask: int) -> int:
        """Those whose answer to a criterion is in a mask."""
        return self.diagrams.answers(self.head[name], mask)

    def kinds(
        self, name: str, *kinds: Literal["value", "also", "number", "unknown", "missing"]
    ) -> int:
        """Those whose answer to a criterion is of some kinds."""
        return self.where(name, self.questions[self.head[name]].mask(*kinds))

    def missing(self, names: Iterable[str]) -> int:
        """Those of whom some of these criteria was not asked."""
        wanted = tuple(names)
        if wanted not in self._missing:
            present = {
                head: self.questions[head].mask("value", "also", "number", "unknown")
                for head in (self.head[name] for name in wanted)
            }
            self._missing[wanted] = self.diagrams.others(self.diagrams.box(present))
        return self._missing[wanted]

    def possible_values(self, name: str) -> int:
        """Those with a value of a criterion's domain: asked, and a set without members not."""
        if name not in self._values:
            asked = self.kinds(name, "value", "also", "number", "unknown")
            self._values[name] = self.diagrams.both(asked, self._well_formed(name))
        return self._values[name]

    def _well_formed(self, name: str) -> int:
        """Sets hold a member exactly where they are told to hold some."""
        levels = [level for (about, _), level in self.members.items() if about == name]
        if not levels:
            return EVERYBODY
        diagrams = self.diagrams
        empty = diagrams.all_of(diagrams.answers(level, 1) for level in reversed(levels))
        some = self.kinds(name, "value")
        return diagrams.either(diagrams.without(some, empty), diagrams.without(empty, some))

    def unasked(self, names: Iterable[str]) -> int:
        """Those of whom none of these criteria was asked."""
        return self.diagrams.all_of(
            self.diagrams.both(self.kinds(name, "missing"), self._well_formed(name))
            for name in names
        )

    def measured(self, patients: int, names: Iterable[str]) -> int:
        """The patients after these criteria took any value."""
        wanted = [name for name in names if name in self.head]
        levels = frozenset[int]().union(*(self.levels_of[name] for name in wanted))
        found = self.diagrams.forget(patients, levels)
        return self.diagrams.both(
            found,
            self.diagrams.all_of(
                self.possible_values(name)
                for name in sorted(wanted, key=self.head.__getitem__, reverse=True)
            ),
        )

    def assigned(self, patients: int, assignment: Assignment) -> int:
        """The patients after a criterion was set."""
        name = assignment.criterion
        if name not in self.head:
            return patients
        found = self.diagrams.forget(patients, self.levels_of[name])
        return self.diagrams.both(found, self.value(assignment))

    def value(self, assignment: Assignment) -> int:
        """Those whose criterion has the value of an assignment."""
        name = assignment.criterion
        question = self.questions[self.head[name]]
        if assignment.members is not None:
            found = self.kinds(name, "value")
            for (about, member), level in self.members.items():
                if about == name:
                    bit = 2 if member in assignment.members else 1
                    found = self.diagrams.both(found, self.diagrams.answers(level, bit))
            return found
        if assignment.unknown:
            mask = question.mask("unknown")
        elif assignment.truth is not None:
            mask = question.named("yes" if assignment.truth else "no")
        elif assignment.number is not None:
            mask = question.between(assignment.number, assignment.number, True, True)  # noqa: FBT003
        else:
            mask = question.named(assignment.named or "")
        return self.diagrams.both(self.where(name, mask), self._well_formed(name))

    def once_known(self, some: int) -> int:
        """`some`, and those who could belong to it once what is not known is found out."""
        kept: dict[int, tuple[int, int]] = {}
        for name, head in self.head.items():
            question = self.questions[head]
            unknown = question.mask("unknown")
            if unknown and len(self.levels_of[name]) == 1:
                kept[head] = (unknown, question.mask("value", "also", "number"))
        found = self.diagrams.loosen(some, kept)
        for name, head in self.head.items():
            question = self.questions[head]
            if question.mask("unknown") and len(self.levels_of[name]) > 1:
                known = self.diagrams.without(
                    self.possible_values(name), self.kinds(name, "unknown")
                )
                there = self.diagrams.both(found, known)
                could = self.diagrams.forget(there, self.levels_of[name])
                not_known = self.diagrams.both(self.kinds(name, "unknown"), self._well_formed(name))
                found = self.diagrams.either(found, self.diagrams.both(could, not_known))
        return found

    # Conditions

    def truth(self, expression: Expression, missing: Missing = "untold") -> Truth:
        """For whom a condition is true, and for whom false."""
        key = (id(expression), missing)
        held = self._memo.get(key)
        if held is None:
            held = (expression, self._truth(expression, missing))
            self._memo[key] = held
        return held[1]

    def _truth(self, expression: Expression, missing: Missing) -> Truth:
        diagrams = self.diagrams
        match expression:
            case And(parts):
                told = [self.truth(part, missing) for part in parts]
                return Truth(
                    diagrams.all_of(t.true for t in told), diagrams.any_of(t.false for t in told)
                )
            case Or(parts):
                told = [self.truth(part, missing) for part in parts]
                return Truth(
                    diagrams.any_of(t.true for t in told), diagrams.all_of(t.false for t in told)
                )
            case Not(part):
                inner = self.truth(part, _OTHER[missing])
                return Truth(inner.false, inner.true)
            case AtLeast(count, parts):
                several = [(1, self.truth(part, missing)) for part in parts]
                return Truth(
                    reaching(diagrams, several, count, surely=True),
                    diagrams.others(reaching(diagrams, several, count, surely=False)),
                )
            case Meets(name):
                key = (name, missing)
                if key not in self._definitions:
                    means = self.library.condition[name].means
                    self._definitions[key] = self.truth(means, missing)
                return self._definitions[key]
            case Had(regimen, drug):
                level = self.had[regimen, drug]
                return Truth(diagrams.answers(level, 2), diagrams.answers(level, 1))
            case Compares(subject, score=True) | Within(subject, score=True):
                return self._score(subject, expression, missing)
            case _:
                return self._test(expression, missing)

    def _test(
        self,
        test: Holds | IsOneOf | Includes | Compares | Within | IsUnknown | IsKnown,
        missing: Missing,
    ) -> Truth:
        name = test.subject if isinstance(test, Compares | Within) else test.criterion
        question = self.questions[self.head[name]]
        known = question.mask("value", "also", "number")
        unknown = question.mask("unknown")
        told = known
        extra: int | None = None
        match test:
            case Holds():
                yes = question.named("yes")
            case IsOneOf(_, values):
                if not values:
                    raise MeaninglessError(name)
                yes = question.named(*values)
            case Includes(_, value):
                yes = question.mask("value")
                extra = self.diagrams.answers(self.members[name, value], 2)
            case Compares(_, sign, quantity):
                yes = compared(question, sign, quantity.number)
            case Within(_, low, high):
                yes = question.between(low, high, True, test.high_included)  # noqa: FBT003
            case IsUnknown():
                yes, told = unknown, known | unknown
            case IsKnown():
                yes, told = known, known | unknown
            case _:
                assert_never(test)
        true = self.where(name, yes)
        false = self.where(name, told & ~yes)
        if extra is not None:
            false = self.diagrams.either(false, self.diagrams.without(true, extra))
            true = self.diagrams.both(true, extra)
        if missing != "untold":
            unasked = self.kinds(name, "missing")
            if missing == "fits":
                true = self.diagrams.either(true, unasked)
            else:
                false = self.diagrams.either(false, unasked)
        return Truth(true, false)

    # Scores

    def _score(self, name: str, test: Compares | Within, missing: Missing) -> Truth:
        score = self.library.score[name]
        if isinstance(test, Compares) and test.sign is not Sign.EQUAL:
            parts = [(part.points, self.truth(part.when, missing)) for part in score.parts]
            return sum_compared(self.diagrams, parts, test)
        offset = sum(-part.points for part in score.parts if part.points < 0)
        key = (name, missing)
        if key not in self._scores:
            self._scores[key] = sums_of(
                self.diagrams,
                [(part.points, self.truth(part.when, missing)) for part in score.parts],
                offset,
            )
        return counted(self.diagrams, self._scores[key], fits(test), offset)

    # Shares

    def share(self, patients: int, of: int) -> Fraction:
        """How much of one declared input space is in another; 0 where there is none."""
        weights = [question.weights for question in self.questions]
        whole = self.diagrams.share(of, weights)
        return (
            self.diagrams.share(self.diagrams.both(patients, of), weights) / whole
            if whole
            else Fraction(0)
        )
