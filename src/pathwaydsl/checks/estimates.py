"""Results: estimates lie in their intervals, intervals run upwards, counts fit."""

from collections.abc import Iterator
from decimal import Decimal

from pathwaydsl.checks.review import Review, quoted
from pathwaydsl.model.evidence import Arm, Bound, Estimate, Events, Interval, PValue, Result
from pathwaydsl.text.finding import Finding
from pathwaydsl.text.rules import finding
from pathwaydsl.text.span import Span


def estimates(review: Review) -> Iterator[Finding]:
    """Every number of a result can be what it says it is."""
    for name, document in review.documents.items():
        for study in document.own.evidence:
            for result in study.outcomes:
                yield from _of_result(result, Span(name, 0, 0))


def _of_result(result: Result, start: Span) -> Iterator[Finding]:
    place = result.span or start
    for arm in result.arms:
        yield from _of_arm(arm, arm.span or place)
    for events in result.events:
        yield from _of_events(events, place)
    if result.estimate is not None:
        yield from _of_estimate(result.estimate, result.estimate.span or place)
    if result.p is not None:
        yield from _of_p(result.p, place)


def _of_arm(arm: Arm, place: Span) -> Iterator[Finding]:
    if arm.interval is not None:
        value = arm.value if arm.value is not None else Bound(None)
        yield from _of_interval(quoted(arm.name), value, arm.interval, place)
    if arm.events is not None:
        yield from _of_events(arm.events, place)


def _of_estimate(estimate: Estimate, place: Span) -> Iterator[Finding]:
    name = f"The {estimate.kind.replace('-', ' ')}"
    if estimate.kind != "difference":
        bounds = (estimate.interval.low, estimate.interval.high) if estimate.interval else ()
        numbers = (estimate.value, *(b.number for b in bounds if b.number is not None))
        if any(number <= 0 for number in numbers):
            yield finding(
                "PW422",
                f"{name} or a bound of its interval is not above 0, which no ratio can be",
                place,
                help="Write what was published; a difference is written `difference`",
            )
            return
    if estimate.interval is not None:
        yield from _of_interval(name, Bound(estimate.value), estimate.interval, place)


def _of_interval(what: str, value: Bound, interval: Interval, place: Span) -> Iterator[Finding]:
    low, high = interval.low.number, interval.high.number
    shown = f"{_shown(interval.low)}..{_shown(interval.high)}"
    if low is not None and high is not None and low > high:
        yield finding(
            "PW420",
            f"The interval {shown} of {_in_sentence(what)} runs downwards",
            place,
            help=f"Write the lower bound first: `ci {high:f}..{low:f}`",
        )
        return
    number = value.number
    if number is None:
        return
    if (low is not None and number < low) or (high is not None and number > high):
        yield finding(
            "PW421",
            f"{what} is {number:f}, which lies outside its own interval {shown}",
            place,
            help="Compare both with the publication",
        )


def _of_events(events: Events, place: Span) -> Iterator[Finding]:
    if events.count > events.total:
        yield finding(
            "PW423",
            f"{events.count} events among {events.total} patients",
            events.span or place,
            help="Write the patients with an event first: `events N of N`",
        )


def _of_p(p: PValue, place: Span) -> Iterator[Finding]:
    if not Decimal(0) <= p.value <= Decimal(1):
        yield finding(
            "PW424",
            f"A p-value of {p.value:f} cannot be",
            p.span or place,
            help="A p-value lies between 0 and 1",
        )


def _shown(bound: Bound) -> str:
    return "not reached" if bound.number is None else f"{bound.number:f}"


def _in_sentence(what: str) -> str:
    return what[0].lower() + what[1:] if what.startswith("The ") else what
