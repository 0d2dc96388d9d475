"""Tests of comments that allow a finding, and of severities from the configuration."""

import pytest

from pathwaydsl.checks.suppression import apply
from pathwaydsl.text.finding import Severity
from pathwaydsl.text.rules import finding
from pathwaydsl.text.source import Source

NAME = "example.pathway"


def left(text, *rules, severities=None):
    """The rules that remain of findings at the word `here`."""
    source = Source(NAME, text)
    at = text.find("here")
    found = [finding(code, "m", source.span(at, at + 4)) for code in rules]
    return [one.rule for one in apply({NAME: source}, found, severities or {})]


@pytest.mark.parametrize("word", ["PW410", "pw410", "uncited-recommendation"])
def test_a_comment_allows_by_code_or_name(word):
    """A rule is named by its code or its name."""
    assert left(f"# allow {word}: agreed\n  here", "PW410") == []


def test_only_the_named_rule_is_allowed():
    """Other findings of the line stay."""
    assert left("# allow PW410: agreed\nhere", "PW410", "PW412") == ["PW412"]


def test_only_the_line_below_is_allowed():
    """A comment further up allows nothing, and says so."""
    assert left("# allow PW410: agreed\n\nhere", "PW410") == ["PW128", "PW410"]


def test_comments_may_stand_one_under_another():
    """Several comments above a line allow several rules."""
    text = "# allow PW410: agreed\n# allow PW412: agreed\nhere"
    assert left(text, "PW410", "PW412") == []


def test_a_comment_behind_a_statement_allows_nothing():
    """The comment stands on a line of its own."""
    assert left("here # allow PW410: agreed\nthere", "PW410") == ["PW410", "PW128"]


def test_without_a_reason_is_a_finding():
    """The reason is asked for; the finding itself is allowed."""
    assert left("# allow PW410\nhere", "PW410") == ["PW127"]
    assert left("# allow PW410:  \nhere", "PW410") == ["PW127"]


def test_what_decides_about_treatment_stays():
    """Rules about who gets which treatment cannot be allowed."""
    assert left("# allow PW315: agreed\nhere", "PW315") == ["PW129", "PW315"]


def test_unknown_rules_are_told():
    """A rule that does not exist is a finding, with the nearest name."""
    assert left("# allow uncited-recomendation: agreed\nhere") == ["PW130"]
    assert left("# allow PW99\nhere") == ["PW130"]


@pytest.mark.parametrize(
    "text", ["# allow patients to choose", "# allow exceptions", '"# allow PW99: in a text"']
)
def test_other_comments_and_texts_are_no_suppression(text):
    """Words in texts, and comments about other things, are left alone."""
    assert left(f"{text}\nhere") == []


def test_texts_of_several_lines_are_passed_over():
    """A comment inside a text of several lines is text."""
    assert left('"""\n# allow PW99: no\n"""\n# allow PW410: agreed\nhere', "PW410") == []


def test_severities_come_from_the_configuration():
    """A rule is made milder or turned off, but not one that cannot be suppressed."""
    source = Source(NAME, "here")
    found = [finding(code, "m", source.span(0, 4)) for code in ("PW315", "PW410", "PW412")]
    severities = {"PW315": None, "PW410": Severity.ERROR, "unrated": None}
    remaining = apply({NAME: source}, found, severities)
    assert [(one.rule, one.severity) for one in remaining] == [
        ("PW315", Severity.ERROR),
        ("PW410", Severity.ERROR),
    ]


def test_a_rule_turned_off_needs_no_finding():
    """A suppression of a rule that is turned off is not called unused."""
    assert left("# allow PW410: agreed\nhere", severities={"PW410": None}) == []


def test_nothing_is_called_unused_where_a_file_could_not_be_read():
    """After a reading error some checks are left out, so their findings may be missing."""
    assert left("# allow PW410: agreed\nhere", "PW110") == ["PW110"]
