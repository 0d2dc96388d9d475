"""The documents of the ready-made site, as Sphinx reads them: a page each, with one directive.

Addresses are made of ids and versions alone, so that they never move: `<pathway>` is the working
file, `<pathway>/1.0.0` a release, `<pathway>/changes/1.0.0--2.0.0` a step between two,
`<pathway>/review/1.0.0--2.0.0` its sheet to sign, `<pathway>/history` all versions.
"""

import os
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from attrs import frozen

from pathwaydsl.model.pathway import Pathway
from pathwaydsl.pages.editions import WORKING
from pathwaydsl.project.loading import Project
from pathwaydsl.project.releases import Release, releases_of

SIDEBAR = 40
"""Pathways that a sidebar may list; more of them stand in the index alone.

A sidebar is on every page: with all of a thousand pathways in it, building them would cost a
million entries.
"""

INDEX = """\
{title}
{rule}

.. pathway-list::

.. toctree::
   :hidden:

{pages}
"""

REGISTERS: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "registers/gaps": (
        "Evidence gaps",
        """Every question that no pathway could answer, and those answered since.
The age is counted to the date of the pathway, unless another date was asked for.""",
        ("gaps", "standings"),
    ),
    "registers/evidence": (
        "Evidence",
        """Published ratios by outcome and clock, then every study and document that is cited.
Studies share a plot only where they state the same clock; nothing is pooled.""",
        ("effects", "evidence"),
    ),
    "registers/criteria": (
        "Criteria",
        "Everything that is asked of a patient, with the answers there are.",
        ("criteria",),
    ),
    "registers/drugs": (
        "Drugs and regimens",
        "Every drug that a pathway gives, with its codes, and the regimens it is given in.",
        ("drugs", "regimens"),
    ),
}
"""The pages of registers: title, what it says on top, and the registers on it."""


@frozen
class Place:
    """Where a pathway lies: its working file and its releases, oldest first."""

    working: Pathway
    path: Path
    releases: tuple[Release, ...] = ()

    @property
    def name(self) -> str:
        """The name of its page."""
        return page_name(self.working.id)

    @property
    def released(self) -> tuple[Pathway, ...]:
        """Its releases as pathways, oldest first."""
        found = (each.document.pathway for each in self.releases)
        return tuple(each for each in found if each is not None)


def places_of(project: Project) -> tuple[Place, ...]:
    """The pathways that were asked for, by id."""
    releases = releases_of(project)
    found: dict[str, Place] = {}
    for name in project.asked:
        document = project.documents.get(name)
        if document is not None and document.pathway is not None and name in project.paths:
            pathway = document.pathway
            place = Place(pathway, project.paths[name], releases.get(pathway.id, ()))
            found.setdefault(pathway.id, place)
    return tuple(found[name] for name in sorted(found))


def sources(
    project: Project, places: tuple[Place, ...], source: Path, title: str
) -> Mapping[str, str]:
    """The text of every document by its name.

    Args:
        project: The project.
        places: Its pathways.
        source: The folder that the documents lie in.
        title: What the index is called.
    """
    texts = {name: _register(*told) for name, told in REGISTERS.items()}
    listed = len(places) <= SIDEBAR
    names = [place.name for place in places] if listed else []
    heading, rule = _heading(title)
    pages = "\n".join(f"   {name}" for name in (*names, *REGISTERS))
    texts["index"] = INDEX.format(title=heading, rule=rule, pages=pages)
    for place in places:
        texts.update(_of_pathway(project, place, source, listed=listed))
    return texts


def _of_pathway(
    project: Project, place: Place, source: Path, *, listed: bool
) -> Iterator[tuple[str, str]]:
    def path(name: str, file: Path) -> str:
        return Path(os.path.relpath(file, (source / name).parent)).as_posix()

    top = ":hide-toc:\n" if listed else ":hide-toc:\n:orphan:\n"
    apart = ":hide-toc:\n:orphan:\n:nosearch:\n"
    name = place.name
    yield name, f"{top}\n.. pathway:: {path(name, place.path)}\n"
    printed = f"{name}/print"
    yield printed, f"{apart}\n.. pathway-print:: {path(printed, place.path)}\n"
    files = [(str(each.version), project.root / each.file) for each in place.releases]
    for version, file in files:
        page = f"{name}/{version}"
        yield page, f"{apart}\n.. pathway:: {path(page, file)}\n"
    for (old, _), (new, file) in pairwise([*files, (WORKING, place.path)]):
        for kind in ("changes", "review"):
            page = f"{name}/{kind}/{old}--{new}"
            yield page, f"{apart}\n.. pathway-{kind}:: {path(page, file)}\n   :old: {old}\n"
    if files:
        page = f"{name}/history"
        yield page, f"{apart}\n.. pathway-history:: {path(page, place.path)}\n"


def _register(title: str, said: str, registers: tuple[str, ...]) -> str:
    heading, rule = _heading(title)
    places = "\n\n".join(f".. pathway-register:: {name}" for name in registers)
    return f":hide-toc:\n\n{heading}\n{rule}\n\n{said}\n\n{places}\n"


def _heading(title: str) -> tuple[str, str]:
    heading = " ".join(title.split())
    escaped = re.sub(r"([\\*`|_<>:\[\]])", r"\\\1", heading)
    return escaped, "=" * (2 * len(escaped))


def page_name(pathway: str) -> str:
    """The name of a pathway's page; names that are kept for others are set apart."""
    taken = {
        *("index", "search", "genindex", "py-modindex", "modindex", "objects", "searchindex"),
        *("registers", "charts", "feed"),
    }
    return f"pathway-{pathway}" if pathway in taken else pathway


def write_sources(source: Path, texts: Mapping[str, str]) -> None:
    """Write documents that are new or changed, and remove those that are gone."""
    source.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        write_if_new(source / f"{name}.rst", text)
    for old in source.rglob("*.rst"):
        if old.relative_to(source).with_suffix("").as_posix() not in texts:
            old.unlink()


def write_if_new(path: Path, text: str) -> None:
    """Write a file unless it holds the text already; never half of it."""
    content = text.encode()
    try:
        if path.read_bytes() == content:
            return
    except OSError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_bytes(content)
    fresh.replace(path)
