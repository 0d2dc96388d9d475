"""Slips with words: misspelled, foreign, kept for the language, or written as no name is."""

import re
from collections.abc import Iterator

from pathwaydsl.syntax.messages import open_block, shown
from pathwaydsl.syntax.place import FAR, NAME_LIKE, Place, Repair
from pathwaydsl.syntax.tree import Node
from pathwaydsl.syntax.words import expected_in_words, keywords, reserved_words
from pathwaydsl.text.finding import Edit, Fix
from pathwaydsl.text.rules import finding
from pathwaydsl.text.suggestion import listed, nearest

CLOSED = frozenset(
    {
        "ROUTE",
        "ONCE",
        "DAILY",
        "WEEKLY",
        "MONTHLY",
        "TWICE",
        "HARM",
        "PREFERRED",
        "EVERYONE",
        "ONE_SIDED",
        "TWO_SIDED",
    }
)
"""Words of closed lists that the grammar knows itself."""


SAID_OTHERWISE = {
    "else": "otherwise",
    "default": "otherwise",
    "if": "when",
    "goto": "then",
    "next": "then",
}
"""Words of other languages, and what they are called here."""


_SHORTHAND = re.compile(
    r"(?:q(?P<number>[1-9][0-9]?)(?P<unit>[dw])|(?P<word>qd|od|bid|bd|tid|tds|q\.?d\.?|b\.i\.d\.?)"
    r"|(?P<route>i\.v\.?|s\.c\.?|i\.m\.?|p\.o\.?))(?![\w.-])",
    re.IGNORECASE,
)
_OFTEN = {
    1: (("DAILY", "daily"),),
    2: (("TWICE", "twice"), ("DAILY", "daily")),
    3: (("NUMERAL", "3"), ("TIMES", "times"), ("DAILY", "daily")),
}


def clinical_shorthand(place: Place) -> Iterator[Repair]:
    """`q3w`, `bid`, `i.v.`: what is written in a chart, and how it is written here."""
    match = _SHORTHAND.match(place.source.text, place.offset)
    if match is None:
        return
    feed: tuple[tuple[str, str], ...]
    if match["number"]:
        unit = "weeks" if match["unit"].lower() == "w" else "days"
        feed = (("EVERY", "every"), ("NUMERAL", match["number"]), ("UNIT", unit))
    elif match["word"]:
        times = {"b": 2, "t": 3}.get(match["word"][0].lower(), 1)
        feed = _OFTEN[times]
    else:
        route = match["route"].replace(".", "").upper()
        feed = (("ROUTE", "oral" if route == "PO" else route),)
    if feed[0][0] not in place.accepted:
        return
    meant = " ".join(word for _, word in feed)
    where = place.source.span(*match.span())
    yield Repair(
        feed,
        match.start(),
        match.end(),
        -1.0,
        finding(
            "PW212",
            f"{shown(match[0])} is not a word of the language",
            where,
            help=f"write `{meant}`",
            fixes=[Fix(f"write `{meant}`", (Edit(where, meant),))],
        ),
        needs=0,
    )


def misspelled_word(place: Place) -> Iterator[Repair]:
    """A word of the language with a letter lost, swapped, in capitals, or under another name."""
    match = NAME_LIKE.match(place.source.text, place.offset)
    if not match:
        return
    words = {keywords()[t]: t for t in place.accepted if t in keywords()}
    meant = nearest(match[0], words) or (
        match[0].lower() if match[0].lower() in words and match[0] not in words else None
    )
    if meant is None and SAID_OTHERWISE.get(match[0].lower()) in words:
        meant = SAID_OTHERWISE[match[0].lower()]
    if meant is None:
        return
    where = place.source.span(*match.span())
    fix = Fix(f"write `{meant}`", (Edit(where, meant),))
    closed = words[meant] in CLOSED
    yield Repair(
        ((words[meant], meant),),
        match.start(),
        match.end(),
        0.5,
        finding(
            "PW212" if closed else "PW111",
            f"{shown(match[0])} is not a word of the language",
            where,
            help=f"did you mean `{meant}`?",
            fixes=[fix],
        ),
        needs=1,
    )


def foreign_word(place: Place) -> Iterator[Repair]:
    """A statement whose first word is none: read as the one that fits what follows."""
    match = NAME_LIKE.match(place.source.text, place.offset)
    if not match or "ERROR" not in place.accepted or match[0] in reserved_words():
        return
    where = place.source.span(*match.span())
    block = open_block(place.values)
    expected = expected_in_words(place.accepted)
    for kind in sorted(place.accepted & keywords().keys()):
        yield Repair(
            ((kind, ""),),
            match.start(),
            match.end(),
            2.5,
            finding(
                "PW111",
                f"{shown(match[0])} does not begin a statement" + (f" in {block}" if block else ""),
                where,
                help=f"here may stand: {listed(expected)}",
            ),
            needs=FAR,
        )


def wrong_name(place: Place) -> Iterator[Repair]:
    """A name that is a word of the language, or not written as names are."""
    match = NAME_LIKE.match(place.source.text, place.offset)
    if "NAME" not in place.accepted or not match:
        return
    word = match[0]
    where = place.source.span(*match.span())
    if word in reserved_words():
        better = f"{word}-{_kind_of_name(place)}"
        if word in {"known", "unknown"} and "NOT" in place.accepted:
            yield Repair(
                (("NAME", ""),),
                match.start(),
                match.end(),
                0.5,
                finding(
                    "PW112",
                    f"`{word}` is said of a criterion and stands after `is`",
                    where,
                    help=f"write `CRITERION is {word}`; who cannot be told goes by a line of its "
                    "own, `unknown -> NAME`",
                ),
                needs=1,
            )
        yield Repair(
            (("NAME", word),),
            match.start(),
            match.end(),
            0.6,
            finding(
                "PW112",
                f"`{word}` is a word of the language and cannot be a name",
                where,
                help=f"choose another name, such as `{better}`",
                fixes=[Fix(f"write `{better}`", (Edit(where, better),))],
            ),
            needs=1 if not place.new_line else FAR,
        )
    elif not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", word):
        better = re.sub(r"[_-]+", "-", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", word)).lower()
        better = better.strip("-")
        yield Repair(
            (("NAME", better),),
            match.start(),
            match.end(),
            0.4,
            finding(
                "PW113",
                f"`{word}` cannot be a name",
                where,
                help=f"names are small letters and digits joined by hyphens: write `{better}`",
                fixes=[Fix(f"write `{better}`", (Edit(where, better),))],
            ),
            needs=1,
        )


def _kind_of_name(place: Place) -> str:
    last = place.values[-1] if place.values else None
    word = str(last) if last is not None and not isinstance(last, Node) else ""
    if word in {"criterion", "regimen", "drug", "scheme", "score", "condition"}:
        return word if word != place.run else "name"
    return "step"
