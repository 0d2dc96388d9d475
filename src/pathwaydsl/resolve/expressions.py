"""Expressions: every name found, every comparison possible, in the model's few forms.

What could not be read or found is left out of the expression; it has its finding.
"""

from collections.abc import Callable
from decimal import Decimal

from pathwaydsl.model.criteria import AnyOf, Criterion, NumberRange, OneOf, YesNo
from pathwaydsl.model.expressions import (
    And,
    AtLeast,
    Compares,
    Expression,
    Had,
    Holds,
    Includes,
    IsKnown,
    IsOneOf,
    IsUnknown,
    Meets,
    Not,
    Or,
    Sign,
    Within,
)
from pathwaydsl.model.values import Quantity
from pathwaydsl.resolve.answers import (
    every_answer,
    listed_answers,
    told_apart,
    truth_of,
    unknown_possible,
    value_of,
)
from pathwaydsl.resolve.numbers import number_of, range_of, same_unit, unit_of, whole_of
from pathwaydsl.resolve.scope import Definition, Scope
from pathwaydsl.resolve.thresholds import Line, line_of, outside, said_always, satisfied
from pathwaydsl.syntax.tree import Node, Token

NOTHING = And(())
"""What stands where an expression is needed and could not be made; a finding says why."""

_SIGNS = {
    "EQUAL": Sign.EQUAL,
    "NOT_EQUAL": Sign.EQUAL,
    "LESS": Sign.LESS,
    "AT_MOST_SIGN": Sign.AT_MOST,
    "MORE": Sign.MORE,
    "AT_LEAST_SIGN": Sign.AT_LEAST,
}


def expression_in(scope: Scope, node: Node | None) -> Expression | None:
    """The expression that a statement holds, or None when nothing of it could be made."""
    inner = node.child("expression") if node is not None else None
    return expression_of(scope, inner)


def expression_of(scope: Scope, node: Node | None) -> Expression | None:
    """An expression node as the model has it."""
    while node is not None and node.kind in {"expression", "group"}:
        node = next((part for part in node.children if isinstance(part, Node)), None)
    if node is None:
        return None
    build = _BUILD.get(node.kind)
    return build(scope, node) if build is not None else None


def _negated(expression: Expression | None, node: Node, scope: Scope) -> Expression | None:
    return None if expression is None else Not(expression, span=scope.span(node))


def _chain(scope: Scope, node: Node) -> Expression | None:
    """Parts joined by `and` or `or`; mixed ones (a finding of their own) from left to right."""
    whole: Expression | None = None
    parts: list[Expression] = []
    word = ""
    for child in node.children:
        if isinstance(child, Node):
            part = expression_of(scope, child)
            if part is not None:
                parts.append(part)
        elif child.type in {"AND", "OR"}:
            if word and child.type != word:
                whole = _joined(word, parts, node, scope)
                parts = [whole] if whole is not None else []
            word = child.type
    return _joined(word, parts, node, scope)


def _joined(word: str, parts: list[Expression], node: Node, scope: Scope) -> Expression | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    span = scope.span(node)
    return And(tuple(parts), span=span) if word == "AND" else Or(tuple(parts), span=span)


def _negation(scope: Scope, node: Node) -> Expression | None:
    return _negated(expression_of(scope, _last_node(node)), node, scope)


def _last_node(node: Node) -> Node | None:
    return next((part for part in reversed(node.children) if isinstance(part, Node)), None)


def _at_least(scope: Scope, node: Node) -> Expression | None:
    token = node.token("NUMERAL")
    written = node.children_of("expression")
    count = whole_of(scope, token, "how many of the conditions shall hold")
    parts = [part for child in written if (part := expression_of(scope, child)) is not None]
    if count is None or token is None or not parts:
        return None
    if count < 1 or count > len(written):
        said = "always true" if count < 1 else "never true"
        scope.report(
            "PW210",
            f"`at least {count} of` {len(written)} conditions is {said}",
            token,
            f"Write a number from 1 to {len(written)}.",
        )
    return AtLeast(count, tuple(parts), span=scope.span(node))


def _had(scope: Scope, node: Node) -> Expression | None:
    found = scope.find(node.token("NAME"), "drug", "regimen")
    if found is None:
        return None
    name = str(found.name)
    span = scope.span(node)
    return Had(drug=name, span=span) if found.kind == "drug" else Had(regimen=name, span=span)


# --- one criterion ---


def _subject(scope: Scope, node: Node) -> Definition | None:
    """What a comparison is about: a criterion, or a score where numbers are compared."""
    return scope.find(node.token("NAME"), "criterion", "score")


def _criterion(scope: Scope, node: Node) -> Criterion | None:
    return scope.criterion(node.token("NAME"))


def _holds(scope: Scope, node: Node) -> Expression | None:
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


def _is_value(scope: Scope, node: Node) -> Expression | None:
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


def _is_known(scope: Scope, node: Node) -> Expression | None:
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


def _is_set(scope: Scope, node: Node) -> Expression | None:
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


def _in_values(scope: Scope, node: Node) -> Expression | None:
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


def _includes(scope: Scope, node: Node) -> Expression | None:
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


# --- numbers ---


def _compares(scope: Scope, node: Node) -> Expression | None:
    subject = _subject(scope, node)
    sign_node = node.child("sign")
    if subject is None or sign_node is None or not sign_node.children:
        return None
    token = sign_node.children[0]
    if isinstance(token, Node):
        return None
    sign = _SIGNS.get(token.type, Sign.EQUAL)
    negated = token.type == "NOT_EQUAL"
    name = str(subject.name)
    span = scope.span(node)
    word = node.token("WORD")
    line = line_of(subject)
    if word is not None or line is None:
        written = word if word is not None else _numeral(node)
        return told_apart(scope, subject, node, written, sign=str(token), negated=negated)
    quantity = node.child("quantity")
    number = number_of(quantity.token("NUMERAL")) if quantity is not None else None
    if number is None or quantity is None:
        return None
    unit = unit_of(scope, quantity.token("UNIT"))
    same_unit(scope, _score_unit(line, unit), line.unit, line.said, quantity)
    if not outside(scope, line, number, quantity):
        truth = satisfied(line, sign, number)
        if truth is not None:
            said_always(scope, line, node, truth=truth is not negated)
    test = Compares(name, sign, Quantity(number, line.unit), line.score, span=span)
    return Not(test, span=span) if negated else test


def _numeral(node: Node) -> Token | None:
    quantity = node.child("quantity")
    return quantity.token("NUMERAL") if quantity is not None else None


def _score_unit(line: Line, unit: str | None) -> str | None:
    return None if line.score and unit == "points" else unit


def _in_range(scope: Scope, node: Node) -> Expression | None:
    subject = _subject(scope, node)
    bounds = range_of(scope, node)
    if subject is None or bounds is None:
        return None
    test = _within(scope, node, subject, (bounds.low, bounds.high, bounds.unit), included=True)
    if test is not None and node.token("NOT") is not None:
        return Not(test, span=scope.span(node))
    return test


def _between(scope: Scope, node: Node) -> Expression | None:
    subject = _subject(scope, node)
    bounds = range_of(scope, node)
    if subject is None or bounds is None:
        return None
    return _within(scope, node, subject, (bounds.low, bounds.high, bounds.unit), included=False)


def _within(
    scope: Scope,
    node: Node,
    subject: Definition,
    bounds: tuple[Decimal, Decimal, str | None],
    *,
    included: bool,
) -> Expression | None:
    line = line_of(subject)
    if line is None:
        return told_apart(scope, subject, node, None, sign="in")
    low, high, unit = bounds
    same_unit(scope, _score_unit(line, unit), line.unit, line.said, node)
    numerals = node.tokens_of("NUMERAL")
    out = [outside(scope, line, n, t) for n, t in zip((low, high), numerals, strict=False)]
    if not any(out):
        above = satisfied(line, Sign.AT_LEAST, low)
        below = satisfied(line, Sign.AT_MOST if included else Sign.LESS, high)
        if above is False or below is False or (not included and low == high):
            said_always(scope, line, node, truth=False)
        elif above and below:
            said_always(scope, line, node, truth=True)
    return Within(
        str(subject.name), low, high, line.unit, included, line.score, span=scope.span(node)
    )


_BUILD: dict[str, Callable[[Scope, Node], Expression | None]] = {
    "chain": _chain,
    "negation": _negation,
    "at_least": _at_least,
    "had": _had,
    "holds": _holds,
    "is_value": _is_value,
    "is_known": _is_known,
    "is_set": _is_set,
    "in_values": _in_values,
    "in_range": _in_range,
    "between": _between,
    "compares": _compares,
    "includes": _includes,
}
