"""`pathwaydsl baseline`: adopting files that are full of findings."""

import json

import pytest

NAME = "pathwaydsl-baseline.toml"


@pytest.fixture
def old(project, example):
    """A corpus with a warning, an error that can be suppressed, and one that cannot."""
    text = example.replace('  population "Adults"\n', "")
    (project / "example.pathway").write_text(text)
    return project


def test_only_new_findings_count(old, call):
    """After the baseline, `check` passes; a further finding is told alone."""
    assert call("check", "-W").code == 1
    told = call("baseline")
    assert (told.code, told.err) == (0, "")
    assert "holds 1 finding; from now on only new ones count" in told.out
    after = call("check", "-W")
    assert after.code == 0
    assert "1 more is known from pathwaydsl-baseline.toml." in after.out
    text = (old / "example.pathway").read_text()
    (old / "example.pathway").write_text(text.replace("  eligible everyone\n", ""))
    again = call("check", "-W", "--format", "json")
    assert again.code == 1
    told = [f["rule"] for f in json.loads(again.out)["findings"] if f["severity"] != "info"]
    assert len(told) == 1
    assert "PW809" not in told


def test_everything_can_still_be_seen(old, call):
    """`check --no-baseline` tells what the baseline knows."""
    call("baseline")
    assert "PW809" not in call("check").out
    assert "PW809" in call("check", "--no-baseline").out


def test_lines_may_move(old, call):
    """A finding is known by what it says, not by where it stands."""
    call("baseline")
    text = (old / "example.pathway").read_text()
    (old / "example.pathway").write_text(
        text.replace("pathway example", "# moved\n\npathway example")
    )
    assert call("check", "-W").code == 0


def test_what_is_mended_is_told_and_taken_out(old, call, example):
    """A mended finding leaves a stale entry, which the next run takes out."""
    call("baseline")
    (old / "example.pathway").write_text(example)
    told = call("check", "-W")
    assert told.code == 0
    assert "PW134" in told.out
    assert "Run `pathwaydsl baseline` to take out what is gone" in told.out
    assert call("baseline", "--check").code == 1
    assert "is empty now" in call("baseline").out
    assert "PW134" not in call("check").out


def test_the_same_again_writes_the_same(old, call):
    """Two runs write the same bytes, and the second says that nothing changed."""
    call("baseline")
    before = (old / NAME).read_bytes()
    told = call("baseline")
    assert "as before" in told.out
    assert (old / NAME).read_bytes() == before
    assert call("baseline", "--check").code == 0


def test_what_must_be_mended_stays_and_is_named(old, call):
    """Patients without a branch are never written down; the command says so."""
    text = (old / "example.pathway").read_text()
    (old / "example.pathway").write_text(text.replace("    when not fit -> done\n", ""))
    told = call("baseline")
    assert "stays out of it and counts as before" in told.err
    assert "PW301" in told.err
    assert "PW301" not in (old / NAME).read_text()
    assert call("check").code == 1


def test_without_findings_nothing_is_written(project, call):
    """A clean project gets no baseline."""
    told = call("baseline")
    assert (told.code, "none is written" in told.out) == (0, True)
    assert not (project / NAME).exists()


def test_its_place_is_a_setting(old, call):
    """`baseline` in `pathwaydsl.toml` says where it lies; the folder is made."""
    (old / "pathwaydsl.toml").write_text('baseline = "quality/known.toml"\n')
    assert call("baseline").code == 0
    assert (old / "quality" / "known.toml").exists()
    assert call("check", "-W").code == 0


def test_a_broken_baseline_is_never_written_over(old, call):
    """What cannot be read may hold what nobody wants to lose."""
    (old / NAME).write_text("<<<<<<< ours\n")
    told = call("baseline")
    assert told.code == 2
    assert "was left as it is" in told.err
    assert (old / NAME).read_text() == "<<<<<<< ours\n"
    found = call("check")
    assert found.code == 1
    assert "PW133" in found.out
    assert "PW809" in found.out


def test_a_folder_without_permission_is_told(old, run):
    """Where nothing may be written, nothing changes and no traceback is shown."""
    (old / NAME).mkdir()
    told = run("baseline")
    assert told.returncode == 2
    assert b"Traceback" not in told.stderr


def test_a_release_counts_every_finding(old, call):
    """What is sealed for good is not let through because it was known."""
    text = (old / "example.pathway").read_text()
    text = text.replace('    good-practice because "it is an example"\n', "")
    text = text.replace("date 2025-01-02", "date 2025-01-02\n  searched to 2025-05-01")
    (old / "example.pathway").write_text(text)
    assert call("check").code == 1
    call("baseline")
    assert call("check").code == 0
    told = call("release", "example.pathway")
    assert told.code == 1
    assert not (old / "releases").exists()


def test_a_build_counts_only_what_is_new(old, call):
    """A known finding lets a site be built with `-W`; the second build knows of the baseline."""
    call("baseline")
    first = call("build", "-o", "site", "--no-charts", "-W")
    assert first.code == 0, first.err
    (old / NAME).unlink()
    assert call("build", "-o", "site", "--no-charts", "-W").code == 1
