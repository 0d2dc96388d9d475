"""Whether the version number moved as far as the changes need.

SemVer: a major, minor or patch step; below 1.0.0 the second part plays the first. CalVer has no
part that says how much changed, so it only has to move forward.
"""

from collections.abc import Iterator

from attrs import evolve

from pathwaydsl.model.values import Version
from pathwaydsl.text.finding import Finding
from pathwaydsl.text.rules import finding
from pathwaydsl.versions.records import Bump, Comparison


def declared(old: Version, new: Version) -> Bump:
    """How far a version number moved; nothing where it did not move forward."""
    if new <= old:
        return Bump.NONE
    if new.major != old.major:
        return Bump.MAJOR
    if new.minor != old.minor:
        return Bump.MAJOR if old.major == 0 else Bump.MINOR
    return Bump.MINOR if old.major == 0 else Bump.PATCH


def next_version(old: Version, required: Bump) -> Version:
    """The smallest version that is far enough from an old one."""
    if required is Bump.NONE:
        return old
    if old.calendar:
        return evolve(old, patch=old.patch + 1)
    if required is Bump.MAJOR:
        if old.major == 0:
            return Version(0, old.minor + 1, 0)
        return Version(old.major + 1, 0, 0)
    if required is Bump.MINOR and old.major > 0:
        return Version(old.major, old.minor + 1, 0)
    return Version(old.major, old.minor, old.patch + 1)


def version_findings(comparison: Comparison) -> tuple[Finding, ...]:
    """What is wrong with the version number of the new version; nothing where one has none."""
    return tuple(_findings(comparison))


def _findings(comparison: Comparison) -> Iterator[Finding]:
    old, new = comparison.old.version, comparison.new.version
    if old is None or new is None or not comparison.comparable:
        return
    required, file, span = comparison.required, comparison.new.file, comparison.new.span
    label = comparison.new.label
    if old.calendar != new.calendar:
        yield finding(
            "PW605",
            f"“{label}” went from version {old} to {new}, which is counted in another way, so "
            "how far it moved cannot be told",
            span,
            file=file,
            help="Keep to one way of counting, or say in the change note why it changed",
        )
        return
    wanted = next_version(old, required)
    if new < old:
        yield finding(
            "PW602",
            f"“{label}” has version {new}, which is below version {old} that it is compared with",
            span,
            file=file,
            help=f"Write version {wanted if required else old}",
        )
        return
    if new == old:
        if required is not Bump.NONE:
            yield finding(
                "PW601",
                f"“{label}” has changed since version {old} but is still called {old}; the "
                f"changes need a {required.word} step",
                span,
                file=file,
                help=f"Write version {wanted}",
            )
        return
    if old.calendar:
        return
    moved = declared(old, new)
    if moved < required and not (old.major == 0 and required is Bump.MINOR):
        first = next(one for one in comparison.changes if one.bump == required and not one.accepted)
        yield finding(
            "PW603",
            f"“{label}” went from version {old} to {new}, but its changes need a "
            f"{required.word} step, for instance: {first.message}",
            span,
            file=file,
            help=f"Write version {wanted}",
        )
    elif moved > required and not (old.major == 0 and (new.major == 1 or required)):
        need = f"only a {required.word} step" if required else "no step at all"
        yield finding(
            "PW604",
            f"“{label}” went from version {old} to {new}, but its changes need {need}",
            span,
            file=file,
            help=f"Version {wanted} would do" if required else None,
        )
