"""Notes are quiet until asked for, and never make a check fail."""

import json

import pytest

from pathwaydsl.text.rules import rule


@pytest.fixture
def with_a_note(project):
    """A project whose one file has one note."""
    (project / "example.pathway").write_text(rule("PW332").bad, encoding="utf-8")
    return project


def test_notes_are_counted(call, with_a_note):
    """Without `--notes` their number is told, and how to see them."""
    result = call("check")
    assert (result.code, result.out) == (
        0,
        "No findings in 1 file. 1 more note is shown with --notes.\n",
    )


def test_notes_are_shown_when_asked_for(call, with_a_note):
    """With `--notes` they stand among the findings; even `-W` does not fail for them."""
    result = call("check", "--notes", "-W")
    assert result.code == 0
    assert "takes: Performance status is 2 or more" in result.out
    assert result.out.endswith("1 note in 1 file.\n")


def test_json_has_every_note(call, with_a_note):
    """For programs nothing is left out."""
    report = json.loads(call("check", "--format", "json").out)
    assert [one["rule"] for one in report["findings"]] == ["PW332"]
    assert report["summary"] == {"error": 0, "warning": 0, "info": 1}


def test_an_empty_name_is_an_error_of_usage(call, project):
    """A variable that was not set does not stand for the current folder."""
    result = call("check", "")
    assert result.code == 2
    assert "an empty name names no file" in result.err
