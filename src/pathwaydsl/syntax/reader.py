"""Text to syntax tree: the front door of reading.

Reading never fails: what could not be read is in the findings, and the tree holds the rest.
"""

from pathwaydsl.syntax.first_look import DEEPEST_NESTING
from pathwaydsl.syntax.recovery import recovered
from pathwaydsl.syntax.spelling import spelling_findings
from pathwaydsl.syntax.texts import text_value
from pathwaydsl.syntax.tree import Import, SyntaxFile
from pathwaydsl.text.finding import Outcome
from pathwaydsl.text.source import Source


def read(source: Source, *, nesting: int = DEEPEST_NESTING) -> Outcome[SyntaxFile]:
    """Read a file: its tree, and what is wrong with its words, signs and blocks (PW1xx).

    Args:
        source: The file.
        nesting: How deep parentheses and blocks may stand within each other.
    """
    outcome = recovered(source, nesting)
    findings = (*outcome.findings, *spelling_findings(outcome.value))
    return Outcome(outcome.value, tuple(sorted(findings, key=lambda finding: finding.order)))


def imports(file: SyntaxFile) -> tuple[Import, ...]:
    """What a file uses, in the order written."""
    found = []
    for use in file.root.children_of("use"):
        path = use.token("TEXT")
        names = use.child("names")
        if path is not None:
            wanted = tuple(map(str, names.tokens_of("NAME"))) if names is not None else None
            found.append(Import(text_value(path), wanted, file.span(path)))
    return tuple(found)
