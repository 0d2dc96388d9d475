"""A year of a committee in a real repository: 40 edits, 6 releases, 5 merges with conflicts.

One branch is rebased, and one release stops half-way. At the end every release is what was
sealed, and the history tells the year.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from html import unescape

import pytest

from pathwaydsl.cli import main

LIBRARY = """\
pathwaydsl 1

criterion lvef "Ejection fraction" {
  number 0..100 %
}

criterion age "Age" {
  whole number 18..120 years
}

criterion fit "Fit for treatment" {
  yes or no
}

condition strong "Strong heart" means lvef >= 50 %
"""

PATHWAY = """\
pathwaydsl 1

use "../library/criteria.pathway"

pathway example "An example" {
  version 1.0.0
  date 2024-01-10
  status draft
  population "Adults"
  eligible everyone
  start at baseline

  # what is asked first
  assess baseline "Baseline" {
    measures lvef, age
    then heart
  }

  decide heart "Can the heart carry it?" {
    when strong -> care
    when not strong -> refer
  }

  # what we do
  act care "Care" {
    recommend for strong
    good-practice because "It is."
    dissent "One"
    flags how-long
    then done
  }

  act refer "Refer" {
    recommend for strong
    good-practice because "It is."
    then done
  }

  gap how-long "How long to follow up?" {
    kind comparative
    question {
      population "Those who had care"
      intervention "A short follow-up"
      comparator "A long one"
      outcome "What comes later"
    }
    priority high
    status open
    raised 2024-01-05
  }

  end done "Done"
}
"""

NAME = "pathways/example.pathway"
SHARED = "library/criteria.pathway"
STOPS = """\
import os, sys
from pathwaydsl.project.disk import RealDisk
steps = 0
replace = RealDisk.replace
def stopping(self, source, target):
    global steps
    steps += 1
    if steps == {at}:
        os._exit(9)
    replace(self, source, target)
RealDisk.replace = stopping
from pathwaydsl.cli import main
sys.exit(main(sys.argv[1:]))
"""


class Committee:
    """People who edit one repository, and what they did so far."""

    def __init__(self, folder, capture):
        self.folder = folder
        self.capture = capture
        self.edits = self.conflicts = self.releases = 0
        for name, text in ((SHARED, LIBRARY), (NAME, PATHWAY), ("pathwaydsl.toml", "")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.name", "A Person")
        self.git("config", "user.email", "person@example.org")
        assert self.program("git", "enable")[0] == 0
        self.commit("begin")

    def run(self, *arguments):
        """Run git, whatever it says."""
        return subprocess.run(
            ["git", *arguments], cwd=self.folder, capture_output=True, check=False,
            encoding="utf-8", timeout=60,
        )  # fmt: skip

    def git(self, *arguments):
        """Run git, which has to end well."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def program(self, *arguments):
        """Run pathwaydsl: its exit code and all it said."""
        self.capture.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = self.capture.readouterr()
        assert "Traceback" not in out + err
        return code, out + err

    def commit(self, message):
        """Commit all there is."""
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def change(self, *pairs, name=NAME):
        """One edit and its commit."""
        file = self.folder / name
        text = file.read_text("utf-8")
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new, 1)
        file.write_text(text, "utf-8")
        self.commit(f"edit {self.edits + 1}: {pairs[0][1].strip()[:40]}")
        self.edits += 1

    def branch(self, name, *edits):
        """Edits on a branch of their own; then back to main."""
        self.git("checkout", "-q", "-b", name)
        for edit in edits:
            self.change(edit)
        self.git("checkout", "-q", "main")

    def merge(self, name, *, keep, then=()):
        """Merge a branch, which has to conflict, and settle it for one side."""
        done = self.run("merge", name)
        assert done.returncode == 1, done.stdout
        unmerged = self.git("diff", "--name-only", "--diff-filter=U").split()
        assert unmerged == [NAME], done.stdout + done.stderr
        file = self.folder / NAME
        text = file.read_text("utf-8")
        assert "# Conflict: " in text or "<<<<<<<" in text
        text = re.sub(
            r"^<<<<<<< [^\n]*\n(.*?)^\|{7} [^\n]*\n.*?^={7}\n(.*?)^>{7} [^\n]*\n",
            r"\1" if keep == "ours" else r"\2",
            text,
            flags=re.MULTILINE | re.DOTALL,
        )
        text = re.sub(r"^ *# Conflict: [^\n]*\n(?: *#  [^\n]*\n)*", "", text, flags=re.MULTILINE)
        for old, new in then:
            assert old in text, old
            text = text.replace(old, new, 1)
        file.write_text(text, "utf-8")
        code, said = self.program("check")
        assert code == 0, said
        self.commit(f"merge {name}")
        self.conflicts += 1
        return done.stdout + done.stderr

    def release(self, *options, message="a release"):
        """Release the working file, and commit it."""
        code, said = self.program("release", NAME, *options)
        assert code == 0, said
        self.commit(message)
        self.releases += 1


@pytest.fixture
def committee(tmp_path, monkeypatch, capfd):
    """A committee on its first day; no settings of the person who runs the tests count."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_EDITOR", "true")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    folder = tmp_path / "a year's work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return Committee(folder, capfd)


def winter(c):
    """The first release; the first two merges; the second release."""
    c.change(('"Adults"', '"Adults with the disease"'))
    c.change(('"Care" {', '"Good care" {'))
    c.change(('"Refer" {', '"Refer to cardiology" {'))
    c.change(('dissent "One"', 'dissent "One would rather wait"'))
    c.release(message="1.0.0")
    c.branch("age", ("measures lvef, age", "measures age, lvef, fit"))
    c.change(("date 2024-01-10", "date 2024-03-01"))
    c.change(("# what we do\n", "# what we do, since 2024\n"))
    c.branch("label-a", ('"Good care"', '"Best care"'))
    c.change(('"Good care"', '"Full care"'))
    said = c.merge("label-a", keep="theirs")
    assert "Both sides changed" in said
    c.git("merge", "-q", "age", "-m", "age")
    c.change(("when strong -> care", "when strong and fit -> care"),
             ("when not strong -> refer", "when not strong or not fit -> refer"))  # fmt: skip
    c.branch("raised", ("raised 2024-01-05", "raised 2024-01-06"))
    c.change(("raised 2024-01-05", "raised 2024-01-07"))
    c.merge("raised", keep="ours")
    c.release("--bump", "auto", "--note", "Fitness is asked for.", message="the second")


def spring(c):
    """Two clean edits leave somebody uncovered; a release stops half-way and is ended."""
    c.change(("date 2024-03-01", "date 2024-05-01"))
    c.change(("condition strong", "# agreed on in May\ncondition strong"), name=SHARED)
    c.change(("when strong and fit -> care", "when lvef >= 50 % and fit -> care"))
    c.git("checkout", "-q", "-b", "threshold")
    c.change(("when lvef >= 50 % and fit -> care", "when lvef >= 55 % and fit -> care"),
             ("when not strong or not fit", "when lvef < 55 % or not fit"))  # fmt: skip
    c.git("checkout", "-q", "main")
    c.change(("when lvef >= 50 % and fit -> care", "when lvef >= 45 % and fit -> care"),
             ("when not strong or not fit", "when lvef < 45 % or not fit"))  # fmt: skip
    c.merge("threshold", keep="theirs")
    c.change(("priority high", "priority medium"))
    c.change(('    good-practice because "It is."\n    dissent',
              '    good-practice because "It is what we do."\n    dissent'))  # fmt: skip
    stopped = subprocess.run(
        [sys.executable, "-c", STOPS.format(at=2), "release", NAME, "--bump", "auto",
         "--note", "The threshold is 55 %."],
        cwd=c.folder, check=False, capture_output=True, timeout=60,
    )  # fmt: skip
    assert stopped.returncode == 9, stopped.stderr
    code, said = c.program("verify")
    assert code == 1
    assert "PW626" in said
    code, said = c.program("release", NAME)
    assert code == 0
    assert "it is now" in said
    c.commit("the third, at the second go")
    c.releases += 1


def summer(c):
    """A branch is rebased; the gap goes under study; the fourth release."""
    c.change(("date 2024-05-01", "date 2024-07-01"))
    c.branch(
        "long",
        ("measures age, lvef, fit", "measures age, lvef, fit, pain"),
        ("# what is asked first", "# what is asked on the first day"),
    )
    c.change(("criterion fit", 'criterion pain "Pain" {\n  yes or no\n}\n\ncriterion fit'),
             name=SHARED)  # fmt: skip
    c.change(('"Adults with the disease"', '"Adults with this disease"'))
    c.change(('"Done"', '"The end of the example"'))
    c.git("checkout", "-q", "long")
    c.git("rebase", "-q", "main")
    c.git("checkout", "-q", "main")
    c.git("merge", "-q", "--ff-only", "long")
    c.change(("status open", "status under-study\n    studied by NCT00567190"))
    c.change(('"An example"', '"A worked example"'))
    c.release("--bump", "auto", "--note", "Pain is asked for.", message="the fourth")


def autumn(c):
    """One side takes out what the other changes; the fifth release is approved and published."""
    c.change(("date 2024-07-01", "date 2024-10-01"))
    c.branch("no-dissent", ('    dissent "One would rather wait"\n', ""))
    c.change(('"One would rather wait"', '"One would rather wait a year"'))
    c.merge("no-dissent", keep="ours")
    dissent = '    dissent "One would rather wait a year"\n'
    c.change(("priority medium", "priority low"),
             (dissent, f"    vote for 9 against 1 abstain 0\n{dissent}"))  # fmt: skip
    c.change(('"Refer to cardiology"', '"Refer to the heart team"'))
    author = '  author "Dr. A" role "chair" interests "none"\n'
    c.change(("  start at baseline", f"{author}  start at baseline"))
    code, said = c.program("release", NAME, "--dry-run", "--bump", "auto", "--note", "Who signs.")
    assert code == 0, said
    [sheet] = re.findall(r"review sheet: ([0-9a-f]{16,})", said)
    approved = f'approved by "The committee" on 2024-09-30 # sheet {sheet}'
    c.change(("status draft", f"status published\n  {approved}"))
    c.release("--bump", "auto", "--note", "Who signs.", message="the fifth")


def december(c):
    """Two definitions of the same thing, and the last release of the year."""
    c.change(("date 2024-10-01", "date 2024-12-20"))
    c.branch(
        "two-ends",
        ("    then done\n  }\n\n  act refer", "    then later\n  }\n\n  act refer"),
    )
    c.git("checkout", "-q", "two-ends")
    c.change(("  end done", '  end later "Seen again later"\n\n  end done'))
    c.git("checkout", "-q", "main")
    c.change(("    then done\n  }\n\n  act refer", "    then again\n  }\n\n  act refer"),
             ("  end done", '  end again "Seen again"\n\n  end done'))  # fmt: skip
    c.merge("two-ends", keep="theirs", then=[('  end again "Seen again"\n\n', "")])
    c.change(("# what we do, since 2024", "# what we do"))
    c.change(('"Baseline"', '"First visit"'))
    while c.edits < 40:
        c.change(("# what is asked", "# asked and asked again, what is asked"))
    c.release("--bump", "auto", "--note", "Some are seen again.", message="the sixth")


@pytest.fixture
def year(committee):
    """The committee at the end of its year."""
    for season in (winter, spring, summer, autumn, december):
        season(committee)
    return committee


def words_of(page):
    """The words of a page."""
    text = re.sub(r"<[^>]+>", "", page.read_text("utf-8"))
    return " ".join(unescape(text).split())


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_year_loses_nothing_and_lets_nothing_slip_in(year):
    """Every release is as it was sealed and committed, and the history tells them all."""
    assert (year.edits, year.releases, year.conflicts) == (40, 6, 5)
    folder = year.folder / "pathways/releases/example"
    files = sorted(folder.glob("*.pathway"))
    assert len(files) == 6
    assert year.git("status", "--porcelain") == ""
    for file in files:
        name = file.relative_to(year.folder).as_posix()
        commits = year.git("log", "--format=%H", "--", name).split()
        assert len(commits) == 1, "a release is written once"
        whole = subprocess.run(
            ["git", "show", f"{commits[0]}:{name}"],
            cwd=year.folder,
            capture_output=True,
            check=True,
        )
        assert whole.stdout == file.read_bytes()
    subprocess.run(["sha256sum", "--strict", "-c", "SEALS"], cwd=folder, check=True)
    code, said = year.program("verify")
    assert (code, said.strip()) == (0, "6 releases of 1 pathway, each as it was sealed.")
    code, said = year.program("check", "--no-baseline")
    assert code == 0, said

    code, told = year.program("log", "example", "--format", "json")
    assert code == 0
    versions = {file.stem for file in files}
    assert versions <= set(re.findall(r'"(\d+\.\d+\.\d+)"', told)), json.loads(told).keys()
    code, told = year.program("log", "example")
    assert code == 0
    for note in ("Fitness is asked for", "The threshold is 55 %", "Who signs", "seen again"):
        assert note in " ".join(told.split())

    code, said = year.program("build", "-o", year.folder.parent / "site", "--no-charts")
    assert code == 0, said
    text = words_of(year.folder.parent / "site/example/history.html")
    for version in versions:
        assert version in text
    for told in ("Fitness is asked for", "The threshold is 55 %", "Who signs", "seen again"):
        assert told in text
    [signed] = [file for file in files if "sheet " in file.read_text("utf-8")][:1]
    text = words_of(year.folder.parent / f"site/example/{signed.stem}.html")
    [sheet] = re.findall(r"sheet ([0-9a-f]{16})", signed.read_text("utf-8"))
    for told in (
        "Dr. A, chair. Interests: none",
        f"The committee, 30 September 2024. Signed was the review sheet {sheet}",
        "9 in favour, 1 against, 0 abstained",
        "One would rather wait a year",
    ):
        assert told in text
