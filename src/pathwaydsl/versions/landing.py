"""Where patients come out of decisions: everything between two boxes at which something is done."""

from collections.abc import Callable, Iterable

from attrs import frozen

from pathwaydsl.logic.diagrams import NOBODY
from pathwaydsl.logic.reachability import Arrivals, Way
from pathwaydsl.model.nodes import Decide

NONE = ""
"""Where patients are who have no way on."""


@frozen
class Landing:
    """Where patients come out of decisions: a box, the gaps pinned on the way, and how they left.

    The names are those of the new version where there is a pair.
    """

    box: str
    flags: frozenset[str] = frozenset()
    happened: bool = False


Landings = dict[Landing, int]

OLD = "old "
"""What stands before the names of boxes that only the old version has."""


def landed(
    arrivals: Arrivals,
    ways: Iterable[tuple[Way, frozenset[str]]],
    common: Callable[[str], str],
    stop: str | None,
    *,
    happened: bool = False,
) -> tuple[Landings, bool]:
    """Where patients come to through decisions, and whether each was asked what is needed there.

    Args:
        arrivals: The version.
        ways: The ways they are on, with the gaps pinned so far.
        common: The name of a box or gap in both versions.
        stop: A box to stop at even if it is a decision, or None.
        happened: Whether they left because something happened.
    """
    diagrams = arrivals.diagrams
    everyone_told = True
    found: Landings = {}
    seen: dict[tuple[str, frozenset[str]], int] = {}
    waiting = list(ways)

    def arrive(box: str, flags: frozenset[str], some: int) -> None:
        name = common(box)
        gaps = frozenset(common(gap) for gap in flags)
        landing = Landing(name, gaps, happened)
        found[landing] = diagrams.either(found.get(landing, NOBODY), some)

    while waiting:
        way, flags = waiting.pop()
        for box, some in arrivals.arriving(way):
            key = (box, flags)
            fresh = diagrams.without(some, seen.get(key, NOBODY))
            if not fresh:
                continue
            seen[key] = diagrams.either(seen.get(key, NOBODY), fresh)
            node = arrivals.pathway.node.get(box)
            if node is None or box == stop or not isinstance(node, Decide):
                arrive(box if node is not None else NONE, flags, fresh)
                continue
            answered = arrivals.answered(node, fresh)
            if answered.asked != fresh:
                everyone_told = False
            if answered.uncovered:
                arrive(NONE, flags, answered.uncovered)
            pinned = flags | set(node.recommendation.flags)
            waiting.extend(
                (Way(branch.target, taking), pinned | set(branch.flags))
                for branch, taking in zip(node.branches, answered.lines, strict=True)
                if taking
            )
    return found, everyone_told
