"""The reader's print: the algorithm, every regimen and the version, on one page of paper."""

from attrs import evolve

from pathwaydsl.model.nodes import Treat
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.model.wording import date_in_words, strength_in_words
from pathwaydsl.pages import words
from pathwaydsl.pages.contents import Contents
from pathwaydsl.pages.document import (
    Block,
    Elsewhere,
    Flowchart,
    Item,
    Listing,
    Page,
    Paragraph,
    Section,
    Table,
    Target,
    Words,
    plain,
)
from pathwaydsl.pages.entries import regimen_lines
from pathwaydsl.pages.open_questions import is_open

HEADER = ("Step", "Strength", "Regimen")
WIDTHS = (30, 16, 54)


def printed_page(pathway: Pathway, *, errors: int = 0, charted: bool = True) -> Page:
    """The page to print.

    Args:
        pathway: The pathway.
        errors: How many errors were found in its files; with any, the page says so on top.
        charted: Whether there is a place for the flowchart.
    """
    contents = Contents(pathway)
    blocks: list[Block] = []
    if errors:
        blocks.append(Paragraph((Words("Not fit for use: errors were found", "danger"),)))
    blocks.append(Paragraph((Words(_version(pathway)),), "version"))
    if charted:
        blocks.append(Flowchart(pathway.id, pathway.label, pathway.id, files=False))
    rows = tuple(_row(contents, node) for node in contents.steps if isinstance(node, Treat))
    if rows:
        blocks.append(Table(HEADER, rows, WIDTHS, "regimens"))
    gaps = [f"{contents.gap_number[gap.id]} {gap.label}" for gap in contents.gaps if is_open(gap)]
    if gaps:
        said = f"Nobody knows: {'; '.join(gaps)}"
        blocks.append(Paragraph((Words(said),), "detail"))
    blocks.append(Paragraph((Words(words.NOT_ADVICE),), "detail"))
    back = Elsewhere(pathway.id, "The whole page of this pathway")
    blocks.append(Listing((Item((Paragraph((back,)),)),), role="back"))
    target = Target("print", pathway.id, f"{pathway.label}, to print")
    root = Section(pathway.id, pathway.label, tuple(blocks), role="print", target=target)
    return Page(root, flow=evolve(contents.flow))


def _version(pathway: Pathway) -> str:
    parts = [f"Version {pathway.version}" if pathway.version else "No version stated"]
    parts.append(words.STATUS.get(pathway.status or "", "No status"))
    parts.append(date_in_words(pathway.date) if pathway.date else "no date stated")
    return " · ".join(parts)


def _row(contents: Contents, node: Treat) -> tuple[tuple[Block, ...], ...]:
    strength = node.recommendation.strength
    said = f"{strength_in_words(strength)} for" if strength is not None else "no strength stated"
    regimen = contents.pathway.library.regimen.get(node.regimen or "")
    lines = regimen_lines(contents.pathway, regimen) if regimen is not None else ()
    return (
        plain(f"{contents.number[node.id]}. {node.label}"),
        plain(said),
        plain(" + ".join(lines)) if lines else plain("—"),
    )
