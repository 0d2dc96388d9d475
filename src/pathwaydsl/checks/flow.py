"""Ways through a pathway: where it starts, who gets nowhere, where nobody gets, circles."""

from collections.abc import Iterator

from pathwaydsl.checks.review import Review, place_of, quoted
from pathwaydsl.checks.ways import asks_for_then, circles_of
from pathwaydsl.model.nodes import Act, Assess, GapNode, Together, Treat
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.text.finding import Finding, Label
from pathwaydsl.text.rules import finding
from pathwaydsl.text.suggestion import listed

SHOWN = 5
"""How many boxes of a circle a message names."""


def start_and_eligible(review: Review) -> Iterator[Finding]:
    """A pathway says where patients start and for whom it is."""
    for pathway in review.readable_pathways:
        if pathway.start is None:
            first = next(iter(pathway.nodes), None)
            yield finding(
                "PW310",
                f"{quoted(pathway.label)} does not say where patients start",
                place_of(None, pathway),
                help=f"Write `start at {first.id if first else 'NAME'}` in its head",
            )
        if not pathway.eligible_stated:
            yield finding(
                "PW311",
                f"{quoted(pathway.label)} does not say for whom it is",
                place_of(None, pathway),
                help="Write `eligible when …`, or `eligible everyone` if it is meant for all",
            )


def boxes_nobody_reaches(review: Review) -> Iterator[Finding]:
    """Every box lies on some way from the start; a gap that is pinned needs no way to it.

    Of a stretch of boxes that nobody reaches only the first is reported, and none while some way
    that patients take is not written to its end: it may be the one that leads there.
    """
    for pathway in review.readable_pathways:
        ways = review.ways(pathway)
        if ways.start is None or ways.loose_ends:
            continue
        away = [node.id for node in pathway.nodes if node.id not in ways.reached]
        if not away:
            continue
        inside = set(away)
        for circle in circles_of(away, ways.after.__getitem__):
            members = set(circle)
            if any(s in inside and s not in members for b in circle for s in ways.before[b]):
                continue
            node = ways.node(min(circle, key=ways.order.__getitem__))
            # Whether a gap is used at all is asked among the gaps.
            if isinstance(node, GapNode) and len(circle) == 1:
                continue
            yield finding(
                "PW312",
                f"Nobody gets to {quoted(node.label)}",
                place_of(node.span, pathway),
                help=f"Lead a way to it (`-> {node.id}` or `then {node.id}`), or remove it",
            )


def ways_that_stop(review: Review) -> Iterator[Finding]:
    """Each box says how it goes on, and from each some way leads to an end.

    An end is an `end`, an `enter` or a gap without `then`.
    """
    for pathway in review.readable_pathways:
        ways = review.ways(pathway)
        for node in pathway.nodes:
            if (
                isinstance(node, Assess | Treat | Act | Together)
                and asks_for_then(node)
                and node.then is None
            ):
                yield finding(
                    "PW313",
                    f"{quoted(node.label)} does not say what comes next",
                    place_of(node.span, pathway),
                    help="Write `then NAME`; if the way ends here, lead it to an `end`",
                )
        told = {box for loop in ways.timeless_loops for box in loop}
        for circle in ways.hopeless:
            if told.isdisjoint(circle):
                node = ways.node(circle[0])
                yield finding(
                    "PW314",
                    f"Whoever gets to {_named(pathway, circle)} never comes to an end",
                    place_of(node.span, pathway),
                    labels=_others(pathway, circle),
                    help="Lead a way to an `end`, to another pathway (`enter`) or to a gap "
                    "without `then`",
                )


def loops_without_time(review: Review) -> Iterator[Finding]:
    """Every circle passes through an `assess`, a `treat` or an `act`."""
    for pathway in review.readable_pathways:
        ways = review.ways(pathway)
        for loop in ways.timeless_loops:
            node = ways.node(loop[0])
            yield finding(
                "PW315",
                f"No time passes on the way round through {_named(pathway, loop)}",
                place_of(node.span, pathway),
                labels=_others(pathway, loop),
                help="Put what happens before the question is asked again on the way: an "
                "`assess`, a `treat` or an `act`",
            )


def _named(pathway: Pathway, circle: tuple[str, ...]) -> str:
    labels = [quoted(pathway.node[box].label) for box in circle[:SHOWN]]
    more = len(circle) - SHOWN
    return listed([*labels, f"{more} more"] if more > 0 else labels, "and")


def _others(pathway: Pathway, circle: tuple[str, ...]) -> tuple[Label, ...]:
    spans = (pathway.node[box].span for box in circle[1:SHOWN])
    return tuple(Label(span, "on the same way round") for span in spans if span is not None)
