"""Where `not` catches more than it says: a named answer such as `never` is not a number.

An order comparison with it is false, so its negation is true.
"""

from collections.abc import Iterator

from pathwaydsl.checks.review import Review, place_of, quoted
from pathwaydsl.model.criteria import NumberRange
from pathwaydsl.model.expressions import (
    Compares,
    Expression,
    IsOneOf,
    Meets,
    Not,
    Within,
    parts_of,
    tests_of,
)
from pathwaydsl.model.nodes import Branch, Choose, Decide, During, Node, Option
from pathwaydsl.model.pathway import Library, Pathway
from pathwaydsl.text.finding import Finding
from pathwaydsl.text.rules import finding
from pathwaydsl.text.suggestion import listed


def negations(review: Review) -> Iterator[Finding]:
    """A negated comparison of a number that has named answers says what happens to those."""
    for pathway in review.readable_pathways:
        for point in (*pathway.nodes, *pathway.durings):
            for line in _lines(point):
                if line.when is not None:
                    yield from _caught(pathway, line, line.when)


def _lines(point: Node | During) -> tuple[Branch, ...] | tuple[Option, ...]:
    match point:
        case Decide(branches=branches) | During(branches=branches):
            return branches
        case Choose(options=options):
            return options
        case _:
            return ()


def _caught(pathway: Pathway, line: Branch | Option, when: Expression) -> Iterator[Finding]:
    named = {test.criterion for test in tests_of(when) if isinstance(test, IsOneOf)}
    for name in dict.fromkeys(_compared_under_not(when, pathway.library, negated=False)):
        criterion = pathway.library.criterion.get(name)
        if criterion is None or name in named or not isinstance(criterion.domain, NumberRange):
            continue
        answers = [value.id for value in criterion.also]
        if answers:
            shown = listed([f"`{answer}`" for answer in answers])
            yield finding(
                "PW328",
                f"This `not` also takes in everyone for whom {quoted(criterion.label)} is {shown}",
                place_of(line.span, pathway),
                help=f"Turn the comparison round, or say what is meant: "
                f"`{name} is not {answers[0]} and …` or `{name} is {answers[0]} or …`",
            )


def _compared_under_not(
    expression: Expression, library: Library, *, negated: bool, deep: int = 0
) -> Iterator[str]:
    """The criteria whose order comparisons stand under an odd number of `not`."""
    match expression:
        case Not(part=part):
            yield from _compared_under_not(part, library, negated=not negated, deep=deep)
        case Compares(subject=name, score=False) | Within(subject=name, score=False):
            if negated:
                yield name
        case Meets(condition=name) if deep < len(library.conditions):
            condition = library.condition.get(name)
            if condition is not None:
                if any(isinstance(test, IsOneOf) for test in tests_of(condition.means)):
                    return
                yield from _compared_under_not(
                    condition.means, library, negated=negated, deep=deep + 1
                )
        case _:
            for part in parts_of(expression):
                yield from _compared_under_not(part, library, negated=negated, deep=deep)
