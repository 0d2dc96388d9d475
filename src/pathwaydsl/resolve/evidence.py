"""Evidence with its results, and the schemes that grade it."""

from typing import get_args

from pathwaydsl.model.evidence import (
    EVIDENCE_KINDS,
    Arm,
    Axis,
    Bound,
    Certainty,
    Estimate,
    EstimateKind,
    Events,
    Evidence,
    Interval,
    Level,
    PValue,
    Result,
    Scheme,
    TrialId,
)
from pathwaydsl.model.values import PartialDate
from pathwaydsl.resolve.expressions import expression_in
from pathwaydsl.resolve.levels import level_of
from pathwaydsl.resolve.numbers import date_of, number_of, quantity_of, unit_of, whole_of
from pathwaydsl.resolve.scope import Definition, Scope
from pathwaydsl.resolve.statements import (
    Statements,
    all_citations,
    code_of,
    definition_label,
    label_text,
    lineage,
    listed_word,
    one,
    reason_of,
    statements,
    text_of,
    texts_of,
)
from pathwaydsl.resolve.words import spoken
from pathwaydsl.syntax.texts import text_value
from pathwaydsl.syntax.tree import Node, Token
from pathwaydsl.text.finding import Label

ESTIMATES: tuple[EstimateKind, ...] = get_args(EstimateKind)
"""Kinds of effects, as authors write them."""


def evidence_of(scope: Scope, definition: Definition) -> Evidence:
    """The evidence of a definition."""
    node, name = definition.node, definition.name
    found = statements(node)
    kind = one(found, "kind")
    trial = one(found, "trial")
    phase = trial.child("phase_of_trial") if trial is not None else None
    phase_token = phase.token("PHASE_VALUE") if phase is not None else None
    enrolled = one(found, "enrolled")
    compares = one(found, "compares_arms")
    texts = [text_value(t) for t in compares.tokens_of("TEXT")] if compares is not None else []
    results: dict[str, Result] = {}
    for statement in found.get("outcome", ()):
        result = _result(scope, statement)
        if result is None:
            continue
        first = results.setdefault(result.id, result)
        if first is not result:
            scope.report(
                "PW202",
                f"`{name}` has the outcome `{result.id}` twice",
                statement.token("NAME") or statement,
                "Give one of them another name.",
                [Label(first.span, "first here")] if first.span is not None else (),
            )
    return Evidence(
        id=str(name),
        label=definition_label(scope, node, name),
        kind=listed_word(scope, kind.token("WORD"), EVIDENCE_KINDS, "kind of evidence")
        if kind is not None
        else None,
        trial=trial_id(scope, trial.child("trial_item")) if trial is not None else None,
        phase=str(phase_token) if phase_token else None,
        enrolled=whole_of(scope, enrolled.token("NUMERAL"), "the number of patients")
        if enrolled is not None
        else None,
        published=_date(found, "published"),
        compares=(texts[0], texts[1]) if len(texts) > 1 else None,
        eligible=expression_in(scope, one(found, "eligible_when")),
        outcomes=tuple(results.values()),
        cites=all_citations(scope, found),
        retracted=_date(found, "retracted"),
        span=scope.span(name),
        **lineage(scope, found, name),
    )


def _date(found: Statements, kind: str) -> PartialDate | None:
    statement = one(found, kind)
    return date_of(statement.token("DATE_VALUE")) if statement is not None else None


def trial_id(scope: Scope, item: Node | None) -> TrialId | None:
    """A registry id; whether it is well formed is a question of its own."""
    token = item.token("TRIAL_ID", "CODE_VALUE", "NAME", "TEXT") if item is not None else None
    if not token:
        return None
    span = scope.span(token)
    if token.type in {"CODE_VALUE", "TEXT"}:
        written = text_value(token) if token.type == "TEXT" else str(token)
        if ":" not in written:
            return TrialId("nct", written, span=span)
        code = code_of(scope, token)
        return TrialId(code.scheme, code.value, span=span) if code is not None else None
    return TrialId("nct", str(token), span=span)


# --- results ---


def _result(scope: Scope, node: Node) -> Result | None:
    name = node.token("NAME")
    if not name:
        return None
    found = statements(node)
    p_value = one(found, "p_value")
    events = [_events(scope, statement) for statement in found.get("events", ())]
    arms = [_arm(scope, statement) for statement in found.get("arm", ())]
    return Result(
        id=str(name),
        label=definition_label(scope, node, name),
        harm=node.token("HARM") is not None,
        published=_date(found, "published"),
        assessed_by=text_of(one(found, "assessed")),
        clock_from=text_of(one(found, "clock")),
        arms=tuple(arm for arm in arms if arm is not None),
        events=tuple(event for event in events if event is not None),
        estimate=_estimate(scope, one(found, "estimate")),
        p=_p(scope, p_value) if p_value is not None else None,
        follow_up=quantity_of(scope, _quantity(one(found, "follow_up"))),
        immature="immature" in found,
        descriptive="descriptive" in found,
        exploratory="exploratory" in found,
        certainty=_certainty(scope, one(found, "certainty")),
        notes=texts_of(found, "note"),
        cites=all_citations(scope, found),
        span=scope.span(name),
        **lineage(scope, found, name),
    )


def _quantity(node: Node | None) -> Node | None:
    return node.child("quantity") if node is not None else None


def _bound(node: Node | None) -> Bound | None:
    if node is None:
        return None
    if node.token("REACHED") is not None:
        return Bound(None)
    number = number_of(node.token("NUMERAL"))
    return Bound(number) if number is not None else None


def _interval(node: Node | None) -> Interval | None:
    bounds = [_bound(child) for child in node.children_of("bound")] if node is not None else []
    if len(bounds) < 2 or bounds[0] is None or bounds[1] is None:
        return None
    return Interval(bounds[0], bounds[1])


def _one_unit(scope: Scope, *nodes: Node | None) -> str | None:
    """The unit of a value and its interval, written once, at the end."""
    tokens = [token for node in nodes if node is not None for token in _units_below(node)]
    names = [unit_of(scope, token) for token in tokens]
    if len(set(names)) > 1:
        scope.report(
            "PW208",
            f"One result is given in {names[0]} and in {names[1]}",
            tokens[1],
            "Write the unit once, at the end.",
        )
    return names[-1] if names else None


def _units_below(node: Node) -> list[Token]:
    found = node.tokens_of("UNIT")
    for child in node.children_of("bound"):
        found.extend(child.tokens_of("UNIT"))
    return found


def _arm(scope: Scope, node: Node) -> Arm | None:
    name = text_of(node)
    if name is None:
        return None
    bound, interval = node.child("bound"), node.child("interval")
    return Arm(
        name,
        value=_bound(bound),
        interval=_interval(interval),
        unit=_one_unit(scope, bound, interval),
        events=_events(scope, node.child("arm_events")),
        span=scope.span(node),
    )


def _events(scope: Scope, node: Node | None) -> Events | None:
    if node is None:
        return None
    counts = [whole_of(scope, t, "a number of patients") for t in node.tokens_of("NUMERAL")]
    if len(counts) < 2 or counts[0] is None or counts[1] is None:
        return None
    return Events(counts[0], counts[1], span=scope.span(node))


def _estimate(scope: Scope, node: Node | None) -> Estimate | None:
    if node is None or isinstance(node.children[0], Node):
        return None
    kind = next((kind for kind in ESTIMATES if kind == node.children[0]), None)
    number = number_of(node.token("NUMERAL"))
    interval = node.child("interval")
    unit = _one_unit(scope, node, interval)
    if kind is None or number is None:
        return None
    if unit is not None and kind != "difference":
        scope.report("PW208", "A ratio has no unit", node, "Leave the unit out.")
        unit = None
    return Estimate(kind, number, _interval(interval), unit, span=scope.span(node))


def _p(scope: Scope, node: Node) -> PValue | None:
    number = number_of(node.token("NUMERAL"))
    if number is None:
        return None
    sides = 1 if node.token("ONE_SIDED") else 2 if node.token("TWO_SIDED") else None
    return PValue(number, node.token("LESS") is not None, sides, span=scope.span(node))


def _certainty(scope: Scope, node: Node | None) -> Certainty | None:
    token = node.token("WORD") if node is not None else None
    if node is None or not token:
        return None
    because = reason_of(scope, node, "This certainty")
    grade = scope.peek("scheme", "grade")
    if grade is not None and grade.value.axes:
        level_of(scope, token, grade.value, grade.value.axes[0])
    return Certainty(str(token), because, span=scope.span(node))


# --- schemes ---


def scheme_of(scope: Scope, definition: Definition, *, built_in: bool = False) -> Scheme:
    """The grading scheme of a definition."""
    node, name = definition.node, definition.name
    found = statements(node)
    axes: dict[str, Axis] = {}
    for statement in found.get("axis", ()):
        token = statement.token("AXIS_NAME")
        if not token:
            continue
        axis = Axis(str(token), _levels(scope, statement), span=scope.span(token))
        first = axes.setdefault(axis.id, axis)
        if first is not axis:
            scope.report(
                "PW202",
                f"`{name}` has the axis `{token}` twice",
                token,
                "Give one of them another name.",
                [Label(first.span, "first here")] if first.span is not None else (),
            )
    if not axes and definition.file.whole:
        scope.report(
            "PW218",
            f"`{name}` has no levels",
            name,
            'Write an axis from best to worst: `axis certainty { high "…", low "…" }`.',
        )
    return Scheme(
        id=str(name),
        label=definition_label(scope, node, name),
        axes=tuple(axes.values()),
        built_in=built_in,
        span=scope.span(name),
        **lineage(scope, found, name),
    )


def _levels(scope: Scope, node: Node) -> tuple[Level, ...]:
    levels: dict[str, Level] = {}
    for child in node.children_of("level"):
        token = child.token("WORD", "NAME")
        if not token:
            continue
        label = label_text(scope, child)
        level = Level(str(token), label or spoken(token), span=scope.span(token))
        first = levels.setdefault(level.id, level)
        if first is not level:
            scope.report(
                "PW202",
                f"The level `{token}` stands twice on this axis",
                token,
                "Leave it out here.",
                [Label(first.span, "first here")] if first.span is not None else (),
            )
    return tuple(levels.values())
