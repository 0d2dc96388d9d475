"""What a condition says of one patient: true, false, unknown, or not to be told.

A value that is `unknown` is a finding of the clinic, and follows Kleene; a value that nobody gave
is missing, and whatever hangs on it cannot be told. The two are never taken for each other.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from attrs import field, frozen

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
    Test,
    Within,
    tests_of,
)
from pathwaydsl.model.nodes import Assignment
from pathwaydsl.model.pathway import Library


@frozen
class Missing:
    """An answer that hangs on criteria whose value nobody gave, in the order they are asked."""

    criteria: tuple[str, ...]


Truth = bool | None | Missing
"""True, false, None for unknown, or what would have to be given first."""

MOST_SUMS = 10_000
"""How many different sums of a score are told apart; beyond, its bounds alone."""


@frozen
class Sums:
    """What a score may come to.

    Attributes:
        possible: Every sum that is still possible; the least and the most unless `exact`.
        missing: Criteria that a part asks for and nobody gave.
        exact: False where there are too many sums to tell them apart.
    """

    possible: frozenset[int]
    missing: tuple[str, ...] = ()
    exact: bool = True

    def sampled(self, edges: Iterable[Decimal]) -> Iterator[Decimal]:
        """Sums of which at least one lies on each side of every edge that can be passed."""
        yield from map(Decimal, self.possible)
        if not self.exact:
            low, high = min(self.possible), max(self.possible)
            yield from (edge for edge in edges if low < edge < high)


@frozen
class Patient:
    """One patient at one moment.

    Attributes:
        values: The value of each criterion that has one; an unknown one is a value, too.
        regimens: The regimens of every `treat` arrived at so far.
        library: What conditions, scores and regimens mean.
    """

    values: Mapping[str, Assignment]
    library: Library
    regimens: frozenset[str] = frozenset()
    _conditions: dict[str, Truth] = field(factory=dict, eq=False, repr=False, init=False)
    _scores: dict[str, Sums] = field(factory=dict, eq=False, repr=False, init=False)

    def truth(self, expression: Expression) -> Truth:
        """What an expression says of this patient."""
        self._settle(expression)
        return self._truth(expression)

    def _truth(self, expression: Expression) -> Truth:
        match expression:
            case And(parts):
                return _all(self._truth(part) for part in parts)
            case Or(parts):
                return opposite(_all(opposite(self._truth(part)) for part in parts))
            case Not(part):
                return opposite(self._truth(part))
            case AtLeast(count, parts):
                return _at_least(count, [self._truth(part) for part in parts])
            case _:
                return self._test(expression)

    def sums(self, score_id: str) -> Sums:
        """What a score may come to, with as much known as its parts allow."""
        self._settle(*(part.when for part in self.library.score[score_id].parts))
        if score_id not in self._scores:
            self._scores[score_id] = self._sums(score_id)
        return self._scores[score_id]

    def _settle(self, *asked: Expression) -> None:
        """Answer the conditions and scores that expressions name, the innermost first.

        However long a chain of conditions is, no answer waits for more than one other.
        """
        waiting = [name for expression in asked for name in _named(expression)]
        opened: set[tuple[bool, str]] = set()
        while waiting:
            score, name = waiting[-1]
            if name in (self._scores if score else self._conditions):
                waiting.pop()
                continue
            inner: list[Expression] = (
                [part.when for part in self.library.score[name].parts]
                if score
                else [self.library.condition[name].means]
            )
            if (score, name) not in opened:
                opened.add((score, name))
                waiting.extend(found for one in inner for found in _named(one))
            elif score:
                self._scores[name] = self._sums(name)
            else:
                self._conditions[name] = self._truth(inner[0])

    def _sums(self, score_id: str) -> Sums:
        possible = frozenset({0})
        missing: list[str] = []
        exact = True
        for part in self.library.score[score_id].parts:
            told = self._truth(part.when)
            if isinstance(told, Missing):
                missing.extend(told.criteria)
            if told is True:
                possible = frozenset(total + part.points for total in possible)
            elif told is not False:
                possible |= {total + part.points for total in possible}
                if len(possible) > MOST_SUMS:
                    possible, exact = frozenset({min(possible), max(possible)}), False
        return Sums(possible, tuple(dict.fromkeys(missing)), exact)

    def _test(self, test: Test) -> Truth:
        match test:
            case Meets(condition):
                return self._conditions[condition]
            case Had(regimen, drug):
                return self._had(regimen, drug)
            case Compares(subject, sign, quantity, score):
                limit = quantity.number
                if score:
                    return self._score(subject, lambda n: _holds(sign, n, limit), (limit,))
                return self._number(subject, lambda n: _holds(sign, n, limit))
            case Within(subject, low, high, score=score):
                if score:
                    return self._score(subject, lambda n: _inside(test, n), (low, high))
                return self._number(subject, lambda n: _inside(test, n))
            case IsUnknown(criterion) | IsKnown(criterion):
                value = self.values.get(criterion)
                if value is None:
                    return Missing((criterion,))
                return value.unknown is isinstance(test, IsUnknown)
            case Holds(criterion):
                return self._value(criterion, lambda value: value.truth is True)
            case Includes(criterion, wanted):
                return self._value(criterion, lambda value: wanted in (value.members or ()))
            case IsOneOf(criterion, wanted_values):
                return self._value(criterion, lambda value: value.named in wanted_values)

    def _had(self, regimen: str | None, drug: str | None) -> bool:
        if regimen is not None:
            return regimen in self.regimens
        known = self.library.regimen
        return any(drug in known[name].drugs for name in self.regimens if name in known)

    def _value(self, criterion: str, says: Callable[[Assignment], bool]) -> Truth:
        value = self.values.get(criterion)
        if value is None:
            return Missing((criterion,))
        return None if value.unknown else says(value)

    def _number(self, criterion: str, says: Callable[[Decimal], bool]) -> Truth:
        # A named value such as `never` is no number: every comparison with it is false.
        return self._value(criterion, lambda v: v.number is not None and says(v.number))

    def _score(
        self, score: str, says: Callable[[Decimal], bool], edges: tuple[Decimal, ...]
    ) -> Truth:
        sums = self._scores[score]
        answers = {says(total) for total in sums.sampled(edges)}
        if len(answers) == 1:
            return answers.pop()
        return Missing(sums.missing) if sums.missing else None


def _named(expression: Expression) -> Iterator[tuple[bool, str]]:
    """The scores (True) and conditions (False) that an expression names itself."""
    for test in tests_of(expression):
        match test:
            case Meets(condition):
                yield False, condition
            case Compares(subject, score=True) | Within(subject, score=True):
                yield True, subject
            case _:
                pass


def opposite(told: Truth) -> Truth:
    """What `not` makes of an answer."""
    return not told if isinstance(told, bool) else told


def _all(answers: Iterable[Truth]) -> Truth:
    """True if every answer is; false if one is; else missing before unknown."""
    unknown = False
    missing: list[str] = []
    for told in answers:
        if told is False:
            return False
        if isinstance(told, Missing):
            missing.extend(told.criteria)
        elif told is None:
            unknown = True
    if missing:
        return Missing(tuple(dict.fromkeys(missing)))
    return None if unknown else True


def _at_least(count: int, answers: list[Truth]) -> Truth:
    sure = sum(told is True for told in answers)
    possible = sum(told is not False for told in answers)
    if sure >= count:
        return True
    if possible < count:
        return False
    missing = [name for told in answers if isinstance(told, Missing) for name in told.criteria]
    return Missing(tuple(dict.fromkeys(missing))) if missing else None


def _holds(sign: Sign, number: Decimal, limit: Decimal) -> bool:
    match sign:
        case Sign.EQUAL:
            return number == limit
        case Sign.LESS:
            return number < limit
        case Sign.AT_MOST:
            return number <= limit
        case Sign.MORE:
            return number > limit
        case Sign.AT_LEAST:
            return number >= limit


def _inside(test: Within, number: Decimal) -> bool:
    if test.high_included:
        return test.low <= number <= test.high
    return test.low <= number < test.high
