"""The smallest mend at a mistake that lets reading go on, with the finding that tells it.

Every mend is tried out on the parser's tables before it is made; the one after which most can
be read wins, the likelier kind of slip first.
A mend never guesses a name, a number or a text: a name put in is empty, and later stages are
silent about it.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from attrs import evolve, frozen

from pathwaydsl.model.units import unit_table
from pathwaydsl.syntax.messages import open_block, shown
from pathwaydsl.syntax.tree import Node
from pathwaydsl.syntax.trial import Tables, Word
from pathwaydsl.syntax.words import (
    SIGNS,
    expected_in_words,
    in_words,
    keywords,
    reserved_words,
)
from pathwaydsl.text.finding import Edit, Finding, Fix
from pathwaydsl.text.rules import finding
from pathwaydsl.text.source import Source
from pathwaydsl.text.suggestion import listed, nearest

ENOUGH = 3
"""A mend must let at least so many tokens be read, or all that is left."""

FAR = 7
"""Further than this two mends count the same."""

UNIT_WORDS = unit_table()
_RUN = re.compile(r"""[^\s{}(),"#]+""")
_NAME_LIKE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_CLOSED = frozenset(
    "ROUTE ONCE DAILY WEEKLY MONTHLY TWICE HARM PREFERRED EVERYONE ONE_SIDED TWO_SIDED".split()
)
_FILLERS = ("NAME", "WORD", "TEXT", "NUMERAL", "DATE_VALUE", "VERSION_VALUE", "CODE_VALUE")


@frozen
class Repair:
    """A mend: `drop` tokens taken back, then tokens fed; reading goes on at `end`.

    Attributes:
        likelihood: Subtracted from how far reading goes; smaller is likelier.
        tell: Makes the finding, once the mend is chosen.
    """

    feed: tuple[tuple[str, str], ...]
    start: int
    end: int
    likelihood: float
    tell: Callable[[], Finding]
    drop: int = 0
    needs: int = ENOUGH
    finding: Finding | None = None


class TakeBack(Exception):  # noqa: N818  not an error: read again without that brace
    """The file must be read again without the brace at `offset`."""

    def __init__(self, offset: int, told: Finding) -> None:
        super().__init__(offset)
        self.offset = offset
        self.finding = told


def missing_edition(
    source: Source, tables: Tables, states: list[Any], offset: int
) -> Finding | None:
    """The finding for a file that does not begin with its edition, or None."""
    if len(states) != 1:
        return None
    word = tables.any_word(offset)
    if word is not None and nearest(word.text, ["pathwaydsl"]):
        return None
    end = word.end if word is not None else offset + 1
    return finding(
        "PW105",
        "this file does not say in which edition of the language it is written",
        source.span(offset, min(end, len(source.text))),
        help="write `pathwaydsl 1` as the first line",
        fixes=[Fix("begin with `pathwaydsl 1`", (Edit(source.span(0, 0), "pathwaydsl 1\n\n"),))],
    )


def best_repair(
    source: Source, tables: Tables, states: list[Any], values: list[Any], offset: int
) -> Repair | None:
    """The best mend at `offset`, with its finding, or None where leaving out is better.

    Raises:
        TakeBack: If a brace further up closed a block too early.
    """
    place = _Place(source, tables, states, values, offset)
    best: tuple[float, Repair] | None = None
    for repair in place.candidates():
        stack = states[: len(states) - repair.drop] if repair.drop else states
        after: list[Any] | None = stack
        for kind, _ in repair.feed:
            after = tables.shifted(after, kind) if after is not None else None
        if after is None:
            continue
        far = tables.progress(after, repair.end, FAR)
        if far < repair.needs:
            continue
        score = far - repair.likelihood
        if best is None or score > best[0]:
            best = score, repair
    place.closed_too_early(best[0] if best else 0.0)
    if best is None:
        return None
    return evolve(best[1], finding=best[1].tell())


class _Place:
    """A mistake with everything a mend may need to know."""

    def __init__(
        self, source: Source, tables: Tables, states: list[Any], values: list[Any], offset: int
    ) -> None:
        self.source = source
        self.tables = tables
        self.states = states
        self.values = values
        self.offset = offset
        self.accepted = tables.accepts(states)
        self.word = tables.any_word(offset)
        run = _RUN.match(source.text, offset)
        self.run = run[0] if run else source.text[offset : offset + 1]
        before = source.text[:offset].rstrip()
        self.new_line = "\n" in source.text[len(before) : offset]
        self.previous_end = len(before)

    def candidates(self) -> Iterator[Repair]:
        yield from self.unclosed_text()
        yield from self.unopened_text()
        yield from self.misspelled_word()
        yield from self.foreign_word()
        yield from self.wrong_name()
        yield from self.wrong_sign()
        yield from self.comma_too_many()
        yield from self.unit_that_is_a_target()
        yield from self.left_out_sign()
        yield from self.too_much()
        yield from self.left_out_name()

    # --- one method a kind of slip ---

    def unclosed_text(self) -> Iterator[Repair]:
        text, start = self.source.text, self.offset
        if "TEXT" not in self.accepted or text[start : start + 1] not in {'"', "“", "'"}:
            return
        if self.word is not None and self.word.type == "TEXT":
            return
        if text.startswith('"""', start):
            end = self._end_of_block_text(start)
            value = text[start:end].rstrip().replace('"""', "") or "…"
            feed = f'"""{value}"""'
        else:
            end = self._end_of_line_text(start)
            value = text[start + 1 : end].replace('"', "").replace("\\", "").rstrip("'”")
            feed = f'"{value or "…"}"'
        where = self.source.span(start, max(end, start + 1))
        yield Repair(
            (("TEXT", feed),), start, end, 0.0,
            lambda: finding(
                "PW107", "this text has no closing quotation mark", where,
                help="end it with a quotation mark",
                fixes=[Fix("close the text", (Edit(self.source.span(end, end), '"'),))],
            ),
            needs=0,
        )

    def unopened_text(self) -> Iterator[Repair]:
        """A text whose first quotation mark is missing."""
        if "TEXT" not in self.accepted or self.new_line:
            return
        text, start = self.source.text, self.offset
        line_end = text.find("\n", start)
        rest = text[start : line_end if line_end >= 0 else len(text)]
        if rest.replace('\\"', "").count('"') % 2 == 0 or rest.startswith('"'):
            return
        end = start + rest.index('"') + 1
        where = self.source.span(start, end)
        yield Repair(
            (("TEXT", '"' + text[start:end].replace("\\", "")),), start, end, 0.0,
            lambda: finding(
                "PW107", "this text has no opening quotation mark", where,
                help="begin it with a quotation mark",
                fixes=[Fix("open the text", (Edit(self.source.span(start, start), '"'),))],
            ),
            needs=1,
        )

    def _end_of_line_text(self, start: int) -> int:
        """Where a text without its closing mark most likely ends: so that most can be read."""
        text = self.source.text
        line_end = text.find("\n", start)
        line_end = len(text) if line_end < 0 else line_end
        words = [m.end() for m in re.finditer(r"\S+", text[start + 1 : line_end])]
        ends = [start + 1 + end for end in reversed(words)][:60] or [line_end]
        after = self.tables.shifted(self.states, "TEXT")
        if after is None:
            return ends[0]
        reach = {end: self.tables.progress(after, end, FAR) for end in ends}
        return max(ends, key=lambda end: (reach[end], end))

    def _end_of_block_text(self, start: int) -> int:
        """Where a several-line text that is never closed most likely ends."""
        text = self.source.text
        line = text.rfind("\n", 0, start) + 1
        indent = len(text[line:start]) - len(text[line:start].lstrip())
        position = text.find("\n", start)
        while position >= 0:
            follows = text.find("\n", position + 1)
            content = text[position + 1 : follows if follows >= 0 else len(text)]
            stripped = content.lstrip()
            if stripped and len(content) - len(stripped) <= indent:
                return position
            position = follows
        return len(text)

    def misspelled_word(self) -> Iterator[Repair]:
        match = _NAME_LIKE.match(self.source.text, self.offset)
        if not match:
            return
        words = {keywords()[t]: t for t in self.accepted if t in keywords()}
        meant = nearest(match[0], words) or (
            match[0].lower() if match[0].lower() in words and match[0] not in words else None
        )
        if meant is None:
            return
        where = self.source.span(*match.span())
        fix = Fix(f"write `{meant}`", (Edit(where, meant),))
        closed = words[meant] in _CLOSED
        yield Repair(
            ((words[meant], meant),), match.start(), match.end(), 0.5,
            lambda: finding(
                "PW212" if closed else "PW111",
                f"{shown(match[0])} is not a word of the language",
                where, help=f"did you mean `{meant}`?", fixes=[fix],
            ),
            needs=1,
        )

    def foreign_word(self) -> Iterator[Repair]:
        """A statement whose first word is none: read as the one that fits what follows."""
        match = _NAME_LIKE.match(self.source.text, self.offset)
        if not match or "ERROR" not in self.accepted or match[0] in reserved_words():
            return
        where = self.source.span(*match.span())
        block = open_block(self.values)
        expected = expected_in_words(self.accepted)
        for kind in sorted(self.accepted & keywords().keys()):
            yield Repair(
                ((kind, ""),), match.start(), match.end(), 2.5,
                lambda: finding(
                    "PW111",
                    f"{shown(match[0])} does not begin a statement"
                    + (f" in {block}" if block else ""),
                    where, help=f"here may stand: {listed(expected)}",
                ),
                needs=FAR,
            )

    def wrong_name(self) -> Iterator[Repair]:
        match = _NAME_LIKE.match(self.source.text, self.offset)
        if "NAME" not in self.accepted or not match:
            return
        word = match[0]
        where = self.source.span(*match.span())
        if word in reserved_words():
            better = f"{word}-{self._kind_of_name()}"
            yield Repair(
                (("NAME", word),), match.start(), match.end(), 0.6,
                lambda: finding(
                    "PW112", f"`{word}` is a word of the language and cannot be a name", where,
                    help=f"choose another name, such as `{better}`",
                    fixes=[Fix(f"write `{better}`", (Edit(where, better),))],
                ),
                needs=2 if not self.new_line else FAR,
            )
        elif not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", word):
            better = re.sub(r"[_-]+", "-", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", word)).lower()
            better = better.strip("-")
            yield Repair(
                (("NAME", better),), match.start(), match.end(), 0.4,
                lambda: finding(
                    "PW113", f"`{word}` cannot be a name", where,
                    help="names are small letters and digits joined by hyphens: "
                    f"write `{better}`",
                    fixes=[Fix(f"write `{better}`", (Edit(where, better),))],
                ),
                needs=1,
            )

    def _kind_of_name(self) -> str:
        last = self.values[-1] if self.values else None
        word = str(last) if last is not None and not isinstance(last, Node) else ""
        if word in {"criterion", "regimen", "drug", "scheme", "score", "condition"}:
            return word if word != self.run else "name"
        return "step"

    def wrong_sign(self) -> Iterator[Repair]:
        if self.word is not None and self.word.type in {"TEXT", "RBRACE", "LBRACE", "$END"}:
            return
        run = re.match(r"[^\s\w{}\"#()]+", self.source.text[self.offset : self.offset + 8])
        if self.word is not None and self.word.start == self.offset and _NAME_LIKE.match(self.run):
            return
        piece = run[0] if run else self.run
        start, end = self.offset, self.offset + len(piece)
        where = self.source.span(start, end)
        for kind in ("ARROW", "IS", "EQUAL", "COMMA", "DOTDOT"):
            if kind in self.accepted:
                sign = SIGNS.get(kind) or keywords()[kind]
                yield Repair(
                    ((kind, sign),), start, end, 0.9,
                    lambda sign=sign: finding(  # type: ignore[misc]
                        "PW117", f"{shown(piece)} is not a sign that can stand here", where,
                        help=f"write `{sign}`", fixes=[Fix(f"write `{sign}`", (Edit(where, sign),))],
                    ),
                )

    def comma_too_many(self) -> Iterator[Repair]:
        last = self.values[-1] if self.values else None
        if last is None or isinstance(last, Node) or last.type not in {"COMMA", "AND", "OR"}:
            return
        where = self.source.span(last.start_pos, last.end_pos)
        code = "PW120" if last.type == "COMMA" else "PW110"
        yield Repair(
            (), self.offset, self.offset, 0.2,
            lambda: finding(
                code, f"nothing follows this {'comma' if last.type == 'COMMA' else f'`{last}`'}",
                where, help="take it out, or write what is missing after it",
                fixes=[Fix("take it out", (Edit(where, ""),))],
            ),
            drop=1, needs=1,
        )

    def unit_that_is_a_target(self) -> Iterator[Repair]:
        """`when lvef < 50 cardiology`: the arrow is missing, not the unit wrong."""
        last = self.values[-1] if self.values else None
        if last is None or isinstance(last, Node) or last.type != "UNIT" or last in UNIT_WORDS:
            return
        where = self.source.span(last.start_pos, last.end_pos)
        start = self.source.span(last.start_pos, last.start_pos)
        yield Repair(
            (("ARROW", "->"), ("NAME", str(last))), last.start_pos, self.offset, 0.5,
            lambda: finding(
                "PW110", f"`->` is missing before `{last}`", where, help="write `->` before it",
                fixes=[Fix("write `->`", (Edit(start, "-> "),))],
            ),
            drop=1, needs=1,
        )

    def left_out_sign(self) -> Iterator[Repair]:
        fixed = {**SIGNS, **keywords()}
        at = self.previous_end
        where = self.source.span(at, at)
        seen = self.source.span(max(at - 1, 0), at) if at else where
        for kind in sorted(self.accepted):
            if kind == "RBRACE":
                yield self._unclosed_block()
            elif kind in fixed and kind not in {"NOT", "OR"} and self._adds(kind):
                word = fixed[kind]
                yield Repair(
                    ((kind, word),), self.offset, self.offset,
                    1.0 if kind in SIGNS else 1.3,
                    lambda word=word: finding(  # type: ignore[misc]
                        "PW110", f"`{word}` is missing after {shown(self._line_before())}", seen,
                        help=f"write `{word}` here",
                        fixes=[Fix(f"write `{word}`", (Edit(where, f" {word}"),))],
                    ),
                    needs=ENOUGH if kind != "LBRACE" else 2,
                )

    def _adds(self, kind: str) -> bool:
        """Whether a word may be put in: not one that would open a statement of its own."""
        if kind in SIGNS:
            return True
        after = self.tables.shifted(self.states, kind)
        if after is None:
            return False
        return "ERROR" not in self.accepted

    def _line_before(self) -> str:
        start = self.source.text.rfind("\n", 0, self.previous_end) + 1
        return self.source.text[start : self.previous_end].strip()[-30:]

    def _unclosed_block(self) -> Repair:
        block = open_block(self.values)
        at = self.previous_end
        start = block.start if block else at
        where = self.source.span(start, start + len(block.word)) if block else None
        text = str(block) if block else "this block"
        return Repair(
            (("RBRACE", "}"),), self.offset, self.offset, 0.8,
            lambda: finding(
                "PW108", f"the block of {text} is not closed",
                where or self.source.span(max(at - 1, 0), at),
                help="write `}` on a line of its own where it ends",
                fixes=[Fix("close the block", (Edit(self.source.span(at, at), "\n}"),))],
            ),
            needs=2,
        )

    def too_much(self) -> Iterator[Repair]:
        word = self.word
        if word is not None and word.type == "$END":
            return
        if word is not None and word.start == self.offset:
            end = word.end
        else:
            end = self.offset + max(len(self.run), 1)
        opens = self.new_line and self.run in reserved_words()
        brace = word is not None and word.type in {"LBRACE"}
        if opens or brace:
            return
        piece = self.source.text[self.offset : end]
        where = self.source.span(self.offset, end)
        stray = word is not None and word.type == "RBRACE"
        expected = expected_in_words(self.accepted)
        yield Repair(
            (), self.offset, end, 1.2 if not self.new_line or stray else 3.0,
            lambda: finding(
                "PW109" if stray else "PW110",
                "this brace closes nothing" if stray
                else f"{shown(piece)} does not belong after {shown(self._line_before())}",
                where,
                help="take it out" if stray else f"take it out; here may stand: {listed(expected)}",
                fixes=[Fix("take it out", (Edit(where, ""),))],
            ),
            needs=1 if stray else 2,
        )

    def left_out_name(self) -> Iterator[Repair]:
        """A missing name, number or text: put in empty where a whole block hangs on it."""
        for kind in _FILLERS:
            if kind not in self.accepted:
                continue
            at = self.previous_end
            where = self.source.span(max(at - 1, 0), at)
            filler = {"TEXT": '"…"', "NUMERAL": "1", "WORD": "", "NAME": ""}.get(kind, "")
            wanted = expected_in_words(self.accepted)
            yield Repair(
                ((kind, filler),), self.offset, self.offset, 1.6,
                lambda wanted=wanted: finding(  # type: ignore[misc]
                    "PW110", f"something is missing after {shown(self._line_before())}", where,
                    help=f"here may stand: {listed(wanted)}",
                ),
                needs=2,
            )

    # --- a block that ended too early ---

    def closed_too_early(self, reached: float) -> None:
        """Read again without the last brace, where that lets much more be read.

        Raises:
            TakeBack: If so.
        """
        text = self.source.text
        before = self.previous_end - 1
        if reached >= ENOUGH or before < 0 or self.tables.text[before] != "}":
            return
        if self.run not in keywords().values():
            return
        line = text.rfind("\n", 0, before) + 1
        if text[line:before].strip():
            where = self.source.span(before, before + 1)
        else:
            where = self.source.span(before, before + 1)
        raise TakeBack(
            before,
            finding(
                "PW109",
                f"this brace closes a block too early: {shown(self.run)} follows",
                where,
                help="take it out",
                fixes=[Fix("take it out", (Edit(where, ""),))],
            ),
        )


def word_in_words(word: Word) -> str:
    """A token as a message names it."""
    return in_words(word.type) if word.type in SIGNS else shown(word.text)
