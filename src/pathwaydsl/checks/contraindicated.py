"""Drugs within reach of patients for whom they are contraindicated, and doses that overlap."""

from collections.abc import Iterator
from itertools import combinations

from attrs import frozen

from pathwaydsl.checks.review import place_of, quoted
from pathwaydsl.checks.visit import Visit
from pathwaydsl.logic.written import condition_as_written
from pathwaydsl.model.expressions import Expression, Or
from pathwaydsl.model.nodes import Treat
from pathwaydsl.model.regimens import Drug, Warning_
from pathwaydsl.text.finding import Finding, Label
from pathwaydsl.text.rules import finding
from pathwaydsl.text.suggestion import listed


@frozen
class _RuledOut:
    """One contraindication within reach: the drugs it rules out, where, and for whom."""

    warning: Warning_
    drugs: dict[str, Drug]
    nodes: list[Treat]
    some: int
    arriving: int


def contraindicated(visit: Visit) -> Iterator[Finding]:
    """Nobody arrives at a `treat` with a drug that is contraindicated for them.

    What nobody asked on the way is not taken for a contraindication. One condition that rules
    out several drugs, or at several boxes, is one finding.
    """
    certain: dict[str, _RuledOut] = {}
    untold: dict[str, _RuledOut] = {}
    arrivals, diagrams = visit.arrivals, visit.arrivals.diagrams
    for node in visit.pathway.nodes:
        arriving = arrivals.at.get(node.id, 0)
        if not isinstance(node, Treat) or not arriving:
            continue
        for drug in _drugs(visit, node):
            for warning in drug.contraindications:
                for part in _parts(warning.when):
                    truth = arrivals.patients.truth(part, "fails")
                    told = diagrams.either(truth.true, truth.false)
                    for some, found in (
                        (diagrams.both(arriving, truth.true), certain),
                        (diagrams.without(arriving, told), untold),
                    ):
                        if some:
                            key = condition_as_written(part)
                            one = _RuledOut(warning, {}, [], some, arriving)
                            one = found.setdefault(key, one)
                            one.drugs[drug.id] = drug
                            if node not in one.nodes:
                                one.nodes.append(node)
    for one in certain.values():
        yield _finding(visit, "PW401", one)
    for one in untold.values():
        yield _finding(visit, "PW402", one)


def _drugs(visit: Visit, node: Treat) -> Iterator[Drug]:
    regimen = visit.library.regimen.get(node.regimen or "")
    for name in regimen.drugs if regimen is not None else ():
        drug = visit.library.drug.get(name)
        if drug is not None:
            yield drug


def _parts(expression: Expression) -> tuple[Expression, ...]:
    return expression.parts if isinstance(expression, Or) else (expression,)


def _finding(visit: Visit, code: str, one: _RuledOut) -> Finding:
    asked = visit.asked([one.warning.when])
    who = visit.who(one.some, one.arriving, asked)
    witness, patient = visit.witness(one.some, asked)
    held = listed((quoted(drug.label) for drug in one.drugs.values()), "and")
    are = "are" if len(one.drugs) > 1 else "is"
    first, *more = one.nodes
    if code == "PW401":
        message = (
            f"At {quoted(first.label)} arrive patients for whom {held} {are} contraindicated: "
            f"{who}{witness}"
        )
        advice = "Lead them elsewhere before"
    else:
        message = (
            f"At {quoted(first.label)} arrive patients of whom nobody can tell whether {held} "
            f"{are} contraindicated: {who}{witness}"
        )
        advice = "Find it out before, or lead them elsewhere"
    labels = [Label(node.span, "and here") for node in more if node.span]
    if one.warning.span:
        labels.append(Label(one.warning.span, "contraindicated here"))
    return finding(
        code,
        message,
        place_of(first.span, visit.pathway),
        labels=labels,
        help=f"{visit.case(patient, first, f'expect never {first.id}')}\n"
        f"{advice}. The reason given: {one.warning.because}",
    )


def overlapping_doses(visit: Visit) -> Iterator[Finding]:
    """Lines for one drug with `when` are alternatives: at most one holds for each patient."""
    arrivals, diagrams = visit.arrivals, visit.arrivals.diagrams
    seen: set[tuple[str, int, int]] = set()
    for node in visit.pathway.nodes:
        arriving = arrivals.at.get(node.id, 0)
        if not isinstance(node, Treat) or not arriving:
            continue
        regimen = visit.library.regimen.get(node.regimen or "")
        if regimen is None:
            continue
        lines = [(i, give) for i, give in enumerate(regimen.gives) if give.when is not None]
        for (i, one), (j, other) in combinations(lines, 2):
            held = {given.drug for given in one.drugs} & {given.drug for given in other.drugs}
            if not held or (regimen.id, i, j) in seen or one.when is None or other.when is None:
                continue
            met = diagrams.all_of(
                (
                    arriving,
                    arrivals.patients.truth(one.when, "fails").true,
                    arrivals.patients.truth(other.when, "fails").true,
                )
            )
            if not met:
                continue
            seen.add((regimen.id, i, j))
            asked = visit.asked([one.when, other.when])
            drug = visit.library.drug.get(min(held))
            witness, patient = visit.witness(met, asked)
            places = [give.drugs[0].phases[0].span for give in (one, other)]
            yield finding(
                "PW331",
                f"{quoted(regimen.label)} gives two doses of "
                f"{quoted(drug.label if drug else min(held))} to "
                f"{visit.who(met, arriving, asked)}{witness}",
                place_of(places[1] or node.span, visit.pathway),
                labels=[Label(places[0], "this line holds for them too")] if places[0] else (),
                help=f"{visit.case(patient, node, f'expect {node.id}  # with one dose')}\n"
                "Narrow one of the two lines",
            )
