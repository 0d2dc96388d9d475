"""Where a thing stands in a file.

A span holds offsets only; lines, columns and UTF-16 positions are derived by `text.source`.
"""

from attrs import frozen


@frozen(order=True)
class Span:
    """A stretch of one file.

    Attributes:
        file: The file's name as findings print it (POSIX, relative to the project root where
            it lies inside it).
        start: Offset of the first character, in code points from the start of the text.
        end: Offset after the last character.
    """

    file: str
    start: int
    end: int

    def to(self, other: "Span") -> "Span":
        """The span from the start of this one to the end of the other, in the same file."""
        return Span(self.file, self.start, other.end)
