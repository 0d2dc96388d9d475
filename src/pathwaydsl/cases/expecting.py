"""Whether a walk is what its case expects: each form of `expect`, and what happened instead."""

from collections.abc import Sequence

from attrs import frozen

from pathwaydsl.cases.parting import parted, turned
from pathwaydsl.cases.reasons import Reasons
from pathwaydsl.cases.walk import Step, StopKind, Walk
from pathwaydsl.model.cases import Expect
from pathwaydsl.model.pathway import Pathway

COUNTED = frozenset({"treat", "act", "gap", "enter", "end"})
"""The kinds of boxes that `expect only` lists."""

SHOWN = 12
"""How many boxes a message names."""


@frozen
class Unmet:
    """What is expected and did not happen.

    Attributes:
        turn: The step at which the patient went another way, or None.
        explained: Whether where the walk stops has nothing to do with it.
    """

    what: str
    turn: Step | None = None
    explained: bool = False


@frozen
class Expectations:
    """What may be expected of one walk."""

    pathway: Pathway
    walk: Walk

    @property
    def reasons(self) -> Reasons:
        """What reasons are said with."""
        return Reasons(self.pathway)

    def unmet(self, expect: Expect) -> Unmet | None:
        """Why an expectation is not met, or None."""
        match expect.form:
            case "way":
                return self.unmet_way(expect.nodes)
            case "only":
                return self.unmet_only(expect.nodes)
            case "never":
                return self.unmet_never(expect.nodes)
            case "end-at":
                return self.unmet_end(expect.nodes[0])
            case "flagged":
                if expect.nodes[0] in self.walk.flagged:
                    return None
                gap = self.reasons.box(expect.nodes[0])
                what = f"the evidence gap {gap} is expected, and nothing on the way flags it"
                return Unmet(what, self.parted(expect.nodes[0]))
            case "stuck":
                return self.unmet_stuck(expect.nodes[0], expect.missing)

    def parted(self, node: str, start: int = 0) -> Step | None:
        """Where the last way to a box was left; None for what is no box."""
        return parted(self.pathway, self.walk, node, start) if node in self.pathway.node else None

    def unmet_way(self, wanted: Sequence[str]) -> Unmet | None:
        """Some of the boxes is not come to in this order."""
        position = 0
        for number, node in enumerate(wanted):
            if node in self.walk.way[position:]:
                position = self.walk.way.index(node, position) + 1
                continue
            box = self.reasons.box(node)
            what = f"{box} is expected, and the patient never comes there"
            if node in self.walk.way:
                before = self.reasons.box(wanted[number - 1])
                what = f"{box} is expected after {before}, and the patient does not come there then"
            return Unmet(what, self.parted(node, max(position - 1, 0)))
        return None

    def unmet_only(self, wanted: Sequence[str]) -> Unmet | None:
        """Other boxes are come to than these, of those that count."""
        kinds = {node.id: node.kind for node in self.pathway.nodes}
        found = [n for n, step in enumerate(self.walk.steps) if kinds[step.node] in COUNTED]
        names = [self.walk.way[index] for index in found]
        if names == list(wanted):
            return None
        same = 0
        while same < min(len(names), len(wanted)) and names[same] == wanted[same]:
            same += 1
        what = f"only {self.listing(wanted)} is expected, and "
        if same == len(names):
            start = found[same - 1] if same else 0
            turn = self.parted(wanted[same], start)
            return Unmet(
                f"{what}the patient does not come to {self.reasons.box(wanted[same])}", turn
            )
        came = self.reasons.box(names[same])
        if same < len(wanted):
            what += f"{came} comes instead of {self.reasons.box(wanted[same])}"
        else:
            what += f"{came} comes after that"
        return Unmet(what, turned(self.walk, found[same]), explained=True)

    def unmet_never(self, nodes: Sequence[str]) -> Unmet | None:
        """One of the boxes is come to."""
        for node in nodes:
            if node in self.walk.way:
                what = f"{self.reasons.box(node)} is never expected, and the patient comes there"
                turn = turned(self.walk, self.walk.way.index(node))
                return Unmet(what, turn, explained=True)
        return None

    def unmet_end(self, wanted: str) -> Unmet | None:
        """The way does not end there."""
        if self.walk.ended_at == wanted:
            return None
        what = f"the way is expected to end at {self.reasons.box(wanted)}"
        return Unmet(what, self.parted(wanted))

    def unmet_stuck(self, node: str, missing: str | None) -> Unmet | None:
        """No decision there waits for the value."""
        here = (stop for stop in self.walk.stops if stop.node == node)
        if any(
            stop.kind is StopKind.MISSING and (missing is None or missing in stop.missing)
            for stop in here
        ):
            return None
        without = f" without {self.reasons.criteria([missing])}" if missing is not None else ""
        what = f"the walk is expected to be stuck at {self.reasons.box(node)}{without}"
        if node not in self.walk.way:
            return Unmet(f"{what}, and never comes there", self.parted(node))
        last = next(step for step in reversed(self.walk.steps) if step.node == node)
        if last.left_by is None:
            return Unmet(what)
        return Unmet(f"{what}, and goes on", last)

    def listing(self, nodes: Sequence[str]) -> str:
        """Boxes one after another."""
        more = ["…"] if len(nodes) > SHOWN else []
        return ", then ".join([*map(self.reasons.box, nodes[:SHOWN]), *more])
