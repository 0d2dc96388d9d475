"""The directives `pathway-list` and `pathway-register`: tables of what all pages told.

They are filled when they are written, so that a changed pathway is read once and alone.
"""

from collections.abc import Iterable
from typing import Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from pathwaydsl.pages.document import (
    Block,
    Elsewhere,
    Paragraph,
    Section,
    Summary,
    Table,
    Target,
    Words,
)
from pathwaydsl.pages.forest import forest
from pathwaydsl.pages.registers import TITLES, counts, history, register
from pathwaydsl.sphinxext.doctree import Builder, pathway_list, plain_throughout
from pathwaydsl.sphinxext.domain import PathwayDomain, pathway_domain
from pathwaydsl.text.suggestion import listed

logger = logging.getLogger(__name__)

HEADER = ("Pathway", "Version", "Status", "Date", "Evidence gaps", "Last change")
WIDTHS = (36, 9, 11, 13, 11, 20)

EXTRA = ("effects", "standings")
"""What can be shown beside the registers: forest plots, and gaps over versions."""


class PathwayListDirective(SphinxDirective):
    """`.. pathway-list::`: every pathway of the documents, with version, status and date."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """The place of the list."""
        return _place(self, "pathways")


class RegisterDirective(SphinxDirective):
    """`.. pathway-register:: gaps`: a register of what all pathways of the documents hold."""

    required_arguments = 1
    has_content = False
    option_spec: ClassVar[OptionSpec] = {"class": directives.class_option}

    def run(self) -> list[nodes.Node]:
        """The place of the register."""
        name = self.arguments[0].strip().lower()
        if name in {*TITLES, *EXTRA}:
            return _place(self, name)
        logger.warning(
            "there is no register %s; choose from %s",
            self.arguments[0],
            listed((*TITLES, *EXTRA), "and"),
            location=self.get_location(),
            type="pathway",
            subtype="missing-register",
        )
        return []


def _place(directive: SphinxDirective, name: str) -> list[nodes.Node]:
    domain = pathway_domain(directive.env)
    domain.note_list(name, directive.env.current_document.docname)
    made = pathway_list(register=name)
    directive.set_source_info(made)
    return [made]


class FilledRegisters(SphinxPostTransform):
    """Fill each place of a register with what all documents told."""

    default_priority = 8

    def run(self, **kwargs: Any) -> None:
        """Replace each place by tables, or by a line where there is nothing to list."""
        del kwargs
        domain = pathway_domain(self.env)
        builder = Builder(_unregistered, self.env.current_document.docname)
        for node in list(self.document.findall(pathway_list)):
            name = node["register"]
            if name == "pathways":
                made = builder.blocks((_pathways(domain.all_summaries),))
            else:
                made = [each for part in _parts(domain, name) for each in builder.section(part)]
                made = [*builder.blocks(_before(domain, name)), *made]
            for each in made:
                plain_throughout(each)
            node.replace_self(made)


class LinksThatMayLead(SphinxPostTransform):
    """Take out entries of lists whose link leads to a page that these documents do not have."""

    default_priority = 9

    def run(self, **kwargs: Any) -> None:
        """Look at each such link."""
        del kwargs
        domain = pathway_domain(self.env)
        docname = self.env.current_document.docname
        for link in list(self.document.findall(addnodes.pending_xref)):
            if not link.get("optional") or domain.has(link["reftype"], link["reftarget"], docname):
                continue
            entry: nodes.Node | None = link
            while entry is not None and not isinstance(entry, nodes.list_item):
                entry = entry.parent
            if entry is None:
                continue
            listing = entry.parent
            listing.remove(entry)
            if not listing.children:
                listing.parent.remove(listing)


def _unregistered(target: Target, anchor: str) -> None:
    del target, anchor


def _parts(domain: PathwayDomain, name: str) -> tuple[Section, ...]:
    told = domain.all_told
    if name == "effects":
        return forest(effect for each in told for effect in each.effects)
    if name == "standings":
        return history(standing for each in told for standing in each.standings)
    return register(cast("Any", name), (entry for each in told for entry in each.entries))


def _before(domain: PathwayDomain, name: str) -> tuple[Block, ...]:
    if name != "gaps":
        return ()
    return counts(entry for each in domain.all_told for entry in each.entries)


def _pathways(found: Iterable[tuple[str, Summary]]) -> Block:
    rows = tuple(_row(summary) for _, summary in found)
    if not rows:
        return Paragraph((Words("There are no pathways yet."),))
    return Table(HEADER, rows, WIDTHS, "list")


def _row(summary: Summary) -> tuple[tuple[Block, ...], ...]:
    name: list[Block] = [Paragraph((Elsewhere(summary.id, summary.title),))]
    if summary.population:
        name.append(Paragraph((Words(summary.population),), "detail"))
    gaps = Words("no unanswered gaps")
    if summary.open_gaps:
        said = f"{summary.open_gaps} {'gap' if summary.open_gaps == 1 else 'gaps'} not answered"
        gaps = Words(said, "gap")
    return (
        tuple(name),
        (Paragraph((Words(summary.version),)),),
        (Paragraph((Words(summary.status, "badge"),)),),
        (Paragraph((Words(summary.date),)),),
        (Paragraph((gaps,)),),
        (Paragraph((Words(summary.last_change or "—"),), "detail"),),
    )
