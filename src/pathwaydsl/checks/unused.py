"""Definitions that nothing uses."""

from collections.abc import Iterator, Mapping

from pathwaydsl.checks.review import Review, quoted
from pathwaydsl.model.criteria import Condition, Criterion, Score
from pathwaydsl.model.evidence import Evidence, Scheme
from pathwaydsl.model.pathway import Library
from pathwaydsl.model.regimens import Drug, Regimen
from pathwaydsl.text.finding import Finding, Label, Severity
from pathwaydsl.text.rules import finding
from pathwaydsl.text.suggestion import listed

Definition = Criterion | Condition | Score | Drug | Regimen | Evidence | Scheme

WORDS: Mapping[str, str] = {"evidence": "study or guideline", "scheme": "grading scheme"}
"""What to call a kind whose keyword is no word for a reader."""

SHOWN = 5
"""How many studies a message names."""


def unused_definitions(review: Review) -> Iterator[Finding]:
    """Some file of the run uses each definition, where the run has a pathway at all.

    Gaps have a check of their own. A library alone is made to be used by files not read now.
    A library of studies may know more than the pathways cite: that is information, once a file.
    """
    if not any(True for _ in review.pathways):
        return
    options = review.options
    used = {use for uses in review.uses.values() for use in uses}
    for name, document in review.documents.items():
        studies = []
        for kind, definition in _definitions(document.own):
            if (kind, definition.id) in used or definition.id in options.broken_names:
                continue
            if kind == "evidence" and document.pathway is None:
                studies.append(definition)
                continue
            yield finding(
                "PW440",
                f"Nothing uses the {WORDS.get(kind, kind)} {quoted(definition.label)}",
                definition.span,
                file=name,
                help=f"Use `{definition.id}`, or remove it",
            )
        if studies:
            labels = [quoted(study.label) for study in studies]
            more = [f"{len(labels) - SHOWN} more"] if len(labels) > SHOWN else []
            yield finding(
                "PW440",
                f"No pathway cites {listed([*labels[:SHOWN], *more], 'and')}",
                studies[0].span,
                file=name,
                labels=[Label(s.span, "nor this") for s in studies[1:SHOWN] if s.span],
                severity=Severity.INFO,
                help="A library may know more than its pathways cite; what is out of date can go",
            )


def _definitions(own: Library) -> Iterator[tuple[str, Definition]]:
    for kind, definitions in (
        ("criterion", own.criteria),
        ("condition", own.conditions),
        ("score", own.scores),
        ("drug", own.drugs),
        ("regimen", own.regimens),
        ("evidence", own.evidence),
        ("scheme", tuple(scheme for scheme in own.schemes if not scheme.built_in)),
    ):
        for definition in definitions:
            yield kind, definition
