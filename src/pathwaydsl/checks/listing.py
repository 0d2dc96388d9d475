"""What a reader may want to look at, though nothing of it is wrong: told on request.

Who each `otherwise` and `unknown` takes; cautions within reach; what drugs and studies ask that
nobody asked on the way; whom a study admitted and the pathway never leads to what it supports.
"""

from collections.abc import Iterator, Sequence

from attrs import frozen

from pathwaydsl.checks.review import place_of, quoted
from pathwaydsl.checks.visit import Visit
from pathwaydsl.logic.diagrams import NOBODY
from pathwaydsl.logic.mentioned import mentioned
from pathwaydsl.model.evidence import Evidence
from pathwaydsl.model.expressions import Expression
from pathwaydsl.model.nodes import Assess, Decide, Node, Treat
from pathwaydsl.model.regimens import Drug
from pathwaydsl.model.wording import in_words
from pathwaydsl.text.finding import Finding, Label
from pathwaydsl.text.rules import finding
from pathwaydsl.text.suggestion import listed

SHORT = 2
"""How many groups of patients a note tells; the table of `pathwaydsl export flow` holds all."""


def rest_of_decisions(visit: Visit) -> Iterator[Finding]:
    """Whom each `otherwise` and each `unknown` takes."""
    for node in visit.pathway.nodes:
        arriving = visit.arrivals.at.get(node.id, NOBODY)
        if not isinstance(node, Decide) or not arriving:
            continue
        answered = visit.arrivals.answered(node, arriving)
        asked = visit.asked(branch.when for branch in node.branches)
        for branch, taking in zip(node.branches, answered.lines, strict=True):
            if branch.when is None and taking:
                who = visit.who(taking, answered.asked, asked, most=SHORT)
                yield finding(
                    "PW332",
                    f"The `{branch.role}` of {quoted(node.label)} takes: {who}",
                    place_of(branch.span or node.span, visit.pathway),
                )


def cautions(visit: Visit) -> Iterator[Finding]:
    """The cautions that patients can reach, one finding a treatment."""
    arrivals, diagrams = visit.arrivals, visit.arrivals.diagrams
    for node in visit.pathway.nodes:
        arriving = arrivals.at.get(node.id, NOBODY)
        if not isinstance(node, Treat) or not arriving:
            continue
        found: dict[str, list[str]] = {}
        labels = []
        for drug in drugs_of(visit, node):
            for caution in drug.cautions:
                if diagrams.both(arriving, arrivals.patients.truth(caution.when).true):
                    said = f"{in_words(caution.when, visit.library)} ({caution.because})"
                    found.setdefault(said, []).append(quoted(drug.label))
                    if caution.span:
                        labels.append(Label(caution.span, f"caution of {quoted(drug.label)}"))
        if found:
            parts = (f"{said}, with {listed(held, 'and')}" for said, held in found.items())
            yield finding(
                "PW416",
                f"At {quoted(node.label)} arrive patients who need caution: {'; '.join(parts)}",
                place_of(node.span, visit.pathway),
                labels=labels,
            )


def drugs_of(visit: Visit, node: Treat) -> Sequence[Drug]:
    """The drugs a box gives."""
    regimen = visit.library.regimen.get(node.regimen or "")
    names = regimen.drugs if regimen is not None else ()
    return [drug for drug in map(visit.library.drug.get, names) if drug is not None]


def not_asked_before(visit: Visit) -> Iterator[Finding]:
    """What drugs and cited studies ask for that some patients were not asked, one a treatment."""
    arrivals, diagrams = visit.arrivals, visit.arrivals.diagrams
    for node in visit.pathway.nodes:
        arriving = arrivals.at.get(node.id, NOBODY)
        wanted = _wanted(visit, node) if arriving else []
        never: dict[str, list[str]] = {}
        some: dict[str, list[str]] = {}
        for why, expression in wanted:
            for name in mentioned([expression], arrivals.library).criteria:
                missing = arrivals.patients.kinds(name, "missing")
                if diagrams.both(arriving, missing):
                    found = some if diagrams.without(arriving, missing) else never
                    reasons = found.setdefault(name, [])
                    if why not in reasons:
                        reasons.append(why)
        if never or some:
            parts = []
            if never:
                parts.append(f"not asked before {quoted(node.label)}: {_for(visit, never)}")
            if some:
                parts.append(f"not asked on every way to {quoted(node.label)}: {_for(visit, some)}")
            yield finding(
                "PW417",
                "; ".join(parts),
                place_of(node.span, visit.pathway),
                help="Nothing is said about it: a contraindication that was not asked for is not "
                "ruled out, and patients are taken to fit the study. To ask, write "
                f"`measures {', '.join((*never, *some))}` in an `assess` before",
            )


def _wanted(visit: Visit, node: Node) -> list[tuple[str, Expression]]:
    found: list[tuple[str, Expression]] = []
    if isinstance(node, Treat):
        for drug in drugs_of(visit, node):
            found += [
                (f"{kind} of {quoted(drug.label)}", warning.when)
                for kind, warnings in (
                    ("contraindication", drug.contraindications),
                    ("caution", drug.cautions),
                )
                for warning in warnings
            ]
    if node.recommendation.strength is not None:
        for study in map(visit.library.study.get, node.recommendation.evidence):
            if study is not None and study.eligible is not None:
                found.append((f"eligibility of {quoted(study.label)}", study.eligible))
    return found


def _for(visit: Visit, found: dict[str, list[str]]) -> str:
    return "; ".join(
        f"{quoted(visit.library.criterion[name].label)} ({listed(reasons, 'and')})"
        for name, reasons in found.items()
    )


@frozen
class Supported:
    """A study that says who was eligible, and the recommendations that cite it."""

    study: Evidence
    eligible: Expression
    nodes: tuple[Node, ...]


def supported(visit: Visit) -> Iterator[Supported]:
    """Every study that a recommendation within reach cites, in the order of citation."""
    found: dict[str, list[Node]] = {}
    for node in visit.pathway.nodes:
        if node.recommendation.strength is not None and visit.arrivals.at.get(node.id):
            for name in node.recommendation.evidence:
                found.setdefault(name, []).append(node)
    for name, nodes in found.items():
        study = visit.library.study.get(name)
        if study is not None and study.eligible is not None:
            yield Supported(study, study.eligible, tuple(nodes))


def never_arriving(visit: Visit, one: Supported) -> tuple[int, int]:
    """Whom a study admitted and no recommendation citing it gets; and everyone it could be for.

    Patients are those the pathway is for. What is measured or set on the way may be anything that
    is possible together; what stays is as at the start. A criterion nobody asked may have any
    value.
    """
    arrivals, diagrams, patients = visit.arrivals, visit.arrivals.diagrams, visit.arrivals.patients
    names = mentioned([one.eligible], arrivals.library).criteria
    levels = frozenset[int]().union(*(patients.levels_of[name] for name in names))
    others = frozenset(range(len(patients.questions))) - levels
    wanted = _changing(visit)
    changing = [name for name in patients.head if name in wanted]
    start = arrivals.with_answers(arrivals.start, names)
    anybody = diagrams.forget(arrivals.measured(start, changing), others)
    arriving = diagrams.any_of(
        diagrams.forget(arrivals.with_answers(arrivals.at[node.id], names), others)
        for node in one.nodes
    )
    admitted = diagrams.both(anybody, patients.truth(one.eligible).true)
    return diagrams.without(admitted, arriving), anybody


def _changing(visit: Visit) -> frozenset[str]:
    """The criteria that are measured, set, or tested by a `during`."""
    found: set[str] = set()
    for node in visit.pathway.nodes:
        if isinstance(node, Assess):
            found.update(node.measures)
        found.update(assignment.criterion for assignment in getattr(node, "sets", ()))
    for during in visit.pathway.durings:
        found.update(visit.arrivals.asked(line.when for line in during.branches))
    return frozenset(found)


def admitted_but_never_arriving(visit: Visit) -> Iterator[Finding]:
    """Whom a cited study admitted and the pathway never leads to what it supports."""
    for one in supported(visit):
        some, anybody = never_arriving(visit, one)
        if some:
            asked = visit.asked([one.eligible])
            first, *more = one.nodes
            who = visit.who(some, anybody, asked)
            witness, _ = visit.witness(some, asked)
            boxes = listed((quoted(node.label) for node in one.nodes), "or")
            yield finding(
                "PW418",
                f"{quoted(one.study.label)} admitted patients who never come to {boxes}: "
                f"{who}{witness}",
                place_of(first.recommendation.span or first.span, visit.pathway),
                labels=[Label(node.span, "it is cited here too") for node in more if node.span],
            )
