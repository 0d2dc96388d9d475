"""Trying out a mend: how far would reading go from here, if this token stood there?

Nothing is built and nothing is kept: a trial holds only the parser's stack of states.
This and `recovery` are the only places that look inside the parser library.
"""

from typing import Any

from attrs import frozen
from lark.parsers.lalr_analysis import Shift
from lark.utils import TextSlice

from pathwaydsl.syntax.grammar import parser

IGNORED = frozenset({"COMMENT", "BLANK"})


@frozen
class Word:
    """A token seen from a trial: its terminal, its text and its offsets."""

    type: str
    text: str
    start: int
    end: int


class Tables:
    """The parse table and the lexers of the parser, with the text they look at."""

    def __init__(self, text: str) -> None:
        frontend: Any = parser().parser
        self.text = text
        self.slice = TextSlice(text, 0, len(text))
        table: Any = frontend.parser.parser.parse_table
        self.states: dict[Any, dict[str, Any]] = table.states
        self.end: Any = table.end_states["start"]
        self.lexers: dict[Any, Any] = frontend.lexer.lexers
        self.root: Any = frontend.lexer.root_lexer

    def word(self, state: Any, offset: int) -> Word | None:
        """The next token in that state, `$END` at the end, None where nothing fits."""
        return self._match(self.lexers[state], offset)

    def any_word(self, offset: int) -> Word | None:
        """The next token, whatever may stand there."""
        return self._match(self.root, offset)

    def _match(self, lexer: Any, offset: int) -> Word | None:
        while offset < len(self.text):
            found = lexer.match(self.slice, offset)
            if found is None:
                return None
            value, kind = found
            if kind in IGNORED:
                offset += len(value)
                continue
            return Word(kind, str(value), offset, offset + len(value))
        return Word("$END", "", len(self.text), len(self.text))

    def shifted(self, stack: list[Any], terminal: str) -> list[Any] | None:
        """The stack after that token, or None where it may not stand."""
        stack = list(stack)
        while True:
            step = self.states[stack[-1]].get(terminal)
            if step is None:
                return None
            action, argument = step
            if action is Shift:
                stack.append(argument)
                return stack
            size = len(argument.expansion)
            if size:
                del stack[-size:]
            follow = self.states[stack[-1]].get(argument.origin.name)
            if follow is None:
                return None
            stack.append(follow[1])
            if terminal == "$END" and stack[-1] == self.end:
                return stack

    def accepts(self, stack: list[Any]) -> set[str]:
        """Every terminal that may stand next."""
        return {
            name
            for name in self.states[stack[-1]]
            if (name.isupper() or name == "$END") and self.shifted(stack, name) is not None
        }

    def progress(self, stack: list[Any], offset: int, limit: int) -> int:
        """How many tokens can be read from here, at most `limit`; the end counts as `limit`."""
        for count in range(limit):
            word = self.word(stack[-1], offset)
            if word is None:
                return count
            if word.type == "$END":
                return limit if self.shifted(stack, "$END") is not None else count
            after = self.shifted(stack, word.type)
            if after is None:
                return count
            stack, offset = after, word.end
        return limit
