"""The three versions of the first-line pathway, told one after the other.

The texts beside this file are what a reviewer reads. `pytest --rewrite` writes them anew; read
each line against the pathway before you commit it.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from pathwaydsl.project.given_versions import of_release, with_releases
from pathwaydsl.project.releases import releases_of
from pathwaydsl.report.differences import differences
from pathwaydsl.report.differences_text import as_text
from pathwaydsl.report.history_report import as_text as history_as_text
from pathwaydsl.versions import Bump, compare
from pathwaydsl.versions.history import history

HERE = Path(__file__).parent
FOLDER = HERE.parents[2] / "pathways" / "her2-mbc"
NAME = "her2-mbc-first-line"


@pytest.fixture(scope="module")
def versions():
    """The releases, and the working file after them."""
    project = with_releases(NAME, FOLDER)
    found = [of_release(one, project) for one in releases_of(project)[NAME]]
    working = [d.pathway for d in project.documents.values() if d.pathway is not None]
    entered = {one.id: one for one in working}
    told = [(one.pathway, one.others) for one in found]
    known = {pathway.version for pathway, _ in told}
    if entered[NAME].version not in known:
        told.append((entered[NAME], entered))
    return told


@pytest.fixture(scope="module")
def comparisons(versions):
    """Each version against the one before it."""
    return [
        compare(old, new, old_others=old_others, new_others=new_others)
        for (old, old_others), (new, new_others) in pairwise(versions)
    ]


def test_each_step_is_told_as_it_was_read(comparisons, expected):
    """What changed, line by line, is what stands beside this file."""
    for comparison in comparisons:
        name = f"{comparison.old.version}-to-{comparison.new.version}.txt"
        expected(HERE / name, as_text(differences(comparison)))


def test_the_history_is_told_as_it_was_read(versions, comparisons, expected):
    """The life of each gap and each recommendation is what stands beside this file."""
    known = {(one.old.version, one.new.version): one for one in comparisons}
    told = history(
        [pathway for pathway, _ in versions],
        compare=lambda old, new: known[old.version, new.version],
    )
    expected(HERE / "history.txt", history_as_text(told))


def test_every_version_has_the_number_its_changes_need(comparisons):
    """Each release moved as far as it had to."""
    for comparison in comparisons:
        assert differences(comparison).verdict.declared == comparison.required == Bump.MAJOR
        assert differences(comparison).findings == ()
