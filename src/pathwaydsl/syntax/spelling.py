"""Spelling findings."""

from pathwaydsl.syntax.tree import SyntaxFile
from pathwaydsl.text.finding import Finding


def spelling_findings(file: SyntaxFile) -> tuple[Finding, ...]:
    return ()
