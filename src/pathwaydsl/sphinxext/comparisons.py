"""Comparisons of versions in a build: each pair compared once, and kept for the next build.

For whom the advice is another takes seconds to find out. What was found is kept beside the
doctrees under the sum of everything that went into it, so that an unchanged pair is never compared
again; like the doctrees themselves it is read by this program only.
"""

import hashlib
import pickle
from importlib.metadata import version
from pathlib import Path

from attrs import define, evolve, field, fields, frozen

from pathwaydsl.chart.cache import ChartCache
from pathwaydsl.chart.engine import EngineSettings, Failure
from pathwaydsl.chart.overlay import Overlay, overlay
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.pages.differences import Pictures
from pathwaydsl.report.differences import Differences, Side, Verdict, differences
from pathwaydsl.report.differences_lines import Line
from pathwaydsl.report.differences_patients import Met, Patients, Way
from pathwaydsl.sphinxext.projects import Loaded
from pathwaydsl.versions import Change, Comparison, compare

_KEPT = (Differences, Side, Verdict, Line, Patients, Met, Way, Comparison, Change)
_SHAPE = ";".join(
    f"{kind.__name__}({','.join(each.name for each in fields(kind))})" for kind in _KEPT
)


@frozen
class Version:
    """One side of a pair: the pathway, and the file it was loaded from."""

    pathway: Pathway
    loaded: Loaded

    @property
    def sum(self) -> str:
        """A sum of everything that says what it means."""
        seen = hashlib.sha256()
        for text in self.loaded.texts(self.pathway):
            seen.update(f"{len(text)} ".encode())
            seen.update(text.encode("utf-8", "replace"))
        return seen.hexdigest()


@define
class Comparisons:
    """What was compared in this build, and where it is kept for the next one."""

    folder: Path | None = None
    _known: dict[str, Differences] = field(factory=dict)

    def forget(self) -> None:
        """Begin a build."""
        self._known.clear()

    def between(self, old: Version, new: Version) -> Differences:
        """The document of what changed from one version to another."""
        parts = (version("pathwaydsl"), _SHAPE, old.sum, new.sum)
        name = hashlib.sha256(" ".join(parts).encode()).hexdigest()
        known = self._known.get(name) or self._read(name, old.pathway, new.pathway)
        if known is None:
            comparison = compare(
                old.pathway,
                new.pathway,
                old_others=old.loaded.others(old.pathway),
                new_others=new.loaded.others(new.pathway),
            )
            known = differences(comparison)
            self._write(name, known)
        self._known[name] = known
        return known

    def _read(self, name: str, old: Pathway, new: Pathway) -> Differences | None:
        if self.folder is None:
            return None
        try:
            kept: object = pickle.loads((self.folder / name).read_bytes())  # noqa: S301  our own
        except Exception:  # noqa: BLE001  whatever is wrong with it, it is compared anew
            return None
        if not isinstance(kept, Differences):
            return None
        return evolve(kept, comparison=evolve(kept.comparison, old=old, new=new))

    def _write(self, name: str, told: Differences) -> None:
        """Keep it, without the pathways, which every build has loaded."""
        if self.folder is None:
            return
        nothing = Pathway(id="", label="", file="")
        bare = evolve(told.comparison, old=nothing, new=nothing, behaviour=None)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            fresh = self.folder / f".{name}.new"
            fresh.write_bytes(pickle.dumps(evolve(told, comparison=bare)))
            fresh.replace(self.folder / name)
        except OSError:
            return


def pictures_of(
    told: Differences, engine: EngineSettings, cache: Path | None, prefix: str
) -> Pictures | str:
    """Both versions drawn for a page, or why they are not."""
    drawn = drawn_over(told.comparison, engine, cache)
    if isinstance(drawn, Failure):
        return drawn.reason
    return Pictures(
        drawn.embed("old", f"{prefix}--old-"),
        drawn.embed("new", f"{prefix}--new-"),
        drawn.embed("both", f"{prefix}--both-"),
        drawn.said,
    )


def drawn_over(
    comparison: Comparison, engine: EngineSettings, cache: Path | None
) -> Overlay | Failure:
    """Both versions laid out once."""
    return overlay(comparison, engine, ChartCache(cache) if cache is not None else None)
