"""The directives `pathway-print`, one page of paper, and `pathway-changes`, what changed."""

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.typing import OptionSpec

from pathwaydsl.model.pathway import Pathway
from pathwaydsl.pages.differences import differences_page
from pathwaydsl.pages.editions import Edition, edition_of
from pathwaydsl.pages.printed import printed_page
from pathwaydsl.sphinxext.domain import PathwayDomain
from pathwaydsl.sphinxext.from_file import FromFile
from pathwaydsl.sphinxext.projects import Loaded
from pathwaydsl.versions import compare

logger = logging.getLogger(__name__)


class PrintDirective(FromFile):
    """`.. pathway-print:: file.pathway`: flowchart, regimens and version on one page."""

    def shown(self, pathway: Pathway, loaded: Loaded, domain: PathwayDomain) -> list[nodes.Node]:
        """The nodes of the page."""
        page = printed_page(pathway, errors=loaded.errors, charted=self.config.pathway_charts)
        return self.page(page, loaded, domain)


class ChangesDirective(FromFile):
    """`.. pathway-changes:: file.pathway`: what changed up to a pathway or a release of one.

    `:old:` names the release that is compared with it.
    """

    option_spec: ClassVar[OptionSpec] = {
        "old": directives.unchanged_required,
        "class": directives.class_option,
    }

    def shown(self, pathway: Pathway, loaded: Loaded, domain: PathwayDomain) -> list[nodes.Node]:
        """The nodes of the page."""
        old = self._release(pathway, loaded, self.options.get("old", ""))
        if old is None:
            return self.instead("A version that should be shown here is missing.")
        comparison = compare(
            old[0],
            pathway,
            old_others=loaded.shelf.pathways,
            new_others=loaded.shelf.pathways,
        )
        new = edition_of(pathway, released=loaded.release is not None)
        return self.page(differences_page(comparison, old=old[1], new=new), loaded, domain)

    def _release(
        self, pathway: Pathway, loaded: Loaded, version: str
    ) -> tuple[Pathway, Edition] | None:
        for each in loaded.shelf.released_pathways(pathway.id):
            if str(each.version) == version:
                return each, edition_of(each, released=True)
        logger.warning(
            "there is no release %s of the pathway %s",
            version or "(none named)",
            pathway.id,
            location=self.get_location(),
            type="pathway",
            subtype="missing-release",
        )
        return None
