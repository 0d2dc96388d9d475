"""Loops, directions and studies against patients walked one by one: none missed, none accused."""

import random

import pytest
from attrs import evolve
from tests.unit.logic.chance import a_condition, a_pathway
from tests.unit.logic.test_against_walking import box_of
from tests.unit.logic.walking import Walk, asked, holds

from pathwaydsl.checks import Review
from pathwaydsl.checks.directions import contradictory_directions
from pathwaydsl.checks.impossible import lost_in
from pathwaydsl.checks.leaving import Leaving
from pathwaydsl.checks.listing import never_arriving, supported
from pathwaydsl.checks.visit import Visit
from pathwaydsl.logic.reachability import Arrivals
from pathwaydsl.model.evidence import Evidence
from pathwaydsl.model.expressions import And
from pathwaydsl.model.gaps import AdviseAgainst
from pathwaydsl.model.nodes import Act, Assess, Choose, Decide, End, GapNode, Treat
from pathwaydsl.model.pathway import Document
from pathwaydsl.model.recommendations import Recommendation
from pathwaydsl.text.span import Span

SEEDS = range(70)


def visited(pathway):
    """A pathway with its arrivals, as the checks look at it."""
    own = pathway.library
    document = Document(file=pathway.file, library=own, own=own, pathway=pathway)
    return Visit(Review({pathway.file: document}), pathway, Arrivals(pathway))


def region(visit, walk, states, node_id):
    """States as one set of patients, as the checks keep it for a box."""
    arrivals = visit.arrivals
    resuming = node_id in arrivals._resuming
    boxes = {
        box_of(arrivals.patients, walk.as_patient(values), had, left if resuming else "")
        for values, had, left in states
    }
    return arrivals.diagrams.any_of(sorted(boxes))


# Loops


def out_at_once(walk, place, values, had):
    """Whether a way of going on from here is an end, or a finding of another kind."""
    node, patient = walk.pathway.node[place], walk.as_patient(values)
    match node:
        case End():
            return True
        case GapNode():
            return node.then is None
        case Decide():
            whens = [branch.when for branch in node.branches if branch.when is not None]
            return any(
                not walk.taken(node, one, had) for one in walk.with_answers(patient, whens, had)
            )
        case Choose():
            whens = [option.when for option in node.options if option.when is not None]
            return any(
                all(o.when is not None and not holds(o.when, one, walk.library, had)
                    for o in node.options)
                for one in walk.with_answers(patient, whens, had)
            )  # fmt: skip
    seen = list(walk.any_values(patient, node.measures, had)) if isinstance(node, Assess) else None
    if seen == []:
        return True
    lines = [b for d in walk.pathway.durings if node.id in d.nodes for b in d.branches]
    tested = asked([line.when for line in lines], walk.library)
    for one in [patient] if seen is None else seen:
        changed = list(walk.any_values(one, tested, had)) if tested else [one]
        if not changed:
            return True
        for other in changed:
            if not walk.possible(walk.set_on_leaving(node, other), had):
                return True
    return False


def lost_for_ever(walk):
    """The states from which no continuation leads out, by box."""
    states = [(place, *state) for place, found in walk.at.items() for state in found]
    before = {}
    out = []
    for state in states:
        if out_at_once(walk, *state[:3]):
            out.append(state)
        for after in walk.steps(*state):
            before.setdefault(after, []).append(state)
    good = set(out)
    while out:
        for state in before.get(out.pop(), ()):
            if state not in good:
                good.add(state)
                out.append(state)
    lost = {place: set() for place in walk.at}
    for place, *rest in states:
        if (place, *rest) not in good:
            lost[place].add(tuple(rest))
    return lost


@pytest.mark.parametrize("seed", SEEDS)
def test_who_never_leaves_is_whoever_walks_for_ever(seed):
    """Of every box exactly those are kept for whom no way of answering leads to an end."""
    pathway = a_pathway(random.Random(seed))
    walk, visit = Walk(pathway), visited(pathway)
    leaving = Leaving(visit, frozenset(visit.arrivals.at))
    for name, states in lost_for_ever(walk).items():
        assert region(visit, walk, states, name) == leaving.staying_for_ever(name), name


def test_the_random_pathways_hold_loops_without_a_way_out():
    """The law above is not kept for want of a loop that somebody never leaves."""
    walks = [Walk(a_pathway(random.Random(seed))) for seed in SEEDS[:30]]
    assert sum(any(lost_for_ever(walk).values()) for walk in walks) >= 3


# Directions


def with_advice(chance, pathway):
    """The pathway with advice against a regimen or a drug at some boxes."""
    nodes = []
    for i, node in enumerate(pathway.nodes):
        if chance.random() < 0.4:
            name = chance.choice(("first", "second"))
            advice = AdviseAgainst(
                "strong",
                **({"regimen": name} if chance.random() < 0.5 else {"drug": f"{name}-drug"}),
                span=Span(pathway.file, 100 + i, 101 + i),
            )
            node = evolve(node, recommendation=Recommendation(against=(advice,)))  # noqa: PLW2901
        nodes.append(node)
    return evolve(pathway, nodes=tuple(nodes))


def given(node, advice):
    return isinstance(node, Treat) and advice.regimen in {node.regimen, None} and (
        advice.drug in {f"{node.regimen}-drug", None}
    )  # fmt: skip


def at_once(walk, name):
    """The boxes at which those who arrive somewhere come with nothing happening in between."""
    waiting = [(name, *state) for state in walk.at[name]]
    seen, found = set(waiting), {name}
    while waiting:
        state = waiting.pop()
        if not isinstance(walk.pathway.node[state[0]], Decide | Choose):
            continue
        for after in walk.steps(*state):
            if after[0] in walk.pathway.node and after not in seen:
                seen.add(after)
                found.add(after[0])
                waiting.append(after)
    return found


def expected_directions(pathway):
    """Each contradiction as (rule, place of the advice)."""
    walk = Walk(pathway)
    for node in pathway.nodes:
        for advice in node.recommendation.against:
            giving = {n.id for n in pathway.nodes if given(n, advice) and walk.at[n.id]}
            if not walk.at[node.id] or not giving:
                continue
            met = giving & at_once(walk, node.id)
            if met:
                yield "PW419", advice.span.start
            stopped = evolve(
                pathway,
                nodes=tuple(evolve(n, then=None) if n.id in giving else n for n in pathway.nodes),
                durings=tuple(
                    evolve(d, nodes=tuple(n for n in d.nodes if n not in giving))
                    for d in pathway.durings
                ),
            )
            other, visit = Walk(stopped), visited(stopped)
            for name in giving - met - {node.id}:
                here, there = (
                    region(visit, other, {(v, h, "") for v, h, _ in other.at[box]}, "")
                    for box in (node.id, name)
                )
                if visit.arrivals.diagrams.both(here, there):
                    yield "PW427", advice.span.start
                    break


@pytest.mark.parametrize("seed", SEEDS)
def test_contradictory_directions_are_those_that_somebody_meets(seed):
    """For and against is told where a walk meets both, and nowhere else."""
    chance = random.Random(seed)
    pathway = with_advice(chance, a_pathway(chance))
    found = [(one.rule, one.span.start) for one in contradictory_directions(visited(pathway))]
    assert sorted(found) == sorted(expected_directions(pathway))


# Studies


@pytest.mark.parametrize("seed", SEEDS)
def test_who_never_arrives_is_whom_no_walk_brings_there(seed):
    """Whom a study admitted and nobody walking comes to what it supports."""
    chance = random.Random(seed)
    pathway = a_pathway(chance)
    eligible = And((a_condition(chance, 1), a_condition(chance, 1)))
    study = Evidence(id="study", label="Study", eligible=eligible)
    advice = Recommendation(strength="strong", evidence=("study",))
    nodes = tuple(
        evolve(node, recommendation=advice) if chance.random() < 0.4 else node
        for node in pathway.nodes
    )
    pathway = evolve(pathway, nodes=nodes, library=evolve(pathway.library, evidence=(study,)))
    walk, visit = Walk(pathway), visited(pathway)
    names = asked([eligible], pathway.library)
    changing = {
        *(name for node in nodes if isinstance(node, Assess) for name in node.measures),
        *(one.criterion for node in nodes for one in getattr(node, "sets", ())),
        *asked([b.when for d in pathway.durings for b in d.branches], pathway.library),
    }
    nothing = dict.fromkeys(walk.names)

    def only(patients):
        kept = ({**nothing, **{name: one[name] for name in names}} for one in patients)
        return {walk.as_values(one) for one in kept}

    def told(states):
        return [
            answered
            for values, had, _ in states
            for answered in walk.with_answers(walk.as_patient(values), [eligible], had)
        ]

    start = told(walk.starting())
    anybody = only(o for one in start for o in walk.any_values(one, changing, frozenset()))
    arriving = only(told(s for n in nodes if n.recommendation == advice for s in walk.at[n.id]))
    missed = {
        values
        for values in anybody - arriving
        if holds(eligible, walk.as_patient(values), pathway.library) is True
    }
    for one in supported(visit):
        some, _ = never_arriving(visit, one)
        diagrams, patients = visit.arrivals.diagrams, visit.arrivals.patients
        levels = frozenset().union(*(patients.levels_of[name] for name in names))
        others = frozenset(range(len(patients.questions))) - levels
        wanted = region(visit, walk, {(v, frozenset(), "") for v in missed}, "")
        assert diagrams.forget(wanted, others) == some


# Values nobody can have


def lost_here(walk, node):
    """Those left without a value where something is measured, may happen, or is set."""
    unmeasured, unhappened, unset = set(), set(), set()
    lines = [b for d in walk.pathway.durings if node.id in d.nodes for b in d.branches]
    tested = asked([line.when for line in lines], walk.library)
    for values, had, left in walk.at[node.id]:
        staying = [walk.as_patient(values)]
        if isinstance(node, Assess):
            staying = list(walk.any_values(staying[0], node.measures, had))
            if not staying:
                unmeasured.add((values, had, left))
        if isinstance(node, Treat):
            had = had | {("regimen", node.regimen), ("drug", f"{node.regimen}-drug")}  # noqa: PLW2901
        for one in staying:
            changed = list(walk.any_values(one, tested, had)) if tested else [one]
            if not changed:
                unhappened.add((walk.as_values(one), had, left))
            unset |= {
                (walk.as_values(other), had, left)
                for other in changed
                if not walk.possible(walk.set_on_leaving(node, other), had)
            }
    return unmeasured or unhappened or unset


@pytest.mark.parametrize("seed", SEEDS)
def test_who_has_no_possible_value_is_whoever_cannot_walk_on(seed):
    """Those whom `impossible` rules leave without a value are found at every box."""
    pathway = a_pathway(random.Random(seed))
    walk, visit = Walk(pathway), visited(pathway)
    for node in pathway.nodes:
        if isinstance(node, Assess | Treat | Act) and visit.arrivals.at.get(node.id):
            _, some = lost_in(visit, node, visit.arrivals.at[node.id])
            assert region(visit, walk, lost_here(walk, node), node.id) == some, node.id
