"""Comparisons with numbers and ranges, of criteria and of scores."""

from decimal import Decimal

from pathwaydsl.model.expressions import Compares, Expression, Not, Sign, Within
from pathwaydsl.model.values import Quantity
from pathwaydsl.resolve.answers import told_apart
from pathwaydsl.resolve.numbers import number_of, range_of, same_unit, unit_of
from pathwaydsl.resolve.scope import Definition, Scope
from pathwaydsl.resolve.thresholds import Line, line_of, outside, said_always, satisfied
from pathwaydsl.syntax.tree import Node, Token

_SIGNS = {
    "EQUAL": Sign.EQUAL,
    "NOT_EQUAL": Sign.EQUAL,
    "LESS": Sign.LESS,
    "AT_MOST_SIGN": Sign.AT_MOST,
    "MORE": Sign.MORE,
    "AT_LEAST_SIGN": Sign.AT_LEAST,
}


def _subject(scope: Scope, node: Node) -> Definition | None:
    """What a comparison is about: a criterion, or a score where numbers are compared."""
    return scope.find(node.token("NAME"), "criterion", "score")


def compares(scope: Scope, node: Node) -> Expression | None:
    """`lvef >= 50 %`, `risk >= 2`."""
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


def in_range(scope: Scope, node: Node) -> Expression | None:
    """`age in 65..74 years`, both ends included."""
    subject = _subject(scope, node)
    bounds = range_of(scope, node)
    if subject is None or bounds is None:
        return None
    test = _within(scope, node, subject, (bounds.low, bounds.high, bounds.unit), included=True)
    if test is not None and node.token("NOT") is not None:
        return Not(test, span=scope.span(node))
    return test


def between(scope: Scope, node: Node) -> Expression | None:
    """`lvef from 40 to under 50 %`, the upper end not included."""
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
