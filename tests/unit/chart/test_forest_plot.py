"""Forest plots and histories of gaps: the picture says what the table says."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pathwaydsl.chart.forest_plot import Ratio, forest_plot
from pathwaydsl.chart.gap_history import Count, gap_history


def plot(*rows):
    svg = forest_plot(rows, prefix="p", title="A plot", lower="below 1", higher="above 1")
    return etree.fromstring(svg)


def ratio(value, low=None, high=None, name="TRIAL"):
    return Ratio(name, *(None if x is None else Decimal(x) for x in (value, low, high)))


def test_each_row_has_its_square_and_its_words():
    """A square for each ratio, and name, ratio and interval as published."""
    tree = plot(ratio("0.62", "0.51", "0.75"), ratio("0.60"))
    assert len(tree.findall("rect")) == 2
    texts = [text.text for text in tree.findall("text")]
    assert "0.62 (0.51 to 0.75)" in texts
    assert "0.60" in texts


def test_a_plot_is_named_and_described():
    """A screen reader hears the title and every row."""
    tree = plot(ratio("0.62", "0.51", "0.75"))
    assert tree.get("role") == "img"
    assert tree.get("aria-labelledby") == "p-title p-description"
    assert tree.findtext("title") == "A plot"
    assert "TRIAL: 0.62 (0.51 to 0.75)" in tree.findtext("desc")


def test_labels_never_become_markup():
    """What looks like an element, and control characters, are text."""
    svg = forest_plot(
        [ratio("1", name='<script>alert("x")</script>\x07')],
        prefix="p",
        title="<b>",
        lower="<",
        higher=">",
    )
    assert "<script" not in svg
    assert "<b>" not in svg
    etree.fromstring(svg)


def test_what_no_logarithm_has_is_left_to_the_table():
    """A bound of zero cannot be drawn, and breaks nothing."""
    tree = plot(ratio("0.5", "0", "2"), ratio("0.7", "0.5", "0.9"))
    assert len(tree.findall("rect")) == 1


positive = st.decimals(Decimal("0.001"), Decimal(500), places=3)


@given(st.lists(st.tuples(positive, positive, positive), min_size=1, max_size=6))
def test_smaller_ratios_stand_further_left(numbers):
    """The order on the scale is the order of the numbers, and nothing leaves the picture."""
    rows = [Ratio(str(n), v, min(a, b), max(a, b)) for n, (v, a, b) in enumerate(numbers)]
    squares = [Decimal(rect.get("x")) for rect in plot(*rows).findall("rect")]
    for one, x in zip(rows, squares, strict=True):
        assert Decimal(0) <= x <= Decimal(400)
        for other, y in zip(rows, squares, strict=True):
            if one.value < other.value:
                assert x <= y
    assert forest_plot(rows, prefix="p", title="t", lower="l", higher="h") == forest_plot(
        rows, prefix="p", title="t", lower="l", higher="h"
    )


def test_bars_are_as_long_as_their_counts():
    """The widest version fills the width, a status without gaps has no part."""
    counts = [Count("1.0.0", 4, 0, 0), Count("2.0.0", 2, 1, 1)]
    tree = etree.fromstring(gap_history(counts, prefix="h", title="Gaps"))
    widths = [Decimal(rect.get("width")) for rect in tree.findall("rect")]
    assert widths == [380, 190, 95, 95]
    assert "2.0.0: 2 open, 1 under study, 1 answered" in tree.findtext("desc")


def test_a_long_name_is_told_whole_in_several_lines():
    """A name is never cut; what is too long goes on in the next line, and the plot grows."""
    short = [Ratio("A", Decimal("0.5"), Decimal("0.4"), Decimal("0.6"))]
    name = "DESTINY-Breast09: blinded independent central review, interim analysis"
    long = [Ratio(name, Decimal("0.5"), Decimal("0.4"), Decimal("0.6"))]
    heights = []
    for rows in (short, long):
        svg = forest_plot(rows, prefix="p", title="t", lower="l", higher="h")
        heights.append(int(etree.fromstring(svg).get("height")))
    said = " ".join(each.text for each in etree.fromstring(svg).iter("text"))
    assert name in said
    assert "…" not in said
    assert heights[1] > heights[0]
