"""What a page says, before anybody shows it."""

from __future__ import annotations

from attrs import evolve
from tests.unit.pages.example_pathways import FIRST_LINE, SECOND_LINE

from pathwaydsl.model.pathway import Pathway
from pathwaydsl.pages.content import page_of, summary_of, texts_of
from pathwaydsl.pages.document import Facts, Item, Link, Listing, Notice, Paragraph, Table


def section(page, role):
    """The part of a page with that role."""
    return next(part for part in page.root.sections if part.role == role)


def said(part):
    """Every text of a part, in order."""
    return "\n".join(texts_of(part))


def walk(blocks):
    """Every block, those inside others too."""
    for block in blocks:
        yield block
        match block:
            case Facts(rows):
                for row in rows:
                    yield from walk(row.blocks)
            case Listing(items):
                for entry in items:
                    yield entry
                    yield from walk(entry.blocks)
            case Notice():
                yield from walk(block.blocks)
            case Table(_, rows):
                for row in rows:
                    for cell in row:
                        yield from walk(cell)


def everything(part):
    """Every block of a section and of those in it."""
    yield from walk(part.blocks)
    for inner in part.sections:
        yield inner
        yield from everything(inner)


def test_parts_stand_in_the_order_of_reading():
    """Advice comes before the outline, evidence before gaps, cases before words."""
    assert [part.role for part in page_of(FIRST_LINE).root.sections] == [
        "summary",
        "flowchart",
        "recommended",
        "outcomes",
        "outline",
        "evidence",
        "gaps",
        "cases",
        "criteria",
        "cite",
        "notes",
    ]


def test_every_link_has_its_anchor():
    """What a page links to stands on it."""
    root = page_of(FIRST_LINE).root
    anchors = {root.anchor}
    links = set()
    for block in everything(root):
        anchors.add(getattr(block, "anchor", None))
        if isinstance(block, Paragraph):
            links |= {piece.anchor for piece in block.line if isinstance(piece, Link)}
    assert links <= anchors


def test_anchors_are_unique():
    """No two places have one anchor."""
    found = [getattr(block, "anchor", None) for block in everything(page_of(FIRST_LINE).root)]
    found = [anchor for anchor in found if anchor]
    assert len(found) == len(set(found))


def test_what_was_published_later_is_not_known():
    """Neither a later result nor a later study is on the page."""
    text = said(page_of(FIRST_LINE).root)
    assert "57.1" not in text
    assert "LATER" not in text


def test_a_year_may_lie_before_the_date():
    """A result of the pathway's own year is known."""
    early = evolve(FIRST_LINE, date=evolve(FIRST_LINE.date, year=2012, month=1, day=1))
    assert "Hazard ratio" in said(page_of(early).root)


def test_gap_numbers_are_those_of_the_flowchart():
    """A reader finds G1 of the picture under G1 in the text."""
    page = page_of(FIRST_LINE)
    titles = [block.title for block in section(page, "gaps").blocks if isinstance(block, Notice)]
    numbered = [f"Evidence gap {gap.number}: {gap.label}" for gap in page.flow.gaps]
    assert titles[: len(numbered)] == numbered
    assert len(titles) == 2


def test_gap_says_where_it_is_pinned():
    """A pinned gap links the step it is pinned to."""
    assert "Pinned at\n4. Alphamab with betataxel" in said(section(page_of(FIRST_LINE), "gaps"))


def test_outline_has_every_step_and_every_way():
    """Each step has its place, and each way out of it is told."""
    outline = section(page_of(FIRST_LINE), "outline")
    steps = [block for block in everything(outline) if isinstance(block, Item) and block.target]
    assert [step.target.name for step in steps] == [
        f"first-line.{node.id}" for node in FIRST_LINE.nodes
    ]
    text = said(outline).replace("\n", " ")
    assert "LVEF is 50 % or more  →  4. Alphamab with betataxel" in text
    assert "Weak heart" in text
    assert "(LVEF is below 50 %)" in text
    assert "Not known" in text
    assert "preferred" in text
    assert "together with the patient" in text
    assert "While at" in text


def test_the_start_comes_first():
    """The outline begins where patients do, whatever the file's order."""
    turned = evolve(FIRST_LINE, nodes=tuple(reversed(FIRST_LINE.nodes)))
    outline = section(page_of(turned), "outline")
    steps = [block for block in everything(outline) if isinstance(block, Item) and block.target]
    assert steps[0].target.name == "first-line.work-up"


def test_strength_in_words_comes_first():
    """Direction and strength stand before ratings and codes."""
    text = said(section(page_of(FIRST_LINE), "recommended"))
    assert text.index("Strong recommendation for") < text.index("high quality")
    assert "rated by \nASCO 2022" in text


def test_a_loading_dose_and_what_follows_are_two_rows():
    """Each phase has its dose; the stop stands with the last."""
    recommended = section(page_of(FIRST_LINE), "recommended")
    table = next(block for block in everything(recommended) if isinstance(block, Table))
    rows = [[said_cell(cell) for cell in row] for row in table.rows]
    assert rows == [
        ["alphamab", "8 mg/kg", "IV", "once", "—"],
        ["then", "6 mg/kg", "IV", "every 3 weeks", "until progression"],
        [
            "betataxel",
            "75 mg/m2",
            "IV",
            "every 3 weeks for at least 6 cycles",
            "until the cycles are given",
        ],
    ]


def said_cell(cell):
    """The text of a table's cell."""
    return " ".join("".join(piece.text for piece in block.line) for block in cell)


def test_cases_are_told_in_words():
    """Steps and every form of expectation are sentences."""
    text = said(section(page_of(FIRST_LINE), "cases")).replace("\n", "")
    assert "At the start: LVEF is 62 %; pregnancy: no" in text
    assert "At 5. What next? the choice is 8. Done" in text
    assert "Comes to 4. Alphamab with betataxel, later to 8. Done" in text
    assert "Comes only to 4. Alphamab with betataxel, then to 8. Done" in text
    assert "Meets the evidence gap G" in text
    assert "Never comes to 7. Second line" in text
    assert "Cannot go on at 3. Can the heart carry it?, because LVEF is missing" in text


def test_no_endorsement_is_said_where_somebody_is_named():
    """The note lists who is named, and stays away where nobody is."""
    assert "ASCO is named as a source only and does not endorse" in said(page_of(FIRST_LINE).root)
    assert "endorse" not in said(page_of(SECOND_LINE).root)


def test_errors_stand_on_top():
    """A page of a file with errors says so before all else."""
    first = page_of(FIRST_LINE, errors=2).root.blocks[0]
    assert isinstance(first, Notice)
    assert first.title == "Not fit for use"


def test_summary_counts_open_gaps():
    """The index says how many questions nobody has answered."""
    assert summary_of(FIRST_LINE).open_gaps == 2
    assert summary_of(SECOND_LINE).open_gaps == 0


def test_a_pathway_with_nothing_in_it_has_a_page():
    """What an author left out is said to be missing."""
    page = page_of(Pathway(id="empty", label="Empty", file="empty.pathway"))
    assert page.summary.version == "no version"
    assert "not stated" in said(page.root)


def test_documents_without_results_follow_the_studies():
    """Studies have sections with tables; guidelines and labels are one list after them."""
    evidence = section(page_of(FIRST_LINE), "evidence")
    assert [part.title for part in evidence.sections] == [
        "TRIAL-ONE",
        "Guidelines, labels and other documents",
    ]
    assert "ASCO 2022" in said(evidence.sections[1])
    assert "Label of alphamab" in said(evidence.sections[1])
