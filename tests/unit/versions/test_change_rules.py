"""Tests that walk the catalogue of change rules: each fires on its own pair of files."""

import re
from pathlib import Path
from string import Formatter

import pytest
from tests.unit.versions.reading_versions import pathway, unreadable

from pathwaydsl.versions import compare
from pathwaydsl.versions.rules import BY_ID, RULES

IDS = sorted(BY_ID)

MIRRORED_BY_ITSELF = {"change", "rename", "replace"}
"""Actions that are the same when the two versions are exchanged."""

OPPOSITE = {
    frozenset(("add", "remove")),
    frozenset(("widen", "narrow")),
    frozenset(("raise", "lower")),
    frozenset(("strengthen", "weaken")),
    frozenset(("upgrade", "downgrade")),
    frozenset(("split", "merge")),
}

ELSEWHERE = {"onward-pathway-changed": "its example enters a pathway of another file"}
"""Rules whose example names what one file cannot hold, and why."""


def test_ids_are_unique_and_in_kebab_case():
    """No id stands for two rules."""
    assert len(BY_ID) == len(RULES)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", one) for one in IDS)


@pytest.mark.parametrize("rule_id", IDS)
def test_a_rule_fires_on_its_own_pair_of_files(rule_id):
    """The second file of a rule has its change against the first one."""
    rule = BY_ID[rule_id]
    if rule_id not in ELSEWHERE:
        assert unreadable(rule.before) == []
        assert unreadable(rule.after) == []
    found = compare(pathway(rule.before), pathway(rule.after))
    assert rule_id in {change.rule for change in found.changes}
    back = compare(pathway(rule.after), pathway(rule.before))
    assert (rule.mirror or rule_id) in {change.rule for change in back.changes}


@pytest.mark.parametrize("rule_id", IDS)
def test_every_rule_has_its_mirror(rule_id):
    """What can happen can happen the other way round, and the catalogue has it."""
    rule = BY_ID[rule_id]
    if not rule.mirror:
        assert rule.action in MIRRORED_BY_ITSELF
        return
    mirror = BY_ID[rule.mirror]
    assert mirror.mirror == rule_id
    assert mirror.area == rule.area
    assert mirror.kind == rule.kind
    assert frozenset((rule.action, mirror.action)) in OPPOSITE


@pytest.mark.parametrize("rule_id", IDS)
def test_the_texts_of_a_rule_are_complete(rule_id):
    """A title without a full stop, a reason with one, and a message with known places."""
    rule = BY_ID[rule_id]
    assert rule.title[0].isupper()
    assert not rule.title.endswith(".")
    assert rule.rationale.endswith(".")
    places = {name for _, name, _, _ in Formatter().parse(rule.message) if name}
    assert places <= {
        "subject", "old", "new", "what", "where", "place", "gained", "lost", "effect",
    }  # fmt: skip


def test_a_file_compared_with_itself_has_no_change():
    """Nothing differs from itself."""
    base = pathway(RULES[0].before)
    found = compare(base, base)
    assert found.changes == ()
    assert found.required == 0


def test_what_every_rule_says_of_its_own_example(expected):
    """Every sentence can be read in one place, and changes only on purpose."""
    lines = []
    for rule in RULES:
        found = compare(pathway(rule.before), pathway(rule.after))
        lines.append(f"{rule.id} ({rule.level.value}, {rule.bump.word})")
        lines += [
            f"  {change.rule}, {change.bump.word}: {change.message}" for change in found.changes
        ]
    expected(Path(__file__).parent / "what_rules_say.expected", "\n".join(lines) + "\n")
