"""Advice that contradicts itself: for and against one regimen or drug for the same patients.

A `treat` recommends its regimen and every drug in it. Against the same speaks an `advise against`
of the box itself, or of a box from which patients come to it with nothing found out, done or given
on the way: that is an error. Where the same patients, before they had it, come to both on
different ways, it is a warning.
"""

from collections.abc import Iterator

from attrs import evolve, frozen

from pathwaydsl.checks.review import place_of, quoted
from pathwaydsl.checks.visit import Visit
from pathwaydsl.logic.diagrams import NOBODY
from pathwaydsl.logic.reachability import Arrivals
from pathwaydsl.model.gaps import AdviseAgainst
from pathwaydsl.model.nodes import Act, Choose, Decide, GapNode, Node, Treat
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.model.wording_regimens import against_label
from pathwaydsl.text.finding import Finding, Label
from pathwaydsl.text.rules import finding
from pathwaydsl.text.suggestion import listed


@frozen
class _Against:
    """A box that advises against something, and the boxes that give it."""

    node: Node
    advice: AdviseAgainst
    giving: tuple[Treat, ...]


def contradictory_directions(visit: Visit) -> Iterator[Finding]:
    """Nobody is advised against what is recommended to them."""
    stopped: dict[tuple[str, ...], Arrivals] = {}
    for one in _advice_against(visit):
        at_once = coming_at_once(visit.arrivals, one.node)
        met = {node.id: some for node in one.giving if (some := at_once.get(node.id, NOBODY))}
        if met:
            yield _finding(visit, visit.arrivals, "PW419", one, met)
        names = tuple(node.id for node in one.giving)
        if names not in stopped:
            stopped[names] = before_given(visit, names)
        arrivals = stopped[names]
        there = same_patients(arrivals, one.node.id, names)
        elsewhere = {name: some for name, some in there if name not in met}
        if elsewhere:
            yield _finding(visit, arrivals, "PW427", one, elsewhere)


def _advice_against(visit: Visit) -> Iterator[_Against]:
    arrivals = visit.arrivals
    for node in visit.pathway.nodes:
        if not arrivals.at.get(node.id):
            continue
        for advice in node.recommendation.against:
            giving = tuple(
                other
                for other in visit.pathway.nodes
                if isinstance(other, Treat)
                and arrivals.at.get(other.id)
                and gives(visit.pathway, other, advice)
            )
            if giving:
                yield _Against(node, advice, giving)


def gives(pathway: Pathway, node: Treat, advice: AdviseAgainst) -> bool:
    """Whether a box gives what is advised against."""
    regimen = pathway.library.regimen.get(node.regimen or "")
    if advice.regimen is not None:
        return node.regimen == advice.regimen
    return advice.drug is not None and regimen is not None and advice.drug in regimen.drugs


def coming_at_once(arrivals: Arrivals, node: Node) -> dict[str, int]:
    """Where those who arrive at a box come with nothing measured, done or given in between."""
    diagrams = arrivals.diagrams
    found = {node.id: arrivals.at[node.id]}
    waiting = [node.id]
    while waiting:
        here = arrivals.pathway.node[waiting.pop()]
        for target, some in _onwards(arrivals, here, found[here.id]):
            known = found.get(target, NOBODY)
            if target in arrivals.pathway.node and diagrams.without(some, known):
                found[target] = diagrams.either(known, some)
                waiting.append(target)
    return found


def _onwards(arrivals: Arrivals, node: Node, patients: int) -> Iterator[tuple[str, int]]:
    match node:
        case Decide():
            answered = arrivals.answered(node, patients)
            for branch, taking in zip(node.branches, answered.lines, strict=True):
                yield branch.target, taking
        case Choose():
            open_to = arrivals.open_options(node, patients)
            for option, choosing in zip(node.options, open_to, strict=True):
                yield option.target, choosing
        case GapNode() if node.then is not None:
            yield node.then, patients
        case Act() if node.then is not None and not node.sets and not arrivals.durings(node.id):
            yield node.then, patients
        case _:
            return


def before_given(visit: Visit, names: tuple[str, ...]) -> Arrivals:
    """The arrivals if nobody went on from these boxes: everyone before they had what they give."""
    pathway = visit.pathway
    nodes = tuple(
        evolve(node, then=None) if isinstance(node, Treat) and node.id in names else node
        for node in pathway.nodes
    )
    durings = tuple(
        evolve(during, nodes=tuple(name for name in during.nodes if name not in names))
        for during in pathway.durings
    )
    return Arrivals(evolve(pathway, nodes=nodes, durings=durings), visit.arrivals.others)


def same_patients(
    arrivals: Arrivals, against: str, names: tuple[str, ...]
) -> Iterator[tuple[str, int]]:
    """Those who, with the same answers, arrive at a box and at one of others."""
    diagrams = arrivals.diagrams
    there = _regardless(arrivals, arrivals.at.get(against, NOBODY))
    for name in names:
        if name != against:
            some = diagrams.both(there, _regardless(arrivals, arrivals.at.get(name, NOBODY)))
            if some:
                yield name, some


def _regardless(arrivals: Arrivals, patients: int) -> int:
    """The patients, whichever box they may resume at."""
    first = arrivals.patients.questions[:1]
    if first and first[0].part == "left":
        return arrivals.diagrams.forget(patients, frozenset({0}))
    return patients


def _finding(
    visit: Visit, arrivals: Arrivals, code: str, one: _Against, met: dict[str, int]
) -> Finding:
    diagrams = arrivals.diagrams
    seen = evolve(visit, arrivals=arrivals)
    some = diagrams.any_of(met.values())
    asked = visit.asked(
        [line.when for node in visit.pathway.nodes for line in getattr(node, "branches", ())]
    )
    arriving = _regardless(arrivals, arrivals.at[one.node.id])
    who = seen.who(some, diagrams.either(arriving, some), asked)
    witness, patient = seen.witness(some, asked)
    giving = [visit.pathway.node[name] for name in met]
    what = quoted(against_label(one.advice, visit.library))
    boxes = listed((quoted(node.label) for node in giving), "and")
    same = [node for node in giving if node is one.node]
    if same and len(giving) == 1:
        message = f"{quoted(one.node.label)} recommends {what} and advises against it"
    elif code == "PW419":
        message = (
            f"{quoted(one.node.label)} advises against {what}, and {boxes} recommends it to the "
            f"same patients: {who}{witness}"
        )
    else:
        message = (
            f"{quoted(one.node.label)} advises against {what}, which {boxes} recommends to "
            f"patients with the same answers: {who}{witness}"
        )
    case = visit.case(patient, one.node, f"expect never {giving[0].id}")
    return finding(
        code,
        message,
        place_of(one.advice.span or one.node.span, visit.pathway),
        labels=[Label(node.span, "recommended here") for node in giving if node.span],
        help=(f"{case}\n" if not same else "")
        + "Say for whom it is right and for whom not: tell the two groups apart by a line",
    )
