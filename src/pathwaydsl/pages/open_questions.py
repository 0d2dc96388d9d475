"""Evidence gaps: each with its question in four parts, its life, and where it is pinned."""

from collections.abc import Iterator

from pathwaydsl.model.gaps import Gap
from pathwaydsl.model.wording import date_in_words
from pathwaydsl.model.wording_regimens import against_in_words
from pathwaydsl.pages import anchors, words
from pathwaydsl.pages.contents import Contents
from pathwaydsl.pages.document import (
    Block,
    Fact,
    Facts,
    Line,
    Notice,
    Paragraph,
    Prose,
    Target,
    Words,
    joined,
    plain,
)
from pathwaydsl.pages.lives import life_block
from pathwaydsl.pages.results import trial_line


def gap_notices(contents: Contents) -> tuple[Block, ...]:
    """A notice for each gap, by number."""
    return tuple(_notice(contents, gap) for gap in contents.gaps)


def is_open(gap: Gap) -> bool:
    """Whether nobody has answered or withdrawn it."""
    return gap.status not in {"answered", "withdrawn"}


def _notice(contents: Contents, gap: Gap) -> Notice:
    own = gap.id in contents.pathway.node
    name = f"{contents.id}.{gap.id}" if own else gap.id
    blocks: list[Block] = [
        *life_block(contents.lives, "gap", gap.id),
        Facts(tuple(_facts(contents, gap)), "gap"),
    ]
    if gap.rationale:
        blocks.append(Prose(gap.rationale))
    return Notice(
        "gap",
        f"Evidence gap {contents.gap_number[gap.id]}: {gap.label}",
        tuple(blocks),
        anchors.gap(contents.id, gap.id),
        Target("gap", name, gap.label),
        tuple(anchors.gap(contents.id, old) for old in contents.old_ids(gap)),
    )


def _facts(contents: Contents, gap: Gap) -> Iterator[Fact]:
    yield from _question(gap)
    if gap.gap_kind:
        yield Fact("Kind", plain(words.GAP_KIND.get(gap.gap_kind, words.shown(gap.gap_kind))))
    if gap.priority:
        yield Fact("Priority", plain(words.shown(gap.priority)))
    if gap.status:
        since = f", raised {date_in_words(gap.raised)}" if gap.raised else ""
        review = f", review by {date_in_words(gap.review_by)}" if gap.review_by else ""
        yield Fact("Status", plain(f"{words.shown(gap.status)}{since}{review}"))
    trials = tuple(_trials(contents, gap))
    if trials:
        yield Fact("Studied by", (Paragraph(joined(trials)),))
    if gap.answered is not None:
        line = contents.evidence_link(gap.answered.evidence) or (Words("evidence"),)
        on: Line = (Words(f", {date_in_words(gap.answered.on)}"),)
        yield Fact("Answered by", (Paragraph((*line, *on)),))
    if gap.meanwhile:
        yield Fact("Meanwhile", plain(gap.meanwhile))
    for against in gap.against:
        said = against_in_words(against, contents.pathway.library)
        yield Fact("Advice against", (Paragraph((Words(said, "against"),)),))
    if gap.owner:
        yield Fact("Owner", plain(gap.owner))
    yield from _places(contents, gap)


def _question(gap: Gap) -> Iterator[Fact]:
    if gap.question is None:
        return
    for term, text in (
        ("In whom", gap.question.population),
        ("What", gap.question.intervention),
        ("Compared with", gap.question.comparator),
        ("For what outcome", gap.question.outcome),
    ):
        if text:
            yield Fact(term, plain(text))


def _trials(contents: Contents, gap: Gap) -> Iterator[Line]:
    for study in gap.studied_by:
        if study.trial is not None:
            yield trial_line(study.trial.registry, str(study.trial))
        elif study.evidence and (line := contents.evidence_link(study.evidence)) is not None:
            yield line


def _places(contents: Contents, gap: Gap) -> Iterator[Fact]:
    if gap.id in contents.pathway.node:
        yield Fact("Arrived at", (Paragraph(contents.step_link(gap.id)),))
    pins = contents.pins.get(gap.id, ())
    if pins:
        places: list[Line] = []
        for pin in pins:
            line = contents.step_link(pin.node)
            if pin.target is not None:
                line = (*line, Words(" towards "), *contents.step_link(pin.target))
            places.append(line)
        yield Fact("Pinned at", (Paragraph(joined(tuple(places), "; ")),))
