"""Evidence gaps: whole questions, a life that fits their status, and a place in a pathway."""

from collections.abc import Iterator

from pathwaydsl.checks.review import Review, quoted
from pathwaydsl.text.finding import Finding
from pathwaydsl.text.rules import finding


def statements_of_gaps(review: Review) -> Iterator[Finding]:
    """A gap has a question, a kind, a priority, a status and the day it was raised."""
    for name, gap in review.gaps:
        if name in review.options.unread:
            continue
        asked = gap.question
        empty = asked is None or not any(
            (asked.population, asked.intervention, asked.comparator, asked.outcome)
        )
        expected = (
            (empty, "PW501", "what is asked", 'question { population "…" … }'),
            (gap.gap_kind is None, "PW502", "of what kind it is", "kind KIND"),
            (gap.priority is None, "PW503", "how much it matters", "priority high"),
            (gap.status is None, "PW504", "how it stands", "status open"),
            (gap.raised is None, "PW505", "since when it is known", "raised 2025-12-24"),
        )
        for missing, code, what, statement in expected:
            if missing:
                yield finding(
                    code,
                    f"The gap {quoted(gap.label)} does not say {what}",
                    gap.span,
                    file=name,
                    help=f"Write `{statement}`",
                )


def status_of_gaps(review: Review) -> Iterator[Finding]:
    """What a gap's status says, its other statements bear out."""
    for name, gap in review.gaps:
        if name in review.options.unread:
            continue
        if gap.status == "under-study" and not gap.studied_by:
            yield finding(
                "PW506",
                f"The gap {quoted(gap.label)} is under study, but by whom is not said",
                gap.span,
                file=name,
                help="Write `studied by TRIAL`, or `status open`",
            )
        if gap.status == "answered" and gap.answered is None:
            yield finding(
                "PW507",
                f"The gap {quoted(gap.label)} is answered, but by what is not said",
                gap.span,
                file=name,
                help="Write `answered by EVIDENCE on DATE`, or `status open`",
            )
        if gap.status in {"open", "under-study"} and gap.answered is not None:
            yield finding(
                "PW510",
                f"The gap {quoted(gap.label)} has an answer, but is still `{gap.status}`",
                gap.answered.span or gap.span,
                file=name,
                help="Write `status answered`, or remove the answer",
            )


def reviews_of_gaps(review: Review) -> Iterator[Finding]:
    """A gap that is not closed is looked at again by the day its authors set."""
    today = review.options.as_of
    if today is None:
        return
    for name, gap in review.gaps:
        due = gap.review_by
        if due is None or gap.status in {"answered", "withdrawn"}:
            continue
        if due.latest < today.earliest:
            yield finding(
                "PW508",
                f"The review of the gap {quoted(gap.label)} was due by {due}",
                gap.span,
                file=name,
                help="Look whether it has been answered, then set a new `review by`",
            )


def places_of_gaps(review: Review) -> Iterator[Finding]:
    """A gap is pinned to something or arrived at; a library's by any pathway of the run."""
    if not any(True for _ in review.pathways):
        return
    anywhere = {use for uses in review.uses.values() for use in uses}
    of_files = {id(gap) for d in review.documents.values() for gap in d.own.gaps}
    for name, gap in review.gaps:
        if name in review.options.unread or gap.id in review.options.broken_names:
            continue
        if ("gap", gap.id) in (anywhere if id(gap) in of_files else review.uses[name]):
            continue
        yield finding(
            "PW509",
            f"The gap {quoted(gap.label)} is pinned nowhere, and no way leads to it",
            gap.span,
            file=name,
            help=f"Pin it where the advice rests on it (`flags {gap.id}`), lead a way to it, or "
            "remove it",
        )
