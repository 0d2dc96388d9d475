"""Laws: mirrored, free of order, sure of renames, and no weight lost by grouping."""

import random
from collections import Counter

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.versions.edits import two_versions
from tests.unit.versions.reading_versions import pathway

from pathwaydsl.versions.comparison import compare
from pathwaydsl.versions.records import Bump
from pathwaydsl.versions.rules import BY_ID
from pathwaydsl.versions.rules.example import BASE

seeds = st.integers(0, 10_000_000)


def told(changes):
    return Counter((one.rule, one.subject.kind, one.old, one.new) for one in changes)


def turned(changes):
    return Counter(
        (BY_ID[one.rule].mirror or one.rule, one.subject.kind, one.new, one.old) for one in changes
    )


def pairs(comparison):
    return {(one.kind, one.old, one.new, one.reason) for one in comparison.pairs}


@given(seeds)
@settings(max_examples=150, deadline=None)
def test_exchanging_the_versions_mirrors_every_change(seed):
    """What was added is removed, what was widened is narrowed, and so on."""
    old, new = two_versions(seed)
    there, back = compare(old, new, advice=False), compare(new, old, advice=False)
    assert {(k, n, o, r) for k, o, n, r in pairs(there)} == pairs(back)
    assert turned(there.changes) == told(back.changes)


@given(seeds)
@settings(max_examples=100, deadline=None)
def test_the_order_of_definitions_does_not_matter(seed):
    """Shuffled files give the same changes with the same fingerprints."""
    old, new = two_versions(seed)
    chance = random.Random(seed)
    nodes, cases = list(new.nodes), list(new.cases)
    chance.shuffle(nodes)
    chance.shuffle(cases)
    library = evolve(new.library, criteria=tuple(reversed(new.library.criteria)))
    other = evolve(new, nodes=tuple(nodes), cases=tuple(cases), library=library)
    one, two = compare(old, new, advice=False), compare(old, other, advice=False)
    assert one.pairs == two.pairs
    assert one.changes == two.changes


@given(seeds)
@settings(max_examples=40, deadline=None)
def test_grouping_never_lowers_what_a_change_weighs(seed):
    """A change that is a part of a larger one weighs what its rule says."""
    old, new = two_versions(seed)
    found = compare(old, new, advice=False)
    for change in found.changes:
        assert change.bump == BY_ID[change.rule].bump
        assert change.level == BY_ID[change.rule].level
    assert found.required == max((one.bump for one in found.changes), default=Bump.NONE)
    prints = [one.fingerprint for one in found.changes]
    assert len(set(prints)) == len(prints)
    assert all(one.part_of in {None, *prints} for one in found.changes)


@given(seeds)
@settings(max_examples=25, deadline=None)
def test_only_a_proof_makes_a_change_of_the_way_a_patch(seed):
    """Undecided is never taken for unchanged."""
    found = compare(*two_versions(seed), budget=20_000)
    for change in found.changes:
        if change.bump < BY_ID[change.rule].bump:
            assert BY_ID[change.rule].by_advice
            told = found.behaviour
            assert told.unchanged is True or change.subject.id in told.rewritten
            assert change.effect == "none"


def test_a_rewrite_that_changes_nothing_for_anybody_is_a_patch():
    """A condition in other words, proved to mean the same."""
    new = BASE.replace('"The second" when value >= 20 %', '"The second" when not value < 20 %')
    found = compare(pathway(BASE), pathway(new))
    assert [one.rule for one in found.changes] == ["condition-rewritten"]
    assert found.required == Bump.PATCH


def test_a_threshold_says_from_where_to_where():
    """In the words of the field."""
    new = BASE.replace('"The second" when value >= 20 %', '"The second" when value >= 25 %')
    found = compare(pathway(BASE), pathway(new))
    (moved,) = (one for one in found.changes if one.rule == "threshold-raised")
    assert (
        "the threshold of Value moved from 20 % to 25 %, so fewer patients fulfil it"
        in moved.message
    )


def test_a_change_of_the_library_is_told_once_with_its_uses():
    """One change at the definition, not one at each use."""
    new = BASE.replace("80 mg IV", "100 mg IV")
    found = compare(pathway(BASE), pathway(new))
    assert [one.rule for one in found.changes] == ["dose-raised"]
    assert found.changes[0].uses == 1
    assert found.changes[0].message.endswith("(used in 1 place)")


def test_fingerprints_survive_moving_and_reformatting():
    """Blank lines and another order of definitions change no fingerprint."""
    new = BASE.replace("80 mg IV", "100 mg IV")
    moved = new.replace("\n  give first-drug", "\n\n\n  # a comment\n  give first-drug")
    one, two = (compare(pathway(BASE), pathway(text)) for text in (new, moved))
    assert one.changes[0].fingerprint == two.changes[0].fingerprint
    assert one.changes[0].new_span != two.changes[0].new_span


def test_every_rename_is_found_whatever_else_was_edited():
    """A box under another id keeps its changes small."""
    new = BASE.replace("look-again", "measure-once-more")
    found = compare(pathway(BASE), pathway(new))
    assert ("node", "look-again", "measure-once-more", "content") in pairs(found)
    assert {one.rule for one in found.changes} == {"renamed-inferred"}


def test_two_unrelated_pathways_are_said_to_be_unrelated():
    """One sentence with their likeness, not hundreds of changes."""
    rule = BY_ID["unrelated-pathways"]
    found = compare(pathway(rule.before), pathway(rule.after))
    assert not found.comparable
    assert [one.rule for one in found.changes] == ["unrelated-pathways"]
    assert not found.changes[0].acceptable
