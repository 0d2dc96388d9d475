"""The page of differences between two versions: what came, what went, what changed, side by side.

Who reads it signs for it, so the parts stand in the order of weight, and nothing is left out.
"""

from collections.abc import Iterator, Sequence

from pathwaydsl.model.pathway import Pathway
from pathwaydsl.model.wording import date_in_words, word_in_words
from pathwaydsl.pages.document import (
    Block,
    Elsewhere,
    Fact,
    Facts,
    Line,
    Notice,
    Page,
    Paragraph,
    Section,
    Table,
    Target,
    Words,
    plain,
)
from pathwaydsl.pages.editions import Edition, changes_name, edition_of
from pathwaydsl.versions import Bump, Change, Comparison

HEADER = ("What changed", "Before", "Now")
WIDTHS = (40, 30, 30)

_NEEDS = {
    Bump.NONE: "none",
    Bump.PATCH: "at least the third number (patch)",
    Bump.MINOR: "at least the second number (minor)",
    Bump.MAJOR: "the first number (major)",
}


def differences_page(
    comparison: Comparison, *, old: Edition | None = None, new: Edition | None = None
) -> Page:
    """The page of differences.

    Args:
        comparison: The two versions, compared.
        old: The older edition; a release without one.
        new: The newer edition; the working file without one.
    """
    before = old or edition_of(comparison.old, released=True)
    after = new or edition_of(comparison.new, released=False)
    name = changes_name(before, after)
    anchor = f"{comparison.new.id}--changes"
    title = f"{comparison.new.label}: what changed from {before.version} to {_called(after)}"
    target = Target("changes", name, title)
    top = tuple(_top(comparison, before, after))
    parts = tuple(_parts(comparison, anchor))
    return Page(Section(anchor, title, top, parts, "differences", target))


def _called(edition: Edition) -> str:
    return str(edition.version) if edition.released else f"the working file ({edition.version})"


def _top(comparison: Comparison, before: Edition, after: Edition) -> Iterator[Block]:
    rows = [
        Fact("Before", (Paragraph(_edition(comparison.old, before)),)),
        Fact("Now", (Paragraph(_edition(comparison.new, after)),)),
    ]
    if comparison.comparable:
        rows += [
            Fact("Changes", plain(_counted(comparison.changes))),
            Fact("Must move", plain(_NEEDS[comparison.required])),
        ]
    yield Facts(tuple(rows), "head")
    if not comparison.comparable:
        said = "The two have too little in common to be compared part by part."
        yield Notice("caution", "Not compared", plain(said))
    elif not comparison.changes:
        yield Paragraph((Words("No change was found."),))
    if comparison.new.change_note:
        yield Paragraph((Words("What the authors say of it", "strong"),), "heading")
        yield Paragraph((Words(" ".join(comparison.new.change_note.split())),))


def _edition(pathway: Pathway, edition: Edition) -> Line:
    dated = f", {date_in_words(pathway.date)}" if pathway.date else ""
    link = Elsewhere(edition.name, edition.called.capitalize(), anchor=edition.pathway)
    return (link, Words(dated))


def _counted(changes: Sequence[Change]) -> str:
    if not changes:
        return "none"
    by: dict[str, int] = {}
    for change in changes:
        by[_how(change)] = by.get(_how(change), 0) + 1
    return ", ".join(f"{by[how]} {how}" for how in ("added", "removed", "changed") if how in by)


def _how(change: Change) -> str:
    if change.old is None and change.new is not None:
        return "added"
    return "removed" if change.new is None and change.old is not None else "changed"


def _parts(comparison: Comparison, anchor: str) -> Iterator[Section]:
    by: dict[str, list[Change]] = {}
    titles: dict[str, str] = {}
    for change in sorted(comparison.changes, key=lambda each: each.section.rank):
        by.setdefault(change.section.value, []).append(change)
        titles[change.section.value] = change.section.title
    for name, changes in by.items():
        rows = tuple(_row(change) for change in changes)
        table = Table(HEADER, rows, WIDTHS, "changes")
        yield Section(f"{anchor}--{name}", f"{titles[name]}: {len(changes)}", (table,))


def _row(change: Change) -> tuple[tuple[Block, ...], ...]:
    what: list[Block] = [Paragraph((Words(change.subject.label or change.subject.id, "strong"),))]
    what.append(Paragraph((Words(change.message),)))
    kind = "step" if change.subject.kind == "node" else word_in_words(change.subject.kind)
    details = [f"{kind} {change.subject.id}"]
    if change.subject.old_id not in {None, change.subject.id}:
        details.append(f"before: {change.subject.old_id}")
    if change.effect == "none":
        details.append("no patient's advice changes through it")
    elif change.effect == "undecided":
        details.append("whether any patient's advice changes through it could not be decided")
    if change.accepted:
        details.append(f"accepted: {change.accepted}")
    what.append(Paragraph((Words("; ".join(details)),), "detail"))
    return tuple(what), _side(change.old), _side(change.new)


def _side(said: str | None) -> tuple[Block, ...]:
    return plain(said) if said is not None else (Paragraph((Words("—", "quiet"),)),)
