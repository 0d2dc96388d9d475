"""Findings for programs."""

import json

import jsonschema

from pathwaydsl.report.github import as_github
from pathwaydsl.report.json_report import as_json, schema
from pathwaydsl.text.finding import Edit, Fix, Label
from pathwaydsl.text.rules import finding
from pathwaydsl.text.source import Source

SOURCE = Source("a,b.pathway", "one\ntwo\n")
FINDING = finding(
    "PW101",
    "100 % wrong",
    SOURCE.span(4, 7),
    labels=[Label(SOURCE.span(0, 3), "here too")],
    help="Write\nthis",
    fixes=[Fix("mend", (Edit(SOURCE.span(4, 7), "2"),))],
)
BARE = finding("PW104", "there is no file c", None, file="c")


def test_json_is_as_the_published_schema_says():
    """A report with everything in it validates."""
    text = as_json([FINDING, BARE], {SOURCE.name: SOURCE}, files_checked=["c"], as_of="2025-12-24")
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(json.loads(text), schema())


def test_json_has_places_that_start_at_one():
    """Lines and columns count from one, offsets from zero."""
    report = json.loads(as_json([FINDING], {SOURCE.name: SOURCE}))
    assert report["format_version"] == 1
    assert report["findings"][0]["span"]["start"] == {"offset": 4, "line": 2, "column": 1}
    assert report["summary"] == {"error": 1, "warning": 0, "info": 0}


def test_github_escapes_what_would_end_a_command():
    """Commas and colons in properties, line breaks and percent signs everywhere."""
    text = as_github([FINDING], {SOURCE.name: SOURCE})
    assert text.startswith(
        "::error file=a%2Cb.pathway,line=2,endLine=2,col=1,endColumn=4,title=PW101 "
    )
    assert text.endswith("::100 %25 wrong%0AWrite%0Athis.\n")
    assert text.count("\n") == 1


def test_github_names_a_file_without_a_place():
    """A finding about a whole file has no line."""
    assert as_github([BARE], {}).startswith("::error file=c,title=PW104 ")


def test_github_lets_no_control_character_reach_the_log():
    """An escape sequence in a file's name or in a message is shown, never obeyed."""
    found = finding("PW104", "esc\x1b[31m.pathway is empty", None, file="esc\x1b[31m.pathway")
    told = as_github([found], {})
    assert "\x1b" not in told
    assert r"file=esc\u{1b}[31m.pathway" in told
