"""Two versions of a pathway as one flow: every box and arrow of either, and how it changed.

A box that is in both stands once, so that a layout of the union puts it at the same place in both.
A way that only is drawn differently (to a copy of a box, or as a jump) is the same way.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from attrs import evolve, frozen

from pathwaydsl.chart.boxes import Arrow, Box, Flow, NumberedGap
from pathwaydsl.chart.flow import flow_of, letter
from pathwaydsl.model.nodes import Treat
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.versions.records import Bump, Comparison, Section

Mark = Literal["same", "added", "removed", "changed", "moved", "renamed"]
"""What became of a box or an arrow; never shown by its colour alone."""

MARKS: tuple[Mark, ...] = ("removed", "added", "changed", "moved", "renamed")
"""What stands out, in the order of a key."""

_UNSEEN = frozenset({Section.RECORD, Section.WORDING})
"""Changes of these sections show in a picture only where the words in a box are others."""


@frozen
class BothBoxes:
    """A box of the union: as the old and as the new version has it, and what became of it."""

    old: Box | None
    new: Box | None
    mark: Mark


@frozen
class BothWays:
    """An arrow of the union: as the old and as the new version has it, and what became of it."""

    old: Arrow | None
    new: Arrow | None
    mark: Mark


@frozen
class Union:
    """Two versions as one.

    Attributes:
        boxes: By their id in the union, in the order of the new version.
        ways: Arrows, their ends named by ids of the union.
        old, new: Each version's own flow, with the ids of the union.
        old_gaps: Gaps that only the old version has, by the number they have there.
        gaps: The new number of each gap of the old version, by its old id.
        letters: The letter of each list in the picture of both, by the old letter.
    """

    boxes: Mapping[str, BothBoxes]
    ways: tuple[BothWays, ...]
    old: Flow
    new: Flow
    old_gaps: tuple[NumberedGap, ...]
    gaps: Mapping[str, NumberedGap]
    letters: Mapping[str, str]

    def count(self, mark: Mark) -> int:
        """How many boxes bear a mark; those that are drawn beside several others count once."""
        return sum(both.mark == mark and "@" not in name for name, both in self.boxes.items())


def union_of(comparison: Comparison) -> Union:
    """Both versions of a comparison as one flow."""
    return _Joiner(comparison).union()


class _Joiner:
    """Joins the flows of two versions."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.old, self.new = flow_of(comparison.old), flow_of(comparison.new)
        self.nodes = comparison.nodes
        self.gaps = {pair.old: pair.new for pair in comparison.pairs if pair.kind == "node"}
        self.touched = frozenset(touched_boxes(comparison))
        self.names = self.named()

    def union(self) -> Union:
        """The union."""
        old_arrows, new_arrows = self.ways_of_old(), list(self.new.arrows)
        reached = {arrow.target for arrow in old_arrows}
        mine: dict[str, Box] = {}
        for box in self.old.boxes:
            name = self.names[box.id]
            left_out = (
                name not in {*reached, *self.new.box}
                and self.was_reached(box.id)
                and not self.old.exits[box.id]
            )
            if not left_out:
                mine[name] = evolve(box, id=name)
        for arrow in old_arrows:
            if arrow.target not in mine:
                mine[arrow.target] = self.as_drawn_now(arrow.target)
        ways = tuple(_ways(old_arrows, new_arrows, self.gaps))
        boxes = {}
        for name in _in_order(list(mine), [box.id for box in self.new.boxes]):
            was, now = mine.get(name), self.new.box.get(name)
            boxes[name] = BothBoxes(was, now, self.mark(name, was, now, old_arrows, new_arrows))
        known = {gap.id: gap for gap in self.new.gaps}
        numbered = {}
        for gap in self.old.gaps:
            here = known.get(self.gaps.get(gap.id, ""))
            numbered[gap.id] = here or evolve(gap, number=f"old {gap.number}")
        gone = tuple(gap for gap in numbered.values() if gap.id not in known)
        old = Flow(
            id=self.old.id,
            title=self.old.title,
            boxes=tuple(mine.values()),
            arrows=tuple(old_arrows),
            gaps=self.old.gaps,
        )
        return Union(boxes, ways, old, self.new, gone, numbered, self.letters())

    def named(self) -> Mapping[str, str]:
        """The id in the union of each box of the old version."""
        lists = self.lists()
        names: dict[str, str] = {}
        for box in self.old.boxes:
            at, _, source = box.id.partition("@")
            if box.kind == "during":
                name = lists.get(box.id)
            elif source:
                name = f"{self.nodes.get(at, at)}@{self.nodes.get(source, source)}"
            else:
                name = self.nodes.get(at)
            now = self.new.box.get(name) if name is not None else None
            same = now is not None and now.kind == box.kind
            names[box.id] = name if same and name is not None else f"before:{box.id}"
        return names

    def lists(self) -> Mapping[str, str]:
        """The lists of what may happen at any time that are in both versions."""
        paired = {p.old: p.new for p in self.comparison.pairs if p.kind == "during"}
        now: dict[str, list[str]] = {}
        for number, during in enumerate(self.comparison.new.durings, 1):
            now.setdefault(", ".join(sorted(during.nodes)), []).append(f"during-{number}")
        found = {}
        for number, during in enumerate(self.comparison.old.durings, 1):
            name = ", ".join(sorted(during.nodes))
            others = now.get(paired.get(name, name), [])
            if others:
                found[f"during-{number}"] = others.pop(0)
        return found

    def letters(self) -> Mapping[str, str]:
        """Letters of lists: those of the new version, and the old ones said to be old."""
        lists = self.lists()
        found = {}
        for index in range(len(self.comparison.old.durings)):
            now = lists.get(f"during-{index + 1}")
            before = letter(index)
            found[before] = letter(int(now.removeprefix("during-")) - 1) if now else f"old {before}"
        return found

    def ways_of_old(self) -> list[Arrow]:
        """The arrows of the old version, led to where the new one draws the same way."""
        by: dict[tuple[str, str], str] = {}
        for arrow in self.new.arrows:
            node = self.new.box[arrow.target].node
            if node is not None:
                by.setdefault((arrow.source, node), arrow.target)
        made = []
        for arrow in self.old.arrows:
            source, target = self.names[arrow.source], self.names[arrow.target]
            node = self.old.box[arrow.target].node
            same = node is not None and self.same_kind(node)
            now = by.get((source, self.nodes.get(node or "", ""))) if same else None
            made.append(evolve(arrow, source=source, target=now or target))
        return made

    def same_kind(self, node: str) -> bool:
        """Whether a node of the old version is in the new one, and still of its kind."""
        was = self.comparison.old.node.get(node)
        now = self.comparison.new.node.get(self.nodes.get(node, ""))
        return was is not None and now is not None and was.kind == now.kind

    def was_reached(self, box: str) -> bool:
        """Whether an arrow of the old version leads to a box."""
        return any(arrow.target == box for arrow in self.old.arrows)

    def as_drawn_now(self, name: str) -> Box:
        """A box of the old version that only the new one draws as a copy or a jump."""
        now = self.new.box[name]
        before = {new: old for old, new in self.nodes.items()}
        was = before.get(now.node or "", "")
        for box in self.old.boxes:
            if box.node == was:
                return (
                    evolve(box, id=name) if box.kind == now.kind else evolve(now, title=box.title)
                )
        return now

    def mark(
        self,
        name: str,
        old: Box | None,
        new: Box | None,
        old_arrows: Sequence[Arrow],
        new_arrows: Sequence[Arrow],
    ) -> Mark:
        """What became of a box."""
        if old is None:
            return "added"
        if new is None:
            return "removed"
        if self.seen(old) != _seen(new, {}) or (new.node in self.touched and "@" not in name):
            return "changed"
        came = {arrow.source for arrow in old_arrows if arrow.target == name}
        comes = {arrow.source for arrow in new_arrows if arrow.target == name}
        if came and comes and not came & comes:
            return "moved"
        was = old.node if old.node is not None else ""
        return "renamed" if self.nodes.get(was, was) != was else "same"

    def seen(self, old: Box) -> object:
        """What a reader sees of a box of the old version, in the ids of the new one."""
        return _seen(old, self.gaps)


def _seen(box: Box, gaps: Mapping[str, str]) -> object:
    """What a reader sees of a box, whatever number its gaps and letter its lists have."""
    pinned = tuple(gaps.get(gap.id, gap.id) for gap in box.gaps)
    lines = tuple(
        (line.when, line.target_label, tuple(gaps.get(gap.id, gap.id) for gap in line.gaps))
        for line in box.lines
    )
    title = "" if box.kind == "during" else box.title
    return box.kind, title, box.notes, box.strength, pinned, len(box.any_time), lines, box.start


def touched_boxes(comparison: Comparison) -> Iterator[str]:
    """New ids of boxes with a change that the words in the box do not show, as another dose."""
    ids: dict[str, set[str]] = {}
    for change in comparison.changes:
        quiet = change.bump < Bump.MINOR or change.section in _UNSEEN
        if not quiet and not change.rule.startswith("advice-"):
            ids.setdefault(change.subject.kind, set()).add(change.subject.id)
    yield from ids.get("node", ())
    yield from _giving(comparison.new, ids.get("regimen", set()), ids.get("drug", set()))


def _giving(pathway: Pathway, regimens: set[str], drugs: set[str]) -> Iterator[str]:
    library = pathway.library
    for node in pathway.nodes:
        if not isinstance(node, Treat) or node.regimen is None:
            continue
        regimen = library.regimen.get(node.regimen)
        given = set(regimen.drugs) if regimen is not None else set()
        if node.regimen in regimens or given & drugs:
            yield node.id


def _ways(
    old: Sequence[Arrow], new: Sequence[Arrow], gaps: Mapping[str, str]
) -> Iterator[BothWays]:
    """Arrows side by side: the same words first, then the same ends."""
    left: dict[tuple[str, str], list[Arrow]] = {}
    for arrow in old:
        left.setdefault((arrow.source, arrow.target), []).append(arrow)
    matched: dict[int, Arrow] = {}
    for alike in (_same_words, _both_said):
        for index, now in enumerate(new):
            waiting = left.get((now.source, now.target), [])
            found = next((each for each in waiting if alike(each, now)), None)
            if index not in matched and found is not None:
                waiting.remove(found)
                matched[index] = found
    for index, now in enumerate(new):
        was = matched.get(index)
        if was is None:
            yield BothWays(None, now, "added")
        else:
            same = _said(was, gaps) == _said(now, {})
            yield BothWays(was, now, "same" if same else "changed")
    for gone in old:
        if any(gone is each for each in left[gone.source, gone.target]):
            yield BothWays(gone, None, "removed")


def _same_words(old: Arrow, new: Arrow) -> bool:
    return old.kind == new.kind and old.label == new.label


def _both_said(old: Arrow, new: Arrow) -> bool:
    """Whether both have words or both have none; else there would be no place for them."""
    return old.kind == new.kind and bool(old.label) == bool(new.label)


def _said(arrow: Arrow, gaps: Mapping[str, str]) -> object:
    pinned = tuple(gaps.get(gap.id, gap.id) for gap in arrow.gaps)
    return arrow.label, arrow.detail, arrow.preferred, pinned


def _in_order(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """Everything of either, in the order of the new one; what is gone after what it followed."""
    following: dict[str, list[str]] = {}
    known, last = set(new), ""
    for name in old:
        if name in known:
            last = name
        else:
            following.setdefault(last, []).append(name)
    yield from following.get("", ())
    for name in new:
        yield name
        yield from following.get(name, ())
