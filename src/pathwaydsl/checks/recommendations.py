"""Recommendations: each says what it rests on and how it was rated, or why it was not."""

from collections.abc import Iterator

from pathwaydsl.checks.review import Review, place_of, quoted
from pathwaydsl.model.nodes import Node
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.text.finding import Finding
from pathwaydsl.text.rules import finding


def _recommending(review: Review) -> Iterator[tuple[Pathway, Node]]:
    for pathway in review.readable_pathways:
        for node in pathway.nodes:
            if node.recommendation.strength is not None or node.recommendation.against:
                yield pathway, node


def grounds(review: Review) -> Iterator[Finding]:
    """A recommendation names evidence, what it extrapolates from, or good practice."""
    for pathway, node in _recommending(review):
        advice = node.recommendation
        if not (advice.evidence or advice.extrapolates or advice.good_practice):
            yield finding(
                "PW410",
                f"The recommendation {quoted(node.label)} does not say what it rests on",
                place_of(advice.span or node.span, pathway),
                help='Write `evidence NAME`, `extrapolates because "…"` or '
                '`good-practice because "…"`',
            )


def ratings(review: Review) -> Iterator[Finding]:
    """A recommendation is rated in the scheme its pathway grades in, or says why it is not.

    Good practice is not graded.
    """
    for pathway, node in _recommending(review):
        advice = node.recommendation
        if advice.ungraded is not None or advice.good_practice is not None:
            continue
        place = place_of(advice.span or node.span, pathway)
        if pathway.grading is not None:
            if all(rating.scheme != pathway.grading for rating in advice.ratings):
                scheme = pathway.library.scheme.get(pathway.grading)
                yield finding(
                    "PW411",
                    f"{quoted(pathway.label)} grades in "
                    f"{quoted(scheme.label) if scheme else pathway.grading}, but the "
                    f"recommendation {quoted(node.label)} is not rated in it",
                    place,
                    help=f'Write `rated {pathway.grading} LEVEL by …`, or `ungraded because "…"`',
                )
        elif not advice.ratings:
            yield finding(
                "PW412",
                f"The recommendation {quoted(node.label)} is not rated",
                place,
                help='Write `rated SCHEME LEVEL by …`, or `ungraded because "…"`',
            )
