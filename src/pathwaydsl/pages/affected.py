"""For whom the advice is another: who they are, and one of them in both versions.

Those who lost something come first. What no treatment, option or way on depends on can be opened.
"""

from collections.abc import Iterator, Sequence

from pathwaydsl.pages.document import (
    Block,
    Fact,
    Facts,
    Folded,
    Item,
    Listing,
    Paragraph,
    Section,
    Style,
    Table,
    Words,
    plain,
)
from pathwaydsl.report.differences import FOR_WHOM, Differences
from pathwaydsl.report.differences_patients import WEIGHTY, Met, Patients, Way

FEW = 3
"""How many things stand in one line before they become a list, and boxes before they are one."""

ROOM = 450
"""How many characters of conditions stand open on a screen; the first of them always does."""

ROOM_ON_PAPER = {"lost": 2400, "replaced": 1200, "gained": 700}
"""How many stand on a sheet to sign; the more for those who lose something."""

ELSEWHERE = "in full on the page of differences"

_STYLES: dict[str, Style] = {"lost": "against", "replaced": "badge", "gained": "for"}
_WORDS = {"lost": "Lost", "replaced": "Something else", "gained": "New"}


def for_whom(told: Differences, anchor: str, *, folding: bool = True) -> Iterator[Section]:
    """The section, or none where the two have too little in common.

    Args:
        told: The document of a comparison.
        anchor: Of the section.
        folding: Whether the lighter differences and the ways are closed until they are opened.
    """
    if not told.comparison.comparable:
        return
    blocks: list[Block] = [Paragraph((Words(told.verdict.statement, "strong"),))]
    if told.notes:
        blocks.append(Listing(tuple(Item(plain(note)) for note in told.notes), role="notes"))
    weighty = [each for each in told.patients if each.weighty]
    light = [each for each in told.patients if not each.weighty]
    for each in weighty:
        blocks += _told(each, folding=folding)
    if light:
        title = f"What a gap points out, choices and ends: {len(light)} more"
        if folding:
            inside = tuple(block for each in light for block in _told(each, folding=folding))
            blocks.append(Folded(title, inside))
        else:
            rows = tuple(_row(each) for each in light)
            table = Table(("What", "Who", "How many"), rows, (44, 42, 14), "light")
            blocks += [Paragraph((Words(title, "strong"),), "heading"), table]
    count = f": {len(told.patients)}" if told.patients else ""
    yield Section(anchor, f"{FOR_WHOM}{count}", tuple(blocks), role="affected")


def _told(patients: Patients, *, folding: bool) -> Iterator[Block]:
    """One difference: what, who, and one of them."""
    yield from _title(patients)
    yield Facts(tuple(_who(patients, folding=folding)), "affected")
    shared = patients.shared
    before = tuple(_way(patients.old_way, shared, folding=folding))
    now = tuple(_way(patients.new_way, shared, folding=folding))
    header = ("One of them, before", "The same patient now")
    ways = Table(header, ((before, now),), (50, 50), "ways")
    known = patients.witness if folding else patients.values
    values = "; ".join(known) or "nothing has to be known of them"
    one = Paragraph((Words("One of them: ", "quiet"), Words(values)), "detail")
    if folding:
        yield Folded("The way of one of them in both versions", (one, ways))
    elif patients.weighty:
        yield from (one, ways)


def _row(patients: Patients) -> tuple[tuple[Block, ...], ...]:
    """A lighter difference on a sheet to sign: what, who, and how many, in a few lines."""
    who: list[Block] = []
    if patients.always:
        who += plain("; ".join(patients.always))
    if len(patients.who) == 1:
        who += plain(patients.who[0])
    elif patients.who:
        lead = "and one" if patients.always else "one"
        said = f"{lead} of {len(patients.who)} conditions, {ELSEWHERE}"
        who.append(Paragraph((Words(said, "quiet"),)))
    return tuple(_title(patients)), tuple(who) or plain("everyone"), plain(patients.share or "—")


def _title(patients: Patients) -> Iterator[Block]:
    """What they lost, gained or get in place of something."""
    badge = Words(_WORDS[patients.kind], _STYLES[patients.kind])
    if patients.kind == "replaced":
        yield Paragraph((badge, Words(" "), Words(patients.told, "strong")), "affected-title")
    else:
        yield from _met(patients, badge)


def _met(patients: Patients, badge: Words) -> Iterator[Block]:
    """What they lost or gained: what weighs, then the rest in a small line.

    An option, its box and its regimen stand once where they have one name.
    """
    said: dict[str, Met] = {}
    for one in patients.met:
        said.setdefault(one.label, one)
    weighty = tuple(one.said for one in said.values() if one.kind in WEIGHTY)
    rest = tuple(one.said for one in said.values() if one.kind not in WEIGHTY)
    first = weighty or rest
    if len(first) <= FEW:
        yield Paragraph((badge, Words(" "), Words("; ".join(first), "strong")), "affected-title")
    else:
        yield Paragraph((badge, Words(f" {len(first)} things", "strong")), "affected-title")
        items = tuple(Item((Paragraph((Words(each, "strong"),)),)) for each in first)
        yield Listing(items, role="things")
    if weighty and rest:
        yield Paragraph((Words(f"and with it: {'; '.join(rest)}", "quiet"),), "detail")


def _who(patients: Patients, *, folding: bool) -> Iterator[Fact]:
    """Who they are: what sets some of them apart, and quietly what holds for all."""
    who: list[Block] = []
    told = patients.who
    if patients.always:
        common = "; ".join(patients.always)
        who += [Paragraph((Words(common, "quiet"),), "detail")] if told else plain(common)
    if len(told) == 1:
        who += plain(told[0])
    elif told:
        lead = "and one of these" if patients.always else "one of these"
        who.append(Paragraph((Words(f"{lead}:", "quiet"),)))
        shown = _fitting(told, ROOM if folding else ROOM_ON_PAPER[patients.kind])
        who.append(_conditions(told[:shown]))
        rest = told[shown:]
        if rest and folding:
            who.append(Folded(f"or one of {len(rest)} more", (_conditions(rest),)))
        elif rest:
            said = f"or one of {len(rest)} more, {ELSEWHERE}"
            who.append(Paragraph((Words(said, "quiet"),)))
    if patients.more:
        who.append(Paragraph((Words("and some others whom these do not cover", "quiet"),)))
    yield Fact("Who", tuple(who) or plain("everyone"))
    if patients.share:
        yield Fact("How many", plain(patients.share))


def _fitting(conditions: Sequence[str], room: int) -> int:
    """How many conditions have room; one at least, and all where only one would be left."""
    shown = 1
    taken = len(conditions[0])
    for each in conditions[1:]:
        taken += len(each)
        if taken > room:
            break
        shown += 1
    return len(conditions) if shown == len(conditions) - 1 else shown


def _conditions(conditions: Sequence[str]) -> Listing:
    return Listing(tuple(Item(plain(each)) for each in conditions), role="notes")


def _way(way: Way, shared: Sequence[str], *, folding: bool) -> Iterator[Block]:
    """The boxes of a way, those that both begin with quietly, and where it stops."""
    own = tuple(Item((Paragraph((Words(box, "strong"),)),)) for box in way.boxes)
    if folding or len(shared) <= FEW:
        quiet = tuple(Item((Paragraph((Words(box, "quiet"),)),)) for box in shared)
    else:
        said = f"{len(shared)} boxes that are the same, up to “{shared[-1]}”"
        quiet = (Item((Paragraph((Words(said, "quiet"),)),)),)
    yield Listing((*quiet, *own), numbered=True, role="both-ways")
    for stop in way.stops:
        yield Paragraph((Words(stop, "quiet"),), "detail")
