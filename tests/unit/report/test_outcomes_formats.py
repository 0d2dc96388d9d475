"""Who gets what: the formats, and what stands on top."""

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest

from pathwaydsl.logic.outcomes import outcomes
from pathwaydsl.project.loading import load_project
from pathwaydsl.report.outcomes_json import COLUMNS, as_csv, as_json, schema
from pathwaydsl.report.outcomes_text import as_markdown, as_text
from pathwaydsl.report.outcomes_words import NOT_PROVED, PROVED, in_the_way, share_in_words
from pathwaydsl.text.rules.examples import flow

OWN = Path(__file__).parents[3] / "pathways"

CRITERIA = """
criterion months "Months since" {
  number 0..24 months
}

drug docetaxel "Docetaxel"

regimen single "One" {
  give docetaxel 75 mg/m2 every 3 weeks
}
"""

ASSESS = 'assess look "Look" {\n  measures months\n  then how\n}\n'
TREAT = 'treat it "=Treat | <b>it</b>" {\n  regimen single\n  then done\n}\n\nend done "Done"\n'


@pytest.fixture
def found(tmp_path):
    """Who gets what by some boxes, with what stands in the way."""

    def made(boxes):
        (tmp_path / "pathwaydsl.toml").write_text("")
        file = tmp_path / "one.pathway"
        file.write_text(flow(boxes, start="look", above=CRITERIA))
        project = load_project([file])
        pathway = project.documents["one.pathway"].pathway
        assert pathway is not None
        told = outcomes(pathway)
        return told, in_the_way(told, project.findings)

    return made


def decide(*lines):
    return 'decide how "How long?" {\n  ' + "\n  ".join(lines) + "\n}\n"


WHOLE = ASSESS + decide("when months >= 12 months -> it", "when months < 12 months -> gone") + TREAT
GAP = 'gap gone "What then?" {\n  status open\n  then done\n}\n'


def test_the_statement_stands_only_where_it_is_proved(found):
    """Both ways lead to an answer, so everyone has one."""
    told, ways = found(WHOLE + GAP)
    assert ways == ()
    assert PROVED in as_text(told, ways)


@pytest.mark.parametrize(
    ("boxes", "kind", "rule"),
    [
        (
            ASSESS + decide("when months > 12 months -> it", "when months < 12 months -> gone")
            + TREAT + GAP,
            "uncovered",
            "PW301",
        ),
        (
            ASSESS + decide("when months >= 12 months -> it", "when months <= 12 months -> gone")
            + TREAT + GAP,
            "overlap",
            "PW302",
        ),
        (
            ASSESS + decide("when months >= 12 months -> it", "when months < 12 months -> done")
            + TREAT,
            "unanswered-end",
            None,
        ),
        (
            ASSESS + decide("when months >= 12 months -> it", "when months < 12 months -> nowhere")
            + TREAT,
            None,
            None,
        ),
    ],
)  # fmt: skip
def test_what_stands_in_the_way_is_named(found, boxes, kind, rule):
    """The statement is not made, and the finding that hinders it is named with its witness."""
    told, ways = found(boxes)
    assert NOT_PROVED in as_text(told, ways)
    assert PROVED not in as_text(told, ways)
    if kind is not None:
        (way,) = ways
        assert (way.kind, way.rule) == (kind, rule)
        assert "for instance: Months since is" in way.says
    else:
        assert any(way.kind == "unreadable" for way in ways)


def test_the_share_is_one_of_the_declared_input_space(found):
    """Half of all values lie on each side of 12 of 24 months; a repeated question has no share."""
    told, ways = found(WHOLE + GAP)
    shares = {each.node.id: each.share for each in told.reached}
    assert shares == {"it": Fraction(1, 2), "gone": Fraction(1, 2), "done": Fraction(1)}
    assert "50 % of the declared input space" in as_text(told, ways)
    again = (WHOLE + GAP).replace("regimen single\n  then done", "regimen single\n  then look")
    told, _ = found(again)
    assert {each.node.id: each.share for each in told.reached}["it"] is None


def test_shares_are_said_without_rounding_to_nothing_or_everything():
    """A share that is not zero is never said as zero, nor one that is not all as all."""
    assert share_in_words(Fraction(1, 10**9)) == "less than 0.1 % of the declared input space"
    assert share_in_words(1 - Fraction(1, 10**9)).startswith("more than 99.9 %")
    assert share_in_words(Fraction(1, 3)) == "33.3 % of the declared input space"
    assert share_in_words(Fraction(1)) == "100 % of the declared input space"
    assert share_in_words(None) is None


def test_labels_are_text_in_every_format(found):
    """What an author wrote is no markup, no formula and no second column."""
    told, ways = found(WHOLE + GAP)
    markdown = as_markdown(told, ways)
    assert "<b>" not in markdown
    assert "\\=Treat" in markdown or "=Treat \\| \\<b\\>" in markdown
    rows = list(csv.reader(io.StringIO(as_csv(told))))
    assert tuple(rows[0]) == COLUMNS
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert [row[4] for row in rows if row[3] == "it"] == ["'=Treat | <b>it</b>"]


def test_the_json_of_our_own_pathways_follows_its_schema():
    """The published schema describes what is written, for every pathway, and the same each time."""
    project = load_project([OWN])
    pathways = {d.pathway.id: d.pathway for d in project.documents.values() if d.pathway}
    jsonschema.Draft202012Validator.check_schema(schema())
    for pathway in pathways.values():
        told = outcomes(pathway, pathways)
        text = as_json(told, in_the_way(told, project.findings))
        jsonschema.validate(json.loads(text), schema())
        again = outcomes(pathway, pathways)
        assert as_json(again, in_the_way(again, project.findings)) == text
        assert all(each.ways for each in told.reached)
