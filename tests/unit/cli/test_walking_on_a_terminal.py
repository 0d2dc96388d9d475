"""`pathwaydsl walk` on a terminal, `--save-case`, `outcomes`, `export flow`, `test --suggest`."""

import json
import os
import pty
import select
import sys
import time

import pytest


@pytest.fixture
def terminal(project):
    """Run the program on a terminal and type answers, each when it waits for one."""

    def run(arguments, answers):
        pid, number = pty.fork()
        if pid == 0:
            os.chdir(project)
            os.execv(sys.executable, [sys.executable, "-m", "pathwaydsl", *arguments])  # noqa: S606
        shown = b""
        waiting = [*answers]
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if not select.select([number], [], [], 0.2)[0]:
                continue
            try:
                new = os.read(number, 4096)
            except OSError:
                break
            if not new:
                break
            shown += new
            if shown.rstrip(b" ").endswith(b":") and waiting:
                os.write(number, waiting.pop(0).encode() + b"\n")
                shown += b" "
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown.decode()

    return run


def test_on_a_terminal_it_asks_and_shows_the_walk_as_a_case(terminal):
    """Answers that cannot be taken are refused with what can, one can go back, and see the case."""
    answers = ["perhaps", "?", "no", "A patient who is not fit"]
    code, shown = terminal(["walk", "example.pathway"], answers)
    assert code == 0
    assert "Fit for treatment (`yes` or `no`)" in shown
    assert "cannot be `perhaps`" in shown
    assert "`back` takes the last answer back" in shown
    assert 'case "A patient who is not fit" {' in shown
    assert "given not fit" in shown
    assert "expect end at done" in shown


def test_stopping_is_no_mistake(terminal):
    """Who stops sees where the walk stands."""
    code, shown = terminal(["walk", "example.pathway"], ["back", "stop", ""])
    assert code == 0
    assert "There is no answer to take back." in shown
    assert "Traceback" not in shown


def test_a_walk_is_added_to_its_file_as_a_case(call, project):
    """The case passes, the rest of the file stays as it was, and a name is given once."""
    file = project / "example.pathway"
    before = file.read_text("utf-8")
    result = call("walk", file, "--set", "fit=yes", "--save-case", 'He said "fit"')
    assert result.code == 0
    after = file.read_text("utf-8")
    assert after.startswith(before)
    assert "expect treatment" in after
    assert call("test", file).out.endswith("1 of 1 case passed.\n")
    again = call("walk", file, "--set", "fit=yes", "--save-case", 'He said "fit"')
    assert again.code == 2
    assert file.read_text("utf-8") == after


def test_outcomes_say_who_gets_what_and_what_stands_in_the_way(call, project):
    """Who is not fit has no answer here, and the exit code says that something is in the way."""
    result = call("outcomes", "example.pathway")
    assert result.code == 1
    assert "It is not proved that every eligible patient has an answer." in result.out
    assert "“Done” is the end for some" in result.out
    assert "from the start: Fit for treatment" in result.out
    data = json.loads(call("outcomes", "example.pathway", "--format", "json").out)
    assert data["statement"]["proved"] is False
    assert call("outcomes", "example.pathway", "--format", "csv").out.startswith("pathway,")
    assert call("outcomes", ".").code == 2


def test_the_flow_is_exported_as_a_table(call):
    """`export flow` writes the table, and says so where a file holds no pathway."""
    result = call("export", "flow", "example.pathway")
    assert result.code == 0
    assert json.loads(result.out)["format"] == "pathwaydsl-flow"


def test_cases_are_suggested_as_text_to_paste(call, project):
    """Pasted, the suggested cases pass and leave nothing out."""
    file = project / "example.pathway"
    text = call("test", "--suggest", file).out
    file.write_text(file.read_text("utf-8") + "\n" + text, "utf-8")
    result = call("test", file)
    assert result.code == 0
    assert "2 of 2 cases passed." in result.out
    assert call("test", "--suggest", "--format", "json", file).code == 2


def test_what_may_happen_at_a_box_is_asked(terminal, project):
    """At a box with a `during` it asks whether something happens, and the case says what did."""
    (project / "example.pathway").write_text(
        """pathwaydsl 1

criterion fever "Fever" { yes or no }

pathway home "Home" {
  version 1.0.0
  date 2025-01-01
  status draft
  population "Adults"
  eligible everyone
  start at care

  act care "Care at home" {
    good-practice because "As everywhere"
    then done
  }

  during care {
    when fever -> ward
  }

  end ward "Ward"

  end done "Done"
}
""",
        encoding="utf-8",
    )
    code, shown = terminal(["walk", "example.pathway"], ["7", "1", "Fever at home"])
    assert code == 0
    assert "Does anything happen at Care at home? (0 nothing; 1 Fever)" in shown
    assert "Take one of:" in shown
    assert "during care given fever" in shown
    assert "expect end at ward" in shown
    code, shown = terminal(["walk", "example.pathway"], ["back", "0", ""])
    assert code == 0
    assert "Done" in shown
