"""Criteria: each asks one question with exactly one list or range of answers."""

from pathwaydsl.model.criteria import AnyOf, Criterion, Domain, NumberRange, OneOf, Value, YesNo
from pathwaydsl.resolve.numbers import range_of
from pathwaydsl.resolve.scope import Definition, Scope
from pathwaydsl.resolve.statements import (
    codes_of,
    definition_label,
    label_text,
    lineage,
    one,
    positions_of,
    reason_of,
    statements,
)
from pathwaydsl.resolve.words import spoken
from pathwaydsl.syntax.tree import Node, Token
from pathwaydsl.text.finding import Label

ANSWERS = ("one_of", "any_of", "yes_or_no", "number", "whole_number")
"""Statements that say which answers a criterion has."""


def criterion_of(scope: Scope, definition: Definition) -> Criterion:
    """The criterion of a definition, without its positions (those may cite any evidence)."""
    node = definition.node
    name = definition.name
    found = statements(node)
    domain = _domain(scope, definition, [n for kind in ANSWERS for n in found.get(kind, ())])
    listed = domain.values if isinstance(domain, OneOf | AnyOf) else ()
    seen = {value.id: value.span for value in listed}
    also = []
    for statement in found.get("also", ()):
        value = _value(scope, statement.child("listed_value"))
        if value is None:
            continue
        if value.id in seen:
            place = seen[value.id]
            labels = [Label(place, "first here")] if place is not None else []
            scope.report(
                "PW202", f"`{name}` has the answer `{value.id}` twice", statement, labels=labels
            )
            continue
        seen[value.id] = value.span
        also.append(value)
    role = one(found, "role")
    prognostic = reason_of(scope, role, f"The role of `{name}`") if role is not None else None
    return Criterion(
        id=str(name),
        label=definition_label(scope, node, name),
        domain=domain,
        also=tuple(also),
        may_be_unknown="may_be_unknown" in found,
        codes=codes_of(scope, found),
        prognostic=prognostic,
        positions=positions_of(scope, found),
        span=scope.span(name),
        **lineage(scope, found, name),
    )


def _domain(scope: Scope, definition: Definition, answers: list[Node]) -> Domain:
    name = definition.name
    if not answers:
        if definition.file.whole or not definition.node.child("criterion_block"):
            scope.report(
                "PW218",
                f"`{name}` does not say which answers there are",
                name,
                "Write one of: `one of a, b`, `any of a, b`, `yes or no`, `number 0..100 %`, "
                "`whole number 0..4`.",
            )
        return OneOf(())
    answers.sort(key=lambda node: node.start)
    for node in answers[1:]:
        if node.kind != answers[0].kind:
            scope.report(
                "PW219",
                f"`{name}` says twice which answers there are",
                node,
                "Keep one of them; a named answer beside numbers is added with `also`.",
                [Label(scope.span(answers[0]), "first here")],
            )
    node = answers[0]
    match node.kind:
        case "one_of":
            return OneOf(_values(scope, node, name))
        case "any_of":
            return AnyOf(_values(scope, node, name))
        case "yes_or_no":
            return YesNo()
        case _:
            return _number(scope, node)


def _number(scope: Scope, node: Node) -> Domain:
    bounds = range_of(scope, node)
    if bounds is None:
        return OneOf(())
    whole = node.kind == "whole_number"
    if whole:
        for token in node.tokens_of("NUMERAL"):
            if "." in token:
                scope.report(
                    "PW224",
                    "A whole number runs between whole numbers",
                    token,
                    "Leave out the decimals, or write `number` for `whole number`.",
                )
                break
    return NumberRange(bounds.low, bounds.high, bounds.unit, whole)


def _values(scope: Scope, node: Node, name: Token) -> tuple[Value, ...]:
    seen: dict[str, Value] = {}
    for statement in node.children_of("listed_value"):
        value = _value(scope, statement)
        if value is None:
            continue
        first = seen.setdefault(value.id, value)
        if first is not value and scope.file.whole:
            scope.report(
                "PW202",
                f"`{name}` has the answer `{value.id}` twice",
                statement,
                "Leave it out here, or give it another name.",
                [Label(first.span, "first here")] if first.span is not None else (),
            )
    return tuple(seen.values())


def _value(scope: Scope, node: Node | None) -> Value | None:
    token = node.token("WORD", "NAME") if node is not None else None
    if node is None or not token:
        return None
    label = label_text(scope, node)
    return Value(str(token), label or spoken(token), span=scope.span(token))
