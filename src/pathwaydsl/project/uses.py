"""Where a name is used: every place in a project that refers to a definition or a node.

One name may belong to several kinds of definition; each has its own answer.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from pathwaydsl.checks.contents import Part, parts
from pathwaydsl.checks.uses import uses_of
from pathwaydsl.model.cases import Chosen, Expect, Given
from pathwaydsl.model.nodes import During, Enter, Within
from pathwaydsl.model.pathway import Document, Library
from pathwaydsl.syntax.tree import SyntaxFile
from pathwaydsl.text.source import Source
from pathwaydsl.text.span import Span


@frozen
class Named:
    """Something that has the name asked about.

    Attributes:
        kind: The keyword that opens its definition, or `gap` for what patients arrive at.
        label: Its label.
        file: The file that defines it.
        span: Where.
        uses: Every place that refers to it, by file and place, each once.
    """

    kind: str
    label: str
    file: str
    span: Span
    uses: tuple[Span, ...]


_KINDS = (
    ("criterion", "criteria"),
    ("condition", "conditions"),
    ("score", "scores"),
    ("drug", "drugs"),
    ("regimen", "regimens"),
    ("evidence", "evidence"),
    ("scheme", "schemes"),
    ("gap", "gaps"),
)
_ARRIVED_AT = "gap"
"""The kind under which places patients arrive at are referred to."""


def find_uses(
    name: str, documents: Mapping[str, Document], files: Mapping[str, SyntaxFile]
) -> tuple[Named, ...]:
    """Everything of that name with where it is used; empty if nothing has it."""
    found: dict[tuple[str, str, str], Named] = {}
    references = tuple(_references(name, documents, files))
    for kind, label, file, span, scope in _definitions(name, documents):
        wanted = _ARRIVED_AT if scope else kind
        places = sorted({p for k, p in references if k == wanted and scope in {None, p.file}})
        found[kind, file, label] = Named(kind, label, file, span, tuple(places))
    return tuple(found.values())


def names_in(documents: Iterable[Document]) -> frozenset[str]:
    """Every name that can be asked about."""
    names: set[str] = set()
    for document in documents:
        for _, attribute in _KINDS:
            names.update(item.id for item in getattr(document.own, attribute))
        if document.pathway is not None:
            names.add(document.pathway.id)
            names.update(node.id for node in document.pathway.nodes)
    return frozenset(names)


def _definitions(
    name: str, documents: Mapping[str, Document]
) -> Iterator[tuple[str, str, str, Span, str | None]]:
    """Kind, label, file, place, and the only file that can refer to it (None: any)."""
    schemes: set[str] = set()
    for file, document in documents.items():
        own: Library = document.own
        for kind, attribute in _KINDS:
            for item in getattr(own, attribute):
                if item.id == name:
                    yield kind, item.label, file, item.span or Span(file, 0, 0), None
        for scheme in document.library.schemes:
            if scheme.id == name and scheme.built_in and name not in schemes:
                schemes.add(name)
                place = scheme.span or Span("", 0, 0)
                yield "scheme", scheme.label, "", place, None
        pathway = document.pathway
        if pathway is None:
            continue
        if pathway.id == name:
            yield "pathway", pathway.label, file, pathway.span or Span(file, 0, 0), None
        for node in pathway.nodes:
            if node.id == name:
                yield node.kind, node.label, file, node.span or Span(file, 0, 0), file


def _references(
    name: str, documents: Mapping[str, Document], files: Mapping[str, SyntaxFile]
) -> Iterator[tuple[str, Span]]:
    word = re.compile(rf"(?<![a-z0-9-]){re.escape(name)}(?![a-z0-9-])")
    for file, document in documents.items():
        syntax = files.get(file)
        if syntax is None or not word.search(syntax.source.text):
            continue
        cases = document.pathway.cases if document.pathway is not None else ()
        start = syntax.source.span(0, 0)
        wholes = _wholes(syntax)
        for part in parts((document.own, document.pathway, cases), default=start):
            for kind in {kind for kind, used in _used(part) if used == name}:
                whole = wholes.get(part.place.start, part.place)
                yield kind, _exact(whole, part.place, kind, word, syntax.source)


def _wholes(syntax: SyntaxFile) -> Mapping[int, Span]:
    """The whole of each definition and box, by where its name stands."""
    found: dict[int, Span] = {}
    for node in syntax.root.walk():
        name = node.token("NAME")
        if name is not None:
            found.setdefault(name.start_pos, syntax.span(node))
    return found


def _used(part: Part) -> Iterator[tuple[str, str | None]]:
    yield from uses_of(part.value)
    match part.value:
        case Enter(pathway=pathway):
            yield "pathway", pathway
        case Within(of=node) | Chosen(option=node):
            yield _ARRIVED_AT, node
        case During(nodes=nodes) | Expect(nodes=nodes):
            for node in nodes:
                yield _ARRIVED_AT, node
        case Given(at=at, during=during):
            yield _ARRIVED_AT, at
            yield _ARRIVED_AT, during
        case _:
            pass


def _exact(whole: Span, place: Span, kind: str, word: re.Pattern[str], source: Source) -> Span:
    """Where within a statement the name stands, as near as its text tells."""
    text = source.text[whole.start : whole.end]
    named = place.start - whole.start if whole != place else -1
    found = [m for m in word.finditer(text) if m.start() > named and _outside_text(text, m)]
    keyword = kind if kind == "regimen" else "then" if kind == _ARRIVED_AT else ""
    after = [m for m in found if keyword and text[: m.start()].rstrip().endswith(keyword)]
    match = next(iter(after or found), None)
    if match is None:
        return place
    return source.span(whole.start + match.start(), whole.start + match.end())


def _outside_text(text: str, match: re.Match[str]) -> bool:
    line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    return line.count('"') % 2 == 0 and "#" not in line
