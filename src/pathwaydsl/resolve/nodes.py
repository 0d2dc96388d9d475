"""The boxes of a pathway and the ways between them.

A target that nothing in the pathway has keeps its name, so that one missing box is one finding.
"""

from collections.abc import Callable, Iterable
from typing import Any

from pathwaydsl.model.nodes import (
    RESUME,
    Act,
    Assess,
    Assignment,
    Branch,
    Choose,
    Decide,
    During,
    End,
    Enter,
    GapNode,
    Option,
    Together,
    Treat,
    Within,
)
from pathwaydsl.model.nodes import (
    Node as Box,
)
from pathwaydsl.resolve.assignments import assignments_of
from pathwaydsl.resolve.expressions import expression_in
from pathwaydsl.resolve.gaps import gap_of
from pathwaydsl.resolve.numbers import measured_in, version_of
from pathwaydsl.resolve.recommendations import gaps_of, monitoring_of, recommendation_of
from pathwaydsl.resolve.scope import Definition, Scope
from pathwaydsl.resolve.statements import (
    Statements,
    block,
    definition_label,
    label_text,
    lineage,
    one,
    positions_of,
    statements,
    texts_of,
)
from pathwaydsl.resolve.words import TIME_UNITS, kind_in_words
from pathwaydsl.syntax.tree import Node, Token

STAYING = frozenset({"assess", "treat", "act"})
"""Boxes at which a patient stays for a time, and something may happen during it."""


def box_of(scope: Scope, definition: Definition) -> Box:
    """The box of a definition inside a pathway."""
    return _BUILD[definition.kind](scope, definition)


def _common(scope: Scope, definition: Definition, found: Statements) -> dict[str, Any]:
    name = definition.name
    return {
        "id": str(name),
        "label": definition_label(scope, definition.node, name),
        "span": scope.span(name),
        **lineage(scope, found, name),
    }


# --- ways on ---


def target_of(scope: Scope, node: Node | None) -> str | None:
    """Where a statement leads: a box or a gap of this pathway, or `resume`."""
    inner = node.child("target") if node is not None else None
    token = inner.token("NAME", "RESUME") if inner is not None else None
    if not token:
        return None
    if token.type == "RESUME":
        return RESUME
    arrive(scope, token)
    return str(token)


def arrive(scope: Scope, token: Token) -> None:
    """Check that a patient can arrive at a name; gaps of a library are arrived at too."""
    name = str(token)
    if name not in scope.nodes and scope.peek("gap", name) is None:
        scope.missing(token, ("box",))


def _then(scope: Scope, found: Statements) -> str | None:
    return target_of(scope, one(found, "then"))


def _within(scope: Scope, found: Statements) -> Within | None:
    node = one(found, "within")
    if node is None:
        return None
    quantity = measured_in(scope, node.child("quantity"), TIME_UNITS, "How soon")
    token = node.token("NAME")
    scope.box(token)
    return Within(quantity, str(token), span=scope.span(node)) if quantity and token else None


def _sets(scope: Scope, found: Statements) -> tuple[Assignment, ...]:
    return tuple(a for node in found.get("sets", ()) for a in assignments_of(scope, node))


_ROLES = {"when_branch": "when", "otherwise": "otherwise", "unknown": "unknown"}


def _branches(scope: Scope, node: Node) -> tuple[Branch, ...]:
    body = block(node)
    found = []
    for child in body.children if body is not None else ():
        if isinstance(child, Node) and child.kind in _ROLES:
            branch = _branch(scope, child)
            if branch is not None:
                found.append(branch)
    return tuple(found)


def _branch(scope: Scope, node: Node) -> Branch | None:
    when = expression_in(scope, node) if node.kind == "when_branch" else None
    target = target_of(scope, node)
    flags = node.child("branch_flags")
    pinned = gaps_of(scope, flags.child("names")) if flags is not None else ()
    label = label_text(scope, node)
    if target is None:
        return None
    span = scope.span(node)
    match node.kind:
        case "otherwise":
            return Branch(target, None, "otherwise", label, pinned, span=span)
        case "unknown":
            return Branch(target, None, "unknown", label, pinned, span=span)
        case _:
            return Branch(target, when, "when", label, pinned, span=span)


# --- boxes ---


def _assess(scope: Scope, definition: Definition) -> Assess:
    found = statements(definition.node)
    measures = [
        name
        for node in found.get("measures", ())
        for name in scope.names_of(node.child("names"), "criterion")
    ]
    return Assess(
        **_common(scope, definition, found),
        measures=tuple(dict.fromkeys(measures)),
        within=_within(scope, found),
        recommendation=recommendation_of(scope, found),
        then=_then(scope, found),
    )


def _decide(scope: Scope, definition: Definition) -> Decide:
    found = statements(definition.node)
    return Decide(
        **_common(scope, definition, found),
        branches=_branches(scope, definition.node),
        first_match="first_match" in found,
        positions=positions_of(scope, found),
        recommendation=recommendation_of(scope, _without_positions(found)),
    )


def _without_positions(found: Statements) -> Statements:
    return {kind: nodes for kind, nodes in found.items() if kind != "position"}


def _choose(scope: Scope, definition: Definition) -> Choose:
    found = statements(definition.node)
    options = [_option(scope, node) for node in found.get("option", ())]
    return Choose(
        **_common(scope, definition, found),
        options=tuple(option for option in options if option is not None),
        with_patient="decided" in found,
        considerations=texts_of(found, "consider"),
        recommendation=recommendation_of(scope, found),
    )


def _option(scope: Scope, node: Node) -> Option | None:
    target = target_of(scope, node)
    when = expression_in(scope, node.child("option_when"))
    label = label_text(scope, node)
    if target is None:
        return None
    preferred = node.token("PREFERRED") is not None
    return Option(target, label, preferred, when, span=scope.span(node))


def _treat(scope: Scope, definition: Definition) -> Treat:
    found = statements(definition.node)
    regimen = one(found, "treat_regimen")
    return Treat(
        **_common(scope, definition, found),
        regimen=scope.name_of(regimen.token("NAME"), "regimen") if regimen is not None else None,
        recommendation=recommendation_of(scope, found),
        monitoring=monitoring_of(scope, definition.node),
        within=_within(scope, found),
        sets=_sets(scope, found),
        then=_then(scope, found),
    )


def _act(scope: Scope, definition: Definition) -> Act:
    found = statements(definition.node)
    return Act(
        **_common(scope, definition, found),
        recommendation=recommendation_of(scope, found),
        monitoring=monitoring_of(scope, definition.node),
        within=_within(scope, found),
        sets=_sets(scope, found),
        then=_then(scope, found),
    )


def _together(scope: Scope, definition: Definition) -> Together:
    found = statements(definition.node)
    nodes = [t for node in found.get("strand", ()) if (t := _strand(scope, node))]
    return Together(
        **_common(scope, definition, found),
        strands=tuple(str(token) for token in scope.distinct(nodes)),
        recommendation=recommendation_of(scope, found),
        then=_then(scope, found),
    )


def _strand(scope: Scope, node: Node) -> Token | None:
    target_of(scope, node)
    inner = node.child("target")
    return inner.token("NAME", "RESUME") if inner is not None else None


def _enter(scope: Scope, definition: Definition) -> Enter:
    found = statements(definition.node)
    pathway = one(found, "enter_pathway")
    return Enter(
        **_common(scope, definition, found),
        pathway=scope.pathway(pathway.token("NAME")) if pathway is not None else None,
        version=version_of(pathway.token("VERSION_VALUE")) if pathway is not None else None,
        sets=_sets(scope, found),
        recommendation=recommendation_of(scope, found),
    )


def _gap(scope: Scope, definition: Definition) -> GapNode:
    found = statements(definition.node)
    gap = gap_of(scope, definition, _then(scope, found))
    return GapNode(
        id=gap.id,
        label=gap.label,
        gap=gap,
        span=gap.span,
        rationale=gap.rationale,
        was=gap.was,
        replaces=gap.replaces,
    )


def _end(scope: Scope, definition: Definition) -> End:
    found = statements(definition.node)
    return End(
        **_common(scope, definition, found),
        recommendation=recommendation_of(scope, found),
    )


_BUILD: dict[str, Callable[[Scope, Definition], Box]] = {
    "assess": _assess,
    "decide": _decide,
    "choose": _choose,
    "treat": _treat,
    "act": _act,
    "together": _together,
    "enter": _enter,
    "gap": _gap,
    "end": _end,
}


def during_of(scope: Scope, node: Node) -> During:
    """What may happen at any time at some boxes."""
    names = node.child("names")
    tokens = scope.distinct(names.tokens_of("NAME")) if names is not None else []
    for token in tokens:
        box = scope.box(token)
        if box is not None and box.kind not in STAYING:
            scope.report(
                "PW207",
                f"`{token}` is {kind_in_words(box.kind)}, where no time passes",
                token,
                "Name assessments, treatments and actions.",
            )
    return During(
        nodes=tuple(map(str, tokens)),
        branches=_branches(scope, node),
        span=scope.span(node),
        **lineage(scope, statements(node)),
    )


def arrived_library_gaps(scope: Scope, boxes: Iterable[Box]) -> tuple[GapNode, ...]:
    """A box for every gap of a library that patients arrive at in this pathway."""
    found: dict[str, GapNode] = {}
    for box in boxes:
        for target in _targets(box):
            definition = scope.peek("gap", target) if target not in scope.nodes else None
            if definition is not None and target not in found and definition.value is not None:
                gap = definition.value
                found[target] = GapNode(id=gap.id, label=gap.label, gap=gap, span=gap.span)
    return tuple(found.values())


def _targets(box: Box) -> Iterable[str]:
    match box:
        case Decide():
            return [branch.target for branch in box.branches]
        case Choose():
            return [option.target for option in box.options]
        case Together():
            return [*box.strands, *([box.then] if box.then else [])]
        case Enter() | End():
            return []
        case _:
            return [box.then] if box.then else []
