"""Exact regions and arrivals against patients enumerated and walked one by one."""

import itertools
import random
from decimal import Decimal

import pytest
from tests.unit.logic.chance import CRITERIA, a_condition, a_library, a_pathway, with_definitions
from tests.unit.logic.walking import UNKNOWN, Walk, holds, values_of

from pathwaydsl.logic.boxes import plainest, said
from pathwaydsl.logic.mentioned import mentioned
from pathwaydsl.logic.reachability import Arrivals
from pathwaydsl.logic.regions import Patients
from pathwaydsl.model.nodes import Decide


def answer_of(question, value):
    """The mask of the answer a value belongs to."""
    for i, answer in enumerate(question.answers):
        if value is None:
            belongs = answer.kind == "missing"
        elif value == UNKNOWN:
            belongs = answer.kind == "unknown"
        elif isinstance(value, bool):
            belongs = answer.value == ("yes" if value else "no")
        elif isinstance(value, frozenset):
            belongs = answer.value == "some"
        elif isinstance(value, Decimal):
            belongs = answer.kind == "number" and (
                answer.low < value < answer.high
                or (value == answer.low and answer.low_included)
                or (value == answer.high and answer.high_included)
            )
        else:
            belongs = answer.value == value
        if belongs:
            return 1 << i
    raise AssertionError((question, value))


def box_of(patients, patient, had=frozenset(), left=None):
    """One patient as a set."""
    masks = {}
    for name, head in patients.head.items():
        value = patient[name]
        masks[head] = answer_of(patients.questions[head], value)
        for (about, member), level in patients.members.items():
            if about == name:
                masks[level] = 2 if isinstance(value, frozenset) and member in value else 1
    for (regimen, drug), level in patients.had.items():
        masks[level] = 2 if {("regimen", regimen), ("drug", drug)} & had else 1
    if left is not None and patients.questions and patients.questions[0].part == "left":
        masks[0] = patients.questions[0].named(left)
    return patients.diagrams.box(masks)


def everybody(names):
    domains = [values_of(criterion) for criterion in CRITERIA if criterion.id in names]
    for values in itertools.product(*domains):
        yield dict(zip([c.id for c in CRITERIA if c.id in names], values, strict=True))


@pytest.mark.parametrize("seed", range(150))
def test_a_condition_holds_for_whom_the_reference_says(seed):
    """Regions of random conditions are those found by trying every patient."""
    chance = random.Random(seed)
    library = a_library(chance)
    expression = with_definitions(chance, a_condition(chance, 3))
    patients = Patients(library, [expression], missing=False)
    truth = patients.truth(expression)
    diagrams = patients.diagrams
    for patient in everybody(patients.head):
        box = box_of(patients, patient)
        told = holds(expression, patient, library)
        assert bool(diagrams.both(box, truth.true)) == (told is True), patient
        assert bool(diagrams.both(box, truth.false)) == (told is False), patient


@pytest.mark.parametrize("seed", range(100))
def test_a_region_is_said_back_exactly(seed):
    """The boxes of a region hold for its patients and for nobody else."""
    chance = random.Random(seed)
    library = a_library(chance)
    expression = a_condition(chance, 3)
    patients = Patients(library, [expression], missing=False)
    diagrams = patients.diagrams
    world = diagrams.all_of(patients.possible_values(name) for name in patients.head)
    for region in (patients.truth(expression).true, patients.truth(expression).false):
        some = diagrams.both(region, world)
        asked = mentioned([expression], library)
        back = said(patients, some, world, asked, most=1000)
        assert not back.more
        for patient in everybody(patients.head):
            inside = bool(diagrams.both(box_of(patients, patient), some))
            told = some and (
                not back.boxes or any(holds(box, patient, library) is True for box in back.boxes)
            )
            assert bool(told) == inside, (patient, back)


@pytest.mark.parametrize("seed", range(100))
def test_the_plainest_patient_belongs_to_the_region(seed):
    """A witness is a patient of the region it is taken from."""
    chance = random.Random(seed)
    library = a_library(chance)
    expression = a_condition(chance, 3)
    patients = Patients(library, [expression], missing=False)
    world = patients.diagrams.all_of(patients.possible_values(name) for name in patients.head)
    some = patients.diagrams.both(patients.truth(expression).true, world)
    found = plainest(patients, some)
    if found is None:
        assert not some
        return
    patient = {}
    for value in found.values:
        patient[value.criterion] = (
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
    assert holds(expression, patient, library) is True


@pytest.mark.parametrize("seed", range(200))
def test_everyone_arrives_where_walking_takes_them(seed):
    """Arrivals, lines and uncovered patients are those of walking every patient."""
    pathway = a_pathway(random.Random(seed))
    walk = Walk(pathway)
    arrivals = Arrivals(pathway)
    patients = arrivals.patients

    def region(states, node_id):
        resuming = node_id in arrivals._resuming
        boxes = {
            box_of(patients, walk.as_patient(values), had, left if resuming else "")
            for values, had, left in states
        }
        return patients.diagrams.any_of(sorted(boxes))

    for node in pathway.nodes:
        arriving = arrivals.at.get(node.id, 0)
        assert region(walk.at[node.id], node.id) == arriving, node.id
        if isinstance(node, Decide) and arriving:
            uncovered = arrivals.answered(node, arriving).uncovered
            assert region(walk.uncovered[node.id], node.id) == uncovered, node.id
