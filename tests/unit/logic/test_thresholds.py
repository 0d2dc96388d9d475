"""Exactly at a threshold: a value of its own, never lost and never taken twice."""

import pytest

from pathwaydsl.project.loading import load_project

TEXT = """pathwaydsl 1

criterion interval "Time since adjuvant therapy" {
  number 0..600 months
}

pathway example "Example" {
  version 1.0.0
  date 2025-01-01
  status draft
  population "Adults"
  eligible everyone
  start at history

  assess history "History" {
    measures interval
    then relapse
  }

  decide relapse "Relapse within a year?" {
    when interval SHORT 12 months -> second-line
    when interval LONG 12 months -> first-line
  }

  act second-line "Second line" {
    then done
  }

  act first-line "First line" {
    then done
  }

  end done "Done"
}
"""


@pytest.fixture
def relapse(tmp_path):
    """What is found when the two lines compare with 12 months in these ways."""

    def check(short, long):
        (tmp_path / "pathwaydsl.toml").write_text("", encoding="utf-8")
        path = tmp_path / "example.pathway"
        path.write_text(TEXT.replace("SHORT", short).replace("LONG", long), encoding="utf-8")
        return load_project([path]).findings

    return check


def test_both_including_twelve_months_overlap_at_twelve(relapse):
    """At most 12 and at least 12 months overlap, with a witness of exactly 12."""
    (found,) = relapse("<=", ">=")
    assert found.rule == "PW302"
    assert "Time since adjuvant therapy is 12 months" in found.message
    assert "interval = 12 months" in (found.help or "")
    assert len(found.labels) == 1


def test_both_leaving_twelve_months_out_do_not_cover_it(relapse):
    """Less and more than 12 months leave the patient at exactly 12 uncovered."""
    (found,) = relapse("<", ">")
    assert found.rule == "PW301"
    assert "Time since adjuvant therapy is 12 months" in found.message
    assert "when interval = 12 months -> BOX" in (found.help or "")
    assert len(found.labels) == 2


@pytest.mark.parametrize(("short", "long"), [("<", ">="), ("<=", ">")])
def test_each_side_once_is_exact(relapse, short, long):
    """With 12 months on one side only nothing is found."""
    assert relapse(short, long) == ()


def test_inside_an_interval_the_witness_is_a_typical_value(relapse):
    """A region that is an interval has a witness inside it, not at its edge."""
    found = relapse("<", "<")
    assert [one.rule for one in found] == ["PW319"]
