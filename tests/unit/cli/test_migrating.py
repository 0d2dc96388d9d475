"""`pathwaydsl migrate`: files of an older edition."""

import pytest
from tests.unit.authoring.test_migrating import FIRST, NEWEST, OLD, SECOND

from pathwaydsl.authoring import migrating


@pytest.fixture
def made_up(monkeypatch, project):
    """A program that reads the made-up edition 3, and a project of two old files."""

    def migrate(source, *, steps):
        return original(source, steps=(FIRST, SECOND), newest=3, reader=NEWEST)

    original = migrating.migrate
    monkeypatch.setattr(migrating, "migrate", migrate)
    (project / "example.pathway").unlink()
    (project / "a b Ω.pathway").write_bytes(b"\xef\xbb\xbf" + OLD.replace("\n", "\r\n").encode())
    (project / "c.pathway").write_text(OLD)
    return project


def test_with_one_edition_it_says_so(call, project):
    """There is nothing to do, and nothing is written."""
    before = (project / "example.pathway").read_bytes()
    told = call("migrate")
    assert told.code == 0
    assert "1 file is written in edition 1 of the language, the only one there is." in told.err
    assert (project / "example.pathway").read_bytes() == before


def test_files_are_brought_over(call, made_up):
    """Every file is written, its line ends and byte-order mark kept; then there is nothing left."""
    told = call("migrate")
    assert told.code == 0
    assert "From edition 1 to 2: A treatment is written `treat`." in told.err
    new = (made_up / "a b Ω.pathway").read_bytes()
    assert new.startswith(b"\xef\xbb\xbf# kept\r\npathwaydsl 3\r\n")
    assert b"\n" not in new.replace(b"\r\n", b"")
    assert "2 files are written" in call("migrate").err


@pytest.mark.parametrize("option", ["--check", "--diff"])
def test_a_look_writes_nothing(call, made_up, option):
    """`--check` and `--diff` exit with 1 and leave every file as it is."""
    told = call("migrate", option)
    assert told.code == 1
    assert (made_up / "c.pathway").read_text() == OLD
    if option == "--diff":
        assert "+pathwaydsl 3" in told.out


def test_one_file_that_fails_keeps_all_as_they_are(call, made_up):
    """A project is not left half in one edition and half in another by a mistake in one file."""
    (made_up / "broken.pathway").write_text("pathwaydsl 1\n\ndrug {\n")
    told = call("migrate")
    assert told.code == 1
    assert "Nothing was written, because of one file." in told.err
    assert (made_up / "c.pathway").read_text() == OLD


def test_a_newer_file_is_told(call, project):
    """A file of a newer edition is one clear finding for every command."""
    (project / "example.pathway").write_text("pathwaydsl 9\n\nnew things\n")
    for command in ("migrate", "check", "fmt"):
        told = call(command)
        assert told.code == 1
        assert (told.out + told.err).count("[PW") == 1
        assert "this program reads edition 1" in told.out + told.err


def test_sealed_releases_stay(call, made_up):
    """A release is never rewritten, whatever its edition."""
    folder = made_up / "releases" / "example"
    folder.mkdir(parents=True)
    (folder / "SEALS").write_text("")
    (folder / "1.0.0.pathway").write_text(OLD)
    call("migrate")
    assert (folder / "1.0.0.pathway").read_text() == OLD
