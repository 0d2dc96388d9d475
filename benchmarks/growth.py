"""Cost over 100, 1,000 and 10,000 boxes: it grows as the boxes do."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from corpus import pathway

from pathwaydsl.chart.dot import sheet_of
from pathwaydsl.chart.engine import EngineSettings, Failure, lay_out
from pathwaydsl.chart.flow import flow_of
from pathwaydsl.project.loading import load_project


def main() -> None:
    """Measure and print."""
    sys.setrecursionlimit(10_000)
    per_box = []
    with tempfile.TemporaryDirectory() as folder:
        for boxes in (100, 1_000, 10_000):
            path = Path(folder) / f"p{boxes}.pathway"
            path.write_text(pathway(f"p{boxes}", boxes))
            taken = []
            project = None
            for _ in range(3):
                start = time.perf_counter()
                project = load_project([path])
                taken.append(time.perf_counter() - start)
            found = project.documents[path.name].pathway if project else None
            if project is None or found is None or project.errors:
                raise SystemExit("the pathway has errors")
            seconds = min(taken)
            per_box.append(seconds / boxes)
            print(
                f"check of {boxes:>6} boxes  {seconds * 1000:9.0f} ms   "
                f"{seconds / boxes * 1e6:7.0f} us a box   x {per_box[-1] / per_box[0]:5.2f} "
                "of the first"
            )
            if boxes <= 1_000:
                sheet = sheet_of(flow_of(found))
                start = time.perf_counter()
                [result] = lay_out([sheet.source], EngineSettings(seconds=600))
                drawn = "not drawn" if isinstance(result, Failure) else "drawn"
                print(
                    f"  layout engine alone    {(time.perf_counter() - start) * 1000:9.0f} ms   "
                    f"{drawn}"
                )
    grown = per_box[-1] / per_box[1]
    print(
        f"from 1,000 to 10,000 a box costs x {grown:.2f}   at most 1.5: "
        f"{'yes' if grown <= 1.5 else 'NO'}"
    )


if __name__ == "__main__":
    main()
