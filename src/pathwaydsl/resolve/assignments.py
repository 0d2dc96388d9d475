"""Values that criteria take: in `sets`, and in what a case gives."""

from pathwaydsl.model.criteria import AnyOf, Criterion, NumberRange, OneOf, YesNo
from pathwaydsl.model.nodes import Assignment
from pathwaydsl.resolve.answers import (
    listed_answers,
    told_apart,
    truth_of,
    unknown_possible,
    value_of,
)
from pathwaydsl.resolve.numbers import number_of, same_unit, unit_of
from pathwaydsl.resolve.scope import Scope
from pathwaydsl.resolve.thresholds import line_of, outside
from pathwaydsl.syntax.tree import Node


def assignments_of(scope: Scope, node: Node) -> tuple[Assignment, ...]:
    """The values that a statement gives, each criterion once."""
    found = []
    children = node.children_of("assignment")
    scope.distinct(token for child in children if (token := child.token("NAME")))
    seen = set()
    for child in children:
        assignment = _assignment(scope, child)
        if assignment is not None and assignment.criterion not in seen:
            seen.add(assignment.criterion)
            found.append(assignment)
    return tuple(found)


def _assignment(scope: Scope, node: Node) -> Assignment | None:
    token = node.token("NAME")
    criterion = scope.criterion(token)
    if criterion is None or token is None:
        return None
    span = scope.span(node)
    name = criterion.id
    if node.token("UNKNOWN") is not None:
        unknown_possible(scope, criterion, node)
        return Assignment(name, unknown=True, span=span)
    if node.token("EQUAL") is not None:
        return _number(scope, criterion, node)
    if node.child("words") is not None:
        return _members(scope, criterion, node)
    if node.token("IS") is not None:
        return _named(scope, criterion, node)
    if not isinstance(criterion.domain, YesNo):
        if criterion.domain != OneOf(()):
            scope.report(
                "PW223",
                f"“{criterion.label}” is not answered by yes or no",
                node,
                _how_to_give(criterion),
            )
        return None
    return Assignment(name, truth=node.token("NOT") is None, span=span)


def _how_to_give(criterion: Criterion) -> str:
    match criterion.domain:
        case NumberRange(low=low, unit=unit):
            return f"Give a number: `{criterion.id} = {low:f}{f' {unit}' if unit else ''}`."
        case OneOf(values) | AnyOf(values) if values:
            return f"Give an answer: `{criterion.id} is {values[0].id}`."
        case _:
            return "Give one of its answers."


def _number(scope: Scope, criterion: Criterion, node: Node) -> Assignment | None:
    definition = scope.peek("criterion", criterion.id)
    line = line_of(definition) if definition is not None else None
    quantity = node.child("quantity")
    word = node.token("WORD")
    if definition is None:
        return None
    if line is None or word is not None:
        written = word or (quantity.token("NUMERAL") if quantity is not None else None)
        told_apart(scope, definition, node, written, sign="=")
        return None
    number = number_of(quantity.token("NUMERAL")) if quantity is not None else None
    if number is None or quantity is None:
        return None
    same_unit(scope, unit_of(scope, quantity.token("UNIT")), line.unit, line.said, quantity)
    fraction = line.whole and number != number.to_integral_value()
    if not outside(scope, line, number, quantity) and fraction:
        scope.report("PW224", f"{line.said} takes whole numbers only", quantity)
    return Assignment(criterion.id, number=number, span=scope.span(node))


def _members(scope: Scope, criterion: Criterion, node: Node) -> Assignment | None:
    if not isinstance(criterion.domain, AnyOf):
        if criterion.domain != OneOf(()):
            scope.report(
                "PW221",
                f"“{criterion.label}” has one answer at a time",
                node,
                _how_to_give(criterion),
            )
        return None
    values = listed_answers(scope, criterion, node)
    beside = {value.id for value in criterion.also}
    if len(values) > 1 and beside & set(values):
        scope.report(
            "PW221",
            f"`{next(v for v in values if v in beside)}` stands for none of the other answers",
            node,
            "Name it alone, or leave it out.",
        )
        return None
    if values and values[0] in beside:
        return Assignment(criterion.id, named=values[0], span=scope.span(node))
    return Assignment(criterion.id, members=values, span=scope.span(node)) if values else None


def _named(scope: Scope, criterion: Criterion, node: Node) -> Assignment | None:
    token = node.token("WORD")
    if not token:
        return None
    span = scope.span(node)
    truth = truth_of(scope, criterion, token, node)
    if truth is not None:
        return Assignment(criterion.id, truth=truth, span=span)
    value = value_of(scope, criterion, token)
    if value is None:
        return None
    if isinstance(criterion.domain, AnyOf) and all(v.id != value for v in criterion.also):
        return Assignment(criterion.id, members=(value,), span=span)
    return Assignment(criterion.id, named=value, span=span)
