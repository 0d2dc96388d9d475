"""A feed (Atom, RFC 4287): new versions of pathways, and evidence gaps opened and answered.

Ids are name-based UUIDs of what an entry tells, so they stay the same wherever the site lies.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid5

from attrs import frozen
from lxml import etree

from pathwaydsl.chart.plot import legible
from pathwaydsl.model.gaps import Gap
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.model.values import PartialDate
from pathwaydsl.pages import anchors
from pathwaydsl.pages.contents import Contents

NAMESPACE = "http://www.w3.org/2005/Atom"

_NAMES: Any = {None: NAMESPACE}

_SPACE = UUID("8e0e2a6c-7a7f-5d0c-9b0e-5f6d2b1c3a47")
"""The name space of our ids; never to be changed."""

LONGEST = 500
"""Entries a feed has at most, the newest."""


@frozen
class News:
    """An entry: what is new, when, and where it is told."""

    key: str
    title: str
    date: PartialDate
    link: str
    text: str = ""

    @property
    def stamp(self) -> str:
        """The date as the feed has it; a year alone is its first day."""
        year, month, day = self.date.earliest
        return f"{year:04d}-{month:02d}-{day:02d}T00:00:00Z"


def feed(
    pathways: Sequence[tuple[str, Sequence[Pathway], Pathway]], *, title: str, base_url: str
) -> str:
    """The feed as XML.

    Args:
        pathways: For each pathway the name of its page, its releases, and the working file.
        title: What the site is called.
        base_url: The address of the site; without one links are relative to the feed.
    """
    news = [each for name, releases, now in pathways for each in _news(name, releases, now)]
    news.sort(key=lambda each: (each.stamp, each.key), reverse=True)
    root = etree.Element(f"{{{NAMESPACE}}}feed", nsmap=_NAMES)
    _add(root, "id", _urn(f"feed {base_url} {title}"))
    _add(root, "title", title)
    _add(root, "updated", news[0].stamp if news else "1970-01-01T00:00:00Z")
    author = etree.SubElement(root, f"{{{NAMESPACE}}}author")
    _add(author, "name", title)
    base = f"{base_url.rstrip('/')}/" if base_url else ""
    _link(root, f"{base}index.html", "alternate")
    if base:
        _link(root, f"{base}feed.atom", "self")
    for each in news[:LONGEST]:
        entry = etree.SubElement(root, f"{{{NAMESPACE}}}entry")
        _add(entry, "id", _urn(each.key))
        _add(entry, "title", each.title)
        _add(entry, "updated", each.stamp)
        _link(entry, f"{base}{each.link}", "alternate")
        _add(entry, "summary", each.text or each.title)
    etree.indent(root)
    return f"{etree.tostring(root, encoding='unicode')}\n"


def _news(name: str, releases: Sequence[Pathway], working: Pathway) -> Iterator[News]:
    every = [(each, f"{name}/{each.version}.html") for each in releases]
    if not releases or releases[-1].version != working.version:
        every.append((working, f"{name}.html"))
    opened: set[str] = set()
    answered: set[str] = set()
    for pathway, page in every:
        if pathway.date is None:
            continue
        yield News(
            f"version {pathway.id} {pathway.version}",
            f"{pathway.label}: version {pathway.version}",
            pathway.date,
            quote(page),
            (pathway.change_note or "").strip(),
        )
        for gap in Contents(pathway).gaps:
            yield from _gap_news(pathway, gap, page, opened, answered)


def _gap_news(
    pathway: Pathway, gap: Gap, page: str, opened: set[str], answered: set[str]
) -> Iterator[News]:
    """What happened to a gap that no earlier version told."""
    date = gap.raised or pathway.date
    link = f"{quote(page)}#{anchors.gap(pathway.id, gap.id)}"
    if not {gap.id, gap.was} & opened and date is not None:
        title = f"Evidence gap opened: {gap.label}"
        yield News(f"gap opened {pathway.id} {gap.id}", title, date, link, pathway.label)
    if gap.answered is not None and not {gap.id, gap.was} & answered:
        title = f"Evidence gap answered: {gap.label}"
        key = f"gap answered {pathway.id} {gap.id}"
        yield News(key, title, gap.answered.on, link, pathway.label)
        answered.add(gap.id)
    opened.add(gap.id)


def _urn(key: str) -> str:
    return uuid5(_SPACE, key).urn


def _add(parent: etree._Element, tag: str, text: str) -> None:
    made = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    made.text = legible(" ".join(text.split()))


def _link(parent: etree._Element, address: str, rel: str) -> None:
    etree.SubElement(parent, f"{{{NAMESPACE}}}link", {"rel": rel, "href": address})
