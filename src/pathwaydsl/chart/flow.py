"""From a pathway to its flow: which boxes and arrows a chart has, and what stands on them.

Nothing here knows a layout engine, and nothing after here looks at a pathway again: emitters
decide nothing.
"""

from collections.abc import Iterator, Mapping

from attrs import evolve

from pathwaydsl.chart.boxes import AnyTimeLine, Arrow, Box, Flow, NumberedGap
from pathwaydsl.model.graph import Exit, exits
from pathwaydsl.model.nodes import (
    RESUME,
    Act,
    Assess,
    Choose,
    Decide,
    During,
    End,
    Enter,
    GapNode,
    Node,
    Together,
    Treat,
)
from pathwaydsl.model.pathway import Library, Pathway
from pathwaydsl.model.wording import (
    decision_in_words,
    in_words,
    node_kind_in_words,
    option_in_words,
    spoken,
    strength_in_words,
    within_in_words,
)
from pathwaydsl.model.wording_regimens import against_label

__all__ = ["Arrow", "Box", "Flow", "flow_of", "letter"]

FAR_BACK = 4
"""A way back over more boxes than this is drawn as a jump."""


def flow_of(pathway: Pathway) -> Flow:
    """The flow of a pathway in words.

    An end and another pathway are drawn beside each box that leads there, so that no line crosses
    the chart for them; so is a jump back over more than a few boxes, and one back to the main flow
    from beside it. What may happen at any time is a list of its own, with a letter that the boxes
    it concerns bear.
    """
    return _Drawer(pathway).flow()


class _Drawer:
    """Collects the boxes and arrows of one pathway."""

    def __init__(self, pathway: Pathway) -> None:
        self.pathway = pathway
        self.main = _reached(pathway)
        self.depth = _depth(pathway)
        self.gaps = _numbered_gaps(pathway)
        self.letters: dict[str, list[str]] = {}
        for index, during in enumerate(pathway.durings):
            for node_id in during.nodes:
                self.letters.setdefault(node_id, []).append(letter(index))
        self.copied = _drawn_at_each_source(pathway)
        self.boxes: dict[str, Box] = {}
        self.arrows: list[Arrow] = []

    def flow(self) -> Flow:
        """The whole flow."""
        for node in self.pathway.nodes:
            if node.id not in self.copied:
                self.boxes[node.id] = self.box_of(node)
        for node in self.pathway.nodes:
            for way, label in _labelled(node, self.pathway.library):
                self.draw(node.id, way, label)
        for index, during in enumerate(self.pathway.durings):
            self.list_any_time(index, during)
        return Flow(
            id=self.pathway.id,
            title=self.pathway.label,
            boxes=tuple(self.boxes.values()),
            arrows=tuple(self.arrows),
            gaps=tuple(self.gaps.values()),
        )

    def numbered(self, gap_ids: tuple[str, ...]) -> tuple[NumberedGap, ...]:
        """Gaps with their numbers; one that nobody defined is left out."""
        return tuple(gap for gap in self.gaps.values() if gap.id in gap_ids)

    def box_of(self, node: Node) -> Box:
        """The box of a node."""
        gaps = (node.id,) if isinstance(node, GapNode) else node.recommendation.flags
        strength = node.recommendation.strength
        return Box(
            id=node.id,
            kind=node.kind,
            word=node_kind_in_words(node.kind),
            title=node.label,
            node=node.id,
            notes=_notes(node, self.pathway),
            strength=strength_in_words(strength) if strength is not None else None,
            gaps=self.numbered(gaps),
            any_time=tuple(self.letters.get(node.id, ())),
            start=node.id == self.pathway.start,
            in_order=self.left_to_right(node),
        )

    def left_to_right(self, node: Node) -> bool:
        """Whether its arrows stand in the order written: it counts, and none leads back.

        An arrow that leads back can only be kept in its place by a knot of crossing lines.
        """
        if not isinstance(node, Decide) or not node.first_match:
            return False
        here = self.depth.get(node.id, 0)
        return all(self.depth.get(way.target, here + 1) > here for way in exits(node))

    def far_back(self, source: str, target: str) -> bool:
        """Whether an arrow would run back over more than `FAR_BACK` boxes."""
        return self.depth.get(source, 0) - self.depth.get(target, 0) > FAR_BACK

    def draw(self, source: str, way: Exit, label: str | None) -> None:
        """An arrow, with the box it leads to where that is drawn beside its source."""
        line = way.branch or way.option
        target = self.target(source, way.target)
        if target is None:
            return
        condition = line.when if line is not None else None
        words = in_words(condition, self.pathway.library) if condition is not None else None
        self.arrows.append(
            Arrow(
                source=source,
                target=target,
                kind=way.kind,
                label=label,
                detail=words if words != label else None,
                preferred=way.option is not None and way.option.preferred,
                gaps=self.numbered(way.branch.flags) if way.branch is not None else (),
            )
        )

    def target(self, source: str, node_id: str) -> str | None:
        """The box an arrow leads to; None when there is no such node."""
        if node_id == RESUME:
            box = Box(
                id=f"{RESUME}@{source}",
                kind="resume",
                word="Resume",
                title="Go on where the patient was",
            )
            return self.boxes.setdefault(box.id, box).id
        node = self.pathway.node.get(node_id)
        if node is None:
            return None
        if node_id in self.copied:
            box = evolve(self.box_of(node), id=f"{node_id}@{source}")
            return self.boxes.setdefault(box.id, box).id
        leaves_the_side = node_id in self.main and source not in self.main
        if self.far_back(source, node_id) or leaves_the_side:
            box = Box(
                id=f"{node_id}@{source}",
                kind="goto",
                word="Go to",
                title=node.label,
                node=node_id,
            )
            return self.boxes.setdefault(box.id, box).id
        return node_id

    def list_any_time(self, index: int, during: During) -> None:
        """The list of what may happen at any time, with arrows to what is reached by it alone."""
        box_id = f"during-{index + 1}"
        lines = []
        for branch, words in zip(
            during.branches, decision_in_words(during, self.pathway.library), strict=True
        ):
            node = self.pathway.node.get(branch.target)
            name = node.label if node is not None else spoken(branch.target)
            lines.append(AnyTimeLine(words, branch.target, name, self.numbered(branch.flags)))
        for target in dict.fromkeys(branch.target for branch in during.branches):
            if target in self.boxes and target not in self.main:
                self.arrows.append(Arrow(source=box_id, target=target, kind="during"))
        self.boxes[box_id] = Box(
            id=box_id,
            kind="during",
            word=f"At any time: {letter(index)}",
            title=f"Wherever a box says “any time: {letter(index)}”",
            lines=tuple(lines),
        )


def letter(index: int) -> str:
    """`A` to `Z`, then `AA`: the name of the list with that index."""
    return (letter(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)


def _labelled(node: Node, library: Library) -> Iterator[tuple[Exit, str | None]]:
    """Each exit of a node with what stands on its arrow."""
    ways = exits(node)
    match node:
        case Decide():
            for number, (way, words) in enumerate(
                zip(ways, decision_in_words(node, library), strict=True), 1
            ):
                in_order = node.first_match and way.branch is not None and way.branch.when
                yield way, f"{number}. {words}" if in_order else words
        case Choose():
            for way, option in zip(ways, node.options, strict=True):
                parts = (option.label, option_in_words(option, library))
                yield way, ": ".join(part for part in parts if part) or None
        case Together():
            for way in ways:
                yield way, "once all are done" if way.kind == "then" else None
        case _:
            for way in ways:
                yield way, None


def _notes(node: Node, pathway: Pathway) -> tuple[str, ...]:
    """Short lines below a title."""
    notes: list[str] = []
    if isinstance(node, Choose) and node.with_patient:
        notes.append("decided with the patient")
    if isinstance(node, Decide) and node.first_match:
        notes.append("the first that fits counts")
    if isinstance(node, Assess | Treat | Act) and node.within is not None:
        notes.append(within_in_words(node.within, pathway))
    if isinstance(node, Together):
        notes.append("all at once")
    notes.extend(
        f"Advised against: {against_label(against, pathway.library)}"
        for against in node.recommendation.against
    )
    return tuple(notes)


def _numbered_gaps(pathway: Pathway) -> dict[str, NumberedGap]:
    """Every gap of the chart, numbered in the order in which it is met."""
    met: dict[str, None] = {}
    for node in pathway.nodes:
        if isinstance(node, GapNode):
            met.setdefault(node.id)
        met.update(dict.fromkeys(node.recommendation.flags))
        if isinstance(node, Decide):
            met.update(dict.fromkeys(flag for b in node.branches for flag in b.flags))
    for during in pathway.durings:
        met.update(dict.fromkeys(flag for b in during.branches for flag in b.flags))
    known = [pathway.gap[gap_id] for gap_id in met if gap_id in pathway.gap]
    return {
        gap.id: NumberedGap(f"G{number}", gap.id, gap.label) for number, gap in enumerate(known, 1)
    }


def _reached(pathway: Pathway) -> frozenset[str]:
    """Nodes that are reached without anything happening in between."""
    seen: set[str] = set()
    waiting = [pathway.start] if pathway.start in pathway.node else []
    while waiting:
        node_id = waiting.pop()
        if node_id is None or node_id in seen or node_id not in pathway.node:
            continue
        seen.add(node_id)
        waiting.extend(way.target for way in exits(pathway.node[node_id]))
    return frozenset(seen)


def _drawn_at_each_source(pathway: Pathway) -> frozenset[str]:
    """Ends and other pathways to which several boxes lead."""
    sources: dict[str, set[str]] = {}
    for node in pathway.nodes:
        for way in exits(node):
            sources.setdefault(way.target, set()).add(node.id)
    return frozenset(
        node.id
        for node in pathway.nodes
        if isinstance(node, End | Enter) and len(sources.get(node.id, ())) > 1
    )


def _depth(pathway: Pathway) -> Mapping[str, int]:
    """How many boxes lie between the start, or what happens at any time, and each node."""
    depth: dict[str, int] = {}
    roots = [pathway.start, *(b.target for d in pathway.durings for b in d.branches)]
    for root in roots:
        waiting = [root] if root is not None and root not in depth else []
        level = 0
        while waiting:
            following: list[str] = []
            for node_id in waiting:
                if node_id in depth or node_id not in pathway.node:
                    continue
                depth[node_id] = level
                following.extend(way.target for way in exits(pathway.node[node_id]))
            waiting, level = following, level + 1
    return depth
