"""The numbers at which conditions change their answer, with what lies on each side of them."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Literal

from attrs import field, frozen

from pathwaydsl.model.criteria import NumberRange
from pathwaydsl.model.expressions import Compares, Expression, Meets, Within, tests_of
from pathwaydsl.model.pathway import Library
from pathwaydsl.model.values import Quantity
from pathwaydsl.model.wording import quantity_in_words, subject_label
from pathwaydsl.text.span import Span

Side = Literal["below", "at", "above"]
"""Where a value lies."""


@frozen
class Threshold:
    """A number that a criterion or a score is compared with."""

    subject: str
    number: Decimal
    unit: str | None
    score: bool = False
    span: Span | None = field(default=None, eq=False)

    def side_of(self, number: Decimal) -> Side:
        """Where a number lies."""
        if number == self.number:
            return "at"
        return "below" if number < self.number else "above"

    def said(self, side: str, library: Library) -> str:
        """`LVEF below 50 %`, `LVEF at 50 %`."""
        quantity = quantity_in_words(Quantity(self.number, self.unit))
        return f"{subject_label(self.subject, library)} {side} {quantity}"


def thresholds_of(conditions: Iterable[Expression], library: Library) -> Iterator[Threshold]:
    """Every threshold of some conditions, those of named conditions and scores included."""
    waiting = list(conditions)
    opened: set[tuple[str, str]] = set()
    while waiting:
        for test in tests_of(waiting.pop(0)):
            match test:
                case Meets(condition):
                    if ("condition", condition) not in opened:
                        opened.add(("condition", condition))
                        waiting.append(library.condition[condition].means)
                    continue
                case Compares(subject, _, quantity, score):
                    yield Threshold(subject, quantity.number, quantity.unit, score, span=test.span)
                case Within(subject, low, high, unit, score=score):
                    for number in (low, high):
                        yield Threshold(subject, number, unit, score, span=test.span)
                case _:
                    continue
            if score and ("score", subject) not in opened:
                opened.add(("score", subject))
                waiting.extend(part.when for part in library.score[subject].parts)


def sides_of(threshold: Threshold, library: Library) -> tuple[Side, ...]:
    """The sides on which some value can lie."""
    low, high, whole = _span(threshold, library)
    number = threshold.number
    sides: list[Side] = []
    if low < number:
        sides.append("below")
    if low <= number <= high and not (whole and number != number.to_integral_value()):
        sides.append("at")
    if number < high:
        sides.append("above")
    return tuple(sides)


def _span(threshold: Threshold, library: Library) -> tuple[Decimal, Decimal, bool]:
    if threshold.score:
        points = [part.points for part in library.score[threshold.subject].parts]
        least = sum(number for number in points if number < 0)
        most = sum(number for number in points if number > 0)
        return Decimal(least), Decimal(most), True
    domain = library.criterion[threshold.subject].domain
    if isinstance(domain, NumberRange):
        return domain.low, domain.high, domain.whole
    return threshold.number, threshold.number, False
