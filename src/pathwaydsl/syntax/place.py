"""A place that cannot be read, and what a mend of it is."""

import re
from typing import Any

from attrs import frozen

from pathwaydsl.syntax.tree import Node
from pathwaydsl.syntax.trial import Tables
from pathwaydsl.text.finding import Finding
from pathwaydsl.text.source import Source

ENOUGH = 3
"""A mend must let at least so many tokens be read, or all that is left."""

FAR = 7
"""Further than this two mends count the same."""

NAME_LIKE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_SHOWN = 30
"""Letters of a line that a message quotes."""

_RUN = re.compile(r"""[^\s{}(),"#]+""")


@frozen
class Repair:
    """A mend: tokens taken back, then tokens fed; reading goes on at `end`.

    Attributes:
        feed: Terminal and text of each token put in.
        start: Offset where they stand.
        end: Offset from which reading goes on.
        likelihood: Subtracted from how far reading goes; smaller is likelier.
        finding: What is told if this mend is the one.
        drop: How many tokens read before are taken back.
        needs: How many tokens must be readable after it.
    """

    feed: tuple[tuple[str, str], ...]
    start: int
    end: int
    likelihood: float
    finding: Finding
    drop: int = 0
    needs: int = ENOUGH


class Place:
    """A mistake with everything a mend may need to know.

    Attributes:
        accepted: Terminals that may stand here.
        word: The next token, whatever it is.
        run: The author's text from here to the next blank, brace or comma.
        new_line: Whether a line break lies before it.
        previous_end: Offset after the last token that was read.
    """

    def __init__(
        self, source: Source, tables: Tables, states: list[Any], values: list[Any], offset: int
    ) -> None:
        self.source = source
        self.tables = tables
        self.states = states
        self.values = values
        self.offset = offset
        self.accepted = tables.accepts(states)
        self.word = tables.any_word(offset)
        run = _RUN.match(source.text, offset)
        self.run = run[0] if run else source.text[offset : offset + 1]
        last = values[-1] if values else None
        end = 0 if last is None else last.end if isinstance(last, Node) else last.end_pos
        self.previous_end: int = max(end, 0)
        self.new_line = "\n" in source.text[self.previous_end : offset]

    def line_before(self) -> str:
        """The author's text on this line before the last token's end, shortened."""
        start = self.source.text.rfind("\n", 0, self.previous_end) + 1
        line = self.source.text[start : self.previous_end].strip()
        if len(line) <= _SHOWN:
            return line
        cut = line[-_SHOWN:]
        whole_words = cut if line[-_SHOWN - 1].isspace() else cut.partition(" ")[2]
        return (whole_words or cut).strip()
