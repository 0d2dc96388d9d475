"""What is expected of a walk, and what is said where it is not so."""

import pytest

BOXES = """
assess look "Look" {
  measures lvef
  then heart
}

decide heart "Strong enough?" {
  when lvef >= 50 % -> care "Strong" flags thin
  when lvef < 50 % -> other
  unknown -> open
}

gap thin "Thin evidence" {
  status open
}

gap open "Open" {
  status open
}

act care "Care" {
  good-practice because "An example"
  then visit
}

act visit "Visit" {
  good-practice because "An example"
  then done
}

act other "Other care" {
  good-practice because "An example"
  then done
}

end done "Done"
"""

STRONG = "given lvef = 60 %\n"


@pytest.mark.parametrize(
    "expected",
    [
        "care",
        "care later done",
        "look later heart later visit",
        "only care then visit then done",
        "never other",
        "end at done",
        "flagged thin",
    ],
)
def test_what_happens_may_be_expected(passes, expected):
    """Each form is met by the way the patient goes."""
    assert passes(BOXES, f"{STRONG}expect {expected}") == [True]


@pytest.mark.parametrize(
    ("expected", "told"),
    [
        ("other", "“Other care” is expected, and the patient never comes there; "),
        ("visit later care", "“Care” is expected after “Visit”"),
        ("only care then done", "“Visit” comes instead of “Done”"),
        ("only care then visit", "“Done” comes after that"),
        ("only care then visit then done then done", "the patient does not come to “Done”"),
        ("only other then done", "“Care” comes instead of “Other care”"),
        ("never visit", "“Visit” is never expected, and the patient comes there"),
        ("end at visit", "the way is expected to end at “Visit”"),
        ("flagged open", "the evidence gap “Open” is expected"),
        ("stuck at heart without lvef", "stuck at “Strong enough?” without “LVEF”, and goes on"),
        ("stuck at other without lvef", "stuck at “Other care” without “LVEF”, and never"),
    ],
)
def test_what_does_not_happen_fails(results_of, expected, told):
    """The finding says what was expected and what happened, in the authors' labels."""
    (result,) = results_of(BOXES, f"{STRONG}expect {expected}")
    (found,) = result.findings
    assert found.rule == "PW701"
    assert told in found.message
    assert found.help.startswith("The way was “Look” → “Strong enough?” → “Care”")


def test_the_branch_that_led_elsewhere_is_shown(results_of):
    """The decision after which the box could not be come to is named with its reason."""
    (result,) = results_of(BOXES, f"{STRONG}expect other")
    (found,) = result.findings
    reason = "“Strong enough?” leads to “Care”: LVEF is 50 % or more (LVEF is 60 %)"
    assert reason in found.message
    assert reason in [label.text for label in found.labels]


def test_one_case_is_one_finding(results_of):
    """Further expectations that are not met are labels."""
    (result,) = results_of(BOXES, f"{STRONG}expect other\nexpect never care\nexpect end at open")
    (found,) = result.findings
    assert sum("is never expected" in label.text for label in found.labels) == 1


def test_stuck_names_the_right_value(passes):
    """`stuck` asks for the decision and for the value."""
    boxes = BOXES.replace("measures lvef", "measures lvef, fever")
    assert passes(
        boxes,
        "given fever\nexpect stuck at heart without lvef",
        "given fever\nexpect stuck at heart without fever",
        "given fever\nexpect stuck at care without lvef",
    ) == [True, False, False]


def test_never_alone_is_not_proved_by_a_walk_that_was_broken_off(passes):
    """A case that only says what never happens needs a way to its end."""
    assert passes(BOXES, "expect never care", "expect never care\nexpect look") == [False, True]


def test_an_end_is_not_where_a_walk_is_broken_off(passes):
    """`end at` is for ends, other pathways and gaps that lead nowhere."""
    assert passes(BOXES, "expect end at heart", "given lvef is unknown\nexpect end at open") == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    "given", ["lines = 3, lvef = 60 %", "lvef = 60 %, fever is unknown, lines = 0"]
)
def test_a_patient_outside_eligible_is_nobody(results_of, given):
    """Values that are not eligible, or of which that cannot be told, are an error."""
    boxes = BOXES.replace("measures lvef", "measures lvef, fever")
    (result,) = results_of(
        boxes, f"given {given}\nexpect care", eligible="when lines = 0 and not fever"
    )
    assert [found.rule for found in result.findings] == ["PW702"]
    assert "Lines: 0 and Fever: no" in result.findings[0].message


def test_what_eligible_asks_may_be_left_out(passes):
    """A case gives what it needs; the rest of `eligible` is taken for granted."""
    assert passes(BOXES, f"{STRONG}expect care", eligible="when lines = 0") == [True]


@pytest.mark.parametrize(
    "given",
    ["given pregnant, lvef = 60 %", "given pregnant\nat look given lvef = 60 %"],
)
def test_values_that_cannot_occur_together_are_nobody(results_of, given):
    """At the start and after every measurement."""
    boxes = BOXES.replace("measures lvef", "measures lvef, pregnant")
    (result,) = results_of(
        boxes,
        f"{given}\nexpect care",
        head='impossible when pregnant and lvef >= 60 % because "An example"',
    )
    assert [found.rule for found in result.findings] == ["PW702"]
    assert "An example" in result.findings[0].message


def test_what_is_set_or_asked_at_any_time_may_be_given(passes):
    """A value is idle only if nothing measures, sets or asks for it."""
    boxes = (
        BOXES.replace('act other "Other care" {', 'act other "Other care" {\n  sets lines = 1')
        + "during care {\n  when fever -> done\n}\n"
    )
    given = "given lvef = 60 %, lines = 0, not fever, not pregnant\nexpect care"
    assert passes(boxes, given, eligible="when not pregnant") == [True]
    assert passes(boxes, given) == [False]


def test_an_idle_value_and_a_value_twice_are_found(results_of):
    """Both are errors of the case itself."""
    (idle,) = results_of(BOXES, f"{STRONG}given fever\nexpect care")
    assert [found.rule for found in idle.findings] == ["PW704"]
    (twice,) = results_of(BOXES, f"{STRONG}given lvef = 40 %\nexpect care")
    assert [found.rule for found in twice.findings] == ["PW705"]
    assert not idle.passed
    assert not twice.passed


@pytest.mark.parametrize(
    "step", ["at look given lvef = 3 %\nat look given lvef = 3 %", "at other given lvef = 3 %"]
)
def test_a_step_that_never_takes_place_is_a_warning(results_of, step):
    """The case passes, and the author is told."""
    (result,) = results_of(BOXES, f"given lvef = 60 %\n{step}\nexpect look")
    assert result.passed
    assert [found.rule for found in result.findings] == ["PW703"]


def test_an_unfinished_pathway_is_not_told_twice(results_of):
    """Where the pathway does not say where to go on, the case is not blamed."""
    boxes = BOXES.replace("  then visit\n", "", 1)
    (result,) = results_of(boxes, f"{STRONG}expect done")
    assert result.findings == ()
