"""What the cases of a pathway exercise."""

from pathlib import Path

import pytest

from pathwaydsl.cases.coverage import coverage_of
from pathwaydsl.cases.judging import run_cases
from pathwaydsl.project.loading import load_project

CONTENT = Path(__file__).parents[3] / "pathways"

BOXES = """
assess look "Look" {
  measures lvef, lines, fever, pregnant
  then heart
}

decide heart "Strong enough?" {
  when lvef >= 50 % -> pick flags unclear
  when lvef < 50 % -> care "Weak"
}

choose pick "Which?" {
  option care "Careful" when lines >= 1 and lines <= 2
  option done
}

act care "Care" {
  good-practice because "An example"
  then count
}

decide count "High risk?" {
  when risk >= 2 -> done
  when risk < 2 -> done
}

during care {
  when pregnant -> done
}

end done "Done"
"""


@pytest.fixture(scope="module")
def missed(pathway_of):
    """What some cases do not exercise, by kind."""

    def look(*cases):
        text = "\n".join(f'case "C{n}" {{\n{case}\n}}\n' for n, case in enumerate(cases))
        pathway = pathway_of(BOXES, text)
        coverage = coverage_of(pathway, run_cases(pathway))
        found = {kind: [] for kind in ("box", "branch", "gap", "threshold")}
        for part in coverage.missed:
            found[part.kind].append(part.says)
        return found

    return look


def test_without_cases_everything_is_missed(missed):
    """Boxes, branches, options, lines of `during`, gaps, and every side of every limit."""
    assert missed() == {
        "box": ["“Look”", "“Strong enough?”", "“Which?”", "“Care”", "“High risk?”", "“Done”"],
        "branch": [
            "“Strong enough?”: 50 % or more → “Which?”",
            "“Strong enough?”: Weak → “Care”",
            "“Which?”: Careful → “Care”",
            "“Which?”: chosen → “Done”",
            "“High risk?”: 2 or more → “Done”",
            "“High risk?”: below 2 → “Done”",
            "at any time: Pregnant → “Done”",
        ],
        "gap": ["“Unclear”"],
        "threshold": [
            "LVEF below 50 %",
            "LVEF at 50 %",
            "LVEF above 50 %",
            "Lines below 1",
            "Lines at 1",
            "Lines above 1",
            "Lines below 2",
            "Lines at 2",
            "Lines above 2",
            "Risk below 2",
            "Risk at 2",
            "Risk above 2",
        ],
    }


def test_a_limit_has_two_sides_and_a_point(missed):
    """A value exercises the side it lies on, where the question is asked."""
    found = missed(
        "given lvef = 50 %, lines = 2, fever, not pregnant\nat pick choose care\nexpect care",
        "given lvef = 20 %, lines = 0, not fever, not pregnant\nexpect care",
        "given lvef = 70 %, lines = 5, fever, pregnant\nexpect end at done",
    )
    assert found == {
        "box": [],
        "branch": ["at any time: Pregnant → “Done”"],
        "gap": [],
        "threshold": ["Lines below 1", "Lines at 1", "Lines below 2", "Risk above 2"],
    }


def test_a_line_of_during_is_exercised_at_any_of_its_boxes(missed):
    """Also where it is true on arrival."""
    found = missed("given lvef = 20 %, lines = 0, fever, pregnant\nexpect end at done")
    assert "at any time: Pregnant → “Done”" not in found["branch"]


def test_every_case_of_our_pathways_passes():
    """The pathways shipped here do what their cases say."""
    project = load_project([CONTENT])
    results = [result for found in project.cases.values() for result in found]
    assert len(results) >= 46
    assert [result.case.label for result in results if result.findings] == []


def test_a_gap_that_is_only_pinned_is_no_box_to_come_to(pathway_of):
    """It counts among the gaps, and not among the boxes that cases could visit."""
    pathway = pathway_of(
        BOXES.replace('end done "Done"', 'end done "Done"\ngap soon "How soon?"').replace(
            'act care "Care" {', 'act care "Care" {\n  flags soon'
        ),
        "",
    )
    coverage = coverage_of(pathway, ())
    assert "“How soon?”" not in [part.says for part in coverage.of("box")]
    assert "“How soon?”" in [part.says for part in coverage.of("gap")]
