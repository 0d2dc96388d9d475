"""A pathway: its head, its boxes, what may happen during them."""

from pathwaydsl.model.expressions import Expression
from pathwaydsl.model.pathway import STATUSES, Approval, Author, Library, Pathway
from pathwaydsl.model.values import PartialDate, Version
from pathwaydsl.resolve.definitions import impossible_of
from pathwaydsl.resolve.expressions import expression_in
from pathwaydsl.resolve.nodes import arrived_library_gaps, box_of, during_of
from pathwaydsl.resolve.numbers import date_of, version_of
from pathwaydsl.resolve.scope import Definition, Scope
from pathwaydsl.resolve.statements import (
    Statements,
    definition_label,
    lineage,
    listed_word,
    one,
    statements,
    text_of,
)
from pathwaydsl.resolve.words import NODE_KINDS, kind_in_words
from pathwaydsl.syntax.texts import text_value
from pathwaydsl.syntax.tree import Node
from pathwaydsl.text.finding import Label


def boxes_in(scope: Scope, definition: Definition) -> None:
    """Find the names of the boxes of a pathway; a name used twice is a finding."""
    body = next(
        (p for p in definition.node.children if isinstance(p, Node) and p.kind == "pathway_block"),
        None,
    )
    for child in body.children if body is not None else ():
        if not isinstance(child, Node) or child.kind not in NODE_KINDS:
            continue
        token = child.token("NAME")
        if not token:
            continue
        own = Definition(child.kind, token, child, definition.file)
        first = scope.nodes.setdefault(str(token), own)
        if first is not own:
            scope.report(
                "PW202",
                f"Two boxes of this pathway have the name `{token}`",
                token,
                "Give one of them another name.",
                [Label(first.span, f"first here, as {kind_in_words(first.kind)}")],
            )
        elif child.kind == "gap":
            shared = scope.peek("gap", str(token))
            if shared is not None:
                scope.report(
                    "PW202",
                    f"The gap `{token}` is defined twice",
                    token,
                    "Give one of them another name, or keep one.",
                    [Label(shared.span, "defined here too")],
                )


def pathway_of(scope: Scope, definition: Definition, library: Library) -> Pathway:
    """The pathway of a definition; `scope.nodes` holds its boxes by name."""
    node, name = definition.node, definition.name
    found = statements(node)
    boxes = [box_of(scope, own) for own in scope.nodes.values()]
    durings = tuple(during_of(scope, child) for child in found.get("during", ()))
    label = definition_label(scope, node, name)
    extra = arrived_library_gaps(scope, boxes)
    start = one(found, "start_at")
    token = start.token("NAME") if start is not None else None
    scope.box(token)
    grading = one(found, "grading")
    status = one(found, "status")
    eligible, stated = _eligible(scope, found)
    impossible = [impossible_of(scope, child) for child in found.get("impossible", ())]
    return Pathway(
        id=str(name),
        label=label,
        file=scope.file.source.name,
        version=_version(found, "version"),
        date=_date(found, "date"),
        status=listed_word(scope, status.token("WORD"), STATUSES, "status of a pathway")
        if status is not None
        else None,
        supersedes=_version(found, "supersedes"),
        population=text_of(one(found, "population")),
        eligible=eligible,
        eligible_stated=stated,
        start=str(token) if token else None,
        grading=scope.name_of(grading.token("NAME"), "scheme") if grading is not None else None,
        searched_to=_date(found, "searched"),
        license=text_of(one(found, "license")),
        authors=tuple(_author(child) for child in found.get("author", ())),
        approvals=_approvals(scope, found),
        change_note=text_of(one(found, "change_note")),
        impossible=tuple(rule for rule in impossible if rule is not None),
        nodes=(*boxes, *extra),
        durings=durings,
        library=library,
        span=scope.span(name),
        **lineage(scope, found, name),
    )


def _eligible(scope: Scope, found: Statements) -> tuple[Expression | None, bool]:
    when = one(found, "eligible_when")
    if when is not None:
        return expression_in(scope, when), True
    return None, "eligible_everyone" in found


def _version(found: Statements, kind: str) -> Version | None:
    statement = one(found, kind)
    return version_of(statement.token("VERSION_VALUE")) if statement is not None else None


def _date(found: Statements, kind: str) -> PartialDate | None:
    statement = one(found, kind)
    return date_of(statement.token("DATE_VALUE")) if statement is not None else None


def _author(node: Node) -> Author:
    """`author "…" role "…" interests "…"`, each text after its word."""
    parts: dict[str, str] = {}
    word = "AUTHOR"
    for child in node.children:
        if isinstance(child, Node):
            continue
        if child.type == "TEXT":
            parts.setdefault(word, text_value(child))
        else:
            word = child.type
    return Author(parts.get("AUTHOR", ""), parts.get("ROLE", ""), parts.get("INTERESTS", ""))


def _approvals(scope: Scope, found: Statements) -> tuple[Approval, ...]:
    approvals = []
    for node in found.get("approved", ()):
        by, on = text_of(node), date_of(node.token("DATE_VALUE"))
        if by is not None and on is not None:
            approvals.append(Approval(by, on, span=scope.span(node)))
    return tuple(approvals)
