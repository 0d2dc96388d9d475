"""`together`: strands that start at once, keep to themselves, and all arrive."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from attrs import frozen

from pathwaydsl.checks.review import Review, place_of, quoted
from pathwaydsl.checks.tested import criteria_of
from pathwaydsl.checks.ways import Ways, reach
from pathwaydsl.model.graph import Exit
from pathwaydsl.model.nodes import Act, Assess, Choose, Decide, End, Enter, Together, Treat
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.text.finding import Finding, Label
from pathwaydsl.text.rules import finding
from pathwaydsl.text.span import Span


@frozen
class Strand:
    """One strand: its first box, and every box it can get to before all meet again."""

    first: str
    boxes: frozenset[str]


def strands_of(together: Together, ways: Ways) -> tuple[Strand, ...]:
    """The strands of a `together` whose first boxes exist."""

    def after(box: str) -> tuple[str, ...]:
        return tuple(t for t in ways.after[box] if t not in {together.then, together.id})

    firsts = [first for first in dict.fromkeys(together.strands) if first in ways.order]
    return tuple(Strand(first, reach([first], after)) for first in firsts if first != together.then)


def strands(review: Review) -> Iterator[Finding]:
    """Two or more strands, each with its own boxes, all of which get to the `then` box.

    A strand with a way out is not asked for anything else.
    """
    for pathway in review.readable_pathways:
        ways = review.ways(pathway)
        for node in pathway.nodes:
            if not isinstance(node, Together):
                continue
            if len(set(node.strands)) < 2 or len(set(node.strands)) < len(node.strands):
                yield finding(
                    "PW321",
                    f"{quoted(node.label)} needs two strands or more, each once",
                    place_of(node.span, pathway),
                    help="Write `do NAME` for each strand, or lead straight to the only one",
                )
                continue
            if node.then is not None:
                yield from _strands_of_one(pathway, ways, node)


def _strands_of_one(pathway: Pathway, ways: Ways, together: Together) -> Iterator[Finding]:
    found = strands_of(together, ways)
    sound = []
    for i, strand in enumerate(found):
        problem = _way_out(pathway, ways, together, strand) or _way_in(
            pathway, ways, together, strand, found[i + 1 :]
        )
        if problem:
            yield problem
        else:
            sound.append(strand)
    yield from _shared_criteria(pathway, ways, together, sound)


def _way_out(pathway: Pathway, ways: Ways, together: Together, strand: Strand) -> Finding | None:
    in_order = sorted(strand.boxes, key=ways.order.__getitem__)
    back = _first_step(ways, in_order, {together.id})
    if back is not None:
        return finding(
            "PW322",
            f"A strand of {quoted(together.label)} goes back to where the strands start, by "
            f"{quoted(ways.node(back.source).label)}",
            _place_of_exit(pathway, back),
            labels=_label(together.span, "the strands start here"),
            help=f"Lead every way of the strand to `{together.then}`",
        )
    last = next((box for box in in_order if isinstance(ways.node(box), End | Enter)), None)
    if last is None:
        return None
    # The way out is where the strand first steps on what lies behind the `together`.
    behind: frozenset[str] = frozenset()
    if together.then is not None and together.then in ways.order:
        behind = reach(
            [together.then], lambda box: [t for t in ways.after[box] if t != together.id]
        )
    out = _first_step(ways, in_order, behind & strand.boxes) or _first_step(ways, in_order, {last})
    where = ways.node(out.source if out else last)
    return finding(
        "PW322",
        f"A strand of {quoted(together.label)} leaves it at {quoted(where.label)} and ends with "
        f"{quoted(ways.node(last).label)}",
        _place_of_exit(pathway, out) if out else place_of(where.span, pathway),
        labels=_label(together.span, "the strands start here"),
        help=f"Lead every way of the strand to `{together.then}`; ends stand behind it",
    )


def _first_step(ways: Ways, boxes: Sequence[str], targets: AbstractSet[str]) -> Exit | None:
    return next((way for box in boxes for way in ways.exits[box] if way.target in targets), None)


def _way_in(
    pathway: Pathway,
    ways: Ways,
    together: Together,
    strand: Strand,
    later: tuple[Strand, ...],
) -> Finding | None:
    if pathway.start in strand.boxes:
        first = ways.node(pathway.start)
        return finding(
            "PW323",
            f"Patients start in the middle of {quoted(together.label)}, at {quoted(first.label)}",
            place_of(first.span, pathway),
            labels=_label(together.span, "the strands start here"),
            help=f"Write `start at {together.id}`, or a box before it",
        )
    for box in sorted(strand.boxes, key=ways.order.__getitem__):
        for source in ways.before[box]:
            if source in strand.boxes or (source == together.id and box in together.strands):
                continue
            # A box shared by two strands is told once, with the later strand.
            if any(source in other.boxes for other in later):
                continue
            way = next(way for way in ways.exits[source] if way.target == box)
            into = ways.node(box)
            return finding(
                "PW323",
                f"A way leads from {quoted(ways.node(source).label)} into the middle of "
                f"{quoted(together.label)}, to {quoted(into.label)}",
                _place_of_exit(pathway, way),
                labels=_label(into.span, "this box belongs to one strand alone")
                + _label(together.span, "the strands start here"),
                help="A strand is entered only through its `do`; give each strand boxes of its own",
            )
    return None


def _shared_criteria(
    pathway: Pathway, ways: Ways, together: Together, found: list[Strand]
) -> Iterator[Finding]:
    """What one strand measures no other measures or asks for; one finding a criterion."""
    in_order = [sorted(strand.boxes, key=ways.order.__getitem__) for strand in found]
    measured = [_measured(pathway, boxes) for boxes in in_order]
    tested = [_tested(pathway, ways, boxes) for boxes in in_order]
    told: set[str] = set()
    for i, own in enumerate(measured):
        for j in range(len(found)):
            if i == j:
                continue
            for name, box in own.items():
                other = measured[j].get(name) or tested[j].get(name)
                if other is None or name in told:
                    continue
                told.add(name)
                criterion = pathway.library.criterion.get(name)
                label = criterion.label if criterion else name
                first, second = pathway.node[box], pathway.node[other]
                yield finding(
                    "PW324",
                    f"{quoted(label)} is measured in one strand of {quoted(together.label)}, "
                    f"by {quoted(first.label)}, and used in another, by {quoted(second.label)}",
                    place_of(second.span, pathway),
                    labels=_label(first.span, "measured here, at the same time"),
                    help="Measure it before the strands part, or ask for it after they meet",
                )


def _measured(pathway: Pathway, boxes: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for box in boxes:
        node = pathway.node[box]
        if isinstance(node, Assess):
            found |= dict.fromkeys(node.measures, box)
        elif isinstance(node, Treat | Act | Enter):
            found |= {assignment.criterion: box for assignment in node.sets}
    return found


def _tested(pathway: Pathway, ways: Ways, boxes: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for box in boxes:
        node = pathway.node[box]
        lines = (
            node.branches
            if isinstance(node, Decide)
            else node.options
            if isinstance(node, Choose)
            else ()
        )
        for line in lines:
            found |= dict.fromkeys(criteria_of(line.when, pathway.library), box)
    for box in boxes:
        for branch in ways.during.get(box, ()):
            found |= dict.fromkeys(criteria_of(branch.when, pathway.library), box)
    return found


def _place_of_exit(pathway: Pathway, way: Exit) -> Span:
    line = way.branch or way.option
    return place_of(line.span if line else pathway.node[way.source].span, pathway)


def _label(span: Span | None, text: str) -> tuple[Label, ...]:
    return (Label(span, text),) if span is not None else ()
