"""What follows from who arrives where: the arrivals of each pathway, worked out once.

A pathway in which something that is asked for does not exist has findings of its own elsewhere;
nothing is said here about who arrives where in it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from attrs import frozen

from pathwaydsl.checks.beyond import beyond_evidence
from pathwaydsl.checks.contraindicated import contraindicated, overlapping_doses
from pathwaydsl.checks.decisions import choices, decisions, lines_of_durings
from pathwaydsl.checks.entering import outside_eligible
from pathwaydsl.checks.review import Review, place_of, quoted
from pathwaydsl.checks.visit import Visit
from pathwaydsl.logic.diagrams import UndecidedError
from pathwaydsl.logic.mentioned import MeaninglessError
from pathwaydsl.logic.reachability import Arrivals
from pathwaydsl.model.graph import exits
from pathwaydsl.model.nodes import RESUME
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.text.finding import Finding
from pathwaydsl.text.rules import finding

Look = Callable[[Visit], Iterable[Finding]]


def nobody_left(visit: Visit) -> Iterator[Finding]:
    """`eligible` and `impossible` leave somebody, at the start and after each measurement."""
    arrivals, pathway = visit.arrivals, visit.pathway
    if arrivals.start:
        return
    place = place_of(pathway.eligible.span if pathway.eligible else pathway.span, pathway)
    if not arrivals.eligible:
        message = "No patient is eligible: no values of the criteria fulfil this condition"
    else:
        message = "No patient is left: everyone who is eligible has values said to be impossible"
    yield finding(
        "PW308",
        message,
        place,
        help="Look at the parts joined by `and`: no patient can fulfil all of them at once",
    )


LOOKS: tuple[Look, ...] = (
    nobody_left,
    decisions,
    choices,
    lines_of_durings,
    outside_eligible,
    contraindicated,
    overlapping_doses,
    beyond_evidence,
)
"""What is looked at in every pathway, in this order."""


@frozen
class _Whole:
    """Whether a pathway is whole enough to be followed."""

    pathway: Pathway

    def __bool__(self) -> bool:
        known = {*self.pathway.node, RESUME}
        return self.pathway.start in self.pathway.node and all(
            way.target in known for node in self.pathway.nodes for way in exits(node)
        )


def who_arrives(review: Review) -> Iterator[Finding]:
    """Everything the checks say about patients who can really arrive."""
    others = {pathway.id: pathway for pathway in review.pathways}
    for pathway in review.readable_pathways:
        if _Whole(pathway):
            yield from _of_pathway(review, pathway, others)


_LOSING = frozenset({"PW301", "PW306", "PW308"})
"""Findings after which some patients are lost, so that boxes behind may be empty."""
_EMPTY = frozenset({"PW304", "PW305"})


def _without_consequences(found: Sequence[Finding]) -> Sequence[Finding]:
    """One mistake, one finding: where patients get lost, lines left empty behind are not told."""
    if not any(one.rule in _LOSING for one in found):
        return found
    return [one for one in found if one.rule not in _EMPTY]


def _of_pathway(review: Review, pathway: Pathway, others: dict[str, Pathway]) -> Sequence[Finding]:
    try:
        visit = Visit(review, pathway, Arrivals(pathway, others))
        return _without_consequences([found for look in LOOKS for found in look(visit)])
    except MeaninglessError:
        return ()
    except (UndecidedError, RecursionError):
        return [
            finding(
                "PW309",
                f"Who arrives where in {quoted(pathway.label)} could not be decided: it asks for "
                "too much at once",
                place_of(pathway.span, pathway),
                help="Nothing is said about uncovered patients, overlaps and contraindicated "
                "drugs; split the pathway, or decisions with many conditions, into smaller ones",
            )
        ]
