"""Everything said in a pathway that can tell patients apart.

The flow asks on its own; contraindications, doses, what is entered and who was studied are asked
beside it and can be left out where only the ways of patients matter.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from attrs import frozen

from pathwaydsl.logic.mentioned import MeaninglessError, mentioned
from pathwaydsl.logic.regions import Patients
from pathwaydsl.model.expressions import Expression
from pathwaydsl.model.graph import all_exits
from pathwaydsl.model.nodes import RESUME, Assess, Choose, Decide, Enter, Node, Treat
from pathwaydsl.model.pathway import Library, Pathway

BUDGET = 500_000
"""Steps for one pathway."""
BUDGET_PER_BOX = 2_000
"""Steps more for each of its boxes."""


@frozen
class Vocabulary:
    """What a pathway asks of its patients.

    Attributes:
        library: Its definitions.
        expressions: Every condition.
        numbers: Numbers that criteria are set to.
        measured: Criteria that are measured or set.
        places: Boxes that a patient may have left by a `during`, where somebody resumes.
        boxes: How many boxes there are.
    """

    library: Library
    expressions: tuple[Expression, ...]
    numbers: tuple[tuple[str, Decimal], ...]
    measured: tuple[str, ...]
    places: tuple[str, ...]
    boxes: int

    @property
    def budget(self) -> int:
        """How many steps are given to it."""
        return BUDGET + BUDGET_PER_BOX * self.boxes

    def patients(self) -> Patients:
        """The patients that it can tell apart."""
        return Patients(
            self.library,
            self.expressions,
            numbers=self.numbers,
            extra=self.measured,
            places=self.places,
            budget=self.budget,
        )


def vocabulary(
    pathway: Pathway, others: Mapping[str, Pathway], *, flow_only: bool = False
) -> Vocabulary:
    """What a pathway asks of its patients.

    Args:
        pathway: The pathway.
        others: Pathways of the project by id, for what `enter` leads to.
        flow_only: Whether to leave out what decides about no way.

    Raises:
        MeaninglessError: If something that is asked for does not exist.
    """
    library = pathway.library
    flow: list[Expression] = [] if pathway.eligible is None else [pathway.eligible]
    beside: list[Expression] = []
    measured: list[str] = []
    numbers: list[tuple[str, Decimal]] = []
    for node in pathway.nodes:
        if isinstance(node, Assess):
            measured.extend(node.measures)
        flow.extend(_tested(node))
        if not flow_only:
            beside.extend(_asked_beside(node, library, others))
        for assignment in getattr(node, "sets", ()):
            measured.append(assignment.criterion)
            if assignment.number is not None:
                numbers.append((assignment.criterion, assignment.number))
    for during in pathway.durings:
        flow.extend(b.when for b in during.branches if b.when is not None)
    used = {*mentioned(flow, library).criteria, *measured}
    rules = (
        rule.when
        for rule in (*pathway.impossible, *library.impossible)
        if used.issuperset(mentioned([rule.when], library).criteria)
    )
    resumes = any(way.target == RESUME for ways in all_exits(pathway).values() for way in ways)
    places = dict.fromkeys(node for during in pathway.durings for node in during.nodes)
    return Vocabulary(
        library,
        (*flow, *beside, *rules),
        tuple(numbers),
        tuple(measured),
        tuple(places) if resumes else (),
        len(pathway.nodes),
    )


def _tested(node: Node) -> Iterator[Expression]:
    """The conditions that decide where patients go on to."""
    match node:
        case Decide():
            if any(branch.when is None and branch.role == "when" for branch in node.branches):
                raise MeaninglessError(node.id)
            yield from (b.when for b in node.branches if b.when is not None)
        case Choose():
            yield from (o.when for o in node.options if o.when is not None)
        case _:
            return


def _asked_beside(
    node: Node, library: Library, others: Mapping[str, Pathway]
) -> Iterator[Expression]:
    match node:
        case Treat():
            yield from _of_regimen(node.regimen, library)
        case Enter():
            target = others.get(node.pathway or "")
            if target is not None and target.eligible is not None:
                yield target.eligible
        case _:
            pass
    for study in node.recommendation.evidence:
        found = library.study.get(study)
        if found is not None and found.eligible is not None:
            yield found.eligible


def _of_regimen(name: str | None, library: Library) -> Iterator[Expression]:
    regimen = library.regimen.get(name or "")
    if regimen is None:
        return
    yield from (give.when for give in regimen.gives if give.when is not None)
    for drug in map(library.drug.get, regimen.drugs):
        if drug is not None:
            yield from (warning.when for warning in (*drug.contraindications, *drug.cautions))
