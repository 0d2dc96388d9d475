"""Reading on after a mistake (first form: the plain parse)."""

from pathwaydsl.syntax.grammar import parser
from pathwaydsl.syntax.tree import SyntaxFile
from pathwaydsl.text.finding import Outcome
from pathwaydsl.text.source import Source


def recovered(source: Source) -> Outcome[SyntaxFile]:
    return Outcome(SyntaxFile(source, parser().parse(source.text)))
