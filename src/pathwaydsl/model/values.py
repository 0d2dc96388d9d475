"""Small exact values: quantities, dates, versions, codes, citations.

Numbers are `Decimal` with the digits the author wrote, so `0.60` prints as `0.60`.
"""

from decimal import Decimal

from attrs import field, frozen

from pathwaydsl.text.span import Span


def written(default: Span | None = None) -> Span | None:
    """The attrs field for "where it was written": it never takes part in comparisons."""
    return field(default=default, eq=False, hash=False, repr=False, kw_only=True)


@frozen
class Quantity:
    """A number with its unit: the canonical name of a unit, or None for a plain number."""

    number: Decimal
    unit: str | None = None

    def __str__(self) -> str:
        return f"{self.number:f}" if self.unit is None else f"{self.number:f} {self.unit}"


def _first(part: int | None) -> int:
    """A year alone stands before every day of it."""
    return part or 0


@frozen(order=True)
class PartialDate:
    """A day, or only a year (then `month` and `day` are None): an interval of days."""

    year: int
    month: int | None = field(default=None, order=_first)
    day: int | None = field(default=None, order=_first)

    @property
    def earliest(self) -> tuple[int, int, int]:
        """The first day it may mean, as (year, month, day)."""
        return self.year, self.month or 1, self.day or 1

    @property
    def latest(self) -> tuple[int, int, int]:
        """The last day it may mean, as (year, month, day); 31 stands for a month's end."""
        return self.year, self.month or 12, self.day or 31

    def __str__(self) -> str:
        if self.month is None or self.day is None:
            return f"{self.year:04d}"
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"


@frozen(order=True)
class Version:
    """`2.0.0` (SemVer) or `2025.12.1` (CalVer: the first part is a year, 1900 or later)."""

    major: int
    minor: int
    patch: int

    @property
    def calendar(self) -> bool:
        """Whether it is a calendar version."""
        return self.major >= 1900

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"


@frozen
class Code:
    """A code of a scheme: `atc:L01FD02`, `doi:10.1056/NEJMoa1113216`."""

    scheme: str
    value: str

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


@frozen
class Citation:
    """What a statement cites: evidence by its id, or a code. Exactly one of the two is set."""

    evidence: str | None = None
    code: Code | None = None
    span: Span | None = written()


@frozen
class Position:
    """What somebody holds on a question: `position "WHO" says "…" cite …`."""

    who: str
    says: str
    cites: tuple[Citation, ...] = ()
    span: Span | None = written()


@frozen(kw_only=True)
class Lineage:
    """What every definition and node may carry: why it is so, and where it came from.

    Attributes:
        rationale: CommonMark, or None.
        was: The id it had before it was renamed, or None.
        replaces: Ids it was merged from or split off.
    """

    rationale: str | None = None
    was: str | None = None
    replaces: tuple[str, ...] = ()
