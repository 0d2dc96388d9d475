"""The ways of a pathway as a graph: who gets where, what leads nowhere, which ways go in circles.

Targets that do not exist are findings of their own elsewhere: here a way to one is taken for a
way that ends well.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from pathwaydsl.model.graph import Exit, all_exits, exits
from pathwaydsl.model.nodes import (
    RESUME,
    Act,
    Assess,
    Branch,
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

Successors = Callable[[str], Iterable[str]]
"""From a box to the boxes right after it."""


class Ways:
    """The boxes of a pathway and the ways between those that exist."""

    def __init__(self, pathway: Pathway) -> None:
        self.pathway = pathway
        self.exits: Mapping[str, tuple[Exit, ...]] = {
            source: found for source, found in all_exits(pathway).items() if source in pathway.node
        }
        self.order: Mapping[str, int] = {node.id: i for i, node in enumerate(pathway.nodes)}

    def node(self, node_id: str) -> Node:
        """The box of an id."""
        return self.pathway.node[node_id]

    @cached_property
    def after(self) -> Mapping[str, tuple[str, ...]]:
        """The boxes right after each box, each once; those of a `during` included."""
        known = self.order
        return {
            source: tuple(dict.fromkeys(way.target for way in found if way.target in known))
            for source, found in self.exits.items()
        }

    @cached_property
    def before(self) -> Mapping[str, tuple[str, ...]]:
        """The boxes right before each box."""
        found: dict[str, list[str]] = {node_id: [] for node_id in self.order}
        for source, targets in self.after.items():
            for target in targets:
                found[target].append(source)
        return {target: tuple(sources) for target, sources in found.items()}

    @cached_property
    def during(self) -> Mapping[str, tuple[Branch, ...]]:
        """What may happen while a patient is at a box, by box."""
        return {
            source: lines
            for source, found in self.exits.items()
            if (lines := tuple(way.branch for way in found if way.kind == "during" and way.branch))
        }

    @cached_property
    def start(self) -> str | None:
        """Where patients start, if that box exists."""
        return self.pathway.start if self.pathway.start in self.order else None

    @cached_property
    def reached(self) -> frozenset[str]:
        """Every box on some way from the start; empty without a start."""
        return reach([self.start] if self.start else [], self.after.__getitem__)

    @cached_property
    def reached_without_during(self) -> frozenset[str]:
        """Every box on some way from the start that no `during` opens."""
        known = self.order
        return reach(
            [self.start] if self.start else [],
            lambda source: [w.target for w in exits(self.node(source)) if w.target in known],
        )

    @cached_property
    def unfinished(self) -> frozenset[str]:
        """Boxes whose way on is not written, so that nothing can be said about where it leads."""
        return frozenset(
            node.id
            for node in self.pathway.nodes
            if (not exits(node) and not ends_here(node))
            or (isinstance(node, Together) and (node.then is None or not node.strands))
        )

    @cached_property
    def stray_resumes(self) -> frozenset[str]:
        """Boxes that resume although some way to them left nothing that could be resumed."""
        return frozenset(
            box
            for box in self.reached_without_during
            if any(way.target == RESUME and way.kind != "during" for way in self.exits[box])
        )

    @cached_property
    def loose_ends(self) -> bool:
        """Whether patients get to a box whose way on is not written or leads to no box."""
        return any(
            box in self.unfinished
            or box in self.stray_resumes
            or any(way.target not in self.order and way.target != RESUME for way in self.exits[box])
            for box in self.reached
        )

    @cached_property
    def hopeless(self) -> tuple[tuple[str, ...], ...]:
        """Circles of boxes that nobody leaves; each in the order written."""
        known = self.order
        backwards: dict[str, list[str]] = {node_id: list(b) for node_id, b in self.before.items()}
        backwards[RESUME] = []
        good = {node.id for node in self.pathway.nodes if ends_here(node)}
        good |= self.unfinished | self.stray_resumes
        for source, found in self.exits.items():
            for way in found:
                if way.target == RESUME:
                    backwards[RESUME].append(source)
                elif way.target not in known:
                    good.add(source)
        # A patient who resumes is at one of the boxes that some `during` names.
        for during in self.pathway.durings:
            for node_id in during.nodes:
                if node_id in known:
                    backwards[node_id].append(RESUME)
        saved = reach(good, backwards.__getitem__)
        lost = [node_id for node_id in self.order if node_id not in saved]
        circles = circles_of(lost, lambda source: [t for t in self.after[source] if t not in saved])
        last = []
        for circle in circles:
            inside = set(circle)
            if all(target in inside for source in circle for target in self.after[source]):
                last.append(tuple(sorted(circle, key=known.__getitem__)))
        return tuple(last)

    @cached_property
    def timeless_loops(self) -> tuple[tuple[str, ...], ...]:
        """Circles of boxes in which no time passes; each in the order written."""
        timeless = [node.id for node in self.pathway.nodes if not passes_time(node)]
        after = {node_id: self._at_once_after(node_id, 0) for node_id in timeless}
        found = circles_of(timeless, after.__getitem__)
        return tuple(
            tuple(sorted(circle, key=self.order.__getitem__))
            for circle in found
            if len(circle) > 1 or circle[0] in after[circle[0]]
        )

    def _at_once_after(self, node_id: str, depth: int) -> tuple[str, ...]:
        """Boxes that are reached from a timeless one with no time passing on the way.

        A `together` is left once every strand is done, so at once only if all can be at once.
        """
        node = self.node(node_id)
        if not isinstance(node, Together):
            return tuple(
                target for target in self.after[node_id] if not passes_time(self.node(target))
            )
        goal = node.then
        if goal is None or goal not in self.order or depth > _NESTED or not node.strands:
            return ()
        for strand in node.strands:
            if strand not in self.order or passes_time(self.node(strand)):
                return ()
            inside = reach(
                [strand],
                lambda box: () if box == goal else self._at_once_after(box, depth + 1),
            )
            if goal not in inside and not any(goal in self.after[box] for box in inside):
                return ()
        return () if passes_time(self.node(goal)) else (goal,)

    @cached_property
    def dominators(self) -> Mapping[str, str]:
        """For each box reached, but the start, the nearest box that lies on every way to it.

        After Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm" (2001).
        """
        if self.start is None:
            return {}
        order = _finishing_order(self.start, self.after)
        number = {node_id: i for i, node_id in enumerate(order)}
        nearest: dict[str, str] = {self.start: self.start}
        changed = True
        while changed:
            changed = False
            for node_id in reversed(order[:-1]):
                found: str | None = None
                for source in self.before[node_id]:
                    if source not in nearest:
                        continue
                    if found is None:
                        found = source
                        continue
                    other = source
                    while found != other:
                        while number[found] < number[other]:
                            found = nearest[found]
                        while number[other] < number[found]:
                            other = nearest[other]
                if found is not None and nearest.get(node_id) != found:
                    nearest[node_id] = found
                    changed = True
        del nearest[self.start]
        return nearest


_NESTED = 20
"""How deep `together` boxes are looked into for loops without time."""


def passes_time(node: Node) -> bool:
    """Whether time passes in a box."""
    return isinstance(node, Assess | Treat | Act)


def ends_here(node: Node) -> bool:
    """Whether a patient's way on this pathway ends in a box."""
    return isinstance(node, End | Enter) or (isinstance(node, GapNode) and node.then is None)


def asks_for_then(node: Node) -> bool:
    """Whether a box needs a `then`."""
    return not isinstance(node, Decide | Choose | End | Enter | GapNode)


def reach(starts: Iterable[str], after: Successors) -> frozenset[str]:
    """Everything reached from the starts, themselves included."""
    found = set(starts)
    waiting = list(found)
    while waiting:
        for target in after(waiting.pop()):
            if target not in found:
                found.add(target)
                waiting.append(target)
    return frozenset(found)


def circles_of(boxes: Sequence[str], after: Successors) -> list[list[str]]:
    """Strongly connected components, single boxes included (Tarjan's algorithm, without calls).

    `after` must name only boxes of `boxes`.
    """
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    on_stack: set[str] = set()
    stack: list[str] = []
    found: list[list[str]] = []
    for root in boxes:
        if root in number:
            continue
        number[root] = low[root] = len(number)
        stack.append(root)
        on_stack.add(root)
        work = [(root, iter(after(root)))]
        while work:
            box, targets = work[-1]
            for target in targets:
                if target not in number:
                    number[target] = low[target] = len(number)
                    stack.append(target)
                    on_stack.add(target)
                    work.append((target, iter(after(target))))
                    break
                if target in on_stack:
                    low[box] = min(low[box], number[target])
            else:
                work.pop()
                if work:
                    above = work[-1][0]
                    low[above] = min(low[above], low[box])
                if low[box] == number[box]:
                    circle: list[str] = []
                    while not circle or circle[-1] != box:
                        circle.append(stack.pop())
                        on_stack.discard(circle[-1])
                    found.append(circle)
    return found


def _finishing_order(start: str, after: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Boxes reached from the start, each after everything first reached through it."""
    seen = {start}
    order: list[str] = []
    work = [(start, iter(after[start]))]
    while work:
        box, targets = work[-1]
        for target in targets:
            if target not in seen:
                seen.add(target)
                work.append((target, iter(after[target])))
                break
        else:
            work.pop()
            order.append(box)
    return order
