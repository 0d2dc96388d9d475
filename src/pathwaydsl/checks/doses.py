"""Doses of one drug over all regimens: milligrams and micrograms are easily taken for another."""

from collections.abc import Iterator

from pathwaydsl.checks.contents import Part
from pathwaydsl.checks.review import Review, quoted
from pathwaydsl.model.regimens import GivenDrug
from pathwaydsl.text.finding import Finding, Label
from pathwaydsl.text.rules import finding

LOOK_ALIKE = ("mg", "mcg")
"""Units of mass that are misread for one another."""


def look_alike_units(review: Review) -> Iterator[Finding]:
    """No drug is dosed in milligrams here and in micrograms there; one finding a drug."""
    first: dict[str, dict[str, Part]] = {}
    told: set[str] = set()
    for name, document in review.documents.items():
        labels = document.library.drug
        for part in review.contents[name]:
            given = part.value
            if not isinstance(given, GivenDrug):
                continue
            for phase in given.phases:
                unit = (phase.dose.amount.unit or "").partition("/")[0]
                if unit not in LOOK_ALIKE:
                    continue
                seen = first.setdefault(given.drug, {})
                seen.setdefault(unit, part)
                other = next((dose for known, dose in seen.items() if known != unit), None)
                if other is None or given.drug in told:
                    continue
                told.add(given.drug)
                drug = labels.get(given.drug)
                yield finding(
                    "PW433",
                    f"{quoted(drug.label if drug else given.drug)} is dosed in mg and in mcg",
                    part.place,
                    labels=[Label(other.place, "the other unit stands here")],
                    help="Write every dose of one drug in one unit",
                )
