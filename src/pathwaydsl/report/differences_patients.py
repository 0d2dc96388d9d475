"""Who gets another advice, for readers: the same patients together, the weightiest first.

Those who lost something to choose come first, then those who get something else, then those who
gained; what a gap points out, and where ways end, comes last.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from attrs import frozen

from pathwaydsl.cases.walk import StopKind, Walk
from pathwaydsl.model.expressions import And, Expression, Or
from pathwaydsl.model.pathway import Library, Pathway
from pathwaydsl.model.wording import assignment_in_words, in_words
from pathwaydsl.report.outcomes_words import share_in_words
from pathwaydsl.versions.behaviour import Difference, Whom
from pathwaydsl.versions.records import Comparison
from pathwaydsl.versions.subjects import Subject
from pathwaydsl.versions.things import references

TITLES = {
    "lost": "Some patients no longer come to",
    "replaced": "Some patients come to something else",
    "gained": "Some patients now also come to",
}

ANSWERS = {
    "lost": "Patients with an answer that only the old version knows came to",
    "gained": "Patients with an answer that only the new version knows come to",
}
"""Titles where patients are told apart by an answer that only one version knows."""

SO_FAR = "the example goes no further"
"""Said where the way goes on and nothing more is given of the patient."""

_KINDS = {
    "none": "No way on",
    "pathway": "The pathway",
    "option": "Option",
    "regimen": "Regimen",
    "treat": "Treatment",
    "act": "Action",
    "choose": "Choice",
    "enter": "Other pathway",
    "end": "End",
    "gap": "Evidence gap",
    "flag": "Pinned evidence gap",
}
"""What a subject is called, the weightiest first."""

WEIGHTY = frozenset({"none", "pathway", "option", "regimen", "treat", "act"})
"""Kinds of what patients come to that weigh most."""


@frozen
class Met:
    """Something that patients come to, in words."""

    kind: str
    word: str
    id: str
    label: str

    @property
    def said(self) -> str:
        """`Option “Go on”`."""
        return f"{self.word} “{self.label}”"


@frozen
class Way:
    """A way as far as it is told: the titles of its boxes, and where it stops."""

    boxes: tuple[str, ...]
    stops: tuple[str, ...]


@frozen
class Patients:
    """Some patients, and all that they gained, or lost, or get in place of something.

    Attributes:
        met: What they come to in one version only; for `replaced` what they come to now.
        before: For `replaced`, what they came to before.
        always: What holds for all of them.
        who: Who they are: one of these conditions holds as well; none where `always` says all.
        more: Whether the conditions leave some of them out.
        share: How much of the declared input space they are, in words.
        values: One of them by the values that tell them apart; the plainest.
        witness: The same one by every value.
        shared: The boxes that begin both ways.
        old_way, new_way: How both ways go on from there.
        answers: Whether they have an answer that only one of the versions knows.
    """

    kind: Literal["lost", "replaced", "gained"]
    met: tuple[Met, ...]
    before: tuple[Met, ...]
    always: tuple[str, ...]
    who: tuple[str, ...]
    more: bool
    share: str | None
    values: tuple[str, ...]
    witness: tuple[str, ...]
    shared: tuple[str, ...]
    old_way: Way
    new_way: Way
    answers: bool = False

    @property
    def weighty(self) -> bool:
        """Whether patients of both versions are concerned, with a treatment, option or way on."""
        if self.answers:
            return False
        return self.kind == "replaced" or any(one.kind in WEIGHTY for one in self.met)

    @property
    def title(self) -> str:
        """`Some patients no longer come to`."""
        return ANSWERS[self.kind] if self.answers else TITLES[self.kind]

    @property
    def told(self) -> str:
        """What they lost, gained, or get in place of what."""
        now = _told_once(self.met)
        return now if self.kind != "replaced" else f"{_told_once(self.before)} → {now}"


def patients_of(comparison: Comparison) -> tuple[Patients, ...]:
    """Who gets another advice, the weightiest first."""
    told = comparison.behaviour
    if told is None:
        return ()
    same: dict[tuple[str, str, bool, bool], list[Difference]] = {}
    for number, one in enumerate(told.differences):
        apart = f" {number}" if one.kind == "replaced" else ""
        key = (one.kind + apart, one.whom.words, one.whom.more, one.answers)
        same.setdefault(key, []).append(one)
    found = [_patients(comparison, alike, told.library) for alike in same.values()]
    order = {kind: number for number, kind in enumerate(TITLES)}
    return tuple(sorted(found, key=lambda one: (one.answers, not one.weighty, order[one.kind])))


def _patients(comparison: Comparison, alike: Sequence[Difference], library: Library) -> Patients:
    first = max(alike, key=lambda one: one.subject.kind in WEIGHTY)
    whom = first.whom
    shared, old_way, new_way = _ways(comparison, whom)
    named = {name for kind, name in references((whom.condition,)) if kind == "criterion"}
    values = whom.witness.values
    had = tuple(in_words(one, library) for one in whom.witness.had)
    replaced = first.kind == "replaced"
    return Patients(
        first.kind,
        tuple(_in_order(one.subject for one in alike)),
        tuple(_in_order(one.old for one in alike if one.old and replaced)),
        *who_in_words(whom, library),
        whom.more,
        share_in_words(whom.share),
        (*(assignment_in_words(one, library) for one in values if one.criterion in named), *had),
        (*(assignment_in_words(one, library) for one in values), *had),
        shared,
        old_way,
        new_way,
        first.answers,
    )


def who_in_words(whom: Whom, library: Library) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What holds for all of them, and the conditions of which one holds as well."""
    if whom.condition is None:
        return (), (whom.words,)
    boxes = whom.condition.parts if isinstance(whom.condition, Or) else (whom.condition,)
    parts = [one.parts if isinstance(one, And) else (one,) for one in boxes]
    common = tuple(one for one in parts[0] if all(one in other for other in parts[1:]))
    rests = [tuple(one for one in other if one not in common) for other in parts]
    always = tuple(in_words(one, library) for one in common)
    if not all(rests):
        return always, ()
    told = (_all_of(rest, library) for rest in rests)
    return always, tuple(dict.fromkeys(told))


def _all_of(parts: tuple[Expression, ...], library: Library) -> str:
    return in_words(parts[0] if len(parts) == 1 else And(parts), library)


def _in_order(subjects: Iterable[Subject]) -> Iterator[Met]:
    order = {kind: number for number, kind in enumerate(_KINDS)}
    for one in sorted(subjects, key=lambda one: order[one.kind]):
        yield Met(one.kind, _KINDS[one.kind], one.id, one.label)


def _told_once(met: Sequence[Met]) -> str:
    """What they come to; an option, its box and its regimen once where they have one name."""
    said: dict[str, str] = {}
    for one in met:
        said.setdefault(one.label, one.said)
    return "; ".join(said.values())


def _ways(comparison: Comparison, whom: Whom) -> tuple[tuple[str, ...], Way, Way]:
    """The boxes both ways begin with, and how each goes on."""
    new_of = comparison.nodes
    old, new = whom.old_way.way, whom.new_way.way
    alike = 0
    for was, now in zip(old, new, strict=False):
        if new_of.get(was) != now or not _of_one_kind(comparison, was, now):
            break
        alike += 1
    shared = _titles(comparison.new, new[:alike])
    return (
        shared,
        _way(comparison.old, whom.old_way, alike),
        _way(comparison.new, whom.new_way, alike),
    )


def _of_one_kind(comparison: Comparison, was: str, now: str) -> bool:
    old, new = comparison.old.node.get(was), comparison.new.node.get(now)
    return old is None or new is None or old.kind == new.kind


def _way(pathway: Pathway, walk: Walk, alike: int) -> Way:
    stops = tuple(
        SO_FAR if stop.kind is StopKind.NOTHING_GIVEN else stop.why for stop in walk.stops
    )
    return Way(_titles(pathway, walk.way[alike:]), stops)


def _titles(pathway: Pathway, boxes: Sequence[str]) -> tuple[str, ...]:
    return tuple(pathway.node[one].label if one in pathway.node else one for one in boxes)
