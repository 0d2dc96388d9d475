"""`enter`: whom one pathway hands over must be eligible for the other."""

from collections.abc import Iterator

from pathwaydsl.checks.review import place_of, quoted
from pathwaydsl.checks.visit import Visit
from pathwaydsl.model.nodes import Enter
from pathwaydsl.text.finding import Finding, Label
from pathwaydsl.text.rules import finding


def outside_eligible(visit: Visit) -> Iterator[Finding]:
    """Everyone who arrives at an `enter` fulfils the `eligible` of the pathway entered."""
    arrivals = visit.arrivals
    for node in visit.pathway.nodes:
        arriving = arrivals.at.get(node.id, 0)
        if not isinstance(node, Enter) or not arriving:
            continue
        target = arrivals.others.get(node.pathway or "")
        if target is None or target.eligible is None:
            continue
        entering = arrivals.after_sets(arriving, node.sets)
        asked = visit.asked([target.eligible])
        outside = arrivals.diagrams.without(entering, arrivals.patients.truth(target.eligible).true)
        if not outside:
            continue
        unasked = arrivals.diagrams.both(outside, arrivals.patients.missing(asked.criteria))
        told = arrivals.diagrams.without(outside, unasked)
        if told:
            who = visit.who(told, arrivals.diagrams.without(entering, unasked), asked)
            witness, patient = visit.witness(told, asked)
            case = visit.case(patient, node, f"expect never {node.id}") + "\n"
            message = (
                f"{quoted(node.label)} hands over patients for whom {quoted(target.label)} is "
                f"not: {who}{witness}"
            )
        else:
            case = ""
            missing = [
                quoted(visit.library.criterion[name].label)
                for name in asked.criteria
                if arrivals.diagrams.both(outside, arrivals.patients.kinds(name, "missing"))
            ]
            message = (
                f"{quoted(node.label)} hands over patients of whom nobody asked what "
                f"{quoted(target.label)} needs: {', '.join(missing)}"
            )
        yield finding(
            "PW330",
            message,
            place_of(node.span, visit.pathway),
            labels=[Label(target.eligible.span, "for whom it is")]
            if target.eligible.span and target.eligible.span.file == visit.pathway.file
            else (),
            help=f"{case}Lead them elsewhere before, or measure or set what the other pathway "
            "needs",
        )
