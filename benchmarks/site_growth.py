"""The ready-made site of 100 and of 1,000 pathways, with flowcharts and without.

Both sizes are built in one run of this program, so that the ratio does not hang on the machine.
It is one of processor time, with that of the programs started, because on a busy machine the clock
tells what others do.
`python site_growth.py 20 200` measures smaller sites; `--charts` and `--plain` one kind alone.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from corpus import pathway

from pathwaydsl.project.loading import load_project
from pathwaydsl.sphinxext.site import build_site

BOXES = 7
MOST = 12.0
"""What ten times as many pathways may cost."""

GAP = """\
  gap {name}-gap "What comes after it?" {{
    kind sequencing
    priority high
    status open
    raised 2024-01-01
    question {{
      population "Adults"
      intervention "Anything"
    }}
  }}
}}
"""


def written(folder: Path, count: int) -> None:
    """So many pathways, each with definitions of its own and a gap."""
    folder.mkdir(parents=True)
    (folder / "pathwaydsl.toml").write_text("")
    for number in range(count):
        name = f"p{number}"
        text = pathway(name, BOXES)
        head, _, _ = text.rpartition("}")
        head = head.replace(
            "recommend for strong", f"recommend for strong\n    flags {name}-gap", 1
        )
        (folder / f"{name}.pathway").write_text(head + GAP.format(name=name))


def worked() -> float:
    """The seconds of processor time so far, of this program and of those it started."""
    return sum(os.times()[:4])


def seconds(folder: Path, count: int, *, charts: bool) -> tuple[float, float, float]:
    """What loading and building cost from nothing, with nothing kept; last by the clock."""
    files = folder / f"files-{count}"
    if not files.exists():
        written(files, count)
    clock, start = time.perf_counter(), worked()
    project = load_project([files])
    loaded = worked()
    report = build_site(project, folder / f"site-{count}-{charts}", charts=charts)
    if report.problem or report.warnings or project.errors:
        raise SystemExit(f"{report.problem} {report.warnings[:3]} {project.errors[:3]}")
    return loaded - start, worked() - loaded, time.perf_counter() - clock


def main() -> None:
    """Measure and print."""
    words = sys.argv[1:]
    counts = [int(word) for word in words if word.isdigit()] or [100, 1000]
    kinds = [("with charts", True)] if "--charts" in words else []
    kinds += [("without charts", False)] if "--plain" in words else []
    with tempfile.TemporaryDirectory() as folder:
        for said, charts in kinds or [("without charts", False), ("with charts", True)]:
            taken = []
            for count in counts:
                load, build, clock = seconds(Path(folder), count, charts=charts)
                taken.append(load + build)
                print(
                    f"site of {count:>5} pathways, {said:<15} {load + build:8.1f} s"
                    f"   (read and checked {load:.1f} s, built {build:.1f} s; "
                    f"{clock:.1f} s by the clock)",
                    flush=True,
                )
            ratio, most = taken[-1] / taken[0], MOST * counts[-1] / counts[0] / 10
            print(f"   x {ratio:.2f}   at most {most:g}: {'yes' if ratio <= most else 'NO'}")


if __name__ == "__main__":
    main()
