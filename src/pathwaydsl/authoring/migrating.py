"""From an older edition of the language to the one that is read now, a step an edition.

A step edits the text by the places of its syntax tree, so that comments, order and blank lines
stay the author's. After each step the file is read again; what cannot be read, or lost a comment,
is not given out.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from attrs import frozen

from pathwaydsl.authoring.editing import edited
from pathwaydsl.formatting.trivia import comments_of
from pathwaydsl.syntax.edition import EDITION, edition_of, other_edition, place_of_edition
from pathwaydsl.syntax.reader import read
from pathwaydsl.syntax.tree import SyntaxFile
from pathwaydsl.text.finding import Edit, Finding, Outcome, Severity
from pathwaydsl.text.rules import finding
from pathwaydsl.text.source import Source

Reader = Callable[[Source], Outcome[SyntaxFile]]


@frozen
class Step:
    """How a file of one edition becomes one of the next.

    Attributes:
        edition: The edition it starts from.
        says: What it changes, for the person who runs it.
        read: Reads a file of that edition.
        edits: What to change in the text; the number of the edition is changed besides.
    """

    edition: int
    says: str
    read: Reader
    edits: Callable[[SyntaxFile], Iterable[Edit]]


STEPS: tuple[Step, ...] = ()
"""Every step there is, oldest first. The language has one edition, so there is none yet."""


@frozen
class Migrated:
    """A file in the edition of today.

    Attributes:
        text: Its text.
        began: The edition it was written in.
        steps: The steps that were taken; none where it was in this edition already.
    """

    text: str
    began: int
    steps: tuple[Step, ...] = ()


def migrate(
    source: Source, *, steps: Sequence[Step] = STEPS, newest: int = EDITION, reader: Reader = read
) -> Outcome[Migrated | None]:
    """Bring a file to the newest edition; None where it is left alone because of the findings.

    Args:
        source: The file.
        steps: The steps there are.
        newest: The edition to arrive at.
        reader: Reads files of that edition.
    """
    began = edition_of(source.text)
    if began is None or began == newest:
        outcome = reader(source)
        if began is None or _errors(outcome.findings):
            return Outcome(None, outcome.findings)
        return Outcome(Migrated(source.text, began))
    if began > newest:
        found = other_edition(source, newest)
        return Outcome(None, (found,) if found else ())
    by_edition = {step.edition: step for step in steps}
    taken: list[Step] = []
    now = source
    for edition in range(began, newest):
        step = by_edition.get(edition)
        if step is None:
            message = f"There is no way from edition {edition} of the language to the next"
            return Outcome(None, (finding("PW135", message, None, file=source.name),))
        following = by_edition.get(edition + 1)
        outcome = step.read(now)
        if _errors(outcome.findings):
            return Outcome(None, outcome.findings if now is source else (_failed(source, step),))
        result = _after(outcome.value, step, following.read if following else reader)
        if isinstance(result, Finding):
            return Outcome(None, (result,))
        now = result
        taken.append(step)
    return Outcome(Migrated(now.text, began, tuple(taken)))


def _after(file: SyntaxFile, step: Step, reader: Reader) -> Source | Finding:
    """The text after a step, looked at once more, or what keeps it from being used."""
    source = file.source
    start, end = place_of_edition(source.text)
    number = Edit(source.span(start, end), str(step.edition + 1))
    edits = sorted((number, *step.edits(file)), key=lambda e: (e.span.start, e.span.end))
    for one, other in pairwise(edits):
        if other.span.start < one.span.end:
            return _failed(source, step)
    after = Source(source.name, edited(source.text, edits))
    again = reader(after)
    kept = Counter(comments_of(file)) == Counter(comments_of(again.value))
    if _errors(again.findings) or not kept or edition_of(after.text) != step.edition + 1:
        return _failed(source, step)
    return after


def _errors(findings: Iterable[Finding]) -> bool:
    return any(found.severity is Severity.ERROR for found in findings)


def _failed(source: Source, step: Step) -> Finding:
    return finding(
        "PW135",
        f"The file was left as it is: the step from edition {step.edition} to "
        f"{step.edition + 1} would not keep it readable with all its comments",
        None,
        file=source.name,
        help="This is a mistake of the tool, not of the file: please report it with the file",
    )
