"""The one door for everything the tool has to say about an author's files.

Passes return findings as values beside their result; nothing raises for an author's mistake.
"""

from enum import StrEnum
from typing import Generic, TypeVar

from attrs import field, frozen

from pathwaydsl.text.span import Span

T = TypeVar("T")


class Severity(StrEnum):
    """How much a finding matters; the order is from most to least."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for information."""
        return tuple(Severity).index(self)


@frozen
class Label:
    """A second place that matters to a finding, and what to see there."""

    span: Span
    text: str


@frozen
class Edit:
    """Replace the text of a span; an empty span inserts."""

    span: Span
    text: str


@frozen
class Fix:
    """A mend the author can take as it is."""

    title: str
    edits: tuple[Edit, ...]


@frozen
class Finding:
    """One thing to tell the author.

    Attributes:
        rule: The rule's code, such as `PW301`; its text is in `text.rules`.
        severity: As the rule says, unless the configuration says otherwise.
        message: One matter-of-fact sentence in the words of the field, without a full stop.
        span: Where it is; None only when a file as a whole could not be read.
        file: The file it concerns.
        labels: Other places, each with what to see there.
        help: What to write instead, or None.
        fixes: Mends to take as they are.
    """

    rule: str
    severity: Severity
    message: str
    file: str
    span: Span | None = None
    labels: tuple[Label, ...] = ()
    help: str | None = None
    fixes: tuple[Fix, ...] = ()

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """The sort key of reports: file, place, rule, message."""
        start, end = (self.span.start, self.span.end) if self.span else (-1, -1)
        return self.file, start, end, self.rule, self.message


@frozen
class Outcome(Generic[T]):
    """What a pass returns: its value and what it found on the way."""

    value: T
    findings: tuple[Finding, ...] = field(default=())
