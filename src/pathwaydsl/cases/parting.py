"""Where a patient's way parts from the way that was expected, and why it goes the other way."""

from collections.abc import Mapping

from pathwaydsl.cases.reasons import Reasons
from pathwaydsl.cases.walk import Step, Walk
from pathwaydsl.model.graph import all_exits
from pathwaydsl.model.nodes import RESUME
from pathwaydsl.model.pathway import Pathway


def parted(pathway: Pathway, walk: Walk, wanted: str, start: int = 0) -> Step | None:
    """The step after which no way leads to a box any more; None while one still does.

    Args:
        pathway: Whose boxes they are.
        walk: The way that was taken.
        wanted: The box that was expected.
        start: The step from which on it was expected.
    """
    leads = _leading_to(pathway, wanted)
    last = None
    for step in walk.steps[start:]:
        if step.left_by is None:
            continue
        if step.node in leads and step.left_by.target not in leads:
            last = step
        elif step.left_by.target in leads:
            last = None
    return last


def turned(walk: Walk, index: int) -> Step | None:
    """The last step before one at which the patient could have gone another way."""
    for step in reversed(walk.steps[:index]):
        if step.left_by is not None and step.left_by.kind in {"branch", "option", "during"}:
            return step
    return None


def why(step: Step, reasons: Reasons) -> str:
    """`“Fit?” leads to “Care”: ECOG is 0`."""
    if step.left_by is None:
        return reasons.box(step.node)
    target = step.left_by.target
    goes = f"{'back ' if target == RESUME else ''}to {reasons.box(target)}"
    because = f": {step.why}" if step.why else ""
    return f"{reasons.box(step.node)} leads {goes}{because}"


def _leading_to(pathway: Pathway, wanted: str) -> frozenset[str]:
    """Every box from which some way leads to one, that box included."""
    before: dict[str, set[str]] = {}
    for source, found in all_exits(pathway).items():
        for way in found:
            before.setdefault(way.target, set()).add(source)
    for box in _interrupted(pathway):
        before.setdefault(box, set()).add(RESUME)
    leads = {wanted}
    waiting = [wanted]
    while waiting:
        for source in before.get(waiting.pop(), ()):
            if source not in leads:
                leads.add(source)
                waiting.append(source)
    return frozenset(leads)


def _interrupted(pathway: Pathway) -> Mapping[str, None]:
    """The boxes that patients may be brought back to."""
    return dict.fromkeys(node for during in pathway.durings for node in during.nodes)
