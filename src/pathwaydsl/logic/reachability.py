"""Who arrives at each box of a pathway, followed from the start until nothing new comes in."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from heapq import heappop, heappush
from typing import assert_never

from attrs import frozen

from pathwaydsl.logic.diagrams import NOBODY
from pathwaydsl.logic.regions import Patients
from pathwaydsl.logic.stepping import Steps
from pathwaydsl.model.graph import all_exits
from pathwaydsl.model.nodes import (
    RESUME,
    Act,
    Assess,
    Assignment,
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


@frozen
class Way:
    """Patients on their way to a box; `target` may be `resume`."""

    target: str
    patients: int


@frozen
class Taken:
    """A way that patients took: `coming` arrived at its source, `arriving` at its target."""

    source: str
    target: str
    coming: int
    arriving: int


class Arrivals(Steps):
    """The patients of a pathway and where they arrive.

    Args:
        pathway: The pathway.
        others: Pathways of the project by id, for what `enter` leads to.
        patients: Patients that tell at least everything apart that the pathway does; None for
            its own.

    Attributes:
        at: Who arrives at each box, by its id.
        ways: Every way on which somebody arrived for the first time, in the order found.

    Raises:
        UndecidedError: If the step budget does not suffice.
        MeaninglessError: If something that is asked for does not exist.
    """

    def __init__(
        self,
        pathway: Pathway,
        others: Mapping[str, Pathway] | None = None,
        patients: Patients | None = None,
    ) -> None:
        super().__init__(pathway, others, patients)
        self.start = self.diagrams.without(self.eligible, self.impossible)
        self.at: dict[str, int] = {}
        self.ways: list[Taken] = []
        self._inside: list[str] = []
        if pathway.start in pathway.node:
            self._follow(pathway.start or "", self.start, stop=None)

    def _follow(self, start: str, patients: int, stop: str | None) -> int:
        """Follow patients from a box; gives those who come to `stop`."""
        diagrams = self.diagrams
        waiting = {start: patients}
        queue = [(self._order.get(start, 0), start)]
        here: dict[str, int] = {}
        done = NOBODY
        while queue:
            _, name = heappop(queue)
            new = diagrams.without(waiting.pop(name, NOBODY), here.get(name, NOBODY))
            if not new:
                continue
            here[name] = diagrams.either(here.get(name, NOBODY), new)
            self.at[name] = diagrams.either(self.at.get(name, NOBODY), new)
            coming: dict[str, list[int]] = {}
            for way in self._ways(self.pathway.node[name], new):
                for target, arriving in self._targets(way):
                    if arriving:
                        self.ways.append(Taken(name, target, new, arriving))
                        coming.setdefault(target, []).append(arriving)
            for target, sets in coming.items():
                arriving = diagrams.any_of(sets)
                if target == stop:
                    done = diagrams.either(done, arriving)
                elif target in self.pathway.node:
                    if target not in waiting:
                        heappush(queue, (self._order.get(target, 0), target))
                    waiting[target] = diagrams.either(waiting.get(target, NOBODY), arriving)
        return done

    def arriving(self, way: Way) -> Iterator[tuple[str, int]]:
        """The boxes that a way leads to, and who arrives there; several only for `resume`."""
        return self._targets(way)

    def _targets(self, way: Way) -> Iterator[tuple[str, int]]:
        if way.target != RESUME:
            patients = way.patients
            if self.places and way.target not in self._resuming:
                patients = self._left(patients, 0)
            yield way.target, patients
            return
        if not self.places:
            return
        for i, place in enumerate(self.places, 1):
            there = self.diagrams.both(way.patients, self.diagrams.answers(0, 1 << i))
            yield place, self._left(there, 0)

    @cached_property
    def _order(self) -> Mapping[str, int]:
        """Boxes in an order in which, loops aside, each comes after those that lead to it."""
        after = {
            source: tuple(dict.fromkeys(way.target for way in ways))
            for source, ways in all_exits(self.pathway).items()
        }
        finished: dict[str, int] = {}
        seen: set[str] = set()
        for root in (self.pathway.start or "", *self.pathway.node):
            if root in seen:
                continue
            seen.add(root)
            work = [(root, iter(after.get(root, ())))]
            while work:
                box, targets = work[-1]
                for target in targets:
                    if target not in seen:
                        seen.add(target)
                        work.append((target, iter(after.get(target, ()))))
                        break
                else:
                    work.pop()
                    finished[box] = -len(finished)
        return finished

    def _ways(self, node: Node, patients: int) -> Iterator[Way]:
        match node:
            case Decide():
                answered = self.answered(node, patients)
                for branch, taking in zip(node.branches, answered.lines, strict=True):
                    yield Way(branch.target, taking)
            case Choose():
                for option, open_to in zip(
                    node.options, self.open_options(node, patients), strict=True
                ):
                    yield Way(option.target, open_to)
            case Assess() | Treat() | Act():
                yield from self._stay(node, patients)
            case Together():
                yield from self._together(node, patients)
            case GapNode():
                if node.then is not None:
                    yield Way(node.then, patients)
            case Enter() | End():
                return
            case _:
                assert_never(node)

    def _stay(self, node: Assess | Treat | Act, patients: int) -> Iterator[Way]:
        sets: tuple[Assignment, ...] = () if isinstance(node, Assess) else node.sets
        patients = self.staying_at(node, patients)
        for line, leaving in self.leaving(node, patients):
            yield Way(line.target, self.after_line(node, line, self.after_sets(leaving, sets)))
        if node.then is not None:
            yield Way(node.then, self.after_sets(self.staying(node, patients), sets))

    def _together(self, node: Together, patients: int) -> Iterator[Way]:
        if node.then is None or node.id in self._inside:
            return
        self._inside.append(node.id)
        before = patients
        for strand in node.strands[1:]:
            if strand in self.pathway.node:
                self.ways.append(Taken(node.id, strand, before, before))
                self._follow(strand, patients, stop=node.then)
        for strand in node.strands:
            if strand in self.pathway.node and strand != node.then:
                self.ways.append(Taken(node.id, strand, before, patients))
                patients = self._follow(strand, patients, stop=node.then)
        self._inside.pop()
        yield Way(node.then, patients)
