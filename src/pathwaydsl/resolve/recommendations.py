"""The recommendation statements of a box, and what is watched meanwhile."""

from pathwaydsl.model.evidence import Scheme
from pathwaydsl.model.gaps import AdviseAgainst
from pathwaydsl.model.recommendations import (
    Balance,
    Monitoring,
    MonitoringStage,
    Rating,
    Recommendation,
    Vote,
)
from pathwaydsl.resolve.levels import level_of, strength_of
from pathwaydsl.resolve.numbers import measured_in, number_of, unit_of, whole_of
from pathwaydsl.resolve.scope import Scope, written_names
from pathwaydsl.resolve.statements import (
    Statements,
    block,
    one,
    positions_of,
    reason_of,
    text_of,
)
from pathwaydsl.resolve.words import TIME_UNITS
from pathwaydsl.syntax.texts import text_value
from pathwaydsl.syntax.tree import Node
from pathwaydsl.text.finding import Label

COMMITTEE = "committee"
"""Who rated when it was the committee itself."""

_EMPTY = Recommendation()
_STATEMENTS = (
    "recommend",
    "advise_against",
    "rated",
    "ungraded",
    "good_practice",
    "supported_by",
    "extrapolates",
    "balance",
    "position",
    "vote",
    "dissent",
    "flags",
)


def recommendation_of(scope: Scope, found: Statements, *, positions: bool = True) -> Recommendation:
    """What is recommended by the statements of a box."""
    written = [node for kind in _STATEMENTS for node in found.get(kind, ())]
    if not written:
        return _EMPTY
    rated = [(_rating(scope, node)) for node in found.get("rated", ())]
    schemes = tuple(scheme for _, scheme in rated if scheme is not None)
    recommend = one(found, "recommend")
    supported = one(found, "supported_by")
    first = min(written, key=lambda node: node.start)
    ungraded, good = one(found, "ungraded"), one(found, "good_practice")
    extrapolates = one(found, "extrapolates")
    return Recommendation(
        strength=strength_of(scope, recommend.token("WORD"), schemes)
        if recommend is not None
        else None,
        against=advice_against(scope, found, schemes),
        ratings=tuple(rating for rating, _ in rated if rating is not None),
        ungraded=_reason(scope, ungraded, "`ungraded`"),
        good_practice=_reason(scope, good, "`good-practice`"),
        evidence=scope.names_of(supported.child("names"), "evidence")
        if supported is not None
        else (),
        extrapolates=_reason(scope, extrapolates, "`extrapolates`"),
        balance=_balance(one(found, "balance")),
        positions=positions_of(scope, found) if positions else (),
        vote=_vote(scope, one(found, "vote")),
        dissent=text_of(one(found, "dissent")),
        flags=flags_of(scope, found),
        span=scope.span(recommend if recommend is not None else first),
    )


def _reason(scope: Scope, node: Node | None, what: str) -> str | None:
    return reason_of(scope, node, what) if node is not None else None


def flags_of(scope: Scope, found: Statements) -> tuple[str, ...]:
    """The gaps that `flags` statements pin."""
    return tuple(
        name for node in found.get("flags", ()) for name in gaps_of(scope, node.child("names"))
    )


def gaps_of(scope: Scope, names: Node | None) -> tuple[str, ...]:
    """The gaps of a list: those of the pathway, then those of its libraries."""
    if names is None:
        return ()
    tokens = scope.distinct(written_names(names))
    for token in tokens:
        own = scope.nodes.get(str(token))
        if own is None or own.kind != "gap":
            scope.find(token, "gap")
    return tuple(map(str, tokens))


def advice_against(
    scope: Scope, found: Statements, schemes: tuple[Scheme, ...] = ()
) -> tuple[AdviseAgainst, ...]:
    """What is advised against."""
    against = []
    for node in found.get("advise_against", ()):
        strength = strength_of(scope, node.token("WORD"), schemes) or ""
        span = scope.span(node)
        text, name = node.token("TEXT"), node.token("NAME")
        if text is not None:
            against.append(AdviseAgainst(strength, text=text_value(text), span=span))
        elif name:
            target = scope.find(name, "drug", "regimen")
            if target is not None and target.kind == "drug":
                against.append(AdviseAgainst(strength, drug=str(name), span=span))
            else:
                against.append(AdviseAgainst(strength, regimen=str(name), span=span))
    return tuple(against)


def _rating(scope: Scope, node: Node) -> tuple[Rating | None, Scheme | None]:
    names = node.tokens_of("NAME")
    if not names or not names[0]:
        return None, None
    scheme = scope.scheme(names[0])
    by = names[1] if len(names) > 1 else None
    if by and by != COMMITTEE:
        scope.find(by, "evidence")
    tokens = [t for v in node.children_of("value") if (t := v.token("WORD", "NAME"))]
    if scheme is not None:
        for token, axis in zip(tokens, scheme.axes, strict=False):
            level_of(scope, token, scheme, axis)
        if len(tokens) > len(scheme.axes) and scheme.axes:
            axes = ", ".join(axis.id for axis in scheme.axes)
            scope.report(
                "PW213",
                f"{scheme.label} has {len(scheme.axes)} "
                f"{'axis' if len(scheme.axes) == 1 else 'axes'}; {len(tokens)} levels stand here",
                tokens[len(scheme.axes)],
                f"Write one level an axis: {axes}.",
            )
    rating = Rating(
        str(names[0]),
        tuple(map(str, tokens)),
        str(by) if by and by != COMMITTEE else None,
        span=scope.span(node),
    )
    return rating, scheme


def _balance(node: Node | None) -> Balance | None:
    if node is None:
        return None
    parts: dict[str, str | None] = {}
    for part in node.children_of("balance_part"):
        word = part.children[0]
        if not isinstance(word, Node):
            parts.setdefault(word.type.lower(), text_of(part))
    return Balance(**parts)


def _vote(scope: Scope, node: Node | None) -> Vote | None:
    if node is None:
        return None
    span = scope.span(node)
    numerals = node.tokens_of("NUMERAL")
    if node.token("FOR") is not None:
        counts = [whole_of(scope, token, "a number of votes") for token in numerals]
        counts += [None] * (3 - len(counts))
        return Vote(counts[0], counts[1], counts[2], span=span)
    share = number_of(numerals[0]) if numerals else None
    unit = node.token("UNIT")
    if unit and unit_of(scope, unit) != "%":
        scope.report("PW208", "A share of votes is given in %", unit, "Write `%`.")
    if share is not None and not 0 <= share <= 100:
        scope.report(
            "PW211", f"A share of votes runs from 0 to 100 %; {share:f} lies outside", numerals[0]
        )
    return Vote(share=share, span=span) if share is not None else None


def monitoring_of(scope: Scope, node: Node) -> tuple[Monitoring, ...]:
    """The `monitor` statements of a box, each with the `then every` that follow it."""
    body = block(node)
    groups: list[tuple[Node, list[Node]]] = []
    before = None
    for child in body.children if body is not None else ():
        if not isinstance(child, Node):
            continue
        if child.kind == "monitor":
            groups.append((child, [child]))
        elif child.kind == "then_every":
            if before in {"monitor", "then_every"} and groups:
                groups[-1][1].append(child)
            elif before != "error":
                labels = [Label(scope.span(groups[-1][0]), "this one?")] if groups else []
                scope.report(
                    "PW235",
                    "`then every` follows no `monitor`",
                    child,
                    "Write it right after its `monitor`.",
                    labels,
                )
        before = child.kind
    return tuple(_monitoring(scope, monitor, stages) for monitor, stages in groups)


def _monitoring(scope: Scope, node: Node, written: list[Node]) -> Monitoring:
    name, text = node.token("NAME"), node.token("TEXT")
    stages = []
    for part in written:
        every = measured_in(scope, part.child("quantity"), TIME_UNITS, "How often")
        for_time = part.child("for_time")
        lasts = None
        if for_time is not None:
            lasts = measured_in(scope, for_time.child("quantity"), TIME_UNITS, "How long")
        if every is not None:
            stages.append(MonitoringStage(every, lasts))
    return Monitoring(
        tuple(stages),
        criterion=scope.name_of(name, "criterion") if name is not None else None,
        text=text_value(text) if text is not None else None,
        span=scope.span(node),
    )
