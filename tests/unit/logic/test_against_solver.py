"""Larger decisions: the answers of z3 and ours are the same."""

import random
from decimal import Decimal
from itertools import combinations

import pytest
import z3
from tests.unit.logic.solver import Encoding, decision

from pathwaydsl.logic.boxes import plainest
from pathwaydsl.logic.reachability import Arrivals
from pathwaydsl.model.criteria import AnyOf, Criterion, NumberRange, OneOf, Value, YesNo
from pathwaydsl.model.expressions import (
    And,
    AtLeast,
    Compares,
    Holds,
    Includes,
    IsOneOf,
    IsUnknown,
    Not,
    Or,
    Sign,
    Within,
)
from pathwaydsl.model.nodes import Assess, Branch, Decide, End
from pathwaydsl.model.pathway import Library, Pathway
from pathwaydsl.model.values import Quantity


def named(*ids):
    return tuple(Value(name, name) for name in ids)


def a_criterion(chance, number):
    name, unknown = f"c{number}", chance.random() < 0.5
    also = named("never") if chance.random() < 0.3 else ()
    match chance.randrange(4):
        case 0:
            return Criterion(id=name, label=name, domain=YesNo(), may_be_unknown=unknown)
        case 1:
            values = OneOf(named("a", "b", "c", "d"))
            return Criterion(id=name, label=name, domain=values, may_be_unknown=unknown)
        case 2:
            some = AnyOf(named("a", "b", "c"))
            return Criterion(id=name, label=name, domain=some, also=also, may_be_unknown=unknown)
        case _:
            numbers = NumberRange(Decimal(0), Decimal(100), whole=chance.random() < 0.5)
            return Criterion(id=name, label=name, domain=numbers, also=also, may_be_unknown=unknown)


def a_test(chance, criterion):
    name = criterion.id
    if criterion.may_be_unknown and chance.random() < 0.1:
        return IsUnknown(name)
    if criterion.also and chance.random() < 0.2:
        return IsOneOf(name, ("never",))
    match criterion.domain:
        case YesNo():
            return Holds(name)
        case OneOf(values):
            some = chance.sample([each.id for each in values], chance.choice((1, 2)))
            return IsOneOf(name, tuple(some))
        case AnyOf(values):
            return Includes(name, chance.choice(values).id)
        case _:
            if chance.random() < 0.3:
                return Within(name, Decimal(20), Decimal(60), None, chance.random() < 0.5)
            number = Quantity(Decimal(chance.choice((20, 60, 80))))
            return Compares(name, chance.choice(list(Sign)), number)


def a_condition(chance, criteria, depth=2):
    if depth == 0 or chance.random() < 0.25:
        test = a_test(chance, chance.choice(criteria))
        return Not(test) if chance.random() < 0.2 else test
    parts = tuple(a_condition(chance, criteria, depth - 1) for _ in range(chance.choice((2, 3))))
    match chance.randrange(5):
        case 0 | 1:
            return And(parts)
        case 2 | 3:
            return Or(parts)
        case _:
            return AtLeast(chance.randint(1, len(parts)), parts)


def a_decision(seed):
    """One decision on ten criteria with six to nine lines, reached by everyone."""
    chance = random.Random(seed)
    criteria = tuple(a_criterion(chance, number) for number in range(10))
    lines = [Branch("end", a_condition(chance, criteria)) for _ in range(chance.randint(6, 9))]
    if chance.random() < 0.4:
        lines.append(Branch("end", role="otherwise"))
    if chance.random() < 0.4:
        lines.append(Branch("end", role="unknown"))
    node = Decide(id="q", label="Q", branches=tuple(lines), first_match=chance.random() < 0.4)
    work_up = Assess(id="a", label="A", measures=tuple(c.id for c in criteria), then="q")
    return Pathway(
        id="p",
        label="P",
        file="p.pathway",
        start="a",
        nodes=(work_up, node, End(id="end", label="End")),
        library=Library(criteria=criteria),
    )


def patient_as_formula(encoding, patient):
    """The witness as a conjunction of values."""
    parts = []
    for given in patient.values:
        name = given.criterion
        status = encoding.status[name]
        if given.unknown:
            parts.append(status == 0)
        elif given.named is not None:
            parts.append(status == encoding.names[name][given.named])
        elif given.members is not None:
            parts.append(status == 1)
            for member, variable in encoding.value[name].items():
                parts.append(variable == (member in given.members))
        elif given.truth is not None:
            parts += [status == 1, encoding.value[name] == given.truth]
        else:
            parts += [status == 1, encoding.value[name] == z3.RealVal(str(given.number))]
    return z3.And(parts)


@pytest.mark.parametrize("seed", range(60))
def test_a_larger_decision_is_as_the_solver_says(seed):
    """Lines somebody takes, overlaps and the uncovered are the same; witnesses are real."""
    pathway = a_decision(seed)
    arrivals = Arrivals(pathway)
    node = pathway.node["q"]
    answered = arrivals.answered(node, arrivals.at["q"])
    encoding = Encoding(pathway.library)
    lines, uncovered = decision(encoding, node)
    solver = z3.Solver()
    solver.add(encoding.legal)

    def holds(*formulas):
        return solver.check(*formulas) == z3.sat

    taken = [*zip(answered.lines, lines, strict=True), (answered.uncovered, uncovered)]
    for ours, formula in taken:
        assert bool(ours) == holds(formula)
        witness = plainest(arrivals.patients, ours)
        if witness is not None:
            assert holds(patient_as_formula(encoding, witness), formula)
    for (ours, formula), (other, second) in combinations(taken, 2):
        assert bool(arrivals.diagrams.both(ours, other)) == holds(formula, second)
