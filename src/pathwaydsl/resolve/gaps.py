"""Evidence gaps, at file level and inside a pathway."""

from pathwaydsl.model.gaps import (
    GAP_KINDS,
    GAP_PRIORITIES,
    GAP_STATUSES,
    Answer,
    Gap,
    Question,
    Study,
)
from pathwaydsl.model.values import PartialDate
from pathwaydsl.resolve.evidence import trial_id
from pathwaydsl.resolve.numbers import date_of
from pathwaydsl.resolve.recommendations import advice_against
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
from pathwaydsl.syntax.tree import Node


def gap_of(scope: Scope, definition: Definition, then: str | None = None) -> Gap:
    """The evidence gap of a definition; `then` is where patients go on to, already resolved."""
    node, name = definition.node, definition.name
    found = statements(node)
    return Gap(
        id=str(name),
        label=definition_label(scope, node, name),
        gap_kind=_word(scope, found, "kind", (*GAP_KINDS, *scope.gap_kinds), "kind of gap"),
        question=_question(one(found, "question")),
        priority=_word(scope, found, "priority", GAP_PRIORITIES, "priority"),
        status=_word(scope, found, "status", GAP_STATUSES, "status of a gap"),
        studied_by=_studies(scope, found),
        answered=_answer(scope, one(found, "answered")),
        owner=text_of(one(found, "owner")),
        raised=_date(found, "raised"),
        review_by=_date(found, "review"),
        meanwhile=text_of(one(found, "meanwhile")),
        then=then,
        against=advice_against(scope, found),
        span=scope.span(name),
        **lineage(scope, found, name),
    )


def file_gap_of(scope: Scope, definition: Definition) -> Gap:
    """A gap at file level, which leads nowhere."""
    then = one(statements(definition.node), "then")
    if then is not None and scope.file.whole:
        scope.report(
            "PW225",
            f"The gap `{definition.name}` stands outside every pathway, so nothing can follow it",
            then,
            "Leave `then` out here, or write the gap inside the pathway.",
        )
    return gap_of(scope, definition)


def _word(
    scope: Scope, found: Statements, kind: str, words: tuple[str, ...], what: str
) -> str | None:
    statement = one(found, kind)
    return listed_word(scope, statement.token("WORD"), words, what) if statement else None


def _date(found: Statements, kind: str) -> PartialDate | None:
    statement = one(found, kind)
    return date_of(statement.token("DATE_VALUE")) if statement is not None else None


def _question(node: Node | None) -> Question | None:
    if node is None:
        return None
    parts: dict[str, str | None] = {}
    for part in node.children_of("question_part"):
        word = part.children[0]
        if not isinstance(word, Node):
            parts.setdefault(word.type.lower(), text_of(part))
    return Question(**parts)


def _studies(scope: Scope, found: Statements) -> tuple[Study, ...]:
    studies = []
    seen = []
    for statement in found.get("studied", ()):
        for item in statement.children_of("trial_item"):
            token = item.token("TRIAL_ID", "CODE_VALUE", "NAME", "TEXT")
            if not token:
                continue
            seen.append(token)
            if token.type == "NAME":
                scope.find(token, "evidence")
                studies.append(Study(evidence=str(token)))
            else:
                studies.append(Study(trial=trial_id(scope, item)))
    scope.distinct(seen)
    return tuple(study for study in studies if study.trial or study.evidence)


def _answer(scope: Scope, node: Node | None) -> Answer | None:
    if node is None:
        return None
    by = scope.name_of(node.token("NAME"), "evidence")
    on = date_of(node.token("DATE_VALUE"))
    return Answer(by, on, span=scope.span(node)) if by is not None and on is not None else None
