"""What expressions ask for, conditions and scores opened: criteria, thresholds, what was had."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from attrs import frozen

from pathwaydsl.model.expressions import (
    Compares,
    Expression,
    Had,
    Meets,
    Test,
    Within,
    tests_of,
)
from pathwaydsl.model.pathway import Library


class MeaninglessError(Exception):
    """An expression names what does not exist, or holds no answer: a finding of its own."""


@frozen
class Mentioned:
    """What some expressions ask for, each in the order of first mention."""

    criteria: tuple[str, ...]
    thresholds: tuple[tuple[str, Decimal], ...]
    had: tuple[tuple[str | None, str | None], ...]


def every_test(expressions: Iterable[Expression], library: Library) -> Iterator[Test]:
    """Every test with conditions and scores opened, each definition once.

    Raises:
        MeaninglessError: If a condition or score does not exist.
    """
    waiting = [*expressions]
    waiting.reverse()
    opened: set[tuple[str, str]] = set()
    while waiting:
        for test in tests_of(waiting.pop()):
            match test:
                case Meets(name):
                    if ("condition", name) in opened:
                        continue
                    opened.add(("condition", name))
                    condition = library.condition.get(name)
                    if condition is None:
                        raise MeaninglessError(name)
                    waiting.append(condition.means)
                case Compares(subject=name, score=True) | Within(subject=name, score=True):
                    if ("score", name) in opened:
                        continue
                    opened.add(("score", name))
                    score = library.score.get(name)
                    if score is None:
                        raise MeaninglessError(name)
                    waiting.extend(part.when for part in reversed(score.parts))
                case _:
                    yield test


def mentioned(expressions: Iterable[Expression], library: Library) -> Mentioned:
    """What the expressions ask for.

    Raises:
        MeaninglessError: If a definition does not exist.
    """
    criteria: dict[str, None] = {}
    thresholds: dict[tuple[str, Decimal], None] = {}
    had: dict[tuple[str | None, str | None], None] = {}
    for test in every_test(expressions, library):
        match test:
            case Had(regimen, drug):
                had[regimen, drug] = None
                continue
            case Compares(subject, _, quantity):
                thresholds[subject, quantity.number] = None
                criteria[subject] = None
            case Within(subject, low, high):
                thresholds[subject, low] = None
                thresholds[subject, high] = None
                criteria[subject] = None
            case Meets():
                continue
            case _:
                criteria[test.criterion] = None
    for name in criteria:
        if name not in library.criterion:
            raise MeaninglessError(name)
    return Mentioned(tuple(criteria), tuple(thresholds), tuple(had))
