"""Pages over several versions: what changed, the sheet to sign, and the whole history."""

from itertools import pairwise
from typing import ClassVar

from attrs import evolve, frozen
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.typing import OptionSpec

from pathwaydsl.model.pathway import Pathway
from pathwaydsl.pages.differences import Pictures, differences_page
from pathwaydsl.pages.document import Page
from pathwaydsl.pages.editions import Edition, edition_of
from pathwaydsl.pages.past import history_page
from pathwaydsl.pages.review import review_page
from pathwaydsl.project.review_sheets import fingerprint_of_release, fingerprint_of_working
from pathwaydsl.report.differences import Differences
from pathwaydsl.sphinxext.charts import settings_of
from pathwaydsl.sphinxext.comparisons import Version, pictures_of
from pathwaydsl.sphinxext.domain import PathwayDomain
from pathwaydsl.sphinxext.from_file import FromFile
from pathwaydsl.sphinxext.projects import Loaded

logger = logging.getLogger(__name__)


@frozen
class _Step:
    """From a release to what is shown."""

    old: Edition
    new: Edition
    told: Differences
    pictures: Pictures | str | None


class _FromRelease(FromFile):
    """A directive that shows the step from a release; `:old:` names it."""

    option_spec: ClassVar[OptionSpec] = {
        "old": directives.unchanged_required,
        "class": directives.class_option,
    }

    def shown(self, pathway: Pathway, loaded: Loaded, domain: PathwayDomain) -> list[nodes.Node]:
        """The nodes of the page."""
        step = self._step(pathway, loaded, domain)
        if step is None:
            return self.instead("A version that should be shown here is missing.")
        return self.page(self._made(step, loaded), loaded, domain)

    def _made(self, step: _Step, loaded: Loaded) -> Page:
        raise NotImplementedError

    def _step(self, pathway: Pathway, loaded: Loaded, domain: PathwayDomain) -> _Step | None:
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
            return None
        before = Version(old, evolve(loaded, name=release.file, release=release))
        told = domain.comparisons.between(before, Version(pathway, loaded))
        pictures: Pictures | str | None = None
        if self.config.pathway_charts and told.comparison.comparable:
            engine = settings_of(loaded.project.configuration)
            pictures = pictures_of(told, engine, domain.drawings.cache, self._prefix(pathway))
            if isinstance(pictures, str):
                self._undrawn(pictures, domain)
        new = edition_of(pathway, released=loaded.release is not None)
        return _Step(edition_of(old, released=True), new, told, pictures)

    def _prefix(self, pathway: Pathway) -> str:
        return f"{pathway.id}--picture"

    def _undrawn(self, why: str, domain: PathwayDomain) -> None:
        """Say that there is no picture, and try again at the next build."""
        domain.kept["unwell"][self.env.current_document.docname] = True
        logger.warning(
            "the versions could not be drawn: %s",
            why,
            location=self.get_location(),
            type="pathway",
            subtype="chart",
        )


class ChangesDirective(_FromRelease):
    """`.. pathway-changes:: file.pathway`: what changed up to a pathway or a release of one.

    `:old:` names the release that is compared with it.
    """

    def _made(self, step: _Step, loaded: Loaded) -> Page:
        del loaded
        return differences_page(step.told, old=step.old, new=step.new, pictures=step.pictures)


class ReviewDirective(_FromRelease):
    """`.. pathway-review:: file.pathway`: the sheet to print and sign for the same step."""

    def _made(self, step: _Step, loaded: Loaded) -> Page:
        if loaded.release is not None:
            mark: str | None = fingerprint_of_release(loaded.release)
        else:
            mark = None if loaded.errors else fingerprint_of_working(loaded.project, loaded.name)
        return review_page(
            step.told, old=step.old, new=step.new, pictures=step.pictures, fingerprint=mark
        )


class HistoryDirective(FromFile):
    """`.. pathway-history:: file.pathway`: all versions of a pathway, and what each changed."""

    def shown(self, pathway: Pathway, loaded: Loaded, domain: PathwayDomain) -> list[nodes.Node]:
        """The nodes of the page."""
        versions = []
        for release in loaded.shelf.releases.get(pathway.id, ()):
            old = release.document.pathway
            if old is not None:
                versions.append(Version(old, evolve(loaded, name=release.file, release=release)))
        versions.append(Version(pathway, loaded))
        steps = [domain.comparisons.between(old, new) for old, new in pairwise(versions)]
        history = loaded.shelf.history(pathway, released=False)
        editions = loaded.shelf.editions(pathway, None)
        return self.page(history_page(history, editions, steps), loaded, domain)
