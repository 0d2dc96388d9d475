"""What every test may count on.

In CI a skip is a failure: a tool that is missing there must not look like a test that passed.
"""

from __future__ import annotations

import os
import shutil

import pytest
from hypothesis import settings

IN_CI = os.environ.get("CI") == "true"

# `make fuzz` asks for the long profile. Machines differ in speed, so nothing depends on a deadline.
settings.register_profile("everyday", deadline=None, derandomize=IN_CI)
settings.register_profile("long", deadline=None, max_examples=5_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "everyday"))


def pytest_addoption(parser):
    """Add `--rewrite`."""
    parser.addoption(
        "--rewrite", action="store_true", help="write expected outputs anew instead of comparing"
    )


@pytest.fixture
def expected(request):
    """Compare a text with the file that holds it, or write that file under `--rewrite`."""

    def compare(path, text):
        if request.config.getoption("rewrite"):
            path.write_bytes(text.encode())
        assert path.exists(), f"{path} is missing: `pytest --rewrite` writes it"
        assert text == path.read_bytes().decode(), f"not what {path} says"

    return compare


def _fail_if_skipped(report):
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"skipped, and in CI nothing may be skipped: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A skipped test fails in CI."""
    return _fail_if_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    """A file that skips itself as a whole fails in CI too."""
    return _fail_if_skipped((yield))


@pytest.fixture(scope="session")
def browser():
    """A running Chromium, driven by Playwright."""
    executable = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None
    )
    if executable is None:
        pytest.skip("no chromium on this machine")
    from playwright.sync_api import sync_playwright

    # Chromium refuses its sandbox to root, which is who CI often is.
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=options)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser):
    """A fresh page that no other test has touched."""
    context = browser.new_context()
    yield context.new_page()
    context.close()
