"""Forest plots: effects with their intervals on one logarithmic scale, beside a table.

Only ratios are drawn, each row as it was published; nothing is pooled and nothing is compared.
"""

from collections.abc import Sequence
from decimal import Decimal

from attrs import frozen

from pathwaydsl.chart.plot import LETTER, WIDTH, Plot, wrapped

_TICKS = tuple(Decimal(1).scaleb(power) * times for power in range(-2, 2) for times in (1, 2, 5))
"""Marks a scale may have: 0.01, 0.02, 0.05, 0.1 and so on."""

_LEFT, _RIGHT = 10, WIDTH - 10
_LINE = 15
_ROW = 38
_TOP = 8


@frozen
class Ratio:
    """A row: whose result, the ratio, and its interval; a bound is None where none was reached."""

    name: str
    value: Decimal
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def drawable(self) -> bool:
        """Whether a logarithmic scale has a place for all of it."""
        return all(number > 0 for number in (self.value, self.low, self.high) if number is not None)

    @property
    def said(self) -> str:
        """`0.62 (0.51 to 0.75)`."""
        if self.low is None and self.high is None:
            return f"{self.value:f}"
        low, high = ("not reached" if x is None else f"{x:f}" for x in (self.low, self.high))
        return f"{self.value:f} ({low} to {high})"


def forest_plot(rows: Sequence[Ratio], *, prefix: str, title: str, lower: str, higher: str) -> str:
    """The SVG of a plot.

    Args:
        rows: From top to bottom; those that cannot be drawn are left to the table.
        prefix: Stands before its ids.
        title: What is shown, such as `Hazard ratio, progression-free survival`.
        lower: What a ratio below 1 means.
        higher: What a ratio above 1 means.
    """
    drawn = [row for row in rows if row.drawable]
    ticks = _ticks(drawn)
    description = "; ".join(f"{row.name}: {row.said}" for row in drawn)
    names = [_name(row) for row in drawn]
    tops = [_TOP]
    for lines in names:
        tops.append(tops[-1] + _ROW + _LINE * (len(lines) - 1))
    base = tops[-1]
    plot = Plot(prefix, title, f"{description}. The table beside it says the same.", base + 44)
    low, high = ticks[0], ticks[-1]
    for tick in ticks:
        x = _at(tick, low, high)
        plot.line((x, _TOP), (x, base + 4), "axis" if tick == 1 else "line")
        plot.text(x, base + 18, f"{tick.normalize():f}", kind="quiet", anchor="middle")
    for row, lines, top in zip(drawn, names, tops[:-1], strict=True):
        _row(plot, row, lines, top, (low, high))
    one = _at(Decimal(1), low, high)
    plot.text(one - 8, base + 36, f"\u2190 {lower}", kind="quiet", anchor="end", size=11)
    plot.text(one + 8, base + 36, f"{higher} \u2192", kind="quiet", size=11)
    return plot.written()


def _name(row: Ratio) -> tuple[str, ...]:
    """The name in as many lines as it needs beside its numbers; nothing of it is cut."""
    return wrapped(row.name, WIDTH - 30 - int(len(row.said) * LETTER))


def _row(
    plot: Plot, row: Ratio, name: Sequence[str], top: int, scale: tuple[Decimal, Decimal]
) -> None:
    for number, line in enumerate(name):
        plot.text(_LEFT, top + 12 + _LINE * number, line)
    plot.text(_RIGHT, top + 12, row.said, anchor="end")
    middle = top + 25 + _LINE * (len(name) - 1)
    if row.low is not None or row.high is not None:
        start = _at(row.low, *scale) if row.low is not None else Decimal(_LEFT)
        end = _at(row.high, *scale) if row.high is not None else Decimal(_RIGHT)
        plot.line((start, middle), (end, middle), "interval")
        for x, reached in ((start, row.low), (end, row.high)):
            if reached is not None:
                plot.line((x, middle - 4), (x, middle + 4), "interval")
    plot.box(_at(row.value, *scale) - 4, middle - 4, 8, 8, "mark")


def _ticks(rows: Sequence[Ratio]) -> tuple[Decimal, ...]:
    """The marks of a scale that holds every number, with 1 well inside."""
    numbers = [x for row in rows for x in (row.value, row.low, row.high) if x is not None]
    least = min([*numbers, Decimal("0.5")])
    most = max([*numbers, Decimal(2)])
    below = [tick for tick in _TICKS if tick <= least]
    above = [tick for tick in _TICKS if tick >= most]
    first = below[-1] if below else least
    last = above[0] if above else most
    inside = [tick for tick in _TICKS if first < tick < last]
    return (first, *inside, last)


def _at(number: Decimal, low: Decimal, high: Decimal) -> Decimal:
    share = (number.ln() - low.ln()) / (high.ln() - low.ln())
    return _LEFT + 10 + share * (_RIGHT - _LEFT - 20)
