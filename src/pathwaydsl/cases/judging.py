"""What to tell the author about a case, once its patient has been walked.

What was expected is judged on the way so far, wherever the walk stops. Only a case that expects
nothing but that something never happens is not proved by a walk that was broken off.
"""

from collections.abc import Iterator

from attrs import frozen

from pathwaydsl.cases.expecting import Expectations, Unmet
from pathwaydsl.cases.parting import why as why_so
from pathwaydsl.cases.reasons import Reasons
from pathwaydsl.cases.walk import Stop, StopKind, Walk
from pathwaydsl.cases.walker import walk
from pathwaydsl.checks.tested import criteria_of
from pathwaydsl.model.cases import Case, Chosen, Given
from pathwaydsl.model.nodes import Act, Assess, Enter, Treat
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.model.wording import subject_label
from pathwaydsl.text.finding import Finding, Label, Severity
from pathwaydsl.text.rules import finding
from pathwaydsl.text.span import Span

SHOWN = 12
"""How many boxes of a way a message shows."""


@frozen
class CaseResult:
    """A case, the way its patient took, and what is wrong with it."""

    case: Case
    walk: Walk
    findings: tuple[Finding, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether everything is as the case expects."""
        return not self.failures

    @property
    def failures(self) -> tuple[Finding, ...]:
        """Why the case fails."""
        return tuple(one for one in self.findings if one.severity is Severity.ERROR)


def run_cases(pathway: Pathway) -> tuple[CaseResult, ...]:
    """Walk every case of a pathway, in the order written."""
    return tuple(run_case(pathway, case) for case in pathway.cases)


def run_case(pathway: Pathway, case: Case) -> CaseResult:
    """Walk one case and judge it."""
    walked = walk(pathway, case)
    judge = _Judge(pathway, case, walked)
    return CaseResult(case, walked, tuple(judge.findings()))


@frozen
class _Judge:
    pathway: Pathway
    case: Case
    walk: Walk

    @property
    def reasons(self) -> Reasons:
        return Reasons(self.pathway)

    @property
    def place(self) -> Span:
        return self.case.span or self.pathway.span or Span(self.pathway.file, 0, 0)

    def findings(self) -> Iterator[Finding]:
        """Values that cannot be, then whether what is expected came true, then idle steps."""
        written = [*self.twice(), *self.idle_values()]
        yield from written
        misfits = list(self.misfits())
        yield from misfits
        if written or misfits or any(s.kind is StopKind.UNWRITTEN for s in self.walk.stops):
            return
        failed = list(self.failed())
        yield from failed
        if not failed:
            yield from self.idle_steps()

    def twice(self) -> Iterator[Finding]:
        """A value from the start is given once."""
        first: dict[str, Span | None] = {}
        for step in self.case.steps:
            if not isinstance(step, Given) or step.at is not None or step.during is not None:
                continue
            for assignment in step.assignments:
                name = assignment.criterion
                if name not in first:
                    first[name] = assignment.span
                    continue
                before = first[name]
                yield finding(
                    "PW705",
                    f"The case “{self.case.label}” gives {self.reasons.criteria([name])} twice",
                    assignment.span or self.place,
                    file=self.pathway.file,
                    labels=[Label(before, "given here already")] if before else [],
                    help="Leave one out; a later value is given with `at NAME given`",
                )

    def idle_values(self) -> Iterator[Finding]:
        """A value is given only where the pathway asks for it somewhere."""
        asked = _found_out(self.pathway)
        told: set[str] = set()
        for step in self.case.steps:
            for assignment in step.assignments if isinstance(step, Given) else ():
                name = assignment.criterion
                if name in asked or name in told:
                    continue
                told.add(name)
                label = subject_label(name, self.pathway.library)
                yield finding(
                    "PW704",
                    f"The case “{self.case.label}” gives “{label}”, "
                    "which nothing in the pathway measures, sets or asks of everyone",
                    assignment.span or self.place,
                    file=self.pathway.file,
                    help=f"Leave it out, or let an `assess` measure `{name}`",
                )

    def misfits(self) -> Iterator[Finding]:
        """The patient is one of those the pathway is for."""
        for misfit in self.walk.misfits:
            given = misfit.given.span if misfit.given is not None else None
            yield finding(
                "PW702",
                f"The case “{self.case.label}” is about nobody: {misfit.why}",
                given or self.place,
                file=self.pathway.file,
                labels=[Label(misfit.rule, "this says so")] if misfit.rule else [],
                help="Give values that a patient of this pathway can have",
            )

    def failed(self) -> Iterator[Finding]:
        """At most one finding: the first thing that is not as expected, with the reason."""
        expectations = Expectations(self.pathway, self.walk)
        unmet = [
            (e, wrong) for e in self.case.expects if (wrong := expectations.unmet(e)) is not None
        ]
        fault = next((stop for stop in self.walk.stops if stop.kind.is_fault), None)
        if not unmet and fault is None and not self.unproved():
            return
        labels = [
            Label(stop.span, f"here the walk stops: {stop.why}")
            for stop in self.walk.stops
            if stop.span is not None and stop.kind is not StopKind.END
        ]
        span = self.case.span
        if unmet:
            (expect, wrong), more = unmet[0], unmet[1:]
            span = expect.span
            message = wrong.what + self.because(wrong)
            way = wrong.turn.left_by if wrong.turn is not None else None
            place = (way.branch or way.option) if way is not None else None
            if wrong.turn is not None and place is not None and place.span is not None:
                said = why_so(wrong.turn, self.reasons)
                labels = [Label(place.span, said), *labels]
            labels += [Label(e.span, other.what) for e, other in more if e.span is not None]
        elif fault is not None:
            message = f"the patient has no way on: {fault.why}"
        else:
            message = f"the walk is broken off before it can be told; {self.walk.stops[0].why}"
        yield finding(
            "PW701",
            f"The case “{self.case.label}” fails: {message}",
            span or self.place,
            file=self.pathway.file,
            labels=labels,
            help=self.help(),
        )

    def because(self, wrong: Unmet) -> str:
        """Why it did not happen: where the ways parted, else where the walk stops."""
        if wrong.turn is not None:
            return f"; {why_so(wrong.turn, self.reasons)}"
        if wrong.explained:
            return ""
        return "".join(f"; {stop.why}" for stop in self.walk.stops[:1])

    def unproved(self) -> bool:
        """Whether the case expects only what never happens, and the walk was broken off."""
        forms = {expect.form for expect in self.case.expects}
        return forms == {"never"} and any(s.kind is StopKind.MISSING for s in self.walk.stops)

    def help(self) -> str:
        """The way that was taken, and what the case could give."""
        way = self.walk.way
        shown = [self.reasons.box(node) for node in way[-SHOWN:]]
        said = " → ".join((["…"] if len(way) > SHOWN else []) + shown)
        advice = "".join(f". {one}" for stop in self.walk.stops[:1] if (one := _advice(stop)))
        return f"The way was {said}{advice}" if way else "The walk came nowhere"

    def idle_steps(self) -> Iterator[Finding]:
        """The walk comes to everything that the case says about it."""
        for step in self.walk.unused:
            if isinstance(step, Chosen):
                what = f"a choice at {self.reasons.box(step.at)}"
            elif step.during is not None:
                what = f"what happens at {self.reasons.box(step.during)}"
            else:
                what = f"values for a visit of {self.reasons.box(step.at or '')}"
            yield finding(
                "PW703",
                f"The case “{self.case.label}” gives {what} that never takes place",
                step.span or self.place,
                file=self.pathway.file,
                help=self.help(),
            )


def _advice(stop: Stop) -> str | None:
    match stop.kind:
        case StopKind.MISSING:
            return f"Give `{stop.missing[0]}`" if stop.missing else None
        case StopKind.NOT_CHOSEN:
            return f"Write `at {stop.node} choose {stop.options[0]}`" if stop.options else None
        case StopKind.NOTHING_GIVEN:
            return f"Write `at {stop.node} given …` once more"
        case _:
            return None


def _found_out(pathway: Pathway) -> frozenset[str]:
    """Criteria that something measures, sets or asks of everyone."""
    found = set(criteria_of(pathway.eligible, pathway.library))
    for node in pathway.nodes:
        if isinstance(node, Assess):
            found.update(node.measures)
        if isinstance(node, Treat | Act | Enter):
            found.update(assignment.criterion for assignment in node.sets)
    for during in pathway.durings:
        for branch in during.branches:
            found.update(criteria_of(branch.when, pathway.library))
    return frozenset(found)
