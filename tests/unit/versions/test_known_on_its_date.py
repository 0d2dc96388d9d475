"""Two versions are compared by what each of them knew on its own date."""

from __future__ import annotations

import pytest

from pathwaydsl.project.loading import load_project
from pathwaydsl.versions import compare

TEXT = """pathwaydsl 1

evidence big "BIG" {
  kind trial
  published 2020
  outcome first "First report" {
    published 2020
    hazard-ratio 0.70 ci 0.60..0.80
    cite "journal:First 2020"
  }
}

pathway known "Known" {
  version 1.0.0
  date 2021-06-01
  status draft
  population "Everyone"
  eligible everyone
  start at therapy

  act therapy "Therapy" {
    recommend for conditional
    ungraded because "Nobody graded it"
    evidence big
    then done
  }

  end done "Done"
}
"""

LATER = """  outcome second "Second report" {
    published 2022-01-29
    hazard-ratio 0.75 ci 0.65..0.85
    cite "journal:Second 2022"
  }
}

pathway known"""


@pytest.fixture
def pathway(tmp_path):
    """A pathway from its text."""

    def read(text):
        (tmp_path / "known.pathway").write_text(text)
        project = load_project([tmp_path / "known.pathway"])
        return next(d.pathway for d in project.documents.values() if d.pathway)

    return read


def test_a_result_published_later_is_no_change(pathway):
    """A library may hold a result of which the pathway could not know."""
    old, new = pathway(TEXT), pathway(TEXT.replace("}\n\npathway known", LATER))
    assert compare(old, new).changes == ()


def test_a_result_becomes_known_with_the_date(pathway):
    """Once the date of the pathway has passed it, it is reported, without an edit of its own."""
    whole = TEXT.replace("}\n\npathway known", LATER)
    later = whole.replace("1.0.0", "2.0.0").replace("date 2021-06-01", "date 2022-02-01")
    told = [
        str(getattr(one, "message", "")) for one in compare(pathway(whole), pathway(later)).changes
    ]
    assert any("Second report" in one for one in told)


def test_a_retraction_is_known_from_its_day_on(pathway):
    """A study retracted after the date of the pathway still stood on that day."""
    retracted = TEXT.replace("  kind trial\n", "  kind trial\n  retracted 2023-01-01\n")
    assert compare(pathway(TEXT), pathway(retracted)).changes == ()
