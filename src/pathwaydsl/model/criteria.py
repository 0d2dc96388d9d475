"""Criteria: what is asked of a patient, and the closed domain of its answers."""

from decimal import Decimal
from typing import Literal

from attrs import frozen

from pathwaydsl.model.expressions import Expression
from pathwaydsl.model.values import Code, Lineage, Position, written
from pathwaydsl.text.span import Span


@frozen
class Value:
    """One value of a closed list; `label` falls back to the id with blanks for hyphens."""

    id: str
    label: str
    span: Span | None = written()


@frozen
class OneOf:
    """Exactly one of the values."""

    values: tuple[Value, ...]
    kind: Literal["one-of"] = "one-of"


@frozen
class AnyOf:
    """Several of the values at once; not empty unless an `also` value stands for that."""

    values: tuple[Value, ...]
    kind: Literal["any-of"] = "any-of"


@frozen
class YesNo:
    """True or false."""

    kind: Literal["yes-no"] = "yes-no"


@frozen
class NumberRange:
    """A decimal or whole number from `low` to `high`, both included, in `unit` (or None)."""

    low: Decimal
    high: Decimal
    unit: str | None = None
    whole: bool = False
    kind: Literal["number"] = "number"


Domain = OneOf | AnyOf | YesNo | NumberRange


@frozen(kw_only=True)
class Criterion(Lineage):
    """One question about a patient.

    Attributes:
        also: Named values beside the domain, such as `never` for an interval.
        may_be_unknown: Whether `unknown` is a value of it.
        prognostic: Why no branch may test it, or None.
    """

    id: str
    label: str
    domain: Domain
    also: tuple[Value, ...] = ()
    may_be_unknown: bool = False
    codes: tuple[Code, ...] = ()
    prognostic: str | None = None
    positions: tuple[Position, ...] = ()
    span: Span | None = written()

    def value(self, value_id: str) -> Value | None:
        """The named value (of the domain or beside it) with that id, or None."""
        return next((value for value in self.named_values if value.id == value_id), None)

    @property
    def named_values(self) -> tuple[Value, ...]:
        """Every named value: those of the domain, then the `also` ones."""
        listed = self.domain.values if isinstance(self.domain, OneOf | AnyOf) else ()
        return (*listed, *self.also)


@frozen(kw_only=True)
class Condition(Lineage):
    """A named condition."""

    id: str
    label: str
    means: Expression
    span: Span | None = written()


@frozen
class Points:
    """`N points when EXPR`; points are whole and may be negative."""

    points: int
    when: Expression
    span: Span | None = written()


@frozen(kw_only=True)
class Score(Lineage):
    """A sum of points, computed from its parts; `source` is an evidence id or None."""

    id: str
    label: str
    parts: tuple[Points, ...]
    source: str | None = None
    span: Span | None = written()


@frozen(kw_only=True)
class Impossible(Lineage):
    """Values that cannot occur together: true for no patient."""

    when: Expression
    because: str
    span: Span | None = written()
