"""What the page of one pathway gives to the registers: entries, ratios and counts of gaps.

Everything here is small and plain, so that registers of a thousand pathways can be put together
from it without reading a pathway again.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from attrs import evolve, frozen

from pathwaydsl.model.evidence import Evidence
from pathwaydsl.model.gaps import Gap
from pathwaydsl.model.nodes import Treat
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.model.regimens import Drug, Regimen
from pathwaydsl.model.values import Code, PartialDate
from pathwaydsl.model.wording import date_in_words
from pathwaydsl.model.wording_regimens import give_in_words
from pathwaydsl.pages import anchors, words
from pathwaydsl.pages.asked import answers
from pathwaydsl.pages.contents import Contents, code_line, known_by
from pathwaydsl.pages.document import (
    Block,
    Elsewhere,
    Item,
    Line,
    Listing,
    Paragraph,
    Words,
    joined,
    plain,
)
from pathwaydsl.pages.effects import Effect, effects_of
from pathwaydsl.pages.open_questions import is_open
from pathwaydsl.pages.results import trial_line

Register = Literal["gaps", "evidence", "criteria", "drugs", "regimens"]

Cells = tuple[tuple[Block, ...], ...]


@frozen
class Entry:
    """A row of a register.

    Attributes:
        register: The register it stands in.
        group: The part of the register, as `open high`; empty where it has no parts.
        order: What it is sorted by.
        id: The id of the thing.
        cells: Its cells but the last.
        uses: Where it is used; equal rows of several pathways become one with all uses.
    """

    register: Register
    group: str
    order: tuple[str, ...]
    id: str
    cells: Cells
    uses: tuple[Elsewhere, ...]


@frozen
class Standing:
    """How many gaps of each status a version of a pathway has."""

    pathway: str
    title: str
    version: str
    date: str
    released: bool
    high: int
    open: int
    under_study: int
    answered: int
    withdrawn: int


@frozen
class Told:
    """All that one page gives to the registers."""

    entries: tuple[Entry, ...] = ()
    effects: tuple[Effect, ...] = ()
    standings: tuple[Standing, ...] = ()

    def entries_of(self, register: Register) -> tuple[Entry, ...]:
        """The rows for one register."""
        return tuple(each for each in self.entries if each.register == register)


def told_of(
    pathway: Pathway, releases: Sequence[Pathway] = (), as_of: PartialDate | None = None
) -> Told:
    """What a pathway gives to the registers.

    Args:
        pathway: The working file.
        releases: Its releases, oldest first.
        as_of: The date that ages are counted to; the pathway's own without one.
    """
    contents = Contents(pathway)
    entries = (
        *(_gap(contents, gap, as_of or pathway.date) for gap in contents.gaps),
        *(_study(contents, study) for study in contents.evidence),
        *(_criterion_entries(contents)),
        *(_drugs(contents)),
        *(_regimen(contents, regimen) for regimen in contents.regimens),
    )
    effects = tuple(each for study in contents.evidence for each in effects_of(contents, study))
    standings = (
        *(standing_of(each, released=True) for each in releases),
        standing_of(pathway, released=False),
    )
    return Told(entries, effects, standings)


def standing_of(pathway: Pathway, *, released: bool) -> Standing:
    """The gaps of one version, counted."""
    gaps = Contents(pathway).gaps
    by = [gap.status or "open" for gap in gaps]
    return Standing(
        pathway.id,
        pathway.label,
        str(pathway.version) if pathway.version else "no version",
        date_in_words(pathway.date) if pathway.date else "no date",
        released,
        sum(is_open(gap) and gap.priority == "high" for gap in gaps),
        by.count("open"),
        by.count("under-study"),
        by.count("answered"),
        by.count("withdrawn"),
    )


def _here(contents: Contents, anchor: str, text: str | None = None) -> Elsewhere:
    return Elsewhere(contents.id, text or contents.pathway.label, anchor=anchor)


def _coded(label: str, codes: Sequence[Code]) -> tuple[Block, ...]:
    blocks: list[Block] = [Paragraph((Words(label, "strong"),))]
    if codes:
        blocks.append(Paragraph(joined(tuple(code_line(code) for code in codes)), "detail"))
    return tuple(blocks)


# gaps

_PRIORITY = {"high": "1", "medium": "2", "low": "3"}


def _gap(contents: Contents, gap: Gap, on: PartialDate | None) -> Entry:
    place = anchors.gap(contents.id, gap.id)
    number = f"{contents.gap_number[gap.id]} {gap.label}"
    kind = words.GAP_KIND.get(gap.gap_kind, words.shown(gap.gap_kind)) if gap.gap_kind else "—"
    group = gap.priority or "none" if is_open(gap) else str(gap.status)
    trials = tuple(_trials(contents, gap))
    cells: Cells = (
        (Paragraph((_here(contents, place, number),)),),
        plain(words.shown(gap.priority) if gap.priority else "no priority"),
        plain(kind),
        _life(contents, gap),
        plain(age_in_words(gap.raised, on) if gap.raised and on else "age not stated"),
        (Paragraph(joined(trials)),) if trials else plain("no trial named"),
    )
    raised = str(gap.raised or "9999")
    order = (_PRIORITY.get(gap.priority or "", "4"), kind, raised, contents.id, gap.id)
    return Entry(
        "gaps", group, order, gap.id, cells, (Elsewhere(contents.id, contents.pathway.label),)
    )


def _life(contents: Contents, gap: Gap) -> tuple[Block, ...]:
    blocks: list[Block] = [
        Paragraph((Words(words.shown(gap.status) if gap.status else "no status", "gap"),))
    ]
    said = [f"raised {date_in_words(gap.raised)}"] if gap.raised else []
    if gap.answered is not None:
        study = contents.pathway.library.study.get(gap.answered.evidence)
        label = study.label if study is not None else gap.answered.evidence
        said.append(f"answered {date_in_words(gap.answered.on)} by {label}")
    elif gap.review_by is not None:
        said.append(f"review by {date_in_words(gap.review_by)}")
    if said:
        blocks.append(Paragraph((Words(", ".join(said)),), "detail"))
    return tuple(blocks)


def _trials(contents: Contents, gap: Gap) -> Iterator[Line]:
    for study in gap.studied_by:
        if study.trial is not None:
            yield trial_line(study.trial.registry, str(study.trial))
        elif study.evidence and contents.evidence_link(study.evidence) is not None:
            label = contents.pathway.library.study[study.evidence].label
            yield (_here(contents, anchors.evidence(contents.id, study.evidence), label),)


def age_in_words(raised: PartialDate, on: PartialDate) -> str:
    """How old something is: `5 years, 2 months`; `about 5 years` where only a year is known."""
    if raised.month is None or on.month is None:
        years = on.year - raised.year
        return f"about {_counted(years, 'year')}" if years > 0 else "less than a year"
    months = (on.year - raised.year) * 12 + on.month - raised.month
    months -= (on.day or 1) < (raised.day or 1)
    if months < 1:
        return "less than a month"
    years, months = divmod(months, 12)
    parts = [_counted(years, "year")] if years else []
    parts += [_counted(months, "month")] if months else []
    return ", ".join(parts)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


# evidence


def _study(contents: Contents, study: Evidence) -> Entry:
    about = [words.EVIDENCE_KIND.get(study.kind, words.shown(study.kind))] if study.kind else []
    about += [f"phase {study.phase}"] if study.phase else []
    about += [f"{study.enrolled} patients"] if study.enrolled is not None else []
    lines: list[Line] = []
    if study.trial is not None:
        lines.append(trial_line(study.trial.registry, str(study.trial)))
    lines += [code_line(cite.code) for cite in study.cites if cite.code is not None]
    date = study.published or (study.dates[0] if study.dates else None)
    known = date is not None and known_by(date, contents.pathway.date)
    name: list[Block] = [Paragraph((Words(study.label, "strong"),))]
    if study.compares is not None:
        compared = f"{study.compares[0]} with {study.compares[1]}"
        name.append(Paragraph((Words(compared),), "detail"))
    cells: Cells = (
        tuple(name),
        plain(", ".join(about) or "—"),
        plain(date_in_words(date) if date is not None and known else "—"),
        tuple(Paragraph(line) for line in lines) or plain("—"),
    )
    use = _here(contents, anchors.evidence(contents.id, study.id))
    return Entry("evidence", "", (study.label.lower(), study.id), study.id, cells, (use,))


# criteria, drugs and regimens


def _criterion_entries(contents: Contents) -> Iterator[Entry]:
    for criterion in contents.criteria:
        cells: Cells = (_coded(criterion.label, criterion.codes), plain(answers(criterion)))
        use = _here(contents, anchors.criterion(contents.id, criterion.id))
        order = (criterion.label.lower(), criterion.id)
        yield Entry("criteria", "", order, criterion.id, cells, (use,))


def _drugs(contents: Contents) -> Iterator[Entry]:
    library = contents.pathway.library
    found: dict[str, list[Regimen]] = {}
    for regimen in contents.regimens:
        for name in regimen.drugs:
            if name in library.drug:
                found.setdefault(name, []).append(regimen)
    for name, regimens in found.items():
        yield _drug(contents, library.drug[name], regimens)


def _drug(contents: Contents, drug: Drug, regimens: Sequence[Regimen]) -> Entry:
    uses = tuple(
        _here(contents, _given(contents, each.id), f"{each.label} ({contents.pathway.label})")
        for each in regimens
    )
    cells: Cells = (_coded(drug.label, drug.codes), plain(", ".join(drug.classes) or "—"))
    return Entry("drugs", "", (drug.label.lower(), drug.id), drug.id, cells, uses)


def _given(contents: Contents, regimen: str) -> str:
    return anchors.recommendation(contents.id, contents.first_with[regimen])


def regimen_lines(pathway: Pathway, regimen: Regimen) -> tuple[str, ...]:
    """Each thing to give with dose, route and schedule, a line each; alternatives stand in one."""
    return tuple(give_in_words(evolve(give, until=None), pathway.library) for give in regimen.gives)


def _regimen(contents: Contents, regimen: Regimen) -> Entry:
    items = tuple(Item(plain(line)) for line in regimen_lines(contents.pathway, regimen))
    cells: Cells = (
        _coded(regimen.label, regimen.codes),
        (Listing(items),) if items else plain("—"),
    )
    steps = [
        node for node in contents.steps if isinstance(node, Treat) and node.regimen == regimen.id
    ]
    uses = tuple(
        _here(
            contents,
            anchors.recommendation(contents.id, node.id),
            f"{node.label} ({contents.pathway.label})",
        )
        for node in steps
    )
    return Entry("regimens", "", (regimen.label.lower(), regimen.id), regimen.id, cells, uses)
