"""`together`, `enter`, gaps and flags against patients who are walked one by one, strand by strand.

The oracle here moves one strand at a time, in any order; it imports only the model. A box inside
a strand is compared by what its own strand may ask for, since the others measure something else.
"""

import itertools
import random

import pytest
from tests.unit.logic.test_against_walking import box_of
from tests.unit.logic.walking import UNKNOWN, holds, values_of

from pathwaydsl.logic.reachability import Arrivals
from pathwaydsl.model.criteria import Criterion, OneOf, Value, YesNo
from pathwaydsl.model.expressions import Holds, IsOneOf, IsUnknown, Not
from pathwaydsl.model.gaps import Gap
from pathwaydsl.model.nodes import Act, Assess, Branch, Decide, End, Enter, GapNode, Together
from pathwaydsl.model.pathway import Library, Pathway

STAGES = OneOf(tuple(Value(name, name) for name in ("early", "late", "far")))
NAMES = ("c0", "c1", "c2")


def a_line(chance, name, target):
    """A line about one criterion that may flag a gap."""
    when = (
        IsOneOf(name, tuple(sorted(chance.sample(("early", "late", "far"), 2))))
        if name == "c2"
        else chance.choice((Holds(name), Not(Holds(name)), IsUnknown(name)))
    )
    return Branch(target, when, flags=chance.choice(((), ("open",))))


def a_decision(chance, box, name, targets):
    """A decision in which patients may be uncovered."""
    rest = [Branch(chance.choice(targets), role="otherwise")] if chance.random() < 0.7 else []
    rest += [Branch(chance.choice(targets), role="unknown")] if chance.random() < 0.7 else []
    lines = (a_line(chance, name, chance.choice(targets)), *rest)
    return Decide(id=box, label=box, branches=lines)


def a_strand(chance, number):
    """A strand that measures, decides, and goes on, or ends in a gap."""
    name, key = f"c{number + 1}", f"s{number}"
    targets = ["join", f"{key}-act", f"{key}-gap", f"{key}-open"]
    return (
        Assess(id=key, label=key, measures=(name,), then=f"{key}-ask"),
        a_decision(chance, f"{key}-ask", name, targets),
        Act(id=f"{key}-act", label="Act", then=chance.choice(("join", f"{key}-gap"))),
        GapNode(id=f"{key}-gap", label="Gap", gap=Gap(id=f"{key}-gap", label="Gap")),
        GapNode(
            id=f"{key}-open", label="Open", gap=Gap(id=f"{key}-open", label="Open", then="join")
        ),
    )


def strands(seed):
    """A pathway with two strands, and what comes after them."""
    chance = random.Random(seed)
    criteria = tuple(
        Criterion(
            id=name,
            label=name,
            domain=STAGES if name == "c2" else YesNo(),
            may_be_unknown=name != "c2" or chance.random() < 0.5,
        )
        for name in NAMES
    )
    after = ["other", "done", "late-gap"]
    nodes = (
        Assess(id="start", label="Start", measures=("c0",), then="first"),
        a_decision(chance, "first", "c0", ["both", "both", "done"]),
        Together(id="both", label="Both", strands=("s0", "s1"), then="join"),
        *a_strand(chance, 0),
        *a_strand(chance, 1),
        a_decision(chance, "join", chance.choice(NAMES), after),
        Enter(id="other", label="Other", pathway="other"),
        GapNode(id="late-gap", label="Late", gap=Gap(id="late-gap", label="Late")),
        End(id="done", label="Done"),
    )
    return Pathway(
        id="p", label="P", file="p", start="start", nodes=nodes, library=Library(criteria=criteria)
    )


def taken(node, patient, library):
    """The targets of the lines that somebody takes."""
    told = [(holds(b.when, patient, library), b.target) for b in node.branches if b.when]
    rest = {b.role: b.target for b in node.branches if b.when is None}
    true = [target for answer, target in told if answer is True]
    role = "unknown" if any(answer is None for answer, _ in told) else "otherwise"
    return true or [rest[role] for role in (role,) if role in rest]


def onwards(pathway, box, patient):
    """Where somebody may be next, with which values."""
    node = pathway.node[box]
    library = pathway.library
    match node:
        case Assess():
            (name,) = node.measures
            for value in values_of(library.criterion[name]):
                yield node.then, {**patient, name: value}
        case Decide():
            for target in taken(node, patient, library):
                yield target, patient
        case Act() | GapNode() if node.then:
            yield node.then, patient


def walked(pathway):
    """Everybody at every box; inside the strands any strand may go on next."""
    at = {node.id: [] for node in pathway.nodes}
    seen = set()
    waiting = [(("start",), dict.fromkeys(NAMES))]
    while waiting:
        places, patient = waiting.pop()
        key = (places, tuple(patient.values()))
        if key in seen:
            continue
        seen.add(key)
        for place in places:
            if place != "join" or len(places) == 1:
                at[place].append(patient)
        if len(places) == 2 and places == ("join", "join"):
            waiting.append((("join",), patient))
        elif places == ("both",):
            waiting.append((("s0", "s1"), patient))
        else:
            for i, place in enumerate(places):
                if len(places) == 2 and place == "join":
                    continue
                for target, after in onwards(pathway, place, patient):
                    waiting.append(((*places[:i], target, *places[i + 1 :]), after))
    return at


def seen_by(box):
    """The criteria that a strand's box may ask for."""
    return {"s0": ("c0", "c1"), "s1": ("c0", "c2")}.get(box[:2], NAMES)


@pytest.mark.parametrize("seed", range(120))
def test_everyone_arrives_in_and_after_the_strands(seed):
    """Whoever walks the strands in some order arrives where the sets say, and nobody else."""
    pathway = strands(seed)
    arrivals = Arrivals(pathway)
    at = walked(pathway)
    domains = [[None, *values_of(pathway.library.criterion[name])] for name in NAMES]
    for node in pathway.nodes:
        names = seen_by(node.id)
        walking = {tuple(patient[name] for name in names) for patient in at[node.id]}
        found = {
            tuple(patient[name] for name in names)
            for values in itertools.product(*domains)
            if arrivals.diagrams.meet(
                box_of(arrivals.patients, patient := dict(zip(NAMES, values, strict=True))),
                arrivals.at.get(node.id, 0),
            )
        }
        assert found == walking, node.id


def test_the_strands_are_worth_trying():
    """Among the pathways some patients stay in a gap, some go on, some are not known."""
    ends = dict.fromkeys(("other", "done", "late-gap", "s0-gap", "s1-gap", "s1-open"), 0)
    unknown = 0
    for seed in range(120):
        at = walked(strands(seed))
        for name in ends:
            ends[name] += bool(at[name])
        unknown += any(UNKNOWN in patient.values() for patient in at["join"])
    assert min(ends.values()) > 20
    assert unknown > 20
