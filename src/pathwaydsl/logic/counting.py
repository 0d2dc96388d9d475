"""Counting conditions and points exactly: `at least N of`, and the sums that scores may have."""

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import assert_never

from attrs import frozen

from pathwaydsl.logic.diagrams import EVERYBODY, NOBODY, Diagrams
from pathwaydsl.logic.questions import Question
from pathwaydsl.model.expressions import Compares, Sign, Within


@frozen
class Truth:
    """Those for whom a condition is true, and those for whom it is false."""

    true: int
    false: int


def sums_of(diagrams: Diagrams, parts: Sequence[tuple[int, Truth]], offset: int) -> dict[int, int]:
    """Those for each set of sums that are still possible; sums are bits, moved by `offset`."""
    found = {1 << offset: EVERYBODY}
    for points, truth in parts:
        after: dict[int, list[int]] = {}
        untold = diagrams.others(diagrams.either(truth.true, truth.false))
        for sums, patients in found.items():
            moved = sums << points if points >= 0 else sums >> -points
            for reached, told in (
                (moved, truth.true),
                (sums, truth.false),
                (sums | moved, untold),
            ):
                met = diagrams.both(patients, told)
                if met:
                    after.setdefault(reached, []).append(met)
        found = {sums: diagrams.any_of(sets) for sums, sets in after.items()}
    return found


def reaching(
    diagrams: Diagrams, parts: Sequence[tuple[int, Truth]], target: int, *, surely: bool
) -> int:
    """Those whose points reach a target: surely, or at least perhaps.

    From the last part to the first, so that each step stays as small as one part.
    """
    weights: list[tuple[tuple[int, int], ...]] = []
    for points, truth in parts:
        untold = diagrams.others(diagrams.either(truth.true, truth.false))
        perhaps = min(points, 0) if surely else max(points, 0)
        weights.append(((truth.true, points), (truth.false, 0), (untold, perhaps)))
    most = [0]
    least = [0]
    for points, _ in reversed(parts):
        most.append(most[-1] + max(points, 0))
        least.append(least[-1] + min(points, 0))
    most.reverse()
    least.reverse()
    memo: dict[tuple[int, int], int] = {}

    def look(i: int, left: int) -> int:
        if left <= least[i]:
            return EVERYBODY
        if left > most[i]:
            return NOBODY
        key = (i, left)
        if key not in memo:
            memo[key] = diagrams.any_of(
                diagrams.both(told, look(i + 1, left - points))
                for told, points in weights[i]
                if told
            )
        return memo[key]

    return look(0, target)


def counted(
    diagrams: Diagrams, sums: Mapping[int, int], fits: Callable[[int], bool], offset: int
) -> Truth:
    """For whom a condition on the sum is true, and for whom false, given the sums."""
    true, false = [], []
    for possible, patients in sums.items():
        answers = {fits(i - offset) for i in range(possible.bit_length()) if possible >> i & 1}
        if answers == {True}:
            true.append(patients)
        elif answers == {False}:
            false.append(patients)
    return Truth(diagrams.any_of(true), diagrams.any_of(false))


def sum_compared(diagrams: Diagrams, parts: Sequence[tuple[int, Truth]], test: Compares) -> Truth:
    """For whom an order comparison with a sum is true, and for whom false."""
    number = test.quantity.number
    if test.sign in {Sign.AT_LEAST, Sign.LESS}:
        target = int(number.to_integral_value(ROUND_CEILING))
    else:
        target = int(number.to_integral_value(ROUND_FLOOR)) + 1
    surely = reaching(diagrams, parts, target, surely=True)
    never = diagrams.others(reaching(diagrams, parts, target, surely=False))
    above = test.sign in {Sign.AT_LEAST, Sign.MORE}
    return Truth(surely, never) if above else Truth(never, surely)


def _ends(sign: Sign, number: Decimal) -> tuple[Decimal | None, Decimal | None, bool, bool]:
    """A comparison as an interval: its ends, and whether they belong to it."""
    match sign:
        case Sign.EQUAL:
            return number, number, True, True
        case Sign.LESS:
            return None, number, True, False
        case Sign.AT_MOST:
            return None, number, True, True
        case Sign.MORE:
            return number, None, False, True
        case Sign.AT_LEAST:
            return number, None, True, True
        case _:
            assert_never(sign)


def compared(question: Question, sign: Sign, number: Decimal) -> int:
    """The answers to a question about a number for which a comparison is true."""
    return question.between(*_ends(sign, number))


def fits(test: Compares | Within) -> Callable[[int], bool]:
    """Whether a sum fulfils a test."""
    if isinstance(test, Compares):
        low, high, from_low, to_high = _ends(test.sign, test.quantity.number)
    else:
        low, high, from_low, to_high = test.low, test.high, True, test.high_included

    def told(total: int) -> bool:
        above = low is None or total > low or (total == low and from_low)
        return above and (high is None or total < high or (total == high and to_high))

    return told
