"""The page of differences between two versions: for whom the advice is another, and all changes.

Who reads it signs for it: first the patients, those who lost something on top, then the changes in
the order of weight, before and now side by side. Nothing is left out; what is long can be opened.
"""

from collections.abc import Iterator, Sequence

from attrs import frozen

from pathwaydsl.model.pathway import Pathway
from pathwaydsl.model.wording import date_in_words, word_in_words
from pathwaydsl.pages.affected import for_whom
from pathwaydsl.pages.document import (
    Block,
    Chart,
    Elsewhere,
    Fact,
    Facts,
    Folded,
    Item,
    Line,
    Link,
    Listing,
    Notice,
    Page,
    Paragraph,
    Prose,
    Section,
    Table,
    Target,
    Words,
    joined,
    plain,
)
from pathwaydsl.pages.editions import Edition, changes_name, edition_of
from pathwaydsl.report.differences import FOR_WHOM, Differences, Part, differences
from pathwaydsl.report.differences_lines import Line as Told
from pathwaydsl.versions import Bump, Change, Comparison

HEADER = ("What changed", "Before", "Now")
WIDTHS = (40, 30, 30)

NEEDS = {
    Bump.NONE: "The version number need not move.",
    Bump.PATCH: "At least the third number must move (patch).",
    Bump.MINOR: "At least the second number must move (minor).",
    Bump.MAJOR: "The first number must move (major).",
}
"""The version number that changes need, in a sentence."""

_STEP = {
    Bump.NONE: "",
    Bump.PATCH: "needs a patch step",
    Bump.MINOR: "needs a minor step",
    Bump.MAJOR: "needs a major step",
}


FEW = 3
"""Up to so many equal changes stand open, before and now."""

LONG = 160
"""More characters of one message are not all set in strong letters."""

_BRIEF = frozenset({"record", "wording"})
"""Parts of which a sheet to sign only says what changed; the page says before and now."""


@frozen
class Pictures:
    """Three drawings of one layout, as SVG for this page.

    Attributes:
        both: One version over the other.
        said: How many boxes changed, in words.
    """

    old: str
    new: str
    both: str
    said: str


def differences_page(
    compared: Comparison | Differences,
    *,
    old: Edition | None = None,
    new: Edition | None = None,
    pictures: Pictures | str | None = None,
) -> Page:
    """The page of differences.

    Args:
        compared: The two versions, compared, or the document of their comparison.
        old: The older edition; a release without one.
        new: The newer edition; the working file without one.
        pictures: Both versions drawn; or why they are not; or None for no place for them.
    """
    told = differences(compared) if isinstance(compared, Comparison) else compared
    comparison = told.comparison
    before = old or edition_of(comparison.old, released=True)
    after = new or edition_of(comparison.new, released=False)
    name = changes_name(before, after)
    anchor = f"{comparison.new.id}--changes"
    title = f"{comparison.new.label}: what changed from {before.version} to {called(after)}"
    parts = (
        *for_whom(told, f"{anchor}--patients"),
        *_pictures(pictures, anchor, before, after),
        *sections(told, anchor),
    )
    links: list[Line] = [(Link(part.anchor, part.title),) for part in parts]
    top = [*head(told, before, after), *_authors(comparison.new)]
    if links:
        on_page = (Words("On this page: ", "quiet"), *joined(tuple(links), " · "))
        top.append(Paragraph(on_page, "parts"))
    top += _leads_on(comparison.new, name)
    target = Target("changes", name, title)
    return Page(Section(anchor, title, tuple(top), parts, "differences", target))


def called(edition: Edition) -> str:
    """`2.0.0`, or `the working file (3.0.0)`."""
    return str(edition.version) if edition.released else f"the working file ({edition.version})"


# the verdict


def head(told: Differences, before: Edition, after: Edition) -> Iterator[Block]:
    """What stands on top: both versions, for whom it matters, and the version number needed."""
    comparison, verdict = told.comparison, told.verdict
    rows = [
        Fact("Before", (Paragraph(_edition(comparison.old, before)),)),
        Fact("Now", (Paragraph(_edition(comparison.new, after)),)),
    ]
    if comparison.comparable:
        style = "danger" if not verdict.unchanged else "plain"
        if verdict.settled:
            said = Words(verdict.statement, "strong" if style == "plain" else "danger")
            rows.append(Fact("Patients", (Paragraph((said,)),)))
        rows.append(Fact("Changes", plain(verdict.counted)))
        needed = (
            Paragraph((Words(NEEDS[verdict.required], "strong"),)),
            Paragraph((Words(verdict.number),), "detail"),
        )
        rows.append(Fact("Version number", needed))
    yield Facts(tuple(rows), "head")
    if not comparison.comparable:
        yield Notice("caution", "Not compared", plain(verdict.statement))
    elif not verdict.settled:
        yield Notice("caution", "Undecided", plain(verdict.statement))
    for found in told.findings:
        advice = f" {found.help}." if found.help else ""
        kind = "caution" if found.severity.value != "error" else "danger"
        yield Notice(kind, "Version number", plain(f"{found.message}.{advice}"))  # type: ignore[arg-type]


def _edition(pathway: Pathway, edition: Edition) -> Line:
    dated = f", {date_in_words(pathway.date)}" if pathway.date else ""
    said = edition.called.capitalize()
    return (Elsewhere(edition.name, said, anchor=edition.pathway), Words(dated))


def _authors(pathway: Pathway) -> Iterator[Block]:
    if pathway.change_note:
        yield Paragraph((Words("What the authors say of it", "strong"),), "heading")
        yield Prose(pathway.change_note)


def _leads_on(pathway: Pathway, name: str) -> Iterator[Block]:
    links = (
        Elsewhere(name, "Review sheet, to print and sign", kind="review", optional=True),
        Elsewhere(pathway.id, "History of this pathway", kind="history", optional=True),
    )
    yield Listing(tuple(Item((Paragraph((link,)),)) for link in links), role="versions")


# the pictures


def _pictures(
    pictures: Pictures | str | None, anchor: str, before: Edition, after: Edition
) -> Iterator[Section]:
    if pictures is None:
        return
    name = f"{anchor}--picture"
    if isinstance(pictures, str):
        said = f"Both versions could not be drawn: {pictures}."
        yield Section(name, "The picture", plain(said), role="pictures")
        return
    was, now = f"version {before.version}", f"version {after.version}"
    both = f"Flowchart of {was} and {now}, one over the other. {pictures.said}"
    blocks: tuple[Block, ...] = (
        Chart(pictures.both, f"{name}-both", both),
        Folded(
            f"Only {was}",
            (Chart(pictures.old, f"{name}-old", f"Flowchart of {was}, with what {now} changes"),),
        ),
        Folded(
            f"Only {now}",
            (Chart(pictures.new, f"{name}-new", f"Flowchart of {now}, with what changed"),),
        ),
    )
    yield Section(name, "The picture", blocks, role="pictures")


# changes by section


def sections(told: Differences, anchor: str, *, folding: bool = True) -> Iterator[Section]:
    """The changes, the weightiest part first; what patients gain and lose is told before them.

    Args:
        told: The document.
        anchor: What anchors begin with.
        folding: Whether many light changes of one kind are closed until they are opened; a sheet
            to sign names dates, people, cases and wordings without before and now instead.
    """
    for part in told.parts:
        blocks = tuple(_lines(part, folding=folding))
        yield Section(f"{anchor}--{part.name}", f"{part.title}: {part.number}", blocks)


def _lines(part: Part, *, folding: bool) -> Iterator[Block]:
    """Lines in tables; many light or long ones under a heading of their own."""
    if not folding and part.name in _BRIEF:
        yield _briefly(part.lines)
        return
    single: list[Told] = []
    for line in part.lines:
        if line.changes and not (folding and _long(line)):
            single.append(line)
            continue
        if single:
            yield _table(single)
            single = []
        if line.changes:
            yield Folded(line.message, (Table(HEADER, tuple(_each(line)), WIDTHS, "changes"),))
        elif folding:
            yield Folded(line.message, (_table(line.inside),))
        else:
            yield Paragraph((Words(line.message, "strong"),), "heading")
            yield _table(line.inside)
    if single:
        yield _table(single)


def _briefly(lines: Sequence[Told]) -> Listing:
    """What changed, without before and now."""
    items = []
    for line in lines:
        blocks: list[Block] = [Paragraph((Words(line.message),))]
        if line.subjects:
            blocks.append(Paragraph((Words("; ".join(line.subjects), "quiet"),), "detail"))
        if line.inside:
            blocks.append(_briefly(line.inside))
        items.append(Item(tuple(blocks)))
    return Listing(tuple(items), role="notes")


def _long(line: Told) -> bool:
    """Whether it tells many equal changes of different things."""
    return len(line.changes) > FEW and not _alike(line)


def _alike(line: Told) -> bool:
    return len({(each.old, each.new) for each in line.changes}) == 1


def _table(lines: Sequence[Told]) -> Table:
    rows = tuple(row for line in lines for row in _rows(line))
    return Table(HEADER, rows, WIDTHS, "changes")


_Row = tuple[tuple[Block, ...], ...]


def _rows(line: Told, depth: int = 0) -> Iterator[_Row]:
    """The rows of a line: its changes, and what belongs under them."""
    if line.changes:
        first = line.changes[0]
        what: list[Block] = [Paragraph(_said(line, depth))]
        alike = _alike(line)
        if line.subjects and alike:
            names = tuple(Item(plain(name)) for name in line.subjects)
            what.append(Listing(names, role="subjects"))
        what.append(Paragraph((Words("; ".join(_details(line)), "quiet"),), "detail"))
        yield tuple(what), _side(first.old if alike else None), _side(first.new if alike else None)
        if not alike:
            yield from _each(line)
    for inner in line.inside:
        yield from _rows(inner, depth + 1)


def _each(line: Told) -> Iterator[_Row]:
    """The changes of a line one by one."""
    for each in line.changes:
        label = Paragraph((Words(f"“{each.subject.label}”"),), "part")
        named = _called_by(each)
        what = (label, Paragraph((Words(named, "quiet"),), "detail")) if named else (label,)
        yield what, _side(each.old), _side(each.new)


def _said(line: Told, depth: int) -> Line:
    """The message; of a long one only its beginning stands out."""
    if depth:
        return (Words("part of it: ", "quiet"), Words(line.message))
    first, colon, rest = line.message.partition(": ")
    if not colon or len(line.message) <= LONG:
        return (Words(line.message, "strong"),)
    return (Words(first + colon, "strong"), Words(rest))


def _details(line: Told) -> Iterator[str]:
    if _alike(line):
        subjects = {each.subject.id: each for each in line.changes}
        yield from (said for said in map(_called_by, subjects.values()) if said)
    if _STEP[line.bump]:
        yield _STEP[line.bump]
    if line.remark:
        yield line.remark


def _called_by(change: Change) -> str:
    """The id that stands in the files; what has none is not named by one."""
    subject = change.subject
    if subject.kind in {"during", "impossible", "case"}:
        return ""
    before = f" (before: {subject.old_id})" if subject.old_id not in {None, subject.id} else ""
    kind = "" if subject.kind == "node" else f"{word_in_words(subject.kind)} "
    return f"{kind}{subject.id}{before}"


def _side(said: str | None) -> tuple[Block, ...]:
    return plain(said) if said is not None else (Paragraph((Words("—", "quiet"),)),)


__all__ = ["FOR_WHOM", "Pictures", "called", "differences_page", "head", "sections"]
