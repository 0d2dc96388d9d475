"""What a file cites: was it there to be cited, and does it still stand."""

from collections.abc import Iterator, Mapping

from pathwaydsl.checks.contents import Part
from pathwaydsl.checks.review import Review, quoted
from pathwaydsl.checks.uses import uses_of
from pathwaydsl.model.evidence import Evidence
from pathwaydsl.model.pathway import Document
from pathwaydsl.text.finding import Finding, Label
from pathwaydsl.text.rules import finding
from pathwaydsl.text.span import Span


def cited_in(parts: tuple[Part, ...]) -> Mapping[str, Span]:
    """Each piece of evidence that is cited, with the first place."""
    found: dict[str, Span] = {}
    for part in parts:
        for kind, name in uses_of(part.value):
            if kind == "evidence" and name is not None:
                found.setdefault(name, part.place)
    return found


def published_by_then(review: Review) -> Iterator[Finding]:
    """A pathway cites nothing of which nothing was published by its date.

    Single results that came later are listed, once a study. A year alone may lie before.
    """
    for name, document in review.documents.items():
        pathway = document.pathway
        if pathway is None or pathway.date is None:
            continue
        date = pathway.date
        for study, place in _cited_by_pathway(review, name, document):
            if not study.dates:
                continue
            label = [Label(study.span, "defined here")] if study.span else []
            if all(day.earliest > date.latest for day in study.dates):
                first = study.dates[0]
                yield finding(
                    "PW413",
                    f"Nothing of {quoted(study.label)} was published by {date}, the date of this "
                    f"pathway; the first was on {first}"
                    if first.day
                    else f"Nothing of {quoted(study.label)} was published by {date}, the date of "
                    f"this pathway; the first was in {first}",
                    place,
                    labels=label,
                    help="Give the pathway its new date, or cite what was known",
                )
                continue
            later = [
                outcome
                for outcome in study.outcomes
                if outcome.published and outcome.published.earliest > date.latest
            ]
            if later:
                shown = ", ".join(f"{quoted(o.label)} ({o.published})" for o in later[:3])
                more = f" and {len(later) - 3} more" if len(later) > 3 else ""
                yield finding(
                    "PW414",
                    f"{quoted(study.label)} has results from after {date}, which this pathway "
                    f"does not know: {shown}{more}",
                    place,
                    labels=label,
                    help="They stay out of its pages; give the pathway a new date to show them",
                )


def _cited_by_pathway(
    review: Review, name: str, document: Document
) -> Iterator[tuple[Evidence, Span]]:
    pathway = document.pathway
    if pathway is None:
        return
    own = {id(definition) for definition in document.own.evidence}
    parts = tuple(part for part in review.contents[name] if id(part.value) not in own)
    for cited, place in cited_in(parts).items():
        study = pathway.library.study.get(cited)
        if study is not None:
            yield study, place


def retracted(review: Review) -> Iterator[Finding]:
    """Nothing rests on evidence that was retracted; one finding a study and file."""
    gone = {study.id: study for study in review.evidence if study.retracted is not None}
    if not gone:
        return
    for name, document in review.documents.items():
        known = document.library.study
        for cited, place in cited_in(review.contents[name]).items():
            study = gone.get(cited)
            if study is not None and known.get(cited, study) == study:
                yield finding(
                    "PW415",
                    f"{quoted(study.label)} was retracted on {study.retracted}",
                    place,
                    labels=[Label(study.span, "defined here")] if study.span else [],
                    help="Cite what still stands, and look again at what rested on it",
                )
