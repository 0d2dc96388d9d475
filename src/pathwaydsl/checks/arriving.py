"""What follows from who arrives where: the arrivals of each pathway, worked out once.

A pathway in which something that is asked for does not exist has findings of its own elsewhere;
nothing is said here about who arrives where in it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from pathwaydsl.checks.beyond import beyond_evidence
from pathwaydsl.checks.contraindicated import contraindicated, overlapping_doses
from pathwaydsl.checks.decisions import choices, decisions, lines_of_durings
from pathwaydsl.checks.directions import contradictory_directions
from pathwaydsl.checks.entering import outside_eligible
from pathwaydsl.checks.impossible import idle_rules, nobody_left, without_possible_value
from pathwaydsl.checks.leaving import loops_never_left
from pathwaydsl.checks.listing import (
    admitted_but_never_arriving,
    cautions,
    not_asked_before,
    rest_of_decisions,
)
from pathwaydsl.checks.review import Review, place_of, quoted
from pathwaydsl.checks.visit import Visit
from pathwaydsl.logic.diagrams import NestedError, UndecidedError
from pathwaydsl.logic.mentioned import MeaninglessError
from pathwaydsl.logic.reachability import Arrivals
from pathwaydsl.model.graph import exits
from pathwaydsl.model.nodes import RESUME
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.text.finding import Finding
from pathwaydsl.text.rules import finding
from pathwaydsl.text.suggestion import listed

Look = Callable[[Visit], Iterable[Finding]]


LOOKS: tuple[Look, ...] = (
    nobody_left,
    without_possible_value,
    decisions,
    choices,
    lines_of_durings,
    outside_eligible,
    contraindicated,
    overlapping_doses,
    beyond_evidence,
)
"""What is looked at in every pathway, in this order."""

FURTHER: tuple[Look, ...] = (
    loops_never_left,
    idle_rules,
    contradictory_directions,
)
"""What is looked at after that, each with steps of its own."""

NOTES: tuple[Look, ...] = (
    rest_of_decisions,
    cautions,
    not_asked_before,
    admitted_but_never_arriving,
)
"""What is only listed, each with steps of its own."""

STEPS = 500_000
"""Steps for each of these."""

LEFT_OUT: Mapping[Look, str] = {
    loops_never_left: "whether some patients never leave a loop",
    idle_rules: "whether each `impossible` rule takes somebody away",
    contradictory_directions: "whether somebody is advised against what is recommended to them",
    rest_of_decisions: "whom each `otherwise` and `unknown` takes",
    cautions: "which cautions are within reach",
    not_asked_before: "what nobody asked on the way",
    admitted_but_never_arriving: "whom a cited study admitted and who never arrives",
}
"""What is not known where the steps do not suffice."""


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


def to_be_listed(review: Review) -> Iterator[Finding]:
    """What is told on request of the pathways in which it could be decided who arrives where."""
    for pathway in review.readable_pathways:
        arrivals = review.arrivals.get(pathway.file)
        if arrivals is not None:
            yield from _further(Visit(review, pathway, arrivals), NOTES)


_LOSING = frozenset({"PW301", "PW306", "PW308", "PW334"})
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
        found = [*_without_consequences([found for look in LOOKS for found in look(visit)])]
    except MeaninglessError:
        return ()
    except NestedError as nested:
        box = pathway.node[nested.args[0]]
        return [
            finding(
                "PW309",
                f"Who arrives where in {quoted(pathway.label)} could not be decided: at "
                f"{quoted(box.label)} something may happen to patients who have not resumed yet",
                place_of(box.span, pathway),
                help=f"Nothing is said about uncovered patients, overlaps and contraindicated "
                f"drugs; leave `{box.id}` out of the `during`, or let its lines lead to boxes "
                "from which nobody resumes",
            )
        ]
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
    review.arrivals[pathway.file] = visit.arrivals
    return [*found, *_further(visit, FURTHER)]


def _further(visit: Visit, looks: Sequence[Look]) -> Sequence[Finding]:
    """What is found with steps of its own; what could not be decided is one finding."""
    found: list[Finding] = []
    undecided = []
    for look in looks:
        visit.arrivals.diagrams.steps_left = STEPS
        try:
            found.extend(look(visit))
        except MeaninglessError:
            continue  # a finding of its own
        except (UndecidedError, RecursionError):
            undecided.append(LEFT_OUT[look])
    if undecided:
        found.append(
            finding(
                "PW309",
                f"Of {quoted(visit.pathway.label)} could not be decided "
                f"{listed(undecided, 'and')}: it asks for too much at once",
                place_of(visit.pathway.span, visit.pathway),
                help="Nothing is said about it; split the pathway, or decisions with many "
                "conditions, into smaller ones",
            )
        )
    return found
