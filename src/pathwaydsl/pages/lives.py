"""What the versions say of a recommendation or a gap: "since 1.0.0, weakened in 2.0.0".

It is reckoned from the versions; no author writes it. Each version that brought something leads
to its page of differences.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pathwaydsl.chart.union import touched_boxes
from pathwaydsl.model.values import Version
from pathwaydsl.pages.document import Block, Elsewhere, Line, Paragraph, Piece, Words
from pathwaydsl.pages.editions import Editions, changes_name
from pathwaydsl.versions.history import History, Life, Step, version_name

Lives = Mapping[tuple[str, str], Line]
"""By kind (`gap` or `recommendation`) and id, what the versions say of it."""

NO_LIVES: Lives = MappingProxyType({})


def lives(history: History, editions: Editions) -> Lives:
    """What the versions say, for every id that a thing ever had."""
    if len(history.versions) < 2:
        return NO_LIVES
    names = _names(editions)
    touched = [frozenset(touched_boxes(step.comparison)) for step in history.steps]
    found: dict[tuple[str, str], Line] = {}
    for life in (*history.gaps, *history.recommendations):
        line = tuple(_line(life, history, touched, names))
        for name in life.ids:
            found.setdefault((life.kind, name), line)
    return found


def life_block(known: Lives, kind: str, name: str) -> Iterator[Block]:
    """The line on a page, where there is one."""
    line = known.get((kind, name))
    if line:
        yield Paragraph((Words("Over the versions: ", "quiet"), *line), "life")


def _names(editions: Editions) -> Mapping[Version | None, str]:
    """The page of differences that leads to each version."""
    found: dict[Version | None, str] = {}
    for old, new in editions.steps:
        found.setdefault(new.version, changes_name(old, new))
    return found


def _line(
    life: Life,
    history: History,
    touched: list[frozenset[str]],
    names: Mapping[Version | None, str],
) -> Iterator[Piece]:
    first = history.versions[0].version
    since = version_name(life.since)
    if life.since == first:
        yield Words(f"since {since}")
    else:
        yield _leading(f"new in {since}", life.since, names)
    for step, boxes in zip(history.steps, touched, strict=True):
        version = step.new.version
        for said in _said(life, step, boxes):
            yield Words(" · ")
            yield _leading(said, version, names)


def _said(life: Life, step: Step, boxes: frozenset[str]) -> Iterator[str]:
    """What a version brought; a change of another kind where nothing else is told."""
    version = step.new.version
    told = tuple(dict.fromkeys(e.said for e in life.events if e.version == version))
    yield from told
    if not told and life.since != version and boxes.intersection(life.ids):
        yield f"changed in {version_name(version)}"


def _leading(said: str, version: Version | None, names: Mapping[Version | None, str]) -> Piece:
    name = names.get(version)
    return Words(said) if name is None else Elsewhere(name, said, kind="changes")
