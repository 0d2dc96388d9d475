"""The registers: every gap, study, criterion, drug and regimen, with where each is used.

They are put together from what pages told, in a fixed order, and are plain tables.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from attrs import evolve

from pathwaydsl.chart.gap_history import Count, gap_history
from pathwaydsl.pages.document import (
    Block,
    Drawn,
    Elsewhere,
    Item,
    Line,
    Listing,
    Paragraph,
    Section,
    Table,
    Words,
    plain,
)
from pathwaydsl.pages.entries import Cells, Entry, Register, Standing

TITLES: Mapping[Register, str] = MappingProxyType(
    {
        "gaps": "Evidence gaps",
        "evidence": "Evidence",
        "criteria": "Criteria",
        "drugs": "Drugs",
        "regimens": "Regimens",
    }
)
"""What each register is called."""

_HEADERS: Mapping[Register, tuple[str, ...]] = MappingProxyType(
    {
        "gaps": ("Gap", "Priority", "Kind", "Status", "Age", "Trials", "Pathway"),
        "evidence": (
            "Study or document",
            "Kind",
            "First published",
            "Registered, source",
            "Used in",
        ),
        "criteria": ("Criterion", "Answers", "Used in"),
        "drugs": ("Drug", "Class", "Given in"),
        "regimens": ("Regimen", "Given", "Recommended in"),
    }
)

_WIDTHS: Mapping[Register, tuple[int, ...]] = MappingProxyType(
    {
        "gaps": (25, 7, 13, 16, 9, 11, 19),
        "evidence": (32, 16, 12, 20, 20),
        "criteria": (34, 40, 26),
        "drugs": (34, 26, 40),
        "regimens": (34, 34, 32),
    }
)

_GROUPS: Mapping[Register, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "gaps": (
            ("high", "Not answered, high priority"),
            ("medium", "Not answered, medium priority"),
            ("low", "Not answered, low priority"),
            ("none", "Not answered, no priority stated"),
            ("answered", "Answered"),
            ("withdrawn", "Withdrawn"),
        )
    }
)

_NOTHING: Mapping[Register, str] = MappingProxyType(
    {
        "gaps": "No pathway declares an evidence gap.",
        "evidence": "No pathway cites evidence.",
        "criteria": "No pathway asks for anything.",
        "drugs": "No pathway gives a drug.",
        "regimens": "No pathway gives a regimen.",
    }
)


def register(name: Register, entries: Iterable[Entry]) -> tuple[Section, ...]:
    """The parts of a register.

    Args:
        name: The register.
        entries: What every page told it, in any order.
    """
    rows = _merged(each for each in entries if each.register == name)
    if not rows:
        return (Section(f"register--{name}", TITLES[name], plain(_NOTHING[name])),)
    groups = _GROUPS.get(name)
    if groups is None:
        return (Section(f"register--{name}", TITLES[name], (_table(name, rows),)),)
    parts = []
    for group, title in groups:
        inside = [each for each in rows if each.group == group]
        if inside:
            said = f"{title}: {len(inside)}"
            parts.append(Section(f"register--{name}--{group}", said, (_table(name, inside),)))
    return tuple(parts)


def _merged(entries: Iterable[Entry]) -> list[Entry]:
    """Equal rows as one row with all uses; sorted."""
    found: dict[tuple[str, Cells], Entry] = {}
    for each in entries:
        known = found.get((each.id, each.cells))
        found[each.id, each.cells] = (
            each if known is None else evolve(known, uses=(*known.uses, *each.uses))
        )
    return sorted(found.values(), key=lambda each: (each.order, _names(each.uses)))


def _names(uses: Sequence[Elsewhere]) -> tuple[str, ...]:
    return tuple(each.pathway for each in uses)


def _table(name: Register, rows: Sequence[Entry]) -> Table:
    cells = tuple((*each.cells, _uses(each.uses)) for each in rows)
    return Table(_HEADERS[name], cells, _WIDTHS[name], f"register-{name}")


def _uses(uses: Sequence[Elsewhere]) -> tuple[Block, ...]:
    unique = sorted(set(uses), key=lambda each: (each.text.lower(), each.pathway, each.anchor))
    if len(unique) == 1:
        return (Paragraph((unique[0],)),)
    return (Listing(tuple(Item((Paragraph((each,)),)) for each in unique), role="uses"),)


# counts


def counts(entries: Iterable[Entry]) -> tuple[Block, ...]:
    """How many gaps there are, by group: what the parts below hold."""
    by: dict[str, int] = {}
    for each in entries:
        if each.register == "gaps":
            by[each.group] = by.get(each.group, 0) + 1
    said = [f"{by[group]} {title.lower()}" for group, title in _GROUPS["gaps"] if group in by]
    return plain("; ".join(said) + ".") if said else ()


def history(standings: Iterable[Standing]) -> tuple[Section, ...]:
    """For each pathway with releases, its gaps over versions: a picture beside its table."""
    by: dict[str, list[Standing]] = {}
    for each in standings:
        by.setdefault(each.pathway, []).append(each)
    told = [of for _, of in sorted(by.items()) if len(of) > 1]
    if not told:
        return ()
    inside = tuple(_history(of) for of in told)
    return (Section("register--gaps--history", "Gaps over versions", (), inside),)


_STANDING = (
    "Version",
    "Date",
    "Open",
    "Under study",
    "Not answered, high priority",
    "Answered",
    "Withdrawn",
)


def _history(standings: Sequence[Standing]) -> Section:
    newest = standings[-1]
    prefix = f"gaps--{newest.pathway}"
    title = f"Evidence gaps of {newest.title} over its versions"
    bars = [Count(_called(each), each.open, each.under_study, each.answered) for each in standings]
    rows = tuple(
        (
            _version(each),
            plain(each.date),
            plain(str(each.open)),
            plain(str(each.under_study)),
            plain(str(each.high)),
            plain(str(each.answered)),
            plain(str(each.withdrawn)),
        )
        for each in standings
    )
    table = Table(_STANDING, rows, (20, 20, 10, 12, 14, 12, 12), "standings")
    legend = "Filled: open. Dashed: under study. Empty: answered."
    picture = gap_history(bars, prefix=prefix, title=title)
    blocks = (Drawn(picture, (table, Paragraph((Words(legend, "quiet"),), "detail"))),)
    return Section(f"register--gaps--history--{newest.pathway}", newest.title, blocks)


def _called(each: Standing) -> str:
    return each.version if each.released else f"{each.version}, working file"


def _version(each: Standing) -> tuple[Block, ...]:
    name = f"{each.pathway}@{each.version}" if each.released else each.pathway
    line: Line = (Elsewhere(name, _called(each), anchor=each.pathway),)
    return (Paragraph(line),)
