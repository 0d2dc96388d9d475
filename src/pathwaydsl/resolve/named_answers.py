"""Tests of one criterion by the names of its answers, and whether it is known."""

from pathwaydsl.model.criteria import AnyOf, Criterion, NumberRange, OneOf, YesNo
from pathwaydsl.model.expressions import (
    And,
    Expression,
    Holds,
    Includes,
    IsKnown,
    IsOneOf,
    IsUnknown,
    Meets,
    Not,
)
from pathwaydsl.resolve.answers import (
    every_answer,
    listed_answers,
    truth_of,
    unknown_possible,
    value_of,
)
from pathwaydsl.resolve.scope import Scope
from pathwaydsl.syntax.tree import Node


def holds(scope: Scope, node: Node) -> Expression | None:
    """A bare name: a yes-or-no criterion, or a condition."""
    token = node.token("NAME")
    if not token:
        return None
    name = str(token)
    criterion = scope.peek("criterion", name)
    condition = scope.peek("condition", name)
    span = scope.span(node)
    if criterion is not None and isinstance(criterion.value.domain, YesNo):
        if condition is not None:
            scope.two_meanings(token)
        return Holds(name, span=span)
    if condition is not None:
        return Meets(name, span=span)
    if criterion is not None:
        if criterion.value.domain != OneOf(()):
            scope.report(
                "PW223",
                f"“{criterion.value.label}” is not answered by yes or no",
                token,
                _how_to_ask(criterion.value),
            )
        return None
    if scope.peek("score", name) is not None:
        scope.report(
            "PW223", f"`{name}` is a score, a number", token, f"Compare it: `{name} >= 2`."
        )
        return None
    scope.missing(token, ("criterion", "condition"))
    return None


def _how_to_ask(criterion: Criterion) -> str:
    match criterion.domain:
        case NumberRange(low=low, high=high, unit=unit):
            middle = f"{low + (high - low) // 2:f}" + (f" {unit}" if unit else "")
            return f"Compare it with a number, such as `{criterion.id} >= {middle}`."
        case AnyOf(values) if values:
            return f"Write `{criterion.id} includes {values[0].id}`."
        case OneOf(values) if values:
            return f"Write `{criterion.id} is {values[0].id}`."
        case _:
            return "Say which answer is meant."


def is_value(scope: Scope, node: Node) -> Expression | None:
    """`her2 is positive`, `interval is never`."""
    criterion = _named(scope, node)
    token = node.token("WORD")
    if criterion is None or not token:
        return None
    negated = node.token("NOT") is not None
    span = scope.span(node)
    truth = truth_of(scope, criterion, token, node, negated=negated)
    if truth is not None:
        held = Holds(criterion.id, span=span)
        return held if truth is not negated else Not(held, span=span)
    if isinstance(criterion.domain, AnyOf) and any(
        value.id == token for value in criterion.domain.values
    ):
        verb = "excludes" if negated else "includes"
        scope.report(
            "PW221",
            f"“{criterion.label}” can have several answers at once",
            node,
            f"Write `{criterion.id} {verb} {token}`, "
            f"or `{criterion.id} is {{{token}}}` for this one alone.",
        )
        return Includes(criterion.id, str(token), span=span)
    value = value_of(scope, criterion, token)
    values = (value,) if value is not None else ()
    test = IsOneOf(criterion.id, values, span=span)
    if values:
        every_answer(scope, criterion, values, node, negated=negated)
    return Not(test, span=span) if negated else test


def _named(scope: Scope, node: Node) -> Criterion | None:
    """The criterion of a test on names; a condition or a score is told how it is tested."""
    token = node.token("NAME")
    if not token:
        return None
    if scope.peek("criterion", str(token)) is None:
        if scope.peek("condition", str(token)) is not None:
            scope.report(
                "PW221",
                f"`{token}` is a condition: it holds or not",
                node,
                f"Write `{token}` or `not {token}`.",
            )
            return None
        if scope.peek("score", str(token)) is not None:
            scope.report("PW221", f"`{token}` is a score, a number", node, f"Write `{token} >= 2`.")
            return None
    return scope.criterion(token)


def is_known(scope: Scope, node: Node) -> Expression | None:
    """`lvef is unknown`, `lvef is known`."""
    criterion = _named(scope, node)
    if criterion is None:
        return None
    span = scope.span(node)
    unknown_possible(scope, criterion, node)
    test: Expression = (
        IsUnknown(criterion.id, span=span)
        if node.token("UNKNOWN") is not None
        else IsKnown(criterion.id, span=span)
    )
    return Not(test, span=span) if node.token("NOT") is not None else test


def is_set(scope: Scope, node: Node) -> Expression | None:
    """`sites is {brain, liver}`: these and no others."""
    criterion = _named(scope, node)
    if criterion is None:
        return None
    span = scope.span(node)
    if not isinstance(criterion.domain, AnyOf):
        if criterion.domain != OneOf(()):
            scope.report(
                "PW221",
                f"“{criterion.label}” has one answer at a time",
                node,
                f"Write `{criterion.id} in {{…}}` for one of several answers.",
            )
        return IsOneOf(criterion.id, listed_answers(scope, criterion, node), span=span)
    values = listed_answers(scope, criterion, node)
    parts: list[Expression] = []
    for value in criterion.domain.values:
        includes = Includes(criterion.id, value.id, span=span)
        parts.append(includes if value.id in values else Not(includes, span=span))
    if values and set(values) <= {value.id for value in criterion.also}:
        whole: Expression = IsOneOf(criterion.id, values, span=span)
    else:
        whole = And(tuple(parts), span=span) if len(parts) != 1 else parts[0]
    return Not(whole, span=span) if node.token("NOT") is not None else whole


def in_values(scope: Scope, node: Node) -> Expression | None:
    """`hr in {positive, low}`."""
    criterion = _named(scope, node)
    if criterion is None:
        return None
    span = scope.span(node)
    negated = node.token("NOT") is not None
    if isinstance(criterion.domain, AnyOf):
        scope.report(
            "PW221",
            f"“{criterion.label}” can have several answers at once",
            node,
            f"Write `{criterion.id} includes …`, joined by `or` where one of several is enough.",
        )
        return IsOneOf(criterion.id, (), span=span)
    values = listed_answers(scope, criterion, node)
    if values:
        every_answer(scope, criterion, values, node, negated=negated)
    test = IsOneOf(criterion.id, values, span=span)
    return Not(test, span=span) if negated else test


def includes(scope: Scope, node: Node) -> Expression | None:
    """`sites includes brain`, `sites excludes brain`."""
    criterion = _named(scope, node)
    token = node.token("WORD")
    if criterion is None or not token:
        return None
    span = scope.span(node)
    negated = node.token("EXCLUDES") is not None
    if not isinstance(criterion.domain, AnyOf):
        if criterion.domain != OneOf(()):
            verb = "is not" if negated else "is"
            scope.report(
                "PW221",
                f"“{criterion.label}” has one answer at a time",
                node,
                f"Write `{criterion.id} {verb} {token}`."
                if isinstance(criterion.domain, OneOf)
                else _how_to_ask(criterion),
            )
        return IsOneOf(criterion.id, (), span=span)
    if any(value.id == token for value in criterion.also):
        verb = "is not" if negated else "is"
        scope.report(
            "PW221",
            f"`{token}` stands for none of the answers of “{criterion.label}”",
            node,
            f"Write `{criterion.id} {verb} {token}`.",
        )
        return IsOneOf(criterion.id, (str(token),), span=span)
    value = value_of(scope, criterion, token)
    if value is None:
        return IsOneOf(criterion.id, (), span=span)
    test = Includes(criterion.id, value, span=span)
    return Not(test, span=span) if negated else test
