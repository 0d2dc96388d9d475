"""The directives `pathway-print`, one page of paper, and `pathway-changes`, what changed."""

from typing import ClassVar

from attrs import evolve
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.typing import OptionSpec

from pathwaydsl.model.pathway import Pathway
from pathwaydsl.pages.differences import differences_page
from pathwaydsl.pages.editions import edition_of
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
        version = self.options.get("old", "")
        released = loaded.shelf.releases.get(pathway.id, ())
        release = next((each for each in released if str(each.version) == version), None)
        old = release.document.pathway if release is not None else None
        if release is None or old is None:
            logger.warning(
                "there is no release %s of the pathway %s",
                version or "(none named)",
                pathway.id,
                location=self.get_location(),
                type="pathway",
                subtype="missing-release",
            )
            return self.instead("A version that should be shown here is missing.")
        comparison = compare(
            old,
            pathway,
            old_others=evolve(loaded, release=release).others(old),
            new_others=loaded.others(pathway),
        )
        page = differences_page(
            comparison,
            old=edition_of(old, released=True),
            new=edition_of(pathway, released=loaded.release is not None),
        )
        return self.page(page, loaded, domain)
