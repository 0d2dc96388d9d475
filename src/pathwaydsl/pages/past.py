"""A pathway's history: each version, what it changed, and the life of gaps and advice."""

from collections.abc import Iterator, Mapping, Sequence

from pathwaydsl.chart.gap_history import Count, gap_history
from pathwaydsl.model.wording import date_in_words
from pathwaydsl.pages import anchors, words
from pathwaydsl.pages.differences import NEEDS
from pathwaydsl.pages.document import (
    Block,
    Drawn,
    Elsewhere,
    Folded,
    Item,
    Line,
    Link,
    Listing,
    Notice,
    Page,
    Paragraph,
    Piece,
    Prose,
    Section,
    Table,
    Target,
    Words,
    joined,
    plain,
)
from pathwaydsl.pages.editions import Edition, Editions, changes_name
from pathwaydsl.pages.lives import Lives, lives
from pathwaydsl.report.differences import Differences
from pathwaydsl.versions.history import History, Life

_COUNTS = ("Version", "Open", "Under study", "Answered", "Withdrawn")


def history_page(history: History, editions: Editions, steps: Sequence[Differences]) -> Page:
    """The page of a history.

    Args:
        history: The versions, the working file last.
        editions: The same as editions.
        steps: What changed from each version to the next, oldest first.
    """
    newest = history.versions[-1]
    anchor = f"{newest.id}--history"
    title = f"{newest.label}: history"
    known = lives(history, editions)
    parts = [
        Section(f"{anchor}--versions", "Versions", (), tuple(_versions(editions, steps, anchor))),
        *_counts(history, editions, anchor),
        *_lives(history.gaps, known, editions, f"{anchor}--gaps", "The life of each evidence gap"),
        *_lives(
            history.recommendations,
            known,
            editions,
            f"{anchor}--advice",
            "The life of each recommendation",
        ),
    ]
    links: list[Line] = [(Link(part.anchor, part.title),) for part in parts]
    breaks = (
        Notice("caution", "Chain of versions", plain(f"{b.message}.")) for b in history.breaks
    )
    back = Elsewhere(newest.id, "The whole page of this pathway", anchor=newest.id)
    top: tuple[Block, ...] = (
        *breaks,
        Paragraph((Words("On this page: ", "quiet"), *joined(tuple(links), " · ")), "parts"),
        Listing((Item((Paragraph((back,)),)),), role="versions"),
    )
    target = Target("history", newest.id, title)
    return Page(Section(anchor, title, top, tuple(parts), "history", target))


# each version


def _versions(editions: Editions, steps: Sequence[Differences], anchor: str) -> Iterator[Section]:
    """A section for each version, the newest first."""
    every = (*editions.released, editions.working)
    before: Mapping[Edition, tuple[Edition, Differences]] = {
        new: (old, told) for (old, new), told in zip(editions.steps, steps, strict=True)
    }
    for edition in reversed(every):
        name = f"{anchor}--{edition.part}"
        number = f"Version {edition.version}" if edition.version else "Without a version"
        title = number if edition.released else f"{number}, working file, not released"
        blocks = [Paragraph(_about(edition))]
        step = before.get(edition)
        if step is None:
            blocks.append(Paragraph((Words("The first version."),)))
            yield Section(name, title, tuple(blocks))
        else:
            yield Section(name, title, (*blocks, *_step(*step, edition)))


def _about(edition: Edition) -> Line:
    dated = date_in_words(edition.date) if edition.date else "no date stated"
    page = Elsewhere(edition.name, "the page of this version", anchor=edition.pathway)
    return (Words(edition.status, "badge"), Words(f" {dated} · "), page)


def _step(old: Edition, told: Differences, new: Edition) -> Iterator[Block]:
    """What a version changed: for whom, which number it needed, how much of what."""
    verdict = told.verdict
    note = told.comparison.new.change_note
    if note:
        yield Prose(note)
    yield Paragraph((Words(verdict.statement, "strong"),))
    if not told.comparison.comparable:
        return
    advice = tuple(change.message for line in told.advice for change in line.every)
    if advice:
        blocks = tuple(block for each in advice for block in plain(f"{each}."))
        yield Folded("What patients lose and gain", blocks)
    counts = tuple(Item(plain(f"{part.title}: {part.number}")) for part in told.parts)
    yield Listing(counts, role="notes")
    yield Paragraph((Words(f"{NEEDS[verdict.required]} {verdict.number}", "quiet"),), "detail")
    name = changes_name(old, new)
    links: tuple[Line, ...] = (
        (Elsewhere(name, f"Everything that changed since {old.version}", kind="changes"),),
        (Elsewhere(name, "Review sheet", kind="review"),),
    )
    yield Paragraph(joined(links, " · "))


# gaps over versions


def _counts(history: History, editions: Editions, anchor: str) -> Iterator[Section]:
    if len(history.versions) < 2:
        return
    every = (*editions.released, editions.working)
    newest = history.versions[-1]
    named = [
        str(edition.version) if edition.released else f"{edition.version}, working file"
        for edition in every
    ]
    bars = [
        Count(name, each.open, each.under_study, each.answered)
        for name, each in zip(named, history.counts, strict=True)
    ]
    rows = tuple(
        (
            (Paragraph((Elsewhere(edition.name, name, anchor=edition.pathway),)),),
            plain(str(each.open)),
            plain(str(each.under_study)),
            plain(str(each.answered)),
            plain(str(each.withdrawn)),
        )
        for edition, name, each in zip(every, named, history.counts, strict=True)
    )
    picture = gap_history(
        bars, prefix=f"{anchor}--bars", title=f"Evidence gaps of {newest.label} over its versions"
    )
    legend = Paragraph((Words("Filled: open. Dashed: under study. Empty: answered.", "quiet"),))
    table = Table(_COUNTS, rows, (36, 16, 16, 16, 16), "gap-counts")
    yield Section(f"{anchor}--counts", "Gaps over versions", (Drawn(picture, (table, legend)),))


# lives


def _lives(
    told: Sequence[Life], known: Lives, editions: Editions, anchor: str, title: str
) -> Iterator[Section]:
    if not told:
        return
    rows = tuple(_life(life, known.get((life.kind, life.id), ()), editions) for life in told)
    if told[0].kind == "gap":
        header, widths = ("Evidence gap", "Over the versions", "Now"), (46, 38, 16)
    else:
        header, widths = ("Recommendation", "Over the versions", "Now"), (46, 38, 16)
    yield Section(anchor, title, (Table(header, rows, widths, "lives"),))


def _life(life: Life, line: Line, editions: Editions) -> tuple[tuple[Block, ...], ...]:
    working = editions.working.pathway
    anchor = anchors.gap(working, life.id) if life.kind == "gap" else anchors.step(working, life.id)
    name: Piece = Words(life.label)
    if not life.gone:
        name = Elsewhere(editions.working.name, life.label, anchor=anchor)
    if life.gone:
        now = "gone"
    elif life.kind == "gap":
        now = words.shown(life.status) if life.status else "open"
    else:
        now = "in force"
    return (Paragraph((name,)),), (Paragraph(line or (Words(life.said),)),), plain(now)
