"""Which criteria an expression asks for, conditions and scores opened."""

from collections.abc import Iterator

from pathwaydsl.model.expressions import (
    Compares,
    Expression,
    Had,
    Holds,
    Includes,
    IsKnown,
    IsOneOf,
    IsUnknown,
    Meets,
    Within,
    tests_of,
)
from pathwaydsl.model.pathway import Library


def criteria_of(expression: Expression | None, library: Library) -> Iterator[str]:
    """Ids of the criteria asked for, each once; what does not exist is passed over."""
    waiting = [] if expression is None else [expression]
    seen: set[tuple[str, str]] = set()
    while waiting:
        for test in tests_of(waiting.pop()):
            what: tuple[str, str] | None = None
            match test:
                case Meets(condition=name):
                    what = ("condition", name)
                case Compares(subject=name, score=True) | Within(subject=name, score=True):
                    what = ("score", name)
                case Compares(subject=name) | Within(subject=name):
                    what = ("criterion", name)
                case (
                    Holds(criterion=name)
                    | IsOneOf(criterion=name)
                    | Includes(criterion=name)
                    | IsUnknown(criterion=name)
                    | IsKnown(criterion=name)
                ):
                    what = ("criterion", name)
                case Had():
                    pass
            if what is None or what in seen:
                continue
            seen.add(what)
            match what:
                case ("condition", name):
                    condition = library.condition.get(name)
                    if condition is not None:
                        waiting.append(condition.means)
                case ("score", name):
                    score = library.score.get(name)
                    if score is not None:
                        waiting.extend(part.when for part in score.parts)
                case (_, name):
                    yield name
