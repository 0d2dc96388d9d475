"""`release` and `verify` where git has put the files: odd names, line ends, worktrees, no tree."""

import os
import shutil
import subprocess
import sys

import pytest
from tests.unit.cli.conftest import EXAMPLE

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture(autouse=True)
def _alone(monkeypatch, tmp_path):
    """No settings of the person who runs the tests count."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "A")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "a@example.org")


def git(folder, *arguments):
    """Run git, which has to end well."""
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def program(folder, *arguments):
    """Run the program in a folder: its exit code and all it said."""
    done = subprocess.run(
        [sys.executable, "-m", "pathwaydsl", *arguments],
        cwd=folder, capture_output=True, check=False, encoding="utf-8", timeout=60,
    )  # fmt: skip
    assert "Traceback" not in done.stdout + done.stderr
    assert "a mistake of the program" not in done.stdout + done.stderr
    return done.returncode, done.stdout + done.stderr


def committed(folder, name="example.pathway", text=EXAMPLE, crlf="false"):
    """A repository with the example in it."""
    file = folder / name
    file.parent.mkdir(parents=True)
    file.write_bytes(text.encode())
    git(folder, "init", "-q", "-b", "main")
    git(folder, "config", "core.autocrlf", crlf)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "first")
    return file


def sums_agree(folder):
    """Every release below is as sealed, also by the tool that everybody has."""
    found = list(folder.rglob("SEALS"))
    assert found
    for seals in found:
        subprocess.run(["sha256sum", "--strict", "-c", "SEALS"], cwd=seals.parent, check=True)


@pytest.mark.parametrize(
    "name", ["Θεραπεία/ä b'c\"d.pathway", "a b/$HOME `x`;&.pathway", "-dash/--bump.pathway"]
)
def test_names_with_blanks_quotes_and_greek_letters(tmp_path, name):
    """A name is never more than a name; what was released is whole in a clone."""
    folder = tmp_path / "work tree ü"
    file = committed(folder, name)
    code, said = program(folder, "release", "--", name)
    assert code == 0, said
    assert (file.parent / "releases/example/1.0.0.pathway").read_text() == EXAMPLE
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "1.0.0")
    assert git(folder, "status", "--porcelain") == b""
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", str(folder), str(clone))
    for place in (folder, clone):
        code, said = program(place, "verify")
        assert (code, said) == (0, "1 release of 1 pathway, each as it was sealed.\n")
        sums_agree(place)


def test_line_ends_of_windows(tmp_path):
    """With `core.autocrlf` the working file has such ends and a release never gets them."""
    folder = tmp_path / "work"
    file = committed(folder, text=EXAMPLE.replace("\n", "\r\n"), crlf="true")
    code, said = program(folder, "release", "example.pathway")
    assert code == 0, said
    release = folder / "releases/example/1.0.0.pathway"
    assert release.read_bytes() == EXAMPLE.encode()
    assert file.read_bytes().count(b"\r\n") == file.read_bytes().count(b"\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "1.0.0")
    release.unlink()
    git(folder, "checkout", "--", ".")
    assert release.read_bytes() == EXAMPLE.encode()
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "-c", "core.autocrlf=true", str(folder), str(clone))
    assert b"\r\n" in (clone / "example.pathway").read_bytes()
    for place in (folder, clone):
        assert program(place, "verify")[0] == 0
        sums_agree(place)
    code, said = program(clone, "release", "example.pathway", "--bump", "patch")
    assert code == 1
    assert "PW" in said or "changed" in said, said


def test_a_release_that_git_turned_is_named(tmp_path):
    """Without its `.gitattributes` git would write other line ends; the finding says that."""
    folder = tmp_path / "work"
    committed(folder)
    assert program(folder, "release", "example.pathway")[0] == 0
    (folder / "releases/example/.gitattributes").unlink()
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "1.0.0")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "-c", "core.autocrlf=true", str(folder), str(clone))
    code, said = program(clone, "verify")
    assert code == 1
    assert "PW615" in said
    assert "line" in said


def test_a_worktree_on_no_branch(tmp_path):
    """A release in a second, detached worktree stays there until it is committed."""
    folder = tmp_path / "work"
    committed(folder)
    other = tmp_path / "second tree"
    git(folder, "worktree", "add", "-q", "--detach", str(other), "main")
    code, said = program(other, "release", "example.pathway")
    assert code == 0, said
    assert program(other, "verify")[0] == 0
    assert not (folder / "releases").exists()
    git(other, "add", "-A")
    git(other, "commit", "-q", "-m", "1.0.0")
    git(folder, "merge", "-q", git(other, "rev-parse", "HEAD").decode().strip())
    assert program(folder, "verify") == (0, "1 release of 1 pathway, each as it was sealed.\n")
    sums_agree(folder)


def test_a_bare_repository_has_nothing_to_release(tmp_path):
    """Where there are no files, that is said, and nothing is written."""
    folder = tmp_path / "work"
    committed(folder)
    bare = tmp_path / "bare.git"
    git(tmp_path, "clone", "-q", "--bare", str(folder), str(bare))
    before = sorted(path.name for path in bare.rglob("*"))
    code, said = program(bare, "release", "example.pathway")
    assert code == 1
    assert "There is no file example.pathway" in said
    code, said = program(bare, "verify")
    assert code == 1
    assert "There is no pathway file in the folder bare.git" in said
    assert program(bare, "baseline")[0] == 0
    assert sorted(path.name for path in bare.rglob("*")) == before
