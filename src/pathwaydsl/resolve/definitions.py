"""Conditions, scores, `impossible` rules and drugs."""

from pathwaydsl.model.criteria import Condition, Impossible, Points, Score
from pathwaydsl.model.regimens import Drug, Warning_
from pathwaydsl.resolve.expressions import NOTHING, expression_in
from pathwaydsl.resolve.numbers import unit_of, whole_of
from pathwaydsl.resolve.scope import Definition, Scope
from pathwaydsl.resolve.statements import (
    citations_of,
    codes_of,
    definition_label,
    lineage,
    one,
    reason_of,
    statements,
    texts_of,
)
from pathwaydsl.syntax.tree import Node


def condition_of(scope: Scope, definition: Definition) -> Condition:
    """The named condition of a definition."""
    node, name = definition.node, definition.name
    return Condition(
        id=str(name),
        label=definition_label(scope, node, name),
        means=expression_in(scope, node) or NOTHING,
        span=scope.span(name),
        **lineage(scope, statements(node), name),
    )


def score_of(scope: Scope, definition: Definition) -> Score:
    """The score of a definition."""
    node, name = definition.node, definition.name
    found = statements(node)
    parts = []
    for statement in found.get("points", ()):
        points = _points(scope, statement.child("quantity"))
        when = expression_in(scope, statement)
        if points is not None:
            parts.append(Points(points, when or NOTHING, span=scope.span(statement)))
    if not found.get("points") and definition.file.whole:
        scope.report("PW218", f"`{name}` counts nothing", name, "Write `1 point when …`.")
    source = one(found, "source")
    return Score(
        id=str(name),
        label=definition_label(scope, node, name),
        parts=tuple(parts),
        source=scope.name_of(source.token("NAME"), "evidence") if source is not None else None,
        span=scope.span(name),
        **lineage(scope, found, name),
    )


def _points(scope: Scope, quantity: Node | None) -> int | None:
    if quantity is None:
        return None
    if unit_of(scope, quantity.token("UNIT")) not in {None, "points"}:
        scope.report("PW208", "A score is counted in points", quantity, "Write `points`.")
    return whole_of(scope, quantity.token("NUMERAL"), "the points of a score", least=None)


def impossible_of(scope: Scope, node: Node) -> Impossible | None:
    """An `impossible` rule; None when its condition could not be made."""
    because = reason_of(scope, node, "This `impossible` rule")
    when = expression_in(scope, node)
    if when is None:
        return None
    return Impossible(
        when=when, because=because, span=scope.span(node), **lineage(scope, statements(node))
    )


def drug_of(scope: Scope, definition: Definition) -> Drug:
    """The drug of a definition."""
    node, name = definition.node, definition.name
    found = statements(node)
    return Drug(
        id=str(name),
        label=definition_label(scope, node, name),
        codes=codes_of(scope, found),
        classes=texts_of(found, "drug_class"),
        contraindications=_warnings(
            scope, found.get("contraindicated", ()), "This contraindication"
        ),
        cautions=_warnings(scope, found.get("caution", ()), "This caution"),
        span=scope.span(name),
        **lineage(scope, found, name),
    )


def _warnings(scope: Scope, nodes: list[Node] | tuple[()], what: str) -> tuple[Warning_, ...]:
    found = []
    for node in nodes:
        because = reason_of(scope, node, what)
        cites = citations_of(scope, node)
        when = expression_in(scope, node)
        if when is not None:
            found.append(Warning_(when, because, cites, span=scope.span(node)))
    return tuple(found)
