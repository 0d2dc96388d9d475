"""Sign-off: the fingerprint of what a committee sees, kept with its approval.

The fingerprint is over the words of the flattened pathway, without approvals and status: these
are what an approval adds. It stands in the comment that belongs to the approval, as
`approved by "…" on 2024-12-20 # sheet 3f2a9c0d1e5b7788`, so that it travels into the release.
"""

import hashlib
import re
from collections.abc import Iterator

from attrs import frozen

from pathwaydsl.authoring.editing import edited, first_of, last_of
from pathwaydsl.syntax.texts import text_value
from pathwaydsl.syntax.tree import Node, Part, SyntaxFile
from pathwaydsl.text.finding import Edit, Finding
from pathwaydsl.text.rules import finding
from pathwaydsl.text.span import Span

DIGITS = 16
"""How many digits of the sum are shown and written."""

_SHEET = re.compile(r"(?<![\w-])sheet ([0-9a-f]{16,64})(?!\w)")
_ADDED_BY_APPROVAL = frozenset({"approved", "status"})


@frozen
class Sheet:
    """An approval, and the fingerprint that stands with it, if one does."""

    approval: Node
    fingerprint: str | None


def fingerprint(file: SyntaxFile) -> str:
    """The fingerprint of a flattened file, in small hexadecimal digits."""
    seen = hashlib.sha256()
    waiting: list[Part] = [file.root]
    while waiting:
        part = waiting.pop()
        if not isinstance(part, Node):
            word = text_value(part) if part.type == "TEXT" else str(part)
            seen.update(f"{part.type} {len(word)} {word}\n".encode())
        elif part.kind == "pathway_block":
            kept = [p for p in part.children if getattr(p, "kind", "") not in _ADDED_BY_APPROVAL]
            waiting.extend(reversed(kept))
        else:
            waiting.extend(reversed(part.children))
    return seen.hexdigest()[:DIGITS]


def sheets(file: SyntaxFile) -> tuple[Sheet, ...]:
    """The approvals of a file's pathway with what was signed."""
    text = file.source.text
    found = []
    for node in _approvals(file):
        comments = text[first_of(text, node, 0) : node.start] + text[node.end : last_of(text, node)]
        match = _SHEET.search(comments)
        found.append(Sheet(node, None if match is None else match[1]))
    return tuple(found)


def signed(file: SyntaxFile) -> dict[int, str]:
    """The fingerprints that stand with approvals, by where each approval begins."""
    return {
        sheet.approval.start: sheet.fingerprint
        for sheet in sheets(file)
        if sheet.fingerprint is not None
    }


def recorded(file: SyntaxFile) -> str:
    """The text of a flattened, canonical file in which every approval says what was signed."""
    return edited(file.source.text, _recording(file, fingerprint(file)))


def other_sheets(working: SyntaxFile, flat: SyntaxFile) -> Iterator[Finding]:
    """Approvals of something else than what a flattened file says.

    Args:
        working: The file in which the approvals stand.
        flat: The same file, flattened, or the file itself if it is a release.
    """
    now = fingerprint(flat)
    for sheet in sheets(working):
        if sheet.fingerprint is None or sheet.fingerprint[:DIGITS] == now:
            continue
        yield finding(
            "PW627",
            f"This approval is for the review sheet {sheet.fingerprint}, but the file is now {now}",
            working.span(sheet.approval),
            help="Bring back what was approved, or have this approved and write its fingerprint",
        )


def _approvals(file: SyntaxFile) -> Iterator[Node]:
    for pathway in file.root.children_of("pathway"):
        for block in pathway.children_of("pathway_block"):
            yield from block.children_of("approved")


def _recording(file: SyntaxFile, now: str) -> Iterator[Edit]:
    text = file.source.text
    for sheet in sheets(file):
        if sheet.fingerprint is None:
            end = last_of(text, sheet.approval)
            comment = f"; sheet {now}" if end > sheet.approval.end else f" # sheet {now}"
            yield Edit(Span(file.source.name, end, end), comment)
