"""What a comparison of two versions is made of: pairs, changes, the version number they need.

Everything here is frozen data; emitters show it and decide nothing.
"""

from collections.abc import Mapping
from enum import Enum, IntEnum, StrEnum
from typing import TYPE_CHECKING, Literal

from attrs import frozen

from pathwaydsl.model.pathway import Pathway
from pathwaydsl.text.span import Span

if TYPE_CHECKING:
    from pathwaydsl.versions.behaviour import Behaviour


class Bump(IntEnum):
    """How far a version number has to move; larger is more."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3

    @property
    def word(self) -> str:
        """`none`, `patch`, `minor`, `major`."""
        return self.name.lower()


class Level(StrEnum):
    """How much a change matters to one who signs; from most to least."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"

    @property
    def rank(self) -> int:
        """0 for an error, 3 for what is only kept on record."""
        return tuple(Level).index(self)

    @property
    def said(self) -> str:
        """What it asks of a reader: `look at first`, `look at`, `for the record`."""
        return _ASKED[self]


_ASKED = {
    Level.ERROR: "look at first",
    Level.WARNING: "look at",
    Level.INFO: "for the record",
    Level.OFF: "for the record",
}


class Section(Enum):
    """A part of the page of differences, in the order in which one who signs reads it."""

    TREATMENT = "treatment"
    DOSE = "dose"
    STRENGTH = "strength"
    POPULATION = "population"
    GAPS = "gaps"
    RECORD = "record"
    WORDING = "wording"

    @property
    def rank(self) -> int:
        """0 for what is read first."""
        return tuple(Section).index(self)

    @property
    def title(self) -> str:
        """The heading."""
        return _TITLES[self]


_TITLES = {
    Section.TREATMENT: "Treatments, options and the way to them",
    Section.DOSE: "Doses, thresholds, units, stopping rules and contraindications",
    Section.STRENGTH: "Strength, certainty and evidence",
    Section.POPULATION: "Population, and who falls under otherwise or not known",
    Section.GAPS: "Evidence gaps",
    Section.RECORD: "Dates, people and cases",
    Section.WORDING: "Wording",
}

Reason = Literal["declared", "id", "content", "neighbourhood", "similarity"]
"""Why two things are taken for one, from most to least certain."""


@frozen
class Pair:
    """One thing in both versions.

    Attributes:
        kind: `node` (gaps inside and outside the pathway included), `criterion`, `condition`,
            `score`, `drug`, `regimen`, `evidence`, `scheme`, `case`, `during`, `impossible`.
        old, new: Its id in each version; what has no id (a case, a `during`) has a made one.
        reason: The stage that found it.
        confidence: From 0 to 1.
    """

    kind: str
    old: str
    new: str
    reason: Reason
    confidence: float

    @property
    def renamed(self) -> bool:
        """Whether its id changed."""
        return self.old != self.new


@frozen
class Subject:
    """What a change is about.

    Attributes:
        kind: As `Pair.kind`; `pathway` for the head.
        id: Its id in the new version, or in the old one where it is gone.
        label: What the authors call it.
        old_id: Its id in the old version, or None where it is new.
    """

    kind: str
    id: str
    label: str
    old_id: str | None = None


@frozen
class Change:
    """One change between two versions, in the words of the field.

    Attributes:
        rule: Id of the change rule.
        message: One sentence without a full stop.
        old, new: What stood there and what stands there now, in words; None for nothing.
        old_span, new_span: Where it stands in each version.
        level, bump: As the rule says, unless `effect` says why not.
        uses: In how many places of the pathway a shared definition is used; None for the
            pathway's own things.
        effect: `none` where it is proved that no patient's advice changes through it.
        part_of: Fingerprint of the larger change that this one is a part of, or None.
        acceptable: Whether it can be accepted away.
        accepted: Why it was accepted, or None.
    """

    rule: str
    subject: Subject
    message: str
    level: Level
    bump: Bump
    section: Section
    fingerprint: str
    old: str | None = None
    new: str | None = None
    old_span: Span | None = None
    new_span: Span | None = None
    uses: int | None = None
    effect: Literal["none", "undecided"] | None = None
    part_of: str | None = None
    acceptable: bool = True
    accepted: str | None = None


@frozen
class Comparison:
    """Two versions side by side.

    Attributes:
        pairs: What is in both, sorted by kind and id.
        changes: In reading order.
        behaviour: For whom the advice is another; None where the two were not compared.
        required: How far the version number has to move, accepted changes left out.
        likeness: From 0 to 1: how much of the two pathways is in both.
        comparable: False for two unrelated pathways; then `changes` says only that.
    """

    old: Pathway
    new: Pathway
    pairs: tuple[Pair, ...]
    changes: tuple[Change, ...]
    behaviour: "Behaviour | None"
    required: Bump
    likeness: float = 1.0
    comparable: bool = True

    @property
    def nodes(self) -> Mapping[str, str]:
        """Ids of nodes and gaps in both versions: new by old."""
        return {pair.old: pair.new for pair in self.pairs if pair.kind == "node"}
