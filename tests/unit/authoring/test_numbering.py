"""Numbers of releases and the head that holds them."""

import pytest

from pathwaydsl.authoring.journal import Journal, read_journal, written
from pathwaydsl.authoring.numbering import Head, bumped, next_working, step_between, with_head
from pathwaydsl.authoring.release_head import head_of
from pathwaydsl.model.values import PartialDate, Version
from pathwaydsl.syntax.reader import read
from pathwaydsl.text.source import Source
from pathwaydsl.versions import Bump

TEXT = """\
pathwaydsl 1

pathway example "An example" {
  version 1.0.0
  # signed in the hall
  approved by "The committee" on 2025-01-01 # all of them
  date 2025-01-02 # a Thursday
  status published
  # what is new
  change-note \"\"\"
  version 9.9.9
  supersedes 8.8.8 }
  \"\"\"
  population "Adults"
  eligible everyone
  start at done

  enter done "Done" {
    pathway other version 7.7.7
  }
}
"""


def test_a_bump_leads_to_one_number():
    """Major, minor and patch steps, and calendar versions that follow the date."""
    old = Version(1, 2, 3)
    assert [bumped(old, b) for b in (Bump.PATCH, Bump.MINOR, Bump.MAJOR)] == [
        Version(1, 2, 4), Version(1, 3, 0), Version(2, 0, 0),
    ]  # fmt: skip
    calendar = Version(2025, 11, 4)
    assert bumped(calendar, Bump.MAJOR, PartialDate(2025, 11, 30)) == Version(2025, 11, 5)
    assert bumped(calendar, Bump.PATCH, PartialDate(2026, 1, 2)) == Version(2026, 1, 0)
    assert bumped(calendar, Bump.PATCH, PartialDate(2024, 1, 2)) == Version(2025, 11, 5)
    assert next_working(old) == Version(1, 2, 4)


@pytest.mark.parametrize(
    ("new", "step"),
    [
        ("1.2.3", "none"),
        ("1.2.4", "patch"),
        ("1.3.0", "minor"),
        ("2.0.0", "major"),
        ("1.0.0", "none"),
    ],
)
def test_the_step_between_two_numbers(new, step):
    """A step is as large as the first part that grew."""
    version = Version(*map(int, new.split(".")))
    assert step_between(Version(1, 2, 3), version).word == step


def test_the_next_head_keeps_every_other_comment():
    """Approvals and change note go with their comments; all else stays in its place."""
    file = read(Source("a.pathway", TEXT)).value
    head = Head(Version(1, 0, 1), Version(1, 0, 0), status="draft", note="", approved=False)
    assert (
        with_head(file, head).value
        == """\
pathwaydsl 1

pathway example "An example" {
  version 1.0.1
  date 2025-01-02 # a Thursday
  status draft
  supersedes 1.0.0
  population "Adults"
  eligible everyone
  start at done

  enter done "Done" {
    pathway other version 7.7.7
  }
}
"""
    )


def test_a_note_is_written_as_text():
    """Whatever a note holds stays inside its quotes, and line ends stay those of the file."""
    file = read(Source("a.pathway", TEXT.replace("\n", "\r\n"))).value
    note = 'a "quote" \\ and\nmore }'
    text = with_head(file, Head(Version(1, 0, 0), None, note=note)).value
    assert '  change-note "a \\"quote\\" \\\\ and\\nmore }"\r\n' in text
    assert text.count("\r\n") == text.count("\n")


def test_a_head_is_found_without_reading_the_file():
    """Texts, comments and inner blocks never pass for statements of the head."""
    head = head_of(
        "# pathway no {\n" + TEXT.replace("version 1.0.0", "version 1.4.0 supersedes 1.2.0")
    )
    assert (head.pathway, head.version, head.supersedes) == (
        "example", Version(1, 4, 0), Version(1, 2, 0),
    )  # fmt: skip
    assert (head.date, head.status, head.approved) == (PartialDate(2025, 1, 2), "published", True)
    assert head_of("pathwaydsl 1").pathway is None


def test_a_journal_is_whole_or_none():
    """A journal that lost anything is not taken for one."""
    journal = Journal("p", "1.0.0", "1.0.0.pathway", "text ≥\n", None, "p.pathway", "0", "next")
    content = written(journal)
    assert read_journal(content) == journal
    assert all(read_journal(content[:size]) is None for size in range(len(content)))
    assert read_journal(content.replace(b"text", b"test")) is None
    assert read_journal(b"[" * 5000) is None
