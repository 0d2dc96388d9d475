"""Flattening: one pathway file with every definition it uses, as one canonical text.

A flattened file means what the pathway meant on its own date: results published later stay out,
and each pathway it enters is named with its version. What comes out is read again and has to mean
the same before it is given out.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve, frozen

from pathwaydsl.authoring.editing import edited, first_of, last_of, stretch_of
from pathwaydsl.checks.contents import Part, parts
from pathwaydsl.checks.uses import Use, uses_in
from pathwaydsl.formatting.safe import formatted
from pathwaydsl.formatting.trivia import gap_of
from pathwaydsl.logic.mentioned import mentioned
from pathwaydsl.model.cases import Expect
from pathwaydsl.model.criteria import Impossible
from pathwaydsl.model.evidence import Evidence
from pathwaydsl.model.nodes import Enter
from pathwaydsl.model.nodes import Node as PathwayNode
from pathwaydsl.model.pathway import Document, Library, Pathway
from pathwaydsl.model.values import PartialDate, Version
from pathwaydsl.resolve import ResolveOptions, resolve
from pathwaydsl.syntax.reader import read
from pathwaydsl.syntax.tree import Node, SyntaxFile
from pathwaydsl.text.finding import Edit, Finding, Outcome, Severity
from pathwaydsl.text.rules import finding
from pathwaydsl.text.source import Source
from pathwaydsl.text.span import Span

KINDS = (
    ("criterion", "criteria"),
    ("condition", "conditions"),
    ("score", "scores"),
    ("impossible", "impossible"),
    ("drug", "drugs"),
    ("regimen", "regimens"),
    ("scheme", "schemes"),
    ("evidence", "evidence"),
    ("gap", "gaps"),
)
"""Definitions in the order of a release; those of a kind stand in the order of their ids."""

_SPAN = Span("", 0, 0)
_DEFAULT = ResolveOptions()


@frozen
class Flattened:
    """A pathway file with all it uses.

    Attributes:
        text: The canonical text.
        document: What the text means, read again.
    """

    text: str
    document: Document


def flatten(
    file: SyntaxFile,
    files: Mapping[str, SyntaxFile],
    document: Document,
    *,
    entered: Mapping[str, Version] | None = None,
    options: ResolveOptions = _DEFAULT,
    name: str | None = None,
) -> Outcome[Flattened | None]:
    """A pathway file with every definition it uses, as one canonical text.

    Args:
        file: The file that holds the pathway, read whole and without errors.
        files: Every file of the run by name.
        document: What `file` means.
        entered: The version of each pathway that it enters, where none is written.
        options: The units and kinds of gaps that the project adds.
        name: The name of the new file; that of `file` if None.

    Returns:
        None, with a finding, where the text would not mean the same. That is a mistake of the
        tool: nothing may be written then.
    """
    pathway = document.pathway
    if pathway is None:
        return Outcome(None, (_refused(file.source.name, "there is no pathway in it"),))
    versions = dict(entered or {})
    library = _used_library(pathway)
    target = name or file.source.name
    text = _text(file, files, library, _Changes(pathway.date, versions))
    outcome = formatted(Source(target, text))
    if outcome.value is None:
        return Outcome(None, tuple(f for f in outcome.findings if f.severity is Severity.ERROR))
    again = alone(Source(target, outcome.value), options)
    wanted = _known(evolve(pathway, library=library), versions)
    if any(f.severity is Severity.ERROR for f in again.findings) or not same(
        again.value.pathway, wanted
    ):
        return Outcome(None, (_refused(file.source.name, "it would not mean the same"),))
    return Outcome(Flattened(outcome.value, again.value))


def alone(source: Source, options: ResolveOptions = _DEFAULT) -> Outcome[Document]:
    """What a file means by itself; the pathways that it enters need not be there."""
    outcome = read(source)
    file = outcome.value
    entered = frozenset(
        str(name)
        for node in file.root.walk()
        if node.kind == "enter_pathway"
        for name in node.tokens_of("NAME")
    )
    resolved = resolve({source.name: file}, {}, evolve(options, elsewhere=entered))
    return Outcome(resolved.value[source.name], (*outcome.findings, *resolved.findings))


def same(one: Pathway | None, other: Pathway | None) -> bool:
    """Whether two pathways are equal but for the files they stand in."""
    if one is None or other is None:
        return one is other
    return evolve(one, file="") == evolve(other, file="")


def _refused(name: str, why: str) -> Finding:
    return finding(
        "PW132",
        f"{name} cannot be written with all it uses in one file: {why}",
        None,
        file=name,
        help="This is a mistake of the tool, not of the file: please report it with the file",
    )


# --- what is used ---


def _used_library(pathway: Pathway) -> Library:
    """The definitions that a pathway uses, directly or through others."""
    library = pathway.library
    used: set[Use] = set()
    waiting: list[Use] = list(_uses(parts((pathway, pathway.cases), default=_SPAN)))
    impossible: list[Impossible] = []
    while True:
        while waiting:
            use = waiting.pop()
            if use in used:
                continue
            used.add(use)
            definition = _definition(library, use)
            if definition is not None:
                waiting.extend(_uses(parts(definition, default=_SPAN)))
        more = [
            rule
            for rule in library.impossible
            if rule not in impossible and _in_use(rule, library, used)
        ]
        if not more:
            break
        impossible += more
        waiting.extend(_uses(parts(tuple(more), default=_SPAN)))
    kept: dict[str, Any] = {
        field: tuple(
            item
            for item in getattr(library, field)
            if (kind, item.id) in used or getattr(item, "built_in", False)
        )
        for kind, field in KINDS
        if kind != "impossible"
    }
    rules = tuple(rule for rule in library.impossible if rule in impossible)
    return Library(impossible=rules, **kept)


def _uses(found: Iterable[Part]) -> Iterator[Use]:
    listed = tuple(found)
    yield from uses_in(listed)
    for part in listed:
        if isinstance(part.value, Expect):
            for name in part.value.nodes:
                yield "gap", name


def _definition(library: Library, use: Use) -> object | None:
    kind, name = use
    tables: Mapping[str, Mapping[str, Any]] = {
        "criterion": library.criterion,
        "condition": library.condition,
        "score": library.score,
        "drug": library.drug,
        "regimen": library.regimen,
        "scheme": library.scheme,
        "evidence": library.study,
        "gap": library.gap,
    }
    return tables[kind].get(name)


def _in_use(rule: Impossible, library: Library, used: set[Use]) -> bool:
    """Whether a rule of a library is about criteria that are all in use."""
    asked = mentioned([rule.when], library)
    return all(("criterion", name) in used for name in asked.criteria)


# --- what was known, and which version is entered ---


def _known(pathway: Pathway, versions: Mapping[str, Version]) -> Pathway:
    """The pathway as it was known on its own date, with the versions that it enters."""
    date = pathway.date
    library = evolve(
        pathway.library,
        evidence=tuple(_study_on(study, date) for study in pathway.library.evidence),
    )
    nodes = tuple(_entering(node, versions) for node in pathway.nodes)
    return evolve(pathway, library=library, nodes=nodes)


def _entering(node: PathwayNode, versions: Mapping[str, Version]) -> PathwayNode:
    match node:
        case Enter(pathway=str() as name, version=None) if name in versions:
            return evolve(node, version=versions[name])
        case _:
            return node


def _study_on(study: Evidence, date: PartialDate | None) -> Evidence:
    outcomes = tuple(o for o in study.outcomes if not _later(o.published, date))
    retracted = None if _later(study.retracted, date) else study.retracted
    return evolve(study, outcomes=outcomes, retracted=retracted)


def _later(day: PartialDate | None, date: PartialDate | None) -> bool:
    return day is not None and date is not None and day.earliest > date.latest


@frozen
class _Changes:
    """What is written differently in the flattened file."""

    date: PartialDate | None
    versions: Mapping[str, Version]

    def of_study(self, study: Evidence, file: SyntaxFile, node: Node) -> Iterator[Edit]:
        """Take out what was published or retracted after the date."""
        late = {
            outcome.span.start
            for outcome in study.outcomes
            if outcome.span is not None and _later(outcome.published, self.date)
        }
        for block in node.children_of("evidence_block"):
            for statement in block.nodes():
                if statement.kind == "outcome":
                    out = _starts(statement) & late
                elif statement.kind == "retracted":
                    out = {0} if _later(study.retracted, self.date) else set()
                else:
                    continue
                if out:
                    yield _without(file, statement, block.start + 1)

    def of_pathway(self, file: SyntaxFile, node: Node) -> Iterator[Edit]:
        """Write the version behind each pathway entered without one."""
        for statement in node.walk():
            if statement.kind != "enter_pathway" or statement.token("VERSION_VALUE"):
                continue
            name = statement.token("NAME")
            if name is not None and str(name) in self.versions:
                place = Span(file.source.name, statement.end, statement.end)
                yield Edit(place, f" version {self.versions[str(name)]}")


def _starts(node: Node) -> set[int]:
    """The places by which a statement's model may point at it."""
    name = node.token("NAME")
    return {node.start} if name is None else {node.start, name.start_pos}


def _without(file: SyntaxFile, node: Node, floor: int) -> Edit:
    text = file.source.text
    return Edit(Span(file.source.name, *stretch_of(text, node, floor)), "")


# --- the text ---


def _text(
    file: SyntaxFile, files: Mapping[str, SyntaxFile], library: Library, changes: _Changes
) -> str:
    """Everything in one text, not yet in canonical form."""
    places = {
        (one.source.name, start): (one, node)
        for one in (*files.values(), file)
        for node in one.root.nodes()
        for start in _starts(node)
    }
    own = _own_pieces(file, changes)
    pieces: list[str] = []
    for _, field in KINDS:
        for item in getattr(library, field):
            if getattr(item, "built_in", False) or item.span is None:
                continue
            home, node = places[item.span.file, item.span.start]
            edits: Iterable[Edit] = ()
            if isinstance(item, Evidence):
                edits = changes.of_study(item, home, node)
            if home is file:
                pieces.append(own.definitions[node.start](edits))
            else:
                pieces.append(_piece(home, node, edits))
    text = "\n\n".join(piece for piece in (own.head, *pieces, *own.bodies) if piece.strip())
    return text.replace("\r\n", "\n") + "\n"


def _piece(file: SyntaxFile, node: Node, edits: Iterable[Edit]) -> str:
    """A definition of a library with the comments that belong to it."""
    text = file.source.text
    siblings = file.root.nodes()
    at = next(i for i, one in enumerate(siblings) if one is node)
    floor = siblings[at - 1].end if at else 0
    return edited(text, edits, start=first_of(text, node, floor), end=last_of(text, node))


_Make = Callable[[Iterable[Edit]], str]


@frozen
class _Own:
    """What the working file holds itself: its head, its definitions by place, and the rest."""

    head: str
    definitions: Mapping[int, _Make]
    bodies: tuple[str, ...]


def _own_pieces(file: SyntaxFile, changes: _Changes) -> _Own:
    """The statements of the working file itself, with its comments.

    Comments right above a `use` go with it, unless they open the file; definitions that nothing
    uses stay out, as those of libraries do.
    """
    text = file.source.text
    head: list[str] = []
    definitions: dict[int, _Make] = {}
    bodies: list[str] = []
    position = 0
    for at, node in enumerate(file.root.nodes()):
        begin = first_of(text, node, position)
        end = last_of(text, node)
        loose = _loose(text[position:begin], opens=at == 0)
        position = end
        if node.kind == "edition":
            head += [*loose, text[begin:end]]
        elif node.kind == "use":
            head += [*loose, text[begin : node.start].rstrip() if at == 1 else ""]
        elif node.kind in {"pathway", "case"}:
            edits = changes.of_pathway(file, node) if node.kind == "pathway" else ()
            bodies.append(_maker(text, loose, (begin, end))(edits))
        else:
            definitions[node.start] = _maker(text, loose, (begin, end))
    bodies += _loose(text[position:], opens=False)
    return _Own("\n\n".join(block for block in head if block), definitions, tuple(bodies))


def _maker(text: str, loose: list[str], stretch: tuple[int, int]) -> _Make:
    def make(edits: Iterable[Edit]) -> str:
        written = edited(text, edits, start=stretch[0], end=stretch[1])
        return "\n\n".join((*loose, written))

    return make


def _loose(between: str, *, opens: bool) -> list[str]:
    """Blocks of comments that belong to no statement."""
    blocks: list[list[str]] = []
    for comment in gap_of(between, opens_file=opens).comments:
        if comment.after_blank_line or not blocks:
            blocks.append([])
        blocks[-1].append(comment.text)
    return ["\n".join(block) for block in blocks]
