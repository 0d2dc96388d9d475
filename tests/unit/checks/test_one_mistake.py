"""One mistake is one finding, and small slips are not passed over."""

import pytest

from pathwaydsl.project.loading import load_project
from pathwaydsl.text.rules import rule


@pytest.fixture
def found(tmp_path):
    """What is found in a text: rule, message and help."""

    def look(text):
        (tmp_path / "pathwaydsl.toml").write_text("", encoding="utf-8")
        path = tmp_path / "example.pathway"
        path.write_text(text, encoding="utf-8")
        return [(one.rule, one.message, one.help or "") for one in load_project([path]).findings]

    return look


HEAD = """  version 1.0.0
  date 2025-01-01
  status draft
  population "Adults"
  eligible everyone
"""


def test_an_import_that_failed_is_told_alone(found):
    """A name that the missing file may define is not called of another kind."""
    text = f"""pathwaydsl 1

use "nowhere.pathway"

pathway example "Example" {{
{HEAD}  start at work-up

  assess work-up "Work-up" {{
    measures care
    then care
  }}

  act care "Care" {{
    then done
  }}

  end done "Done"
}}
"""
    assert [code for code, _, _ in found(text)] == ["PW203"]


def test_a_missing_start_is_told_alone(found):
    """Without a start no case can be walked; that is one mistake."""
    text = f"""pathwaydsl 1

pathway example "Example" {{
{HEAD}
  act care "Care" {{
    then done
  }}

  end done "Done"
}}

case "Somebody" {{
  expect care
}}
"""
    assert [code for code, _, _ in found(text)] == ["PW310"]


def test_unknown_among_the_answers_says_what_to_write(found):
    """`also unknown` is answered with `may be unknown`."""
    text = 'pathwaydsl 1\n\ncriterion lvef "LVEF" {\n  number 0..100 %\n  also unknown "?"\n}\n'
    ((code, _, advice),) = found(text)
    assert code == "PW110"
    assert "`may be unknown`" in advice


@pytest.mark.parametrize("phase", ["1", "2", "3", "4", "1b", "2a", "1/2", "2/3", "III", "IV"])
def test_phases_that_there_are(found, phase):
    """Phases are written as registries write them."""
    good = rule("PW425").good
    assert found(good.replace("phase 3", f"phase {phase}")) == []


def test_a_line_shadowed_by_those_above_is_pointed_at(found, tmp_path):
    """Under `first match` the lines above that take everyone are shown."""
    text = f"""pathwaydsl 1

criterion ecog "Performance status" {{
  whole number 0..4
}}

pathway example "Example" {{
{HEAD}  start at work-up

  assess work-up "Work-up" {{
    measures ecog
    then fit
  }}

  decide fit "Fit?" {{
    first match
    when ecog <= 2 -> care
    when ecog >= 4 -> done
    when ecog <= 1 -> done
    otherwise -> care
  }}

  act care "Care" {{
    then done
  }}

  end done "Done"
}}
"""
    assert [code for code, _, _ in found(text)] == ["PW304"]
    (one,) = load_project([tmp_path]).findings
    assert [label.text for label in one.labels] == ["takes them first"]


def test_what_is_told_on_request_is_no_finding(tmp_path):
    """Notes on request stand apart, and a configuration can make warnings of them."""
    (tmp_path / "pathwaydsl.toml").write_text("", encoding="utf-8")
    (tmp_path / "example.pathway").write_text(rule("PW332").bad, encoding="utf-8")
    project = load_project([tmp_path])
    assert project.findings == ()
    assert [one.rule for one in project.listed] == ["PW332"]
    assert project.with_notes == project.listed
    (tmp_path / "pathwaydsl.toml").write_text(
        '[rules]\nwho-the-rest-are = "warning"\n', encoding="utf-8"
    )
    project = load_project([tmp_path])
    assert [one.rule for one in project.findings] == ["PW332"]
    assert project.listed == ()
