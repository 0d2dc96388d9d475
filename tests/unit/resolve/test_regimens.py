"""Doses, routes, schedules and how long: every form reaches the model."""

from decimal import Decimal

import pytest

from pathwaydsl.model.expressions import Holds
from pathwaydsl.model.regimens import Dose, Schedule
from pathwaydsl.model.values import Quantity

DRUGS = 'drug a "A"\ndrug b "B"\ncriterion frail "Frail" { yes or no }\n'


def _quantity(number: str, unit: str) -> Quantity:
    return Quantity(Decimal(number), unit)


def _give(resolved, line: str):
    project = resolved(f'{DRUGS}regimen r "R" {{ {line} }}')
    assert not project.findings, [f.message for f in project.findings]
    [give] = project.document.library.regimen["r"].gives
    return give


@pytest.mark.parametrize(
    ("dose", "meant"),
    [
        ("75 mg/m2", Dose(_quantity("75", "mg/m2"))),
        ("5.4 mg/kg", Dose(_quantity("5.4", "mg/kg"))),
        ("0.60 mg", Dose(_quantity("0.60", "mg"))),
        ("AUC 6", Dose(Quantity(Decimal(6)), auc=True)),
    ],
)
def test_doses(resolved, dose, meant):
    """A dose keeps its digits and its unit; an AUC has none."""
    assert _give(resolved, f"give a {dose} daily").drugs[0].phases[0].dose == meant


@pytest.mark.parametrize(
    ("written", "schedule"),
    [
        ("once", Schedule(times=0)),
        ("daily", Schedule(1, _quantity("1", "days"))),
        ("twice daily", Schedule(2, _quantity("1", "days"))),
        ("3 times daily", Schedule(3, _quantity("1", "days"))),
        ("weekly", Schedule(1, _quantity("1", "weeks"))),
        ("twice weekly", Schedule(2, _quantity("1", "weeks"))),
        ("monthly", Schedule(1, _quantity("1", "months"))),
        ("every 3 weeks", Schedule(1, _quantity("3", "weeks"))),
        ("on days 1, 8, 15 of 21", Schedule(1, None, (1, 8, 15), 21)),
        ("on day 1 of 21", Schedule(1, None, (1,), 21)),
        ("on days 1..4 of 21", Schedule(1, None, (1, 2, 3, 4), 21, day_range=True)),
        ("on days 1, 8", Schedule(1, None, (1, 8))),
        (
            "twice daily on days 1..3 of 21",
            Schedule(2, _quantity("1", "days"), (1, 2, 3), 21, day_range=True),
        ),
    ],
)
def test_schedules(resolved, written, schedule):
    """A schedule is a frequency, days, or both."""
    assert _give(resolved, f"give a 5 mg {written}").drugs[0].phases[0].schedule == schedule


@pytest.mark.parametrize(
    ("written", "route"),
    [("IV", "IV"), ("intravenously", "IV"), ("SC", "SC"), ("oral", "PO"), ("IM", "IM")],
)
def test_routes(resolved, written, route):
    """A route may be written in several ways."""
    assert _give(resolved, f"give a 5 mg {written} daily").drugs[0].phases[0].route == route


def test_how_long_until_when_and_for_whom(resolved):
    """Everything after the schedule reaches the model."""
    give = _give(resolved, 'give a 5 mg daily for at least 6 cycles until "progression" when frail')
    [phase] = give.drugs[0].phases
    assert (phase.lasts, phase.at_least) == (_quantity("6", "cycles"), True)
    assert phase.route is None
    assert give.until == "progression"
    assert give.when == Holds("frail")


def test_a_loading_dose_and_what_follows(resolved):
    """`then` starts another phase of the same drug."""
    [drug] = _give(
        resolved, "give a 840 mg IV once then 420 mg IV every 3 weeks for 5 cycles"
    ).drugs
    assert [str(phase.dose.amount) for phase in drug.phases] == ["840 mg", "420 mg"]
    assert [phase.lasts for phase in drug.phases] == [None, _quantity("5", "cycles")]


def test_alternatives_with_a_dose_each(resolved):
    """`give one of` names drugs with their own doses."""
    drugs = _give(resolved, "give one of a 5 mg daily, b 10 mg twice daily").drugs
    assert [(d.drug, str(d.phases[0].dose.amount)) for d in drugs] == [
        ("a", "5 mg"),
        ("b", "10 mg"),
    ]


def test_alternatives_that_share_a_dose(resolved):
    """One dose after the list holds for every drug in it."""
    drugs = _give(resolved, "give one of a, b 5 mg daily then 3 mg daily").drugs
    assert [(d.drug, [str(p.dose.amount) for p in d.phases]) for d in drugs] == [
        ("a", ["5 mg", "3 mg"]),
        ("b", ["5 mg", "3 mg"]),
    ]


def test_notes_codes_and_drugs_of_a_regimen(resolved):
    """A regimen has notes and codes, and lists each of its drugs once."""
    project = resolved(
        DRUGS + 'regimen r "R" { note "N" note "M" code x:1 '
        "give a 5 mg daily when frail give a 6 mg daily when not frail give b 1 g daily }"
    )
    regimen = project.document.library.regimen["r"]
    assert (regimen.notes, [str(c) for c in regimen.codes]) == (("N", "M"), ["x:1"])
    assert regimen.drugs == ("a", "b")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("give c 5 mg daily", "PW201"),
        ("give r 5 mg daily", "PW207"),
        ("give a 5 mgg daily", "PW209"),
        ("give a 5 µg daily", "PW217"),
        ("give a 5 weeks daily", "PW231"),
        ("give a 5 % daily", "PW231"),
        ("give a 5 mg every 3 mg", "PW208"),
        ("give a 5 mg every 3", "PW208"),
        ("give a 5 mg daily for 3 years", "PW208"),
        ("give a -5 mg daily", "PW211"),
        ("give a AUC 0 daily", "PW211"),
        ("give a 5 mg every -3 weeks", "PW211"),
        ("give a 5 mg daily for 0 cycles", "PW211"),
        ("give a 5 mg on days 1, 22 of 21", "PW230"),
        ("give a 5 mg on days 0, 2 of 21", "PW230"),
        ("give a 5 mg on days 14..1 of 21", "PW220"),
        ("give a 5 mg on days 1, 8, 8 of 21", "PW216"),
        ("give a 5 mg on days 1.5 of 21", "PW224"),
        ("give one of a, a 5 mg daily", "PW216"),
        ("give one of a 5 mg daily, b", "PW232"),
        ("give one of a, b", "PW232"),
    ],
)
def test_mistakes_in_doses(resolved, line, code):
    """Each mistake is one finding."""
    assert resolved(f'{DRUGS}regimen r "R" {{ {line} }}').codes == [code]
