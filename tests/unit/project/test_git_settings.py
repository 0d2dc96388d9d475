"""Enabling writes our settings and nothing else; disabling leaves everything as it was."""

import errno
import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from pathwaydsl.cli import main
from pathwaydsl.project import git_setup
from pathwaydsl.project.disk import RealDisk
from pathwaydsl.project.git import GitError
from pathwaydsl.project.git_attributes import LINE, has_line, with_line, without_line
from pathwaydsl.project.git_setup import disable, enable, place, settings, state


def git(folder: Path, *arguments: str) -> str:
    """Run git, which has to end well."""
    done = subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, check=True, encoding="utf-8"
    )
    return done.stdout


@pytest.fixture(autouse=True)
def _alone(monkeypatch, tmp_path):
    """No settings of the person who runs the tests count."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A repository, and the current folder in it."""
    made = tmp_path / "a work 'tree' Ω"
    made.mkdir()
    git(made, "init", "-q", "-b", "main")
    monkeypatch.chdir(made)
    return made


def contents(*files: Path) -> list[bytes | None]:
    """What stands in files, or None for those that are not there."""
    return [file.read_bytes() if file.exists() else None for file in files]


@pytest.mark.parametrize("attributes", [None, b"", b"*.md text\n", b"*.md text", b"\n\n"])
@pytest.mark.parametrize(
    "config",
    [
        b"",
        b"\n[alias]\n\tco = checkout ; mine\n# the end\n",
        b"[alias]\n\tco = checkout",
        b"[alias]\n\tco = a\n# end",
    ],
)
def test_disabling_leaves_every_byte_as_it_was(folder, attributes, config):
    """Settings and attributes are the same files afterwards, whatever stood in them."""
    files = folder / ".git" / "config", folder / ".git" / "info" / "attributes"
    files[0].write_bytes(files[0].read_bytes() + config)
    if attributes is not None:
        files[1].write_bytes(attributes)
    before = contents(*files)
    here = place(everywhere=False)
    assert state(here).word == "not enabled"
    assert enable(here).word == "enabled"
    once = contents(*files)
    assert enable(here).word == "enabled"
    assert contents(*files) == once
    assert disable(here).word == "not enabled"
    assert contents(*files) == before
    assert disable(here).word == "not enabled"
    assert contents(*files) == before


def test_all_repositories(folder, tmp_path):
    """Globally, the settings of the person are used, and those of the repository stay."""
    home = tmp_path / "home"
    (home / ".gitconfig").write_bytes(b"[user]\n\tname = A Person\n")
    files = home / ".gitconfig", folder / ".git" / "config", home / ".config/git/attributes"
    before = contents(*files)
    everywhere = place(everywhere=True)
    assert enable(everywhere).word == "enabled"
    assert contents(*files)[1] == before[1]
    said = git(folder, "check-attr", "merge", "--", "x.pathway")
    assert said == "x.pathway: merge: pathway\n"
    disable(everywhere)
    assert contents(*files) == before


def test_the_attributes_file_of_the_person_is_used(folder, tmp_path):
    """Whoever named another file for attributes keeps using that one."""
    mine = tmp_path / "home" / "my attributes"
    mine.write_bytes(b"*.txt text\n")
    git(folder, "config", "--global", "core.attributesFile", "~/my attributes")
    everywhere = place(everywhere=True)
    assert everywhere.attributes == mine
    enable(everywhere)
    assert LINE in mine.read_text(encoding="utf-8")
    disable(everywhere)
    assert mine.read_bytes() == b"*.txt text\n"


def test_settings_of_somebody_else_stay(folder):
    """A driver of the same name is not written over, and nothing else is written either."""
    git(folder, "config", "merge.pathway.driver", "mine %A")
    git(folder, "config", "diff.pathway.binary", "false")
    files = folder / ".git" / "config", folder / ".git" / "info" / "attributes"
    before = contents(*files)
    here = place(everywhere=False)
    with pytest.raises(GitError, match="is set to something else already: 'mine %A'"):
        enable(here)
    assert contents(*files) == before
    git(folder, "config", "--unset", "merge.pathway.driver")
    enable(here)
    left = disable(here)
    assert left.word == "not enabled"
    assert git(folder, "config", "diff.pathway.binary") == "false\n"


def test_settings_of_another_installation_are_ours(folder):
    """A program that has moved is written anew."""
    here = place(everywhere=False)
    enable(here)
    name = "diff.pathway.textconv"
    value = git(folder, "config", name).strip().replace("/bin/", "/no such/")
    git(folder, "config", name, value)
    assert state(here).word == "enabled, but its program is not there"
    assert enable(here).word == "enabled"
    assert git(folder, "config", name).removesuffix("\n") == settings()[name]


class ReadOnlyDisk(RealDisk):
    """A disk on which nobody may write, not even the superuser."""

    def write(self, path, content):
        """Refuse."""
        del content
        raise PermissionError(errno.EACCES, "Permission denied", str(path))


def test_without_permission_nothing_changes(folder, monkeypatch):
    """What cannot be finished is taken back."""
    before = contents(folder / ".git" / "config")
    monkeypatch.setattr(git_setup, "RealDisk", ReadOnlyDisk)
    with pytest.raises(GitError, match="cannot be written: Permission denied"):
        enable(place(everywhere=False))
    assert contents(folder / ".git" / "config") == before


def test_what_cannot_be_written_is_taken_back(folder):
    """A folder in the place of the attributes: the settings are as before."""
    (folder / ".git" / "info" / "attributes").mkdir()
    before = contents(folder / ".git" / "config")
    with pytest.raises(GitError, match="cannot be"):
        enable(place(everywhere=False))
    assert contents(folder / ".git" / "config") == before


def test_the_settings_of_a_person_come_back_without_their_line_break(folder, tmp_path):
    """Git ends every file that it writes with one."""
    file = tmp_path / "home" / ".gitconfig"
    file.write_bytes(b"[user]\n\tname = A Person")
    assert enable(place(everywhere=True)).word == "enabled"
    assert disable(place(everywhere=True)).word == "not enabled"
    assert file.read_bytes() == b"[user]\n\tname = A Person"


def test_a_locked_configuration_is_told_in_the_words_of_git(folder):
    """Another git is writing: nothing is lost."""
    (folder / ".git" / "config.lock").touch()
    with pytest.raises(GitError, match="could not lock config file"):
        enable(place(everywhere=False))
    assert not (folder / ".git" / "info" / "attributes").exists()


def test_outside_a_repository_there_is_a_sentence(tmp_path, monkeypatch, capsys):
    """It says what to do instead."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert main(["git", "enable"]) == 2
    assert "There is no git repository here" in capsys.readouterr().err
    assert main(["git", "status"]) == 1


def test_without_git_there_is_a_sentence(folder, monkeypatch, capsys):
    """No traceback, and no change."""
    monkeypatch.setenv("PATH", str(folder))
    for command in ("enable", "disable", "status"):
        assert main(["git", command]) == 2
        assert "Git is not installed here" in capsys.readouterr().err


def test_a_bare_repository_and_a_worktree(folder, tmp_path, monkeypatch):
    """Both have attributes of their own place; worktrees share those of their repository."""
    git(folder, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-q",
        "--allow-empty", "-m", "first")  # fmt: skip
    git(folder, "worktree", "add", "-q", "--detach", str(tmp_path / "second"))
    git(folder, "clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    monkeypatch.chdir(tmp_path / "second")
    enable(place(everywhere=False))
    assert has_line((folder / ".git" / "info" / "attributes").read_bytes())
    monkeypatch.chdir(tmp_path / "bare.git")
    assert enable(place(everywhere=False)).word == "enabled"
    disable(place(everywhere=False))
    assert not (tmp_path / "bare.git" / "info" / "attributes").exists()


def test_status_tells_of_attributes_that_are_in_the_way(folder, capsys):
    """A `.gitattributes` below takes away what is set above only if git says so."""
    assert main(["git", "status"]) == 1
    assert main(["git", "enable"]) == 0
    assert main(["git", "status"]) == 0
    assert "this repository: enabled" in capsys.readouterr().out
    main(["git", "disable"])
    main(["git", "enable", "--global"])
    (folder / ".gitattributes").write_text("*.pathway -merge\n", encoding="utf-8")
    assert main(["git", "status"]) == 1
    assert "other attributes set `merge` to `unset`" in capsys.readouterr().out


@pytest.mark.parametrize("before", [None, b"", b"a b\n", b"a b", b"a b\r\n"])
def test_our_line_comes_and_goes(before):
    """Lines added below it since stay."""
    content = with_line(before)
    assert with_line(content) == content
    assert without_line(content) == before
    assert without_line(content + b"later text\n") == (
        (before or b"")
        + (b"\n" if before and not before.endswith(b"\n") else b"")
        + b"later text\n"
    )


def test_textconv_shows_what_it_cannot_read_as_it_is(tmp_path):
    """Bytes that are no text come out as they went in."""
    file = tmp_path / "broken.pathway"
    for content in (b"\xff\x00\xfe", b"", b"pathwaydsl 1\n} {{", b"\xef\xbb\xbf"):
        file.write_bytes(content)
        from pathwaydsl.cli.git import command

        result = CliRunner().invoke(command, ["textconv", str(file)])
        assert result.stdout_bytes in {content, content.removeprefix(b"\xef\xbb\xbf")}
