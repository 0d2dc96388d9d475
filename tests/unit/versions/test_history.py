"""The history of a pathway is reckoned from its versions."""

from tests.unit.versions.reading_versions import pathway

from pathwaydsl.versions.comparison import compare
from pathwaydsl.versions.history import history
from pathwaydsl.versions.records import Bump
from pathwaydsl.versions.rules.example import BASE, written


def version(number, supersedes, text):
    """The text as another version."""
    return written("  version 1.0.0\n", f"  version {number}\n  supersedes {supersedes}\n", text)


STUDIED = version("1.1.0", "1.0.0", written("status open", "status under-study"))
WEAKER = version(
    "2.0.0",
    "1.1.0",
    written(
        "    recommend for strong\n",
        "    recommend for conditional\n",
        written("status open", "status answered\n  answered by study on 2024-12-01"),
    ),
)


def told(*texts):
    """The history of some versions, for whom the advice changes left out."""
    return history(
        [pathway(text) for text in texts],
        compare=lambda old, new: compare(old, new, advice=False),
    )


def life(lives, name):
    return next(one for one in lives if one.id == name)


def test_a_gap_lives_through_the_versions():
    """It is told since when a gap is there, when it was studied and when answered."""
    gap = life(told(BASE, STUDIED, WEAKER).gaps, "what-next")
    assert gap.said == "since 1.0.0, under study in 1.1.0, answered in 2.0.0"
    assert gap.status == "answered"


def test_a_recommendation_lives_through_the_versions():
    """It is told since when something is advised, and when it was weakened."""
    advice = life(told(BASE, STUDIED, WEAKER).recommendations, "first-care")
    assert advice.said == "since 1.0.0, weakened on unchanged evidence in 2.0.0"


def test_gaps_are_counted_in_each_version():
    """Every version has its row of gaps by status."""
    rows = told(BASE, STUDIED, WEAKER).counts
    assert [(row.open, row.under_study, row.answered) for row in rows] == [
        (1, 0, 0),
        (0, 1, 0),
        (0, 0, 1),
    ]


def test_a_renamed_box_keeps_its_life():
    """A box that says what it was before is the same recommendation."""
    new = version("1.1.0", "1.0.0", BASE.replace("plain-care", "no-care")).replace(
        '"Plain care" {', '"Plain care" {\n    was plain-care'
    )
    advice = life(told(BASE, new).recommendations, "no-care")
    assert advice.ids == ("plain-care", "no-care")
    assert advice.since == pathway(BASE).version


def test_what_is_gone_is_told_last():
    """A recommendation that was taken out stays in the history."""
    new = version(
        "2.0.0",
        "1.0.0",
        BASE.replace(
            '    option plain-care "Neither" when ready and risk <= 1 points\n', ""
        ).replace(
            '  act plain-care "Plain care" {\n'
            '    good-practice because "It is always possible"\n    then both\n  }\n',
            "",
        ),
    )
    advice = told(BASE, new).recommendations[-1]
    assert (advice.id, advice.gone) == ("plain-care", True)
    assert advice.said == "since 1.0.0, withdrawn in 2.0.0"


def test_each_step_has_the_number_it_moved():
    """What a number moved stands beside what the changes need."""
    steps = told(BASE, STUDIED, WEAKER).steps
    assert [step.declared for step in steps] == [Bump.MINOR, Bump.MAJOR]
    assert steps[0].comparison.required is Bump.MINOR


def test_a_fork_of_the_chain_is_said():
    """Two versions that follow on the same one are a fork."""
    other = version("2.0.0", "1.0.0", BASE)
    (broken,) = told(BASE, STUDIED, other).breaks
    assert "forks" in broken.message


def test_a_version_missing_from_the_chain_is_said():
    """A version that follows on one that is not there is said."""
    (broken,) = told(BASE, WEAKER).breaks
    assert broken.message == "Version 2.0.0 follows on version 1.1.0, which is missing here"


def test_one_version_has_a_history():
    """A single version has lives and no steps."""
    one = told(BASE)
    assert one.steps == ()
    assert life(one.recommendations, "first-care").said == "since 1.0.0"


def test_no_version_has_no_history():
    """Nothing is told of nothing."""
    assert told().gaps == ()
