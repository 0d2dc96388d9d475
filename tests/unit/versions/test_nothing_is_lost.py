"""Tests that every field of the model takes part in a comparison, and that facts can be applied."""

import importlib
import pkgutil

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.versions.edits import two_versions
from tests.unit.versions.reading_versions import pathway

from pathwaydsl import model
from pathwaydsl.model import units
from pathwaydsl.model.expressions import Expression
from pathwaydsl.versions.classes import TABLE
from pathwaydsl.versions.facts import applied, facts_of, renaming
from pathwaydsl.versions.fields import FIELDS, Waived
from pathwaydsl.versions.pairing import pair
from pathwaydsl.versions.rules import RULES
from pathwaydsl.versions.things import compared_fields, plain

NO_PART_OF_A_PATHWAY = {
    units.Unit: "the list of units is the language's own",
    "Exit": "made of the nodes",
    "_Node": "only its subclasses are used",
    "Lineage": "only its subclasses are used",
}
"""Classes of the model that no pathway holds, and why."""

ALWAYS_WHOLE = {
    "And", "Or", "Not", "AtLeast", "Holds", "Meets", "IsOneOf", "Includes", "Compares", "IsUnknown",
    "IsKnown", "Had", "Quantity", "PartialDate", "Version", "Code", "Citation", "Study",
    "MonitoringStage", "Dose", "Schedule", "Bound", "Interval", "Events", "Estimate", "PValue",
    "TrialId", "Vote", "Given", "Chosen", "Expect", "GapNode", "Library", "Document", "YesNo",
}  # fmt: skip
"""Classes that are never taken apart, so that no rule is about one of their fields."""


def classes():
    """Every attrs class of the model."""
    found = set()
    for module in pkgutil.iter_modules(model.__path__):
        loaded = importlib.import_module(f"{model.__name__}.{module.name}")
        found |= {
            value
            for value in vars(loaded).values()
            if isinstance(value, type)
            and attrs.has(value)
            and value.__module__.startswith(model.__name__)
        }
    waived = NO_PART_OF_A_PATHWAY
    return sorted(
        (
            one
            for one in found
            if one not in waived
            and one.__name__ not in waived
            and not one.__module__.startswith(f"{model.__name__}.wording")
        ),
        key=lambda one: (one.__module__, one.__name__),
    )


@pytest.mark.parametrize("owner", classes(), ids=lambda one: f"{one.__module__}.{one.__name__}")
def test_every_field_of_the_model_is_compared_or_waived(owner):
    """A new field of the model cannot be forgotten."""
    assert {field.name for field in attrs.fields(owner)} == set(FIELDS[owner])


@pytest.mark.parametrize("owner", sorted(FIELDS, key=str), ids=lambda one: str(one.__name__))
def test_every_compared_field_is_told_by_a_rule(owner):
    """What can differ has somebody who tells it."""
    if owner.__name__ in ALWAYS_WHOLE or owner in Expression.__args__:
        assert owner not in TABLE
        return
    named = {name for name, _ in compared_fields(owner)} - {"recommendation"}
    if owner.__name__ == "Result":
        named -= {"rationale", "was", "replaces"}
        assert {"rationale", "was", "replaces"} <= set(TABLE[owner])
        named |= {"rationale", "was", "replaces"}
    if owner.__name__ == "Gap":
        named -= {"recommendation"}
    assert named == set(TABLE[owner])


def test_a_waiver_says_why():
    """Nothing is left out without a reason."""
    rows = [row for table in FIELDS.values() for row in table.values()]
    assert all(row.because for row in rows if isinstance(row, Waived))


def after_applying(old, new):
    """The things of the new version twice: made from the old one, and as they are."""
    pairing = pair(old, new)
    made = applied(facts_of(pairing), pairing.old_side.things, renaming(pairing))
    there = {name: plain(thing.value) for name, thing in pairing.new_side.things.items()}
    return {name: plain(value) for name, value in made.items()}, there


def comparable(things):
    """Things without what is compared as a thing of its own."""
    return {
        name: {field: getattr(value, field) for field, _ in compared_fields(type(value))}
        for name, value in things.items()
    }


@given(st.integers(0, 10_000_000))
@settings(max_examples=150, deadline=None)
def test_applying_the_difference_to_the_old_version_gives_the_new_one(seed):
    """Nothing is lost."""
    made, there = after_applying(*two_versions(seed))
    assert comparable(made) == comparable(there)


def test_applying_the_difference_works_on_every_example():
    """Nothing is lost, whatever the rule."""
    for rule in RULES:
        made, there = after_applying(pathway(rule.before), pathway(rule.after))
        assert comparable(made) == comparable(there), rule.id
