"""Tests that walk the catalogue of rules: each example shows its rule and nothing else."""

import re
from pathlib import Path

import pytest

from pathwaydsl.model.values import PartialDate
from pathwaydsl.project.loading import load_project
from pathwaydsl.text.rules import THEMES, all_rules, theme

RULES = {rule.code: rule for rule in all_rules()}

NEEDS_MORE_THAN_A_FILE = {
    "PW103": "the example would have to be larger than the limit",
    "PW104": "the example is a file that cannot be opened",
    "PW628": "signatures are looked at by `verify` alone",
    "PW132": "no file is known that fails",
    "PW135": "there is one edition",
    "PW136": "`fmt --check` alone tells it",
    # tests/unit/versions/test_version_numbers.py shows these. `check` itself tells PW603 of what
    # is offered beside a release (tests/unit/cli/test_release.py); the others need `diff`.
    **dict.fromkeys(
        (f"PW60{number}" for number in range(1, 10)), "it needs two versions to compare"
    ),
}
"""Rules whose bad example cannot be written into a test as it is, and why."""

DAY = PartialDate(2025, 6, 30)
"""The day that counts as today for the examples."""


def found_in(folder, text, rule, files):
    """What is found when the example is checked in a folder of its own, with other files."""
    folder.mkdir()
    (folder / "pathwaydsl.toml").write_text("", encoding="utf-8")
    for name, content in (*files, (rule.name_of_example, text)):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    project = load_project([folder], as_of=DAY)
    listed = [one for one in project.listed if one.rule == rule.code]
    return [f"{one.rule} {one.file} {one.message}" for one in (*project.findings, *listed)]


def test_codes_are_unique():
    """No code stands for two rules."""
    assert len(RULES) == len(all_rules())


def test_codes_ascend_within_a_theme():
    """The rules of a theme stand in the order of their codes, under its prefix."""
    for prefix in THEMES:
        codes = [rule.code for rule in theme(prefix)]
        assert codes == sorted(codes)
        assert all(code.startswith(prefix) and len(code) == 5 for code in codes)


def test_names_are_unique_and_in_kebab_case():
    """A rule can be asked for by its name."""
    names = [rule.name for rule in all_rules()]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name) for name in names)


@pytest.mark.parametrize("code", sorted(RULES))
def test_the_texts_of_a_rule_are_sentences(code):
    """Summary and reason end like sentences."""
    rule = RULES[code]
    assert rule.summary[-1] in ".?"
    assert rule.why[-1] in ".?"


@pytest.mark.parametrize("code", sorted(set(RULES) - set(NEEDS_MORE_THAN_A_FILE)))
def test_the_bad_example_has_its_finding_alone(code, tmp_path: Path):
    """A rule's bad example gives exactly that finding."""
    found = found_in(tmp_path / "bad", RULES[code].bad, RULES[code], RULES[code].files)
    assert [one.split()[0] for one in found] == [code], found


@pytest.mark.parametrize("code", sorted(RULES))
def test_the_good_example_has_no_finding(code, tmp_path: Path):
    """A rule's good example gives none."""
    rule = RULES[code]
    # Where both examples are the same, what is wrong stands in the files beside the bad one.
    beside = () if rule.good == rule.bad else rule.files
    assert found_in(tmp_path / "good", rule.good, rule, beside) == []
