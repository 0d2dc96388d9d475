"""Slips that people make while they edit a pathway, one line at a time.

Each slip takes a line and gives the line with the mistake, or None where it does not apply.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

OPENERS = frozenset(
    [
        "measures",
        "when",
        "otherwise",
        "option",
        "regimen",
        "recommend",
        "rated",
        "evidence",
        "monitor",
        "flags",
        "then",
        "kind",
        "question",
        "priority",
        "status",
        "raised",
        "review",
        "meanwhile",
        "give",
        "until",
        "code",
        "class",
        "contraindicated",
        "caution",
        "note",
        "trial",
        "enrolled",
        "published",
        "compares",
        "outcome",
        "assessed",
        "clock",
        "arm",
        "hazard-ratio",
        "cite",
        "version",
        "date",
        "population",
        "start",
        "because",
        "rationale",
        "expect",
        "given",
        "criterion",
        "assess",
        "decide",
        "treat",
        "gap",
        "pathway",
        "case",
        "drug",
    ]
)


@dataclass(frozen=True)
class Slip:
    """A kind of slip and where it was made (1-based line)."""

    kind: str
    line: int


def _opener(line: str) -> re.Match[str] | None:
    first = re.match(r"\s*([a-z-]+)", line)
    return first if first and first[1] in OPENERS and len(first[1]) > 3 else None


def letter_lost(line, rng):
    if not (first := _opener(line)):
        return None
    at = first.start(1) + rng.randrange(1, len(first[1]) - 1)
    return line[:at] + line[at + 1 :]


def letters_swapped(line, rng):
    first = _opener(line)
    if not first or len(set(first[1][1:])) < 3:
        return None
    at = first.start(1) + rng.randrange(1, len(first[1]) - 1)
    return line[:at] + line[at + 1] + line[at] + line[at + 2 :]


def foreign_word(line, rng):
    if not (first := _opener(line)):
        return None
    return line[: first.start(1)] + "blorb" + line[first.end(1) :]


def _has_one_text(line: str) -> bool:
    return line.count('"') == 2


def closing_mark_lost(line, rng):
    return line[::-1].replace('"', "", 1)[::-1] if _has_one_text(line) else None


def opening_mark_lost(line, rng):
    return line.replace('"', "", 1) if _has_one_text(line) else None


def opening_brace_lost(line, rng):
    if not line.rstrip().endswith("{") or line.count("{") != 1:
        return None
    return line.rstrip()[:-1].rstrip()


def closing_brace_lost(line, rng):
    return "" if line.strip() == "}" else None


def closing_brace_doubled(line, rng):
    return line + " }" if line.strip() == "}" else None


def arrow_lost(line, rng):
    return line.replace("->", "", 1) if "->" in line else None


def arrow_misdrawn(line, rng):
    return line.replace("->", "=>", 1) if "->" in line else None


def target_lost(line, rng):
    return re.sub(r"-> [a-z0-9-]+", "->", line, count=1) if "->" in line else None


def mathematical_sign(line, rng):
    return line.replace(">=", "≥", 1) if ">=" in line else None


def malformed_date(line, rng):
    if not re.match(r"\s*(date|raised|version|published) \d", line):
        return None
    return re.sub(r"\d[\d.-]*", "2025-02-31x", line, count=1)


def blank_lost(line, rng):
    if '"' in line:
        return None
    new = re.sub(r"(\d) (months|mg|weeks)\b", r"\1\2", line, count=1)
    return new if new != line else None


def trailing_comma(line, rng):
    return line + "," if re.match(r"\s*(flags|measures|evidence) [a-z0-9-]+$", line) else None


def stray_word(line, rng):
    if not re.match(r"\s*(then|recommend|priority|raised|version|date|start|published)\b", line):
        return None
    return None if line.endswith("{") else line + " zonk"


SLIPS: tuple[Callable[[str, random.Random], str | None], ...] = (
    letter_lost,
    letters_swapped,
    foreign_word,
    closing_mark_lost,
    opening_mark_lost,
    opening_brace_lost,
    closing_brace_lost,
    closing_brace_doubled,
    arrow_lost,
    arrow_misdrawn,
    target_lost,
    mathematical_sign,
    malformed_date,
    blank_lost,
    trailing_comma,
    stray_word,
)


def lines_of_statements(text: str) -> Iterator[int]:
    """Indexes of lines that hold a statement, not inside a text of several lines."""
    inside = False
    for index, line in enumerate(text.split("\n")):
        if line.count('"""') % 2:
            inside = not inside
        elif not inside and line.strip() and not line.lstrip().startswith("#") and '""' not in line:
            yield index


def with_slips(text: str, count: int, rng: random.Random) -> tuple[str, tuple[Slip, ...]]:
    """The text with so many slips in distinct statements, and which they are."""
    lines = text.split("\n")
    places = list(lines_of_statements(text))
    slips: list[Slip] = []
    for _ in range(400):
        if len(slips) == count:
            break
        index = rng.choice(places)
        if any(abs(index + 1 - slip.line) < 4 for slip in slips):
            continue
        makers = [m for m in SLIPS if (new := m(lines[index], rng)) and new != lines[index]]
        if not makers and lines[index].strip() != "}":
            continue
        make = rng.choice(makers or [closing_brace_lost])
        new = make(lines[index], rng)
        if new is None or new == lines[index]:
            continue
        lines[index] = new
        slips.append(Slip(make.__name__, index + 1))
    return "\n".join(lines), tuple(slips)
