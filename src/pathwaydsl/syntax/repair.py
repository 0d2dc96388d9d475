"""The smallest mend at a mistake that lets reading go on, with the finding that tells it.

Every mend is tried out on the parser's tables before it is made; the one after which most can
be read wins, the likelier kind of slip first.
A mend never guesses a name, a number or a text: a name put in is empty, and later stages are
silent about it.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from pathwaydsl.syntax.messages import shown
from pathwaydsl.syntax.place import ENOUGH, FAR, Place, Repair
from pathwaydsl.syntax.sign_slips import (
    comma_too_many,
    foreign_comment,
    left_out_name,
    left_out_sign,
    range_in_words,
    too_much,
    unit_that_is_a_target,
    wrong_sign,
)
from pathwaydsl.syntax.text_slips import unclosed_text, unopened_text
from pathwaydsl.syntax.trial import Tables
from pathwaydsl.syntax.word_slips import (
    clinical_shorthand,
    foreign_word,
    misspelled_word,
    wrong_name,
)
from pathwaydsl.syntax.words import keywords
from pathwaydsl.text.finding import Edit, Finding, Fix
from pathwaydsl.text.rules import finding
from pathwaydsl.text.source import Source
from pathwaydsl.text.suggestion import nearest

_DECIMAL = re.compile(r"(?<![\w,-])(?<![^.]\.)(?P<whole>-?[0-9]+),(?P<rest>[0-9]+)(?![\w.,])")
_LONGEST = 40
"""How far a number is looked for before its comma."""

SLIPS: tuple[Callable[[Place], Iterator[Repair]], ...] = (
    unclosed_text,
    unopened_text,
    clinical_shorthand,
    misspelled_word,
    foreign_word,
    wrong_name,
    foreign_comment,
    wrong_sign,
    range_in_words,
    comma_too_many,
    unit_that_is_a_target,
    left_out_sign,
    too_much,
    left_out_name,
)
"""Kinds of slips, the likelier first; each gives the mends that would undo it."""


class TakeBack(Exception):  # noqa: N818  not an error: read again without that brace
    """The file must be read again with another sign at `offset`; a blank takes one out."""

    def __init__(self, offset: int, told: Finding, *, instead: str = " ") -> None:
        super().__init__(offset)
        self.offset = offset
        self.finding = told
        self.instead = instead


def missing_edition(
    source: Source, tables: Tables, states: list[Any], offset: int
) -> Finding | None:
    """The finding for a file that does not begin with its edition, or None."""
    if len(states) != 1:
        return None
    word = tables.any_word(offset)
    if word is not None and nearest(word.text, ["pathwaydsl"]):
        return None
    end = word.end if word is not None else offset + 1
    return finding(
        "PW105",
        "this file does not say in which edition of the language it is written",
        source.span(offset, min(end, len(source.text))),
        help="write `pathwaydsl 1` as the first line",
        fixes=[Fix("begin with `pathwaydsl 1`", (Edit(source.span(0, 0), "pathwaydsl 1\n\n"),))],
    )


def best_repair(place: Place) -> Repair | None:
    """The best mend of a place, or None where leaving the statement out is better.

    Raises:
        TakeBack: If a brace further up closed a block too early, or a comma parts a number.
    """
    _decimal_comma(place)
    best: tuple[float, Repair] | None = None
    for slip in SLIPS:
        for repair in slip(place):
            far = _reach(place, repair)
            if far is None or far < repair.needs:
                continue
            score = far - repair.likelihood
            if best is None or score > best[0]:
                best = score, repair
    _closed_too_early(place, best[0] if best else 0.0)
    return best[1] if best else None


def _reach(place: Place, repair: Repair) -> int | None:
    """How many tokens can be read after a mend, at most `FAR`; None if it fits nowhere."""
    stack: list[Any] | None = place.states[: len(place.states) - repair.drop]
    for kind, _ in repair.feed:
        if stack is None:
            return None
        stack = place.tables.shifted(stack, kind)
    return None if stack is None else place.tables.progress(stack, repair.end, FAR)


def _decimal_comma(place: Place) -> None:
    """Read again with a point, where the comma of a number was taken for one of a list.

    Raises:
        TakeBack: If so.
    """
    text = place.tables.text
    comma = place.offset if text[place.offset : place.offset + 1] == "," else place.offset - 1
    start = max(comma - _LONGEST, 0)
    numbers = _DECIMAL.finditer(place.source.text, start, comma + _LONGEST)
    number = next((one for one in numbers if one.end("whole") == comma), None)
    if number is None or text[comma] != ",":
        return
    better = f"{number['whole']}.{number['rest']}"
    where = place.source.span(*number.span())
    raise TakeBack(
        comma,
        finding(
            "PW114",
            f"{shown(number[0])} has a comma where a number has a point",
            where,
            help=f"write `{better}`",
            fixes=[Fix(f"write `{better}`", (Edit(where, better),))],
        ),
        instead=".",
    )


def _closed_too_early(place: Place, reached: float) -> None:
    """Read again without the last brace, where no mend here reaches far.

    Raises:
        TakeBack: If so.
    """
    before = place.previous_end - 1
    if reached >= ENOUGH or before < 0 or place.tables.text[before] != "}":
        return
    if place.run not in keywords().values():
        return
    where = place.source.span(before, before + 1)
    raise TakeBack(
        before,
        finding(
            "PW109",
            f"this brace closes a block too early: {shown(place.run)} follows",
            where,
            help="take it out",
            fixes=[Fix("take it out", (Edit(where, ""),))],
        ),
    )
