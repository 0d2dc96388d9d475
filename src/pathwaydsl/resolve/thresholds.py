"""Comparisons with numbers: inside the range, and true for some known values but not for all."""

from decimal import Decimal
from typing import assert_never

from attrs import frozen

from pathwaydsl.model.criteria import NumberRange
from pathwaydsl.model.expressions import Sign
from pathwaydsl.resolve.numbers import number_of
from pathwaydsl.resolve.scope import Definition, Scope
from pathwaydsl.resolve.statements import statements
from pathwaydsl.syntax.tree import Part


@frozen
class Line:
    """The numbers that a criterion or a score can take.

    `named` says that named answers stand beside them, which fulfil no comparison.
    """

    said: str
    low: Decimal
    high: Decimal
    unit: str | None
    whole: bool
    named: bool
    score: bool = False

    @property
    def shown(self) -> str:
        """The range as an author writes it."""
        return f"{self.low:f}..{self.high:f}" + (f" {self.unit}" if self.unit else "")


def line_of(subject: Definition) -> Line | None:
    """The numbers of a criterion or a score; None where its answers are no numbers."""
    if subject.kind == "score":
        return _score_line(subject)
    criterion = subject.value
    domain = criterion.domain
    if not isinstance(domain, NumberRange):
        return None
    said = f"“{criterion.label}”"
    named = bool(criterion.also)
    return Line(said, domain.low, domain.high, domain.unit, domain.whole, named)


def _score_line(subject: Definition) -> Line:
    if isinstance(subject.line, Line):
        return subject.line
    low = high = Decimal(0)
    for statement in statements(subject.node).get("points", ()):
        quantity = statement.child("quantity")
        points = number_of(quantity.token("NUMERAL")) if quantity is not None else None
        if points is not None:
            low, high = low + min(points, Decimal(0)), high + max(points, Decimal(0))
    line = Line(f"`{subject.name}`", low, high, None, whole=True, named=False, score=True)
    subject.line = line
    return line


def outside(scope: Scope, line: Line, number: Decimal, part: Part) -> bool:
    """Whether a number lies outside the range, with a finding."""
    if line.low <= number <= line.high:
        return False
    scope.report(
        "PW211",
        f"{line.said} runs from {line.low:f} to {line.high:f}"
        + (f" {line.unit}" if line.unit else "")
        + f"; {number:f} lies outside",
        part,
        None if line.score else "Mend the number here or the range of the criterion.",
    )
    return True


def satisfied(line: Line, sign: Sign, number: Decimal) -> bool | None:
    """Whether every known value fulfils a comparison (True), none (False), or some (None)."""
    match sign:
        case Sign.EQUAL:
            if line.whole and number != number.to_integral_value():
                return False
            every = line.low == line.high
            some = True
        case Sign.LESS:
            every, some = number > line.high, number > line.low
        case Sign.AT_MOST:
            every, some = number >= line.high, number >= line.low
        case Sign.MORE:
            every, some = number < line.low, number < line.high
        case Sign.AT_LEAST:
            every, some = number <= line.low, number <= line.high
        case _:
            assert_never(sign)
    if every and not line.named:
        return True
    return None if some else False


def said_always(scope: Scope, line: Line, part: Part, *, truth: bool) -> None:
    """Report a comparison that every known value fulfils, or none."""
    said = "Every known value fulfils this" if truth else "No value fulfils this"
    scope.report(
        "PW210",
        f"{said}: {line.said} runs from {line.low:f} to {line.high:f}"
        + (f" {line.unit}" if line.unit else ""),
        part,
        "Choose a limit inside the range, or leave the comparison out.",
    )
