"""Cases for what no case exercises: small, ready to paste, and walked before they are offered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from attrs import evolve, frozen

from pathwaydsl.cases.coverage import Part, asked_at, coverage_of
from pathwaydsl.cases.judging import CaseResult, run_case
from pathwaydsl.cases.searching import Goal, Search
from pathwaydsl.cases.thresholds import Threshold, thresholds_of
from pathwaydsl.cases.walk import StopKind, Walk
from pathwaydsl.cases.walker import walk
from pathwaydsl.logic.diagrams import UndecidedError
from pathwaydsl.logic.mentioned import MeaninglessError
from pathwaydsl.logic.reachability import Arrivals
from pathwaydsl.logic.written import value_as_written
from pathwaydsl.model.cases import Case, Chosen, Expect, Given
from pathwaydsl.model.expressions import Compares, Sign
from pathwaydsl.model.nodes import (
    Act,
    Branch,
    Choose,
    Decide,
    During,
    End,
    Enter,
    GapNode,
    Option,
    Treat,
)
from pathwaydsl.model.pathway import Library, Pathway
from pathwaydsl.model.values import Quantity

MOST_TRIED = 12
"""How many patients are walked for one part before it is given up."""

BUDGET = 4_000_000
"""Steps of the exact search for one pathway."""

LONGEST_NAME = 90
"""How long the name of a suggested case may be."""

_SIGNS = {"below": Sign.LESS, "at": Sign.EQUAL, "above": Sign.MORE}


@frozen
class Suggested:
    """A case for a part that no case exercised."""

    part: Part
    case: Case


@frozen
class NotFound:
    """A part for which there is no suggestion, and why."""

    part: Part
    why: str


@frozen
class Suggestions:
    """Cases to paste, and what remains."""

    cases: tuple[Suggested, ...]
    remaining: tuple[NotFound, ...]


def suggestions(
    pathway: Pathway,
    results: Iterable[CaseResult],
    others: Mapping[str, Pathway] | None = None,
) -> Suggestions:
    """Cases for the parts of a pathway that no case exercises.

    Each case was walked: its patient is one of the pathway's, and what it expects comes true. A
    part that an earlier suggestion exercises gets no case of its own.

    Args:
        pathway: The pathway.
        results: How its cases went.
        others: Pathways of the project by id.
    """
    parts = coverage_of(pathway, results).parts
    missed = [i for i, part in enumerate(parts) if not part.exercised]
    # What is taken or met exercises the boxes on the way, too.
    missed.sort(key=lambda i: parts[i].kind == "box")
    if not missed:
        return Suggestions((), ())
    try:
        return _Suggester(pathway, others or {}, parts).suggest(missed)
    except MeaninglessError:
        why = "something that is asked for does not exist"
    except (UndecidedError, RecursionError):
        why = "the pathway asks for too much at once"
    return Suggestions((), tuple(NotFound(parts[i], why) for i in missed))


class _Suggester:
    """Looks for cases, part by part."""

    def __init__(
        self, pathway: Pathway, others: Mapping[str, Pathway], parts: Sequence[Part]
    ) -> None:
        self.pathway = pathway
        self.parts = parts
        self.arrivals = Arrivals(pathway, others)
        self.arrivals.diagrams.steps_left = BUDGET
        self.search = Search(self.arrivals)
        self.taken_names = {case.label for case in pathway.cases}

    def suggest(self, missed: Sequence[int]) -> Suggestions:
        """Cases for the parts with these numbers."""
        found: list[Suggested] = []
        remaining: list[NotFound] = []
        left = dict.fromkeys(missed)
        for number in missed:
            if number not in left:
                continue
            part = self.parts[number]
            try:
                case = self._case(number)
            except (UndecidedError, RecursionError):
                remaining += [NotFound(self.parts[i], "the search was broken off") for i in left]
                break
            del left[number]
            if case is None:
                remaining.append(NotFound(part, self._why(part)))
                continue
            found.append(Suggested(part, case))
            for other in self._exercised(case):
                left.pop(other, None)
        return Suggestions(tuple(found), tuple(remaining))

    def _exercised(self, case: Case) -> set[int]:
        parts = coverage_of(self.pathway, [run_case(self.pathway, case)]).parts
        return {i for i, part in enumerate(parts) if part.exercised}

    def _case(self, number: int) -> Case | None:
        part = self.parts[number]
        for goal in self._goals(part):
            for raw in islice(self.search.cases(goal), MOST_TRIED):
                case = evolve(raw, label=self._name(part))
                if number not in self._exercised(case):
                    continue
                finished = self._finished(self._least(case, number))
                if finished is not None:
                    self.taken_names.add(finished.label)
                    return finished
        return None

    # Where to

    def _goals(self, part: Part) -> Iterator[Goal]:
        match part.kind, part.about:
            case "box", (str() as box,):
                yield Goal(box)
            case "branch", (str() as box, (Branch() | Option()) as line):
                yield Goal(box, line)
            case "branch", (During() as during, Branch() as line):
                yield from (Goal(box, line, happening=True) for box in during.nodes)
            case "gap", (str() as gap,):
                yield from self._pinned(gap)
            case "threshold", (Threshold() as threshold, str() as side):
                yield from self._sides(threshold, side)

    def _pinned(self, gap: str) -> Iterator[Goal]:
        for node in self.pathway.nodes:
            if node.id == gap or gap in node.recommendation.flags:
                yield Goal(node.id)
            if isinstance(node, Decide):
                yield from (Goal(node.id, b) for b in node.branches if gap in b.flags)
        for during in self.pathway.durings:
            for branch in during.branches:
                if gap in branch.flags:
                    yield from (Goal(box, branch, happening=True) for box in during.nodes)

    def _sides(self, threshold: Threshold, side: str) -> Iterator[Goal]:
        quantity = Quantity(threshold.number, threshold.unit)
        test = Compares(threshold.subject, _SIGNS[side], quantity, score=threshold.score)
        within = self.arrivals.patients.truth(test).true
        for box, conditions in asked_at(self.pathway):
            if threshold in thresholds_of(conditions, self.pathway.library):
                happening = not isinstance(self.pathway.node.get(box), Decide | Choose)
                yield Goal(box, happening=happening, within=within)

    def _why(self, part: Part) -> str:
        """Why there is no case, as far as it is known for certain."""
        at, diagrams = self.arrivals.at, self.arrivals.diagrams
        for goal in self._goals(part):
            node = self.pathway.node.get(goal.node)
            arriving = at.get(goal.node, 0)
            if node is None or not arriving:
                continue
            if goal.happening:
                return "no patient was found within the search"
            if goal.within is not None:
                arriving = diagrams.both(arriving, goal.within)
            if isinstance(node, Decide) and isinstance(goal.line, Branch):
                lines = self.arrivals.answered(node, arriving).lines
                arriving = lines[node.branches.index(goal.line)]
            if isinstance(node, Choose) and isinstance(goal.line, Option):
                opened = self.arrivals.open_options(node, arriving)
                arriving = opened[node.options.index(goal.line)]
            if arriving:
                return "no patient was found within the search"
        return "no patient of this pathway comes there"

    # The case

    def _least(self, case: Case, number: int) -> Case:
        """The case without every value and step that its patient goes the same way without."""
        wanted = walk(self.pathway, case)

        def goes(other: Case) -> bool:
            walked = walk(self.pathway, other)
            same = walked.way == wanted.way and not walked.misfits
            return same and not walked.unused and number in self._exercised(other)

        steps = [step for step in case.steps if step not in wanted.unused]
        if not goes(evolve(case, steps=tuple(steps))):
            steps = list(case.steps)
        for i in reversed(range(len(steps))):
            fewer = [*steps[:i], *steps[i + 1 :]]
            if goes(evolve(case, steps=tuple(fewer))):
                steps = fewer
                continue
            step = steps[i]
            if not isinstance(step, Given):
                continue
            for value in reversed(step.assignments):
                kept = tuple(one for one in step.assignments if one is not value)
                smaller = [*steps[:i], evolve(step, assignments=kept), *steps[i + 1 :]]
                if kept and goes(evolve(case, steps=tuple(smaller))):
                    step = evolve(step, assignments=kept)
                    steps = smaller
        return evolve(case, steps=tuple(steps))

    def _finished(self, case: Case) -> Case | None:
        """The case with what its walk shows as what is expected; None if it does not hold."""
        expects = tuple(expected(self.pathway, walk(self.pathway, case)))
        whole = evolve(case, expects=expects)
        return None if run_case(self.pathway, whole).findings or not expects else whole

    def _name(self, part: Part) -> str:
        words = {"box": "Comes to", "branch": "Goes by", "gap": "Meets", "threshold": "With"}
        text = f"{words[part.kind]} {part.says}".replace('"', "'").replace("\\", "")
        text = " ".join(text.split())
        if len(text) > LONGEST_NAME:
            text = text[: LONGEST_NAME - 1].rstrip() + "…"
        number, name = 1, text
        while name in self.taken_names:
            number += 1
            name = f"{text} ({number})"
        return name


def expected(pathway: Pathway, walked: Walk) -> Iterator[Expect]:
    """What a walk shows, as a case expects it: the way, the gaps, and where it ends or stops."""
    told = (Treat, Act, Choose, GapNode, Enter, End)
    way = [box for box in walked.way if isinstance(pathway.node.get(box), told)]
    if not way:
        way = list(walked.way[-1:])
    ends = walked.ended_at
    shown = way[:-1] if ends is not None and way and way[-1] == ends else way
    if shown:
        yield Expect("way", tuple(shown))
    if walked.flagged:
        yield from (Expect("flagged", (gap,)) for gap in walked.flagged)
    if ends is not None:
        yield Expect("end-at", (ends,))
    elif len(walked.stops) == 1 and walked.stops[0].kind is StopKind.MISSING:
        stop = walked.stops[0]
        if len(stop.missing) == 1:
            yield Expect("stuck", (stop.node,), stop.missing[0])


def case_as_written(case: Case, library: Library) -> str:
    """A case as an author writes it."""
    lines = [f'case "{_text(case.label)}" {{']
    for step in case.steps:
        if isinstance(step, Chosen):
            lines.append(f"  at {step.at} choose {step.option}")
            continue
        if not step.assignments:
            continue
        values = ", ".join(value_as_written(value, library) for value in step.assignments)
        where = f"at {step.at} " if step.at else f"during {step.during} " if step.during else ""
        lines.append(f"  {where}given {values}")
    lines += [f"  {expect_as_written(expect)}" for expect in case.expects]
    return "\n".join([*lines, "}"]) + "\n"


def expect_as_written(expect: Expect) -> str:
    """What is expected, as an author writes it."""
    nodes = expect.nodes
    match expect.form:
        case "way":
            return f"expect {' later '.join(nodes)}"
        case "only":
            return f"expect only {' then '.join(nodes)}"
        case "never":
            return f"expect never {nodes[0]}"
        case "end-at":
            return f"expect end at {nodes[0]}"
        case "flagged":
            return f"expect flagged {nodes[0]}"
        case _:
            return f"expect stuck at {nodes[0]} without {expect.missing}"


def _text(text: str) -> str:
    """A text within quotes."""
    written = text.replace("\\", "\\\\").replace('"', '\\"')
    return written.replace("\n", "\\n").replace("\t", "\\t")
