"""Sphinx projects in a folder of their own, built by Sphinx's own test application."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

pytest.importorskip("sphinx")

ROOTS = Path(__file__).parent / "roots"


class Built:
    """A copy of a root, built as often as a test asks."""

    def __init__(self, source, builder):
        self.source = source
        self.builder = builder
        self.app = None

    def build(self, *, builder=None, jobs=1, out=None, **confoverrides):
        """Build once in a fresh application, as one call of `sphinx-build` would."""
        from sphinx.testing.util import SphinxTestApp

        name = builder or self.builder
        self.app = SphinxTestApp(
            name,
            self.source,
            confoverrides={**confoverrides},
            parallel=jobs,
            builddir=self.source.parent / (out or "build"),
        )
        try:
            self.app.build()
        finally:
            self.app.cleanup()
        return self

    @property
    def out(self):
        """The folder of the last build."""
        return Path(self.app.outdir)

    @property
    def warnings(self):
        """What Sphinx warned of, without colours."""
        said = re.sub(r"\x1b\[[0-9;]*m", "", self.app.warning.getvalue())
        return [line for line in said.splitlines() if line.strip()]

    @property
    def status(self):
        """What Sphinx said while it worked, without colours."""
        return re.sub(r"\x1b\[[0-9;]*m", "", self.app.status.getvalue())

    @property
    def read(self):
        """The documents this build read, from what it said."""
        return sorted(set(re.findall(r"reading sources\.\.\. *\[ *\d+%\] (\S+)", self.status)))

    @property
    def written(self):
        """The documents this build wrote, from what it said."""
        return sorted(set(re.findall(r"writing output\.\.\. *\[ *\d+%\] (\S+)", self.status)))

    def text(self, name):
        """A file of the last build."""
        return (self.out / name).read_text("utf-8")


@pytest.fixture
def root(tmp_path):
    """`root("basic")` copies a root and returns what builds it."""

    def copy(name, builder="html"):
        source = tmp_path / name / "source"
        shutil.copytree(ROOTS / f"test-{name}", source)
        return Built(source, builder)

    return copy
