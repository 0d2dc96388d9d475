"""Patient cases in words: what is expected of the pathway, and folded below it the whole way.

A pathway may have dozens of cases, so a page shows of each what it says in a line or two.
"""

from collections.abc import Iterable, Iterator
from typing import assert_never

from pathwaydsl.cases.walk import Walk
from pathwaydsl.cases.walker import walk
from pathwaydsl.model.cases import Case, Chosen, Expect, Given
from pathwaydsl.model.nodes import Assignment
from pathwaydsl.model.wording import assignment_in_words, subject_label
from pathwaydsl.pages import anchors
from pathwaydsl.pages.contents import Contents
from pathwaydsl.pages.document import (
    Block,
    Folded,
    Item,
    Line,
    Listing,
    Paragraph,
    Piece,
    Section,
    Words,
    joined,
    plain,
)


def cases(contents: Contents) -> tuple[Section, ...]:
    """A section for each case, in the order written."""
    return tuple(
        _case(contents, case, number) for number, case in enumerate(contents.pathway.cases, 1)
    )


def _case(contents: Contents, case: Case, number: int) -> Section:
    blocks: list[Block] = []
    if case.expects:
        items = tuple(Item((Paragraph(expected(contents, each)),)) for each in case.expects)
        blocks.append(Listing(items, role="expected"))
    walked = walk(contents.pathway, case)
    inside: list[Block] = []
    if case.steps:
        inside.append(Paragraph((Words("What is known", "strong"),), "heading"))
        items = tuple(Item(tuple(_step(contents, step))) for step in case.steps)
        inside.append(Listing(items, numbered=True, role="patient"))
    inside += _way(contents, walked)
    if inside:
        count = len(walked.steps)
        title = f"The patient and the way, {count} {'step' if count == 1 else 'steps'}"
        blocks.append(Folded(title, tuple(inside)))
    anchor = anchors.section(contents.id, f"case-{number}")
    return Section(anchor, case.label, tuple(blocks), role="case")


def _way(contents: Contents, walked: Walk) -> Iterator[Block]:
    """The way of the patient in words, with the reason at each step, and why it goes no further."""
    for misfit in walked.misfits:
        yield plain(f"This pathway is not for this patient: {misfit.why}.")[0]
    items = []
    for step in walked.steps:
        why = f": {step.why}" if step.why else ""
        found = _values(contents, step.given)
        line: list[Piece] = [*contents.step_link(step.node)]
        if found:
            line.append(Words(f" (found: {found})", "quiet"))
        items.append(Item((Paragraph((*line, Words(why))),)))
    if not items:
        return
    yield Paragraph((Words("The way", "strong"),), "heading")
    yield Listing(tuple(items), numbered=True, role="way")
    for stop in walked.stops:
        yield plain(f"{stop.why[:1].upper()}{stop.why[1:]}.")[0]


def _step(contents: Contents, step: Given | Chosen) -> Iterator[Block]:
    if isinstance(step, Chosen):
        at, option = contents.step_link(step.at), contents.step_link(step.option)
        yield Paragraph((Words("At "), *at, Words(" the choice is "), *option))
        return
    values = _values(contents, step.assignments)
    if step.during is not None:
        where = contents.step_link(step.during)
        yield Paragraph((Words("While at "), *where, Words(f": {values}")))
    elif step.at is not None:
        yield Paragraph((Words("At "), *contents.step_link(step.at), Words(f": {values}")))
    else:
        yield Paragraph((Words("At the start: "), Words(values)))


def _values(contents: Contents, assignments: Iterable[Assignment]) -> str:
    library = contents.pathway.library
    return "; ".join(assignment_in_words(each, library) for each in assignments)


def expected(contents: Contents, expect: Expect) -> Line:
    """One expectation as a sentence part with links to its steps."""
    steps = tuple(contents.step_link(node) for node in expect.nodes)
    match expect.form:
        case "way":
            return (Words("Comes to "), *joined(steps, ", later to "))
        case "only":
            return (Words("Comes only to "), *joined(steps, ", then to "))
        case "never":
            return (Words("Never comes to "), *joined(steps))
        case "end-at":
            return (Words("Ends at "), *joined(steps))
        case "flagged":
            return (
                Words("Meets the evidence gap "),
                *joined(tuple(contents.gap_link(gap) for gap in expect.nodes)),
            )
        case "stuck":
            said = ""
            if expect.missing is not None:
                missing = subject_label(expect.missing, contents.pathway.library)
                said = f", because {missing} is missing"
            return (Words("Cannot go on at "), *joined(steps), Words(said))
        case _:
            assert_never(expect.form)


def no_cases() -> Block:
    """What stands where a file holds no cases."""
    return plain("No patient cases are written for this pathway yet.")[0]
