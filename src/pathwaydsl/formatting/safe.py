"""Canonical form, checked before it is given out.

What comes out has the same words, the same statements and the same comments as what went in,
and is its own canonical form; otherwise nothing comes out.
"""

from pathwaydsl.formatting.printer import format_file
from pathwaydsl.formatting.trivia import comments_of
from pathwaydsl.syntax.reader import read
from pathwaydsl.syntax.texts import text_value
from pathwaydsl.syntax.tree import Node, Part, SyntaxFile
from pathwaydsl.text.finding import Finding, Outcome, Severity
from pathwaydsl.text.rules import finding
from pathwaydsl.text.source import Source


def formatted(source: Source) -> Outcome[str | None]:
    """The canonical form of a file, or None where it is left alone because of the findings.

    A file with a reading error is left alone: what could not be read could not be kept.
    """
    outcome = read(source)
    file = outcome.value
    if not file.whole or _has_errors(outcome.findings):
        return Outcome(None, outcome.findings)
    text = format_file(file)
    if text == source.text:
        return Outcome(text, outcome.findings)
    difference = _difference(file, text)
    if difference is None:
        return Outcome(text, outcome.findings)
    refused = finding(
        "PW132",
        f"The file was left as it is: its canonical form would not keep {difference}",
        None,
        file=source.name,
        help="This is a mistake of the tool, not of the file: please report it with the file",
    )
    return Outcome(None, (*outcome.findings, refused))


def _has_errors(findings: tuple[Finding, ...]) -> bool:
    return any(found.severity is Severity.ERROR for found in findings)


def _difference(file: SyntaxFile, text: str) -> str | None:
    """What the canonical form changes that it must not, or None."""
    again = read(Source(file.source.name, text))
    if not again.value.whole or _has_errors(again.findings):
        return "the file readable"
    if not _same_tree(file.root, again.value.root):
        return "every statement"
    if list(comments_of(file)) != list(comments_of(again.value)):
        return "every comment in its order"
    if format_file(again.value) != text:
        return "its own form when formatted again"
    return None


def _same_tree(one: Part, other: Part) -> bool:
    """Same kinds, and the same tokens; texts of several lines may stand at another indent."""
    waiting = [(one, other)]
    while waiting:
        a, b = waiting.pop()
        if isinstance(a, Node):
            if not isinstance(b, Node) or a.kind != b.kind or len(a.children) != len(b.children):
                return False
            waiting.extend(zip(a.children, b.children, strict=True))
        elif isinstance(b, Node) or a.type != b.type:
            return False
        elif a != b:
            moved = "\n" in a and text_value(a) == text_value(b)
            if not moved:
                return False
    return True
