"""A second build of a site in which nothing changed, beside Sphinx's own of the same pages."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from corpus import pathway
from timing import programs, row

PAGES = 20
CONF = """\
project = "Clinical pathways"
extensions = ["myst_parser"]
html_theme = "furo"
"""


def main() -> None:
    """Measure and print."""
    python = sys.executable
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "pathwaydsl.toml").write_text("")
        (root / "src").mkdir()
        for number in range(PAGES):
            (root / "src" / f"p{number}.pathway").write_text(pathway(f"p{number}", 30))
        peer = root / "peer"
        peer.mkdir()
        (peer / "conf.py").write_text(CONF)
        names = [f"p{number}" for number in range(PAGES)]
        toctree = "\n".join(f"   {name}" for name in names)
        (peer / "index.rst").write_text(f"Pathways\n========\n\n.. toctree::\n\n{toctree}\n")
        build = [python, "-m", "pathwaydsl", "build", "src", "-o", "site"]
        programs({"first": build}, runs=0, cwd=str(root))
        # The same pages for the peer: what our build wrote of each, as raw HTML.
        for name in names:
            page = root / "site" / f"{name}.html"
            shutil.copy(page, peer / f"{name}.txt")
            (peer / f"{name}.rst").write_text(
                f"{name}\n{'=' * len(name)}\n\n.. raw:: html\n   :file: {name}.txt\n"
            )
        times = programs(
            {
                "ours": build,
                "peer": [python, "-m", "sphinx", "-q", "-b", "html", "peer", "peer/out"],
            },
            runs=5,
            cwd=str(root),
        )
    row(
        f"nothing changed in {PAGES} pages",
        times["ours"],
        "sphinx-build, nothing changed",
        times["peer"],
        1.2,
    )


if __name__ == "__main__":
    main()
