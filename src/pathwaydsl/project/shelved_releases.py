"""A folder of releases as it was found: its files, what they say about themselves, their seals."""

from pathlib import Path

from attrs import frozen

from pathwaydsl.authoring.release_head import ReleaseHead, version_in
from pathwaydsl.authoring.seals import Seals
from pathwaydsl.model.values import Version
from pathwaydsl.project.finding_files import SUFFIX

_NONE = Seals()


def version_of_name(name: str) -> Version | None:
    """The version that a file's name says, or None."""
    return version_in(name.removesuffix(SUFFIX)) if name.endswith(SUFFIX) else None


@frozen
class ShelvedRelease:
    """A file in a folder of releases.

    Attributes:
        path: Where it lies.
        name: Its name in findings.
        version: The version its name says.
        digest: The sum of its bytes.
        sealed: Whether a seal names it.
        sound: Whether nothing is wrong with it.
        head: What it says about itself.
    """

    path: Path
    name: str
    version: Version
    digest: str
    sealed: bool
    sound: bool
    head: ReleaseHead


@frozen
class ReleaseFolder:
    """The releases of one pathway.

    Attributes:
        pathway: The id that the folder's name says.
        path: Where it lies.
        name: Its name in findings.
        releases: The files whose name is a version, oldest first.
        seals: What SEALS says.
        interrupted: Whether a release was begun here and not ended.
        files: Every file that was looked at, sound or not, with SEALS, there or not.
    """

    pathway: str
    path: Path
    name: str
    releases: tuple[ShelvedRelease, ...] = ()
    seals: Seals = _NONE
    interrupted: bool = False
    files: tuple[Path, ...] = ()

    @property
    def versions(self) -> tuple[Version, ...]:
        """Every version that was sealed, oldest first, also those whose file is missing."""
        found = {version_of_name(seal.name) for seal in self.seals.seals}
        return tuple(sorted(version for version in found if version is not None))

    @property
    def newest(self) -> Version | None:
        """The newest version that was sealed, or None."""
        return self.versions[-1] if self.versions else None
