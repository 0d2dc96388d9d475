"""Flowcharts in a build: drawn in one batch before anything is written, embedded while writing.

A chart that cannot be drawn leaves its place to the outline, and is said at every build.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import define, evolve, field, fields, frozen

from pathwaydsl.chart.boxes import AnyTimeLine, Arrow, Box, NumberedGap
from pathwaydsl.chart.cache import ChartCache
from pathwaydsl.chart.drawing import Drawing, draw, embed
from pathwaydsl.chart.engine import EngineSettings, Failure
from pathwaydsl.chart.flow import Flow
from pathwaydsl.pages import anchors
from pathwaydsl.pages.document import Summary
from pathwaydsl.project.configuration import Configuration


@frozen
class Chart:
    """A flowchart of a document: the pathway's id, what is drawn, and with which engine."""

    pathway: str
    flow: Flow
    engine: EngineSettings


def shape_of_kept() -> str:
    """The fields of everything of ours that the environment pickles.

    An environment that another shape of them wrote is read anew, never unpickled by halves.
    """
    kept = (Chart, EngineSettings, Flow, Box, Arrow, AnyTimeLine, NumberedGap, Summary)
    return ";".join(
        f"{kind.__name__}({','.join(each.name for each in fields(kind))})" for kind in kept
    )


def settings_of(configuration: Configuration) -> EngineSettings:
    """How the project's configuration wants charts laid out; the cache is the build's."""
    limits = configuration.limits
    return EngineSettings(
        command=configuration.dot if configuration.engine == "dot" else None,
        seconds=float(limits.engine_seconds),
        memory=limits.engine_memory * 1_000_000,
        output=limits.engine_output,
        boxes=limits.boxes,
    )


@define
class Drawings:
    """What was drawn in this build, by document and pathway."""

    _made: dict[tuple[str, str], Drawing | Failure] = field(factory=dict)

    def draw(self, charts: Mapping[str, Sequence[Chart]], cache: Path) -> dict[str, list[Failure]]:
        """Draw every chart of a build; returns the failures by document."""
        self._made.clear()
        batches: dict[EngineSettings, list[tuple[str, Chart]]] = {}
        for docname in sorted(charts):
            for chart in charts[docname]:
                batches.setdefault(chart.engine, []).append((docname, chart))
        failed: dict[str, list[Failure]] = {}
        for engine, batch in batches.items():
            # A copy: what is worked out from a flow on the way must not be pickled with it.
            flows = [(f"{doc}#{chart.pathway}", evolve(chart.flow)) for doc, chart in batch]
            drawn = draw(flows, engine, cache=ChartCache(cache))
            for docname, chart in batch:
                made = drawn[f"{docname}#{chart.pathway}"]
                self._made[docname, chart.pathway] = made
                if isinstance(made, Failure):
                    failed.setdefault(docname, []).append(made)
        return failed

    def svg(self, docname: str, pathway: str) -> str | None:
        """The picture with its links, or None where there is none."""
        made = self._made.get((docname, pathway))
        if not isinstance(made, Drawing):
            return None
        return embed(made, f"{pathway}--map-", lambda node: f"#{anchors.step(pathway, node)}")


@frozen
class FailedCharts:
    """Documents whose charts failed at the last build, remembered beside the doctrees."""

    folder: Path

    @property
    def _file(self) -> Path:
        return self.folder / "failed-charts.json"

    def read(self) -> list[str]:
        """The documents of the last build; empty where nothing can be read."""
        try:
            found = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            return []
        return [name for name in found if isinstance(name, str)] if isinstance(found, list) else []

    def write(self, docnames: Sequence[str]) -> None:
        """Remember documents for the next build."""
        if not docnames:
            self._file.unlink(missing_ok=True)
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        self._file.write_text(json.dumps(sorted(docnames)), "utf-8")
