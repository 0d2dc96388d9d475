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
"""How many things or conditions stand in full before the rest is listed apart."""

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
        inside = tuple(block for each in light for block in _told(each, folding=folding))
        title = f"What a gap points out, choices and ends: {len(light)} more"
        if folding:
            blocks.append(Folded(title, inside))
        else:
            blocks += [Paragraph((Words(title, "strong"),), "heading"), *inside]
    count = f": {len(told.patients)}" if told.patients else ""
    yield Section(anchor, f"{FOR_WHOM}{count}", tuple(blocks), role="affected")


def _told(patients: Patients, *, folding: bool) -> Iterator[Block]:
    """One difference: what, who, and one of them."""
    kind = patients.kind
    badge = Words(_WORDS[kind], _STYLES[kind])
    if kind == "replaced":
        yield Paragraph((badge, Words(" "), Words(patients.told, "strong")), "affected-title")
    else:
        yield from _met(patients, badge)
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
        yield Listing(items, role="notes")
    if weighty and rest:
        yield Paragraph((Words(f"and with it: {'; '.join(rest)}", "quiet"),), "detail")


def _who(patients: Patients, *, folding: bool) -> Iterator[Fact]:
    who: list[Block] = []
    if patients.always:
        who += plain("; ".join(patients.always))
    if len(patients.who) == 1:
        who += plain(patients.who[0])
    elif patients.who:
        lead = "and one of these" if patients.always else "one of these"
        who.append(Paragraph((Words(f"{lead}:", "quiet"),)))
        shown = FEW if folding and len(patients.who) > FEW + 1 else len(patients.who)
        who.append(_conditions(patients.who[:shown]))
        rest = patients.who[shown:]
        if rest:
            who.append(Folded(f"or one of {len(rest)} more", (_conditions(rest),)))
    if patients.more:
        who.append(Paragraph((Words("and some others whom these do not cover", "quiet"),)))
    yield Fact("Who", tuple(who) or plain("everyone"))
    if patients.share:
        yield Fact("How many", plain(patients.share))


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
