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
) -> Comparison:
    """Compares two versions; imports its machinery only when called.

    Args:
        old, new: The versions.
        old_others, new_others: Pathways by id that each version enters.
    """
    from pathwaydsl.versions.comparison import compare as compared  # noqa: PLC0415

    return compared(old, new, old_others=old_others, new_others=new_others)
