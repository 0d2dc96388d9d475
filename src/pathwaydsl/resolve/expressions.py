"""Expressions: every name found, every comparison possible, in the model's few forms.

What could not be read or found is left out of the expression; it has its finding.
"""

from collections.abc import Callable

from pathwaydsl.model.expressions import (
    And,
    AtLeast,
    Expression,
    Had,
    Not,
    Or,
)
from pathwaydsl.resolve import comparisons, named_answers
from pathwaydsl.resolve.numbers import whole_of
from pathwaydsl.resolve.scope import Scope
from pathwaydsl.syntax.tree import Node

NOTHING = And(())
"""What stands where an expression is needed and could not be made; a finding says why."""


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


_BUILD: dict[str, Callable[[Scope, Node], Expression | None]] = {
    "chain": _chain,
    "negation": _negation,
    "at_least": _at_least,
    "had": _had,
    "holds": named_answers.holds,
    "is_value": named_answers.is_value,
    "is_known": named_answers.is_known,
    "is_set": named_answers.is_set,
    "in_values": named_answers.in_values,
    "in_range": comparisons.in_range,
    "between": comparisons.between,
    "compares": comparisons.compares,
    "includes": named_answers.includes,
}
