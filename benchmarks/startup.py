"""Whole processes: `--help` and `check` beside Python that only imports what they stand on."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from timing import programs, row

ROOT = Path(__file__).parents[1]
TEN_LINES = """\
pathwaydsl 1
pathway flu "Flu" {
  version 1.0.0  date 2025-01-01  status draft
  population "Adults"  eligible everyone
  start at rest
  act rest "Rest" {
    then done
  }
  end done "Done"
}
"""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "flu.pathway"
        small.write_text(TEN_LINES)
        python = sys.executable
        program = [python, "-m", "pathwaydsl"]
        first_line = ROOT / "pathways" / "her2-mbc" / "first-line.pathway"
        times = programs(
            {
                "peer": [python, "-c", "import lark, attrs, click"],
                "bare": [python, "-c", "pass"],
                "help": [*program, "--help"],
                "small": [*program, "check", str(small)],
                "large": [*program, "check", str(first_line)],
            }
        )
    peer = "import lark, attrs, click"
    row("--help", times["help"], peer, times["peer"], 1.3)
    row("check, ten lines", times["small"], peer, times["peer"], 3.5)
    row("check, first line with its libraries", times["large"], peer, times["peer"], None)
    row("Python itself", times["bare"], peer, times["peer"], None)


if __name__ == "__main__":
    main()
