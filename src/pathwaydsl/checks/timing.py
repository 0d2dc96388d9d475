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
        joins: dict[str, tuple[Strand, ...]] | None = None
        for node in pathway.nodes:
            if not isinstance(node, Assess | Treat | Act) or node.within is None:
                continue
            of = pathway.node.get(node.within.of)
            if of is None or node.id not in ways.reached:
                continue
            if marks is None:
                marks = _marks(ways)
            if of.id != node.id and _above(marks, of.id, node.id):
                continue
            if joins is None:
                joins = _joins(ways)
            if of.id != node.id and joins and node.id not in _reached_avoiding(ways, joins, of.id):
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


def _joins(ways: Ways) -> dict[str, tuple[Strand, ...]]:
    return {
        node.id: strands_of(node, ways)
        for node in ways.pathway.nodes
        if isinstance(node, Together) and node.then is not None
    }


def _reached_avoiding(
    ways: Ways, joins: dict[str, tuple[Strand, ...]], avoided: str
) -> frozenset[str]:
    """Boxes a patient can get to without `avoided`; a `together` is left by all its strands."""
    closed: set[tuple[str, str]] = set()
    for name, found in joins.items():
        goal = getattr(ways.node(name), "then", "")
        for strand in found:
            closed |= {(box, goal) for box in strand.boxes if goal in ways.after[box]}
        for strand in found:
            if avoided not in strand.boxes:
                continue
            inside = reach(
                [] if strand.first == avoided else [strand.first],
                lambda box, strand=strand: [  # type: ignore[misc]
                    t for t in ways.after[box] if t in strand.boxes and t != avoided
                ],
            )
            if not any(goal in ways.after[box] for box in inside):
                closed.add((name, goal))

    def after(box: str) -> list[str]:
        return [t for t in ways.after[box] if t != avoided and (box, t) not in closed]

    return reach([ways.start] if ways.start and ways.start != avoided else [], after)
