"""How wide text is, where it wraps, and what of it may be drawn.

Widths are our own, so that a chart is the same whatever fonts a machine has, and roomy enough for
the sans-serif fonts that browsers fall back to.
"""

import re
import unicodedata
from functools import lru_cache

MAX_CHARACTERS = 300
"""A longer label is cut in the chart; the page has the whole of it."""

_ROWS = {
    191: "'",
    222: "ijl",
    260: "|",
    278: " !,./:;I[\\]ft",
    333: "()-`r",
    334: "{}",
    355: '"',
    389: "*",
    469: "^",
    500: "Jcksvxyz",
    556: "#$?0123456789L_abdeghnopqu",
    584: "+<=>~",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1015: "@",
}
_WIDTHS = {letter: width / 1000 for width, letters in _ROWS.items() for letter in letters}

_ROOM = 1.05
_BOLD = 1.07

_NOT_DRAWN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_BLANKS = re.compile(r"\s+")
_NUMBER = re.compile(r"^[<>\u2264\u2265]?[-\u2212]?\d[\d.,/]*$")


def drawable(text: str, most: int = MAX_CHARACTERS) -> str:
    """One line of text without control characters, of at most `most` characters."""
    text = _BLANKS.sub(" ", _NOT_DRAWN.sub("", text[: 4 * most])).strip()
    if len(text) > most:
        text = text[: most - 1].rstrip() + "…"
    return text


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line in points at a font size, with some room to spare."""
    return sum(map(_width, text)) * size * _ROOM * (_BOLD if bold else 1)


@lru_cache(maxsize=4096)
def _width(letter: str) -> float:
    known = _WIDTHS.get(letter)
    if known is not None:
        return known
    category = unicodedata.category(letter)
    if category in {"Mn", "Me", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(letter) in {"W", "F"}:
        return 1.25 if category == "So" else 1.0
    base = unicodedata.normalize("NFD", letter)[0]
    if base in _WIDTHS:
        return _WIDTHS[base]
    return 0.75 if category == "Lu" else 0.65


@lru_cache(maxsize=4096)
def wrapped(text: str, most: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """Lines of a text, each at most `most` points wide.

    A number stays with the word after it; a word wider than a line is cut.
    """
    lines: list[str] = []
    line = ""
    for word in _words(drawable(text)):
        longer = f"{line}{word}" if line else word.lstrip()
        if width(longer.rstrip(), size, bold=bold) <= most:
            line = longer
            continue
        if line:
            lines.append(line.rstrip())
        line = word.lstrip()
        while width(line.rstrip(), size, bold=bold) > most:
            cut = _fitting(line, most, size, bold=bold)
            lines.append(line[:cut].rstrip())
            line = line[cut:]
    if line.strip():
        lines.append(line.rstrip())
    return tuple(line for line in lines if line)


def _words(text: str) -> list[str]:
    """Pieces between which a line may break, each with the blank before it."""
    words: list[str] = []
    for index, token in enumerate(text.split(" ")):
        blank = " " if index else ""
        if words and _NUMBER.match(words[-1].strip()):
            words[-1] += f" {token}"
            continue
        pieces = _wide_pieces(token)
        words.extend([blank + pieces[0], *pieces[1:]] if pieces else [])
    return words


def _wide_pieces(token: str) -> list[str]:
    """A token cut after every East Asian character, since lines may break there."""
    if token.isascii():
        return [token]
    pieces: list[str] = []
    piece = ""
    for letter in token:
        piece += letter
        if unicodedata.east_asian_width(letter) in {"W", "F"}:
            pieces.append(piece)
            piece = ""
    return [*pieces, piece] if piece else pieces


def _fitting(line: str, most: float, size: float, *, bold: bool) -> int:
    """How many characters of a word fit on a line; at least one, with its marks."""
    total = 0.0
    for index, letter in enumerate(line):
        total += width(letter, size, bold=bold)
        if total > most and index:
            return index
    return len(line)


def only_latin(text: str) -> bool:
    """Whether the engine's own fonts can draw the text: Latin, Greek, Cyrillic and signs."""
    return text.isascii() or all(_drawn_by_engine(letter) for letter in text)


def _drawn_by_engine(letter: str) -> bool:
    point = ord(letter)
    return (
        point < 0x0530
        or 0x1E00 <= point < 0x2000
        or (0x2010 <= point < 0x2070 and unicodedata.category(letter) != "Cf")
        or letter
        in "\u2070\u2074\u2075\u2076\u2077\u2078\u2079\u207b\u20ac\u2122\u2212\u2264\u2265"
    )
