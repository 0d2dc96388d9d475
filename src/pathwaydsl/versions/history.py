"""The history of a pathway: what each version changed, and the life of each gap and each advice.

It is reckoned from the versions alone; no author writes that something was "new in" one of them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal

from attrs import define, field, frozen

from pathwaydsl.model.gaps import Gap
from pathwaydsl.model.nodes import Act, GapNode, Node, Treat
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.model.values import PartialDate, Version
from pathwaydsl.versions.bump import declared
from pathwaydsl.versions.comparison import compare
from pathwaydsl.versions.records import Bump, Change, Comparison
from pathwaydsl.versions.rules import BY_ID
from pathwaydsl.versions.things import things_of

Compare = Callable[[Pathway, Pathway], Comparison]

WORDS: Mapping[str, str] = {
    "recommendation-made": "recommended",
    "recommendation-withdrawn": "no longer recommended",
    "recommendation-reversed": "reversed",
    "recommendation-strengthened": "strengthened",
    "recommendation-weakened": "weakened",
    "strengthened-on-same-evidence": "strengthened on unchanged evidence",
    "weakened-on-same-evidence": "weakened on unchanged evidence",
    "gap-opened": "opened",
    "gap-dropped": "no longer on record",
    "gap-goes-under-study": "under study",
    "gap-study-ended": "no longer under study",
    "gap-answered": "answered",
    "gap-reopened": "open again",
    "gap-withdrawn": "withdrawn",
    "gap-restored": "no longer withdrawn",
}
"""What happened, as it is said of a life: "weakened in 2.0.0"; else the title of the rule."""

STATUSES = ("open", "under-study", "answered", "withdrawn")


@frozen
class Event:
    """Something that happened to a gap or a recommendation.

    Attributes:
        version: The version that brought it; None where that has no number.
        word: What happened: `weakened`.
        change: The change that it stands for; None for coming and going.
    """

    version: Version | None
    word: str
    change: Change | None = None

    @property
    def said(self) -> str:
        """`weakened in 2.0.0`."""
        return f"{self.word} in {version_name(self.version)}"


@frozen
class Life:
    """The life of a gap or a recommendation over the versions.

    Attributes:
        kind: What it is.
        id, label: In the last version that has it.
        ids: Every id it had, oldest first.
        since: The first version that has it.
        until: The version that no longer has it; None while it is there.
        gone: Whether it is gone from the last version.
        events: What happened to it, oldest first.
        status: Of a gap that is there: its status in the last version, None where none is written.
        raised: Of a gap: since when the question is on record.
    """

    kind: Literal["gap", "recommendation"]
    id: str
    label: str
    ids: tuple[str, ...]
    since: Version | None
    until: Version | None = None
    gone: bool = False
    events: tuple[Event, ...] = ()
    status: str | None = None
    raised: PartialDate | None = None

    @property
    def said(self) -> str:
        """`since 1.0.0, weakened in 2.0.0`."""
        told = [f"since {version_name(self.since)}"]
        for event in self.events:
            if event.said not in told:
                told.append(event.said)
        return ", ".join(told)


@frozen
class GapCount:
    """The gaps of one version by status.

    Attributes:
        open: Those with the status `open`, and those without a status.
    """

    version: Version | None
    open: int
    under_study: int
    answered: int
    withdrawn: int

    @property
    def said(self) -> str:
        """`7 open, 2 under study, 1 answered`."""
        told = f"{self.open} open, {self.under_study} under study, {self.answered} answered"
        return f"{told}, {self.withdrawn} withdrawn" if self.withdrawn else told


@frozen
class Step:
    """From one version to the next.

    Attributes:
        declared: How far the number moved; `comparison.required` is how far it has to.
    """

    old: Pathway
    new: Pathway
    comparison: Comparison
    declared: Bump


@frozen
class Break:
    """A version that does not follow on the one before it.

    Attributes:
        version: The version.
        supersedes: What it says it follows on.
        before: The version that came before it.
        message: The same in a sentence without a full stop.
    """

    version: Version | None
    supersedes: Version | None
    before: Version | None
    message: str


@frozen
class History:
    """The versions of a pathway, oldest first.

    Attributes:
        steps: From each version to the next.
        gaps, recommendations: Lives, in the order of the last version that has them.
        counts: Gaps by status, a row for each version.
        breaks: Where the chain of versions is broken or forks.
    """

    versions: tuple[Pathway, ...]
    steps: tuple[Step, ...]
    gaps: tuple[Life, ...]
    recommendations: tuple[Life, ...]
    counts: tuple[GapCount, ...]
    breaks: tuple[Break, ...] = ()


def version_name(version: Version | None) -> str:
    """How a version is called."""
    return "a version without a number" if version is None else str(version)


def history(pathways: Sequence[Pathway], *, compare: Compare = compare) -> History:
    """The history of a pathway.

    Args:
        pathways: Its versions, oldest first.
        compare: How two of them are compared; a caller that keeps comparisons gives its own.
    """
    versions = tuple(pathways)
    steps = tuple(
        Step(old, new, compare(old, new), _declared(old, new)) for old, new in pairwise(versions)
    )
    gaps = _lives("gap", versions, steps, gaps_of)
    advice = _lives("recommendation", versions, steps, advising)
    counts = tuple(_count(one) for one in versions)
    return History(versions, steps, gaps, advice, counts, tuple(_breaks(versions)))


def gaps_of(pathway: Pathway) -> Mapping[str, Gap]:
    """The gaps that a pathway arrives at, pins or names, by id."""
    return {
        thing.id: thing.value
        for thing in things_of(pathway).values()
        if isinstance(thing.value, Gap)
    }


def advising(pathway: Pathway) -> Mapping[str, Node]:
    """The boxes that advise something, by id."""
    return {node.id: node for node in pathway.nodes if _advises(node)}


def _advises(node: Node) -> bool:
    if isinstance(node, GapNode):
        return False
    told = node.recommendation
    return bool(isinstance(node, Treat | Act) or told.strength or told.against or told.ratings)


def _declared(old: Pathway, new: Pathway) -> Bump:
    if old.version is None or new.version is None:
        return Bump.NONE
    return declared(old.version, new.version)


@define
class _Living:
    """A life as it goes on."""

    since: Version | None
    last: Gap | Node
    ids: list[str] = field(factory=list)
    events: list[Event] = field(factory=list)
    until: Version | None = None
    gone: bool = False


def _lives(
    kind: Literal["gap", "recommendation"],
    versions: tuple[Pathway, ...],
    steps: tuple[Step, ...],
    held: Callable[[Pathway], Mapping[str, Gap] | Mapping[str, Node]],
) -> tuple[Life, ...]:
    """Follows each thing from version to version by the pairs of the comparisons."""
    if not versions:
        return ()
    first = versions[0]
    living = {name: _Living(first.version, value, [name]) for name, value in held(first).items()}
    done: list[_Living] = []
    for step in steps:
        new_of = step.comparison.nodes
        told = _told(step.comparison)
        now = held(step.new)
        went_on: dict[str, _Living] = {}
        for name, one in living.items():
            later = new_of.get(name, "")
            if later in now:
                one.last = now[later]
                one.ids += [later] if later not in one.ids else []
                one.events += _events(kind, step.new.version, told.get(later, ()))
                went_on[later] = one
            else:
                one.until, one.gone = step.new.version, True
                gone = "no longer on record" if kind == "gap" else "withdrawn"
                one.events.append(Event(step.new.version, gone))
                done.append(one)
        living = {
            name: went_on.get(name) or _Living(step.new.version, value, [name])
            for name, value in now.items()
        }
    return tuple(_life(kind, one) for one in (*living.values(), *done))


def _told(comparison: Comparison) -> Mapping[str, tuple[Change, ...]]:
    """The changes of each box and gap, by its id in the newer version."""
    found: dict[str, list[Change]] = {}
    for change in comparison.changes:
        if change.subject.kind == "node":
            found.setdefault(change.subject.id, []).append(change)
    return {name: tuple(changes) for name, changes in found.items()}


_TOLD_OF = {
    "gap": frozenset({"existence", "study", "answer", "withdrawal", "question"}),
    "recommendation": frozenset({"direction", "strength", "level", "regimen"}),
}
"""The sides of a change that belong into a life; the rest stands in the differences."""


_SETTLED = frozenset({"gap-answered", "gap-reopened"})
"""That an answer came or went says already that it is another one."""


def _events(
    kind: Literal["gap", "recommendation"], version: Version | None, changes: tuple[Change, ...]
) -> Iterator[Event]:
    settled = any(change.rule in _SETTLED for change in changes)
    for change in changes:
        rule = BY_ID[change.rule]
        if settled and rule.id == "gap-answer-changed":
            continue
        if rule.kind in _TOLD_OF[kind]:
            yield Event(version, _word(change), change)


def _word(change: Change) -> str:
    rule = BY_ID[change.rule]
    if rule.id == "strength-word-changed":  # no more and no less, so both words are told
        return f"{change.old} became {change.new}"
    return WORDS.get(rule.id, rule.title[:1].lower() + rule.title[1:])


def _life(kind: Literal["gap", "recommendation"], one: _Living) -> Life:
    gap = one.last if isinstance(one.last, Gap) else None
    return Life(
        kind,
        one.last.id,
        one.last.label,
        tuple(one.ids),
        one.since,
        one.until,
        one.gone,
        tuple(one.events),
        gap.status if gap is not None and not one.gone else None,
        gap.raised if gap is not None else None,
    )


def _count(pathway: Pathway) -> GapCount:
    statuses = [gap.status or "open" for gap in gaps_of(pathway).values()]
    return GapCount(pathway.version, *(statuses.count(status) for status in STATUSES))


def _breaks(versions: tuple[Pathway, ...]) -> Iterator[Break]:
    seen: list[Version] = []
    for pathway in versions:
        before = seen[-1] if seen else None
        told, version = pathway.supersedes, pathway.version
        if told != before:
            yield Break(version, told, before, _broken(version_name(version), told, before, seen))
        if version is not None:
            seen.append(version)


def _broken(
    version: str, told: Version | None, before: Version | None, seen: Sequence[Version]
) -> str:
    if told is None:
        return f"Version {version} does not say that it follows on version {before}"
    if told in seen:
        return (
            f"Version {version} follows on version {told}, as version "
            f"{seen[seen.index(told) + 1]} does: the chain of versions forks here"
        )
    return f"Version {version} follows on version {told}, which is missing here"
