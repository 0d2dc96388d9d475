"""Suggested cases: walked, minimal, ready to paste, and nothing left out in silence."""

import random
import re
from pathlib import Path

import pytest
from attrs import evolve
from tests.unit.logic.chance import a_pathway
from tests.unit.logic.walking import Walk

from pathwaydsl.cases.coverage import coverage_of
from pathwaydsl.cases.judging import run_case, run_cases
from pathwaydsl.cases.suggesting import suggestions
from pathwaydsl.model.cases import Given
from pathwaydsl.project.loading import load_project
from pathwaydsl.report.cases_suggested import as_text

OWN = Path(__file__).parents[3] / "pathways"


@pytest.fixture(scope="module")
def own():
    """The pathways that come with the tool."""
    documents = load_project([OWN], checked=False).documents.values()
    return {d.pathway.id: d.pathway for d in documents if d.pathway is not None}


@pytest.fixture(
    scope="module", params=["her2-mbc-first-line", "her2-mbc-second-line", "her2-mbc-cns"]
)
def bare(request, own):
    """One of our own pathways without its cases, and what is suggested for it."""
    pathway = evolve(own[request.param], cases=())
    return pathway, suggestions(pathway, (), own)


def test_suggested_cases_exercise_everything_that_somebody_comes_to(bare):
    """From no case at all to full coverage; what remains is proved to concern nobody."""
    pathway, found = bare
    results = [run_case(pathway, each.case) for each in found.cases]
    assert all(not result.findings for result in results)
    missed = {part.says for part in coverage_of(pathway, results).missed}
    assert missed == {each.part.says for each in found.remaining}
    assert {each.why for each in found.remaining} <= {"no patient of this pathway comes there"}


def test_suggested_cases_are_minimal(bare):
    """Without any one of its values a case goes another way or exercises less."""
    pathway, found = bare
    for each in found.cases[::7]:
        way = run_case(pathway, each.case).walk.way
        number = next(
            i
            for i, part in enumerate(coverage_of(pathway, ()).parts)
            if (part.kind, part.says) == (each.part.kind, each.part.says)
        )
        for step in each.case.steps:
            if not isinstance(step, Given) or len(step.assignments) < 2:
                continue
            for value in step.assignments:
                kept = tuple(one for one in step.assignments if one is not value)
                steps = [evolve(s, assignments=kept) if s is step else s for s in each.case.steps]
                less = run_case(pathway, evolve(each.case, steps=tuple(steps)))
                same = less.walk.way == way and not less.walk.misfits
                assert not (same and coverage_of(pathway, [less]).parts[number].exercised)


def test_suggested_cases_are_valid_when_pasted(tmp_path):
    """Pasted into the file without its cases, they pass and leave only what was said to remain."""
    for folder in (OWN, *(path for path in OWN.iterdir() if path.is_dir())):
        for file in sorted(folder.glob("*.pathway")):
            target = tmp_path / file.relative_to(OWN)
            target.parent.mkdir(exist_ok=True)
            text = file.read_text("utf-8")
            above = re.split(r"^(?:# [^\n]*\n)*case ", text, flags=re.MULTILINE)[0]
            target.write_text(above, "utf-8")
    (tmp_path / "pathwaydsl.toml").write_text("")
    name = "her2-mbc/second-line.pathway"
    project = load_project([tmp_path / name])
    pathway = project.documents[name].pathway
    found = suggestions(pathway, project.cases[name])
    text = as_text(found, pathway.library, name=name)
    with (tmp_path / name).open("a", encoding="utf-8") as file:
        file.write("\n" + text)
    again = load_project([tmp_path / name])
    assert [f for f in again.findings if f.rule.startswith(("PW1", "PW2", "PW7"))] == []
    results = again.cases[name]
    assert len(results) == len(found.cases)
    missed = coverage_of(again.documents[name].pathway, results).missed
    assert len(missed) == len(found.remaining)


@pytest.mark.parametrize("seed", range(25))
def test_whatever_the_pathway_every_suggestion_holds(seed):
    """On random pathways each suggestion passes, and what is said to concern nobody does."""
    pathway = a_pathway(random.Random(seed))
    walk = Walk(pathway)
    found = suggestions(pathway, run_cases(pathway))
    for each in found.cases:
        result = run_case(pathway, each.case)
        assert result.findings == ()
        numbers = [
            part.exercised
            for part in coverage_of(pathway, [result]).parts
            if (part.kind, part.says) == (each.part.kind, each.part.says)
        ]
        assert any(numbers)
    for each in found.remaining:
        if each.part.kind == "box" and each.why == "no patient of this pathway comes there":
            assert not walk.at[each.part.about[0]]
        if each.part.kind == "box" and walk.at[each.part.about[0]]:
            assert each.why == "no patient was found within the search"


def test_nothing_is_suggested_where_nothing_is_missed(own):
    """A pathway whose cases exercise all of it gets no suggestion."""
    pathway = own["her2-mbc-second-line"]
    full = suggestions(pathway, run_cases(pathway), own)
    results = run_cases(pathway)
    assert len(full.cases) + len(full.remaining) <= len(coverage_of(pathway, results).missed)
