"""What was given before is told in conditions like any other answer."""

import random

import pytest
from tests.unit.logic.chance import a_library

from pathwaydsl.logic.boxes import condition_of, said
from pathwaydsl.logic.mentioned import mentioned
from pathwaydsl.logic.regions import Patients
from pathwaydsl.model.expressions import And, Had, Holds, Not

HAD = Had(regimen="first")


@pytest.fixture
def patients():
    """Everybody who differs in one regimen and in pregnancy."""
    return Patients(a_library(random.Random(1)), [HAD, Holds("pregnant")], missing=False)


def test_who_had_a_regimen_is_told_by_it(patients):
    """The set of those who had it, and of those who did not, has that condition."""
    truth = patients.truth(HAD)
    asked = mentioned([HAD], patients.library)
    everybody = patients.diagrams.either(truth.true, truth.false)
    assert said(patients, truth.true, everybody, asked).whole == HAD
    assert said(patients, truth.false, everybody, asked).whole == Not(HAD)


def test_what_was_had_stands_beside_other_answers(patients):
    """A box of both says both, and a box of one says nothing of the other."""
    level = patients.had["first", None]
    question = patients.questions[patients.head["pregnant"]]
    yes = {patients.head["pregnant"]: question.named("yes")}
    assert condition_of(patients, yes | {level: 2}) == And((Holds("pregnant"), HAD))
    assert condition_of(patients, yes | {level: 1}) == And((Holds("pregnant"), Not(HAD)))
    assert condition_of(patients, yes) == Holds("pregnant")
    assert condition_of(patients, {level: 3}) is None
