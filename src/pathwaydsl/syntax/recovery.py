"""Reading on after a mistake, so that k mistakes give k findings and always a tree.

At a mistake the smallest mend that lets reading go on is tried out first (`repair`); where none
does, the statement is left out up to the next one (an `error` node holds its text).
The parser's stacks are touched here and nowhere else.
"""

import re
from typing import Any

from attrs import evolve
from lark import Token
from lark.exceptions import UnexpectedInput

from pathwaydsl.syntax.braces import with_opening_braces
from pathwaydsl.syntax.first_look import DEEPEST_NESTING, first_look
from pathwaydsl.syntax.grammar import parser
from pathwaydsl.syntax.messages import left_out, open_block
from pathwaydsl.syntax.place import Place, Repair
from pathwaydsl.syntax.repair import TakeBack, best_repair, missing_edition
from pathwaydsl.syntax.tree import Node, SyntaxFile
from pathwaydsl.syntax.trial import Tables
from pathwaydsl.text.finding import Finding, Label, Outcome
from pathwaydsl.text.source import Source

MOST_MISTAKES = 200
"""After so many the rest of a file is left unread."""

NAMES = frozenset({"PW112", "PW113"})
"""A wrong name is one mistake, wherever it stands."""

_WORDS = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_SCAN = re.compile(
    r'"""[^\\"]*(?:(?:\\.|"(?!""))[^\\"]*)*"""|"(?!"")[^"\\\n]*(?:\\.[^"\\\n]*)*"|#[^\n]*'
    r"|(?P<open>\{)|(?P<shut>\})|(?P<word>(?<![^\s{])[a-z][a-z0-9-]*)",
    re.DOTALL,
)
_FILE_WORDS = frozenset(
    [
        "criterion",
        "condition",
        "score",
        "impossible",
        "drug",
        "regimen",
        "evidence",
        "scheme",
        "gap",
        "pathway",
        "case",
        "use",
    ]
)


def recovered(source: Source, nesting: int = DEEPEST_NESTING) -> Outcome[SyntaxFile]:
    """Read a file; what could not be read is left out of the tree and told."""
    look = first_look(source, nesting)
    if not look.readable:
        return Outcome(SyntaxFile(source, Node("start", []), whole=False), look.findings)
    try:
        root: Any = parser().parse(look.text)
    except UnexpectedInput:
        return _read_on(source, look.text, look.findings)
    return Outcome(SyntaxFile(source, root, whole=not look.findings), look.findings)


def _read_on(source: Source, text: str, before: tuple[Finding, ...]) -> Outcome[SyntaxFile]:
    text, opened = with_opening_braces(source, text)
    taken_back = list(opened)
    while True:
        reading = _Reading(source, text)
        try:
            root = reading.run()
        except TakeBack as again:
            text = text[: again.offset] + again.instead + text[again.offset + 1 :]
            taken_back.append(again.finding)
            continue
        findings = (*before, *taken_back, *reading.findings)
        broken = frozenset(reading.broken)
        return Outcome(SyntaxFile(source, root, whole=False, broken=broken), findings)


class _Reading:
    """One parse with its mends."""

    def __init__(self, source: Source, text: str) -> None:
        self.source = source
        self.text = text
        self.tables = Tables(text)
        self.findings: list[Finding] = []
        self.broken: set[str] = set()
        self.interactive: Any = parser().parse_interactive(text)

    def run(self) -> Node:
        last = (-1, 0)
        while True:
            try:
                result: Node = self.interactive.resume_parse()
            except UnexpectedInput as mistake:
                offset = self._offset(mistake)
                stack = len(self.interactive.parser_state.state_stack)
                if len(self.findings) >= MOST_MISTAKES:
                    offset = len(self.text)
                if (offset, stack) == last or len(self.findings) >= MOST_MISTAKES:
                    if not self._leave_out(offset, silent=True):
                        return self._so_far()
                else:
                    last = (offset, stack)
                    self._mend(offset)
            else:
                return result

    def _offset(self, mistake: Any) -> int:
        token = getattr(mistake, "token", None)
        if token is None:
            return int(mistake.pos_in_stream)
        return len(self.text) if token.type == "$END" else int(token.start_pos)

    def _mend(self, offset: int) -> None:
        states = self.interactive.parser_state.state_stack
        if missing := missing_edition(self.source, self.tables, states, offset):
            self.findings.append(missing)
            self._feed("PATHWAYDSL", "pathwaydsl", offset, offset)
            self._feed("NUMERAL", "1", offset, offset)
            self._go_to(offset)
            return
        values = self.interactive.parser_state.value_stack
        repair = best_repair(Place(self.source, self.tables, list(states), values, offset))
        if repair is None:
            self._leave_out(offset, silent=False)
            return
        self._apply(repair, offset)

    def _apply(self, repair: Repair, offset: int) -> None:
        state = self.interactive.parser_state
        for _ in range(repair.drop):
            state.state_stack.pop()
            state.value_stack.pop()
        for kind, text in repair.feed:
            if kind == "NAME" and text:
                self.broken.update((text, self.text[repair.start : repair.end]))
            self._feed(kind, text, repair.start, repair.end)
        self._go_to(max(repair.end, offset) if not repair.drop else repair.end)
        self._tell(repair.finding, offset)

    def _tell(self, told: Finding, statement: int) -> None:
        """Add a finding, unless something was said already about the same line or statement."""
        if told.rule in NAMES and told.span is not None:
            for index, earlier in enumerate(self.findings):
                if (earlier.rule, earlier.message) == (told.rule, told.message):
                    labels = (*earlier.labels, Label(told.span, "here too"))
                    self.findings[index] = evolve(earlier, labels=labels)
                    return
        line = self.text.rfind("\n", 0, told.span.start if told.span else 0) + 1
        first = min(line, statement)
        end = told.span.end if told.span else 0
        if not any(f.span and first <= f.span.start <= end for f in self.findings):
            self.findings.append(told)

    def _leave_out(self, offset: int, *, silent: bool) -> bool:
        """Leave out the statement that cannot be read; False at the end of all recovery."""
        state = self.interactive.parser_state
        states, values = state.state_stack, state.value_stack
        accepted = self.tables.accepts(states)
        dropped: list[Any] = []
        while self.tables.shifted(states, "ERROR") is None:
            if len(states) <= 1:
                return False
            states.pop()
            dropped.insert(0, values.pop())
        start = offset
        for value in dropped:
            begins = value.start if isinstance(value, Node) else value.start_pos
            if begins is not None and begins >= 0:
                start = begins
                break
        end = self._next_statement(list(states), start, offset)
        if not silent:
            block = open_block(values)
            told = left_out(self.source, self.tables, accepted, block, (start, offset))
            self._tell(told, start)
        self.broken.update(_WORDS.findall(self.text[start:end]))
        self._feed("ERROR", self.text[start:end], start, end)
        self._go_to(end)
        return end > start or offset < len(self.text)

    def _next_statement(self, states: list[Any], start: int, offset: int) -> int:
        """Where the next statement begins, or the brace that closes the block."""
        after = self.tables.shifted(states, "ERROR") or states
        depth = 0
        begun = False
        for match in _SCAN.finditer(self.text, start):
            if match["open"]:
                depth += 1
                begun = True
            elif match["shut"]:
                if depth == 0:
                    return match.start() if match.start() > start else match.end()
                depth -= 1
                if depth == 0 and begun and match.end() > offset:
                    return match.end()
            elif match["word"] and match.start() > start:
                column = match.start() - (self.text.rfind("\n", 0, match.start()) + 1)
                first = not self.text[match.start() - column : match.start()].strip()
                if column == 0 and match["word"] in _FILE_WORDS:
                    return match.start()
                if depth == 0 and first and self._opens(after, match.start()):
                    return match.start()
        return len(self.text)

    def _opens(self, states: list[Any], offset: int) -> bool:
        word = self.tables.word(states[-1], offset)
        return word is not None and self.tables.progress(states, offset, 2) >= 2

    def _feed(self, kind: str, text: str, start: int, end: int) -> None:
        token = Token(kind, text, start, end_pos=end)
        self.interactive.feed_token(token)

    def _go_to(self, offset: int) -> None:
        lexer_state = self.interactive.lexer_thread.state
        counter = lexer_state.line_ctr
        counter.char_pos = offset
        counter.line_start_pos = self.text.rfind("\n", 0, offset) + 1
        counter.line = self.text.count("\n", 0, offset) + 1
        counter.column = offset - counter.line_start_pos + 1

    def _so_far(self) -> Node:
        parts = [v for v in self.interactive.parser_state.value_stack if isinstance(v, Node)]
        return Node("start", _flat(parts))


def _flat(parts: list[Any]) -> list[Any]:
    """What was read, without the parser's own list nodes."""
    found: list[Any] = []
    for part in parts:
        found.extend(_flat(part.children) if part.kind.startswith("_") else [part])
    return found
