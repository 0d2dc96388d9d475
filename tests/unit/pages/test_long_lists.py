"""What is long on a page: one line of each, the rest opened on a screen and told apart on paper."""

from pathlib import Path

import pytest

from pathwaydsl.pages.affected import ELSEWHERE, ROOM, for_whom
from pathwaydsl.pages.content import page_of, texts_of
from pathwaydsl.pages.document import Facts, Folded, Listing, Table
from pathwaydsl.project.loading import load_project
from pathwaydsl.report.differences_patients import Met, Patients, Way

LONG = tuple(
    f"Time since the therapy is {number} months or more, {'x' * 100}" for number in range(60)
)


class Told:
    """As much of a document of differences as the section reads."""

    def __init__(self, *patients):
        self.patients = patients
        self.notes = ()
        self.comparison = self
        self.comparable = True
        self.verdict = self
        self.statement = "Some patients come to something else."


def some(kind="lost", thing="option", who=LONG):
    """Patients who lost or gained something."""
    way = Way((), ())
    met = (Met(thing, "Option", "go-on", "Go on"),)
    always = ("Pregnant: no",)
    share = "2 % of the declared input space"
    return Patients(
        kind,
        met=met,
        before=(),
        always=always,
        who=who,
        more=False,
        share=share,
        values=(),
        witness=(),
        shared=(),
        old_way=way,
        new_way=way,
    )


def test_each_long_outcome_is_one_line():
    """In “Who gets what” what is closed says from where patients come and by how much."""
    documents = load_project([Path(__file__).parents[3] / "pathways"], checked=False).documents
    own = {d.pathway.id: d.pathway for d in documents.values() if d.pathway is not None}
    page = page_of(own["her2-mbc-first-line"], others=own)
    part = next(part for part in page.root.sections if part.role == "outcomes")
    rows = [row for block in part.blocks if isinstance(block, Table) for row in block.rows]
    closed = [row[1][0] for row in rows if isinstance(row[1][0], Folded)]
    assert len(closed) > 10
    assert all(len(each.title) < 200 for each in closed)
    assert all(each.blocks for each in closed)


@pytest.mark.parametrize("kind", ["lost", "gained"])
def test_nothing_is_left_out_of_the_page_of_differences(kind):
    """The first conditions stand open, the rest can be opened."""
    (part,) = for_whom(Told(some(kind)), "a")
    said = "\n".join(texts_of(part))
    assert all(each in said for each in LONG)
    (facts,) = [block for block in part.blocks if isinstance(block, Facts)]
    (shown,) = [block for block in facts.rows[0].blocks if isinstance(block, Listing)]
    assert 1 <= len(shown.items) <= ROOM // 100


def test_a_sheet_says_how_many_conditions_stand_elsewhere():
    """It tells more of those who lose something, and counts what it leaves out."""
    (part,) = for_whom(Told(some("lost"), some("gained")), "a", folding=False)
    said = "\n".join(texts_of(part))
    lost, gained = said.count(LONG[9]), said.count(LONG[1])
    assert (lost, gained) == (1, 2)
    assert f"more, {ELSEWHERE}" in said


def test_light_differences_are_rows_on_a_sheet():
    """What a gap points out has one row each: what, who and how many."""
    (part,) = for_whom(Told(some("gained", "flag")), "a", folding=False)
    (table,) = [block for block in part.blocks if isinstance(block, Table)]
    (row,) = table.rows
    assert len(row) == 3
    assert f"and one of 60 conditions, {ELSEWHERE}" in "\n".join(texts_of(part))
