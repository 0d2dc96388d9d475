"""Branch points: everyone takes exactly one line, and each line is there for somebody."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from attrs import frozen

from pathwaydsl.checks.review import place_of, quoted
from pathwaydsl.checks.visit import Visit
from pathwaydsl.logic.boxes import said
from pathwaydsl.logic.diagrams import NOBODY
from pathwaydsl.logic.mentioned import Mentioned
from pathwaydsl.logic.stepping import Answered
from pathwaydsl.logic.written import condition_as_written
from pathwaydsl.model.expressions import Expression
from pathwaydsl.model.nodes import Branch, Choose, Decide, Node
from pathwaydsl.text.finding import Finding, Label, Severity
from pathwaydsl.text.rules import finding
from pathwaydsl.text.suggestion import listed


def decisions(visit: Visit) -> Iterator[Finding]:
    """Every `decide` that somebody arrives at."""
    for node in visit.pathway.nodes:
        arriving = visit.arrivals.at.get(node.id, 0)
        if isinstance(node, Decide) and arriving:
            conditions = [branch.when for branch in node.branches if branch.when is not None]
            if len(set(conditions)) < len(conditions) or not conditions:
                continue  # findings of their own: a repeated line, nothing but `otherwise`
            asked = visit.asked(conditions)
            yield from not_asked(visit, node, arriving, conditions)
            answered = visit.arrivals.answered(node, arriving)
            yield from _uncovered(visit, node, answered, asked)
            if not node.first_match:
                yield from _overlaps(visit, node, answered, asked)
            yield from _idle_lines(visit, node, answered)


def not_asked(
    visit: Visit, node: Node, arriving: int, expressions: Sequence[Expression | None]
) -> Iterator[Finding]:
    """What is asked for was measured on every way here."""
    patients = visit.arrivals.patients
    missing = [
        name
        for name in visit.asked(expressions).criteria
        if patients.diagrams.both(arriving, patients.kinds(name, "missing"))
    ]
    if not missing:
        return
    never = [
        name
        for name in missing
        if not patients.diagrams.without(arriving, patients.kinds(name, "missing"))
    ]
    some = [name for name in missing if name not in never]
    parts = []
    if never:
        parts.append(f"{_labels(visit, never)}, which nobody measured before")
    if some:
        parts.append(f"{_labels(visit, some)}, which was not measured on every way here")
    there = patients.diagrams.both(arriving, patients.missing((some or never)[:1]))
    witness, patient = visit.witness(there, visit.asked(expressions))
    stuck = f"expect stuck at {node.id} without {(some or never)[0]}  # until it is measured"
    yield finding(
        "PW307",
        f"{quoted(node.label)} asks for {', and for '.join(parts)}{witness}",
        place_of(node.span, visit.pathway),
        labels=[
            Label(branch.span, "asks for it")
            for branch in getattr(node, "branches", ())
            if branch.span and set(missing) & set(visit.asked([branch.when]).criteria)
        ],
        help=f"{visit.case(patient, node, stuck)}\n"
        f"Write `measures {', '.join(missing)}` in an `assess` that everyone comes through",
    )


def _labels(visit: Visit, names: Sequence[str]) -> str:
    return listed((quoted(visit.library.criterion[name].label) for name in names), "and")


def _uncovered(
    visit: Visit, node: Decide, answered: Answered, asked: Mentioned
) -> Iterator[Finding]:
    some = answered.uncovered
    if not some:
        return
    who = visit.who(some, answered.asked, asked)
    witness, patient = visit.witness(some, asked)
    whole = said(visit.arrivals.patients, some, answered.asked, asked).whole
    if some == answered.untold:
        line = "unknown -> BOX"
    elif whole is None:
        line = "otherwise -> BOX"
    else:
        line = f"when {condition_as_written(whole)} -> BOX"
    yield finding(
        "PW301",
        f"{quoted(node.label)} has no line for {who}{witness}",
        place_of(node.span, visit.pathway),
        labels=[Label(branch.span, "not this line") for branch in node.branches if branch.span],
        help=f"{visit.case(patient, node, 'expect BOX  # where they go')}\n"
        f"Say where they go: `{line}`",
    )


def _overlaps(
    visit: Visit, node: Decide, answered: Answered, asked: Mentioned
) -> Iterator[Finding]:
    """Each line against all lines above it: one finding a line."""
    diagrams = visit.arrivals.diagrams
    told = [
        (branch, taking)
        for branch, taking in zip(node.branches, answered.lines, strict=True)
        if branch.when is not None
    ]
    open_ended = any(visit.library.criterion[name].may_be_unknown for name in asked.criteria)
    above = NOBODY
    for i, (branch, taking) in enumerate(told):
        some = diagrams.both(above, taking)
        above = diagrams.either(above, taking)
        if some:
            lines = tuple(one for one, taken in told[:i] if diagrams.both(taken, taking))
            yield _overlap(visit, _Meeting(node, branch, lines, some, answered.asked, asked))
        elif open_ended:
            yield from _maybe(visit, node, told[: i + 1], answered, asked)


def _maybe(
    visit: Visit,
    node: Decide,
    told: Sequence[tuple[Branch, int]],
    answered: Answered,
    asked: Mentioned,
) -> Iterator[Finding]:
    """Whether the last line may turn out to hold together with one above it."""
    diagrams, arrivals = visit.arrivals.diagrams, visit.arrivals
    *above, (branch, _) = told
    true = _true(visit, branch)
    lines: list[Branch] = []
    some = NOBODY
    for one, _ in above:
        joint = diagrams.without(diagrams.both(_true(visit, one), true), arrivals.impossible)
        if not joint:
            continue
        could = arrivals.patients.once_known(joint)
        could = diagrams.without(diagrams.both(answered.asked, could), joint)
        if could:
            lines.append(one)
            some = diagrams.either(some, could)
    if some:
        met = _Meeting(node, branch, tuple(lines), some, answered.asked, asked)
        yield _maybe_overlap(visit, met)


def _true(visit: Visit, branch: Branch) -> int:
    return NOBODY if branch.when is None else visit.arrivals.patients.truth(branch.when).true


@frozen
class _Meeting:
    """A line of a decision that holds for the same patients as lines above it, or may."""

    node: Decide
    line: Branch
    above: tuple[Branch, ...]
    some: int
    among: int
    asked: Mentioned

    @property
    def agree(self) -> bool:
        """Whether all the lines lead to the same and say the same."""
        said = {
            (line.target, line.label, frozenset(line.flags)) for line in (self.line, *self.above)
        }
        return len(said) == 1

    def labels(self, text: str) -> list[Label]:
        """The lines above, with what to see there."""
        return [Label(line.span, text) for line in self.above if line.span]


def _overlap(visit: Visit, met: _Meeting) -> Finding:
    who = visit.who(met.some, met.among, met.asked)
    witness, patient = visit.witness(met.some, met.asked)
    return finding(
        "PW302",
        f"Two lines of {quoted(met.node.label)} hold for {who}{witness}",
        place_of(met.line.span or met.node.span, visit.pathway),
        labels=met.labels("this line holds for them too"),
        help="One of the two can go, since they lead to the same"
        if met.agree
        else f"{visit.case(patient, met.node, _either(met))}\n"
        "Narrow one of the two, or write `first match` where the upper one comes first",
        severity=Severity.WARNING if met.agree else None,
    )


def _either(met: _Meeting) -> str:
    """What a case should expect once one of the lines is narrowed."""
    upper, *others = dict.fromkeys(line.target for line in (*met.above, met.line))
    return f"expect {upper}" + (f"  # or {', '.join(others)}" if others else "")


def _maybe_overlap(visit: Visit, met: _Meeting) -> Finding:
    who = visit.who(met.some, met.among, met.asked)
    arrivals = visit.arrivals
    answered = arrivals.answered(met.node, arrivals.at[met.node.id])
    today, some = next(
        (
            (branch.target, there)
            for branch, taking in zip(met.node.branches, answered.lines, strict=True)
            if (there := arrivals.diagrams.both(taking, met.some))
        ),
        ("BOX", met.some),
    )
    witness, patient = visit.witness(some, met.asked)
    return finding(
        "PW303",
        f"Two lines of {quoted(met.node.label)} may both turn out to hold for {who}{witness}",
        place_of(met.line.span or met.node.span, visit.pathway),
        labels=met.labels("this line may hold too"),
        help=f"{visit.case(patient, met.node, f'expect {today}  # where they go today')}\n"
        "Narrow one of the two, so that both cannot hold once what is not known is found out",
    )


def _idle_lines(visit: Visit, node: Decide, answered: Answered) -> Iterator[Finding]:
    """Lines nobody takes; a decision in which everyone takes one and the same line."""
    idle = [
        branch for branch, taking in zip(node.branches, answered.lines, strict=True) if not taking
    ]
    whens = [branch for branch in idle if branch.when is not None]
    busy = len(node.branches) - len(idle)
    if busy == 1 and not whens and not answered.uncovered:
        only = next(
            branch for branch, taking in zip(node.branches, answered.lines, strict=True) if taking
        )
        yield finding(
            "PW305",
            f"{quoted(node.label)} has one possible answer for everyone who arrives",
            place_of(node.span, visit.pathway),
            labels=[Label(only.span, "everyone takes this line")] if only.span else (),
            help=f"Lead straight to `{only.target}`, or look at what narrows the patients before",
        )
        return
    for branch in idle:
        if branch.when is None and whens:
            continue
        yield _nobody_takes(visit, node, branch, answered)


def _nobody_takes(visit: Visit, node: Decide, branch: Branch, answered: Answered) -> Finding:
    match branch.role:
        case "otherwise":
            message = f"Nobody needs the `otherwise` of {quoted(node.label)}"
            advice = "The other lines take everyone who arrives; this one can go"
        case "unknown":
            message = f"Nobody needs the `unknown` of {quoted(node.label)}"
            advice = "What the lines ask for is known of everyone who arrives; this one can go"
        case _:
            message = f"Nobody who arrives at {quoted(node.label)} takes this line"
            advice = "Look at the boxes before it and at the lines above: nobody is left for it"
    return finding(
        "PW304",
        message,
        place_of(branch.span or node.span, visit.pathway),
        labels=_shadowing(visit, node, branch, answered),
        help=advice,
        severity=None if branch.role == "when" else Severity.WARNING,
    )


def _shadowing(visit: Visit, node: Decide, branch: Branch, answered: Answered) -> Sequence[Label]:
    """The lines above that take everyone for whom a line of a `first match` holds."""
    if not node.first_match or branch.when is None:
        return ()
    true = visit.arrivals.diagrams.both(answered.asked, _true(visit, branch))
    above = zip(node.branches, answered.lines, strict=True)
    return [
        Label(line.span, "takes them first")
        for line, taking in takewhile(lambda one: one[0] is not branch, above)
        if line.span and visit.arrivals.diagrams.both(true, taking)
    ]


def choices(visit: Visit) -> Iterator[Finding]:
    """Everyone who chooses has an open option, and each option is open to somebody."""
    diagrams = visit.arrivals.diagrams
    for node in visit.pathway.nodes:
        arriving = visit.arrivals.at.get(node.id, 0)
        if not isinstance(node, Choose) or not arriving or not node.options:
            continue
        conditions = [option.when for option in node.options]
        asked = visit.asked(conditions)
        yield from not_asked(visit, node, arriving, conditions)
        choosing = visit.arrivals.choosing(node, arriving)
        open_to = visit.arrivals.open_options(node, arriving)
        closed = diagrams.without(choosing, diagrams.any_of(open_to))
        if closed:
            who = visit.who(closed, choosing, asked)
            witness, patient = visit.witness(closed, asked)
            yield finding(
                "PW306",
                f"{quoted(node.label)} has no open option for {who}{witness}",
                place_of(node.span, visit.pathway),
                labels=[
                    Label(option.span, "not open to them") for option in node.options if option.span
                ],
                help=f"{visit.case(patient, node, 'expect BOX  # the option open to them')}\n"
                "Add an option that is open to them",
            )
        for option, patients in zip(node.options, open_to, strict=True):
            if not patients:
                yield finding(
                    "PW304",
                    f"This option of {quoted(node.label)} is open to nobody who arrives",
                    place_of(option.span or node.span, visit.pathway),
                    help="Look at the boxes before it: nobody is left for it",
                )


def lines_of_durings(visit: Visit) -> Iterator[Finding]:
    """Each line of a `during` is taken by somebody at some of its boxes."""
    arrivals = visit.arrivals
    for during in visit.pathway.durings:
        at = [arrivals.at.get(name, 0) for name in during.nodes]
        if not any(at):
            continue
        taken = set()
        for name, arriving in zip(during.nodes, at, strict=True):
            node = visit.pathway.node.get(name)
            if node is None or not arriving:
                continue
            for branch, leaving in arrivals.leaving(node, arrivals.staying_at(node, arriving)):
                if leaving:
                    taken.add(id(branch))
        for branch in during.branches:
            if branch.when is not None and id(branch) not in taken:
                yield finding(
                    "PW304",
                    "Nobody at these boxes takes this line",
                    place_of(branch.span or during.span, visit.pathway),
                    help="Look at the lines above it and at what is said to be impossible",
                )
