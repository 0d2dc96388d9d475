"""The text of one file and the only place where offsets become lines and columns.

Offsets count code points; lines and columns are 1-based; UTF-16 columns are 0-based, as
editors ask for them.
"""

from bisect import bisect_right
from functools import cached_property

from attrs import frozen

from pathwaydsl.text.span import Span


@frozen(order=True)
class Place:
    """A 1-based line and column, counted in code points."""

    line: int
    column: int


@frozen(slots=False)
class Source:
    """A file's name, as findings print it, and its text (after decoding, without the mark)."""

    name: str
    text: str

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        r"""Offsets at which lines start: the first, and those after each line feed."""
        starts = [0]
        text = self.text
        position = -1
        while (position := text.find("\n", position + 1)) >= 0:
            starts.append(position + 1)
        return tuple(starts)

    def place(self, offset: int) -> Place:
        """Line and column of an offset."""
        line = bisect_right(self.line_starts, offset)
        return Place(line, offset - self.line_starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of a 1-based line, without its line break; empty past the end."""
        if not 1 <= number <= len(self.line_starts):
            return ""
        start = self.line_starts[number - 1]
        end = self.text.find("\n", start)
        return (self.text[start:] if end < 0 else self.text[start:end]).rstrip("\r")

    def utf16(self, offset: int) -> tuple[int, int]:
        """0-based line and UTF-16 column of an offset, as the language server protocol counts."""
        place = self.place(offset)
        before = self.text[self.line_starts[place.line - 1] : offset]
        return place.line - 1, len(before.encode("utf-16-le")) // 2

    def span(self, start: int, end: int) -> Span:
        """A span of this file."""
        return Span(self.name, start, end)
