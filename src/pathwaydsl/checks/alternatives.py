"""A question with one answer, and a phase that no trial has."""

import re
from collections.abc import Iterator

from pathwaydsl.checks.review import Review, quoted
from pathwaydsl.model.criteria import AnyOf, OneOf
from pathwaydsl.text.finding import Finding
from pathwaydsl.text.rules import finding
from pathwaydsl.text.span import Span

_PHASE = re.compile(r"(?:[0-4]|[1-4][abc]|[1-3][abc]?/[2-4][abc]?|i{1,3}[ab]?|iv)")
"""Phases a trial may have, as registries write them."""


def single_answers(review: Review) -> Iterator[Finding]:
    """A criterion has two answers or more, `unknown` among them."""
    for name, document in review.documents.items():
        for criterion in document.own.criteria:
            if (
                isinstance(criterion.domain, OneOf | AnyOf)
                and len(criterion.named_values) == 1
                and not criterion.may_be_unknown
                and name not in review.options.unread
            ):
                only = criterion.named_values[0]
                yield finding(
                    "PW336",
                    f"{quoted(criterion.label)} has one answer only, {quoted(only.label)}",
                    criterion.span or Span(name, 0, 0),
                    help="Add the other answers, or `may be unknown`; a question with one answer "
                    "need not be asked",
                )


def phases(review: Review) -> Iterator[Finding]:
    """A trial's phase is one there is."""
    for name, document in review.documents.items():
        for study in document.own.evidence:
            if study.phase is not None and not _PHASE.fullmatch(study.phase.lower()):
                yield finding(
                    "PW425",
                    f"There is no phase {study.phase} of trials",
                    (study.trial.span if study.trial else None) or study.span or Span(name, 0, 0),
                    help="Write a phase from 1 to 4, or two of them, such as `phase 2/3`",
                )
