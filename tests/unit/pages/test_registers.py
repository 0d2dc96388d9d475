"""Registers, forest plots, editions and citations: what pages tell each other."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve

from pathwaydsl.model.values import PartialDate, Version
from pathwaydsl.pages.citing import citation
from pathwaydsl.pages.document import Drawn, Elsewhere, Listing, Paragraph, Table, text_of
from pathwaydsl.pages.editions import editions_of, notices
from pathwaydsl.pages.effects import Effect
from pathwaydsl.pages.entries import age_in_words, regimen_lines, told_of
from pathwaydsl.pages.forest import forest
from pathwaydsl.pages.registers import register
from pathwaydsl.project.loading import load_project

CONTENT = Path(__file__).parents[1] / "sphinx/roots/test-basic/content"


@pytest.fixture(scope="module")
def pathway():
    """The first line of an example."""
    project = load_project([CONTENT])
    found = [each.pathway for each in project.documents.values() if each.pathway]
    return next(each for each in found if each.id == "first-line")


def day(text):
    return PartialDate(*(int(part) for part in text.split("-")))


@pytest.mark.parametrize(
    ("raised", "on", "said"),
    [
        ("2020-01-15", "2025-03-15", "5 years, 2 months"),
        ("2020-01-15", "2025-03-14", "5 years, 1 month"),
        ("2025-01-01", "2025-01-31", "less than a month"),
        ("2024-01-01", "2025-01-01", "1 year"),
        ("2020", "2025-03-15", "about 5 years"),
        ("2025", "2025-03-15", "less than a year"),
        ("2026-01-01", "2025-03-15", "less than a month"),
    ],
)
def test_ages_count_whole_months(raised, on, said):
    """A month counts once its day has come; a year alone is told as about."""
    assert age_in_words(day(raised), day(on)) == said


def test_equal_rows_of_two_pathways_are_one_with_both_uses(pathway):
    """A shared definition stands once, with every place it is used in."""
    twin = evolve(pathway, id="second", label="Second")
    entries = (*told_of(pathway).entries, *told_of(twin).entries)
    (part,) = register("criteria", entries)
    (table,) = part.blocks
    assert isinstance(table, Table)
    assert len(table.rows) == len(told_of(pathway).entries_of("criteria"))
    for row in table.rows:
        (uses,) = row[-1]
        assert isinstance(uses, Listing)
        assert len(uses.items) == 2


def test_every_entry_says_where_it_is_used(pathway):
    """Each row of each register links to a place on a page."""
    for entry in told_of(pathway).entries:
        assert entry.uses
        assert all(isinstance(use, Elsewhere) for use in entry.uses)


def effect(study, clock, value="0.62"):
    return Effect(
        "hazard-ratio",
        "Progression-free survival",
        clock,
        (study, study.upper()),
        "Progression-free survival",
        None,
        None,
        Decimal(value),
        Decimal("0.5"),
        Decimal("0.8"),
        (),
        Elsewhere("p", study, anchor=f"p--evidence--{study}"),
    )


def plots(*effects):
    return [block for part in forest(effects) for block in part.blocks if isinstance(block, Drawn)]


def test_studies_share_a_plot_only_by_the_same_stated_clock():
    """Another clock is another plot, and without a clock each study stands alone."""
    assert len(plots(effect("a", "randomisation"), effect("b", "randomisation"))) == 1
    assert len(plots(effect("a", "randomisation"), effect("b", "start of therapy"))) == 2
    assert len(plots(effect("a", None), effect("b", None))) == 2


def test_the_table_beside_a_plot_says_its_clock_and_numbers():
    """Everything the picture shows stands in words beside it."""
    (drawn,) = plots(effect("a", "randomisation"))
    (table,) = drawn.beside
    said = [text_of(block.line) for cell in table.rows[0] for block in cell]
    assert "randomisation" in said
    assert "0.62" in said
    assert "95 % CI 0.5 to 0.8" in said


def test_the_same_result_of_two_pathways_stands_once():
    """Two pages that cite one study give one row."""
    (drawn,) = plots(effect("a", "x"), evolve(effect("a", "x"), use=Elsewhere("q", "a")))
    (table,) = drawn.beside
    assert len(table.rows) == 1


def test_only_an_old_release_is_called_old(pathway):
    """The newest release and a pathway without releases carry no notice."""
    old = evolve(pathway, version=Version(1, 0, 0))
    new = evolve(pathway, version=Version(1, 1, 0))
    both = (old, new)
    assert [n.title for n in notices(editions_of(pathway, both, old.version))] == [
        "Not the current version"
    ]
    assert list(notices(editions_of(pathway, both, new.version))) == []
    assert [n.title for n in notices(editions_of(pathway, both))] == ["Not released yet"]
    assert list(notices(editions_of(pathway, ()))) == []


def test_an_old_id_is_followed_back_through_versions(pathway):
    """A thing renamed twice keeps both of its old anchors."""
    node = pathway.nodes[0]
    first = evolve(pathway, version=Version(1, 0, 0), nodes=(evolve(node, id="b", was="a"),))
    now = evolve(pathway, nodes=(evolve(node, id="c", was="b"),))
    assert editions_of(now, (first,)).aliases("b") == ("b", "a")


def test_a_citation_states_only_what_the_head_states(pathway):
    """No author, address or number is made up."""
    said = [text_of(each.line) for each in citation(pathway) if isinstance(each, Paragraph)]
    assert said == [
        "First line of an example. Version 2.0.0. Published. 24 December 2025.",
        "Its file states no author.",
    ]


def test_alternatives_of_a_regimen_never_read_as_given_together(tmp_path):
    """`give one of` keeps its `or`, and a line for some patients keeps for whom it is."""
    text = """
pathwaydsl 1
criterion renal "Clearance" { number 0..300 mL/min }
drug a "letrozole"
drug b "anastrozole"
drug c "capecitabine"
regimen r "R" {
  give one of a 2.5 mg oral daily, b 1 mg oral daily until "progression"
  give c 1000 mg/m2 oral twice daily when renal >= 51 mL/min
  give c 750 mg/m2 oral twice daily when renal < 51 mL/min
}
pathway p "P" {
  version 1.0.0
  date 2024-01-01
  status draft
  start at x
  treat x "X" { regimen r then done }
  end done "Done"
}
"""
    (tmp_path / "p.pathway").write_text(text.lstrip())
    (document,) = load_project([tmp_path]).documents.values()
    pathway = document.pathway
    assert regimen_lines(pathway, pathway.library.regimen["r"]) == (
        "one of: letrozole 2.5 mg by mouth daily; or anastrozole 1 mg by mouth daily",
        "capecitabine 1000 mg/m2 by mouth twice daily, if Clearance is 51 mL/min or more",
        "capecitabine 750 mg/m2 by mouth twice daily, if Clearance is below 51 mL/min",
    )
