"""400 charts of 30 boxes, beside one call of the engine for each."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpus import pathway
from timing import row

from pathwaydsl.chart.dot import sheet_of
from pathwaydsl.chart.drawing import draw
from pathwaydsl.chart.engine import PURE, EngineSettings, Failure
from pathwaydsl.chart.flow import Flow, flow_of
from pathwaydsl.project.loading import load_project

CHARTS = 400
SAMPLE = 20
"""Single calls that are timed; the cost of all of them follows."""


def flows() -> list[tuple[str, Flow]]:
    """400 flows, each a little different."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(CHARTS):
            name = f"p{number}"
            (Path(folder) / f"{name}.pathway").write_text(pathway(name, 30))
        project = load_project([Path(folder)])
    found = [d.pathway for d in project.documents.values() if d.pathway is not None]
    return [(one.id, flow_of(one)) for one in found]


def one_by_one(command: str, charts: list[tuple[str, Flow]]) -> float:
    """Seconds that one call a chart would take for all of them."""
    sources = [sheet_of(flow).source.encode() for _, flow in charts[:SAMPLE]]
    start = time.perf_counter()
    for source in sources:
        subprocess.run([command, "-Tsvg"], input=source, capture_output=True, check=True)
    return (time.perf_counter() - start) / len(sources) * len(charts)


def main() -> None:
    """Measure and print."""
    charts = flows()
    for name, command, most in (("graphviz-pure", None, 1.0), ("system dot", "dot", 0.25)):
        program = shutil.which(command) if command else str(Path(sys.executable).parent / PURE)
        if program is None:
            print(f"{name}: not installed here")
            continue
        single = one_by_one(program, charts)
        start = time.perf_counter()
        drawn = draw(charts, EngineSettings(command=command, seconds=600))
        taken = time.perf_counter() - start
        failed = [one for one in drawn.values() if isinstance(one, Failure)]
        if failed:
            raise SystemExit(f"{len(failed)} charts failed: {failed[0].reason}")
        row(f"{len(charts)} charts by {name}", taken, "one call a chart", single, most)


if __name__ == "__main__":
    main()
