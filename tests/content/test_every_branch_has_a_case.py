"""Every box, branch, gap and side of a limit of the shipped pathways has a case."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathwaydsl.cases.coverage import coverage_of
from pathwaydsl.cases.judging import run_cases
from pathwaydsl.project.loading import load_project
from pathwaydsl.project.releases import releases_of

PATHWAYS = Path(__file__).parents[2] / "pathways"
FILES = sorted(
    path.relative_to(PATHWAYS).as_posix() for path in (PATHWAYS / "her2-mbc").rglob("*.pathway")
)
NOBODY = {
    "her2-mbc/first-line.pathway": {
        # Who has a worse performance status has left before this condition is asked.
        "ECOG performance status above 1",
    }
}
"""Sides of limits that no patient can be on where they are asked."""


@pytest.fixture(scope="module")
def walked():
    """Each pathway by its file, with its cases walked once."""
    project = load_project([PATHWAYS])
    pathways = [document.pathway for document in project.documents.values()]
    pathways += [one.document.pathway for found in releases_of(project).values() for one in found]
    return {
        pathway.file.split("pathways/")[-1]: (pathway, run_cases(pathway))
        for pathway in pathways
        if pathway is not None
    }


@pytest.mark.parametrize("name", FILES)
def test_everything_is_exercised(name, walked):
    """At least eight cases, all of which hold, and nothing they do not come to."""
    pathway, results = walked[name]
    assert len(results) >= 8
    assert [result.case.label for result in results if not result.passed] == []
    missed = {part.says for part in coverage_of(pathway, results).missed}
    assert missed == NOBODY.get(name, set())


@pytest.mark.parametrize("name", FILES)
def test_every_case_expects_something(name, walked):
    """No case only walks along."""
    pathway, _ = walked[name]
    assert [case.label for case in pathway.cases if not case.expects] == []
