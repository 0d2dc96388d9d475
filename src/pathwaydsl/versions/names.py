"""Which name of one version is which name of the other, where criteria and regimens are asked.

Boxes are paired before; criteria and regimens are the same by their id, or where either version
says `was`.
"""

from collections.abc import Mapping, Sequence

from attrs import frozen

from pathwaydsl.model.criteria import Criterion
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.model.regimens import Regimen


@frozen
class SameNames:
    """Pairs of names, by the old one; boxes also by the new one.

    Attributes:
        new_box: New ids of boxes by the old ones.
        old_box: Old ids of boxes by the new ones.
        criterion: New ids of criteria by the old ones.
        regimen: New ids of regimens by the old ones.
    """

    new_box: Mapping[str, str]
    old_box: Mapping[str, str]
    criterion: Mapping[str, str]
    regimen: Mapping[str, str]


def same_names(
    old: Pathway,
    new: Pathway,
    pairs: Mapping[str, str],
    *,
    criteria: Mapping[str, str] | None = None,
    regimens: Mapping[str, str] | None = None,
) -> SameNames:
    """Which names mean the same in two versions.

    Args:
        old: The older version.
        new: The newer one.
        pairs: The new id of each old box that is still there.
        criteria: The same for criteria; None to go by their ids and by `was`.
        regimens: The same for regimens.
    """
    kept = {a: b for a, b in pairs.items() if a in old.node and b in new.node}
    return SameNames(
        kept,
        {b: a for a, b in kept.items()},
        _same(old.library.criteria, new.library.criteria) if criteria is None else criteria,
        _same(old.library.regimens, new.library.regimens) if regimens is None else regimens,
    )


def _same(
    old: Sequence[Criterion] | Sequence[Regimen], new: Sequence[Criterion] | Sequence[Regimen]
) -> dict[str, str]:
    now = {one.id: one for one in new}
    before = {one.id: one for one in old}
    found = {name: name for name in before if name in now}
    for one in new:
        if one.was in before and one.was not in now and one.id not in before:
            found[one.was or ""] = one.id
    taken = set(found.values())
    for earlier in old:
        was = earlier.was or ""
        if was in now and was not in before and was not in taken and earlier.id not in found:
            found[earlier.id] = was
            taken.add(was)
    return found
