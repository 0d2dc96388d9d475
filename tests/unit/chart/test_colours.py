"""Colours can be read by everyone, and CSS and data say the same."""

import re

import pytest

from pathwaydsl.chart.colours import DARK, LIGHT, PRINT, page_css, standalone_css
from pathwaydsl.chart.shapes import SHAPES


def luminance(colour):
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """The contrast of two colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK, PRINT], ids=["light", "dark", "print"])
@pytest.mark.parametrize("kind", LIGHT.kinds)
def test_text_and_lines_stand_out(palette, kind):
    """Text has a contrast of 4.5 at least, lines of 3 (WCAG 2.2)."""
    paint = palette.kinds[kind]
    assert contrast(paint.ink, paint.fill) >= 4.5
    assert contrast(paint.line, palette.paper) >= 3


def test_every_palette_has_every_kind():
    """No kind is forgotten in the dark or on paper."""
    assert set(LIGHT.kinds) == set(DARK.kinds) == set(PRINT.kinds)
    assert set(SHAPES) <= set(LIGHT.kinds)


def test_css_names_every_colour():
    """Each colour is a custom property with the light one as its fallback."""
    light, dark, paper = (dict(palette.variables()) for palette in (LIGHT, DARK, PRINT))
    for css in (page_css(), standalone_css()):
        used = re.findall(r"var\((--pw-[a-z-]+), (#[0-9a-f]{6})\)", css)
        assert {name.split("-")[3] for name, _ in used} >= set(LIGHT.kinds) - {"paper"}
        for name, value in used:
            assert light[name] == value
            assert f"{name}: {dark[name]}" in css
            assert f"{name}: {paper[name]}" in css
        assert "@media print" in css
        assert css.count("{") == css.count("}")
