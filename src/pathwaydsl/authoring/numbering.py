"""Numbers of releases: the next one, and the head that says which version a file is.

The head is changed in the syntax tree's text and printed again, so that comments stay.
"""

from collections.abc import Iterator

from attrs import frozen

from pathwaydsl.authoring.editing import edited, last_of, stretch_of
from pathwaydsl.formatting.safe import formatted
from pathwaydsl.model.values import PartialDate, Version
from pathwaydsl.syntax.tree import Node, SyntaxFile
from pathwaydsl.text.finding import Edit, Outcome
from pathwaydsl.text.source import Source
from pathwaydsl.text.span import Span
from pathwaydsl.versions import Bump
from pathwaydsl.versions.bump import declared, next_version


@frozen
class Head:
    """What a head is to say.

    Attributes:
        version: The version.
        supersedes: The version before it, or None for the first.
        status: Its status, or None to leave it as it is.
        note: Its change note; "" for none, None to leave it as it is.
        approved: Whether its approvals stay.
    """

    version: Version
    supersedes: Version | None
    status: str | None = None
    note: str | None = None
    approved: bool = True


def bumped(version: Version, bump: Bump, date: PartialDate | None = None) -> Version:
    """The version that a bump leads to.

    A calendar version has one way to go: to the pathway's date, or on within its month.
    """
    if version.calendar:
        if date is not None and date.month is not None:
            begun = Version(date.year, date.month, 0)
            if (begun.major, begun.minor) > (version.major, version.minor):
                return begun
        return Version(version.major, version.minor, version.patch + 1)
    match bump:
        case Bump.MAJOR:
            return Version(version.major + 1, 0, 0)
        case Bump.MINOR:
            return Version(version.major, version.minor + 1, 0)
        case _:
            return Version(version.major, version.minor, version.patch + 1)


def step_between(old: Version, new: Version) -> Bump:
    """How far a number moved; a calendar version that moved at all moved far enough."""
    if new > old and (old.calendar or new.calendar):
        return Bump.MAJOR
    return declared(old, new)


def far_enough(old: Version, required: Bump, date: PartialDate | None = None) -> Version:
    """The number after an old one that is far enough for what changed."""
    step = max(required, Bump.PATCH)
    return bumped(old, step, date) if old.calendar else next_version(old, step)


def next_working(version: Version) -> Version:
    """The number a working file starts with after a release: the smallest that is free."""
    return bumped(version, Bump.PATCH)


def with_head(file: SyntaxFile, head: Head) -> Outcome[str | None]:
    """The canonical text of a file whose pathway has another head; None as `formatted` says.

    Raises:
        ValueError: If the file holds no pathway with a version.
    """
    pathway = file.root.child("pathway")
    block = None if pathway is None else pathway.child("pathway_block")
    if block is None or block.child("version") is None:
        raise ValueError(file.source.name)
    text = edited(file.source.text, _edits(file, block, head))
    outcome = formatted(Source(file.source.name, text))
    if outcome.value is None or "\r\n" not in file.source.text:
        return outcome
    return Outcome(outcome.value.replace("\r\n", "\n").replace("\n", "\r\n"), outcome.findings)


def _edits(file: SyntaxFile, block: Node, head: Head) -> Iterator[Edit]:
    text, name = file.source.text, file.source.name

    def at(start: int, end: int, written: str) -> Edit:
        return Edit(Span(name, start, end), written)

    anchor = block.child("status") or block.child("version")
    if anchor is None:
        return
    added: list[str] = []
    version = block.child("version")
    if version is not None:
        yield at(version.start, version.end, f"version {head.version}")
    status = block.child("status")
    if status is not None and head.status is not None:
        yield at(status.start, status.end, f"status {head.status}")
    supersedes = block.child("supersedes")
    if supersedes is None and head.supersedes is not None:
        added.append(f"supersedes {head.supersedes}")
    elif supersedes is not None and head.supersedes is not None:
        yield at(supersedes.start, supersedes.end, f"supersedes {head.supersedes}")
    gone = [] if head.approved else block.children_of("approved")
    note = block.child("change_note")
    if head.note is not None and note is not None:
        if head.note:
            yield at(note.start, note.end, f"change-note {_text(head.note)}")
        else:
            gone.append(note)
    elif head.note:
        added.append(f"change-note {_text(head.note)}")
    if head.supersedes is None and supersedes is not None:
        gone.append(supersedes)
    if added:
        end = last_of(text, anchor)
        yield at(end, end, "".join(f"\n{statement}" for statement in added) + " ")
    for node in gone:
        yield at(*stretch_of(text, node, block.start + 1), "")


def _text(note: str) -> str:
    """A text as it is written in a file."""
    shown = "".join(
        {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}.get(sign) or _shown(sign)
        for sign in note.strip()
    )
    return f'"{shown}"'


def _shown(sign: str) -> str:
    return sign if sign.isprintable() else f"\\u{{{ord(sign):x}}}"
