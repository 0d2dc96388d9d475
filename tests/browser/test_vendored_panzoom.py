"""The vendored pan-and-zoom library is the one its notice names, and runs in a browser."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PANZOOM = ROOT / "src/pathwaydsl/sphinxext/static/vendor/panzoom"


def test_notice_names_the_version_that_is_shipped():
    """NOTICE and the vendored file say the same version, and the licence lies beside it."""
    first_lines = (PANZOOM / "panzoom.min.js").read_text("utf-8")[:200]
    assert "Panzoom 4.6.2 " in first_lines
    assert "@panzoom/panzoom 4.6.2" in (ROOT / "NOTICE").read_text("utf-8")
    assert "Timmy Willison" in (PANZOOM / "LICENSE").read_text("utf-8")


@pytest.mark.browser
def test_panzoom_zooms(page):
    """The library scales the element it is given."""
    page.set_content("<div><p id='chart'>chart</p></div>")
    page.add_script_tag(path=PANZOOM / "panzoom.min.js")
    page.evaluate(
        "Panzoom(document.getElementById('chart')).zoom(2, {animate: false, force: true})"
    )
    page.wait_for_function("document.getElementById('chart').style.transform.includes('scale(2)')")
