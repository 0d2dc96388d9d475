"""What is read from a git revision, and the command that fetches what is missing."""

import subprocess

import pytest

from pathwaydsl.project.git_revisions import RevisionError, checked_out, fetching, split


@pytest.mark.parametrize(
    ("revision", "shallow", "command"),
    [
        ("HEAD~3", True, "git fetch --deepen=3"),
        ("HEAD^", True, "git fetch --deepen=1"),
        ("HEAD~2^", True, "git fetch --deepen=3"),
        ("main~2", True, "git fetch --unshallow"),
        ("main~2", False, "git fetch --all --tags"),
        ("origin/main", True, "git fetch --depth=1 origin main:refs/remotes/origin/main"),
        ("origin/main", False, "git fetch origin main:refs/remotes/origin/main"),
        ("v1.0.0", True, "git fetch --depth=1 origin refs/tags/v1.0.0:refs/tags/v1.0.0"),
        ("0123abc", True, "git fetch --depth=1 origin 0123abc"),
    ],
)
def test_the_command_fetches_what_is_missing(revision, shallow, command):
    """It is ready to paste."""
    assert fetching(revision, shallow=shallow) == command


def test_a_hostile_revision_is_one_word_of_the_command():
    """Nothing in a name becomes a second command."""
    assert fetching("x; rm -rf .", shallow=True).endswith(
        "'refs/tags/x; rm -rf .:refs/tags/x; rm -rf .'"
    )


def test_the_first_colon_parts_revision_and_path():
    """What stands after it is the path."""
    assert split("HEAD~1:a/b:c.pathway") == ("HEAD~1", "a/b:c.pathway")


@pytest.fixture
def repository(tmp_path):
    """A repository with a pathway, a note, and a link that leads out of it."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.pathway").write_text("pathwaydsl 1\n")
    (tmp_path / "note.txt").write_text("no pathway")
    (tmp_path / "link.pathway").symlink_to("/etc/hostname")
    settings = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "first")):
        subprocess.run(
            ["git", *settings, *arguments], cwd=tmp_path, check=True, capture_output=True
        )
    return tmp_path


def test_only_pathway_files_come_out_and_nothing_stays(repository):
    """Other files and links stay in git, and the folder is gone afterwards."""
    with checked_out("HEAD", "a/one.pathway", repository) as file:
        root = file.parent.parent
        names = {one.name for one in root.rglob("*") if one.is_file()}
        assert file.read_text() == "pathwaydsl 1\n"
        assert names == {"one.pathway", "pathwaydsl.toml"}
    assert not root.exists()


def test_a_path_counts_from_the_folder_too(repository):
    """Below the root of the repository the short path is enough."""
    with checked_out("HEAD", "one.pathway", repository / "a") as file:
        assert file.name == "one.pathway"


def test_a_link_is_no_file_of_a_revision(repository):
    """It is not followed, in git as on the disk."""
    with (
        pytest.raises(RevisionError, match="There is no file"),
        checked_out("HEAD", "link.pathway", repository),
    ):
        pass
