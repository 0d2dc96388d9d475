"""What changed, as a document and in each form."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.versions.reading_versions import pathway

from pathwaydsl.report.differences import UNDECIDED, differences, verdict_of
from pathwaydsl.report.differences_html import as_html
from pathwaydsl.report.differences_json import as_json, json_schema
from pathwaydsl.report.differences_lines import Line, lines_of
from pathwaydsl.report.differences_markdown import as_markdown
from pathwaydsl.report.differences_sarif import as_github, as_sarif
from pathwaydsl.report.differences_text import as_text
from pathwaydsl.report.markdown import LIMIT
from pathwaydsl.versions import Bump, Level, compare
from pathwaydsl.versions.behaviour import UNCHANGED
from pathwaydsl.versions.rules import RULES
from pathwaydsl.versions.rules.example import BASE, written

SARIF = Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json"
HOSTILE = "<img src=x onerror=alert(1)> [a](javascript:alert(1)) @everyone ](x) **b** \u202eleft"


def document(old, new, **changed):
    return differences(evolve(compare(pathway(old), pathway(new)), **changed))


LOST_TEXT = written('    option plain-care "Neither" when ready and risk <= 1 points\n', "")
LOST = document(BASE, LOST_TEXT)
SAME = document(BASE, BASE)
REWORDED = document(BASE, written('"First care"', '"The first care"'))
NAMED = document(
    written('"First care"', json.dumps("Old " + HOSTILE, ensure_ascii=False)),
    written('"First care"', json.dumps("New " + HOSTILE, ensure_ascii=False)),
)
DOCUMENTS = (LOST, SAME, REWORDED, NAMED)


def every(document):
    return [one for part in document.parts for line in part.lines for one in line.every]


@pytest.mark.parametrize("told", DOCUMENTS)
def test_every_change_stands_in_exactly_one_line(told):
    """Nothing is lost by grouping, and nothing is told twice."""
    advice = [one for line in told.advice for one in line.every]
    found = [one.fingerprint for one in (*advice, *every(told))]
    assert sorted(found) == sorted(one.fingerprint for one in told.comparison.changes)


changes = st.lists(
    st.builds(
        lambda number, rule, label, level, bump: evolve(
            every(LOST)[0],
            rule=rule.id,
            level=level,
            bump=bump,
            fingerprint=f"{number:012x}",
            message=f"“{label}” changed",
            subject=evolve(every(LOST)[0].subject, label=label),
            part_of=None,
        ),
        st.integers(0, 16**6),
        st.sampled_from(RULES[::40]),
        st.sampled_from(["One", "Two", "Three"]),
        st.sampled_from(Level),
        st.sampled_from(Bump),
    ),
    max_size=30,
    unique_by=lambda one: one.fingerprint,
)


def holding(line, change):
    """The lines that a change stands in, the outer one first."""
    here = [line] if change in line.every else []
    return here + [found for inner in line.inside for found in holding(inner, change)]


@given(changes)
def test_grouping_never_lowers_a_level_or_a_step(found):
    """A line weighs at least as much as every change in it."""
    lines = lines_of(found)
    assert sum(line.number for line in lines) == len(found)
    for change in found:
        around = [one for line in lines for one in holding(line, change)]
        assert around
        for line in around:
            assert line.level.rank <= change.level.rank
            assert line.bump >= change.bump


def test_equal_small_changes_are_told_together():
    """Twelve gaps with another date are one line that names all twelve."""
    first = every(LOST)[0]
    found = [
        evolve(
            first,
            rule="gap-record-changed",
            level=Level.INFO,
            fingerprint=f"{number:012x}",
            subject=evolve(first.subject, label=f"Gap {number}"),
            message=f"The gap “Gap {number}”, review by: 2024; now 2025",
        )
        for number in range(12)
    ]
    (line,) = lines_of(found)
    assert line.message == "12 times: The gap “…”, review by: 2024; now 2025"
    assert line.subjects == tuple(f"“Gap {number}”" for number in range(12))


def test_parts_stand_under_the_change_they_belong_to():
    """A part of a larger change is told inside it, and lifts its level."""
    first = evolve(every(LOST)[0], level=Level.INFO, bump=Bump.NONE, fingerprint="0" * 12)
    part = evolve(first, level=Level.ERROR, bump=Bump.MAJOR, fingerprint="1" * 12, part_of="0" * 12)
    (line,) = lines_of([first, part])
    assert (line.level, line.bump, line.number) == (Level.ERROR, Bump.MAJOR, 2)
    assert line.inside[0].changes == (part,)


def test_patients_stand_first_and_those_who_lost_an_option_on_top():
    """The page begins with who gets another advice."""
    assert LOST.patients[0].kind == "lost"
    assert LOST.patients[0].weighty
    text = as_text(LOST)
    assert text.index("For whom") < text.index(LOST.parts[0].title)


def test_what_is_proved_unchanged_is_said_so():
    """A new title changes nobody's advice, and that is on top."""
    assert REWORDED.verdict.statement == UNCHANGED
    assert REWORDED.verdict.unchanged
    for write in (as_text, as_markdown, as_html):
        assert "No patient" in write(REWORDED)


def test_undecided_is_never_shown_as_unchanged():
    """What was not settled says so in every form."""
    comparison = REWORDED.comparison
    unsure = evolve(comparison.behaviour, decided=False, unchanged=None, why="Not decided.")
    told = differences(evolve(comparison, behaviour=unsure))
    assert told.verdict.statement.startswith(UNDECIDED)
    assert not told.verdict.unchanged
    assert json.loads(as_json(told, {}, {}))["verdict"]["advice"] == "undecided"
    for write in (as_text, as_markdown, as_html):
        assert "Undecided" in write(told)
        assert "No patient" not in write(told)


def test_what_was_not_compared_is_not_unchanged():
    """Without a comparison of the advice nothing is said to be unchanged."""
    told = verdict_of(evolve(SAME.comparison, behaviour=None))
    assert (told.settled, told.unchanged) == (False, False)


def test_two_pathways_with_different_ids_are_said_to_be_two():
    """A comparison of two pathways is not taken for one of two versions."""
    told = document(BASE, written("pathway example ", "pathway another "))
    assert "Two pathways were compared, `example` and `another`; 100 %" in told.notes[0]


def test_two_unrelated_pathways_are_said_to_be():
    """They are said to have too little in common, and no number is asked for."""
    told = document(BASE, BASE, comparable=False, behaviour=None)
    assert "too little in common" in as_text(told)
    assert "No version number" in as_text(told)


@pytest.mark.parametrize("told", DOCUMENTS)
def test_json_fits_its_schema(told):
    """What is written is what the published schema says."""
    jsonschema.validate(json.loads(as_json(told, {}, {})), json_schema())


def test_every_object_of_the_schema_is_closed():
    """A name that is not in the schema is not written."""

    def closed(schema):
        if isinstance(schema, dict):
            if schema.get("type") == "object":
                assert schema["additionalProperties"] is False
            for inner in schema.values():
                closed(inner)
        if isinstance(schema, list):
            for inner in schema:
                closed(inner)

    closed(json_schema())


@pytest.mark.parametrize("told", DOCUMENTS)
def test_sarif_fits_the_standard(told):
    """The log is valid, and every result names its rule."""
    log = json.loads(as_sarif(told, {}))
    jsonschema.validate(log, json.loads(SARIF.read_text("utf-8")))
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_an_accepted_change_is_suppressed_and_still_told():
    """It stays in the report with its reason, and GitHub is not bothered with it."""
    accepted = tuple(
        evolve(one, accepted="Agreed (A. Author)") for one in REWORDED.comparison.changes
    )
    told = differences(evolve(REWORDED.comparison, changes=accepted, required=Bump.NONE))
    assert "Agreed (A. Author)" in " ".join(as_text(told).split())
    results = json.loads(as_sarif(told, {}))["runs"][0]["results"]
    assert all(one["suppressions"] for one in results)
    assert as_github(told, {}).count("\n") == 1


def test_html_asks_for_nothing_and_runs_nothing():
    """A hostile title is text: no element, no script, no address outside the page."""
    html = as_html(NAMED)
    assert "&lt;img src=x" in html
    assert not re.search(r"<(script|img|iframe|link|object|embed|form)\b", html)
    assert not re.search(r'(src|href)="(?!#)', html)
    assert "url(" not in html
    assert "\u202e" not in html
    assert "default-src 'none'" in html


def test_html_is_read_in_dark_and_on_paper():
    """It has a style for both."""
    html = as_html(LOST)
    assert "prefers-color-scheme: dark" in html
    assert "@media print" in html
    assert html.startswith("<!doctype html>")


def test_markdown_reads_nothing_of_an_author_as_markup():
    """No HTML, no link, no mention, no emphasis comes out of a title."""
    markdown = as_markdown(NAMED)
    assert "<img" not in markdown
    assert "](javascript" not in markdown
    assert "@everyone" not in markdown
    assert "**b**" not in markdown
    assert "\u202e" not in markdown


def test_backticks_of_an_author_do_not_open_code():
    """An odd backtick in a title would swallow the rest of the comment."""
    told = document(BASE, written('"First care"', '"First ` care"'))
    assert "`" not in as_markdown(told)


def test_markdown_fits_a_comment_and_says_what_does_not():
    """However many changes there are, the comment has room, and the rest is counted."""
    first = every(LOST)[0]
    many = tuple(
        evolve(first, fingerprint=f"{number:012x}", message=f"“{number}” {'x' * 500}")
        for number in range(400)
    )
    markdown = as_markdown(document(BASE, BASE, changes=many))
    assert len(markdown) <= LIMIT
    assert re.search(r"\d+ more pieces do not fit here", markdown)


def test_the_terminal_gets_no_control_character():
    """Nothing of a file turns the text of a terminal around or colours it."""
    assert "\u202e" not in as_text(NAMED)
    assert "\x1b" not in as_text(NAMED)
    assert "\x1b[" in as_text(NAMED, colour=True)


def test_github_gets_one_command_a_line():
    """A line break in a message ends no command."""
    for line in as_github(NAMED, {}).splitlines():
        assert re.match(r"::(error|warning|notice) file=", line)


def test_the_same_comparison_gives_the_same_bytes():
    """Nothing in a report depends on when or where it is made."""
    again = document(BASE, LOST_TEXT)
    for write in (as_text, as_markdown, as_html):
        assert write(again) == write(LOST)


def test_a_line_without_changes_says_no_remark():
    """A heading over several lines has no remark of its own."""
    assert Line("Several", Level.INFO, Bump.NONE).remark == ""
