"""The answers to one question about a patient, as few as tell every written condition apart.

Numbers are cut at the thresholds that occur: each threshold is an answer of its own, and so is
each open interval between two of them. `missing` means that nobody has asked yet.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal, assert_never

from attrs import Factory, field, frozen

from pathwaydsl.model.criteria import AnyOf, Criterion, NumberRange, OneOf, YesNo

AnswerKind = Literal["value", "also", "number", "unknown", "missing"]


@frozen
class Answer:
    """One answer.

    Attributes:
        kind: What it is.
        value: Id of the named value; `yes` and `no`; `some` for a set that is not empty; for the
            questions about one member `with` and `without`.
        low, high: For numbers the interval; a point where both are equal.
        low_included, high_included: Whether the ends belong to it.
    """

    kind: AnswerKind
    value: str | None = None
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    low_included: bool = True
    high_included: bool = True


@frozen(slots=False)
class Question:
    """One question with its answers in the order that they are listed in words.

    Attributes:
        about: Id of the criterion, or what else it is about.
        member: The value of an `any of` criterion whose presence is asked for, or None.
        answers: Its answers.
        part: `criterion`, `member`, `had` or `left`.
    """

    about: str
    answers: tuple[Answer, ...]
    member: str | None = None
    part: Literal["criterion", "member", "had", "left"] = "criterion"
    whole: bool = field(default=False)
    _by_kind: Mapping[AnswerKind, int] = field(
        init=False,
        eq=False,
        repr=False,
        default=Factory(lambda self: self._kinds(), takes_self=True),
    )
    _by_value: Mapping[str, int] = field(
        init=False,
        eq=False,
        repr=False,
        default=Factory(lambda self: self._values(), takes_self=True),
    )

    def mask(self, *kinds: AnswerKind) -> int:
        """The answers of these kinds."""
        found = 0
        for kind in kinds:
            found |= self._by_kind.get(kind, 0)
        return found

    def named(self, *values: str) -> int:
        """The answers with these values."""
        found = 0
        for value in values:
            found |= self._by_value.get(value, 0)
        return found

    def _kinds(self) -> Mapping[AnswerKind, int]:
        found: dict[AnswerKind, int] = {}
        for i, answer in enumerate(self.answers):
            found[answer.kind] = found.get(answer.kind, 0) | 1 << i
        return found

    def _values(self) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for i, answer in enumerate(self.answers):
            if answer.value is not None:
                found[answer.value] = found.get(answer.value, 0) | 1 << i
        return found

    def between(
        self,
        low: Decimal | None,
        high: Decimal | None,
        low_included: bool,  # noqa: FBT001
        high_included: bool,  # noqa: FBT001
    ) -> int:
        """The numbers in an interval whose ends are among the thresholds; None is no end."""
        answers = self.answers

        def above(i: int) -> bool:
            least = answers[i].low
            return (
                low is None
                or least > low
                or (least == low and (low_included or not answers[i].low_included))
            )

        def beyond(i: int) -> bool:
            most = answers[i].high
            return high is not None and (
                most > high or (most == high and not high_included and answers[i].high_included)
            )

        # Numbers come first and ascend, so both can be found by halving.
        first = bisect_left(range(self.numbers), True, key=above)  # noqa: FBT003
        last = bisect_left(range(self.numbers), True, key=beyond)  # noqa: FBT003
        return ((1 << last) - (1 << first)) if last > first else 0

    @cached_property
    def numbers(self) -> int:
        """How many answers are numbers; they are the first ones."""
        return sum(answer.kind == "number" for answer in self.answers)

    @property
    def plainest(self) -> tuple[int, ...]:
        """The numbers of the answers, the plainest first.

        Inside an interval before its edge, known before unknown, asked before missing.
        """
        return tuple(sorted(range(len(self.answers)), key=lambda i: (_plainness(self, i), i)))

    @property
    def weights(self) -> tuple[Fraction, ...]:
        """How much of the declared input space each answer is; `missing` counts nothing."""
        slots = [answer for answer in self.answers if answer.kind not in {"number", "missing"}]
        numbers = [answer for answer in self.answers if answer.kind == "number"]
        total = len(slots) + (1 if numbers else 0)
        if self.whole:
            sizes = [Fraction(answer.high) - Fraction(answer.low) + 1 for answer in numbers]
        else:
            sizes = [Fraction(answer.high) - Fraction(answer.low) for answer in numbers]
        length = sum(sizes, Fraction(0))
        number = iter(sizes)
        found = []
        for answer in self.answers:
            if answer.kind == "missing":
                found.append(Fraction(0))
            elif answer.kind == "number":
                size = next(number)
                share = size / length if length else Fraction(1, len(numbers))
                found.append(share / total)
            else:
                found.append(Fraction(1, total))
        return tuple(found)


def _plainness(question: Question, number: int) -> int:
    answer = question.answers[number]
    match answer.kind:
        case "value":
            return 2 if answer.value == "some" else 0
        case "number":
            return 0 if question.whole or answer.low != answer.high else 1
        case "also":
            return 1 if any(a.value == "some" for a in question.answers) else 2
        case "unknown":
            return 3
        case _:
            return 4


def questions_of(
    criterion: Criterion, thresholds: Iterable[Decimal], *, missing: bool
) -> tuple[Question, ...]:
    """The questions a criterion stands for: one, and for an `any of` one for each member."""
    tail = [Answer("also", value.id) for value in criterion.also]
    if criterion.may_be_unknown:
        tail.append(Answer("unknown"))
    if missing:
        tail.append(Answer("missing"))
    domain = criterion.domain
    members: tuple[Question, ...] = ()
    whole = False
    head: list[Answer]
    match domain:
        case OneOf(values):
            head = [Answer("value", value.id) for value in values]
        case AnyOf(values):
            head = [Answer("value", "some")]
            members = tuple(
                Question(
                    criterion.id,
                    (Answer("value", "without"), Answer("value", "with")),
                    value.id,
                    "member",
                )
                for value in values
            )
        case YesNo():
            head = [Answer("value", "no"), Answer("value", "yes")]
        case NumberRange():
            whole = domain.whole
            head = list(_whole(domain, thresholds) if whole else _decimal(domain, thresholds))
        case _:
            assert_never(domain)
    return (Question(criterion.id, (*head, *tail), whole=whole), *members)


def _decimal(domain: NumberRange, thresholds: Iterable[Decimal]) -> Iterator[Answer]:
    cuts = sorted({cut for cut in thresholds if domain.low <= cut <= domain.high})
    below, closed = domain.low, True
    for cut in cuts:
        if below < cut:
            yield Answer("number", None, below, cut, closed, False)  # noqa: FBT003
        yield Answer("number", None, cut, cut)
        below, closed = cut, False
    if below < domain.high or closed:
        yield Answer("number", None, below, domain.high, closed)


def _whole(domain: NumberRange, thresholds: Iterable[Decimal]) -> Iterator[Answer]:
    low = domain.low.to_integral_value(ROUND_CEILING)
    high = domain.high.to_integral_value(ROUND_FLOOR)
    starts = {low}
    for cut in thresholds:
        floor = cut.to_integral_value(ROUND_FLOOR)
        starts |= {floor, floor + 1} if floor == cut else {floor + 1}
    ordered = sorted(start for start in starts if low <= start <= high)
    for start, after in zip(ordered, [*ordered[1:], high + 1], strict=True):
        yield Answer("number", None, start, after - 1)


def typical(question: Question, number: int) -> Decimal:
    """A plain number inside an answer: round, and not at its edge unless that is all there is."""
    answer = question.answers[number]
    low, high = answer.low, answer.high
    if low == high:
        return low
    last = max((a.high for a in question.answers if a.kind == "number"), default=high)
    middle = (low + high) / 2
    if high == last and low > 0 and high > 3 * low:
        middle = low + low / 2
    if question.whole:
        return max(low, min(high, middle.to_integral_value(ROUND_FLOOR)))
    step = Decimal(10) ** ((high - low).adjusted() + 1)
    while True:
        for factor in (Decimal(1), Decimal("0.5")):
            unit = step * factor
            rounded = (middle / unit).to_integral_value() * unit
            if low < rounded < high:
                return Decimal(f"{rounded.normalize():f}")
        step /= 10
