"""What is advised at a node, how strongly, on what evidence, and who agreed."""

from decimal import Decimal

from attrs import frozen

from pathwaydsl.model.gaps import AdviseAgainst
from pathwaydsl.model.values import Position, Quantity, written
from pathwaydsl.text.span import Span

STRENGTHS = ("strong", "conditional")
"""Strengths that need no scheme."""


@frozen
class Rating:
    """`rated SCHEME LEVEL, LEVEL by EVIDENCE | committee`.

    Attributes:
        levels: One level an axis, in the order of the scheme's axes; later axes may be left out.
        by: The evidence id of who rated, or None for the committee itself.
    """

    scheme: str
    levels: tuple[str, ...]
    by: str | None = None
    span: Span | None = written()


@frozen
class Balance:
    """Benefits and harms weighed; a part not written is None."""

    benefits: str | None = None
    harms: str | None = None
    values: str | None = None
    cost: str | None = None
    equity: str | None = None
    feasibility: str | None = None
    favours: str | None = None


@frozen
class Vote:
    """Counts, or only a share in per cent (then the counts are None)."""

    in_favour: int | None = None
    against: int | None = None
    abstain: int | None = None
    share: Decimal | None = None
    span: Span | None = written()


@frozen
class Monitoring:
    """`monitor WHAT every Q [for Q] [then every Q [for Q]]`.

    Attributes:
        criterion: The criterion watched, or None when `text` says it in words.
        stages: Each interval with how long it lasts (None: from then on).
    """

    stages: "tuple[MonitoringStage, ...]"
    criterion: str | None = None
    text: str | None = None
    span: Span | None = written()


@frozen
class MonitoringStage:
    """An interval, and how long it is kept."""

    every: Quantity
    lasts: Quantity | None = None


@frozen
class Recommendation:
    """The recommendation statements of a node; empty where nothing is recommended.

    Attributes:
        strength: The word after `recommend for`, or None when nothing is recommended.
        evidence: Evidence ids.
        flags: Ids of gaps pinned to the node.
    """

    strength: str | None = None
    against: tuple[AdviseAgainst, ...] = ()
    ratings: tuple[Rating, ...] = ()
    ungraded: str | None = None
    good_practice: str | None = None
    evidence: tuple[str, ...] = ()
    extrapolates: str | None = None
    balance: Balance | None = None
    positions: tuple[Position, ...] = ()
    vote: Vote | None = None
    dissent: str | None = None
    flags: tuple[str, ...] = ()
    span: Span | None = written()
