"""The directive `pathway`: a whole page from a pathway file."""

from typing import ClassVar

from attrs import evolve
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.typing import OptionSpec

from pathwaydsl.model.pathway import Pathway
from pathwaydsl.pages.content import page_of
from pathwaydsl.pages.document import Section
from pathwaydsl.pages.entries import told_of
from pathwaydsl.sphinxext.domain import PathwayDomain
from pathwaydsl.sphinxext.from_file import FromFile
from pathwaydsl.sphinxext.projects import Loaded
from pathwaydsl.text.suggestion import listed
from pathwaydsl.versions.history import History

PARTS = (
    "summary",
    "flowchart",
    "recommended",
    "outcomes",
    "outline",
    "evidence",
    "gaps",
    "cases",
    "criteria",
    "cite",
    "notes",
)
"""Parts of a page that the option `parts` may choose from."""


def _parts(argument: str) -> tuple[str, ...]:
    chosen = tuple(argument.replace(",", " ").split())
    unknown = [part for part in chosen if part not in PARTS]
    if unknown or not chosen:
        raise ValueError(f"choose from {listed(PARTS, 'and')}")
    return chosen


class PathwayDirective(FromFile):
    """`.. pathway:: file.pathway`: the page of a pathway, or of a release of one."""

    option_spec: ClassVar[OptionSpec] = {"parts": _parts, "class": directives.class_option}

    def shown(self, pathway: Pathway, loaded: Loaded, domain: PathwayDomain) -> list[nodes.Node]:
        """The page of a pathway, with what it gives to the registers."""
        version = loaded.release.version if loaded.release is not None else None
        page = page_of(
            pathway,
            errors=loaded.errors,
            editions=loaded.shelf.editions(pathway, version),
            charted=self.config.pathway_charts,
            others=loaded.others(pathway),
            history=self._history(pathway, loaded),
            signed=loaded.signed,
        )
        page = evolve(page, root=self._chosen(page.root))
        made = self.page(page, loaded, domain)
        if made and loaded.release is None and page.summary is not None:
            docname = self.env.current_document.docname
            releases = loaded.shelf.released_pathways(pathway.id)
            told = told_of(pathway, releases, loaded.project.as_of)
            domain.note_page(page.summary, docname, told)
        return made

    @staticmethod
    def _history(pathway: Pathway, loaded: Loaded) -> History | None:
        """The history that a page tells of: releases say nothing of the working file."""
        if not loaded.shelf.releases.get(pathway.id):
            return None
        return loaded.shelf.history(pathway, released=loaded.release is not None)

    def _chosen(self, root: Section) -> Section:
        parts: tuple[str, ...] | None = self.options.get("parts")
        if parts is None:
            return root
        return evolve(
            root,
            blocks=tuple(b for b in root.blocks if getattr(b, "role", "") != "parts"),
            sections=tuple(s for s in root.sections if s.role in parts),
        )
