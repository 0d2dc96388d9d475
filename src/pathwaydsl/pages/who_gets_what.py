"""Who gets what, on the page of a pathway: the statement on top, then a table of every outcome.

Every outcome has its line; conditions that are long are closed until a reader opens them.
"""

from collections.abc import Iterator, Mapping, Sequence

from pathwaydsl.logic.outcomes import Coming, Reached, outcomes
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.pages.contents import Contents
from pathwaydsl.pages.document import (
    Block,
    Folded,
    Item,
    Listing,
    Notice,
    Paragraph,
    Table,
    Words,
    plain,
)
from pathwaydsl.report.outcomes_words import (
    PROVED,
    TOO_LARGE,
    InTheWay,
    by_kind,
    from_where,
    in_the_way,
    share_in_words,
    statement,
    who_comes,
)

HEADER = ("What", "Who comes to it")
WIDTHS = (30, 70)

ROOM = 160
"""How many characters of conditions stand open; a reader opens what is longer."""

FEW = 3
"""From so many places patients may come before they are closed, however little is said of each."""

PLACES = 60
"""How many characters the places have that patients come from before they are counted."""

TOLD_BY = (
    "Patients are told by the values last measured, from one answer to the next. A share is one of "
    "the declared input space, of all combinations of values, never of patients."
)


def who_gets_what(
    contents: Contents, others: Mapping[str, Pathway], errors: int
) -> Iterator[Block]:
    """The statement on top, and who comes to each treatment, action, choice, gap and end.

    Args:
        contents: The pathway.
        others: Pathways of the project by id, for those that it enters.
        errors: How many errors were found in its files; with any, nothing is proved.
    """
    if not contents.pathway.nodes:
        return
    found = outcomes(contents.pathway, others)
    ways = in_the_way(found)
    if errors and not ways:
        ways = (InTheWay("unreadable", "Errors were found in the files of this pathway."),)
    yield _statement(ways)
    if not found.told:
        yield from plain(TOO_LARGE)
        return
    if not found.reached:
        return
    yield Paragraph((Words(TOLD_BY, "quiet"),))
    for title, reached in by_kind(found):
        yield Paragraph((Words(title, "strong"),), "heading")
        rows = tuple(_row(contents, each) for each in reached)
        yield Table(HEADER, rows, WIDTHS, "outcomes")


def _statement(ways: tuple[InTheWay, ...]) -> Block:
    if not ways:
        return Notice("note", "Nobody falls through", plain(PROVED))
    said = Listing(tuple(Item(plain(_with_rule(way))) for way in ways))
    return Notice("caution", "Not proved", (*plain(statement(ways)), said))


def _with_rule(way: InTheWay) -> str:
    return f"{way.says} ({way.rule})" if way.rule else way.says


def _row(contents: Contents, reached: Reached) -> tuple[tuple[Block, ...], ...]:
    what: list[Block] = [Paragraph(contents.step_link(reached.node.id))]
    share = share_in_words(reached.share)
    if share is not None:
        what.append(Paragraph((Words(share, "quiet"),), "detail"))
    ways = [(coming, who_comes(coming, contents.pathway)) for coming in reached.ways]
    who = tuple(block for coming, told in ways for block in _coming(contents, coming, told))
    length = sum(len(one) for _, told in ways for one in told)
    if length > ROOM or len(ways) > FEW:
        who = (Folded(_counted(contents, ways), who),)
    return tuple(what), who or plain("Nobody")


def _counted(contents: Contents, ways: Sequence[tuple[Coming, Sequence[str]]]) -> str:
    """From where and by what patients come, in one line: that opens the rest."""
    places = tuple(dict.fromkeys(from_where(coming, contents.pathway) for coming, _ in ways))
    where = ", ".join(places)
    if len(where) > PLACES:
        where = f"from {len(places)} places"
    where = where[0].upper() + where[1:]
    told = tuple(dict.fromkeys(one for _, conditions in ways for one in conditions))
    if len(told) == 1 and len(told[0]) <= PLACES:
        return f"{where}: {told[0]}"
    return f"{where}: 1 condition" if len(told) == 1 else f"{where}: {len(told)} conditions"


def _coming(contents: Contents, coming: Coming, told: Sequence[str]) -> Iterator[Block]:
    where = from_where(coming, contents.pathway)
    where = where[0].upper() + where[1:]
    if len(told) == 1:
        yield Paragraph((Words(f"{where}: ", "quiet"), Words(told[0])))
        return
    yield Paragraph((Words(f"{where}, one of", "quiet"),))
    yield Listing(tuple(Item(plain(one)) for one in told), role="conditions")
