"""Patient cases: every box, option, gap, criterion and value in them exists."""

from pathwaydsl.model.cases import Case, Chosen, Expect, Given
from pathwaydsl.model.nodes import RESUME, Choose
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.resolve.assignments import assignments_of
from pathwaydsl.resolve.scope import Scope
from pathwaydsl.resolve.statements import block, label_text
from pathwaydsl.resolve.words import kind_in_words
from pathwaydsl.syntax.tree import Node, Token
from pathwaydsl.text.suggestion import listed, nearest

_ARRIVED = frozenset({"treat", "act", "gap", "enter", "end"})
"""What `expect only` counts."""


def case_of(scope: Scope, node: Node, pathway: Pathway | None) -> Case:
    """The case of a definition; `pathway` is the one it walks, None when that is missing."""
    label = label_text(scope, node)
    if label is None and node.child("label") is None and scope.file.whole:
        scope.report(
            "PW801",
            "This case has no label",
            node.children[0],
            'Say who the patient is: `case "New metastatic disease, not treated yet"`.',
        )
    steps: list[Given | Chosen] = []
    expects: list[Expect] = []
    body = block(node)
    for child in body.children if body is not None else ():
        if not isinstance(child, Node):
            continue
        if child.kind.startswith("expect_"):
            expect = _expect(scope, child)
            if expect is not None:
                expects.append(expect)
        else:
            step = _step(scope, child, pathway)
            if step is not None:
                steps.append(step)
    return Case(label or "case", tuple(steps), tuple(expects), span=scope.span(node))


def _step(scope: Scope, node: Node, pathway: Pathway | None) -> Given | Chosen | None:
    token = node.token("NAME")
    span = scope.span(node)
    match node.kind:
        case "given":
            return Given(assignments_of(scope, node), span=span)
        case "at_given":
            _box(scope, token)
            values = assignments_of(scope, node)
            return Given(values, at=str(token), span=span) if token else None
        case "during_given":
            _box(scope, token)
            _watched(scope, token, pathway)
            values = assignments_of(scope, node)
            return Given(values, during=str(token), span=span) if token else None
        case "at_choose":
            return _chosen(scope, node, token, pathway)
        case _:
            return None


def _box(scope: Scope, token: Token | None) -> None:
    """Check a box or a gap of a library that patients arrive at."""
    if token and scope.peek("gap", str(token)) is None:
        scope.box(token)


def _watched(scope: Scope, token: Token | None, pathway: Pathway | None) -> None:
    if not token or pathway is None or str(token) not in scope.nodes or not scope.file.whole:
        return
    if all(str(token) not in during.nodes for during in pathway.durings):
        scope.report(
            "PW228",
            f"No `during` of the pathway names `{token}`, so nothing can happen there",
            token,
            f"Add `{token}` to a `during`, or give the values with `at {token}`.",
        )


def _chosen(
    scope: Scope, node: Node, token: Token | None, pathway: Pathway | None
) -> Chosen | None:
    target = node.child("target")
    option = target.token("NAME", "RESUME") if target is not None else None
    box = scope.box(token)
    if not token or not option:
        return None
    if box is not None and box.kind != "choose":
        scope.report(
            "PW207",
            f"`{token}` is {kind_in_words(box.kind)}; a choice is asked for here",
            token,
        )
    elif box is not None and pathway is not None and scope.file.whole:
        choose = pathway.node.get(str(token))
        options = [o.target for o in choose.options] if isinstance(choose, Choose) else []
        if str(option) not in options:
            guess = nearest(str(option), options)
            shown = f"The options are {listed((f'`{o}`' for o in options), 'and')}."
            scope.report(
                "PW228",
                f"`{option}` is no option of `{token}`",
                option,
                f"Did you mean `{guess}`? {shown}" if guess else shown if options else None,
                write=guess,
            )
    name = RESUME if option.type == "RESUME" else str(option)
    return Chosen(str(token), name, span=scope.span(node))


def _expect(scope: Scope, node: Node) -> Expect | None:
    tokens = [token for token in node.tokens_of("NAME") if token]
    if not tokens:
        return None
    names = tuple(map(str, tokens))
    span = scope.span(node)
    match node.kind:
        case "expect_flagged":
            own = scope.nodes.get(names[0])
            if own is None or own.kind != "gap":
                scope.find(tokens[0], "gap")
            return Expect("flagged", names[:1], span=span)
        case "expect_stuck":
            _box(scope, tokens[0])
            if len(tokens) > 1:
                scope.find(tokens[1], "criterion")
            return Expect("stuck", names[:1], names[1] if len(names) > 1 else None, span=span)
        case "expect_only":
            for token in tokens:
                _arrived(scope, token)
            return Expect("only", names, span=span)
        case kind:
            for token in tokens:
                _box(scope, token)
            if kind == "expect_never":
                return Expect("never", names, span=span)
            if kind == "expect_end":
                return Expect("end-at", names[:1], span=span)
            return Expect("way", names, span=span)


def _arrived(scope: Scope, token: Token) -> None:
    """Check that `only` names what it counts: it would fail for any other box."""
    _box(scope, token)
    box = scope.nodes.get(str(token))
    if box is not None and box.kind not in _ARRIVED:
        scope.report(
            "PW207",
            f"`{token}` is {kind_in_words(box.kind)}, which `expect only` does not count",
            token,
            "Name treatments, actions, gaps, ways into other pathways and ends.",
        )
