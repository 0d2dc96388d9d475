"""Git itself diffs, merges, rebases, stashes and picks pathways in real repositories."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pathwaydsl.project.git_setup import enable, place

HOLDS_A_PATHWAY = """\
pathwaydsl 1

criterion lvef "Ejection fraction" {
  number 0..100 %
}

criterion age "Age" {
  number 18..120 years
}

pathway example "An example" {
  version 1.0.0
  date 2025-01-02
  status draft
  population "Adults"
  eligible everyone
  start at baseline

  assess baseline "Baseline" {
    measures lvef, age
    then heart
  }

  decide heart "Can the heart carry it?" {
    when lvef >= 50 % -> care
    when lvef < 50 % -> refer
  }

  # what we do
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


LONG = HOLDS_A_PATHWAY.replace(
    "    then done", '    dissent "One"\n    dissent "Two"\n    dissent "Three"\n    then done', 1
)


STRONG = 'condition strong "Strong heart" means lvef >= 50 %\n\n'


class Repository:
    """A repository in a folder, with one pathway in it."""

    def __init__(self, folder: Path, name: str = "example.pathway") -> None:
        self.folder = folder
        self.file = folder / name
        self.name = name
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.name", "A Person")
        self.git("config", "user.email", "person@example.org")
        self.git("config", "core.autocrlf", "false")

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run git, whatever it says."""
        return subprocess.run(
            ["git", *arguments], cwd=self.folder, capture_output=True, check=False,
            encoding="utf-8", errors="replace",
        )  # fmt: skip

    def git(self, *arguments: str) -> str:
        """Run git, which has to end well."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def write(self, text: str) -> None:
        """Write the pathway."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(text, encoding="utf-8", newline="")

    def commit(self, text: str, message: str = "an edit") -> None:
        """Write the pathway and commit everything."""
        self.write(text)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def parted(self, ours: str, theirs: str, base: str = HOLDS_A_PATHWAY) -> None:
        """Two branches from one commit; `theirs` is the other one, we stand on `main`."""
        self.commit(base, "the base")
        self.git("checkout", "-q", "-b", "theirs")
        self.commit(theirs, "their edit")
        self.git("checkout", "-q", "main")
        self.commit(ours, "our edit")

    @property
    def text(self) -> str:
        """The pathway as it stands in the work tree."""
        return self.file.read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _alone(monkeypatch, tmp_path):
    """No settings of the person who runs the tests count."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home" / ".config"))
    monkeypatch.setenv("GIT_EDITOR", "true")


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository with our drivers."""
    made = Repository(tmp_path / "work")
    monkeypatch.chdir(made.folder)
    enable(place(everywhere=False))
    return made


def changed(text: str, *pairs: tuple[str, str]) -> str:
    """A text with something else in it."""
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


SAME_LINES = (
    [("measures lvef, age", "measures age, lvef, ecog")],
    [("measures lvef, age", "measures lvef, age, hr")],
)
MORE = 'criterion ecog "ECOG" {\n  whole number 0..4\n}\n\ncriterion hr "HR" {\n  yes or no\n}\n\n'
WITH_MORE = changed(HOLDS_A_PATHWAY, ("pathway example", f"{MORE}pathway example"))
OURS, THEIRS = (changed(WITH_MORE, *pairs) for pairs in SAME_LINES)


def test_a_diff_does_not_show_layout(repository):
    """What is only laid out otherwise is no difference; what is said otherwise is one."""
    repository.commit(HOLDS_A_PATHWAY)
    odd = changed(HOLDS_A_PATHWAY, ("measures lvef, age", "measures   lvef,\n  age"))
    repository.write(odd)
    assert repository.git("diff", "--no-ext-diff") == ""
    repository.write(changed(odd, ('act care "Care"', 'act care "Good care"')))
    shown = repository.git("diff")
    assert '-  act care "Care" {' in shown
    assert '+  act care "Good care" {' in shown
    assert "measures   lvef" not in shown


def test_a_log_shows_the_box_that_changed(repository):
    """The first line of each part names the box."""
    repository.commit(LONG)
    repository.commit(changed(LONG, ("    then done", "    then heart")), "another way")
    shown = repository.git("log", "-p", "-1")
    assert '@@ act care "Care" {\n' in shown
    assert "+    then heart" in shown


def test_what_cannot_be_read_is_shown_as_it_is(repository):
    """A file with a mistake in it, or no text at all, never stops git."""
    repository.commit(HOLDS_A_PATHWAY)
    repository.write(changed(HOLDS_A_PATHWAY, ("-> care", "care -> ->")))
    assert "+    when lvef >= 50 % care -> ->" in repository.git("diff")
    repository.file.write_bytes(b"\xff\xfe\x00 no text \x00")
    assert repository.run("diff").returncode == 0
    assert repository.run("log", "-p").returncode == 0


@pytest.mark.parametrize("how", ["merge", "rebase", "cherry-pick", "stash"])
def test_lists_on_one_line_are_put_together(repository, how):
    """However git comes to merge, it merges statement by statement."""
    repository.parted(OURS, THEIRS, WITH_MORE)
    if how == "merge":
        repository.git("merge", "-q", "theirs", "-m", "both")
    elif how == "rebase":
        repository.git("rebase", "-q", "theirs")
    elif how == "cherry-pick":
        repository.git("cherry-pick", "theirs")
    else:
        repository.git("checkout", "-q", "theirs~1")
        repository.write(THEIRS)
        repository.git("stash", "push", "-q")
        repository.git("checkout", "-q", "main")
        repository.git("stash", "pop", "-q")
    (line,) = [line for line in repository.text.splitlines() if "measures" in line]
    assert sorted(line.replace(",", "").split()[1:]) == ["age", "ecog", "hr", "lvef"]
    assert "# what we do\n" in repository.text


def test_the_same_field_changed_twice_is_a_conflict_that_git_knows(repository):
    """The file is unmerged, both versions stand in it, and one line says what."""
    repository.parted(
        changed(HOLDS_A_PATHWAY, ("date 2025-01-02", "date 2025-02-03")),
        changed(HOLDS_A_PATHWAY, ("date 2025-01-02", "date 2025-03-04")),
    )
    done = repository.run("merge", "theirs")
    assert done.returncode == 1
    assert "Conflict: Both sides changed `date 2025-02-03`" in done.stderr + done.stdout
    assert repository.git("diff", "--name-only", "--diff-filter=U").strip() == "example.pathway"
    assert (
        "<<<<<<< ours\n  date 2025-02-03\n||||||| base\n  # Conflict: Both sides changed "
        "`date 2025-02-03`.\n  date 2025-01-02\n=======\n  date 2025-03-04\n>>>>>>> theirs\n"
    ) in repository.text
    repository.git("checkout", "--theirs", "example.pathway")
    assert "date 2025-03-04" in repository.text


def test_two_edits_far_apart_leave_somebody_uncovered(repository):
    """One side raises a threshold in a definition, the other one writes the old one in a branch.

    Git merges the lines without a word.
    """
    base = changed(
        HOLDS_A_PATHWAY,
        ("pathway example", f"{STRONG}pathway example"),
        ("    when lvef >= 50 % -> care\n    when lvef < 50 % -> refer\n",
         "    when strong -> care\n    when not strong -> refer\n"),
    )  # fmt: skip
    ours = changed(base, ("means lvef >= 50 %", "means lvef >= 60 %"))
    theirs = changed(base, ("    when not strong -> refer", "    when lvef < 50 % -> refer"))
    repository.parted(ours, theirs, base)
    done = repository.run("merge", "theirs")
    said = done.stderr + done.stdout
    assert done.returncode == 1, repository.text
    assert "Only the two changes together do this: " in said
    assert "50" in said
    assert "  # Conflict: Only the two changes together do this: " in repository.text
    where = repository.text.index("# Conflict: ")
    assert repository.text.index("assess baseline") < where < repository.text.index("act care")
    assert "condition strong" in repository.text
    assert "means lvef >= 60 %" in repository.text
    assert "when lvef < 50 % -> refer" in repository.text
    assert repository.git("diff", "--name-only", "--diff-filter=U").strip() == "example.pathway"


def test_a_release_is_never_merged(repository):
    """Two texts of one release are a conflict that says so; ours stays as it was."""
    repository.name = "releases/example/1.0.0.pathway"
    repository.file = repository.folder / repository.name
    ours = changed(HOLDS_A_PATHWAY, ("Adults", "All adults"))
    repository.parted(ours, changed(HOLDS_A_PATHWAY, ("Done", "The end")))
    done = repository.run("merge", "theirs")
    assert done.returncode == 1
    assert "a release is never merged" in done.stderr + done.stdout
    assert repository.text == ours


def test_what_cannot_be_read_is_merged_by_git(repository):
    """A side with a mistake in it is merged line by line, and that is said."""
    broken = changed(HOLDS_A_PATHWAY, ("-> refer", "refer -> ->"))
    repository.parted(broken, changed(HOLDS_A_PATHWAY, ("Adults", "All adults")))
    done = repository.run("merge", "theirs", "-m", "m")
    assert done.returncode == 0
    assert "line by line and not looked at" in done.stderr + done.stdout
    assert "refer -> ->" in repository.text
    assert "All adults" in repository.text


def test_a_missing_import_is_said_and_keeps_nothing_from_being_merged(repository):
    """What was not checked is named."""
    base = changed(WITH_MORE, ("pathwaydsl 1\n", 'pathwaydsl 1\n\nuse "missing.pathway"\n'))
    ours, theirs = (changed(base, *pairs) for pairs in SAME_LINES)
    repository.parted(ours, theirs, base)
    done = repository.run("merge", "theirs", "-m", "m")
    assert done.returncode == 0
    said = done.stderr + done.stdout
    assert "were not looked at after the merge: There is no file missing.pathway" in said


def test_without_our_program_git_goes_its_own_way(repository):
    """The settings outlive the program: diff shows the text, merge goes line by line."""
    for name in ("diff.pathway.textconv", "merge.pathway.driver"):
        value = repository.git("config", name).strip()
        repository.git("config", name, value.replace(sys.executable, "/no/such/python"))
    repository.parted(OURS, THEIRS, WITH_MORE)
    assert "measures" in repository.git("diff", "theirs", "main")
    done = repository.run("merge", "theirs")
    assert done.returncode == 1
    assert "is merged line by line" in done.stderr + done.stdout
    assert "<<<<<<< " in repository.text


@pytest.mark.parametrize("name", ["a folder/ä b'c\"d.pathway", "Θεραπεία/$HOME `x`.pathway"])
def test_names_with_blanks_quotes_and_greek_letters(repository, name):
    """A name is never more than a name."""
    repository.name = name
    repository.file = repository.folder / name
    repository.parted(OURS, THEIRS, WITH_MORE)
    assert repository.git("diff", "theirs", "main")
    repository.git("merge", "-q", "theirs", "-m", "both")
    assert "<<<<" not in repository.text
    assert "hr" in repository.text


def test_line_ends_of_windows(repository):
    """`core.autocrlf` and files that keep such line ends are compared and merged alike."""
    repository.git("config", "core.autocrlf", "true")
    repository.parted(*(text.replace("\n", "\r\n") for text in (OURS, THEIRS, WITH_MORE)))
    assert repository.git("diff") == ""
    repository.git("merge", "-q", "theirs", "-m", "both")
    content = repository.file.read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n")
    assert b"hr" in content


def test_kept_line_ends_of_windows(repository):
    """A file that git does not convert keeps its line ends."""
    repository.parted(*(text.replace("\n", "\r\n") for text in (OURS, THEIRS, WITH_MORE)))
    repository.git("merge", "-q", "theirs", "-m", "both")
    content = repository.file.read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n")


def test_a_worktree_and_a_detached_head(repository):
    """A second worktree uses the same settings, on no branch too."""
    repository.parted(OURS, THEIRS, WITH_MORE)
    other = repository.folder.parent / "second"
    repository.git("worktree", "add", "-q", "--detach", str(other), "main")
    done = subprocess.run(
        ["git", "merge", "-q", "theirs", "-m", "both"], cwd=other, check=False, capture_output=True
    )
    assert done.returncode == 0, done.stderr
    assert "ecog" in (other / "example.pathway").read_text(encoding="utf-8")


def test_a_merge_without_a_work_tree_says_what_it_did_not_look_at(repository, tmp_path):
    """In a bare repository there is nothing to read imports from."""
    repository.parted(OURS, THEIRS, WITH_MORE)
    bare = tmp_path / "bare.git"
    repository.git("clone", "-q", "--bare", str(repository.folder), str(bare))
    done = subprocess.run(["git", "log", "-p"], cwd=bare, check=False, capture_output=True)
    assert done.returncode == 0


def test_a_list_whose_order_counts_is_a_conflict_even_where_lines_do_not_meet(repository):
    """Two lines put into one `first match` list, far apart, are shown in both versions."""
    lines = [f"    when age = {year} years -> refer\n" for year in range(30, 44)]
    base = changed(
        HOLDS_A_PATHWAY,
        ("    when lvef >= 50 % -> care\n    when lvef < 50 % -> refer\n",
         f"    first match\n{''.join(lines)}    otherwise -> care\n"),
    )  # fmt: skip
    ours = changed(base, (lines[1], f"{lines[1]}    when lvef < 40 % -> refer\n"))
    theirs = changed(base, (lines[-2], f"{lines[-2]}    when lvef < 45 % -> refer\n"))
    repository.parted(ours, theirs, base)
    done = repository.run("merge", "theirs")
    assert done.returncode == 1
    assert "the branches of decide “Can the heart carry it?”, whose order counts" in (
        done.stderr + done.stdout
    )


def test_the_same_thing_added_in_two_places_is_there_once(repository):
    """Git would keep both; merged statement by statement it is one."""
    ours = changed(HOLDS_A_PATHWAY, ("criterion lvef", f"{MORE}criterion lvef"))
    repository.parted(ours, WITH_MORE)
    repository.git("merge", "-q", "theirs", "-m", "both")
    assert repository.text.count("criterion ecog") == 1
    assert repository.text.count("criterion hr") == 1


def test_the_mergetool_ends_when_nothing_is_left(repository, monkeypatch):
    """What can be put together is; the rest is opened in the editor."""
    two = [("measures lvef, age", "measures age, lvef"), ("date 2025-01-02", "date 2025-02-03")]
    repository.parted(changed(HOLDS_A_PATHWAY, *two),
                      changed(HOLDS_A_PATHWAY, ("date 2025-01-02", "date 2025-03-04")))  # fmt: skip
    assert repository.run("merge", "theirs").returncode == 1
    assert repository.run("mergetool", "-y", "--tool=pathway").returncode == 1
    monkeypatch.setenv("GIT_EDITOR", "sed -i -e '/^<<<<<<< /d' -e '/^||||||| /,/^>>>>>>> /d'")
    repository.git("mergetool", "-y", "--tool=pathway")
    assert "date 2025-02-03" in repository.text
    assert "Conflict" not in repository.text
    assert repository.git("diff", "--name-only", "--diff-filter=U") == ""
