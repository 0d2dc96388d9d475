"""Patients beyond the evidence: who gets a recommendation that no cited study could admit."""

from collections.abc import Iterator

from pathwaydsl.checks.review import place_of, quoted
from pathwaydsl.checks.visit import Visit
from pathwaydsl.text.finding import Finding, Label
from pathwaydsl.text.rules import finding


def beyond_evidence(visit: Visit) -> Iterator[Finding]:
    """Everyone who arrives at a recommendation could have entered some study it cites.

    Only evidence that says who was eligible counts. A criterion nobody asked is taken to fit; one
    that was asked and is not known does not fit. A flagged gap or `extrapolates` settles it.
    """
    arrivals, diagrams = visit.arrivals, visit.arrivals.diagrams
    for node in visit.pathway.nodes:
        advice = node.recommendation
        arriving = arrivals.at.get(node.id, 0)
        if advice.strength is None or advice.flags or advice.extrapolates or not arriving:
            continue
        studies = [
            (study, study.eligible)
            for name in advice.evidence
            if (study := visit.library.study.get(name)) is not None and study.eligible is not None
        ]
        if not studies:
            continue
        fitting = diagrams.any_of(
            arrivals.patients.truth(eligible, "fits").true for _, eligible in studies
        )
        beyond = diagrams.without(arriving, fitting)
        if not beyond:
            continue
        asked = visit.asked(eligible for _, eligible in studies)
        who = visit.who(beyond, arriving, asked)
        witness, patient = visit.witness(beyond, asked)
        labels = [
            Label(eligible.span, f"who could enter {quoted(study.label)}")
            for study, eligible in studies
            if eligible.span
        ]
        yield finding(
            "PW403",
            f"At {quoted(node.label)} arrive patients whom no study cited here could admit: "
            f"{who}{witness}",
            place_of(advice.span or node.span, visit.pathway),
            labels=labels,
            help=f"{visit.case(patient, node, f'expect {node.id}  # or never, if led elsewhere')}\n"
            "Pin a gap to it with `flags NAME`, or say why it holds for them too: "
            '`extrapolates because "…"`',
        )
