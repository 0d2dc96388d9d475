"""Expressions over criteria, in Kleene's three values.

Negations are explicit: `is not`, `not in` and `excludes` become `Not`.
A `criterion` field holds the id of a criterion, except `Compares.subject`, which may be a score.
"""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from attrs import frozen

from pathwaydsl.model.values import Quantity, written
from pathwaydsl.text.span import Span


class Sign(StrEnum):
    """A comparison sign."""

    EQUAL = "="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="


@frozen
class And:
    """All parts are true; two or more."""

    parts: "tuple[Expression, ...]"
    span: Span | None = written()
    kind: Literal["and"] = "and"


@frozen
class Or:
    """Some part is true; two or more."""

    parts: "tuple[Expression, ...]"
    span: Span | None = written()
    kind: Literal["or"] = "or"


@frozen
class Not:
    """The part is false."""

    part: "Expression"
    span: Span | None = written()
    kind: Literal["not"] = "not"


@frozen
class AtLeast:
    """At least `count` of the parts are true."""

    count: int
    parts: "tuple[Expression, ...]"
    span: Span | None = written()
    kind: Literal["at-least"] = "at-least"


@frozen
class Holds:
    """A yes-or-no criterion is true."""

    criterion: str
    span: Span | None = written()
    kind: Literal["holds"] = "holds"


@frozen
class Meets:
    """A named condition is true."""

    condition: str
    span: Span | None = written()
    kind: Literal["meets"] = "meets"


@frozen
class IsOneOf:
    """The criterion's value is one of the named values (`is x` has one of them)."""

    criterion: str
    values: tuple[str, ...]
    span: Span | None = written()
    kind: Literal["is-one-of"] = "is-one-of"


@frozen
class Includes:
    """The criterion's set of values includes this one; false for an `also` value."""

    criterion: str
    value: str
    span: Span | None = written()
    kind: Literal["includes"] = "includes"


@frozen
class Compares:
    """A number criterion or a score against a written number, in the declared unit.

    `score` says which of the two the subject is.
    """

    subject: str
    sign: Sign
    quantity: Quantity
    score: bool = False
    span: Span | None = written()
    kind: Literal["compares"] = "compares"


@frozen
class Within:
    """From `low` (included) to `high` (included for `in 65..74`, not for `to under 50`)."""

    subject: str
    low: Decimal
    high: Decimal
    unit: str | None
    high_included: bool
    score: bool = False
    span: Span | None = written()
    kind: Literal["within"] = "within"


@frozen
class IsUnknown:
    """The criterion's value is unknown; always true or false."""

    criterion: str
    span: Span | None = written()
    kind: Literal["is-unknown"] = "is-unknown"


@frozen
class IsKnown:
    """The criterion's value is known; always true or false."""

    criterion: str
    span: Span | None = written()
    kind: Literal["is-known"] = "is-known"


@frozen
class Had:
    """A `treat` with this regimen, or with a regimen holding this drug, lies behind.

    Exactly one of `regimen` and `drug` is set.
    """

    regimen: str | None = None
    drug: str | None = None
    span: Span | None = written()
    kind: Literal["had"] = "had"


Test = Holds | Meets | IsOneOf | Includes | Compares | Within | IsUnknown | IsKnown | Had
Expression = And | Or | Not | AtLeast | Test


def parts_of(expression: Expression) -> tuple[Expression, ...]:
    """The expressions an expression is made of; empty for a test."""
    match expression:
        case And(parts) | Or(parts):
            return parts
        case AtLeast(_, parts):
            return parts
        case Not(part):
            return (part,)
        case _:
            return ()


def tests_of(expression: Expression) -> Iterator[Test]:
    """Every test in an expression, from left to right (conditions are not opened)."""
    waiting: list[Expression] = [expression]
    while waiting:
        current = waiting.pop()
        match current:
            case And() | Or() | AtLeast():
                waiting.extend(current.parts[::-1])
            case Not():
                waiting.append(current.part)
            case _:
                yield current
