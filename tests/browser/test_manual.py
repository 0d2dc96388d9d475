"""The manual in a browser: every page on a phone, one of each kind in light or dark."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.resources import files

import pytest
from tests.unit.docs.fences import DOCS, pages

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("manual")]

EACH = sorted(page.relative_to(DOCS).with_suffix(".html").as_posix() for page in pages())
KINDS = (
    ("index.html", "light"),
    ("tutorial/index.html", "dark"),
    ("how-to/write-a-branch.html", "light"),
    ("how-to/check-in-ci.html", "dark"),
    ("three-kinds-of-nothing.html", "dark"),
    ("reference/findings.html", "light"),
    ("reference/findings/pw6.html", "dark"),
    ("reference/changes/wording.html", "light"),
    ("reference/command-line.html", "dark"),
)
"""One page of each kind."""


@pytest.fixture(scope="module")
def manual(tmp_path_factory):
    """The address of a freshly built manual."""
    folder = tmp_path_factory.mktemp("manual")
    subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", DOCS, folder],
        env=os.environ | {"NO_COLOR": "1"},
        check=True,
    )
    return folder.as_uri()


@pytest.fixture
def opened(browser, manual):
    """`opened(page, width=360, …)`: a page in a context of its own."""
    contexts = []

    def open_page(name, *, width, **options):
        context = browser.new_context(viewport={"width": width, "height": 1000}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{manual}/{name}")
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_no_page_scrolls_sideways_on_a_phone(opened, manual):
    """Wide tables and files scroll in their own frame."""
    page = opened(EACH[0], width=360)
    too_wide = []
    for name in EACH:
        page.goto(f"{manual}/{name}")
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            too_wide.append(name)
    assert too_wide == []


@pytest.mark.parametrize(("name", "scheme"), KINDS)
def test_axe_finds_nothing(opened, name, scheme):
    """No rule of WCAG 2.2 A and AA that a program can test is broken by what we write."""
    page = opened(name, width=1400, color_scheme=scheme)
    page.add_script_tag(content=files("axe_playwright_python").joinpath("axe.min.js").read_text())
    found = page.evaluate(
        """async () => {
            const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
            const options = {runOnly: rules, resultTypes: ['violations']};
            const found = await axe.run({include: [['article']]}, options);
            return found.violations.map(v => [v.id, v.help, v.nodes[0].html.slice(0, 200)]);
        }"""
    )
    assert found == []
