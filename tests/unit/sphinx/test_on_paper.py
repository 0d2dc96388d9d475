"""High flowcharts on several sheets of paper."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pathwaydsl.sphinxext.on_paper import OVERLAP, SHEET, SMALLER, parts_for_paper, windows

SVG = '<svg xmlns="http://www.w3.org/2000/svg" class="pw-chart" viewBox="0 0 {} {}"><g/></svg>'


@given(st.floats(500, 4000), st.floats(50, 20_000))
def test_parts_show_all_and_overlap_by_a_box(width, height):
    """The first begins on top, the last ends below, and what one cuts is whole in the next."""
    found = windows(width, height)
    assert found[0][0] == 0
    assert sum(found[-1]) >= height - 0.01
    for (top, high), (following, _) in pairwise(found):
        assert top + high - following >= OVERLAP - 0.01
        assert high <= width * SHEET * SMALLER + 0.01


def test_what_fits_stays_as_it_is():
    """A chart that has room on one sheet is not taken apart; nor is what is no drawing of ours."""
    low = SVG.format(1000, 900)
    assert parts_for_paper(low, "name", "Said") == low
    assert parts_for_paper("<p/>", "name", "Said") == "<p/>"


def test_a_high_chart_is_shown_in_parts():
    """Each part shows the one drawing, and its caption stays text."""
    shown = parts_for_paper(SVG.format("1000", "3000.5"), "name", "A < B")
    assert shown.count('<use href="#name-whole"/>') == shown.count("Part ") == 3
    assert shown.count('id="name-whole"') == 1
    assert "Part 1 of 3: A &lt; B" in shown
