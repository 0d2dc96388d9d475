"""A merge of several files is looked at as a whole before git commits it."""

import os
import subprocess
import sys

import pytest

from pathwaydsl.cli import main
from pathwaydsl.project.git_hook import hook_state

LIBRARY = """\
pathwaydsl 1

criterion lvef "Ejection fraction" {
  number 0..100 %
}

condition strong "Strong enough" means lvef >= 50 %
"""

PATHWAY = """\
pathwaydsl 1

use lvef, strong from "library.pathway"

pathway example "An example" {
  version 1.0.0
  date 2025-01-02
  status draft
  population "Adults"
  eligible everyone
  start at baseline

  assess baseline "Baseline" {
    measures lvef
    then heart
  }

  decide heart "Can the heart carry it?" {
    when strong -> care
    when not strong -> refer
  }

  act care "Care" {
    recommend for strong
    good-practice because "It is."
    then done
  }

  act refer "Refer" {
    recommend for strong
    good-practice because "It is."
    then done
  }

  end done "Done"
}
"""

RAISED = LIBRARY.replace("means lvef >= 50 %", "means lvef >= 60 %")
WRITTEN_OUT = PATHWAY.replace("when not strong -> refer", "when lvef < 50 % -> refer")
FRAIL = '\ncriterion frail "Frail" {\n  yes or no\n}\n'
ASKS = PATHWAY.replace("use lvef", "use frail, lvef").replace(
    "measures lvef", "measures lvef, frail"
)


class Repository:
    """Two files in a folder, and two branches."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.name", "A Person")
        self.git("config", "user.email", "person@example.org")
        self.keep("first", LIBRARY, PATHWAY)

    def run(self, *command):
        """Run a command in the work tree."""
        return subprocess.run(
            command, cwd=self.folder, capture_output=True, check=False, encoding="utf-8"
        )

    def git(self, *arguments):
        """Run git, which has to end well."""
        done = self.run("git", *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def pathwaydsl(self, *arguments):
        """Run the program."""
        return self.run(sys.executable, "-P", "-m", "pathwaydsl", *arguments)

    def keep(self, message, library, pathway):
        """Write both files and commit them."""
        (self.folder / "library.pathway").write_text(library, encoding="utf-8")
        (self.folder / "example.pathway").write_text(pathway, encoding="utf-8")
        self.git("add", ".")
        self.git("commit", "-q", "-m", message)

    def part(self, ours, theirs):
        """Two branches from the first commit; we stand on `main`."""
        self.git("switch", "-q", "-c", "theirs")
        self.keep("theirs", *theirs)
        self.git("switch", "-q", "main")
        self.keep("ours", *ours)


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository in which our settings are enabled."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_EDITOR", "true")
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    made = Repository(tmp_path / "a work 'tree' Ω")
    assert made.pathwaydsl("git", "enable").returncode == 0
    return made


def test_two_clean_edits_in_two_files_are_a_conflict_with_a_witness(repository):
    """One raises a threshold in a library, the other one writes the old one into the pathway."""
    repository.part((RAISED, PATHWAY), (LIBRARY, WRITTEN_OUT))
    before = repository.git("rev-parse", "HEAD")
    done = repository.run("git", "merge", "theirs")
    assert done.returncode == 1
    assert "example.pathway: Conflict: Only the two changes together do this: " in done.stderr
    assert "(for instance: Ejection fraction is 55 %)" in done.stderr
    assert repository.git("rev-parse", "HEAD") == before
    again = repository.pathwaydsl("git", "merged")
    assert again.returncode == 10
    assert "Only the two changes together do this: " in again.stderr
    file = repository.folder / "example.pathway"
    file.write_text(PATHWAY, encoding="utf-8")
    assert repository.pathwaydsl("git", "merged").returncode == 0
    repository.git("commit", "-qam", "mended")
    done = repository.pathwaydsl("git", "merged")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_merge_that_was_committed_is_looked_at_too(repository):
    """Whoever merged without the hook can ask afterwards."""
    repository.part((RAISED, PATHWAY), (LIBRARY, WRITTEN_OUT))
    repository.git("merge", "-q", "--no-verify", "theirs")
    done = repository.pathwaydsl("git", "merged")
    assert done.returncode == 10
    assert "Ejection fraction is 55 %" in done.stderr


def test_a_criterion_that_is_new_in_a_library_merges(repository):
    """The driver cannot see the merged library yet and says so; the whole is looked at."""
    theirs = LIBRARY + FRAIL, ASKS
    ours = LIBRARY.replace("Strong enough", "Strong"), PATHWAY.replace("Adults", "All adults")
    repository.part(ours, theirs)
    done = repository.run("git", "merge", "theirs")
    assert done.returncode == 0, done.stderr
    assert "Run `pathwaydsl check` when git is done." in done.stderr
    assert "Conflict" not in done.stderr
    assert repository.pathwaydsl("check").returncode == 0


def test_what_was_wrong_before_stops_no_merge(repository):
    """Only what neither side has alone is asked about."""
    wrong = PATHWAY.replace("then done", "then nowhere", 1)
    repository.part((RAISED, PATHWAY), (LIBRARY, wrong))
    done = repository.run("git", "merge", "theirs")
    assert done.returncode == 0, done.stderr


def test_what_one_side_no_longer_defines(repository):
    """A condition taken out of the library, and one more use of it."""
    without = LIBRARY.replace('condition strong "Strong enough" means lvef >= 50 %\n', "")
    ours = PATHWAY.replace(", strong", "").replace("not strong", "lvef < 50 %")
    ours = ours.replace("when strong", "when lvef >= 50 %")
    repository.part((without, ours), (f"{LIBRARY}# more\n", PATHWAY))
    second = PATHWAY.replace("example", "second").replace("An example", "A second one")
    repository.git("switch", "-q", "theirs")
    (repository.folder / "second.pathway").write_text(second, encoding="utf-8")
    repository.git("add", ".")
    repository.git("commit", "-qm", "second")
    repository.git("switch", "-q", "main")
    done = repository.run("git", "merge", "theirs")
    assert done.returncode == 1
    assert "second.pathway: Conflict: Only the two changes together do this: " in done.stderr
    assert "strong" in done.stderr


def test_a_mistake_of_ours_stops_no_merge(repository):
    """Where the program of the hook is gone, git merges as ever."""
    hook = repository.folder / ".git" / "hooks" / "pre-merge-commit"
    text = hook.read_text(encoding="utf-8")
    hook.write_text(text.replace(sys.executable, "/no/such/python"), encoding="utf-8")
    repository.part((RAISED, PATHWAY), (LIBRARY, WRITTEN_OUT))
    assert repository.run("git", "merge", "theirs").returncode == 0


def test_no_merge_is_nothing_to_look_at(repository):
    """The last commit has one parent."""
    done = repository.pathwaydsl("git", "merged")
    assert (done.returncode, done.stdout[:25]) == (0, "The last commit is no mer")


def test_several_branches_at_once_are_told(repository):
    """They are for `check`, and git goes on."""
    repository.part((RAISED, PATHWAY), (LIBRARY, WRITTEN_OUT))
    repository.git("switch", "-q", "-c", "third", "main~1")
    (repository.folder / "notes.txt").write_text("notes", encoding="utf-8")
    repository.git("add", ".")
    repository.git("commit", "-qm", "third")
    repository.git("switch", "-q", "main")
    done = repository.run("git", "merge", "theirs", "third")
    assert done.returncode == 0, done.stderr
    assert "run `pathwaydsl check`" in done.stderr


@pytest.mark.parametrize("kind", ["file", "elsewhere"])
def test_hooks_of_somebody_else_stay(repository, monkeypatch, capsys, kind):
    """Nothing is written into or beside them; what to add is said."""
    monkeypatch.chdir(repository.folder)
    hook = repository.folder / ".git" / "hooks" / "pre-merge-commit"
    assert main(["git", "disable"]) == 0
    assert not hook.exists()
    if kind == "file":
        hook.write_bytes(b"#!/bin/sh\nexit 0\n")
    else:
        repository.git("config", "core.hooksPath", "hooks")
    capsys.readouterr()
    assert main(["git", "enable"]) == 0
    assert "let its `pre-merge-commit` run `pathwaydsl git merged`" in capsys.readouterr().err
    assert hook_state() == "foreign"
    assert main(["git", "status"]) == 0
    assert "add `pathwaydsl git merged` there" in capsys.readouterr().out
    assert main(["git", "disable"]) == 0
    assert hook.exists() == (kind == "file")
    assert not (repository.folder / "hooks").exists()
