"""Who gets what, on the page of a pathway: the statement on top, then a table of every outcome."""

from collections.abc import Iterator, Mapping

from pathwaydsl.logic.outcomes import Coming, Reached, outcomes
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.pages.contents import Contents
from pathwaydsl.pages.document import (
    Block,
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
    who = [block for coming in reached.ways for block in _coming(contents, coming)]
    return tuple(what), tuple(who) or plain("Nobody")


def _coming(contents: Contents, coming: Coming) -> Iterator[Block]:
    where = from_where(coming, contents.pathway)
    where = where[0].upper() + where[1:]
    told = who_comes(coming, contents.pathway)
    if len(told) == 1:
        yield Paragraph((Words(f"{where}: ", "quiet"), Words(told[0])))
        return
    yield Paragraph((Words(f"{where}, one of", "quiet"),))
    yield Listing(tuple(Item(plain(one)) for one in told), role="conditions")
