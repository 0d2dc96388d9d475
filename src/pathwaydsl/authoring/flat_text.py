"""The text of a flattened file, put together from the stretches of the files it came from.

It is not in canonical form yet; comments come along with what they belong to.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from attrs import frozen

from pathwaydsl.authoring.editing import edited, first_of, last_of, stretch_of
from pathwaydsl.formatting.trivia import gap_of
from pathwaydsl.model.evidence import Evidence
from pathwaydsl.model.knowledge import later_than
from pathwaydsl.model.pathway import Library
from pathwaydsl.model.values import PartialDate, Version
from pathwaydsl.syntax.tree import Node, SyntaxFile
from pathwaydsl.text.finding import Edit
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


@frozen
class Changes:
    """What is written differently in the flattened file."""

    date: PartialDate | None
    versions: Mapping[str, Version]

    def of_study(self, study: Evidence, file: SyntaxFile, node: Node) -> Iterator[Edit]:
        """Take out what was published or retracted after the date."""
        late = {
            outcome.span.start
            for outcome in study.outcomes
            if outcome.span is not None and later_than(outcome.published, self.date)
        }
        for block in node.children_of("evidence_block"):
            for statement in block.nodes():
                if statement.kind == "outcome":
                    out = _starts(statement) & late
                elif statement.kind == "retracted":
                    out = {0} if later_than(study.retracted, self.date) else set()
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


def flat_text(
    file: SyntaxFile, files: Mapping[str, SyntaxFile], library: Library, changes: Changes
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


def _own_pieces(file: SyntaxFile, changes: Changes) -> _Own:
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
