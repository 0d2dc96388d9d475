"""The review sheet: what changed, both flowcharts, the gaps, and lines to sign; made to be printed.

The fingerprint on it is that of what is signed: written beside the approval, it travels into the
release, and an approval of anything else is refused.
"""

from collections.abc import Iterator

from pathwaydsl.model.gaps import Gap
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.model.wording import date_in_words
from pathwaydsl.pages import words
from pathwaydsl.pages.affected import for_whom
from pathwaydsl.pages.contents import Contents
from pathwaydsl.pages.differences import Pictures, called, head, sections
from pathwaydsl.pages.document import (
    Block,
    Chart,
    Elsewhere,
    Fact,
    Facts,
    Item,
    Listing,
    Page,
    Paragraph,
    Prose,
    Section,
    Table,
    Target,
    Words,
    plain,
)
from pathwaydsl.pages.editions import Edition, changes_name
from pathwaydsl.pages.open_questions import is_open
from pathwaydsl.report.differences import Differences

SIGNATURES = 6
"""Lines to sign."""

_SIGNING = ("Name", "Role", "Interests", "Date", "Signature")


def review_page(
    told: Differences,
    *,
    old: Edition,
    new: Edition,
    pictures: Pictures | str | None,
    fingerprint: str | None,
) -> Page:
    """The sheet.

    Args:
        told: What changed.
        old: The older edition.
        new: The newer edition, which is signed.
        pictures: Both versions drawn, or why they are not.
        fingerprint: Of what is signed, or None where it cannot be written in one file.
    """
    pathway = told.comparison.new
    name = changes_name(old, new)
    anchor = f"{pathway.id}--review"
    title = f"Review sheet: {pathway.label}, {old.version} to {called(new)}"
    parts = (
        *for_whom(told, f"{anchor}--patients", folding=False),
        *sections(told, anchor, folding=False),
        *_charts(pictures, anchor, old, new),
        *_gaps(pathway, anchor),
        _to_sign(anchor, fingerprint, pathway),
    )
    top: list[Block] = [_what(fingerprint), *head(told, old, new)]
    if pathway.change_note:
        top.append(Paragraph((Words("What the authors say of it", "strong"),), "heading"))
        top.append(Prose(pathway.change_note))
    back = Elsewhere(name, "The page of differences", kind="changes", optional=True)
    top.append(Listing((Item((Paragraph((back,)),)),), role="back"))
    target = Target("review", name, title)
    return Page(Section(anchor, title, tuple(top), parts, "review", target))


def _what(fingerprint: str | None) -> Block:
    said = "Read it from top to bottom, then sign on the last page."
    mark = f" Sheet {fingerprint}." if fingerprint is not None else ""
    return Paragraph((Words(f"{said}{mark}", "strong"),), "heading")


def _charts(
    pictures: Pictures | str | None, anchor: str, old: Edition, new: Edition
) -> Iterator[Section]:
    if pictures is None:
        return
    if isinstance(pictures, str):
        said = f"The flowcharts could not be drawn: {pictures}."
        yield Section(f"{anchor}--charts", "Both flowcharts", plain(said))
        return
    for name, svg, edition in (("old", pictures.old, old), ("new", pictures.new, new)):
        title = f"Flowchart of version {edition.version}"
        said = f"{title}. {pictures.said}"
        blocks = (Chart(svg, f"{anchor}--chart-{name}", said, on_paper=True),)
        yield Section(f"{anchor}--{name}", title, blocks, role="sheet-chart")


def _gaps(pathway: Pathway, anchor: str) -> Iterator[Section]:
    contents = Contents(pathway)
    rows = tuple(
        (
            plain(f"{contents.gap_number[gap.id]} {gap.label}"),
            plain(_status(gap)),
            plain(gap.meanwhile or "—"),
        )
        for gap in contents.gaps
        if is_open(gap)
    )
    if rows:
        table = Table(("Nobody knows", "Status", "Meanwhile"), rows, (45, 20, 35), "sheet-gaps")
        title = f"Evidence gaps that stay open: {len(rows)}"
        yield Section(f"{anchor}--open-gaps", title, (table,))


def _status(gap: Gap) -> str:
    said = words.shown(gap.status or "open")
    parts = [said, f"priority {gap.priority}" if gap.priority else ""]
    if gap.review_by is not None:
        parts.append(f"review by {date_in_words(gap.review_by)}")
    return ", ".join(part for part in parts if part)


def _to_sign(anchor: str, fingerprint: str | None, pathway: Pathway) -> Section:
    rows = tuple(tuple(plain("\xa0") for _ in _SIGNING) for _ in range(SIGNATURES))
    blocks: list[Block] = [
        Paragraph(
            (
                Words(
                    "I have read what changed and for whom, the flowcharts and the gaps above. "
                    "My interests are stated in full."
                ),
            )
        ),
        Table(_SIGNING, rows, (24, 18, 28, 12, 18), "to-sign"),
        Facts(tuple(_recorded(fingerprint, pathway)), "sheet"),
        Paragraph((Words(words.NOT_ADVICE),), "detail"),
    ]
    return Section(f"{anchor}--sign", "Signatures", tuple(blocks), role="to-sign")


def _recorded(fingerprint: str | None, pathway: Pathway) -> Iterator[Fact]:
    version = pathway.version or "no version"
    yield Fact("Signed", plain(f"{pathway.label}, version {version}"))
    if fingerprint is None:
        yield Fact("Sheet", plain("no fingerprint: the files have errors and cannot be signed"))
        return
    yield Fact("Sheet", (Paragraph((Words(fingerprint, "strong"),)),))
    written = f'approved by "NAME, ROLE" on YYYY-MM-DD  # sheet {fingerprint}'
    yield Fact("To be recorded as", plain(written))
