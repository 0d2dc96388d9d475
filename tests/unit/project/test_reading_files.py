"""From a path to a source."""

import os

import pytest

from pathwaydsl.project.reading_files import decode, read_source

MOST = 1000


def _only(outcome):
    [found] = outcome.findings
    return found


def test_a_file_is_read(tmp_path):
    """Text comes back as it stands, line ends included."""
    (tmp_path / "a.pathway").write_bytes(b"pathwaydsl 1\r\n")
    outcome = read_source(tmp_path / "a.pathway", "a.pathway", most_bytes=MOST)
    assert outcome.findings == ()
    assert outcome.value.text == "pathwaydsl 1\r\n"
    assert outcome.value.name == "a.pathway"


def test_a_byte_order_mark_goes():
    """The mark is no part of the text, and offsets do not count it."""
    assert decode(b"\xef\xbb\xbfpathwaydsl 1", "a", most_bytes=MOST).value.text == "pathwaydsl 1"


def test_latin_1_is_told_where_it_stands():
    """The place of the first byte that is no UTF-8 is the place of the finding."""
    outcome = decode("pathwaydsl 1\n# Pérez".encode("latin-1"), "a", most_bytes=MOST)
    found = _only(outcome)
    assert found.rule == "PW101"
    place = outcome.value.place(found.span.start)
    assert (place.line, place.column) == (2, 4)
    assert "0xE9" in found.message


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_other_encodings_are_named(encoding):
    """A file that says what it is gets told so."""
    found = _only(decode("pathwaydsl 1".encode(encoding), "a", most_bytes=MOST))
    assert found.rule == "PW101"
    assert encoding.upper() in found.message


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told(content):
    """Nothing, blanks, or a lone mark are empty."""
    assert _only(decode(content, "a", most_bytes=MOST)).rule == "PW102"


def test_a_large_file_is_not_read(tmp_path):
    """Above the limit nothing is read."""
    (tmp_path / "a").write_bytes(b"#" * (MOST + 1))
    outcome = read_source(tmp_path / "a", "a", most_bytes=MOST)
    assert outcome.value is None
    assert _only(outcome).rule == "PW103"


def test_a_missing_file_and_a_folder_are_told(tmp_path):
    """What cannot be opened is a finding without a place."""
    for name in ("missing", "."):
        found = _only(read_source(tmp_path / name, name, most_bytes=MOST))
        assert (found.rule, found.span) == ("PW104", None)


def test_a_pipe_does_not_hang(tmp_path):
    """A named pipe is refused without being opened."""
    os.mkfifo(tmp_path / "pipe")
    found = _only(read_source(tmp_path / "pipe", "pipe", most_bytes=MOST))
    assert "plain file" in found.message


def test_a_refused_file_is_told(tmp_path, monkeypatch):
    """What the system refuses to open is a finding, whoever runs the test."""
    (tmp_path / "a").write_bytes(b"x")

    def refuse(*_arguments, **_options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    found = _only(read_source(tmp_path / "a", "a", most_bytes=MOST))
    assert found.rule == "PW104"
    assert "may not be read" in found.message


def test_a_name_without_an_ending_keeps_its_letters(tmp_path):
    """A file is named as it is, even at the head of a message."""
    (tmp_path / "folder").mkdir()
    (found,) = read_source(tmp_path / "folder", "folder", most_bytes=10).findings
    assert found.message == "folder is a folder, not a file"
