"""Findings as SARIF and as Markdown."""

import json
from html import unescape
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pathwaydsl.report.markdown import LIMIT, as_markdown, plain
from pathwaydsl.report.sarif import as_sarif
from pathwaydsl.text.finding import Edit, Finding, Fix, Label
from pathwaydsl.text.fingerprint import fingerprints
from pathwaydsl.text.rules import all_rules, finding
from pathwaydsl.text.source import Source

SCHEMA = json.loads((Path(__file__).parent / "schemas/sarif-2.1.0-rtm.5.json").read_text("utf-8"))
SOURCE = Source("β b.pathway", "one\ntwo <b>x</b>\n")
FINDING = finding(
    "PW101",
    "100 % <b>wrong</b>, see @someone and `code`",
    SOURCE.span(4, 7),
    labels=[Label(SOURCE.span(0, 3), "here too")],
    help="Write\nthis",
    fixes=[Fix("mend", (Edit(SOURCE.span(4, 7), "2"),))],
)
BARE = finding("PW104", "there is no file c", None, file="c")


def _log(*findings: Finding) -> dict[str, object]:
    return json.loads(as_sarif(findings, {SOURCE.name: SOURCE}))


def test_sarif_is_as_the_official_schema_says():
    """A log with everything in it, an empty one, and one with every rule validate."""
    every = [finding(row.code, "something", SOURCE.span(0, 1)) for row in all_rules()]
    for findings in ([FINDING, BARE], [], every):
        jsonschema.Draft4Validator(SCHEMA).validate(_log(*findings))


def test_sarif_counts_from_one_and_encodes_names():
    """Lines and columns count code points from one; blanks and Greek letters are encoded."""
    result = _log(FINDING)["runs"][0]["results"][0]
    physical = result["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "%CE%B2%20b.pathway"
    assert physical["region"] == {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 4}


def test_sarif_names_every_rule_once():
    """A result points at its rule by number."""
    run = _log(FINDING, BARE, FINDING)["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [row["id"] for row in rules] == ["PW101", "PW104"]
    assert [rules[found["ruleIndex"]]["id"] for found in run["results"]] == [
        "PW101",
        "PW104",
        "PW101",
    ]


def test_fingerprints_survive_moving_and_tell_equal_findings_apart():
    """The place makes no difference, the order among equals does."""
    moved = finding("PW101", FINDING.message, SOURCE.span(8, 9))
    assert fingerprints([FINDING]) == fingerprints([moved])
    first, second = fingerprints([FINDING, moved])
    assert first != second
    assert all(len(mark) == 12 for mark in (first, second))


def test_markdown_begins_with_the_numbers_and_puts_errors_first():
    """A reader sees at once how much there is."""
    note = finding("PW303", "a note", SOURCE.span(0, 3), severity=BARE.severity.__class__.INFO)
    text = as_markdown([note, FINDING], {SOURCE.name: SOURCE}, files_checked=1)
    assert text.startswith("### pathwaydsl: 1 error, 1 note in 1 file\n")
    assert text.index("PW101") < text.index("PW303")
    assert as_markdown([], {}, files_checked=2) == "### pathwaydsl: no findings in 2 files\n"


def test_markdown_shows_no_markup_of_an_author():
    """Neither in a message nor in a line of the file."""
    html = MarkdownIt("gfm-like", {"linkify": False}).render(
        as_markdown([FINDING], {SOURCE.name: SOURCE})
    )
    assert "<b>" not in html
    assert "&lt;b&gt;wrong&lt;/b&gt;" in html
    assert "<code>code</code>" in html


@given(st.text(alphabet="`*_[]()<>#@&$:~|!w.\\a/ \n-", max_size=40))
def test_markdown_keeps_every_word_of_an_author(text: str):
    """Whatever the signs, the reader sees the text and no markup but code."""
    (inline,) = MarkdownIt("commonmark").parse("x " + plain(text) + " x")[1:2]
    kinds = {child.type for child in inline.children or []}
    assert kinds <= {"text", "text_special", "code_inline"}


def test_markdown_says_how_much_does_not_fit():
    """Nothing is left out in silence, and the report stays below the limit."""
    many = [
        finding("PW101", f"wrong {number} " + "x" * 500, SOURCE.span(0, 3)) for number in range(300)
    ]
    text = as_markdown(many, {SOURCE.name: SOURCE})
    assert len(text) <= LIMIT
    shown = text.count("**error PW101**")
    assert f"{300 - shown} more findings do not fit here" in text


@pytest.mark.parametrize("form", ["sarif", "markdown"])
def test_the_same_findings_give_the_same_bytes(form: str):
    """A report holds no date and no order of its own."""
    write = {"sarif": as_sarif, "markdown": as_markdown}[form]
    once, again = (write([FINDING, BARE], {SOURCE.name: SOURCE}) for _ in range(2))
    assert once == again
    assert unescape(once)
