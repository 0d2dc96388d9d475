"""Sets of patients said back as conditions: as few boxes as possible, and one plain patient."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from attrs import frozen

from pathwaydsl.logic.diagrams import NOBODY
from pathwaydsl.logic.mentioned import Mentioned
from pathwaydsl.logic.questions import Question, typical
from pathwaydsl.logic.regions import Patients
from pathwaydsl.model.criteria import AnyOf, NumberRange
from pathwaydsl.model.expressions import (
    And,
    Compares,
    Expression,
    Had,
    Holds,
    Includes,
    IsKnown,
    IsOneOf,
    IsUnknown,
    Not,
    Or,
    Sign,
    Within,
)
from pathwaydsl.model.nodes import Assignment
from pathwaydsl.model.values import Quantity

MOST_BOXES = 4
"""How many boxes a finding lists."""


@frozen
class Said:
    """A set of patients as conditions joined by `or`; `more` when some are left out.

    An empty list stands for everyone who could be meant.
    """

    boxes: tuple[Expression, ...]
    more: bool = False

    @property
    def whole(self) -> Expression | None:
        """The conditions as one, or None for everyone."""
        if not self.boxes:
            return None
        return self.boxes[0] if len(self.boxes) == 1 else Or(self.boxes)


def said(
    patients: Patients, some: int, among: int, asked: Mentioned, *, most: int = MOST_BOXES
) -> Said:
    """The patients in `some`, told apart from the others in `among` by what is asked for.

    Boxes may overlap; together they are exactly `some`.
    """
    diagrams = patients.diagrams
    kept = {patients.had[had] for had in asked.had}
    for name in asked.criteria:
        kept |= patients.levels_of.get(name, frozenset())
    others = frozenset(range(len(patients.questions))) - kept
    wanted = diagrams.forget(some, others)
    allowed = diagrams.either(wanted, diagrams.others(diagrams.forget(among, others)))
    found: list[Expression] = []
    rest = wanted
    while rest and len(found) < most:
        masks = diagrams.path(rest)
        for level in sorted(kept):
            masks[level] = diagrams.widened(masks, level, allowed)
        box = condition_of(patients, masks)
        if box is None:
            return Said(())
        found.append(box)
        rest = diagrams.without(rest, diagrams.box(masks))
    return Said(tuple(found), bool(rest))


def condition_of(patients: Patients, masks: Mapping[int, int]) -> Expression | None:
    """The condition of one box, or None when it leaves nobody out."""
    parts: list[Expression] = []
    for name, head in patients.head.items():
        if not patients.levels_of[name] & masks.keys():
            continue
        question = patients.questions[head]
        mask = masks.get(head, patients.diagrams.full[head])
        if isinstance(patients.library.criterion[name].domain, AnyOf):
            members = {
                value: masks[level]
                for (about, value), level in patients.members.items()
                if about == name and masks.get(level, 3) != 3
            }
            part = _set(name, question, mask, members)
        else:
            part = _single(patients, name, question, mask)
        if part is not None:
            parts.append(part)
    for (regimen, drug), level in patients.had.items():
        mask = masks.get(level, 3)
        if mask != 3:
            had = Had(regimen, drug)
            parts.append(had if mask == 2 else Not(had))
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _joined(parts: list[Expression]) -> Expression:
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


def _set(name: str, question: Question, mask: int, members: Mapping[str, int]) -> Expression | None:
    """A box about a set; answers that contradict what is said of its members are left out."""
    unknown = question.mask("unknown")
    also = question.mask("also")
    some = question.mask("value")
    mask &= unknown | also | some
    inside: list[Expression] = [
        Includes(name, value) if bits == _WITH else Not(Includes(name, value))
        for value, bits in members.items()
    ]
    if _WITH in members.values():
        mask &= some
    if mask == unknown | also | some and not inside:
        return None
    found: list[Expression] = []
    named = tuple(a.value or "" for i, a in enumerate(question.answers) if (mask & also) >> i & 1)
    if mask & some:
        if not inside:
            found.append(IsKnown(name) if mask & also == also else _not_named(name, question))
        else:
            if _WITH not in members.values() and mask & also != also:
                inside.append(_not_named(name, question))
            found.append(inside[0] if len(inside) == 1 else And(tuple(inside)))
    if named and not (mask & some and mask & also == also):
        found.append(IsOneOf(name, named))
    if mask & unknown:
        found.append(IsUnknown(name))
    return _joined(found) if found else None


_WITH = 2
"""The answer that a member belongs to the set, as a mask."""


def _not_named(name: str, question: Question) -> Expression:
    also = tuple(a.value or "" for a in question.answers if a.kind == "also")
    return Not(IsOneOf(name, also)) if also else IsKnown(name)


def _single(patients: Patients, name: str, question: Question, mask: int) -> Expression | None:
    every = question.mask("value", "also", "number", "unknown")
    mask &= every
    if mask == every:
        return None
    unknown = question.mask("unknown")
    if mask == every & ~unknown:
        return IsKnown(name)
    found: list[Expression] = []
    numbers = question.mask("number")
    if numbers and mask & numbers == numbers:
        found.append(_not_named(name, question))
    elif numbers:
        found.extend(_runs(patients, name, question, mask & numbers))
    named = [
        a.value or ""
        for i, a in enumerate(question.answers)
        if a.kind in {"value", "also"} and mask >> i & 1
    ]
    if named == ["yes"]:
        found.append(Holds(name))
    elif named == ["no"]:
        found.append(Not(Holds(name)))
    elif named:
        found.append(IsOneOf(name, tuple(named)))
    if mask & unknown:
        found.append(IsUnknown(name))
    return _joined(found) if found else None


def _runs(patients: Patients, name: str, question: Question, mask: int) -> Iterator[Expression]:
    domain = patients.library.criterion[name].domain
    if not isinstance(domain, NumberRange):
        return
    cells = [(i, a) for i, a in enumerate(question.answers) if a.kind == "number"]
    start = 0
    while start < len(cells):
        if not mask >> cells[start][0] & 1:
            start += 1
            continue
        end = start
        while end + 1 < len(cells) and mask >> cells[end + 1][0] & 1:
            end += 1
        first, last = cells[start][1], cells[end][1]
        from_start, to_end = start == 0, end == len(cells) - 1

        def compared(sign: Sign, number: Decimal) -> Compares:
            return Compares(name, sign, Quantity(number, domain.unit))

        low_sign = Sign.AT_LEAST if first.low_included else Sign.MORE
        high_sign = Sign.AT_MOST if last.high_included else Sign.LESS
        if first.low == last.high:
            yield compared(Sign.EQUAL, first.low)
        elif from_start:
            yield compared(high_sign, last.high)
        elif to_end:
            yield compared(low_sign, first.low)
        elif first.low_included:
            yield Within(name, first.low, last.high, domain.unit, last.high_included)
        else:
            yield And((compared(low_sign, first.low), compared(high_sign, last.high)))
        start = end + 1


@frozen
class Patient:
    """One patient: values of the criteria that were asked, and what was had."""

    values: tuple[Assignment, ...]
    had: tuple[Had, ...] = ()

    def value(self, name: str) -> Assignment | None:
        """The value of a criterion, or None if nobody asked."""
        return next((value for value in self.values if value.criterion == name), None)


def plainest(patients: Patients, some: int) -> Patient | None:
    """The plainest patient of a set, or None if there is nobody."""
    chosen = patients.diagrams.pick(some, [question.plainest for question in patients.questions])
    return None if chosen is None or some == NOBODY else patient_of(patients, chosen)


def patient_of(patients: Patients, chosen: Sequence[int]) -> Patient:
    """The patient with the chosen answer to each question."""
    values = []
    for name, head in patients.head.items():
        question = patients.questions[head]
        answer = question.answers[chosen[head]]
        match answer.kind:
            case "missing":
                continue
            case "unknown":
                value = Assignment(name, unknown=True)
            case "number":
                value = Assignment(name, number=typical(question, chosen[head]))
            case "also":
                value = Assignment(name, named=answer.value)
            case _ if answer.value == "some" and any(
                about == name for about, _ in patients.members
            ):
                held = tuple(
                    member
                    for (about, member), level in patients.members.items()
                    if about == name and chosen[level]
                )
                value = Assignment(name, members=held)
            case _ if answer.value in {"yes", "no"} and question.named("yes", "no") == 3:
                value = Assignment(name, truth=answer.value == "yes")
            case _:
                value = Assignment(name, named=answer.value)
        values.append(value)
    had = tuple(Had(r, d) for (r, d), level in patients.had.items() if chosen[level])
    return Patient(tuple(values), had)
