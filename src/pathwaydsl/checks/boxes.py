"""What single boxes must say: lines, options, regimens; and where one may `resume`."""

from collections.abc import Iterator

from pathwaydsl.checks.review import Review, place_of, quoted
from pathwaydsl.checks.tested import criteria_of
from pathwaydsl.model.nodes import (
    RESUME,
    Assess,
    Branch,
    Choose,
    Decide,
    During,
    Enter,
    Node,
    Option,
    Treat,
)
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.text.finding import Finding, Label
from pathwaydsl.text.rules import finding


def lines_of_branch_points(review: Review) -> Iterator[Finding]:
    """A branch point has lines: two or more in a decision, none of them written twice."""
    for pathway in review.readable_pathways:
        for node in pathway.nodes:
            match node:
                case Decide(branches=()):
                    yield finding(
                        "PW316",
                        f"The decision {quoted(node.label)} has no lines",
                        place_of(node.span, pathway),
                        help="Write `when … -> NAME` for each answer",
                    )
                case Choose(options=()):
                    yield finding(
                        "PW316",
                        f"The choice {quoted(node.label)} has no options",
                        place_of(node.span, pathway),
                        help="Write `option NAME` for each option",
                    )
                case Choose(options=(option,)):
                    yield finding(
                        "PW318",
                        f"{quoted(node.label)} has one option only, so there is nothing to choose",
                        place_of(node.span, pathway),
                        help=f"Add the other options, or lead straight to `{option.target}`",
                    )
                case Decide(branches=(only,)) if only.when is None:
                    yield finding(
                        "PW318",
                        f"{quoted(node.label)} has one answer only, so it decides nothing",
                        place_of(node.span, pathway),
                        help=f"Add the other answers, or lead straight to `{only.target}`",
                    )
                case Decide(branches=branches):
                    yield from _written_twice(pathway, branches)
                    yield from _after_otherwise(pathway, node)
                case Choose(options=options):
                    yield from _written_twice(pathway, options)
                case _:
                    pass
        for during in pathway.durings:
            yield from _written_twice(pathway, during.branches)


def _written_twice(
    pathway: Pathway, lines: tuple[Branch, ...] | tuple[Option, ...]
) -> Iterator[Finding]:
    seen: dict[object, Branch | Option] = {}
    for line in lines:
        what: object
        if isinstance(line, Branch):
            if line.role != "when":
                continue
            what = line.when
        else:
            what = (line.target, line.label, line.when)
        first = seen.setdefault(what, line)
        if first is line:
            continue
        yield finding(
            "PW319",
            "The same condition stands on two lines"
            if isinstance(line, Branch)
            else "The same option stands twice",
            place_of(line.span, pathway),
            labels=[Label(first.span, "first written here")] if first.span else [],
            help="Remove one of the two, or say what tells them apart",
        )


def _after_otherwise(pathway: Pathway, node: Decide) -> Iterator[Finding]:
    if not node.first_match:
        return
    above: Branch | None = None
    for branch in node.branches:
        if branch.role == "otherwise":
            above = branch
        elif branch.role == "when" and above is not None:
            yield finding(
                "PW320",
                f"A line of {quoted(node.label)} stands below `otherwise`, where nobody is left",
                place_of(branch.span, pathway),
                labels=[Label(above.span, "takes everyone the lines above leave")]
                if above.span
                else [],
                help="Under `first match`, `otherwise` is the last line of all but `unknown`",
            )
            return


def missing_in_boxes(review: Review) -> Iterator[Finding]:
    """A box says what it cannot do without: what is measured, which regimen, which pathway."""
    for pathway in review.readable_pathways:
        for node in pathway.nodes:
            missing = _missing_in(node)
            if missing:
                what, statement = missing
                yield finding(
                    "PW317",
                    f"{quoted(node.label)} does not say {what}",
                    place_of(node.span, pathway),
                    help=f"Write `{statement}`",
                )
        for during in pathway.durings:
            if not during.branches:
                yield finding(
                    "PW317",
                    "This `during` does not say what may happen",
                    place_of(during.span, pathway),
                    help="Write `when … -> NAME`",
                )


def _missing_in(node: Node) -> tuple[str, str] | None:
    match node:
        case Assess(measures=()):
            return "what is measured", "measures CRITERION"
        case Treat(regimen=None):
            return "which regimen is given", "regimen NAME"
        case Enter(pathway=None):
            return "which pathway goes on", "pathway NAME"
        case _:
            return None


def prognostic_branches(review: Review) -> Iterator[Finding]:
    """No branch tests a criterion that is prognostic, not even inside a condition.

    However often a branch point tests it, it is one finding.
    """
    for pathway in review.readable_pathways:
        if not any(criterion.prognostic for criterion in pathway.library.criteria):
            continue
        for point in (*pathway.nodes, *pathway.durings):
            told: set[str] = set()
            for line in _lines(point):
                for name in criteria_of(line.when, pathway.library):
                    criterion = pathway.library.criterion.get(name)
                    if criterion is None or criterion.prognostic is None or name in told:
                        continue
                    told.add(name)
                    yield finding(
                        "PW325",
                        f"A branch asks for {quoted(criterion.label)}, which says how the "
                        "disease will go and not what helps",
                        place_of(line.span, pathway),
                        labels=[Label(criterion.span, f"prognostic: {criterion.prognostic}")]
                        if criterion.span
                        else [],
                        help="Ask for what changes the treatment, or drop `role prognostic` if "
                        "it does",
                    )


def _lines(point: Node | During) -> tuple[Branch, ...] | tuple[Option, ...]:
    match point:
        case Decide(branches=branches) | During(branches=branches):
            return branches
        case Choose(options=options):
            return options
        case _:
            return ()


def stray_resumes(review: Review) -> Iterator[Finding]:
    """`resume` stands only where every way began in a `during`."""
    for pathway in review.readable_pathways:
        yield from _stray_resumes(review, pathway)


def _stray_resumes(review: Review, pathway: Pathway) -> Iterator[Finding]:
    ways = review.ways(pathway)
    for node in pathway.nodes:
        if node.id not in ways.stray_resumes:
            continue
        for way in ways.exits[node.id]:
            if way.target == RESUME and way.kind != "during":
                line = way.branch or way.option
                yield finding(
                    "PW327",
                    f"{quoted(node.label)} resumes, but some way to it left nothing that could "
                    "be resumed",
                    place_of(line.span if line else node.span, pathway),
                    help="Give the ways that begin in a `during` a box of their own, or name "
                    "the box to go on with",
                )
                break
