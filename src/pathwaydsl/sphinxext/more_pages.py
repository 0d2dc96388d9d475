"""The directive `pathway-print`: one page of paper."""

from docutils import nodes

from pathwaydsl.model.pathway import Pathway
from pathwaydsl.pages.printed import printed_page
from pathwaydsl.sphinxext.domain import PathwayDomain
from pathwaydsl.sphinxext.from_file import FromFile
from pathwaydsl.sphinxext.projects import Loaded


class PrintDirective(FromFile):
    """`.. pathway-print:: file.pathway`: flowchart, regimens and version on one page."""

    def shown(self, pathway: Pathway, loaded: Loaded, domain: PathwayDomain) -> list[nodes.Node]:
        """The nodes of the page."""
        page = printed_page(pathway, errors=loaded.errors, charted=self.config.pathway_charts)
        return self.page(page, loaded, domain)
