"""What the page of a pathway says, part by part, in the order of reading.

The content knows no HTML and no Sphinx; whoever shows it decides nothing about what is said.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from attrs import evolve

from pathwaydsl.model.pathway import Approval, Pathway
from pathwaydsl.model.wording import date_in_words, in_words
from pathwaydsl.pages import anchors, words
from pathwaydsl.pages.asked import criteria
from pathwaydsl.pages.citing import citation
from pathwaydsl.pages.contents import Contents
from pathwaydsl.pages.document import (
    Block,
    Chart,
    Drawn,
    Elsewhere,
    Fact,
    Facts,
    Flowchart,
    Folded,
    Line,
    Link,
    Listing,
    Notice,
    Outside,
    Page,
    Paragraph,
    Prose,
    Section,
    Summary,
    Table,
    Target,
    Words,
    joined,
    plain,
)
from pathwaydsl.pages.editions import Editions, notices, versions
from pathwaydsl.pages.lives import NO_LIVES, lives
from pathwaydsl.pages.open_questions import gap_notices, is_open
from pathwaydsl.pages.outline import outline
from pathwaydsl.pages.patients import cases, no_cases
from pathwaydsl.pages.recommended import recommendations
from pathwaydsl.pages.results import studies
from pathwaydsl.pages.who_gets_what import who_gets_what
from pathwaydsl.text.suggestion import listed
from pathwaydsl.versions.history import History

_ORGANISATION = re.compile(
    r"\b(?:" + "|".join(re.escape(name) for name in words.NAMED_ORGANISATIONS) + r")\b"
)


def page_of(
    pathway: Pathway,
    *,
    errors: int = 0,
    editions: Editions | None = None,
    charted: bool = True,
    others: Mapping[str, Pathway] = MappingProxyType({}),
    history: History | None = None,
    signed: Mapping[int, str] = MappingProxyType({}),
) -> Page:
    """The page of a pathway.

    Args:
        pathway: The pathway; what its author left out is said to be missing.
        errors: How many errors were found in its files; with any, the page says so on top.
        editions: Its other versions, or None where none are known.
        charted: Whether there is a place for the flowchart.
        others: Pathways of the project by id, for those that it enters.
        history: What its versions say of each recommendation and gap, or None without any.
        signed: The fingerprint of what each approval was given to, by where the approval begins.
    """
    told = lives(history, editions) if history is not None and editions is not None else NO_LIVES
    contents = Contents(pathway, editions, told)
    outcomes = tuple(who_gets_what(contents, others, errors))
    parts = [
        _section(contents, "summary", "Summary", tuple(_summary(contents, signed))),
        _section(contents, "flowchart", "Flowchart", (_flowchart(contents),) if charted else ()),
        _section(contents, "recommended", "What is recommended", (), recommendations(contents)),
        _section(contents, "outcomes", "Who gets what", outcomes),
        _section(contents, "outline", "The flow, step by step", tuple(outline(contents))),
        _section(contents, "evidence", "Evidence", (), studies(contents)),
        _section(contents, "gaps", "Evidence gaps", gap_notices(contents)),
        _section(contents, "cases", "Patient cases", _about_cases(contents), cases(contents)),
        _section(contents, "criteria", "What is asked of a patient", tuple(criteria(contents))),
        _section(contents, "cite", "How to cite", citation(pathway)),
    ]
    shown = tuple(part for part in parts if part.blocks or part.sections)
    top = (
        *_errors(errors),
        *notices(editions),
        *_head(contents),
        *versions(editions, pathway),
        _parts(shown),
    )
    name = editions.here.name if editions is not None else pathway.id
    target = Target("pathway", name, pathway.label)
    root = Section(contents.id, pathway.label, top, shown, "page", target)
    last = _section(contents, "notes", "Notes", tuple(_notes(root)))
    root = evolve(root, sections=(*shown, last))
    return Page(root, summary_of(pathway, editions), contents.flow)


def summary_of(pathway: Pathway, editions: Editions | None = None) -> Summary:
    """What an index says of a pathway."""
    contents = Contents(pathway)
    return Summary(
        id=pathway.id,
        title=pathway.label,
        version=str(pathway.version) if pathway.version else "no version",
        status=_status(pathway),
        date=date_in_words(pathway.date) if pathway.date else "no date",
        population=pathway.population or "",
        open_gaps=sum(is_open(gap) for gap in contents.gaps),
        steps=len(pathway.nodes),
        last_change=_last_change(pathway, editions),
    )


def _last_change(pathway: Pathway, editions: Editions | None) -> str:
    """The first line of what the version changed, and the newest release."""
    note = (pathway.change_note or "").strip().partition("\n")[0]
    if editions is None or not editions.released:
        return note
    newest = editions.latest
    dated = f" of {date_in_words(newest.date)}" if newest.date else ""
    return f"Newest release {newest.version}{dated}. {note}".strip()


def _section(
    contents: Contents,
    name: str,
    title: str,
    blocks: tuple[Block, ...],
    sections: tuple[Section, ...] = (),
) -> Section:
    return Section(anchors.section(contents.id, name), title, blocks, sections, role=name)


def _status(pathway: Pathway) -> str:
    if pathway.status is None:
        return "No status"
    return words.STATUS.get(pathway.status, words.shown(pathway.status))


def _errors(errors: int) -> Iterator[Block]:
    if errors:
        count = "An error was" if errors == 1 else f"{errors} errors were"
        said = f"{count} found in the files of this pathway. What stands here may be wrong."
        yield Notice("danger", "Not fit for use", plain(said))


def _head(contents: Contents) -> Iterator[Block]:
    pathway = contents.pathway
    rows = [
        Fact("Version", plain(str(pathway.version) if pathway.version else "none stated")),
        Fact("Status", (Paragraph((Words(_status(pathway), "badge"),)),)),
        Fact("Date", plain(date_in_words(pathway.date) if pathway.date else "none stated")),
        Fact("For whom", plain(pathway.population or "not stated")),
    ]
    yield Facts(tuple(rows), "head")


def _parts(shown: tuple[Section, ...]) -> Block:
    """Where to jump to, on a page that is long."""
    links: list[Line] = [(Link(part.anchor, part.title),) for part in shown]
    return Paragraph((Words("On this page: ", "quiet"), *joined(tuple(links), " · ")), "parts")


# summary


def _summary(contents: Contents, signed: Mapping[int, str]) -> Iterator[Block]:
    pathway = contents.pathway
    rows: list[Fact] = []
    if pathway.eligible is not None:
        rows.append(Fact("Who fits", plain(in_words(pathway.eligible, pathway.library))))
    else:
        rows.append(Fact("Who fits", plain("Everyone")))
    if pathway.start is not None:
        rows.append(Fact("Starts at", (Paragraph(contents.step_link(pathway.start)),)))
    rows.append(Fact("Evidence gaps", (Paragraph(_gap_count(contents)),)))
    if pathway.supersedes is not None:
        rows.append(Fact("Supersedes", plain(f"version {pathway.supersedes}")))
    if pathway.searched_to is not None:
        rows.append(Fact("Literature searched to", plain(date_in_words(pathway.searched_to))))
    rows += [
        Fact("Author", plain(f"{each.name}, {each.role}. Interests: {each.interests}"))
        for each in pathway.authors
    ]
    rows += [Fact("Approved by", _approval(each, signed)) for each in pathway.approvals]
    if pathway.license:
        rows.append(Fact("Licence", plain(pathway.license)))
    if pathway.rationale:
        yield Prose(pathway.rationale)
    yield Facts(tuple(rows), "summary")
    if pathway.change_note:
        yield Paragraph((Words("What this version changed", "strong"),), "heading")
        yield Prose(pathway.change_note)


def _approval(approval: Approval, signed: Mapping[int, str]) -> tuple[Block, ...]:
    """Who approved it and when, and the fingerprint of what was signed, where it is recorded."""
    said = f"{approval.by}, {date_in_words(approval.on)}"
    sheet = None if approval.span is None else signed.get(approval.span.start)
    if sheet is None:
        return plain(said)
    return plain(f"{said}. Signed was the review sheet {sheet}")


def _gap_count(contents: Contents) -> Line:
    open_gaps = sum(is_open(gap) for gap in contents.gaps)
    if not contents.gaps:
        return (Words("none declared"),)
    high = sum(is_open(gap) and gap.priority == "high" for gap in contents.gaps)
    said = f"{open_gaps} not answered, {high} of them of high priority"
    return (Link(anchors.section(contents.id, "gaps"), said, "gap"),)


def _flowchart(contents: Contents) -> Block:
    return Flowchart(
        contents.id,
        f"{contents.pathway.label}, version {contents.pathway.version or 'not stated'}",
        anchors.section(contents.id, "outline"),
    )


def _about_cases(contents: Contents) -> tuple[Block, ...]:
    return () if contents.pathway.cases else (no_cases(),)


# notes


def _notes(root: Section) -> Iterator[Block]:
    yield Notice("note", "Not medical advice", plain(words.NOT_ADVICE))
    named = sorted({name for text in texts_of(root) for name in _ORGANISATION.findall(text)})
    if named:
        verb = (
            "is named as a source only and does"
            if len(named) == 1
            else ("are named as sources only and do")
        )
        said = f"{listed(named, 'and')} {verb} not endorse this page."
        yield Notice("note", "No endorsement", plain(said))


def texts_of(section: Section) -> Iterator[str]:
    """Every text of a section and of the sections in it."""
    yield section.title
    for block in section.blocks:
        yield from _texts(block)
    for inner in section.sections:
        yield from texts_of(inner)


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(line):
            yield from (piece.text for piece in line if _says(piece))
        case Prose(text):
            yield text
        case Facts(rows):
            for row in rows:
                yield row.term
                yield from (text for each in row.blocks for text in _texts(each))
        case Listing(items):
            for entry in items:
                yield from (text for each in entry.blocks for text in _texts(each))
        case Table(header, rows):
            yield from header
            for cells in rows:
                yield from (text for cell in cells for each in cell for text in _texts(each))
        case Notice(_, title, blocks):
            yield title
            yield from (text for each in blocks for text in _texts(each))
        case Flowchart():
            yield block.caption
        case Drawn(_, beside):
            yield from (text for each in beside for text in _texts(each))
        case Chart():
            yield block.caption
        case Folded(title, blocks):
            yield title
            yield from (text for each in blocks for text in _texts(each))


def _says(piece: Words | Link | Outside | Elsewhere) -> bool:
    return bool(piece.text)
