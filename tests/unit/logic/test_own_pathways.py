"""The pathways that come with the tool: exact, and not one branch can go or stand twice."""

from pathlib import Path

import pytest
from attrs import evolve
from tests.unit.logic.walking import UNKNOWN, Walk

from pathwaydsl.checks import Review
from pathwaydsl.checks.arriving import who_arrives
from pathwaydsl.checks.boxes import lines_of_branch_points
from pathwaydsl.checks.decisions import decisions
from pathwaydsl.checks.visit import Visit
from pathwaydsl.logic.boxes import plainest
from pathwaydsl.logic.reachability import Arrivals
from pathwaydsl.model.nodes import Decide
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.project.loading import load_project
from pathwaydsl.text.finding import Severity

FOLDER = Path(__file__).parents[3] / "pathways"


@pytest.fixture(scope="module")
def review():
    """The pathways, read but not checked."""
    return Review(load_project([FOLDER], checked=False).documents)


@pytest.fixture(scope="module")
def visits(review):
    """Each pathway with its arrivals."""
    others = {pathway.id: pathway for pathway in review.pathways}
    return [Visit(review, pathway, Arrivals(pathway, others)) for pathway in others.values()]


def decided(visits):
    for visit in visits:
        for node in visit.pathway.nodes:
            if isinstance(node, Decide):
                yield visit, node


def changed(visit, node, branches):
    """The visit with other lines in one decision, as found by those who arrive now."""
    other = evolve(node, branches=branches)
    nodes = tuple(other if one is node else one for one in visit.pathway.nodes)
    return evolve(visit, pathway=evolve(visit.pathway, nodes=nodes)), other


def as_values(patient, library):
    values = {criterion.id: None for criterion in library.criteria}
    for value in patient.values:
        values[value.criterion] = (
            UNKNOWN
            if value.unknown
            else value.truth
            if value.truth is not None
            else value.number
            if value.number is not None
            else frozenset(value.members)
            if value.members is not None
            else value.named
        )
    had = {("regimen", h.regimen) if h.regimen else ("drug", h.drug) for h in patient.had}
    return values, frozenset(had)


class Asking(Walk):
    """The oracle's answer to one decision, without walking."""

    def __init__(self, pathway: Pathway) -> None:
        self.pathway = pathway
        self.library = pathway.library


def test_nobody_falls_through(review):
    """Every patient of every pathway has an answer, and nothing is undecided."""
    found = list(who_arrives(review))
    assert [one for one in found if one.severity is Severity.ERROR] == []


def test_every_box_is_reached(visits):
    """Somebody arrives at every box."""
    for visit in visits:
        assert [n.id for n in visit.pathway.nodes if not visit.arrivals.at.get(n.id)] == []


def test_no_branch_can_go(visits):
    """Without a branch its patients are uncovered, unless an `otherwise` takes them."""
    gone = 0
    for visit, node in decided(visits):
        arriving = visit.arrivals.at[node.id]
        taken = visit.arrivals.answered(node, arriving).lines
        for i, branch in enumerate(node.branches):
            rest = (*node.branches[:i], *node.branches[i + 1 :])
            other_visit, other = changed(visit, node, rest)
            now = visit.arrivals.answered(other, arriving)
            spare = any(one.role == "otherwise" for one in rest) and branch.role == "when"
            later = node.first_match and branch.role == "when"
            if not now.uncovered:
                assert spare or later, (node.id, i)
                continue
            gone += 1
            assert visit.arrivals.diagrams.without(now.uncovered, taken[i]) == 0 or later
            if len(rest) > 1:
                found = [one for one in decisions(other_visit) if one.rule == "PW301"]
                assert len(found) == 1, (node.id, i)
            witness = plainest(visit.arrivals.patients, now.uncovered)
            values, had = as_values(witness, visit.pathway.library)
            oracle = Asking(visit.pathway)
            assert oracle.taken(other, values, had) == []
            assert branch.target in oracle.taken(node, values, had)
    assert gone > 30


def test_no_branch_can_stand_twice(visits):
    """A branch that stands twice is found, whether word for word or said in another way."""
    for visit, node in decided(visits):
        for branch in node.branches:
            if branch.when is None:
                continue
            other_visit, _ = changed(visit, node, (evolve(branch), *node.branches))
            again = Review({"f": evolve(_document(visit), pathway=other_visit.pathway)})
            assert "PW319" in [one.rule for one in lines_of_branch_points(again)]
            if node.first_match:
                continue
            said_twice = evolve(branch, when=_in_other_words(branch.when), target="elsewhere")
            other_visit, _ = changed(visit, node, (said_twice, *node.branches))
            found = [one for one in decisions(other_visit) if one.rule == "PW302"]
            assert len(found) == 1, node.id
            assert found[0].severity is Severity.ERROR


def _document(visit):
    return next(d for d in visit.review.documents.values() if d.pathway is visit.pathway)


def _in_other_words(expression):
    from pathwaydsl.model.expressions import Not

    return Not(Not(expression))


def test_earlier_relapses_lie_beyond_cleopatra(review):
    """From the eligibility of CLEOPATRA alone it follows whom the first line lies beyond."""
    pathway = next(p for p in review.pathways if p.id == "her2-mbc-first-line")
    node = pathway.node["docetaxel-antibodies"]
    advice = evolve(node.recommendation, flags=(), evidence=("cleopatra",))
    bare = evolve(node, recommendation=advice)
    nodes = tuple(bare if one is node else one for one in pathway.nodes)
    document = next(d for d in review.documents.values() if d.pathway is pathway)
    again = Review({pathway.file: evolve(document, pathway=evolve(pathway, nodes=nodes))})
    found = [one for one in who_arrives(again) if one.rule == "PW403"]
    assert len(found) == 1
    label = pathway.library.criterion["curative-therapy-interval"].label
    assert f"{label} is less than 12 months or not known" in found[0].message
