"""The evidence a pathway cites, each study with its published results.

A result published after the pathway's date stays out; medians of different studies never share
a table, since their clocks differ.
"""

from collections.abc import Iterator

from pathwaydsl.model.evidence import (
    Arm,
    Bound,
    Estimate,
    Events,
    Evidence,
    Interval,
    PValue,
    Result,
)
from pathwaydsl.model.values import Quantity
from pathwaydsl.model.wording import (
    date_in_words,
    in_words,
    number_in_words,
    quantity_in_words,
    unit_in_words,
)
from pathwaydsl.pages import anchors, words
from pathwaydsl.pages.contents import Contents, known_by
from pathwaydsl.pages.document import (
    Block,
    Fact,
    Facts,
    Item,
    Line,
    Listing,
    Outside,
    Paragraph,
    Prose,
    Section,
    Table,
    Target,
    Words,
    plain,
)

HEADER = ("Outcome", "By arm", "Effect", "Sources")
WIDTHS = (28, 29, 20, 23)


def studies(contents: Contents) -> tuple[Section, ...]:
    """A section for each study with results, in the order first cited, then the other documents."""
    with_results = [study for study in contents.evidence if study.outcomes]
    others = [study for study in contents.evidence if not study.outcomes]
    sections = [_study(contents, study) for study in with_results]
    if others:
        items = tuple(_document(contents, study) for study in others)
        anchor = anchors.section(contents.id, "documents")
        title = "Guidelines, labels and other documents"
        sections.append(Section(anchor, title, (Listing(items, role="documents"),)))
    return tuple(sections)


def _document(contents: Contents, study: Evidence) -> Item:
    """A document without results, as an entry of a list."""
    blocks: list[Block] = [Paragraph((Words(study.label, "strong"),))]
    blocks += _retracted(contents, study)
    for fact in _facts(contents, study):
        said = [block for block in fact.blocks if isinstance(block, Paragraph)]
        line = said[0].line if said else ()
        blocks.append(Paragraph((Words(f"{fact.term}: ", "quiet"), *line), "detail"))
    if study.rationale:
        blocks.append(Prose(study.rationale))
    target = Target("evidence", study.id, study.label)
    aliases = tuple(anchors.evidence(contents.id, old) for old in contents.old_ids(study))
    return Item(tuple(blocks), anchors.evidence(contents.id, study.id), target, aliases=aliases)


def _retracted(contents: Contents, study: Evidence) -> Iterator[Block]:
    if study.retracted is not None and known_by(study.retracted, contents.pathway.date):
        said = f"Retracted on {date_in_words(study.retracted)}"
        yield Paragraph((Words(said, "danger"),))


def _study(contents: Contents, study: Evidence) -> Section:
    blocks: list[Block] = [*_retracted(contents, study)]
    blocks.append(Facts(tuple(_facts(contents, study)), "study"))
    known = [each for each in study.outcomes if known_by(each.published, contents.pathway.date)]
    if known:
        rows = tuple(_row(contents, result) for result in known)
        blocks.append(Table(HEADER, rows, WIDTHS, "results"))
    if study.rationale:
        blocks.append(Prose(study.rationale))
    return Section(
        anchors.evidence(contents.id, study.id),
        study.label,
        tuple(block for block in blocks if not isinstance(block, Facts) or block.rows),
        role="study",
        target=Target("evidence", study.id, study.label),
        aliases=tuple(anchors.evidence(contents.id, old) for old in contents.old_ids(study)),
    )


def _facts(contents: Contents, study: Evidence) -> Iterator[Fact]:
    about: list[str] = []
    if study.kind:
        about.append(words.EVIDENCE_KIND.get(study.kind, words.shown(study.kind)))
    if study.phase:
        about.append(f"phase {study.phase}")
    if study.enrolled is not None:
        about.append(f"{study.enrolled} patients")
    if study.published is not None and known_by(study.published, contents.pathway.date):
        about.append(f"published {date_in_words(study.published)}")
    if about:
        yield Fact("Kind", plain(", ".join(about)))
    if study.trial is not None:
        yield Fact(
            "Registered as", (Paragraph(trial_line(study.trial.registry, str(study.trial))),)
        )
    if study.compares is not None:
        yield Fact("Compares", plain(f"{study.compares[0]} with {study.compares[1]}"))
    if study.eligible is not None:
        said = in_words(study.eligible, contents.pathway.library)
        yield Fact("Who could enter", plain(said))
    sources = contents.sources(study.cites)
    if sources:
        yield Fact("Source", (Paragraph(sources),))


def trial_line(registry: str, text: str) -> Line:
    """A trial's registry id, linked where the registry has a well-known address."""
    if registry == "nct":
        return (Outside(f"https://clinicaltrials.gov/study/{text}", text),)
    return (Words(text),)


def _row(contents: Contents, result: Result) -> tuple[tuple[Block, ...], ...]:
    lines = (contents.sources((cite,)) for cite in result.cites)
    sources = tuple(Paragraph(line) for line in lines if line)
    return (_outcome(result), _arms(result), _effect(result), sources or plain("—"))


def _outcome(result: Result) -> tuple[Block, ...]:
    blocks: list[Block] = [Paragraph((Words(result.label, "strong"),))]
    marks = [
        word
        for word, holds in (
            ("harm", result.harm),
            ("immature", result.immature),
            ("descriptive", result.descriptive),
            ("exploratory", result.exploratory),
        )
        if holds
    ]
    if marks:
        line: list[Words] = []
        for mark in marks:
            line += [Words(mark.capitalize(), "badge"), Words(" ")]
        blocks.append(Paragraph(tuple(line[:-1])))
    facts = (
        ("Assessed by ", result.assessed_by),
        ("Clock from ", result.clock_from),
        ("Published ", date_in_words(result.published) if result.published else None),
        ("Follow-up ", quantity_in_words(result.follow_up) if result.follow_up else None),
    )
    blocks += [
        Paragraph((Words(term, "quiet"), Words(said)), "detail") for term, said in facts if said
    ]
    if result.certainty is not None:
        said = f"{words.shown(result.certainty.level)} — {result.certainty.because}"
        blocks.append(Paragraph((Words("Certainty ", "quiet"), Words(said)), "detail"))
    blocks += [Paragraph((Words(note),), "detail") for note in result.notes]
    return tuple(blocks)


def _arms(result: Result) -> tuple[Block, ...]:
    items = [Item((Paragraph(_arm(arm)),)) for arm in result.arms]
    items += [Item(plain(_events(each))) for each in result.events]
    return (Listing(tuple(items), role="arms"),) if items else plain("—")


def _arm(arm: Arm) -> Line:
    said: list[str] = []
    if arm.value is not None:
        said.append(_measured(arm.value, arm.unit))
    if arm.interval is not None:
        said.append(f"(95 % CI {_interval(arm.interval, arm.unit)})")
    if arm.events is not None:
        said.append(f"{', ' if said else ''}{_events(arm.events)}")
    value = " ".join(said).replace(" , ", ", ") or "no value published"
    return (Words(f"{arm.name}: "), Words(value, "strong"))


def _events(events: Events) -> str:
    return f"{events.count} of {events.total} patients with an event"


def _bound(bound: Bound) -> str:
    return "not reached" if bound.number is None else number_in_words(bound.number)


def _measured(bound: Bound, unit: str | None) -> str:
    if bound.number is None:
        return "not reached"
    return quantity_in_words(Quantity(bound.number, unit))


def _interval(interval: Interval, unit: str | None) -> str:
    said = f"{_bound(interval.low)} to {_bound(interval.high)}"
    return f"{said} {unit_in_words(unit)}" if unit and interval.high.reached else said


def _effect(result: Result) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if result.estimate is not None:
        blocks += _estimate(result.estimate)
    if result.p is not None:
        blocks += plain(p_in_words(result.p))
    return tuple(blocks) or plain("—")


def _estimate(estimate: Estimate) -> Iterator[Block]:
    name = words.ESTIMATE[estimate.kind]
    value = quantity_in_words(Quantity(estimate.value, estimate.unit))
    yield Paragraph((Words(f"{name} "), Words(value, "strong")))
    if estimate.interval is not None:
        yield from plain(f"95 % CI {_interval(estimate.interval, estimate.unit)}")


def p_in_words(p: PValue) -> str:
    """`p = 0.0074, one-sided`, `p < 0.001`."""
    sides = {1: ", one-sided", 2: ", two-sided"}.get(p.sides or 0, "")
    return f"p {'<' if p.below else '='} {number_in_words(p.value)}{sides}"
