"""The releases hold only what was known on their dates, and their gaps tell one story."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from pathwaydsl.authoring.flattening import flatten
from pathwaydsl.project.loading import load_project
from pathwaydsl.project.releases import releases_of
from pathwaydsl.syntax.reader import imports, read

PATHWAYS = Path(__file__).parents[2] / "pathways"
FOLDER = PATHWAYS / "her2-mbc" / "releases" / "her2-mbc-first-line"
FIRST_LINE = "her2-mbc-first-line"
VERSIONS = ("1.0.0", "2.0.0")

UNDATED_LABELS = {
    "us-pertuzumab-label",
    "eu-pertuzumab-label",
    "us-trastuzumab-label",
    "eu-trastuzumab-smpc",
    "us-docetaxel-label",
    "eu-docetaxel-label",
    "us-palbociclib-label",
    "sc-pertuzumab-trastuzumab-label",
}
"""Copies of labels whose date is not verified; each release says so in its rationale."""

UNDER_WAY = {
    "NCT02947685": (2019, "medians with bounds up to 60.9 months were presented in 2024"),
    "NCT04784715": (2021, "a median of 40.7 months was reached by the cut-off of 26 Feb 2025"),
    "NCT05132582": (2023, "a median of 24.9 months was reached by December 2025"),
    "NCT05721248": (2023, "its number at the NCI is NCI-2023-03485"),
    "NCT05296798": (2024, "its protocol was published in 2024"),
    "NCT05894239": (2024, "its number at the Kenya PPB is ECCT/24/02/06"),
}
"""By which year a trial was under way, and how we know: a trial may be named before its results."""

LATER_NAMES = {"STOP-HER2": 2023, "INAVO122": 2024, "DEMETHER": 2025, "DESTINY-Breast": 2022}
"""Names that no source shows before this year."""

GAP_LIFE = {
    # id in the newest version: status in 1.0.0, 2.0.0 and the working file
    "early-relapse": ("open", "open", "open"),
    "curative-her2-exposure": ("open", "open", "open"),
    "first-line-without-taxane": ("open", "open", "open"),
    "rechallenge": ("open", "open", "open"),
    "cns-first-line": ("open", "open", "open"),
    "cns-prevention": ("open", "open", "open"),
    "personalised-sequencing": ("open", "open", "open"),
    "reduced-performance": ("open", "open", "open"),
    "weak-heart": ("open", "open", "open"),
    "stopping-maintenance": ("open", "under-study", "under-study"),
    "er-escape": ("open", "under-study", "under-study"),
    "palbociclib-added": ("under-study", "answered", "answered"),
    "interval-clock": (None, "open", "open"),
    "after-curative-conjugate": (None, "open", "open"),
    "pik3ca-maintenance": (None, "under-study", "under-study"),
    "deruxtecan-first-line": (None, "under-study", "answered"),
    "tucatinib-added": (None, "under-study", "answered"),
    "novel-first-line": (None, None, "open"),
    "after-first-line-deruxtecan": (None, None, "open"),
    "maintenance-after-deruxtecan": (None, None, "under-study"),
}


@pytest.fixture(scope="module")
def project():
    """The shipped pathways."""
    return load_project([PATHWAYS])


@pytest.fixture(scope="module")
def working(project):
    """The working file of the first line."""
    return next(
        document.pathway
        for document in project.documents.values()
        if document.pathway is not None and document.pathway.id == FIRST_LINE
    )


@pytest.fixture(scope="module")
def releases(project):
    """The releases of the first line by version."""
    return {str(one.version): one.document.pathway for one in releases_of(project)[FIRST_LINE]}


@pytest.fixture(params=VERSIONS)
def release(request, releases):
    """One release after the other."""
    return releases[request.param]


def text_of(pathway):
    return (FOLDER / f"{pathway.version}.pathway").read_text("utf-8")


def used_gaps(pathway):
    """The gaps that a pathway pins or leads to, by id."""
    pinned = {
        gap
        for node in pathway.nodes
        for flagged in (
            getattr(node, "recommendation", None),
            *getattr(node, "branches", ()),
            *getattr(node, "options", ()),
        )
        for gap in getattr(flagged, "flags", ())
    }
    own = {node.id for node in pathway.nodes if node.kind == "gap"}
    return {name: pathway.gap[name] for name in pinned | own}


def test_the_chain(releases, working):
    """1.0.0, then 2.0.0, then the working file; each sealed release is the one it was."""
    assert tuple(releases) == VERSIONS
    assert releases["1.0.0"].supersedes is None
    assert str(releases["2.0.0"].supersedes) == "1.0.0"
    assert str(working.supersedes) == "2.0.0"
    assert releases["1.0.0"].date.latest < releases["2.0.0"].date.latest < working.date.latest
    seals = dict(
        reversed(line.split("  ")) for line in (FOLDER / "SEALS").read_text("utf-8").splitlines()
    )
    assert seals == {
        f"{version}.pathway": hashlib.sha256(
            (FOLDER / f"{version}.pathway").read_bytes()
        ).hexdigest()
        for version in VERSIONS
    }


def test_nothing_was_published_later(release):
    """Every study, guideline, reading, approval and result is as old as its release, or older."""
    for study in release.library.evidence:
        known = study.published or max(
            (r.published for r in study.outcomes if r.published), default=None
        )
        if known is None:
            assert study.id in UNDATED_LABELS | {"stop-her2"}, study.id
            assert all(r.published is None and not r.estimate for r in study.outcomes)
        else:
            assert known.latest <= release.date.latest, study.id
        for result in study.outcomes:
            if result.published is not None:
                assert result.published.latest <= release.date.latest, result.id


def test_no_year_after_the_release(release):
    """No year after that of the release stands anywhere but where a review is planned."""
    text = re.sub(r"review by \S+", "", text_of(release))
    years = {int(year) for year in re.findall(r"(?<![\d.-])20\d\d(?!\d)", text)}
    assert max(years) <= release.date.year


def test_no_name_known_only_later(release, project):
    """A study published only later is not named, not even in prose."""
    text = text_of(release)
    for document in project.documents.values():
        for study in document.own.evidence:
            name = study.label.split(",")[0].split(" (")[0]
            if study.published and study.published.earliest > release.date.latest:
                assert not re.search(rf"{re.escape(name)}(?![\w-])", text), name
    for name, year in LATER_NAMES.items():
        if year > release.date.year:
            assert name not in text


def test_trials_named_as_under_way_were(release):
    """A trial that studies a gap was under way on the date of the release."""
    for gap in used_gaps(release).values():
        for study in gap.studied_by:
            since, why = UNDER_WAY[study.trial.value]
            assert since <= release.date.year, why


def test_results_are_those_of_the_verified_library(release, project):
    """Each result of a release stands as it does in the library, whose figures are verified."""
    library = {
        result.id: (study, result)
        for document in project.documents.values()
        for study in document.own.evidence
        for result in study.outcomes
    }
    count = 0
    for study in release.library.evidence:
        for result in study.outcomes:
            whole, verified = library[result.id]
            count += 1
            same = "arms events estimate p follow_up published immature clock_from assessed_by"
            for part in same.split():
                assert getattr(result, part) == getattr(verified, part), (result.id, part)
            assert (study.id, study.trial, study.enrolled) == (
                whole.id,
                whole.trial,
                whole.enrolled,
            )
            codes = {c.code for c in result.cites if c.code and c.code.scheme in {"doi", "pmid"}}
            assert codes == {
                c.code for c in verified.cites if c.code and c.code.scheme in {"doi", "pmid"}
            }
    assert count >= 15


def test_a_release_says_what_it_is(release):
    """It is plain that nobody approved it and that it was written afterwards, as an example."""
    assert "written afterwards" in release.rationale
    assert "fictitious" in release.approvals[0].by
    assert "Labels are quoted from copies whose date is not verified" in release.rationale
    assert release.searched_to == release.date


def test_a_release_stands_alone_and_is_canonical(release):
    """It uses no other file, and freezing it again gives the same bytes."""
    text = text_of(release)
    alone = load_project([FOLDER / f"{release.version}.pathway"])
    (name,) = alone.files
    assert not list(imports(alone.files[name]))
    again = flatten(alone.files[name], alone.files, alone.documents[name])
    assert again.value is not None
    assert again.value.text == text
    assert not read(alone.files[name].source).findings


def test_at_least_eight_cases(release):
    """Each release brings the cases that fitted it."""
    assert len(release.cases) >= 8
    assert len({case.label for case in release.cases}) == len(release.cases)


def test_no_later_regimen(releases):
    """1.0.0 knows no palbociclib maintenance, 2.0.0 no trastuzumab deruxtecan in the first line."""
    assert "palbociclib-maintenance" not in releases["1.0.0"].node
    assert "paclitaxel-antibodies" not in releases["1.0.0"].node
    assert "palbociclib-maintenance" in releases["2.0.0"].node
    for version in VERSIONS:
        assert "tdxd-pertuzumab" not in releases[version].node
        assert "tucatinib-maintenance" not in releases[version].node


def test_life_of_the_gaps(releases, working):
    """Some gaps open, some go under study, some are answered, and none is lost."""
    renamed = {
        name: gap.was for name, gap in used_gaps(working).items() if getattr(gap, "was", None)
    }
    assert dict(renamed) == {"after-curative-conjugate": "after-curative-emtansine"}
    stories = {}
    for pathway in (*releases.values(), working):
        for name, gap in used_gaps(pathway).items():
            newest = next((new for new, old in renamed.items() if old == name), name)
            stories.setdefault(newest, {})[str(pathway.version)] = gap
    life = {
        name: tuple(
            story[version].status if version in story else None
            for version in (*VERSIONS, str(working.version))
        )
        for name, story in stories.items()
    }
    assert life == GAP_LIFE
    for name, story in stories.items():
        raised = {str(gap.raised) for gap in story.values()}
        first = next(
            str(pathway.date)
            for pathway in (*releases.values(), working)
            if str(pathway.version) in story
        )
        assert raised == {first}, name


def test_gaps_are_answered_by_what_was_known(releases, working):
    """An answer names evidence of the same version, and stays as it was given."""
    answers = {}
    for pathway in (*releases.values(), working):
        for name, gap in used_gaps(pathway).items():
            if gap.status == "answered":
                study = next(s for s in pathway.library.evidence if s.id == gap.answered.evidence)
                assert study.published.earliest <= gap.answered.on.latest
                assert gap.answered.on.latest <= pathway.date.latest
                answers.setdefault(name, set()).add((study.id, str(gap.answered.on)))
    assert answers == {
        "palbociclib-added": {("patina", "2024-12-31")},
        "deruxtecan-first-line": {("destiny-breast09", "2025-10-29")},
        "tucatinib-added": {("her2climb-05", "2025-12-24")},
    }
