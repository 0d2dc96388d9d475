"""Where the separate parts of a chart go: lists and keys into free room beside the main flow.

The engine lays out each part by itself; here parts are only moved, whole. A part goes to the
highest free place beside the main flow, else below it; how wide the whole may be is chosen so that
it fits a page best.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import ceil

from attrs import frozen

Rectangle = tuple[float, float, float, float]
"""Left, upper, right and lower edge."""

_STEP = 12.0
_AIR = 16.0
_WIDE = 1150.0
"""Points up to which a chart may be wider than its main flow, so that it stays less high."""


@frozen
class Part:
    """Boxes that hang together: their ids and every rectangle that is taken."""

    ids: frozenset[str]
    taken: tuple[Rectangle, ...]

    @property
    def bounds(self) -> Rectangle:
        """The rectangle around it."""
        return (
            min(left for left, _, _, _ in self.taken),
            min(top for _, top, _, _ in self.taken),
            max(right for _, _, right, _ in self.taken),
            max(bottom for _, _, _, bottom in self.taken),
        )


@frozen
class Packing:
    """How far each id is moved, and the rectangle around everything."""

    moves: Mapping[str, tuple[float, float]]
    width: float
    height: float


def parts_of(ids: Sequence[str], links: Iterable[tuple[str, str]]) -> tuple[frozenset[str], ...]:
    """Ids that hang together, each part where its first id stood."""
    whole = {name: name for name in ids}

    def root(name: str) -> str:
        while whole[name] != name:
            whole[name] = whole[whole[name]]
            name = whole[name]
        return name

    for one, other in links:
        whole[root(other)] = root(one)
    found: dict[str, set[str]] = {}
    for name in ids:
        found.setdefault(root(name), set()).add(name)
    return tuple(frozenset(part) for part in found.values())


def packed(main: Part, others: Sequence[Part]) -> Packing:
    """Everything placed: the main flow at 0, 0, the others by size, the largest first."""
    widths = [part.bounds[2] - part.bounds[0] for part in (main, *others)]
    least = max(widths)
    wider = (widths[0] + _STEP + 2 * _AIR + width for width in widths[1:])
    tried = [least, *(width for width in wider if least < width <= _WIDE)]
    return min((_packed(main, others, width) for width in tried), key=_paper)


def _paper(packing: Packing) -> float:
    """How much of an upright page of the A series a chart takes: the side that is in the way."""
    return max(packing.width, packing.height / 1.414)


def _packed(main: Part, others: Sequence[Part], width: float) -> Packing:
    left, top, _, bottom = main.bounds
    height = bottom - top
    sheet = _Sheet(width, height)
    moves: dict[str, tuple[float, float]] = {}
    _move(main, -left, -top, moves, sheet)
    for part in sorted(others, key=_size, reverse=True):
        left, top, right, bottom = part.bounds
        x, y = sheet.free(right - left, bottom - top)
        _move(part, x - left, y - top, moves, sheet)
        height = max(height, y + bottom - top)
    return Packing(moves, width, height)


def _size(part: Part) -> tuple[float, float]:
    left, top, right, bottom = part.bounds
    return (right - left) * (bottom - top), -left


def _move(
    part: Part, x: float, y: float, moves: dict[str, tuple[float, float]], sheet: "_Sheet"
) -> None:
    moves.update(dict.fromkeys(part.ids, (x, y)))
    for left, top, right, bottom in part.taken:
        sheet.take((left + x, top + y, right + x, bottom + y))


class _Sheet:
    """Squares of paper, taken or free."""

    def __init__(self, width: float, height: float) -> None:
        self.columns = int(width / _STEP)
        self.rows = [0] * (int(height / _STEP) + 1)
        self.height = height

    def take(self, rectangle: Rectangle) -> None:
        """Take every square a rectangle touches, with some air around it."""
        left, top, right, bottom = rectangle
        bits = self._bits(left - _AIR, right + _AIR)
        first = max(0, int((top - _AIR) / _STEP))
        last = int((bottom + _AIR) / _STEP)
        self.rows.extend([0] * (last + 1 - len(self.rows)))
        for row in range(first, last + 1):
            self.rows[row] |= bits
        self.height = max(self.height, bottom)

    def free(self, width: float, height: float) -> tuple[float, float]:
        """The highest place with room, the leftmost of these; else below everything."""
        high = ceil(height / _STEP)
        broad = ceil(width / _STEP)
        for row in range(len(self.rows) - high + 1):
            taken = 0
            for line in self.rows[row : row + high]:
                taken |= line
            column = self._gap(taken, broad)
            if column is not None:
                return column * _STEP, row * _STEP
        return 0.0, self.height + 2 * _AIR

    def _gap(self, taken: int, broad: int) -> int | None:
        wanted = (1 << broad) - 1
        for column in range(self.columns - broad + 1):
            if not taken & (wanted << column):
                return column
        return None

    def _bits(self, left: float, right: float) -> int:
        first = max(0, int(left / _STEP))
        last = min(self.columns, ceil(right / _STEP))
        return ((1 << max(0, last - first)) - 1) << first
