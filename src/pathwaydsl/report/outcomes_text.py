"""Who gets what, as text for the terminal and as Markdown."""

import re
from collections.abc import Iterator, Sequence

from pathwaydsl.logic.outcomes import Outcomes
from pathwaydsl.report.outcomes_words import (
    TOO_LARGE,
    InTheWay,
    by_kind,
    from_where,
    pinned,
    share_in_words,
    statement,
    who_comes,
)
from pathwaydsl.report.text import harmless

_MARKS = re.compile(r"([\\`*_{}\[\]<>()#+!|~&:@-])")


def as_text(outcomes: Outcomes, ways: Sequence[InTheWay]) -> str:
    """Who gets what, for the terminal.

    Args:
        outcomes: Who gets what.
        ways: What stands in the way of the statement on top.
    """
    return "\n".join(harmless(line) for line in _lines(outcomes, ways)) + "\n"


def _lines(outcomes: Outcomes, ways: Sequence[InTheWay]) -> Iterator[str]:
    pathway = outcomes.pathway
    yield f"{pathway.label}  [{pathway.id} {pathway.version or 'without a version'}]"
    yield ""
    yield statement(ways)
    for way in ways:
        yield f"  {way.rule + ': ' if way.rule else ''}{way.says}"
    if not outcomes.told:
        yield from ("", TOO_LARGE)
    for title, found in by_kind(outcomes):
        yield ""
        yield title
        for each in found:
            share = share_in_words(each.share)
            yield f"  {each.node.label}  [{each.node.id}]" + (f"  {share}" if share else "")
            if not each.ways:
                yield "    nobody"
            for coming in each.ways:
                told = who_comes(coming, pathway)
                where = from_where(coming, pathway)
                if len(told) == 1:
                    yield f"    {where}: {told[0]}"
                    continue
                yield f"    {where}, one of"
                yield from (f"      - {one}" for one in told)
    gaps = pinned(pathway)
    if gaps:
        yield ""
        yield "Evidence gaps pinned on the way"
        for gap in gaps:
            yield f"  {gap.label}  [{gap.gap}]"
            yield from (f"    {place}" for _, place in gap.places)


def as_markdown(outcomes: Outcomes, ways: Sequence[InTheWay]) -> str:
    """Who gets what, as Markdown with one table for each kind of outcome."""
    return "\n".join(_markdown(outcomes, ways)) + "\n"


def _markdown(outcomes: Outcomes, ways: Sequence[InTheWay]) -> Iterator[str]:
    pathway = outcomes.pathway
    yield f"# Who gets what: {_escaped(pathway.label)}"
    yield ""
    yield f"Version {pathway.version or 'not stated'}."
    yield ""
    yield f"**{statement(ways)}**"
    if ways:
        yield ""
        yield from (f"- {way.rule + ': ' if way.rule else ''}{_escaped(way.says)}" for way in ways)
    if not outcomes.told:
        yield from ("", TOO_LARGE)
    for title, found in by_kind(outcomes):
        yield from ("", f"## {title}", "", "| What | From where | Who |", "| --- | --- | --- |")
        for each in found:
            share = share_in_words(each.share)
            what = _escaped(each.node.label) + (f"<br>{_escaped(share)}" if share else "")
            if not each.ways:
                yield f"| {what} | | nobody |"
            for coming in each.ways:
                who = "<br>or ".join(_escaped(one) for one in who_comes(coming, pathway))
                yield f"| {what} | {_escaped(from_where(coming, pathway))} | {who} |"
    gaps = pinned(pathway)
    if gaps:
        yield from (
            "",
            "## Evidence gaps pinned on the way",
            "",
            "| Gap | Where |",
            "| --- | --- |",
        )
        for gap in gaps:
            places = "<br>".join(_escaped(place) for _, place in gap.places)
            yield f"| {_escaped(gap.label)} | {places} |"


def _escaped(text: str) -> str:
    """A text in which nothing is markup, on one line."""
    return _MARKS.sub(r"\\\1", " ".join(harmless(text).split()))
