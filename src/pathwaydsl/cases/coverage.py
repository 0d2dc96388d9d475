"""What the cases of a pathway exercise, and what no case does."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Literal

from attrs import field, frozen

from pathwaydsl.cases.evaluation import Patient
from pathwaydsl.cases.judging import CaseResult
from pathwaydsl.cases.reasons import Reasons
from pathwaydsl.cases.thresholds import Threshold, sides_of, thresholds_of
from pathwaydsl.cases.walk import Step
from pathwaydsl.model.expressions import Expression
from pathwaydsl.model.graph import all_exits
from pathwaydsl.model.nodes import Branch, Choose, Decide, GapNode, Node, Option
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.model.wording import decision_in_words
from pathwaydsl.text.span import Span

PartKind = Literal["box", "branch", "gap", "threshold"]
"""What may be exercised: coming to a box, going by a branch, meeting a gap, a side of a limit."""


@frozen
class Part:
    """One thing that a case can exercise, in the authors' labels.

    Attributes:
        about: What it is: the id of a box or a gap, a box and a line of it, a `during` and a line
            of it, or a threshold and a side.
    """

    kind: PartKind
    says: str
    span: Span | None
    exercised: bool
    about: tuple[object, ...] = field(default=(), eq=False, repr=False)


@frozen
class Coverage:
    """Everything that cases can exercise, in the order written."""

    parts: tuple[Part, ...]

    def of(self, kind: PartKind) -> tuple[Part, ...]:
        """The parts of one kind."""
        return tuple(part for part in self.parts if part.kind == kind)

    @property
    def missed(self) -> tuple[Part, ...]:
        """What no case exercises."""
        return tuple(part for part in self.parts if not part.exercised)


def coverage_of(pathway: Pathway, results: Iterable[CaseResult]) -> Coverage:
    """What the walks of some cases exercise; a case about nobody exercises nothing."""
    walks = [result.walk for result in results if not result.walk.misfits]
    steps = [step for walk in walks for step in walk.steps]
    flagged = {gap for walk in walks for gap in walk.flagged}
    taken = {
        (step.left_by.kind == "during", step.node, step.left_by.branch or step.left_by.option)
        for step in steps
        if step.left_by is not None
    }
    met = _met(pathway, steps)
    come_to = {step.node for step in steps}
    reasons = Reasons(pathway)
    led_to = {way.target for ways in all_exits(pathway).values() for way in ways}
    parts = [
        Part("box", reasons.box(node.id), node.span, node.id in come_to, (node.id,))
        for node in pathway.nodes
        # Nobody can come to a gap that is only pinned.
        if not isinstance(node, GapNode) or node.id in led_to
    ]
    for node in pathway.nodes:
        for line, said in _lines(node, pathway):
            told = f"{reasons.box(node.id)}: {said} → {reasons.box(line.target)}"
            exercised = (False, node.id, line) in taken
            parts.append(Part("branch", told, line.span, exercised, (node.id, line)))
    for during in pathway.durings:
        for branch, said in zip(
            during.branches, decision_in_words(during, pathway.library), strict=True
        ):
            exercised = any((True, node, branch) in taken for node in during.nodes)
            told = f"at any time: {said} → {reasons.box(branch.target)}"
            parts.append(Part("branch", told, branch.span, exercised, (during, branch)))
    for gap in _gaps(pathway):
        span = pathway.gap[gap].span if gap in pathway.gap else None
        parts.append(Part("gap", reasons.box(gap), span, gap in flagged, (gap,)))
    for threshold, side in met:
        parts.append(
            Part(
                "threshold",
                threshold.said(side, pathway.library),
                threshold.span,
                met[threshold, side],
                (threshold, side),
            )
        )
    return Coverage(tuple(parts))


def _lines(node: Node, pathway: Pathway) -> Iterator[tuple[Branch | Option, str]]:
    match node:
        case Decide():
            yield from zip(node.branches, decision_in_words(node, pathway.library), strict=True)
        case Choose():
            for option in node.options:
                yield option, option.label or "chosen"
        case _:
            return


def _gaps(pathway: Pathway) -> tuple[str, ...]:
    """Every gap that is pinned or arrived at, in the order of the boxes."""
    found: dict[str, None] = {}
    for node in pathway.nodes:
        if isinstance(node, GapNode):
            found[node.id] = None
        found |= dict.fromkeys(node.recommendation.flags)
        if isinstance(node, Decide):
            found |= dict.fromkeys(gap for branch in node.branches for gap in branch.flags)
    for during in pathway.durings:
        found |= dict.fromkeys(gap for branch in during.branches for gap in branch.flags)
    return tuple(found)


def _met(pathway: Pathway, steps: Iterable[Step]) -> Mapping[tuple[Threshold, str], bool]:
    """Each side of each threshold, and whether a patient on that side came to where it is asked."""
    asked: dict[str, tuple[Threshold, ...]] = {}
    met: dict[tuple[Threshold, str], bool] = {}
    for node_id, conditions in asked_at(pathway):
        found = tuple(dict.fromkeys(thresholds_of(conditions, pathway.library)))
        asked[node_id] = tuple(dict.fromkeys((*asked.get(node_id, ()), *found)))
        for threshold in found:
            for side in sides_of(threshold, pathway.library):
                met.setdefault((threshold, side), False)
    for step in steps:
        patient = Patient(step.values, pathway.library, step.regimens)
        for threshold in asked.get(step.node, ()):
            number = _number(threshold, patient)
            if number is not None:
                side = threshold.side_of(number)
                if (threshold, side) in met:
                    met[threshold, side] = True
    return met


def asked_at(pathway: Pathway) -> Iterator[tuple[str, list[Expression]]]:
    """The conditions that are asked at each box."""
    for node in pathway.nodes:
        match node:
            case Decide():
                yield node.id, [branch.when for branch in node.branches if branch.when is not None]
            case Choose():
                yield node.id, [option.when for option in node.options if option.when is not None]
            case _:
                pass
    for during in pathway.durings:
        for node_id in during.nodes:
            yield node_id, [branch.when for branch in during.branches if branch.when is not None]


def _number(threshold: Threshold, patient: Patient) -> Decimal | None:
    if threshold.score:
        sums = patient.sums(threshold.subject)
        return Decimal(next(iter(sums.possible))) if len(sums.possible) == 1 else None
    value = patient.values.get(threshold.subject)
    return value.number if value is not None else None
