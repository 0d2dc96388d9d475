"""Flowcharts in a build: drawn in one batch before anything is written, embedded while writing.

A chart that cannot be drawn leaves its place to the outline, and is said at every build.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from attrs import define, evolve, field, fields, frozen

from pathwaydsl.chart.boxes import AnyTimeLine, Arrow, Box, NumberedGap
from pathwaydsl.chart.cache import ChartCache
from pathwaydsl.chart.drawing import Drawing, draw, embed, pngs, standalone_svg
from pathwaydsl.chart.engine import EngineSettings, Failure
from pathwaydsl.chart.flow import Flow
from pathwaydsl.pages import anchors
from pathwaydsl.pages.document import Summary
from pathwaydsl.project.configuration import Configuration


@frozen
class Chart:
    """A flowchart of a document.

    Attributes:
        pathway: The pathway's id.
        flow: What is drawn.
        engine: With which engine.
        files: Whether it can be downloaded beside the page.
    """

    pathway: str
    flow: Flow
    engine: EngineSettings
    files: bool = True


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
    """What is drawn in this build, by document and pathway.

    Attributes:
        due: Documents that will be written for certain; their charts are drawn in one batch.
        cache: Where drawings are kept between builds.
        out: Where files to download are written to, or None for none.
    """

    due: set[str] = field(factory=set)
    cache: Path | None = None
    out: Path | None = None
    _made: dict[tuple[str, str], Drawing | Failure] = field(factory=dict)

    def forget(self, due: Iterable[str]) -> None:
        """Begin a build in which these documents are due."""
        self._made.clear()
        self.due = set(due)

    def lacks(self, docname: str, pathway: str) -> bool:
        """Whether nobody has tried to draw this chart yet."""
        return (docname, pathway) not in self._made

    def draw(self, charts: Mapping[str, Sequence[Chart]]) -> list[tuple[str, Failure]]:
        """Draw charts that were not drawn yet; returns the failures with their documents."""
        batches: dict[EngineSettings, list[tuple[str, Chart]]] = {}
        for docname in sorted(charts):
            for chart in charts[docname]:
                if self.lacks(docname, chart.pathway):
                    batches.setdefault(chart.engine, []).append((docname, chart))
        failed: list[tuple[str, Failure]] = []
        cache = ChartCache(self.cache) if self.cache is not None else None
        for engine, batch in batches.items():
            # A copy: what is worked out from a flow on the way must not be pickled with it.
            flows = [(f"{doc}#{chart.pathway}", evolve(chart.flow)) for doc, chart in batch]
            drawn = draw(flows, engine, cache=cache)
            for docname, chart in batch:
                made = drawn[f"{docname}#{chart.pathway}"]
                self._made[docname, chart.pathway] = made
                if isinstance(made, Failure):
                    failed.append((docname, made))
            if self.out is not None:
                self._write_files(self.out, batch, engine, cache)
        return failed

    def _write_files(
        self,
        out: Path,
        batch: Sequence[tuple[str, Chart]],
        engine: EngineSettings,
        cache: ChartCache | None,
    ) -> None:
        """The charts that could be drawn as files of their own."""
        wanted = [(doc, each) for doc, each in batch if each.files and self.has(doc, each.pathway)]
        flows = [(file_name(doc, each.pathway), evolve(each.flow)) for doc, each in wanted]
        pictures = pngs(flows, engine, cache)
        for docname, chart in wanted:
            made = self._made[docname, chart.pathway]
            name = file_name(docname, chart.pathway)
            if isinstance(made, Drawing):
                _write(out / f"{name}.svg", standalone_svg(made).encode())
            picture = pictures[name]
            if isinstance(picture, bytes):
                _write(out / f"{name}.png", picture)
            else:
                (out / f"{name}.png").unlink(missing_ok=True)

    def files(self, docname: str, pathway: str) -> list[str]:
        """The files of a chart, relative to the top of the site; empty where there are none."""
        if self.out is None or not self.has(docname, pathway):
            return []
        name = file_name(docname, pathway)
        return [f"{name}.{end}" for end in ("svg", "png") if (self.out / f"{name}.{end}").exists()]

    def svg(self, docname: str, pathway: str) -> str | None:
        """The picture with its links, or None where there is none."""
        made = self._made.get((docname, pathway))
        if not isinstance(made, Drawing):
            return None
        return embed(made, f"{pathway}--map-", lambda node: f"#{anchors.step(pathway, node)}")

    def has(self, docname: str, pathway: str) -> bool:
        """Whether there is a picture."""
        return isinstance(self._made.get((docname, pathway)), Drawing)

    @property
    def failed(self) -> set[str]:
        """Documents of which a chart could not be drawn in this build."""
        return {doc for (doc, _), made in self._made.items() if isinstance(made, Failure)}

    @property
    def tried(self) -> set[str]:
        """Documents whose charts this build tried to draw."""
        return {doc for doc, _ in self._made}


def file_name(docname: str, pathway: str) -> str:
    """Where the files of a chart lie below the site, without their ending."""
    own = docname.split("/", maxsplit=1)[0] == pathway
    return f"charts/{docname}" if own else f"charts/{docname}--{pathway}"


def _write(path: Path, content: bytes) -> None:
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


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

    def write(self, docnames: Iterable[str]) -> None:
        """Remember documents for the next build."""
        names = sorted(docnames)
        if not names:
            self._file.unlink(missing_ok=True)
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        self._file.write_text(json.dumps(names), "utf-8")
