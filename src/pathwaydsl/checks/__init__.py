"""Checks: from resolved documents to findings, one rule of the reference after another.

A pass looks at everything a run has read and returns findings; passes know nothing of each
other, and their order does not matter to what they find.
"""

from collections.abc import Callable, Iterable, Mapping

from pathwaydsl.checks.alternatives import phases, single_answers
from pathwaydsl.checks.arriving import to_be_listed, who_arrives
from pathwaydsl.checks.boxes import (
    lines_of_branch_points,
    missing_in_boxes,
    prognostic_branches,
    stray_resumes,
)
from pathwaydsl.checks.certainty import strong_on_low_certainty
from pathwaydsl.checks.citations import published_by_then, retracted
from pathwaydsl.checks.doses import look_alike_units
from pathwaydsl.checks.estimates import estimates
from pathwaydsl.checks.flow import (
    boxes_nobody_reaches,
    loops_without_time,
    start_and_eligible,
    ways_that_stop,
)
from pathwaydsl.checks.gaps import (
    places_of_gaps,
    reviews_of_gaps,
    statements_of_gaps,
    status_of_gaps,
)
from pathwaydsl.checks.heads import answers_after_questions, dates_in_order, head_statements
from pathwaydsl.checks.identifiers import identifiers
from pathwaydsl.checks.negations import negations
from pathwaydsl.checks.prose import labels, prose
from pathwaydsl.checks.recommendations import grounds, ratings
from pathwaydsl.checks.review import CheckOptions, Review
from pathwaydsl.checks.strands import strands
from pathwaydsl.checks.timing import counted_from
from pathwaydsl.checks.unused import unused_definitions
from pathwaydsl.model.pathway import Document
from pathwaydsl.text.finding import Finding

__all__ = ["RULES", "CheckOptions", "Review", "check"]

Pass = Callable[[Review], Iterable[Finding]]

RULES: tuple[Pass, ...] = (
    # Flow
    start_and_eligible,
    boxes_nobody_reaches,
    ways_that_stop,
    loops_without_time,
    lines_of_branch_points,
    missing_in_boxes,
    strands,
    prognostic_branches,
    counted_from,
    stray_resumes,
    negations,
    # Who arrives where
    who_arrives,
    # Evidence
    grounds,
    ratings,
    strong_on_low_certainty,
    published_by_then,
    retracted,
    estimates,
    identifiers,
    look_alike_units,
    phases,
    single_answers,
    unused_definitions,
    # Gaps
    statements_of_gaps,
    status_of_gaps,
    reviews_of_gaps,
    places_of_gaps,
    # Versions
    head_statements,
    dates_in_order,
    answers_after_questions,
    # Prose
    labels,
    prose,
)


def check(
    documents: Mapping[str, Document],
    options: CheckOptions | None = None,
    *,
    on_request: bool = False,
) -> tuple[Finding, ...]:
    """Every finding about the documents of a run, in the order of reports.

    Args:
        documents: What each file means.
        options: What the run is told.
        on_request: Whether to list what is told on request too.
    """
    review = Review(documents, options or CheckOptions())
    looks = (*RULES, to_be_listed) if on_request else RULES
    found = (found for look in looks for found in look(review))
    return tuple(sorted(found, key=lambda one: one.order))
