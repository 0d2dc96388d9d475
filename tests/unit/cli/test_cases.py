"""The commands `test` and `walk`."""

import json
from xml.etree import ElementTree as ET

import pytest

PASSES = """
case "Fit" {
  given fit
  expect only treatment then done
}
"""

FAILS = """
case "Not fit <&>" {
  given not fit
  expect treatment
}
"""

CHOICE = """
  choose pick "Which?" {
    option treatment
    option done
  }

  end done "Done"
"""


@pytest.fixture
def with_cases(project, example):
    """The example with a case that passes and one that fails."""
    text = example + PASSES + FAILS
    (project / "example.pathway").write_text(text)
    return text


def test_cases_that_pass(call, project, example):
    """`test` exits with 0 and tells what no case exercises."""
    (project / "example.pathway").write_text(example + PASSES)
    result = call("test")
    assert result.code == 0
    assert "  passed  Fit\n" in result.out
    assert "4 of 4 boxes, 1 of 2 branches" in result.out
    assert "branch  “Fit?”: no → “Done” (line" in result.out
    assert result.out.endswith("1 of 1 case passed.\n")


def test_no_cases(call):
    """A pathway without cases is told, and is no failure."""
    result = call("test")
    assert result.code == 0
    assert "  no cases\n" in result.out
    assert result.out.endswith("There are no cases.\n")


@pytest.mark.usefixtures("with_cases")
def test_a_case_that_fails(call):
    """`test` exits with 1 and says why; `check` finds it, too."""
    result = call("test")
    assert result.code == 1
    assert "  FAILED  Not fit <&>" in result.out
    assert "“Fit?” leads to “Done”: no" not in result.out
    assert "“Fit?” leads to “Done”: Fit for treatment: no" in result.out
    check = call("check")
    assert check.code == 1
    assert "PW701" in check.out


@pytest.mark.usefixtures("with_cases")
def test_json(call):
    """`--format json` is one JSON object with every way."""
    report = json.loads(call("test", "--format", "json").out)
    (file,) = report["files"]
    assert report["format_version"] == 1
    assert report["summary"] == {"cases": 2, "failed": 1}
    assert [case["passed"] for case in file["cases"]] == [True, False]
    assert file["cases"][0]["way"] == ["look", "choice", "treatment", "done"]
    assert file["coverage"]["branches"] == {"total": 2, "exercised": 2, "missed": []}


@pytest.mark.usefixtures("with_cases")
def test_junit(call, project):
    """`--junit` writes a test case a case, with what failed."""
    assert call("test", "--junit", "out.xml").code == 1
    suite = ET.fromstring((project / "out.xml").read_bytes())[0]  # noqa: S314  written just now
    assert suite.attrib["tests"] == "2"
    assert suite.attrib["failures"] == "1"
    assert [case.attrib["name"].strip() for case in suite] == ["Fit", "Not fit <&>"]
    assert "“Treat” is expected" in suite[1][0].attrib["message"]


def test_what_cannot_be_read_is_not_run(call, project, with_cases):
    """Errors of reading are told instead of cases that would fail for them."""
    (project / "example.pathway").write_text(with_cases.replace("measures fit", "measures fitt"))
    result = call("test")
    assert result.code == 1
    assert "fitt" in result.err
    assert "were not run" in result.err
    assert "FAILED" not in result.out


def test_a_file_that_is_not_there(call):
    """That is an error, not a success."""
    assert call("test", "nowhere.pathway").code == 1


def test_walk_says_every_step(call):
    """Boxes, reasons, and where the way ends."""
    result = call("walk", "example.pathway", "--set", "fit=yes")
    assert result.code == 0
    assert result.out == (
        "  1. Assess: Look  [look]\n"
        "  2. Decision: Fit?  [choice]\n"
        "       because Fit for treatment (Fit for treatment: yes)\n"
        "  3. Treatment: Treat  [treatment]\n"
        "  4. End: Done  [done]\n"
        "The way ends at “Done”.\n"
    )


def test_walk_names_what_is_missing(call):
    """The walk stops and says what to give."""
    result = call("walk", "example.pathway")
    assert result.code == 0
    assert result.out.endswith(
        "“Fit for treatment” is not given, and “Fit?” asks for it.\nGive --set fit=…\n"
    )


def test_walk_takes_values_at_visits_and_choices(call, project, example):
    """`--at` is for a visit, `--choose` for an option."""
    text = example.replace("when not fit -> done", "when not fit -> pick")
    text = text.replace('  end done "Done"\n', CHOICE)
    (project / "example.pathway").write_text(text)
    stopped = call("walk", "example.pathway", "--at", "look", "fit=no")
    assert "Take one: --choose pick=treatment or --choose pick=done" in stopped.out
    gone = call("walk", "example.pathway", "--set", "fit=no", "--choose", "pick=done")
    assert gone.out.endswith("The way ends at “Done”.\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--set", "fitt=yes"], "did you mean `fit`?"),
        (["--set", "fit=maybe"], "give `yes` or `no`"),
        (["--set", "fit=unknown"], "is always known"),
        (["--set", "fit"], "gives no value"),
        (["--set", "fit=yes", "--set", "fit=no"], "`fit` is given twice"),
        (["--choose", "choice=done"], "Nothing is chosen at `choice`"),
        (["--choose", "choice"], "takes no option"),
        (["--at", "lok", "fit=yes"], "Did you mean `look`?"),
    ],
)
def test_wrong_usage_of_walk(call, arguments, told):
    """What is no value, box or option exits with 2 and says what to write."""
    result = call("walk", "example.pathway", *arguments)
    assert result.code == 2
    assert told in result.err


def test_walk_of_a_patient_the_pathway_is_not_for(call, project, example):
    """That is said first, and exits with 1."""
    text = example.replace("eligible everyone", "eligible when fit")
    (project / "example.pathway").write_text(text)
    result = call("walk", "example.pathway", "--set", "fit=no")
    assert result.code == 1
    assert result.out.startswith("This pathway is not for this patient: ")


def test_walk_of_a_file_with_errors(call, project, example):
    """The errors are told and nothing is walked."""
    (project / "example.pathway").write_text(example.replace("measures fit", "measures fitt"))
    result = call("walk", "example.pathway")
    assert (result.code, result.out) == (1, "")
    assert "fitt" in result.err
