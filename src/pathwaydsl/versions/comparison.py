"""From two pathways to one comparison: pair, compare field by field, classify, weigh, order."""

from collections.abc import Mapping

from pathwaydsl.model.knowledge import as_known
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.versions.advice import advice_changes, in_reading_order, line_changes, weighed
from pathwaydsl.versions.behaviour import Behaviour, behaviour
from pathwaydsl.versions.changes import Teller, changes_of
from pathwaydsl.versions.facts import facts_of, renaming
from pathwaydsl.versions.pairing import pair
from pathwaydsl.versions.pairs import Pairing
from pathwaydsl.versions.records import Bump, Change, Comparison
from pathwaydsl.versions.things import HEAD

UNRELATED = 0.2
"""Below this likeness two pathways are not compared."""
SMALL = 3
"""Up to so many boxes, two versions under one id are compared however unlike they are."""


def compare(
    old: Pathway,
    new: Pathway,
    *,
    old_others: Mapping[str, Pathway] | None = None,
    new_others: Mapping[str, Pathway] | None = None,
    budget: int | None = None,
    advice: bool = True,
) -> Comparison:
    """Compares two versions, each with what was known on its own date.

    Args:
        old: The older version.
        new: The newer one.
        old_others: Pathways by id that the older version enters.
        new_others: Pathways by id that the newer version enters.
        budget: Steps for the comparison of advice; None for what the versions are worth.
        advice: Whether it is compared for whom the advice is another.
    """
    old, new = as_known(old), as_known(new)
    pairing = pair(old, new)
    if _unrelated(pairing):
        return _apart(pairing)
    called = renaming(pairing)
    facts = facts_of(pairing)
    found = changes_of(pairing, facts, called)
    pairs = tuple(pairing.pairs.values())
    told: Behaviour | None = None
    if advice:
        boxes = {one.old: one.new for one in pairs if one.kind == "node"}
        told = behaviour(
            old, new, boxes, old_others=old_others, new_others=new_others, budget=budget
        )
        teller = Teller.of(pairing, called)
        found.extend(line_changes(teller, told))
        found.extend(advice_changes(teller, told))
    changes = in_reading_order(weighed(found, told))
    return Comparison(
        old, new, pairs, changes, told, required_by(changes), round(pairing.likeness, 3)
    )


def required_by(changes: tuple[Change, ...]) -> Bump:
    """How far the version number has to move; accepted changes do not count."""
    return max((one.bump for one in changes if one.accepted is None), default=Bump.NONE)


def _unrelated(pairing: Pairing) -> bool:
    old, new = pairing.old_side.pathway, pairing.new_side.pathway
    if pairing.likeness >= UNRELATED:
        return False
    return old.id != new.id or min(len(old.nodes), len(new.nodes)) > SMALL


def _apart(pairing: Pairing) -> Comparison:
    """Two pathways that have next to nothing in common."""
    old, new = pairing.old_side.pathway, pairing.new_side.pathway
    likeness = round(pairing.likeness, 3)
    said = Teller.of(pairing, renaming(pairing)).change(
        "unrelated-pathways",
        HEAD,
        old=old.label,
        new=new.label,
        words={"what": f"{round(100 * likeness)} %"},
        spans=(old.span, new.span),
        args=sorted([old.id, new.id]),
    )
    return Comparison(old, new, (), (said,), None, said.bump, likeness, comparable=False)
