"""The baseline: what was found when a project was adopted."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathwaydsl.project.baseline import (
    Entry,
    Looked,
    baseline_of,
    compare,
    may_stand,
    read_baseline,
    written,
)
from pathwaydsl.project.loading import load_project
from pathwaydsl.text.fingerprint import fingerprint_of, fingerprints
from pathwaydsl.text.rules import finding
from pathwaydsl.text.source import Source

RULES = ("PW402", "PW809", "PW410", "PW301", "PW615", "PW101", "PW440")
MESSAGES = st.one_of(st.sampled_from(["One", "Two", 'A "label"']), st.text(max_size=12))
FINDINGS = st.lists(
    st.builds(
        lambda code, message, file: finding(code, message, None, file=file),
        st.sampled_from(RULES),
        MESSAGES.map(lambda text: f"X{text}"),
        st.sampled_from(["a.pathway", "lib/b.pathway", "Straße Ω.pathway"]),
    ),
    max_size=12,
)


def everything(file):
    return Looked.WHOLE


def partly(file):
    return Looked.PARTLY


def read(text):
    return read_baseline(Source("pathwaydsl-baseline.toml", text))


@given(FINDINGS)
def test_what_was_written_down_is_known(found):
    """Beside its own baseline nothing is new but what may not stand in one, and nothing is gone."""
    compared = compare(found, baseline_of(found, (), everything), everything)
    assert compared.new == tuple(one for one in found if not may_stand(one))
    assert compared.gone == ()


@given(FINDINGS)
def test_a_baseline_is_read_as_it_was_written(found):
    """Labels of any sort come back from the file as they went in."""
    entries = baseline_of(found, (), everything)
    outcome = read(written(entries))
    assert outcome.findings == ()
    strip = [(e.fingerprint, e.rule, e.message, e.file, e.count) for e in outcome.value]
    assert strip == [(e.fingerprint, e.rule, e.message, e.file, e.count) for e in entries]
    assert written(outcome.value) == written(entries)


@given(FINDINGS, FINDINGS)
def test_every_further_finding_counts(found, more):
    """What is added is new, however much of the same was there before."""
    entries = baseline_of(found, (), everything)
    compared = compare([*found, *more], entries, everything)
    assert len(compared.known) == sum(map(may_stand, found))
    assert len(compared.new) + len(compared.known) == len(found) + len(more)
    assert compared.gone == ()


@given(FINDINGS, FINDINGS)
def test_what_is_mended_is_gone(found, more):
    """What is no longer found is told, as many times as it was there."""
    entries = baseline_of([*found, *more], (), everything)
    gone = Counter()
    for entry, number in compare(found, entries, everything).gone:
        gone[entry.rule, entry.message] += number
    wanted = Counter((one.rule, one.message) for one in more if may_stand(one))
    del wanted["PW440"]
    assert gone == Counter({key: n for key, n in wanted.items() if key[0] != "PW440"})


@given(FINDINGS)
def test_no_order_of_findings_changes_the_file(found):
    """The same findings give the same bytes."""
    turned = list(reversed(found))
    assert written(baseline_of(turned, (), everything)) == written(
        baseline_of(found, (), everything)
    )


def test_an_entry_has_the_fingerprint_of_every_other_report():
    """What stands in the baseline can be looked up in SARIF."""
    found = [finding("PW809", "It says nothing", None, file="a.pathway")]
    [entry] = baseline_of(found, (), everything)
    assert (entry.fingerprint,) == fingerprints(found)


def test_what_moved_to_a_library_stays_known():
    """A definition that moves to another file takes its findings along."""
    before = baseline_of([finding("PW809", "It", None, file="a.pathway")], (), everything)
    moved = [finding("PW809", "It", None, file="lib.pathway")]
    compared = compare(moved, before, everything)
    assert (compared.new, compared.gone) == ((), ())


def test_other_files_stay_written_down():
    """A run over one file changes nothing of the others, and takes none of their entries."""
    found = [finding("PW809", "It", None, file=f) for f in ("a.pathway", "b.pathway")]
    before = baseline_of(found, (), everything)

    def alone(file):
        return Looked.WHOLE if file == "a.pathway" else Looked.NOT

    assert baseline_of([], before, alone) == before[1:]
    twice = [found[0], found[0]]
    assert len(compare(twice, before, alone).new) == 1
    assert [entry.file for entry, _ in compare([], before, alone).gone] == ["a.pathway"]


def test_nothing_is_gone_from_a_file_that_could_not_be_read_whole():
    """Where reading stopped, nobody knows what is mended."""
    before = baseline_of([finding("PW809", "It", None, file="a.pathway")], (), everything)
    compared = compare([], before, partly)
    assert compared.gone == ()
    assert baseline_of([], before, partly) == before


@pytest.mark.parametrize("code", ["PW301", "PW302", "PW401", "PW615", "PW617", "PW626", "PW201"])
def test_what_must_be_mended_is_never_part_of_it(code):
    """Uncovered, overlap, contraindicated, a broken seal and what could not be read always count.

    An entry that somebody wrote by hand changes nothing.
    """
    assert not may_stand(finding(code, "It", None, file="a.pathway"))
    entry = Entry(fingerprint_of(code, "It"), code, "It", "a.pathway", 1)
    [found] = read(written([entry])).findings
    assert "cannot be part of a baseline" in found.message


ENTRY = f"""
[[finding]]
file = "a.pathway"
rule = "PW809"
message = "It"
count = 1
fingerprint = "{fingerprint_of("PW809", "It")}"
"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("format = 1\n<<<<<<< ours\n", "cannot be read"),
        ("x = " + "[" * 5000, "cannot be read"),
        ("", "does not say `format = 1`"),
        ("format = true\n", "does not say `format = 1`"),
        ("format = 2\n", "newer pathwaydsl"),
        ("format = 1\nnotes = 2\n", "no place for `notes`"),
        ("format = 1\nfinding = 3\n", "`[[finding]]`"),
        ("format = 1\n" + ENTRY.replace("count = 1", "count = 0"), "at least 1"),
        ("format = 1\n" + ENTRY.replace("count = 1", "count = true"), "not a whole number"),
        ("format = 1\n" + ENTRY.replace("count = 1\n", ""), "`count` is missing"),
        ("format = 1\n" + ENTRY + "why = 'so'\n", "no place for `why`"),
        ("format = 1\n" + ENTRY.replace('"It"', '"Else"'), "do not belong"),
        ("format = 1\n" + ENTRY + ENTRY, "stands twice"),
    ],
)
def test_a_malformed_baseline_is_one_clear_finding(text, words):
    """Whatever is wrong with the file, it is told, and hides nothing."""
    outcome = read(text)
    [found] = outcome.findings
    assert found.rule == "PW133"
    assert words in found.message
    assert len(outcome.value) == (1 if "twice" in words else 0)


def test_a_baseline_never_leads_out_of_the_project(tmp_path, example_pathway):
    """A link to a file elsewhere is not followed."""
    elsewhere = tmp_path / "elsewhere.toml"
    elsewhere.write_text("format = 1\n", "utf-8")
    root = tmp_path / "project"
    root.mkdir()
    (root / "pathwaydsl.toml").write_text("", "utf-8")
    (root / "a.pathway").write_text(example_pathway, "utf-8")
    (root / "pathwaydsl-baseline.toml").symlink_to(elsewhere)
    [found] = load_project([root]).findings
    assert "leads out of the project" in found.message


@pytest.fixture
def example_pathway():
    from pathwaydsl.text.rules.examples import GOOD

    return GOOD


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"\xc3("])
def test_a_baseline_that_is_no_text_counts_everything(content, tmp_path, example_pathway):
    """An empty file and one in another encoding are one finding of the baseline each."""
    (tmp_path / "pathwaydsl.toml").write_text("", "utf-8")
    (tmp_path / "pathwaydsl-baseline.toml").write_bytes(content)
    (tmp_path / "a.pathway").write_text(example_pathway, "utf-8")
    assert [found.rule for found in load_project([tmp_path]).findings] == ["PW133"]
