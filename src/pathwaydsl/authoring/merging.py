"""Three versions of a file become one, statement by statement, with comments and layout kept.

What only one side changed is taken as that side wrote it. What both changed is put together where
the changes have nothing to do with each other, and shown in both versions where they have.
"""

import re
from collections.abc import Sequence

from attrs import define, field, frozen

from pathwaydsl.authoring.merge_fields import PURE, Clash, pick, put_together
from pathwaydsl.authoring.merge_heads import Opened, taken_apart
from pathwaydsl.authoring.merge_items import (
    FOLDED,
    Block,
    Item,
    comments_in,
    cut,
    ordered,
    signature,
)
from pathwaydsl.authoring.merge_pairs import Slot, in_order, slots_of
from pathwaydsl.authoring.merge_words import said_of
from pathwaydsl.formatting.printer import format_statement
from pathwaydsl.syntax.reader import read
from pathwaydsl.syntax.tree import SyntaxFile
from pathwaydsl.text.finding import Severity
from pathwaydsl.text.source import Source

_OPEN, _CLOSE = "\ue000", "\ue001"
"""Put around what neither side wrote as it stands, until it has its canonical form."""


@frozen
class Merged:
    """A merged text.

    Attributes:
        text: Its lines end with a line feed alone.
        conflicts: What both sides changed, a sentence each; shown in the text with markers.
        order: Whether a list whose order counts is among them.
    """

    text: str
    conflicts: tuple[str, ...] = ()
    order: bool = False


def whole(text: str) -> SyntaxFile | None:
    """The tree of a text without mistakes of reading, or None."""
    outcome = read(Source("merged.pathway", text))
    wrong = any(found.severity is Severity.ERROR for found in outcome.findings)
    return None if wrong or not outcome.value.whole else outcome.value


def merge(base: str, ours: str, theirs: str, *, marker: int = 7) -> Merged | None:
    """Merge two versions of a file that come from one base.

    Args:
        base: The text both come from; empty if both are new.
        ours: One side. Lines of all three end with a line feed alone.
        theirs: The other side.
        marker: How long conflict markers are.

    Returns:
        None where one of them cannot be read, or where there is no place to show a conflict.
    """
    if theirs in {ours, base}:
        return Merged(ours)
    if ours == base:
        return Merged(theirs)
    files = [whole(text) for text in (base if base.strip() else "pathwaydsl 1\n", ours, theirs)]
    old, mine, other = files
    if old is None or mine is None or other is None:
        return None
    marks = not any(sign in base + ours + theirs for sign in (_OPEN, _CLOSE))
    merging = _Merging("=" * marker, marks=marks)
    try:
        text = merging.file(old, mine, other)
    except Clash:
        return None
    plain = text.replace(_OPEN, "").replace(_CLOSE, "") if marks else text
    if merging.conflicts:
        return Merged(plain, tuple(merging.conflicts), order=merging.order)
    if whole(plain) is None:
        return None
    return Merged(_canonical(text, plain, merging.kinds) if marks else plain)


@define
class _Merging:
    """One merge; what it found so far."""

    bar: str
    marks: bool = field(kw_only=True)
    conflicts: list[str] = field(factory=list)
    kinds: list[str] = field(factory=list)
    order: bool = False

    def file(self, base: SyntaxFile, ours: SyntaxFile, theirs: SyntaxFile) -> str:
        """The whole file."""
        old, mine, other = (
            cut(file.root.children, file.source.text, 0, len(file.source.text))
            for file in (base, ours, theirs)
        )
        text = self.block(old, mine, other, (), alone=True)
        return text if text.endswith("\n") else f"{text}\n"

    def block(
        self, base: Block, ours: Block, theirs: Block, path: tuple[Item, ...], *, alone: bool
    ) -> str:
        """The statements of a block, and what stands below them."""
        orders = slots_of(base.items, ours.items, theirs.items)
        pieces = [self.slot(slot, path, alone=alone) for slot in in_order(*orders)]
        return "".join(pieces) + self.lead(base.tail, ours.tail, theirs.tail)

    def lead(self, base: str | None, ours: str, theirs: str) -> str:
        """Blanks and comments after both changes; comments that both changed stay both."""
        ours_said, theirs_said = comments_in(ours), comments_in(theirs)
        said = comments_in(base or "")
        if ours_said == theirs_said:
            return theirs if ours == base else ours
        if theirs_said == said:
            return ours
        if ours_said == said:
            return theirs
        gone = [line for line in said if line not in theirs_said]
        kept = [line for line in ours.split("\n") if line.strip() not in gone]
        new = [
            line
            for line in theirs.split("\n")
            if line.strip() and line.strip() not in [*said, *ours_said]
        ]
        at = len(kept) - 1 if len(kept) > 1 else len(kept)
        return "\n".join([*kept[:at], *new, *kept[at:]])

    def slot(self, slot: Slot[Item], path: tuple[Item, ...], *, alone: bool) -> str:
        """One statement after both changes, with what stands before it; empty if it is gone."""
        base, ours, theirs = slot.base, slot.ours, slot.theirs
        before = len(self.conflicts), len(self.kinds)
        lead = ""
        only = ours if theirs is None else theirs if ours is None else None
        if only is not None and (base is None or only.whole == base.whole):
            return only.lead + only.text if base is None else ""
        try:
            if ours is None or theirs is None:
                raise Clash  # noqa: TRY301  one way out for every clash
            lead = self.lead(base.lead if base else None, ours.lead, theirs.lead)
            return self.body(base, ours, theirs, path, lead=lead, alone=alone)
        except Clash as clash:
            del self.conflicts[before[0] :], self.kinds[before[1] :]
            item = ours or theirs or base
            how = "added" if base is None else "gone" if only is not None else "changed"
            words = str(clash) or (said_of(item, path, how) if item else "")
            if not alone:
                raise Clash(words) from None
            return self.shown(slot, lead, words)

    def body(
        self,
        base: Item | None,
        ours: Item,
        theirs: Item,
        path: tuple[Item, ...],
        *,
        lead: str,
        alone: bool,
    ) -> str:
        """A statement that both sides have, with its lead."""
        if ours.said == theirs.said:
            unchanged = base is not None and ours.text == base.text
            return lead + (theirs.text if unchanged else ours.text)
        if base is not None and theirs.said == base.said:
            return lead + ours.text
        if base is not None and ours.said == base.said:
            return lead + theirs.text
        versions = [item for item in (base, ours, theirs) if item is not None]
        one = versions[0]
        self.order = self.order or one.kind == "ordered"
        if one.kind == "ordered" or any(i.kind != one.kind or i.group > 1 for i in versions):
            raise Clash
        if base is None and one.kind not in PURE:
            raise Clash
        parts = [taken_apart(item) for item in versions]
        if any(part.block is not None for part in parts):
            old, mine, other = parts
            return self.opened(old, mine, other, path, lead=lead, alone=alone)
        heads = [part.head for part in parts]
        text, made = put_together(None if base is None else heads[0], heads[-2], heads[-1])
        return lead + (self.marked(text, one.kind) if made else text)

    def marked(self, text: str, kind: str) -> str:
        """A statement that neither side wrote as it stands."""
        if not self.marks:
            return text
        self.kinds.append(kind)
        return f"{_OPEN}{text}{_CLOSE}"

    def opened(
        self,
        base: Opened,
        ours: Opened,
        theirs: Opened,
        path: tuple[Item, ...],
        *,
        lead: str,
        alone: bool,
    ) -> str:
        """A statement with a block: its head, then what is in it."""
        versions = (base, ours, theirs)
        if any(part.block is None for part in versions):
            said = pick(*(part.block_said for part in versions))
            taken = ours if said == ours.block_said else theirs
            label = pick(base.head.label, ours.head.label, theirs.head.label)
            if label != taken.head.label or ours.head.core[:2] != theirs.head.core[:2]:
                raise Clash
            return lead + taken.item.text
        folded = any(ordered(part.block) for part in versions)
        kind = base.block.kind if base.block is not None else ""
        fold = FOLDED.get(kind, frozenset()) if folded else frozenset[str]()
        old, mine, other = (
            cut(part.inside, part.item.source, part.head_end, part.closing, fold)
            for part in versions
        )
        lines = old.alone and mine.alone and other.alone
        here = (*path, ours.item)
        head = self.head(base, ours, theirs, path, lead=lead, alone=alone and lines)
        inside = self.block(old, mine, other, here, alone=lines)
        behind = pick(*(part.behind.strip() for part in versions))
        text = f"{head}{inside}}}" + (f"  {behind}" if behind else "")
        if lines or self.conflicts:
            return text
        return lead + self.marked(text[len(lead) :], base.item.kind)

    def head(
        self,
        base: Opened,
        ours: Opened,
        theirs: Opened,
        path: tuple[Item, ...],
        *,
        lead: str,
        alone: bool,
    ) -> str:
        """What stands before a block, with its lead, up to the brace that opens it."""
        try:
            text, _ = put_together(base.head, ours.head, theirs.head)
        except Clash:
            words = said_of(ours.item, path, "head")
            if not alone:
                raise Clash(words) from None
            indent = lead[lead.rfind("\n") + 1 :]
            texts = [f"{indent}{part.head_text}\n" for part in (base, ours, theirs)]
            return lead[: lead.rfind("\n") + 1] + self.markers(texts, indent, words)
        return lead + text

    def shown(self, slot: Slot[Item], lead: str, words: str) -> str:
        """Both versions of a statement between markers."""
        present = [item for item in (slot.base, slot.ours, slot.theirs) if item is not None]
        together = len({item.comments for item in present}) == 1 and slot.ours and slot.theirs
        if not together or not lead:
            lead = present[-1].lead
        indent = lead[lead.rfind("\n") + 1 :]
        above = lead[: lead.rfind("\n") + 1]
        if not together:
            blank = re.match(r"\s*\n", lead)
            above = blank.group() if blank else ""
        texts = [
            "" if item is None else _lines(item, comments=not together)
            for item in (slot.base, slot.ours, slot.theirs)
        ]
        return above + self.markers(texts, indent, words)

    def markers(self, texts: Sequence[str], indent: str, words: str) -> str:
        """Conflict markers; the words stand in the middle, so that they go with the markers."""
        base, ours, theirs = texts
        self.conflicts.append(words)
        size = len(self.bar)
        return (
            f"{'<' * size} ours\n{ours}{'|' * size} base\n{indent}# Conflict: {words}.\n{base}"
            f"{self.bar}\n{theirs}{'>' * size} theirs"
        )


def _lines(item: Item, *, comments: bool) -> str:
    """A statement as whole lines, with the comments above it where they differ."""
    if comments:
        return re.sub(r"\A\s*\n", "", item.lead) + item.text + "\n"
    return item.lead[item.lead.rfind("\n") + 1 :] + item.text + "\n"


def _canonical(marked: str, plain: str, kinds: Sequence[str]) -> str:
    """The text with the canonical form of what neither side wrote as it stands."""
    places: list[int] = []
    position = 0
    for character in marked:
        if character == _OPEN:
            places.append(position)
        elif character != _CLOSE:
            position += 1
    file = whole(plain)
    if file is None or not places:
        return plain
    wanted = dict(zip(places, kinds, strict=False))
    pieces: list[str] = []
    done = 0
    for node in file.root.walk():
        if wanted.get(node.start) != node.kind or node.start < done:
            continue
        indent = plain[plain.rfind("\n", 0, node.start) + 1 : node.start]
        if not indent.strip():
            pieces += [plain[done : node.start], format_statement(plain, node, indent)]
            done = node.end
    text = "".join([*pieces, plain[done:]])
    again = whole(text)
    if again is None or signature(again.root, text) != signature(file.root, plain):
        return plain
    return text
