"""What a finding offers to paste can be pasted: the case is read, the line mends."""

import re

import pytest

from pathwaydsl.project.loading import load_project
from pathwaydsl.text.rules import rule

WITH_A_CASE = (
    *("PW301", "PW302", "PW303", "PW306", "PW307", "PW331", "PW333"),
    *("PW401", "PW402", "PW403", "PW427"),
)


@pytest.fixture
def findings(tmp_path):
    """What is found in a text."""

    def look(text):
        (tmp_path / "pathwaydsl.toml").write_text("", encoding="utf-8")
        path = tmp_path / "example.pathway"
        path.write_text(text, encoding="utf-8")
        return load_project([path]).findings

    return look


def case_in(found):
    """The case a finding offers."""
    text = re.search(r'^case "[^\n]*\{\n.*?^\}$', found.help or "", re.MULTILINE | re.DOTALL)
    assert text, found.help
    return text[0]


@pytest.mark.parametrize("code", WITH_A_CASE)
def test_the_case_of_a_finding_can_be_pasted(code, findings):
    """With its box named, the case is read beside the bad file; it expects something."""
    (found,) = findings(rule(code).bad)
    pasted = case_in(found)
    assert "  expect " in pasted
    again = findings(f"{rule(code).bad}\n{pasted.replace('expect BOX', 'expect done')}\n")
    others = [one for one in again if one.rule != code]
    assert {one.rule for one in others} <= {"PW701"}


@pytest.mark.parametrize("code", ["PW401", "PW427"])
def test_the_case_fails_until_the_pathway_is_mended(code, findings):
    """A patient who should never get there is a case that fails, and holds in the mended file."""
    (found,) = findings(rule(code).bad)
    pasted = case_in(found)
    failing = [one.rule for one in findings(f"{rule(code).bad}\n{pasted}\n")]
    assert code == "PW427" or sorted(failing) == [code, "PW701"]
    assert findings(f"{rule('PW401').good}\n{case_in(findings(rule('PW401').bad)[0])}\n") == ()


def test_the_line_for_uncovered_patients_mends(findings):
    """The line that PW301 offers covers them, and overlaps no other."""
    bad = rule("PW301").bad
    (found,) = findings(bad)
    (line,) = re.findall(r"`(when .*?) -> BOX`", found.help)
    mended = bad.replace("    when lvef >= 50 %", f"    {line} -> done\n    when lvef >= 50 %", 1)
    assert mended != bad
    assert findings(mended) == ()


def test_the_case_is_about_somebody_eligible(findings):
    """Where `eligible` names what is measured again, the patient is one who may start."""
    text = """pathwaydsl 1
criterion age "Age" { number 0..120 years }
criterion walks "Walks alone" { yes or no may be unknown }
pathway home "Going home" {
  version 1.0.0  date 2025-01-01  status draft  population "Adults"
  eligible when age >= 18 years  start at ask
  assess ask "Ask" { measures age, walks  then able }
  decide able "Able to walk?" { when walks -> done  when not walks -> done }
  end done "Done"
}
"""
    (found,) = [one for one in findings(text) if one.rule == "PW301"]
    pasted = case_in(found).replace("expect BOX", "expect done")
    assert "PW702" not in [one.rule for one in findings(f"{text}\n{pasted}\n")]


@pytest.mark.parametrize("code", ["PW303", "PW307", "PW331"])
def test_the_case_holds_today(code, findings):
    """A case that says how things stand passes beside the bad file."""
    (found,) = findings(rule(code).bad)
    again = findings(f"{rule(code).bad}\n{case_in(found)}\n")
    assert [one.rule for one in again] == [code]


def test_who_has_no_possible_value_has_no_case(findings):
    """A case would have to give a value that is said to be impossible, so none is offered."""
    (found,) = findings(rule("PW334").bad)
    assert 'case "' not in (found.help or "")
    assert "for instance" in found.message or "everyone" in found.message
