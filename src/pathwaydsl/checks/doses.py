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
    for drug, label, unit, dose in _doses(review):
        seen = first.setdefault(drug, {})
        seen.setdefault(unit, dose)
        if len(seen) == 1 or drug in told:
            continue
        told.add(drug)
        other = next(place for known, place in seen.items() if known != unit)
        yield finding(
            "PW433",
            f"{quoted(label)} is dosed in mg and in mcg",
            dose.place,
            labels=[Label(other.place, "the other unit stands here")],
            help="Write every dose of one drug in one unit",
        )


def _doses(review: Review) -> Iterator[tuple[str, str, str, Part]]:
    """The id and label of a drug, the unit of mass, and where the dose stands."""
    for name, document in review.documents.items():
        drugs = document.library.drug
        for part in review.contents[name]:
            if not isinstance(part.value, GivenDrug):
                continue
            drug = part.value.drug
            label = drugs[drug].label if drug in drugs else drug
            for phase in part.value.phases:
                unit = (phase.dose.amount.unit or "").partition("/")[0]
                if unit in LOOK_ALIKE:
                    yield drug, label, unit, part
