"""Which way a patient takes at a branch point, on criteria or on preference."""

from attrs import field, frozen

from pathwaydsl.cases.evaluation import Missing, Patient, Truth
from pathwaydsl.cases.reasons import Reasons
from pathwaydsl.cases.walk import StopKind
from pathwaydsl.model.graph import Exit
from pathwaydsl.model.nodes import Branch, Choose, Decide, Option
from pathwaydsl.text.span import Span


@frozen
class Turn:
    """A way on, or why there is none.

    Attributes:
        way: The branch or option that is taken.
        then: Where everybody goes on to, for boxes without branches.
        stop: Why there is no way on.
        why: The reason for either, in the authors' labels.
    """

    way: Exit | None = None
    then: str | None = None
    stop: StopKind | None = None
    why: str = ""
    missing: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    span: Span | None = field(default=None, eq=False)


def decided(node: Decide, patient: Patient, reasons: Reasons) -> Turn:
    """The one branch of a `decide` that is for this patient."""
    tried = [
        (branch, patient.truth(branch.when)) for branch in node.branches if branch.when is not None
    ]
    if node.first_match:
        return _first(node, patient, reasons, tried)
    true = [branch for branch, told in tried if told is True]
    if true:
        same = {(branch.target, branch.label, branch.flags) for branch in true}
        if len(same) > 1:
            why = reasons.several(node, true, patient.values)
            return Turn(stop=StopKind.SEVERAL_BRANCHES, why=why, span=true[1].span)
        return _taken(node, true[0], patient, reasons)
    missing = [name for _, told in tried if isinstance(told, Missing) for name in told.criteria]
    if missing:
        return _missing(node.id, missing, reasons)
    if any(told is None for _, told in tried):
        return _role(node, "unknown", patient, reasons)
    return _role(node, "otherwise", patient, reasons)


def _first(
    node: Decide, patient: Patient, reasons: Reasons, tried: list[tuple[Branch, Truth]]
) -> Turn:
    for branch, told in tried:
        if isinstance(told, Missing):
            return _missing(node.id, told.criteria, reasons)
        if told is True:
            return _taken(node, branch, patient, reasons)
        if told is None:
            return _role(node, "unknown", patient, reasons)
    return _role(node, "otherwise", patient, reasons)


def _taken(node: Decide, branch: Branch, patient: Patient, reasons: Reasons) -> Turn:
    why = reasons.branch(branch, patient.values, node)
    return Turn(Exit(node.id, branch.target, "branch", branch=branch), why=why)


def _role(node: Decide, role: str, patient: Patient, reasons: Reasons) -> Turn:
    branch = next((branch for branch in node.branches if branch.role == role), None)
    if branch is not None:
        return _taken(node, branch, patient, reasons)
    why = reasons.no_branch(node, patient.values, unknown=role == "unknown")
    return Turn(stop=StopKind.NO_BRANCH, why=why)


def _missing(node_id: str, names: list[str] | tuple[str, ...], reasons: Reasons) -> Turn:
    missing = tuple(dict.fromkeys(names))
    why = reasons.missing(node_id, missing)
    return Turn(stop=StopKind.MISSING, why=why, missing=missing)


def offered(node: Choose, patient: Patient, reasons: Reasons, chosen: str | None) -> Turn:
    """The option that is taken: the one the case takes, or the only one that is open."""
    told = [(o, True if o.when is None else patient.truth(o.when)) for o in node.options]
    if chosen is not None:
        return _chosen(node, patient, reasons, [pair for pair in told if pair[0].target == chosen])
    missing = [name for _, t in told if isinstance(t, Missing) for name in t.criteria]
    opened = [option for option, t in told if t is True]
    if len(opened) > 1:
        why = reasons.not_chosen(node, opened)
        targets = tuple(option.target for option in opened)
        return Turn(stop=StopKind.NOT_CHOSEN, why=why, options=targets)
    if missing:
        return _missing(node.id, missing, reasons)
    if not opened:
        return Turn(stop=StopKind.NO_OPTION, why=reasons.no_option(node, patient.values))
    why = reasons.only_option(opened[0], patient.values)
    return Turn(Exit(node.id, opened[0].target, "option", option=opened[0]), why=why)


def _chosen(
    node: Choose, patient: Patient, reasons: Reasons, told: list[tuple[Option, Truth]]
) -> Turn:
    for option, answer in told:
        if answer is True:
            why = reasons.option(option, patient.values)
            return Turn(Exit(node.id, option.target, "option", option=option), why=why)
    missing = [name for _, t in told if isinstance(t, Missing) for name in t.criteria]
    if missing:
        return _missing(node.id, missing, reasons)
    if not told:
        return Turn(stop=StopKind.UNWRITTEN)
    option = told[0][0]
    why = reasons.closed(node, option, patient.values)
    return Turn(stop=StopKind.CLOSED_OPTION, why=why, span=option.span)
