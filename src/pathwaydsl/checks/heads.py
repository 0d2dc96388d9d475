"""Heads of pathways: version, date and status are there, and their dates are in order."""

from collections.abc import Iterator

from pathwaydsl.checks.review import Review, gaps_of, place_of, quoted
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.model.values import PartialDate
from pathwaydsl.text.finding import Finding, Label
from pathwaydsl.text.rules import finding


def head_statements(review: Review) -> Iterator[Finding]:
    """A pathway has a version, a date and a status; without a population it is unclear whose."""
    for pathway in review.readable_pathways:
        place = place_of(None, pathway)
        required = (
            (pathway.version, "version", "version 1.0.0"),
            (pathway.date, "date", "date 2025-12-24"),
            (pathway.status, "status", "status draft"),
        )
        for value, what, statement in required:
            if value is None:
                yield finding(
                    "PW610",
                    f"{quoted(pathway.label)} has no {what}",
                    place,
                    help=f"Write `{statement}` in its head",
                )
        if not pathway.population:
            yield finding(
                "PW809",
                f"{quoted(pathway.label)} does not describe its population",
                place,
                help='Write `population "…"` in its head',
            )


def dates_in_order(review: Review) -> Iterator[Finding]:
    """What a pathway says happened, happened by its date; what it supersedes is older."""
    for pathway in review.pathways:
        place = place_of(None, pathway)
        if pathway.date is not None:
            yield from _after_date(pathway, pathway.date)
        if (
            pathway.version is not None
            and pathway.supersedes is not None
            and pathway.supersedes >= pathway.version
        ):
            yield finding(
                "PW613",
                f"Version {pathway.version} cannot supersede version {pathway.supersedes}",
                place,
                help="`supersedes` names an earlier version than `version`",
            )
        if pathway.status == "published" and not pathway.approvals:
            if pathway.file in review.options.unread:
                continue
            yield finding(
                "PW614",
                f"{quoted(pathway.label)} is published, but nobody has approved it",
                place,
                help='Write `approved by "…" on DATE`, or `status in-review`',
            )


def _after_date(pathway: Pathway, date: PartialDate) -> Iterator[Finding]:
    searched = pathway.searched_to
    if searched is not None and searched.earliest > date.latest:
        yield finding(
            "PW611",
            f"The literature was searched to {searched}, after {date}, the date of the pathway",
            place_of(None, pathway),
            help="Correct one of the two dates",
        )
    for approval in pathway.approvals:
        if approval.on.earliest > date.latest:
            yield finding(
                "PW611",
                f"{quoted(approval.by)} approved the pathway on {approval.on}, after {date}, its "
                "date",
                place_of(approval.span, pathway),
                help="Correct one of the two dates",
            )
    for gap in gaps_of(pathway):
        if gap.raised is not None and gap.raised.earliest > date.latest:
            yield finding(
                "PW611",
                f"The gap {quoted(gap.label)} was raised on {gap.raised}, after {date}, the date "
                "of the pathway",
                place_of(gap.span, pathway),
                labels=[Label(pathway.span, "this pathway")] if pathway.span else [],
                help="Correct one of the two dates",
            )


def answers_after_questions(review: Review) -> Iterator[Finding]:
    """A gap is answered no earlier than it was raised."""
    for name, gap in review.gaps:
        answer = gap.answered
        if answer is None or gap.raised is None:
            continue
        if answer.on.latest < gap.raised.earliest:
            yield finding(
                "PW612",
                f"The gap {quoted(gap.label)} was answered on {answer.on}, before it was raised "
                f"on {gap.raised}",
                answer.span or gap.span,
                file=name,
                help="Correct one of the two dates",
            )
