"""Slips with signs: wrong, too many, or left out; and what is missing altogether."""

import re
from collections.abc import Iterator

from pathwaydsl.model.units import unit_table
from pathwaydsl.syntax.messages import open_block, shown
from pathwaydsl.syntax.place import ENOUGH, NAME_LIKE, Place, Repair
from pathwaydsl.syntax.tree import Node
from pathwaydsl.syntax.words import SIGNS, expected_in_words, in_words, keywords, reserved_words
from pathwaydsl.text.finding import Edit, Fix
from pathwaydsl.text.rules import finding
from pathwaydsl.text.suggestion import listed

UNIT_WORDS = unit_table()
FILLERS = ("NAME", "WORD", "TEXT", "NUMERAL", "DATE_VALUE", "VERSION_VALUE", "CODE_VALUE")
"""What may be put in empty, in this order."""


def wrong_sign(place: Place) -> Iterator[Repair]:
    """A sign stands where another one belongs, such as `:` for `->`."""
    if place.word is not None and place.word.type in {"TEXT", "RBRACE", "LBRACE", "$END"}:
        return
    run = re.match(r"[^\s\w{}\"#()]+", place.source.text[place.offset : place.offset + 8])
    if place.word is not None and place.word.start == place.offset and NAME_LIKE.match(place.run):
        return
    piece = run[0] if run else place.run
    start, end = place.offset, place.offset + len(piece)
    where = place.source.span(start, end)
    for kind in ("ARROW", "IS", "EQUAL", "COMMA", "DAY_COMMA", "DOTDOT"):
        if kind not in place.accepted:
            continue
        sign = "," if kind == "DAY_COMMA" else SIGNS.get(kind) or keywords()[kind]
        if sign != piece:
            yield Repair(
                ((kind, sign),),
                start,
                end,
                0.9,
                finding(
                    "PW117",
                    f"{shown(piece)} is not a sign that can stand here",
                    where,
                    help=f"write `{sign}`",
                    fixes=[Fix(f"write `{sign}`", (Edit(where, sign),))],
                ),
                needs=1 if (piece, sign) == (";", ",") else ENOUGH,
            )


def foreign_comment(place: Place) -> Iterator[Repair]:
    """A comment that begins with the sign of another language."""
    text = place.source.text
    sign = next((s for s in ("//", "--", "/*") if text.startswith(s, place.offset)), None)
    if sign is None:
        return
    end = text.find("\n", place.offset)
    end = len(text) if end < 0 else end
    where = place.source.span(place.offset, place.offset + len(sign))
    yield Repair(
        (),
        place.offset,
        end,
        0.1,
        finding(
            "PW117",
            f"`{sign}` does not begin a comment",
            where,
            help="write `#`",
            fixes=[Fix("write `#`", (Edit(where, "#"),))],
        ),
        needs=0,
    )


def range_in_words(place: Place) -> Iterator[Repair]:
    """`number 0 to 5`: a range is written with two dots."""
    last = place.values[-1] if place.values else None
    if last is None or isinstance(last, Node) or last.type != "UNIT" or last != "to":
        return
    where = place.source.span(last.start_pos, last.end_pos)
    yield Repair(
        (("DOTDOT", ".."),),
        last.start_pos,
        place.offset,
        0.3,
        finding(
            "PW117",
            "`to` is not a sign of the language",
            where,
            help="write `..`, as in `0..5`",
        ),
        drop=1,
        needs=1,
    )


def comma_too_many(place: Place) -> Iterator[Repair]:
    """A comma, an `and` or an `or` after which nothing follows."""
    last = place.values[-1] if place.values else None
    if last is None or isinstance(last, Node) or last.type not in {"COMMA", "AND", "OR"}:
        return
    where = place.source.span(last.start_pos, last.end_pos)
    code = "PW120" if last.type == "COMMA" else "PW110"
    yield Repair(
        (),
        place.offset,
        place.offset,
        0.2,
        finding(
            code,
            f"nothing follows this {'comma' if last.type == 'COMMA' else f'`{last}`'}",
            where,
            help="take it out, or write what is missing after it",
            fixes=[Fix("take it out", (Edit(where, ""),))],
        ),
        drop=1,
        needs=1,
    )


def unit_that_is_a_target(place: Place) -> Iterator[Repair]:
    """`when lvef < 50 cardiology`: the arrow is missing, not the unit wrong."""
    last = place.values[-1] if place.values else None
    if last is None or isinstance(last, Node) or last.type != "UNIT" or last in UNIT_WORDS:
        return
    where = place.source.span(last.start_pos, last.end_pos)
    start = place.source.span(last.start_pos, last.start_pos)
    yield Repair(
        (("ARROW", "->"), ("NAME", str(last))),
        last.start_pos,
        place.offset,
        0.5,
        finding(
            "PW110",
            f"`->` is missing before `{last}`",
            where,
            help="write `->` before it",
            fixes=[Fix("write `->`", (Edit(start, "-> "),))],
        ),
        drop=1,
        needs=1,
    )


def left_out_sign(place: Place) -> Iterator[Repair]:
    """A sign, a brace or a word of the language is missing."""
    fixed = {**SIGNS, **keywords()}
    at = place.previous_end
    where = place.source.span(at, at)
    seen = place.source.span(max(at - 1, 0), at) if at else where
    words = [k for k in place.accepted if k in keywords() and _adds(place, k)]
    for kind in sorted(place.accepted):
        if kind == "RESUME":
            continue
        if kind == "RBRACE":
            yield _unclosed_block(place)
        elif kind in fixed and kind not in {"NOT", "OR"} and _adds(place, kind):
            word = fixed[kind]
            alone = kind in SIGNS or len(words) == 1
            what = f"`{word}`" if alone else "something"
            expected = listed(expected_in_words(place.accepted))
            fix = Fix(f"write `{word}`", (Edit(where, f" {word}"),))
            yield Repair(
                ((kind, word),),
                place.offset,
                place.offset,
                1.0 if kind in SIGNS else 1.3,
                finding(
                    "PW110",
                    f"{what} is missing after {shown(place.line_before())}",
                    seen,
                    help=f"write `{word}` here" if alone else f"here may stand: {expected}",
                    fixes=[fix] if alone else [],
                ),
                needs=ENOUGH if kind != "LBRACE" else 2,
            )


def _adds(place: Place, kind: str) -> bool:
    """Whether a word may be put in: not one that would open a statement of its own."""
    if kind in SIGNS:
        return True
    after = place.tables.shifted(place.states, kind)
    if after is None:
        return False
    return "ERROR" not in place.accepted


def _unclosed_block(place: Place) -> Repair:
    block = open_block(place.values)
    at = place.previous_end
    start = block.start if block else at
    where = place.source.span(start, start + len(block.word)) if block else None
    text = str(block) if block else "this block"
    return Repair(
        (("RBRACE", "}"),),
        place.offset,
        place.offset,
        0.8,
        finding(
            "PW108",
            f"the block of {text} is not closed",
            where or place.source.span(max(at - 1, 0), at),
            help="write `}` on a line of its own where it ends",
            fixes=[Fix("close the block", (Edit(place.source.span(at, at), "\n}"),))],
        ),
        needs=2,
    )


def too_much(place: Place) -> Iterator[Repair]:
    """Something stands here that does not belong."""
    word = place.word
    if word is not None and word.type == "$END":
        return
    if word is not None and word.start == place.offset:
        end = word.end
    else:
        end = place.offset + max(len(place.run), 1)
    opens = place.new_line and place.run in reserved_words()
    brace = word is not None and word.type == "LBRACE"
    if opens or brace:
        return
    piece = place.source.text[place.offset : end]
    where = place.source.span(place.offset, end)
    stray = word is not None and word.type == "RBRACE"
    expected = expected_in_words(place.accepted)
    yield Repair(
        (),
        place.offset,
        end,
        1.2 if not place.new_line or stray else 3.0,
        finding(
            "PW109" if stray else "PW110",
            "this brace closes nothing"
            if stray
            else f"{shown(piece)} does not belong after {shown(place.line_before())}",
            where,
            help="take it out" if stray else f"take it out; here may stand: {listed(expected)}",
            fixes=[Fix("take it out", (Edit(where, ""),))],
        ),
        needs=1 if stray else 2,
    )


def left_out_name(place: Place) -> Iterator[Repair]:
    """A missing name, number or text: put in empty where a whole block hangs on it."""
    for kind in FILLERS:
        if kind not in place.accepted:
            continue
        at = place.previous_end
        where = place.source.span(max(at - 1, 0), at)
        filler = {"TEXT": '"…"', "NUMERAL": "1", "WORD": "", "NAME": ""}.get(kind, "")
        wanted = expected_in_words(place.accepted)
        yield Repair(
            ((kind, filler),),
            place.offset,
            place.offset,
            1.6,
            finding(
                "PW110",
                f"{in_words(kind)} is missing after {shown(place.line_before())}",
                where,
                help=f"here may stand: {listed(wanted)}",
            ),
            needs=2,
        )
