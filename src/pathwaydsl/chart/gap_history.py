"""How many evidence gaps each version had, open, under study and answered, as bars."""

from collections.abc import Sequence
from decimal import Decimal

from attrs import frozen

from pathwaydsl.chart.plot import WIDTH, Plot

_ROW = 44
_BAR = 16


@frozen
class Count:
    """One version: its name, and its gaps by status."""

    name: str
    open: int
    under_study: int
    answered: int

    @property
    def said(self) -> str:
        """`7 open, 2 under study, 1 answered`."""
        return f"{self.open} open, {self.under_study} under study, {self.answered} answered"


def gap_history(counts: Sequence[Count], *, prefix: str, title: str) -> str:
    """The SVG: a bar for each version, from top to bottom; filled, dashed and empty parts."""
    description = "; ".join(f"{each.name}: {each.said}" for each in counts)
    height = 8 + _ROW * len(counts)
    plot = Plot(prefix, title, f"{description}. The table beside it says the same.", height)
    most = max([each.open + each.under_study + each.answered for each in counts] or [1]) or 1
    unit = Decimal(WIDTH - 20) / most
    for number, each in enumerate(counts):
        top = 4 + _ROW * number
        plot.text(10, top + 12, each.name)
        plot.text(WIDTH - 10, top + 12, each.said, kind="quiet", anchor="end")
        x = Decimal(10)
        for kind, count in (
            ("open", each.open),
            ("under-study", each.under_study),
            ("answered", each.answered),
        ):
            if count:
                plot.box(x, top + 18, unit * count, _BAR, kind)
                x += unit * count
    return plot.written()
