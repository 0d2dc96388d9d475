"""One pathway with its arrivals, and the words in which a finding speaks of patients."""

from collections.abc import Iterable

from attrs import frozen

from pathwaydsl.checks.review import Review
from pathwaydsl.logic.boxes import MOST_BOXES, Patient, plainest, said
from pathwaydsl.logic.mentioned import Mentioned, mentioned
from pathwaydsl.logic.reachability import Arrivals
from pathwaydsl.logic.written import value_as_written
from pathwaydsl.model.expressions import And, Expression, Or
from pathwaydsl.model.nodes import Node
from pathwaydsl.model.pathway import Library, Pathway
from pathwaydsl.model.wording import assignment_in_words, in_words


@frozen
class Visit:
    """A pathway, and who arrives where in it."""

    review: Review
    pathway: Pathway
    arrivals: Arrivals

    @property
    def library(self) -> Library:
        """The definitions of the pathway."""
        return self.pathway.library

    def asked(self, expressions: Iterable[Expression | None]) -> Mentioned:
        """What expressions ask for."""
        return mentioned([e for e in expressions if e is not None], self.arrivals.library)

    def who(self, some: int, among: int, asked: Mentioned, *, most: int = MOST_BOXES) -> str:
        """Some patients in words, told apart from the others by what is asked for."""
        found = said(self.arrivals.patients, some, among, asked, most=most)
        if not found.boxes:
            return "everyone who arrives"
        text = "; or ".join(in_words(_flat(box), self.library) for box in found.boxes)
        return f"{text}; and others" if found.more else text

    def patient(self, some: int) -> Patient:
        """The plainest patient of a set that is not empty; one who is eligible, if there is one.

        Whoever became ineligible on the way may be among them, but makes no case to paste.
        """
        patients = self.arrivals.patients
        found = None
        if self.pathway.eligible is not None:
            eligible = patients.truth(self.pathway.eligible).true
            found = plainest(patients, self.arrivals.diagrams.both(some, eligible))
        return found or plainest(patients, some) or Patient(())

    def in_words(self, patient: Patient, asked: Mentioned) -> str:
        """A patient in one sentence: the answers to what is asked for."""
        parts = [
            assignment_in_words(value, self.library)
            for value in patient.values
            if value.criterion in asked.criteria
        ]
        parts += [
            in_words(had, self.library)
            for had in patient.had
            if (had.regimen, had.drug) in asked.had
        ]
        return ", ".join(parts)

    def witness(self, some: int, asked: Mentioned) -> tuple[str, Patient]:
        """` (for instance: LVEF is 45 %)`, or nothing where no value is asked for."""
        patient = self.patient(some)
        text = self.in_words(patient, asked)
        return (f" (for instance: {text})" if text else ""), patient

    def case(self, patient: Patient, node: Node, expects: str) -> str:
        """The patient as a `case`, ready to paste, with what to expect of the mended pathway.

        The values are those last measured. `BOX` stands for a box the author has to name.
        """
        values = [value_as_written(value, self.library) for value in patient.values]
        title = "At " + node.label.replace("\\", "").replace('"', "'")
        lines = [f'case "{title}" {{']
        if values:
            lines.append(f"  given {', '.join(values)}")
        return "\n".join(["As a case:", *lines, f"  {expects}", "}"])


def _flat(expression: Expression) -> Expression:
    """Nested `and` in `and` drawn together, so that it reads as one list."""
    if not isinstance(expression, And | Or):
        return expression
    kind = type(expression)
    parts: list[Expression] = []
    for part in expression.parts:
        if isinstance(part, kind):
            parts.extend(part.parts)
        else:
            parts.append(part)
    return kind(tuple(parts))
