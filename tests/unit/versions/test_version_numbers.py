"""Tests of the version number that changes need, and of accepting changes."""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.versions.reading_versions import pathway

from pathwaydsl.authoring.numbering import far_enough, step_between
from pathwaydsl.model.values import PartialDate, Version
from pathwaydsl.text.rules import rule
from pathwaydsl.text.rules.examples import GOOD, changed
from pathwaydsl.versions import Bump, compare
from pathwaydsl.versions.acceptance import accept, read_accepted, written_accepted
from pathwaydsl.versions.bump import declared, next_version, version_findings
from pathwaydsl.versions.rules import BY_ID, RULES
from pathwaydsl.versions.rules.example import BASE

versions = st.builds(Version, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)) | st.builds(
    Version, st.integers(1900, 2100), st.integers(1, 12), st.integers(0, 9)
)

DOSE = BASE.replace("80 mg IV", "100 mg IV")
LOST = BASE.replace("    recommend for strong\n", "")


def entry(fingerprint, *, expires="2026-01-01"):
    return (
        f'[[accepted]]\nfingerprint = "{fingerprint}"\nreason = "Agreed"\n'
        f'author = "A. Author"\nexpires = {expires}\n'
    )


def codes(findings):
    return [one.rule for one in findings]


@given(versions, st.sampled_from(Bump))
def test_the_suggested_version_moves_far_enough(old, required):
    """What is suggested is never too small."""
    suggested = next_version(old, required)
    assert suggested >= old
    if required and not old.calendar and old.major > 0:
        assert declared(old, suggested) == required
    assert (suggested > old) is bool(required)


def test_below_one_the_second_part_plays_the_first():
    """A major change before 1.0.0 moves the second part."""
    assert next_version(Version(0, 3, 1), Bump.MAJOR) == Version(0, 4, 0)
    assert declared(Version(0, 3, 1), Version(0, 4, 0)) == Bump.MAJOR


def test_examples_of_the_rules_about_numbers_show_them():
    """The bad example of each rule has its finding against what it is compared with."""
    for code in ("PW601", "PW602", "PW603", "PW604", "PW605"):
        bad, good = pathway(rule(code).bad), pathway(rule(code).good)
        old = pathway(GOOD)
        required = Bump.MAJOR if code == "PW603" else Bump.PATCH
        for text, expected in ((bad, [code]), (good, [])):
            found = compare(old, text)
            told = max(found.required, required if text is bad or code == "PW603" else Bump.MINOR)
            changes = (evolve(found.changes[0], bump=told), *found.changes[1:])
            comparison = evolve(found, required=told, changes=changes)
            assert codes(version_findings(comparison)) == expected, code


def test_nothing_changed_needs_no_other_number():
    """The same file under the same number is fine."""
    assert version_findings(compare(pathway(BASE), pathway(BASE))) == ()


def test_a_dose_needs_a_major_step():
    """A minor step is too small for another dose, and the change is named."""
    minor = DOSE.replace("  version 1.0.0\n  date", "  version 1.1.0\n  date")
    (found,) = version_findings(compare(pathway(BASE), pathway(minor)))
    assert found.rule == "PW603"
    assert "100 mg" in found.message
    assert found.help == "Write version 2.0.0."


def test_a_calendar_version_has_to_move_forward():
    """Any later one will do, the same or an earlier one not."""
    old = evolve(pathway(BASE), version=Version(2025, 1, 0))
    for version, expected in (
        (Version(2025, 1, 0), ["PW601"]),
        (Version(2025, 1, 1), []),
        (Version(2024, 12, 0), ["PW602"]),
        (Version(3, 0, 0), ["PW605"]),
    ):
        new = evolve(pathway(DOSE), version=version)
        assert codes(version_findings(compare(old, new))) == expected


def test_an_accepted_change_stays_and_needs_no_number():
    """It is marked with its reason."""
    found = compare(pathway(BASE), pathway(DOSE))
    read = read_accepted(entry(found.changes[0].fingerprint), "accepted.toml")
    assert read.findings == ()
    marked = accept(found, read.value, file="accepted.toml")
    assert marked.findings == ()
    assert marked.value.required == Bump.NONE
    assert marked.value.changes[0].accepted == "Agreed (A. Author)"


def test_an_unknown_entry_is_a_finding():
    """It would hide the change if it came back."""
    found = compare(pathway(BASE), pathway(DOSE))
    read = read_accepted(entry("0123456789ab"), "accepted.toml")
    marked = accept(found, read.value, file="accepted.toml")
    assert codes(marked.findings) == ["PW606"]
    assert marked.value.required == Bump.MAJOR


def test_an_expired_entry_is_a_finding_and_counts_not():
    """The day named is the last on which it counts."""
    found = compare(pathway(BASE), pathway(DOSE))
    text = entry(found.changes[0].fingerprint, expires="2025-06-30")
    read = read_accepted(text, "accepted.toml").value
    last = accept(found, read, file="accepted.toml", as_of=PartialDate(2025, 6, 30))
    after = accept(found, read, file="accepted.toml", as_of=PartialDate(2025, 7, 1))
    assert last.findings == ()
    assert codes(after.findings) == ["PW607"]
    assert after.value.required == Bump.MAJOR


def test_lost_advice_cannot_be_accepted_away():
    """The number still has to say so."""
    found = compare(pathway(BASE), pathway(LOST))
    lost = next(one for one in found.changes if one.rule == "recommendation-withdrawn")
    read = read_accepted(entry(lost.fingerprint), "accepted.toml").value
    marked = accept(found, read, file="accepted.toml")
    assert codes(marked.findings) == ["PW608"]
    assert marked.value.required == Bump.MAJOR


@pytest.mark.parametrize("name", sorted(one.id for one in RULES if not one.acceptable))
def test_what_weighs_most_cannot_be_accepted_away(name):
    """A reused id, lost advice, what was not compared: accepted or not, the number has to move."""
    found = compare(pathway(BY_ID[name].before), pathway(BY_ID[name].after))
    (one, *_) = (change for change in found.changes if change.rule == name)
    pasted = written_accepted(found.changes)
    assert one.fingerprint not in pasted
    everything = "\n".join(entry(change.fingerprint) for change in found.changes)
    marked = accept(
        found, read_accepted(everything, "accepted.toml").value, file="accepted.toml",
        as_of=PartialDate(2025, 6, 1),
    )  # fmt: skip
    assert "PW608" in [found.rule for found in marked.findings]
    assert marked.value.required >= one.bump
    assert all(change.accepted is None for change in marked.value.changes if change.rule == name)


def test_all_that_must_stay_is_in_the_catalogue():
    """The rules that nobody can accept away, by name."""
    stay = {one.id for one in RULES if not one.acceptable}
    assert stay >= {"id-reused", "unrelated-pathways", "advice-lost", "treatment-removed"}


def test_an_entry_that_is_not_whole_is_a_finding_and_counts_not():
    """Nobody could tell who let what pass, why, and until when."""
    whole = entry("0123456789ab")
    for text in (
        whole.replace("reason", "because"),
        whole.replace("A. Author", ""),
        whole.replace("2026-01-01", '"soon"'),
        whole.replace("0123456789ab", "all"),
        whole + "more = 1\n",
        "accepted = 1\n",
        "[[accepted]\n",
        "other = 1\n",
    ):
        read = read_accepted(text, "accepted.toml")
        assert read.value == ()
        assert codes(read.findings) == ["PW609"]


def test_one_change_is_accepted_once():
    """A second entry for it is a finding."""
    read = read_accepted(entry("0123456789ab") * 2, "accepted.toml")
    assert len(read.value) == 1
    assert codes(read.findings) == ["PW609"]


def test_entries_to_paste_are_incomplete_until_somebody_fills_them_in():
    """A reason, an author and a day have to be written by a person."""
    found = compare(pathway(BASE), pathway(DOSE))
    text = written_accepted(found.changes)
    assert found.changes[0].fingerprint in text
    assert codes(read_accepted(text, "accepted.toml").findings) == ["PW609"] * text.count("[[")


def test_the_example_of_a_small_step_is_compared_with_the_first_version():
    """The examples of these rules are versions of one small pathway."""
    assert changed("version 1.0.0", "version 0.9.0") == rule("PW602").bad


@pytest.mark.parametrize(
    ("old", "new", "step"),
    [("0.1.0", "0.2.0", "major"), ("0.1.0", "0.1.1", "minor"), ("0.1.0", "1.0.0", "major"),
     ("2025.1.0", "2025.1.1", "major"), ("2025.1.0", "2024.1.0", "none")],
)  # fmt: skip
def test_a_release_counts_steps_as_a_comparison_does(old, new, step):
    """Below 1.0.0 the second part plays the first; a calendar version only has to move on."""
    before, after = (Version(*map(int, one.split("."))) for one in (old, new))
    assert step_between(before, after).word == step


@pytest.mark.parametrize(
    ("old", "required", "new"),
    [("0.1.0", Bump.MAJOR, "0.2.0"), ("0.1.0", Bump.NONE, "0.1.1"), ("1.2.3", Bump.MINOR, "1.3.0")],
)
def test_the_number_of_a_release_is_the_smallest_that_is_enough(old, required, new):
    """`--bump auto` takes no larger step than a comparison asks for."""
    assert str(far_enough(Version(*map(int, old.split("."))), required)) == new
