"""What many statements share: labels, texts, codes, citations, positions, lineage.

Trees may have been put together by repair: whatever is missing gives None, never an error.
"""

import re
from collections.abc import Mapping
from typing import Any

from pathwaydsl.model.values import Citation, Code, Position
from pathwaydsl.resolve.scope import Scope
from pathwaydsl.resolve.words import kind_in_words, spoken
from pathwaydsl.syntax.texts import text_value
from pathwaydsl.syntax.tree import Node, Token
from pathwaydsl.text.suggestion import listed, nearest

Statements = Mapping[str, list[Node]]
"""The statements of a block by kind, each kind in the order written."""

_NONE: Statements = {}
_CODE = re.compile(r"([a-z][a-z0-9-]*):(\S.*)", re.DOTALL)


def block(node: Node) -> Node | None:
    """The block of a definition, or None when it ends without braces."""
    for part in reversed(node.children):
        if isinstance(part, Node) and part.kind.endswith("_block"):
            return part
    return None


def statements(node: Node | None) -> Statements:
    """The statements of a definition's block."""
    inner = block(node) if node is not None else None
    return grouped(inner) if inner is not None else _NONE


def grouped(node: Node) -> Statements:
    """The child nodes by kind, without those whose first word was a guess of the repair."""
    found: dict[str, list[Node]] = {}
    for part in node.children:
        if isinstance(part, Node) and part.children[0] != "":
            found.setdefault(part.kind, []).append(part)
    return found


def one(found: Statements, kind: str) -> Node | None:
    """The first statement of a kind: repetitions are reported when the file is read."""
    nodes = found.get(kind)
    return nodes[0] if nodes else None


def text_of(node: Node | None) -> str | None:
    """The first text of a statement."""
    token = node.token("TEXT") if node is not None else None
    return text_value(token) if token is not None else None


def texts_of(found: Statements, kind: str) -> tuple[str, ...]:
    """The texts of every statement of a kind."""
    return tuple(text for node in found.get(kind, ()) if (text := text_of(node)) is not None)


def label_text(scope: Scope, node: Node) -> str | None:
    """The label of a statement, or None where there is none; an empty one is a finding."""
    label = node.child("label")
    token = label.token("TEXT") if label is not None else None
    if token is None:
        return None
    value = text_value(token)
    if not value.strip():
        if token:
            scope.report("PW802", "This label is empty", token, "Say it in a few words.")
        return None
    return value


def definition_label(scope: Scope, node: Node, name: Token) -> str:
    """The label of a definition, which must have one; falls back to its name as words."""
    label = label_text(scope, node)
    if label is not None:
        return label
    if node.child("label") is None and _nothing_between(scope, node, name):
        scope.report(
            "PW801",
            f"The {kind_in_words(node.kind).split(' ', 1)[1]} `{name}` has no label",
            name,
            f'Write what readers shall see: `{node.kind} {name} "…"`.',
        )
    return spoken(name)


def _nothing_between(scope: Scope, node: Node, name: Token) -> bool:
    """Whether no label is there, rather than one that could not be read."""
    if scope.file.whole:
        return True
    for part in node.children:
        start = part.start if isinstance(part, Node) else part.start_pos
        if start >= name.end_pos:
            return not scope.file.source.text[name.end_pos : start].strip()
    return False


def reason_of(scope: Scope, node: Node, what: str) -> str:
    """The text after `because`; a missing one is a finding."""
    because = node.child("because")
    text = text_of(because)
    if because is None:
        scope.report(
            "PW229", f"{what} gives no reason", node, 'Add `because "…"`: the reason is shown.'
        )
    return text or ""


def lineage(scope: Scope, found: Statements, name: Token | None = None) -> dict[str, Any]:
    """Rationale and earlier names, as keywords for the model; `name` is the name it has now."""
    fields: dict[str, Any] = {}
    rationale = one(found, "rationale")
    if rationale is not None:
        fields["rationale"] = text_of(rationale)
    was = one(found, "was")
    if was is not None:
        token = was.token("NAME")
        fields["was"] = str(token) if token else None
        if token and name and str(token) == str(name):
            fields["was"] = None
            scope.report(
                "PW239",
                f"`{name}` is said to have been called `{token}` before",
                token,
                "Name what it was called in the last release, or leave `was` out.",
            )
    for replaces in found.get("replaces", ())[:1]:
        names = replaces.child("names")
        if names is not None:
            fields["replaces"] = tuple(map(str, scope.distinct(names.tokens_of("NAME"))))
    return fields


# --- codes, citations, positions ---


def code_of(scope: Scope, token: Token) -> Code | None:
    """A code as written, in quotes or not."""
    written = text_value(token) if token.type == "TEXT" else str(token)
    match = _CODE.fullmatch(written.strip())
    if match is None:
        if written:
            scope.report(
                "PW238",
                "A code is a scheme and a value with a colon between",
                token,
                'Such as `atc:L01FD02`, or `"icd-10:C50 (right)"` in quotes.',
            )
        return None
    return Code(match[1], match[2])


def codes_of(scope: Scope, found: Statements) -> tuple[Code, ...]:
    """The codes of every `code` statement."""
    codes = []
    for statement in found.get("code", ()):
        listing = statement.child("codes")
        for item in listing.children_of("code_item") if listing is not None else ():
            token = item.token("CODE_VALUE", "TEXT")
            code = code_of(scope, token) if token else None
            if code is not None:
                codes.append(code)
    return tuple(codes)


def citations_of(scope: Scope, node: Node | None) -> tuple[Citation, ...]:
    """What a statement with `cite` cites."""
    cites = node.child("cites") if node is not None else None
    if cites is None:
        return ()
    found = []
    seen = []
    for item in cites.children:
        if not isinstance(item, Node):
            if not item:
                break  # a comma that repair put in: what follows was meant as something else
            continue
        token = item.token("NAME", "CODE_VALUE", "TEXT")
        if not token:
            continue
        seen.append(token)
        if token.type == "NAME":
            scope.find(token, "evidence")
            found.append(Citation(evidence=str(token), span=scope.span(token)))
        else:
            code = code_of(scope, token)
            if code is not None:
                found.append(Citation(code=code, span=scope.span(token)))
    scope.distinct(seen)
    return tuple(found)


def all_citations(scope: Scope, found: Statements) -> tuple[Citation, ...]:
    """What the `cite` statements of a block cite."""
    return tuple(c for statement in found.get("cite", ()) for c in citations_of(scope, statement))


def positions_of(scope: Scope, found: Statements) -> tuple[Position, ...]:
    """The positions of a block."""
    positions = []
    for node in found.get("position", ()):
        texts = [text_value(token) for token in node.tokens_of("TEXT")]
        if len(texts) > 1:
            cites = citations_of(scope, node)
            positions.append(Position(texts[0], texts[1], cites, span=scope.span(node)))
    return tuple(positions)


def listed_word(scope: Scope, token: Token | None, words: tuple[str, ...], what: str) -> str | None:
    """A word of a closed list; another one is a finding, and stays as it was written."""
    if not token:
        return None
    word = str(token)
    if word in words:
        return word
    guess = nearest(word, words)
    choices = f"Write {listed(f'`{w}`' for w in words)}."
    scope.report(
        "PW212",
        f"`{word}` is no {what}",
        token,
        f"Did you mean `{guess}`? {choices}" if guess else choices,
        write=guess,
    )
    return word
