"""Comments and blank lines: what stands between two tokens.

Between tokens there is nothing but blanks and comments, so the stretch of text between them
says all there is to know.
"""

from collections.abc import Iterator

from attrs import frozen

from pathwaydsl.syntax.tree import SyntaxFile


@frozen
class Comment:
    """A comment and how it stands.

    Attributes:
        text: From `#` on, without blanks at its end.
        trailing: Whether it ends a line that holds something else.
        after_blank_line: Whether at least one empty line stands above it.
    """

    text: str
    trailing: bool
    after_blank_line: bool


@frozen
class Gap:
    """What stands between two tokens: comments, and whether an empty line comes last."""

    comments: tuple[Comment, ...]
    ends_blank: bool


def gap_of(between: str, *, opens_file: bool = False) -> Gap:
    """Read the stretch between two tokens; at the top of a file no comment is trailing."""
    comments = []
    lines = between.split("\n")
    empty = 0
    for number, line in enumerate(lines):
        written = line.strip()
        if written:
            trailing = number == 0 and not opens_file
            comments.append(Comment(written, trailing, after_blank_line=empty > 0))
            empty = 0
        elif 0 < number < len(lines) - 1:
            empty += 1
    return Gap(tuple(comments), ends_blank=empty > 0)


def comments_of(file: SyntaxFile) -> Iterator[str]:
    """Every comment of a file, in order, without blanks at its end."""
    text = file.source.text
    if "#" not in text:
        return
    position = 0
    for token in file.root.tokens():
        start = token.start_pos
        if text.find("#", position, start) >= 0:
            yield from (comment.text for comment in gap_of(text[position:start]).comments)
        position = token.end_pos
    if text.find("#", position) >= 0:
        yield from (comment.text for comment in gap_of(text[position:]).comments)
