"""Published ratios of a study, as the evidence page lines them up: with outcome and clock."""

from collections.abc import Iterator
from decimal import Decimal

from attrs import frozen

from pathwaydsl.model.evidence import Evidence, Result
from pathwaydsl.model.values import PartialDate
from pathwaydsl.pages import anchors
from pathwaydsl.pages.contents import Contents, known_by
from pathwaydsl.pages.document import Elsewhere


@frozen
class Effect:
    """A published ratio with its interval, and the clock it was measured by.

    Attributes:
        kind: `hazard-ratio`, `odds-ratio` or `risk-ratio`.
        outcome: What was measured, without how it was judged.
        clock: When the clock starts, or None where it is not stated.
        study: Id and label of the study; two studies without a stated clock are never lined up.
    """

    kind: str
    outcome: str
    clock: str | None
    study: tuple[str, str]
    name: str
    compares: tuple[str, str] | None
    published: PartialDate | None
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    marks: tuple[str, ...]
    use: Elsewhere


def effects_of(contents: Contents, study: Evidence) -> Iterator[Effect]:
    """The ratios of a study that were published by the pathway's date."""
    for result in study.outcomes:
        estimate = result.estimate
        if estimate is None or estimate.kind == "difference":
            continue
        if not known_by(result.published, contents.pathway.date):
            continue
        bounds = estimate.interval
        yield Effect(
            estimate.kind,
            result.label.partition(",")[0].strip(),
            result.clock_from,
            (study.id, study.label),
            result.label,
            study.compares,
            result.published,
            estimate.value,
            bounds.low.number if bounds is not None else None,
            bounds.high.number if bounds is not None else None,
            tuple(_marks(result)),
            Elsewhere(contents.id, study.label, anchor=anchors.evidence(contents.id, study.id)),
        )


def _marks(result: Result) -> Iterator[str]:
    if result.assessed_by:
        yield result.assessed_by
    if result.immature:
        yield "immature"
    if result.descriptive:
        yield "descriptive"
    if result.exploratory:
        yield "exploratory"
