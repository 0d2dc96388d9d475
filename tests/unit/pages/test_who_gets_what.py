"""Who gets what on a page, and the way of each case in words."""

from pathlib import Path

import pytest

from pathwaydsl.pages.content import page_of, texts_of
from pathwaydsl.pages.document import Folded, Listing, Notice, Table
from pathwaydsl.project.loading import load_project
from pathwaydsl.report.outcomes_words import NOT_PROVED, PROVED
from pathwaydsl.text.rules.examples import GOOD

OWN = Path(__file__).parents[3] / "pathways"


@pytest.fixture(scope="module")
def own():
    """The pathways that come with the tool."""
    documents = load_project([OWN], checked=False).documents.values()
    return {d.pathway.id: d.pathway for d in documents if d.pathway is not None}


def section(page, role):
    """The part of a page with that role."""
    return next(part for part in page.root.sections if part.role == role)


def test_the_page_tells_who_comes_to_each_outcome(own):
    """Every treatment, action, choice, gap, handover and end has its row."""
    for pathway in own.values():
        part = section(page_of(pathway, others=own), "outcomes")
        rows = [row for block in part.blocks if isinstance(block, Table) for row in block.rows]
        kinds = {"treat", "act", "choose", "gap", "enter", "end"}
        assert len(rows) == sum(node.kind in kinds for node in pathway.nodes)
        assert "From the start" in "\n".join(texts_of(part))


def test_the_statement_stands_on_top_only_where_it_is_proved(tmp_path):
    """With an error in its files, nothing is proved of a pathway."""
    (tmp_path / "good.pathway").write_text(GOOD)
    (tmp_path / "pathwaydsl.toml").write_text("")
    project = load_project([tmp_path / "good.pathway"])
    pathway = project.documents["good.pathway"].pathway
    sound = section(page_of(pathway), "outcomes").blocks[0]
    assert isinstance(sound, Notice)
    assert PROVED in "\n".join(texts_of(section(page_of(pathway), "outcomes")))
    broken = "\n".join(texts_of(section(page_of(pathway, errors=1), "outcomes")))
    assert NOT_PROVED in broken
    assert PROVED not in broken


def test_each_case_has_its_way_with_the_reason_at_each_step(own):
    """Whoever reads a case sees where its patient goes, and why, without any script."""
    pathway = own["her2-mbc-second-line"]
    cases = section(page_of(pathway, others=own), "cases").sections
    assert len(cases) == len(pathway.cases)
    for case in cases:
        (folded,) = [b for b in case.blocks if isinstance(b, Folded)]
        (way,) = [b for b in folded.blocks if isinstance(b, Listing) and b.role == "way"]
        assert f", {len(way.items)} step" in folded.title
        assert way.items
        assert "Work-up" in "\n".join(texts_of(case))
