"""Who gains and loses what beside strands, gaps, pins and other pathways, against walking them.

The oracle is that of the tests of who arrives where: one strand at a time, in any order.
"""

import itertools

import pytest
from attrs import evolve
from tests.unit.logic.test_strands_and_gaps import NAMES, strands, taken, walked
from tests.unit.logic.walking import holds, values_of

from pathwaydsl.model.nodes import Decide
from pathwaydsl.versions.behaviour import behaviour

BOXES = {"act", "gap", "end", "enter"}


def two(seed):
    """Two pathways with the same boxes, asked and answered in other ways."""
    old = strands(seed)
    return old, evolve(strands(seed + 1000), library=old.library)


def people_of(pathway):
    """By what is come to, who comes to it; what nobody asked may be anything."""
    domains = [values_of(pathway.library.criterion[name]) for name in NAMES]

    def whole(patient):
        return set(
            itertools.product(
                *(
                    domain if patient[name] is None else [patient[name]]
                    for name, domain in zip(NAMES, domains, strict=True)
                )
            )
        )

    found = {}
    at = walked(pathway)
    for node in pathway.nodes:
        for patient in at[node.id]:
            if node.kind in BOXES:
                found.setdefault((node.kind, node.id), set()).update(whole(patient))
            if node.kind == "gap":
                found.setdefault(("flag", node.id), set()).update(whole(patient))
            if isinstance(node, Decide):
                on = set(taken(node, patient, pathway.library))
                if not on:
                    found.setdefault(("none", node.id), set()).update(whole(patient))
                for line in taken_lines(node, patient, pathway.library):
                    for gap in line.flags:
                        found.setdefault(("flag", gap), set()).update(whole(patient))
    return found


def taken_lines(node, patient, library):
    """The lines with a condition that are true for somebody."""
    return [b for b in node.branches if b.when and holds(b.when, patient, library) is True]


@pytest.mark.parametrize("seed", range(80))
def test_the_difference_beside_strands_is_that_of_walking_everybody(seed):
    """Strands, gaps, pins and entered pathways: gained and lost are exactly those who are."""
    old, new = two(seed)
    before, now = people_of(old), people_of(new)
    everyone = set().union(*before.values(), *now.values())
    expected = {}
    for key in {**before, **now}:
        if gained := now.get(key, set()) - before.get(key, set()):
            expected["gained", *key] = gained
        if lost := before.get(key, set()) - now.get(key, set()):
            expected["lost", *key] = lost
    found = behaviour(old, new, {node.id: node.id for node in old.nodes}, most=1000)
    told = {}
    for one in found.differences:
        if one.kind == "replaced" or one.subject.kind == "pathway":
            continue
        kind, key = one.kind, (one.subject.kind, one.subject.id)
        both = key in before and key in now
        among = before[key] | now[key] if both else everyone
        condition = one.whom.condition
        told[kind, *key] = {
            values
            for values in among
            if condition is None
            or holds(condition, dict(zip(NAMES, values, strict=True)), found.library) is True
        }
    assert told == expected
    if expected:
        assert found.unchanged is False


def test_the_pairs_beside_strands_are_worth_trying():
    """Every kind of thing is gained by somebody in some pair."""
    kinds = {
        one.subject.kind
        for seed in range(80)
        for one in behaviour(*two(seed), {n.id: n.id for n in strands(seed).nodes}).differences
        if one.kind == "gained"
    }
    assert kinds >= {*BOXES, "flag", "none"}
