"""Every patient whom a shipped pathway is for gets an answer, in each version."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from pathwaydsl.logic.outcomes import outcomes
from pathwaydsl.project.loading import load_project
from pathwaydsl.project.releases import releases_of

PATHWAYS = Path(__file__).parents[2] / "pathways"


@pytest.fixture(scope="module")
def shipped():
    """Working files by id, and every version of them, oldest first."""
    project = load_project([PATHWAYS])
    working = {d.pathway.id: d.pathway for d in project.documents.values() if d.pathway}
    released = {
        name: [one.document.pathway for one in found]
        for name, found in releases_of(project).items()
    }
    return working, {name: [*released.get(name, ()), one] for name, one in working.items()}


@pytest.mark.parametrize("name", ["her2-mbc-first-line", "her2-mbc-second-line", "her2-mbc-cns"])
def test_it_is_proved(name, shipped):
    """A recommendation, a choice or a declared gap for everyone, in the working file and before."""
    working, versions = shipped
    for pathway in versions[name]:
        assert outcomes(pathway, working).obstacles == (), str(pathway.version)


def test_no_question_changes_its_kind_of_answer(shipped):
    """A criterion that keeps its name is answered in the same way in every version."""
    _, versions = shipped
    for pathways in versions.values():
        for older, newer in pairwise(pathways):
            for name in older.library.criterion.keys() & newer.library.criterion.keys():
                before, after = (p.library.criterion[name].domain for p in (older, newer))
                assert type(before) is type(after), (name, str(newer.version))
                assert getattr(before, "unit", None) == getattr(after, "unit", None)
            kinds = {"early-second-line", "second-line", "brain-pathway"}
            for box in older.node.keys() & newer.node.keys() - kinds:
                assert older.node[box].kind == newer.node[box].kind, box


def test_no_position_is_lost_by_renaming_its_source(shipped):
    """What a source says in one version, it says in the next, unless its box is gone."""
    _, versions = shipped
    for pathways in versions.values():
        for older, newer in pairwise(pathways):
            for box in older.node.keys() & newer.node.keys():
                before, after = (said_at(p.node[box]) for p in (older, newer))
                assert before <= after, (box, before - after)


def said_at(node):
    """Who says something at a box."""
    recommendation = getattr(node, "recommendation", None)
    found = (*getattr(node, "positions", ()), *getattr(recommendation, "positions", ()))
    return {position.who for position in found}
