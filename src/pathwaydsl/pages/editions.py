"""The editions of a pathway: its releases and the working file, and how a page tells them apart.

A page of an old release says so on top and leads to the newest; every page leads to all others.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import frozen

from pathwaydsl.model.criteria import Criterion
from pathwaydsl.model.evidence import Evidence
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.model.regimens import Regimen
from pathwaydsl.model.values import PartialDate, Version
from pathwaydsl.model.wording import date_in_words
from pathwaydsl.pages import words
from pathwaydsl.pages.document import (
    Block,
    Elsewhere,
    Item,
    Line,
    Listing,
    Notice,
    Paragraph,
    Words,
)

WORKING = "working"
"""What stands for the working file where a version would stand in an address."""

LATEST = "latest"
"""What stands for the newest release, or the working file where nothing is released."""


@frozen
class Edition:
    """A release or the working file.

    Attributes:
        version: Its version, or None where the author stated none.
        date: Its date.
        status: Its status, as readers see it.
        released: Whether it is a release.
        was: For each id, the one it had before.
    """

    pathway: str
    version: Version | None
    date: PartialDate | None
    status: str
    released: bool
    was: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """What other pages link to: `id` for the working file, `id@1.0.0` for a release."""
        return f"{self.pathway}@{self.version}" if self.released else self.pathway

    @property
    def part(self) -> str:
        """What stands for it in the address of a page of differences."""
        return str(self.version) if self.released else WORKING

    @property
    def called(self) -> str:
        """How readers are told of it."""
        version = f"version {self.version}" if self.version else "without a version"
        return version if self.released else f"working file, {version}"


@frozen
class Editions:
    """All editions of a pathway, and the one that is shown.

    Attributes:
        released: Releases, oldest first.
        working: The working file.
        here: The one that the page shows.
    """

    released: tuple[Edition, ...]
    working: Edition
    here: Edition

    @property
    def latest(self) -> Edition:
        """The newest release, or the working file where nothing is released."""
        return self.released[-1] if self.released else self.working

    @property
    def steps(self) -> tuple[tuple[Edition, Edition], ...]:
        """Each edition with the next, to the working file at last."""
        every = (*self.released, self.working)
        return tuple(pairwise(every))

    def aliases(self, old: str | None) -> tuple[str, ...]:
        """Every id that a thing ever had, by the one it had last."""
        found: list[str] = []
        before = {
            now: was for edition in (*self.released, self.working) for now, was in edition.was
        }
        while old is not None and old not in found:
            found.append(old)
            old = before.get(old)
        return tuple(found)


def edition_of(pathway: Pathway, *, released: bool) -> Edition:
    """What other pages need to know of a pathway's edition."""
    lineages = [*pathway.nodes, *pathway.gap.values(), *_defined(pathway)]
    status = "No status" if pathway.status is None else words.STATUS.get(pathway.status, "")
    return Edition(
        pathway.id,
        pathway.version,
        pathway.date,
        status,
        released,
        tuple(sorted({(each.id, each.was) for each in lineages if each.was})),
    )


def _defined(pathway: Pathway) -> Iterator[Criterion | Evidence | Regimen]:
    library = pathway.library
    yield from library.criteria
    yield from library.evidence
    yield from library.regimens


def editions_of(
    working: Pathway, released: Sequence[Pathway], here: Version | None = None
) -> Editions:
    """The editions of a pathway.

    Args:
        working: The working file.
        released: Its releases, oldest first.
        here: The version of the release that is shown, or None for the working file.
    """
    releases = tuple(edition_of(each, released=True) for each in released)
    now = edition_of(working, released=False)
    shown = next((each for each in releases if here is not None and each.version == here), now)
    return Editions(releases, now, shown)


def notices(editions: Editions | None) -> Iterator[Block]:
    """On top of a page: that a newer version is out, or that this one is not released."""
    if editions is None or editions.here == editions.latest:
        return
    latest = editions.latest
    link = Elsewhere(latest.name, f"version {latest.version}")
    dated = f", {date_in_words(latest.date)}" if latest.date else ""
    if editions.here.released:
        line: Line = (
            Words(f"This is version {editions.here.version}. The current version is "),
            link,
            Words(f"{dated}."),
        )
        yield Notice("caution", "Not the current version", (Paragraph(line),))
    elif editions.working.version != latest.version:
        line = (
            Words("This is the working file, not released yet. The newest release is "),
            link,
            Words(f"{dated}."),
        )
        yield Notice("caution", "Not released yet", (Paragraph(line),))


def versions(editions: Editions | None, pathway: Pathway) -> Iterator[Block]:
    """Where the other versions, the changes between them and the page to print stand."""
    items: list[Item] = []
    if editions is not None and editions.released:
        every = (editions.working, *reversed(editions.released))
        items += [Item((Paragraph(_edition(editions, each)),)) for each in every]
        for old, new in reversed(editions.steps):
            if editions.here in (old, new):
                items.append(Item((Paragraph((_changes(old, new),)),)))
    if editions is not None and editions.released:
        past = Elsewhere(pathway.id, "History of this pathway", kind="history", optional=True)
        items.append(Item((Paragraph((past,)),)))
    if editions is None or not editions.here.released:
        to_print = Elsewhere(pathway.id, "On one page, to print", kind="print", optional=True)
        items.append(Item((Paragraph((to_print,)),)))
    if items:
        yield Listing(tuple(items), role="versions")


def _edition(editions: Editions, each: Edition) -> Line:
    name = f"Version {each.version}" if each.released else f"Working file, version {each.version}"
    dated = f", {date_in_words(each.date)}" if each.date else ""
    mark: tuple[Words, ...] = ()
    if each == editions.latest:
        mark = (Words(" "), Words("newest release", "badge"))
    if each == editions.here:
        return (Words(name, "strong"), Words(f"{dated}, this page"), *mark)
    return (Elsewhere(each.name, f"{name}{dated}", optional=True), *mark)


def _changes(old: Edition, new: Edition) -> Elsewhere:
    to = str(new.version) if new.released else "the working file"
    said = f"What changed from {old.version} to {to}"
    return Elsewhere(changes_name(old, new), said, kind="changes", optional=True)


def changes_name(old: Edition, new: Edition) -> str:
    """The name of the page of differences between two editions."""
    return f"{old.pathway}@{old.part}--{new.part}"
