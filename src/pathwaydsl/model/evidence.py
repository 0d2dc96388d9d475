"""Evidence: studies and guidelines, their outcomes with estimates, and grading schemes."""

from decimal import Decimal
from typing import Literal

from attrs import frozen

from pathwaydsl.model.expressions import Expression
from pathwaydsl.model.values import Citation, Code, Lineage, PartialDate, Quantity, written
from pathwaydsl.text.span import Span

EVIDENCE_KINDS = (
    "trial",
    "single-arm",
    "meta-analysis",
    "cohort",
    "guideline",
    "regulator",
    "consensus",
)
"""What an evidence definition may be."""

EstimateKind = Literal["hazard-ratio", "odds-ratio", "risk-ratio", "difference"]


@frozen
class Bound:
    """A value or a bound of an interval; `number` is None for `not reached`."""

    number: Decimal | None

    @property
    def reached(self) -> bool:
        """Whether there is a number."""
        return self.number is not None


@frozen
class Interval:
    """A 95 % confidence interval as published, in the unit of its estimate."""

    low: Bound
    high: Bound


@frozen
class Events:
    """`N of N`: patients with an event, and patients."""

    count: int
    total: int
    span: Span | None = written()


@frozen
class Arm:
    """One arm of a study: its value (None if none was published), in `unit`."""

    name: str
    value: Bound | None = None
    interval: Interval | None = None
    unit: str | None = None
    events: Events | None = None
    span: Span | None = written()


@frozen
class Estimate:
    """An effect with its interval; `unit` only for a difference."""

    kind: EstimateKind
    value: Decimal
    interval: Interval | None = None
    unit: str | None = None
    span: Span | None = written()


@frozen
class PValue:
    """`p 0.0074 one-sided`; `below` for `p < 0.001`; `sides` is 1, 2 or None if not told."""

    value: Decimal
    below: bool = False
    sides: int | None = None
    span: Span | None = written()


@frozen
class Certainty:
    """How certain a panel is of an outcome: a level of a scheme, and why."""

    level: str
    because: str
    scheme: str = "grade"
    span: Span | None = written()


@frozen(kw_only=True)
class Result(Lineage):
    """One published result: an `outcome` of an evidence definition."""

    id: str
    label: str
    harm: bool = False
    published: PartialDate | None = None
    assessed_by: str | None = None
    clock_from: str | None = None
    arms: tuple[Arm, ...] = ()
    events: tuple[Events, ...] = ()
    estimate: Estimate | None = None
    p: PValue | None = None
    follow_up: Quantity | None = None
    immature: bool = False
    descriptive: bool = False
    exploratory: bool = False
    certainty: Certainty | None = None
    notes: tuple[str, ...] = ()
    cites: tuple[Citation, ...] = ()
    span: Span | None = written()


@frozen
class TrialId:
    """A registry id: `NCT00567190`, or a code such as `eudract:2012-002556-17`."""

    registry: str
    value: str
    span: Span | None = written()

    def __str__(self) -> str:
        return self.value if self.registry == "nct" else f"{self.registry}:{self.value}"


@frozen(kw_only=True)
class Evidence(Lineage):
    """A study, a guideline or a regulator's document.

    Attributes:
        eligible: Who could enter, in criteria; None if not said.
        compares: What was compared with what, or None.
    """

    id: str
    label: str
    kind: str | None = None
    trial: TrialId | None = None
    phase: str | None = None
    enrolled: int | None = None
    published: PartialDate | None = None
    compares: tuple[str, str] | None = None
    eligible: Expression | None = None
    outcomes: tuple[Result, ...] = ()
    cites: tuple[Citation, ...] = ()
    retracted: PartialDate | None = None
    span: Span | None = written()

    @property
    def dates(self) -> tuple[PartialDate, ...]:
        """Every date on which something of it was published."""
        dates = (self.published, *(outcome.published for outcome in self.outcomes))
        return tuple(sorted({date for date in dates if date is not None}))


@frozen
class Level:
    """A level of an axis, `high "…"`."""

    id: str
    label: str
    span: Span | None = written()


@frozen
class Axis:
    """An axis of a grading scheme; levels from best to worst."""

    id: str
    levels: tuple[Level, ...]
    span: Span | None = written()

    def level(self, level_id: str) -> Level | None:
        """The level with that id, or None."""
        return next((level for level in self.levels if level.id == level_id), None)


@frozen(kw_only=True)
class Scheme(Lineage):
    """A grading scheme."""

    id: str
    label: str
    axes: tuple[Axis, ...] = ()
    built_in: bool = False
    span: Span | None = written()


def code_link(code: Code) -> str | None:
    """A web address for a code whose scheme has a well-known resolver, or None.

    Known schemes: `doi`, `pmid`, `url` (http and https only).
    """
    match code.scheme:
        case "doi":
            return f"https://doi.org/{code.value}"
        case "pmid":
            return f"https://pubmed.ncbi.nlm.nih.gov/{code.value}/"
        case "url" if code.value.startswith(("http://", "https://")):
            return code.value
        case _:
            return None
