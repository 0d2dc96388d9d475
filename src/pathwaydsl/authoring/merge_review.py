"""A merged file looked at again: two changes that are right alone may be wrong together.

What neither side has and the merged file has is a clash: a name given twice, an error of the
checks, a case that fails, patients without a way on.
"""

from collections.abc import Iterator, Mapping, Sequence

from attrs import field, frozen

from pathwaydsl.model.pathway import Pathway
from pathwaydsl.syntax.tree import Node, SyntaxFile
from pathwaydsl.text.finding import Finding, Severity
from pathwaydsl.text.span import Span
from pathwaydsl.versions.behaviour import Behaviour, Difference
from pathwaydsl.versions.comparison import compare

MOST_NOTES = 5
"""How many differences of advice are told."""


@frozen
class Looked:
    """One version of the file, read and checked.

    Attributes:
        errors: What is wrong in it and in what it imports.
        pathway: The pathway it holds, or None.
        others: Pathways that it may enter, by id.
        unread: Why it could not be checked, or None.
    """

    errors: tuple[Finding, ...] = ()
    pathway: Pathway | None = None
    others: Mapping[str, Pathway] = field(factory=dict)
    unread: str | None = None


@frozen
class Together:
    """Something that only the two changes together do.

    Attributes:
        message: One sentence without a full stop.
        span: Where it is in the merged file; None where that cannot be said.
    """

    message: str
    span: Span | None


@frozen
class Reviewed:
    """What the second look found.

    Attributes:
        clashes: What has to be settled before the merge is one.
        notes: What else to know, a sentence each; what was not looked at is among them.
    """

    clashes: tuple[Together, ...] = ()
    notes: tuple[str, ...] = ()


def review(merged: Looked, ours: Looked, theirs: Looked) -> Reviewed:
    """Look at a merged file and at what each side does without the other."""
    known = {(f.rule, f.message) for f in (*ours.errors, *theirs.errors)}
    clashes = [
        Together(_together(found), found.span)
        for found in merged.errors
        if found.severity is Severity.ERROR and (found.rule, found.message) not in known
    ]
    notes: list[str] = []
    if merged.unread is not None:
        notes.append(
            "Checks, cases and the advice for patients were not looked at after the merge: "
            f"{merged.unread}. Run `pathwaydsl check` when git is done"
        )
    elif not clashes and merged.pathway is not None:
        found, notes = _advice(merged, ours, theirs)
        clashes += found
    return Reviewed(tuple(clashes), tuple(notes))


def _together(found: Finding) -> str:
    return f"Only the two changes together do this: {_flat(found.message)} ({found.rule})"


def _flat(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


def _advice(merged: Looked, ours: Looked, theirs: Looked) -> tuple[list[Together], list[str]]:
    """Whose advice is another one than on each side."""
    sides: list[Behaviour] = []
    for side, whose in ((ours, "yours"), (theirs, "theirs")):
        if side.pathway is None or merged.pathway is None or side.unread is not None:
            return [], [f"The advice for patients was not compared with {whose}"]
        compared = compare(
            side.pathway, merged.pathway, old_others=side.others, new_others=merged.others
        )
        if compared.behaviour is None:
            return [], [f"The advice for patients was not compared with {whose}"]
        sides.append(compared.behaviour)
    clashes = [
        Together(
            f"Only the two changes together leave somebody without a way on at "
            f"“{_flat(one.subject.label)}”: {_flat(one.whom.words)}",
            _span_of(merged.pathway, one.subject.id),
        )
        for one in _in_both(sides)
        if one.subject.kind == "none"
    ]
    notes = [] if clashes else [_said(one) for one in _in_both(sides)]
    if len(notes) > MOST_NOTES:
        more = len(notes) - MOST_NOTES
        notes = [*notes[:MOST_NOTES], f"There are {more} more such differences"]
    if not all(side.decided for side in sides):
        notes.append("Whether the changes together do something else was not decided")
    return clashes, notes


def _in_both(sides: Sequence[Behaviour]) -> Iterator[Difference]:
    """Who gains or loses something that they do not gain or lose on either side."""
    first, second = sides
    there = {(one.kind, one.subject.kind, one.subject.id) for one in second.differences}
    for one in first.differences:
        if one.kind != "replaced" and (one.kind, one.subject.kind, one.subject.id) in there:
            yield one


def _said(one: Difference) -> str:
    verb = "come to" if one.kind == "gained" else "no longer come to"
    label = _flat(one.subject.label)
    return f"Other than on either side, these {verb} “{label}”: {_flat(one.whom.words)}"


def _span_of(pathway: Pathway | None, name: str) -> Span | None:
    node = pathway.node.get(name) if pathway is not None else None
    return node.span if node is not None else None


def noted(file: SyntaxFile, clashes: Sequence[Together]) -> str:
    """The text of a file with a comment above each statement that a clash is about."""
    text = file.source.text
    places: dict[int, list[str]] = {}
    for clash in clashes:
        span = clash.span
        if span is None or span.file != file.source.name:
            continue
        at = _line_above(file.root, text, span.start)
        line = f"# Conflict: {_flat(clash.message)}."
        if at is not None and line not in places.setdefault(at, []):
            places[at].append(line)
    pieces: list[str] = []
    done = 0
    for at in sorted(places):
        start = text.rfind("\n", 0, at) + 1
        pieces += [text[done:start], *(f"{text[start:at]}{line}\n" for line in places[at])]
        done = start
    return "".join([*pieces, text[done:]])


def _line_above(root: Node, text: str, place: int) -> int | None:
    """Where the innermost statement begins that holds a place and begins a line."""
    found = None
    for node in root.walk():
        if node.start <= place < node.end and node is not root:
            start = text.rfind("\n", 0, node.start) + 1
            if not text[start : node.start].strip():
                found = node.start
    return found
