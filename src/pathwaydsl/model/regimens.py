"""Drugs and regimens: what is given, how much, how often, how long, and to whom not."""

from decimal import Decimal
from typing import Literal

from attrs import frozen

from pathwaydsl.model.expressions import Expression
from pathwaydsl.model.values import Citation, Code, Lineage, Quantity, written
from pathwaydsl.text.span import Span


@frozen
class Warning_:  # noqa: N801  `Warning` is a builtin
    """A contraindication or a caution of a drug."""

    when: Expression
    because: str
    cites: tuple[Citation, ...] = ()
    span: Span | None = written()


@frozen(kw_only=True)
class Drug(Lineage):
    """A drug, with what travels with it into every regimen."""

    id: str
    label: str
    codes: tuple[Code, ...] = ()
    classes: tuple[str, ...] = ()
    contraindications: tuple[Warning_, ...] = ()
    cautions: tuple[Warning_, ...] = ()
    span: Span | None = written()


@frozen
class Dose:
    """`75 mg/m2`, or `AUC 6` (then `auc` is set and the unit is None)."""

    amount: Quantity
    auc: bool = False


@frozen
class Schedule:
    """How often.

    Attributes:
        times: How many times in `every`: 1 for `daily`, 2 for `twice daily`; 0 for `once`.
        every: The interval, `1 days` for `daily`; None for `once` and for days alone.
        days: The days of the cycle, ascending; empty if not given.
        cycle: The length of the cycle in days, or None.
        day_range: Whether the days were written as a range.
    """

    times: int = 1
    every: Quantity | None = None
    days: tuple[int, ...] = ()
    cycle: int | None = None
    day_range: bool = False


@frozen
class Phase:
    """A dose with its route and schedule, and how long.

    `route` is one of `regimens.ROUTES` or None; `lasts` is in cycles, days or weeks.
    """

    dose: Dose
    schedule: Schedule
    route: str | None = None
    lasts: Quantity | None = None
    at_least: bool = False
    span: Span | None = written()


@frozen
class GivenDrug:
    """One drug of a `give` line with its phases: the loading dose first, then what follows."""

    drug: str
    phases: tuple[Phase, ...]
    span: Span | None = written()


@frozen
class Give:
    """One `give` line.

    Attributes:
        drugs: One drug, or the alternatives of `give one of`.
        until: When it stops, in words, or None.
        when: For whom this line holds, or None for everyone.
    """

    drugs: tuple[GivenDrug, ...]
    until: str | None = None
    when: Expression | None = None
    span: Span | None = written()


@frozen(kw_only=True)
class Regimen(Lineage):
    """Drugs given together."""

    id: str
    label: str
    gives: tuple[Give, ...] = ()
    notes: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()
    span: Span | None = written()

    @property
    def drugs(self) -> tuple[str, ...]:
        """Ids of every drug it may hold, in the order of the `give` lines, each once."""
        return tuple(dict.fromkeys(given.drug for give in self.gives for given in give.drugs))


Route = Literal["IV", "SC", "IM", "PO"]
ROUTES: dict[str, Route] = {
    "iv": "IV",
    "intravenous": "IV",
    "intravenously": "IV",
    "sc": "SC",
    "subcutaneous": "SC",
    "subcutaneously": "SC",
    "im": "IM",
    "intramuscular": "IM",
    "intramuscularly": "IM",
    "po": "PO",
    "oral": "PO",
    "orally": "PO",
}
"""Routes an author may write, in any case, and what the model calls them."""


def daily(times: int = 1) -> Schedule:
    """`daily`, `twice daily`: `times` in each day."""
    return Schedule(times=times, every=Quantity(Decimal(1), "days"))
