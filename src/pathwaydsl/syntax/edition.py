"""The edition of the language that a file is written in, by its first line."""

import re

from pathwaydsl.text.finding import Finding
from pathwaydsl.text.rules import finding
from pathwaydsl.text.source import Source

EDITION = 1
"""The edition that this program reads."""

_BEGIN = re.compile(r"\ufeff?(?:[^\S\n]*(?:#[^\n]*)?\n)*[^\S\n]*pathwaydsl[^\S\n]+(\d+)\b")


def edition_of(text: str) -> int | None:
    """The edition that a text says it is written in, or None where it says none."""
    found = _BEGIN.match(text)
    digits = found[1] if found else "0"
    return int(digits) if len(digits) < 10 and digits.isascii() and int(digits) > 0 else None


def place_of_edition(text: str) -> tuple[int, int]:
    """Where the number of the edition stands; an empty place at the top where none does."""
    found = _BEGIN.match(text)
    return found.span(1) if found else (0, 0)


def other_edition(source: Source, newest: int = EDITION) -> Finding | None:
    """The finding about a file of another edition than the newest one, or None."""
    edition = edition_of(source.text)
    if edition is None or edition == newest:
        return None
    newer = edition > newest
    return finding(
        "PW105",
        f"this file is written in edition {edition} of the language, and this program reads "
        f"edition {newest}",
        source.span(*place_of_edition(source.text)),
        help="install a newer pathwaydsl" if newer else "run `pathwaydsl migrate`",
    )
