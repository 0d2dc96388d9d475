"""The layout engine when it fails: a value with a reason, never an exception."""

import time
from pathlib import Path

import pytest

from pathwaydsl.chart.engine import EngineSettings, Failure, engine_version, lay_out

GOOD = 'digraph { n1 [id="n1"] }'
BAD = "digraph { n1 [label=<<TABLE>> ]"


@pytest.fixture
def fake(tmp_path):
    """Makes an engine out of a few lines of shell."""

    def make(script, **settings):
        path = tmp_path / "engine"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return EngineSettings(command=str(path), **{"seconds": 1.0, "workers": 1, **settings})

    return make


DRAWS = """
for f in "$@"; do case $f in -*) ;; *)
  if grep -q HANG "$f"; then sleep 60; fi
  if grep -q CRASH "$f"; then kill -SEGV $$; fi
  if grep -q REFUSE "$f"; then exit 1; fi
  echo '<svg></svg>' > "$f.svg"
esac; done
"""


def test_a_failing_chart_is_reported_alone():
    """The other charts of its run are drawn."""
    results = lay_out([GOOD, BAD, GOOD, GOOD, BAD], EngineSettings(workers=1))
    assert [isinstance(result, Failure) for result in results] == [False, True, False, False, True]


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("HANG", "the layout engine took longer than 1 seconds"),
        ("CRASH", "the layout engine crashed"),
        ("REFUSE", "the layout engine could not draw it"),
    ],
)
def test_one_bad_chart_does_not_take_others_with_it(fake, word, reason):
    """Hanging, crashing and refusing are told apart and pinned to one chart."""
    started = time.monotonic()
    results = lay_out([GOOD, GOOD, word, GOOD, GOOD, GOOD], fake(DRAWS))
    assert [isinstance(result, Failure) for result in results] == [False] * 2 + [True] + [False] * 3
    assert results[2] == Failure(reason)
    assert time.monotonic() - started < 20


def test_a_missing_engine_is_a_failure_with_the_way_out():
    """The reason names what was not found."""
    engine = EngineSettings(command="no-such-engine")
    (result,) = lay_out([GOOD], engine)
    assert result.reason == "the layout engine “no-such-engine” was not found"
    assert "pathwaydsl.toml" in result.help
    assert engine_version(engine) == result


def test_a_drawing_without_end_is_stopped(fake):
    """Output over the limit is a failure, not a full disk."""
    script = 'for f in "$@"; do last=$f; done; while :; do echo xxxxxxxx; done > "$last.svg"'
    (result,) = lay_out([GOOD], fake(script, output=100_000, seconds=20))
    assert result == Failure("the drawing is larger than 0.1 MB, the limit for one chart")


def test_a_file_that_is_no_program_is_a_failure(tmp_path):
    """An engine that cannot be started is told, not raised."""
    path = tmp_path / "engine"
    path.write_bytes(b"\x00\x01\x02")
    path.chmod(0o755)
    (result,) = lay_out([GOOD], EngineSettings(command=str(path)))
    assert isinstance(result, Failure)


def test_an_engine_that_writes_nothing_is_a_failure(fake):
    """Success without a drawing is none."""
    (result,) = lay_out([GOOD], fake("exit 0"))
    assert result == Failure("the layout engine wrote no drawing")


def test_memory_is_limited(fake):
    """An engine over its memory limit fails alone."""
    engine = fake("x=$(head -c 400000000 /dev/zero | tr '\\0' 'x')\nexit 0", memory=100_000_000)
    (result,) = lay_out([GOOD], engine)
    assert isinstance(result, Failure)


def test_no_charts_need_no_run():
    """An empty project has no charts and no failure."""
    assert lay_out([], EngineSettings()) == ()


def test_the_engine_says_its_version(fake):
    """The version is part of what a kept drawing depends on."""
    assert str(engine_version(EngineSettings())).startswith("graphviz-pure 0.2")
    version = engine_version(fake("echo 'dot - graphviz version 2.43.0 (0)' >&2"))
    assert version == "engine 2.43.0"


def test_an_engine_that_never_says_its_version_leaves_nothing_running(fake, tmp_path, monkeypatch):
    """What it started ends with it."""
    monkeypatch.setattr("pathwaydsl.chart.engine._SECONDS_FOR_VERSION", 0.5)
    pid = tmp_path / "pid"
    engine = fake(f"trap '' TERM INT\nsleep 60 &\necho $! > {pid}\nwait")
    said = engine_version(engine)
    assert isinstance(said, Failure)
    assert "does not say its version" in said.reason
    status = Path(f"/proc/{pid.read_text().strip()}/stat")
    deadline = time.monotonic() + 5
    while status.exists() and ") Z" not in status.read_text() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not status.exists() or ") Z" in status.read_text()
