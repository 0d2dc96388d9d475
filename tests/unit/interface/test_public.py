"""The public Python interface."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import pathwaydsl
from pathwaydsl.project.interface import RenderError

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "python.md"
FLU = """\
pathwaydsl 1

pathway flu "Flu" {
  version 1.0.0
  date 2025-01-01
  status draft
  population "Adults"
  eligible everyone
  start at rest

  act rest "Rest" {
    then done
  }

  end done "Done"
}
"""


@pytest.fixture
def flu(tmp_path):
    """A folder with one pathway."""
    (tmp_path / "pathwaydsl.toml").write_text("")
    (tmp_path / "flu.pathway").write_text(FLU)
    return tmp_path


@pytest.mark.parametrize("name", pathwaydsl.__all__)
def test_every_public_name_is_there_and_documented(name):
    """What `__all__` names can be had and stands in the manual."""
    assert getattr(pathwaydsl, name) is not None
    assert re.search(rf"`{name}\b", PAGE.read_text("utf-8"))


def test_other_names_are_not_there():
    """What does not work yet does not appear."""
    assert dir(pathwaydsl) == sorted(pathwaydsl.__all__)
    with pytest.raises(AttributeError):
        _ = pathwaydsl.merge


def test_importing_the_package_imports_nothing_heavy():
    """The parts come when they are asked for."""
    code = (
        "import pathwaydsl, sys; print([m for m in ('attr', 'lark', 'click') if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert result.stdout == b"[]\n"


def test_load_check_and_render(flu):
    """Load a folder, look at a pathway, draw it."""
    project = pathwaydsl.load(flu, as_of=date(2025, 2, 3))
    assert isinstance(project, pathwaydsl.Project)
    assert str(project.as_of) == "2025-02-03"
    assert pathwaydsl.check(flu) == project.findings == ()
    pathway = project.documents["flu.pathway"].pathway
    assert pathway.label == "Flu"
    assert pathway.version == pathwaydsl.Version(1, 0, 0)
    assert b"<svg" in pathwaydsl.render(pathway)
    assert pathwaydsl.render(pathway, "dot").startswith(b"digraph")


def test_a_chart_that_cannot_be_drawn_says_why(flu):
    """An engine that is not there is one exception with a reason."""
    (flu / "pathwaydsl.toml").write_text('[chart]\nengine = "dot"\ndot = "no-such-program"\n')
    project = pathwaydsl.load(flu / "flu.pathway")
    pathway = project.documents["flu.pathway"].pathway
    with pytest.raises(RenderError) as error:
        pathwaydsl.render(pathway, configuration=project.configuration)
    assert "no-such-program" in error.value.reason


@pytest.fixture(scope="module")
def own_pathway():
    """One of our own pathways."""
    folder = Path(__file__).parents[3] / "pathways" / "her2-mbc"
    project = pathwaydsl.load(folder / "second-line.pathway")
    return project.documents["pathways/her2-mbc/second-line.pathway"].pathway


def test_a_patient_is_walked_with_values_of_python(own_pathway):
    """Values are given as Python has them, and the walk says why at each step."""
    given = {"pregnant": False, "cns-disease": "none", "lvef": None, "heart-failure": False}
    walked = pathwaydsl.walk(own_pathway, given={**given, "her2-drugs-so-far": {"pertuzumab"}})
    assert walked.way[:3] == ("work-up", "first-questions", "heart")
    assert isinstance(walked, pathwaydsl.Walk)
    assert walked.steps[1].why
    more = pathwaydsl.walk(
        own_pathway,
        given={**given, "lvef": 45, "heart-failure": False},
        choose={"cardio-oncology": "individual-plan"},
    )
    assert more.ended_at == "individual-plan"


def test_a_written_case_is_walked_as_it_stands(own_pathway):
    """A case of the file takes the way that `test` says."""
    case = own_pathway.cases[0]
    assert pathwaydsl.walk(own_pathway, case).way


@pytest.mark.parametrize(
    ("given", "choose", "says"),
    [
        ({"lvf": 45}, {}, "did you mean `lvef`"),
        ({"lvef": 145}, {}, "100 %"),
        ({}, {"cardio-oncology": "nowhere"}, "its options: `heart-treatment`"),
        ({}, {"heart": "heart-treatment"}, "its options: none"),
    ],
)
def test_what_does_not_exist_is_refused(own_pathway, given, choose, says):
    """An error says what could be given instead."""
    with pytest.raises(ValueError, match=says):
        pathwaydsl.walk(own_pathway, given=given, choose=choose)
