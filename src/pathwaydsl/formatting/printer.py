"""The canonical printer: a syntax tree to text, one statement a line.

The text depends on tokens, comments and empty lines only, never on the blanks between them,
so printing twice gives the same text.
"""

from collections.abc import Sequence

from pathwaydsl.formatting.layout import (
    CLAUSES,
    COMMAS,
    NO_BLANK_AFTER,
    NO_BLANK_BEFORE,
    ONE_A_LINE,
    STEP,
    WIDTH,
    block_of,
    has_commas,
    in_line,
    text_at,
    tokens_of,
    width_of,
)
from pathwaydsl.formatting.trivia import gap_of
from pathwaydsl.syntax.tree import Node, Part, SyntaxFile, Token


def format_file(file: SyntaxFile) -> str:
    """The canonical form of a file that was read whole.

    Line breaks are those of the file's first line, with a carriage return or without.
    """
    source = file.source.text
    printer = _Printer(source)
    printer.statements(file.root.children, "", opens=True)
    printer.close_file()
    text = "".join(printer.out)
    first = source.find("\n")
    return text.replace("\n", "\r\n") if first > 0 and source[first - 1] == "\r" else text


def format_statement(source: str, node: Node, indent: str) -> str:
    """The canonical form of one statement of a text, from its first word to its last.

    Args:
        source: The text; its lines end with a line feed alone.
        node: The statement.
        indent: The blanks at the beginning of its line.
    """
    printer = _Printer(source)
    printer.position = node.start
    printer.statement(node, indent)
    return "".join(printer.out)


class _Printer:
    """Writes a tree token by token; `position` is where the last token written ends."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.out: list[str] = []
        self.position = 0
        # The statement being written: its column, whether the next token needs no blank, the
        # indent at which a line has to begin before it, and whether texts count, and
        # whether one of its conditions was broken.
        self.column = 0
        self.glued = True
        self.break_at: str | None = None
        self.measures_texts = False
        self.broken = False

    # --- statements and blocks ---

    def statements(self, parts: Sequence[Part], indent: str, *, opens: bool) -> None:
        """Write the statements of a block; `opens` says that nothing stands above the first."""
        count = len(parts)
        at = 0
        while at < count:
            first = parts[at]
            end = at + 1
            if isinstance(first, Node) and first.kind == "monitor":
                while end < count and getattr(parts[end], "kind", "") == "then_every":
                    end += 1
            run = parts[at:end]
            at = end
            start = first.start if isinstance(first, Node) else first.start_pos
            self.new_line(start, indent, opens=opens)
            opens = False
            if len(run) == 1 and isinstance(first, Node):
                self.statement(first, indent)
            else:
                self.head(run, indent, "")

    def statement(self, node: Node, indent: str) -> None:
        """Write one statement, with its block if it has one."""
        if node.kind == "axis":
            self.axis(node, indent)
            return
        head, block = block_of(node)
        self.head(head, indent, node.kind)
        if not block:
            return
        opening, closing = block[0], block[-1]
        if isinstance(opening, Node) or isinstance(closing, Node):
            raise TypeError(node.kind)
        self.put(opening, indent + STEP)
        inside = block[1:-1]
        if inside or self.source.find("#", self.position, closing.start_pos) >= 0:
            self.statements(inside, indent + STEP, opens=True)
            self.new_line(closing.start_pos, indent, opens=not inside, closes=True)
        self.out.append(closing)
        self.position = closing.end_pos

    def new_line(self, start: int, indent: str, *, opens: bool, closes: bool = False) -> None:
        """Write what stands before a statement or a closing brace, and begin its line.

        No empty line is kept where `opens` (nothing stands above in the block) or `closes`.
        """
        out = self.out
        between = self.source[self.position : start]
        if "#" not in between:
            if out:
                blank = not opens and not closes and between.count("\n") > 1
                out.append("\n\n" if blank else "\n")
            out.append(indent)
            self.position = start
            return
        inner = indent + STEP if closes else indent
        gap = gap_of(between, opens_file=not out)
        for comment in gap.comments:
            if comment.trailing:
                out.append(f" {comment.text}")
                continue
            if out:
                out.append("\n\n" if comment.after_blank_line and not opens else "\n")
            out.append(inner + comment.text)
            opens = False
        out.append("\n\n" if gap.ends_blank and not opens and not closes else "\n")
        out.append(indent)
        self.position = start

    def close_file(self) -> None:
        """Write the comments below the last statement, and the last line break."""
        rest = self.source[self.position :]
        for comment in gap_of(rest).comments if "#" in rest else ():
            if comment.trailing:
                self.out.append(f" {comment.text}")
            else:
                self.out.append("\n\n" if comment.after_blank_line else "\n")
                self.out.append(comment.text)
        self.out.append("\n")

    # --- one statement ---

    def head(self, parts: Sequence[Part], indent: str, kind: str) -> None:
        """Write a statement, or what stands before its block."""
        tokens = list(tokens_of(parts))
        line = in_line(tokens)
        torn = self.is_torn(tokens)
        if not torn and len(indent) + len(line) <= WIDTH and "\n" not in line:
            self.out.append(line)
            self.position = tokens[-1].end_pos
            self.glued = False
            return
        self.begun(indent)
        self.broken = False
        pad = indent + STEP
        wide = len(indent) + width_of(tokens, prose=True) > WIDTH
        if has_commas(parts) and (torn or wide):
            self.listed(parts, pad, one_a_line=kind in ONE_A_LINE)
            return
        self.part(parts[0], pad)
        for part in parts[1:]:
            self.clause(part, pad, defines=kind == "condition")

    def clause(self, part: Part, pad: str, *, defines: bool) -> None:
        """Write one part of a statement; a clause that fits a line of its own may have it."""
        if isinstance(part, Node):
            if part.kind in CLAUSES:
                fits = len(pad) + width_of(part.tokens(), prose=False) <= WIDTH
                if self.broken or (fits and self.breaks(part)):
                    self.break_before(pad)
            elif defines and part.kind == "expression" and self.breaks(part):
                self.break_before(pad)
        self.part(part, pad)

    def begun(self, indent: str) -> None:
        """Note that a line has begun with nothing on it but its indent."""
        self.column = len(indent)
        self.glued = True

    def break_before(self, pad: str) -> None:
        """Let the next token begin a line, after the comments that belong to this one."""
        self.break_at = pad
        self.begun(pad)

    def part(self, part: Part, pad: str) -> None:
        """Write a node or a token; lines it has to break go on at `pad`."""
        if not isinstance(part, Node):
            self.put(part, pad)
        elif self.breaks(part):
            if part.kind == "chain":
                self.chain(part, pad)
            elif has_commas(part.children):
                self.listed(part.children, pad)
            else:
                for child in part.children:
                    self.part(child, pad)
        else:
            for token in part.tokens():
                self.put(token, pad)

    def breaks(self, node: Node) -> bool:
        """Whether a node is too long for the rest of the line, or holds comments or long texts."""
        if self.is_torn(list(node.tokens())):
            return True
        prose = self.measures_texts or has_commas(node.children)
        width = width_of(node.tokens(), prose=prose)
        return self.column + (not self.glued) + width > WIDTH

    def is_torn(self, tokens: Sequence[Token]) -> bool:
        """Whether comments stand between these tokens."""
        position, end = tokens[0].end_pos, tokens[-1].end_pos
        if self.source.find("#", position, end) < 0:
            return False
        for token in tokens[1:]:
            if self.source.find("#", position, token.start_pos) >= 0:
                return True
            position = token.end_pos
        return False

    def chain(self, node: Node, pad: str) -> None:
        """Write `a and b and c` with a line for each part."""
        self.broken = True
        for part in node.children:
            if not isinstance(part, Node):
                self.break_before(pad)
                self.put(part, pad)
            else:
                self.part(part, pad + STEP)

    def listed(self, parts: Sequence[Part], pad: str, *, one_a_line: bool = False) -> None:
        """Write a list, breaking after commas."""
        outer, self.measures_texts = self.measures_texts, True
        for at, part in enumerate(parts):
            before = parts[at - 1] if at else None
            if getattr(before, "type", "") in COMMAS:
                width = width_of(tokens_of([part]), prose=True) + 2
                if one_a_line or self.column + width > WIDTH:
                    self.break_before(pad)
            self.part(part, pad)
        self.measures_texts = outer

    def axis(self, node: Node, indent: str) -> None:
        """Write an axis: its levels on one line if they fit, else one a line."""
        children = node.children
        opening = next(
            i for i, part in enumerate(children) if getattr(part, "type", "") == "LBRACE"
        )
        head, levels, closing = children[: opening + 1], children[opening + 1 : -1], children[-1]
        line = f"{in_line(tokens_of(head))} {in_line(tokens_of(levels))} }}"
        torn = self.is_torn(list(node.tokens()))
        if not torn and len(indent) + len(line) <= WIDTH and "\n" not in line:
            self.out.append(line)
            self.position = node.end
            return
        self.begun(indent)
        pad = indent + STEP
        for part in head:
            self.part(part, pad)
        for at, part in enumerate(levels):
            if not at or getattr(levels[at - 1], "type", "") in COMMAS:
                self.break_before(pad)
            self.part(part, pad)
        self.break_before(indent)
        for token in tokens_of([closing]):
            self.put(token, indent, comments=pad)

    def put(self, token: Token, pad: str, *, comments: str | None = None) -> None:
        """Write one token after the comments before it; a line they end goes on at `pad`."""
        out = self.out
        kind = token.type
        if self.break_at is not None:
            pad = self.break_at
        between = self.source[self.position : token.start_pos]
        if "#" in between:
            for comment in gap_of(between).comments:
                before = " " if comment.trailing else f"\n{comments or pad}"
                out.append(before + comment.text)
        if "#" in between or self.break_at is not None:
            out.append(f"\n{pad}")
            self.begun(pad)
            self.break_at = None
        if not self.glued and kind not in NO_BLANK_BEFORE:
            out.append(" ")
            self.column += 1
        if "\n" in token:
            out.append(text_at(token, pad.removesuffix(STEP)))
        else:
            out.append(token)
        if kind != "TEXT" or self.measures_texts:
            self.column += width_of([token], prose=True)
        self.glued = kind in NO_BLANK_AFTER
        self.position = token.end_pos
