"""Terminals in an author's words, and the words that are kept for the language."""

import re
from collections.abc import Iterable
from functools import cache

from pathwaydsl.syntax.grammar import grammar_text

SIGNS = {
    "LBRACE": "{",
    "RBRACE": "}",
    "LPAR": "(",
    "RPAR": ")",
    "COMMA": ",",
    "DAY_COMMA": ",",
    "DOTDOT": "..",
    "ARROW": "->",
    "AT_LEAST_SIGN": ">=",
    "AT_MOST_SIGN": "<=",
    "EQUAL": "=",
    "MORE": ">",
    "LESS": "<",
}
"""Signs as an author writes them."""

KINDS_OF_WORDS = {
    "TEXT": "a text in quotation marks",
    "NUMERAL": "a number",
    "DATE_VALUE": "a date such as 2025-12-24",
    "VERSION_VALUE": "a version such as 2.0.0",
    "PHASE_VALUE": "a phase such as 3",
    "WORD": "a word",
    "NAME": "a name such as heart-function",
    "AXIS_NAME": "a name such as certainty",
    "CODE_VALUE": "a code such as doi:10.1000/182",
    "TRIAL_ID": "a trial id such as NCT00000000",
    "UNIT": "a unit such as % or months",
    "ROUTE": "a route such as IV",
    "AUC": "`AUC`",
}
"""What an author puts where one of these may stand."""

NEVER_NAMED = {"NOT_EQUAL", "ERROR", "COMMENT", "BLANK", "$END"}
"""Terminals that are no advice: wrong signs, and what lies between tokens."""


@cache
def keywords() -> dict[str, str]:
    """Keyword terminals and their words, such as `FOLLOW_UP` and `follow-up`."""
    rows = re.findall(r"^([A-Z_]+)\.5: /([a-z-]+)\(", grammar_text("keywords.lark"), re.MULTILINE)
    return dict(rows)


@cache
def reserved_words() -> frozenset[str]:
    """Words that open a definition or a statement or belong to expressions: never names."""
    line = re.search(r"^NAME: /\(\?!\(\?:([a-z|-]+)\)", grammar_text("keywords.lark"), re.MULTILINE)
    return frozenset(line[1].split("|")) if line else frozenset()


def in_words(terminal: str) -> str:
    """A terminal as an author would say it: `` `->` ``, `` `when` ``, "a number"."""
    if terminal in KINDS_OF_WORDS:
        return KINDS_OF_WORDS[terminal]
    return f"`{SIGNS.get(terminal) or keywords()[terminal]}`"


def expected_in_words(terminals: Iterable[str]) -> list[str]:
    """What may stand somewhere: kinds of words first, then signs, then words of the language."""
    wanted = {t for t in terminals if t not in NEVER_NAMED}
    order = [*KINDS_OF_WORDS, *SIGNS]
    known = [t for t in order if t in wanted]
    rest = sorted((t for t in wanted if t not in order), key=lambda t: keywords()[t])
    return list(dict.fromkeys(in_words(terminal) for terminal in (*known, *rest)))
