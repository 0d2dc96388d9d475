"""Two versions of a pathway side by side: what changed, for whom, and the number that needs."""

from collections.abc import Mapping

from pathwaydsl.model.pathway import Pathway
from pathwaydsl.versions.records import (
    Bump,
    Change,
    Comparison,
    Level,
    Pair,
    Section,
    Subject,
)

__all__ = ["Bump", "Change", "Comparison", "Level", "Pair", "Section", "Subject", "compare"]


def compare(
    old: Pathway,
    new: Pathway,
    *,
    old_others: Mapping[str, Pathway] | None = None,
    new_others: Mapping[str, Pathway] | None = None,
    budget: int | None = None,
) -> Comparison:
    """Compares two versions; imports its machinery only when called.

    Args:
        old: The older version.
        new: The newer one.
        old_others: Pathways by id that the older version enters.
        new_others: Pathways by id that the newer version enters.
        budget: Steps for the comparison of advice; None for what the versions are worth.
    """
    from pathwaydsl.versions.comparison import compare as compared  # noqa: PLC0415

    return compared(old, new, old_others=old_others, new_others=new_others, budget=budget)
