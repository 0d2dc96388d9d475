"""`within Q of NODE`: what time is counted from lies behind every patient who arrives."""

from collections.abc import Iterator

from pathwaydsl.checks.review import Review, place_of, quoted
from pathwaydsl.checks.strands import Strand, strands_of
from pathwaydsl.checks.ways import Ways, reach
from pathwaydsl.model.nodes import Act, Assess, Together, Treat
from pathwaydsl.text.finding import Finding, Label
from pathwaydsl.text.rules import finding


def counted_from(review: Review) -> Iterator[Finding]:
    """`within` counts from a box that lies on every way here, and not from its own box."""
    for pathway in review.readable_pathways:
        ways = review.ways(pathway)
        marks: dict[str, tuple[int, int]] | None = None
        homes: dict[str, tuple[Together, Strand]] | None = None
        for node in pathway.nodes:
            if not isinstance(node, Assess | Treat | Act) or node.within is None:
                continue
            of = pathway.node.get(node.within.of)
            if of is None or node.id not in ways.reached:
                continue
            if of.id != node.id:
                if marks is None or homes is None:
                    marks, homes = _marks(ways), _homes(ways)
                if _lies_behind(of.id, node.id, ways, marks, homes):
                    continue
            yield finding(
                "PW326",
                f"Some patients get to {quoted(node.label)} without having been at "
                f"{quoted(of.label)}, from which its time is counted"
                if of.id != node.id
                else f"The time of {quoted(node.label)} is counted from itself",
                place_of(node.within.span or node.span, pathway),
                labels=[Label(of.span, "counted from here")] if of.span else [],
                help="Count from a box that lies on every way here",
            )


def _marks(ways: Ways) -> dict[str, tuple[int, int]]:
    """When each box is entered and left on a walk of the tree of dominators."""
    below: dict[str, list[str]] = {}
    for box, above in ways.dominators.items():
        below.setdefault(above, []).append(box)
    entered: dict[str, int] = {}
    marks: dict[str, tuple[int, int]] = {}
    clock = 0
    work = [(ways.start or "", False)]
    while work:
        box, done = work.pop()
        clock += 1
        if done:
            marks[box] = (entered[box], clock)
            continue
        entered[box] = clock
        work.append((box, True))
        work.extend((child, False) for child in below.get(box, ()))
    return marks


def _above(marks: dict[str, tuple[int, int]], upper: str, lower: str) -> bool:
    if upper not in marks or lower not in marks:
        return False
    return marks[upper][0] < marks[lower][0] and marks[lower][1] < marks[upper][1]


def _homes(ways: Ways) -> dict[str, tuple[Together, Strand]]:
    """For each box inside a `together`, the innermost one and the strand it stands in."""
    found: dict[str, tuple[Together, Strand]] = {}
    for node in ways.pathway.nodes:
        if not isinstance(node, Together) or node.then is None:
            continue
        for strand in strands_of(node, ways):
            for box in strand.boxes:
                if box not in found or len(strand.boxes) < len(found[box][1].boxes):
                    found[box] = (node, strand)
    return found


def _lies_behind(
    of: str,
    here: str,
    ways: Ways,
    marks: dict[str, tuple[int, int]],
    homes: dict[str, tuple[Together, Strand]],
) -> bool:
    """Whether everyone who gets here has been at the other box.

    Whoever has left a `together` has been at each box that lies on every way of some strand.
    """
    seen: set[str] = set()
    while not _above(marks, of, here):
        if of not in homes or of in seen:
            return False
        seen.add(of)
        together, strand = homes[of]
        if any(here in other.boxes for other in strands_of(together, ways)):
            return False
        if not _on_every_way(of, strand, together.then, ways):
            return False
        of = together.id
    return True


def _on_every_way(of: str, strand: Strand, goal: str | None, ways: Ways) -> bool:
    def after(box: str) -> list[str]:
        return [t for t in ways.after[box] if t in strand.boxes and t != of]

    others = reach([] if strand.first == of else [strand.first], after)
    return not any(goal in ways.after[box] for box in others)
