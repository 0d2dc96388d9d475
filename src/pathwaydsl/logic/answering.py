"""Whether everyone a pathway is for gets an answer, and what stands in the way where not.

An answer is a recommended treatment or action, a choice, or a declared evidence gap; to find
something out is none yet. Nothing here reads findings: a finding that an author silenced still
stands in the way. What is not proved is never said to be fine.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Literal

from attrs import frozen

from pathwaydsl.logic.diagrams import EVERYBODY, NOBODY
from pathwaydsl.logic.reachability import Arrivals, Way
from pathwaydsl.model.expressions import Expression
from pathwaydsl.model.graph import Exit, all_exits
from pathwaydsl.model.nodes import (
    RESUME,
    Act,
    Assess,
    Choose,
    Decide,
    End,
    Enter,
    GapNode,
    Node,
    Together,
    Treat,
)
from pathwaydsl.model.pathway import Pathway

ObstacleKind = Literal[
    "unreadable",
    "undecided",
    "nobody",
    "not-asked",
    "uncovered",
    "overlap",
    "no-option",
    "dead-end",
    "never-left",
    "never-answered",
    "unanswered-end",
    "outside",
    "other-pathway",
]

RULES: Mapping[ObstacleKind, str | None] = {
    "unreadable": None,
    "undecided": "PW309",
    "nobody": "PW308",
    "not-asked": "PW307",
    "uncovered": "PW301",
    "overlap": "PW302",
    "no-option": "PW306",
    "dead-end": "PW313",
    "never-left": "PW314",
    "never-answered": None,
    "unanswered-end": None,
    "outside": "PW330",
    "other-pathway": None,
}
"""The finding that tells more about each kind of obstacle, where there is one."""


@frozen
class Hindered:
    """Patients who hinder the proof: where, and which of those who come there."""

    kind: ObstacleKind
    node: str | None = None
    some: int = NOBODY
    among: int = NOBODY
    other: str | None = None


@frozen
class Stretch:
    """A stretch of a pathway from one answer to the next ones.

    Attributes:
        source: Where it begins, or None for the start of the pathway.
        first: Who goes on to which box right from there.
        at: Who comes to each box of the stretch.
    """

    source: str | None
    first: Mapping[str, int]
    at: Mapping[str, int]


def answers(node: Node) -> bool:
    """Whether who comes to a box has an answer there."""
    return isinstance(node, Treat | Act | Choose | GapNode)


class Followed(Arrivals):
    """Who arrives where, with the ways that somebody takes."""

    def __init__(self, pathway: Pathway, others: Mapping[str, Pathway] | None = None) -> None:
        self.taken: dict[str, dict[str, None]] = {}
        self._stopping: frozenset[str] = frozenset()
        self._ways_to: dict[str, frozenset[str]] = {}
        super().__init__(pathway, others)

    def _ways(self, node: Node, patients: int) -> Iterator[Way]:
        if node.id in self._stopping:
            return
        for way in super()._ways(node, patients):
            if way.patients and not self._stopping:
                targets = [target for target, some in self._targets(way) if some]
                self.taken.setdefault(node.id, {}).update(dict.fromkeys(targets))
            yield way

    @cached_property
    def after(self) -> Mapping[str, tuple[str, ...]]:
        """The boxes that somebody goes on to from each box."""
        found: dict[str, tuple[str, ...]] = {}
        for node in self.pathway.nodes:
            targets = list(self.taken.get(node.id, ()))
            if isinstance(node, Together) and self.at.get(node.id):
                targets += node.strands
            known = (target for target in targets if self.at.get(target))
            found[node.id] = tuple(dict.fromkeys(known))
        return found

    @cached_property
    def before(self) -> Mapping[str, tuple[str, ...]]:
        """The boxes from which somebody comes to each box."""
        found: dict[str, list[str]] = {node.id: [] for node in self.pathway.nodes}
        for source, targets in self.after.items():
            for target in targets:
                found[target].append(source)
        return {target: tuple(sources) for target, sources in found.items()}

    def ways_to(self, node_id: str) -> frozenset[str]:
        """The boxes that lie before a box, itself only where a way leads back to it."""
        if node_id in self._ways_to:
            return self._ways_to[node_id]
        found: set[str] = set()
        waiting = list(self.before[node_id])
        while waiting:
            source = waiting.pop()
            if source not in found:
                found.add(source)
                waiting.extend(self.before[source])
        self._ways_to[node_id] = frozenset(found)
        return self._ways_to[node_id]

    @cached_property
    def unanswered(self) -> Mapping[str, int]:
        """Who comes to each box without having had an answer before."""
        answering = frozenset(node.id for node in self.pathway.nodes if answers(node))
        return self._until(answering, ((self.pathway.start or "", self.start),))

    @cached_property
    def joins(self) -> Mapping[str, str]:
        """Boxes at which strands come together, and the `together` they belong to."""
        found: dict[str, str] = {}
        for node in self.pathway.nodes:
            if isinstance(node, Together) and node.then is not None:
                found.setdefault(node.then, node.id)
        return found

    def stretch(self, source: str | None) -> "Stretch":
        """From a box, or from the start, to the next answers and the next joins of strands."""
        stops = {node.id for node in self.pathway.nodes if answers(node)} | self.joins.keys()
        if source is None:
            first = {self.pathway.start or "": self.start}
        else:
            first = {}
            self._stopping = frozenset({""})
            for way in super()._ways(self.pathway.node[source], self.at.get(source, NOBODY)):
                for target, arriving in self._targets(way):
                    if arriving and target in self.pathway.node:
                        here = first.get(target, NOBODY)
                        first[target] = self.diagrams.either(here, arriving)
            self._stopping = frozenset()
        return Stretch(source, first, self._until(frozenset(stops), first.items()))

    def _until(self, stops: frozenset[str], first: Iterable[tuple[str, int]]) -> Mapping[str, int]:
        """Who comes to each box from some boxes on, not beyond the stops."""
        arrived = self.at
        self.at = {}
        self._stopping = stops | {""}
        for box, patients in first:
            if box in self.pathway.node:
                self._follow(box, patients, stop=None)
        self._stopping = frozenset()
        found, self.at = self.at, arrived
        return found

    # What stands in the way

    def hindered(self) -> Iterator[Hindered]:
        """Everything in this pathway that stands in the way, in the order of its boxes."""
        if not self.start:
            yield Hindered("nobody")
            return
        for node in self.pathway.nodes:
            arriving = self.at.get(node.id, NOBODY)
            if arriving:
                yield from self._at(node, arriving)
        yield from self._stuck()

    def _at(self, node: Node, arriving: int) -> Iterator[Hindered]:
        match node:
            case Decide():
                yield from self._unasked(node, arriving, (b.when for b in node.branches))
                yield from self._decided(node, arriving)
            case Choose():
                yield from self._unasked(node, arriving, (o.when for o in node.options))
                choosing = self.choosing(node, arriving)
                opened = self.diagrams.any_of(self.open_options(node, arriving))
                closed = self.diagrams.without(choosing, opened)
                if closed:
                    yield Hindered("no-option", node.id, closed, choosing)
            case Enter():
                yield from self._entered(node, arriving)
            case Assess() | Treat() | Act() | Together():
                if node.then is None:
                    yield Hindered("dead-end", node.id)
            case _:
                pass
        if any(way.target not in self._targets_known for way in self._exits.get(node.id, ())):
            yield Hindered("unreadable", node.id)
        here = self.unanswered.get(node.id, NOBODY)
        if isinstance(node, End) and here and not answers(node):
            yield Hindered("unanswered-end", node.id, here, arriving)

    @cached_property
    def _exits(self) -> Mapping[str, tuple[Exit, ...]]:
        return all_exits(self.pathway)

    @cached_property
    def _targets_known(self) -> frozenset[str]:
        return frozenset((*self.pathway.node, RESUME))

    def _unasked(
        self, node: Node, arriving: int, conditions: Iterable[Expression | None]
    ) -> Iterator[Hindered]:
        names = self.asked(conditions)
        unasked = self.diagrams.both(arriving, self.patients.missing(names))
        if unasked:
            yield Hindered("not-asked", node.id, unasked, arriving)

    def _decided(self, node: Decide, arriving: int) -> Iterator[Hindered]:
        answered = self.answered(node, arriving)
        if answered.uncovered:
            yield Hindered("uncovered", node.id, answered.uncovered, answered.asked)
        if node.first_match:
            return
        above: list[tuple[tuple[object, ...], int]] = []
        overlapping = NOBODY
        for branch, taking in zip(node.branches, answered.lines, strict=True):
            said = (branch.target, branch.label, frozenset(branch.flags))
            for other, taken in above:
                if other != said:
                    both = self.diagrams.both(taken, taking)
                    overlapping = self.diagrams.either(overlapping, both)
            above.append((said, taking))
        if overlapping:
            yield Hindered("overlap", node.id, overlapping, answered.asked)

    def _entered(self, node: Enter, arriving: int) -> Iterator[Hindered]:
        target = self.others.get(node.pathway or "")
        if target is None:
            yield Hindered("other-pathway", node.id, other=node.pathway)
            return
        if target.eligible is None:
            return
        entering = self.after_sets(arriving, node.sets)
        inside = self.patients.truth(target.eligible).true
        outside = self.diagrams.without(entering, inside)
        if outside:
            yield Hindered("outside", node.id, outside, entering, target.id)

    # Loops

    def _stuck(self) -> Iterator[Hindered]:
        ends = [node.id for node in self.pathway.nodes if _stops(node)]
        out = set(ends)
        waiting = list(ends)
        while waiting:
            for source in self.before[waiting.pop()]:
                if source not in out:
                    out.add(source)
                    waiting.append(source)
        order = [node.id for node in self.pathway.nodes]
        kept = [box for box in order if self.at.get(box) and box not in out]
        if kept:
            yield Hindered("never-left", kept[0])
            return
        for box, good in self._answerable().items():
            here = self.unanswered.get(box, NOBODY)
            lost = self.diagrams.without(here, good)
            if lost:
                yield Hindered("never-answered", box, lost, here)
                return

    def _answerable(self) -> Mapping[str, int]:
        """For each box come to without an answer: those who may still get one, or an end."""
        boxes = [node for node in self.pathway.nodes if self.unanswered.get(node.id)]
        boxes.sort(key=lambda node: self._order.get(node.id, 0))
        joins = {node.then for node in boxes if isinstance(node, Together)}
        good = {node.id: EVERYBODY if answers(node) or _stops(node) else NOBODY for node in boxes}
        changed = True
        while changed:
            changed = False
            for node in reversed(boxes):
                if good[node.id] == EVERYBODY:
                    continue
                found = self._leading_to(node, good)
                if node.id in joins:
                    here = self.unanswered[node.id]
                    inside = not self.diagrams.without(here, found)
                    found = EVERYBODY if inside else NOBODY
                if found != good[node.id]:
                    good[node.id] = found
                    changed = True
        return good

    def _leading_to(self, node: Node, good: Mapping[str, int]) -> int:
        """Those at a box who may go on to somebody who is `good` there."""
        diagrams = self.diagrams
        if isinstance(node, Decide):
            answered = self.answered(node, self.unanswered[node.id])
            ways = [
                diagrams.both(taking, self._going(branch.target, good))
                for branch, taking in zip(node.branches, answered.lines, strict=True)
            ]
            return diagrams.any_of([*ways, answered.uncovered])
        if isinstance(node, Together):
            return good.get(node.then or "", EVERYBODY)
        if not isinstance(node, Assess) or node.then is None:
            return EVERYBODY
        lines = tuple(line for during in self.durings(node.id) for line in during.branches)
        rest = EVERYBODY
        found = NOBODY
        for line in lines:
            if line.when is not None:
                true = self.patients.truth(line.when).true
                going = self._going(line.target, good)
                if line.target in self._resuming:
                    place = self.places.index(node.id) + 1
                    going = self._before_left(going, place)
                found = diagrams.either(found, diagrams.all_of((rest, true, going)))
                rest = diagrams.without(rest, true)
        found = diagrams.either(found, diagrams.both(rest, self._going(node.then, good)))
        asked = self.asked(line.when for line in lines)
        if asked:
            found = self._before_measured(found, asked)
        return self._before_measured(found, node.measures)

    def _going(self, target: str, good: Mapping[str, int]) -> int:
        """Those who are good once they have gone to a target."""
        if target != RESUME:
            there = good.get(target, EVERYBODY)
            if self.places and target not in self._resuming:
                there = self._before_left(there, 0)
            return there
        found = NOBODY
        for i, place in enumerate(self.places, 1):
            there = self._before_left(good.get(place, EVERYBODY), 0)
            here = self.diagrams.both(there, self.diagrams.answers(0, 1 << i))
            found = self.diagrams.either(found, here)
        return found

    def _before_left(self, there: int, place: int) -> int:
        kept = self.diagrams.both(there, self.diagrams.answers(0, 1 << place))
        return self.diagrams.forget(kept, frozenset({0}))

    def _before_measured(self, there: int, names: Iterable[str]) -> int:
        wanted = [name for name in names if name in self.patients.head]
        for name in wanted:
            there = self.diagrams.both(there, self.patients.possible_values(name))
        there = self.diagrams.without(there, self.impossible)
        levels = frozenset[int]().union(*(self.patients.levels_of[name] for name in wanted))
        return self.diagrams.forget(there, levels)


def _stops(node: Node) -> bool:
    return isinstance(node, End | Enter) or (isinstance(node, GapNode) and node.then is None)
