"""What the statements of a file use of what is defined, there or in a library."""

from collections.abc import Iterable, Iterator

from pathwaydsl.checks.contents import Part
from pathwaydsl.model.cases import Expect
from pathwaydsl.model.criteria import Score
from pathwaydsl.model.evidence import Certainty
from pathwaydsl.model.expressions import (
    Compares,
    Had,
    Holds,
    Includes,
    IsKnown,
    IsOneOf,
    IsUnknown,
    Meets,
)
from pathwaydsl.model.expressions import Within as Range
from pathwaydsl.model.gaps import AdviseAgainst, Answer, Gap, Study
from pathwaydsl.model.nodes import (
    Act,
    Assess,
    Assignment,
    Branch,
    Option,
    Together,
    Treat,
)
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.model.recommendations import Monitoring, Rating, Recommendation
from pathwaydsl.model.regimens import GivenDrug
from pathwaydsl.model.values import Citation

Use = tuple[str, str]
"""A kind (`criterion`, `condition`, `score`, `drug`, `regimen`, `evidence`, `scheme`, `gap`) and
an id of that kind. Where patients go to counts as `gap`, whatever stands there."""


def uses_in(parts: Iterable[Part]) -> Iterator[Use]:
    """Every use, as often as it is written."""
    for part in parts:
        for kind, name in uses_of(part.value):
            if name is not None:
                yield kind, name


def uses_of(  # noqa: PLR0915  one line a kind of statement
    value: object,
) -> Iterator[tuple[str, str | None]]:
    """What one part uses itself, without what stands in it."""
    match value:
        case (
            Holds(criterion=name)
            | IsOneOf(criterion=name)
            | Includes(criterion=name)
            | IsUnknown(criterion=name)
            | IsKnown(criterion=name)
            | Assignment(criterion=name)
        ):
            yield "criterion", name
        case Monitoring(criterion=criterion):
            yield "criterion", criterion
        case Compares(subject=name, score=score) | Range(subject=name, score=score):
            yield "score" if score else "criterion", name
        case Meets(condition=name):
            yield "condition", name
        case Had(regimen=regimen, drug=drug) | AdviseAgainst(regimen=regimen, drug=drug):
            yield "regimen", regimen
            yield "drug", drug
        case GivenDrug(drug=name):
            yield "drug", name
        case Assess(measures=measures, then=then):
            for name in measures:
                yield "criterion", name
            yield "gap", then
        case Treat(regimen=regimen, then=then):
            yield "regimen", regimen
            yield "gap", then
        case Act(then=then) | Gap(then=then):
            yield "gap", then
        case Together(strands=strands, then=then):
            yield "gap", then
            for name in strands:
                yield "gap", name
        case Branch(target=target, flags=flags):
            yield "gap", target
            for name in flags:
                yield "gap", name
        case Option(target=target):
            yield "gap", target
        case Recommendation(evidence=evidence, flags=flags):
            for name in evidence:
                yield "evidence", name
            for name in flags:
                yield "gap", name
        case Rating(scheme=scheme, by=by):
            yield "scheme", scheme
            yield "evidence", by
        case Certainty(scheme=scheme):
            yield "scheme", scheme
        case Citation(evidence=study) | Study(evidence=study):
            yield "evidence", study
        case Answer(evidence=name):
            yield "evidence", name
        case Score(source=source):
            yield "evidence", source
        case Expect(missing=missing):
            yield "criterion", missing
        case Pathway(grading=grading, start=start):
            yield "scheme", grading
            yield "gap", start
        case _:
            pass
