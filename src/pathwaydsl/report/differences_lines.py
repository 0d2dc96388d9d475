"""Changes as lines of a page: parts under the change they belong to, equal small ones together.

Grouping names every change it holds and never lowers a level or a step of the version number.
"""

from collections.abc import Iterable, Sequence

from attrs import frozen

from pathwaydsl.versions.records import Bump, Change, Level
from pathwaydsl.versions.rules import BY_ID

FEW = 3
"""Up to so many changes of one rule stand by themselves."""

_LIGHT = (Level.INFO, Level.OFF)


@frozen
class Line:
    """One line, with what belongs under it.

    Attributes:
        message: One sentence without a full stop.
        level, bump: The most of what is in it.
        changes: The changes that the line itself tells; none for a heading over `inside`.
        inside: Lines that belong under it.
        subjects: Where the line tells several equal changes: what each is about.
    """

    message: str
    level: Level
    bump: Bump
    changes: tuple[Change, ...] = ()
    inside: tuple["Line", ...] = ()
    subjects: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """How many changes it holds."""
        return len(self.changes) + sum(line.number for line in self.inside)

    @property
    def every(self) -> tuple[Change, ...]:
        """All changes it holds."""
        return (*self.changes, *(one for line in self.inside for one in line.every))

    @property
    def accepted(self) -> str | None:
        """Why what it tells was accepted, where it was."""
        return self.changes[0].accepted if self.changes else None

    @property
    def remark(self) -> str:
        """What else a reader must know of it: effect, acceptance; empty where nothing."""
        if not self.changes:
            return ""
        first = self.changes[0]
        told = []
        if first.effect == "none":
            told.append("no patient's advice changes through it")
        elif first.effect == "undecided":
            told.append("whether a patient's advice changes through it is undecided")
        if first.accepted:
            told.append(f"accepted: {first.accepted}")
        return "; ".join(told)


def lines_of(changes: Sequence[Change], *, ordered: bool = False) -> tuple[Line, ...]:
    """Changes as lines, the weightiest first.

    Args:
        changes: Changes of one section, in reading order.
        ordered: Whether they stay in the order they have, each by itself.
    """
    here = {one.fingerprint for one in changes}
    parts: dict[str, list[Change]] = {}
    tops: list[Change] = []
    for one in changes:
        if one.part_of is not None and one.part_of in here and one.part_of != one.fingerprint:
            parts.setdefault(one.part_of, []).append(one)
        else:
            tops.append(one)
    if ordered:
        return tuple(_single(one, parts) for one in tops)
    return _bundled(_together(tops, parts))


def _single(change: Change, parts: dict[str, list[Change]]) -> Line:
    inside = tuple(_single(one, parts) for one in parts.pop(change.fingerprint, ()))
    return Line(
        change.message,
        min((change.level, *(line.level for line in inside)), key=lambda level: level.rank),
        max((change.bump, *(line.bump for line in inside))),
        (change,),
        inside,
    )


def _together(tops: Iterable[Change], parts: dict[str, list[Change]]) -> list[Line]:
    """Changes that differ in nothing but what they are about, as one line."""
    same: dict[tuple[object, ...], list[Change]] = {}
    for one in tops:
        alone = one.fingerprint if one.fingerprint in parts else None
        key = (one.rule, one.level, one.bump, one.effect, one.accepted, _without(one), alone)
        same.setdefault(key, []).append(one)
    lines = []
    for alike in same.values():
        if len(alike) == 1:
            lines.append(_single(alike[0], parts))
            continue
        first = alike[0]
        subjects = tuple(dict.fromkeys(_called(one) for one in alike))
        message = f"{len(alike)} times: {_without(first)}"
        lines.append(Line(message, first.level, first.bump, tuple(alike), (), subjects))
    return lines


def _called(change: Change) -> str:
    uses = f" (used in {change.uses} places)" if change.uses and change.uses > 1 else ""
    return f"“{change.subject.label}”{uses}"


def _without(change: Change) -> str:
    """The message with a gap where it names what it is about."""
    message = change.message
    if change.uses is not None:
        message = message.removesuffix(f" (used in {change.uses} places)")
        message = message.removesuffix(" (used in 1 place)")
    return message.replace(f"“{change.subject.label}”", "“…”", 1)


def _bundled(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Many light changes of one rule under one heading; the weightiest lines first."""
    by_rule: dict[tuple[str, Level], list[Line]] = {}
    for line in lines:
        by_rule.setdefault((line.changes[0].rule, line.level), []).append(line)
    made: list[Line] = []
    for (rule, level), alike in by_rule.items():
        if level not in _LIGHT or len(alike) <= FEW:
            made.extend(alike)
            continue
        number = sum(line.number for line in alike)
        title = f"{BY_ID[rule].title}: {number} changes"
        made.append(Line(title, level, max(line.bump for line in alike), (), tuple(alike)))
    return tuple(sorted(made, key=lambda line: (line.level.rank, -line.bump)))
