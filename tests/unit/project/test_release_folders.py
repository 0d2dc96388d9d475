"""Folders of releases hold whatever people put there: one finding each, and the rest goes on."""

import os

import pytest

from pathwaydsl.authoring.seals import seal_of
from pathwaydsl.project.loading import load_project
from pathwaydsl.project.releases import releases_of, unreadable_releases

WORKING = """\
pathwaydsl 1

pathway way "Way" {
  version 3.0.0
  date 2025-01-01
  status draft
  supersedes 2.0.0
  population "Adults"
  eligible everyone
  start at done

  end done "Done"
}
"""
FIRST = WORKING.replace("version 3.0.0", "version 1.0.0").replace("  supersedes 2.0.0\n", "")
SECOND = WORKING.replace("version 3.0.0", "version 2.0.0").replace("edes 2.0.0", "edes 1.0.0")


@pytest.fixture
def folder(tmp_path):
    """Two sound releases beside a working file."""
    (tmp_path / "pathwaydsl.toml").write_text("")
    (tmp_path / "p.pathway").write_text(WORKING)
    releases = tmp_path / "releases" / "way"
    releases.mkdir(parents=True)
    put(releases, {"1.0.0.pathway": FIRST, "2.0.0.pathway": SECOND})
    return releases


def put(folder, texts):
    """Write releases with their seals."""
    lines = []
    for name, text in texts.items():
        (folder / name).write_text(text)
        lines.append(seal_of(name, text.encode()).line + "\n")
    (folder / "SEALS").write_text("".join(lines))


def found(folder):
    """What is found in the project, and which releases are left."""
    project = load_project([folder.parent.parent])
    assert project.asked == ("p.pathway",)
    left = [str(release.version) for release in releases_of(project).get("way", ())]
    findings = (*project.findings, *unreadable_releases(project))
    return [f"{f.rule} {f.file}" for f in findings], left


def test_sound_releases_have_no_finding(folder):
    """Releases are not checked as drafts, and are read when they are asked for."""
    assert found(folder) == ([], ["1.0.0", "2.0.0"])


def test_releases_are_found_from_a_single_file(folder):
    """Checking the working file alone looks at its releases too."""
    (folder / "1.0.0.pathway").write_text("else")
    (error,) = load_project([folder.parent.parent / "p.pathway"]).errors
    assert error.rule == "PW615"


def test_a_broken_release_is_left_out_and_the_rest_goes_on(folder):
    """A broken seal is one finding, and breaks no chain."""
    (folder / "1.0.0.pathway").write_text(FIRST.replace("Done", "Gone"))
    assert found(folder) == (["PW615 releases/way/1.0.0.pathway"], ["2.0.0"])


def test_a_missing_release_is_one_finding(folder):
    """A sealed file that is gone still counts as a step of the history."""
    (folder / "1.0.0.pathway").unlink()
    assert found(folder) == (["PW616 releases/way/1.0.0.pathway"], ["2.0.0"])


def test_releases_in_two_folders_under_one_number(folder):
    """The releases of a pathway lie in one folder."""
    other = folder.parent.parent / "other" / "releases" / "way"
    other.mkdir(parents=True)
    put(other, {"1.0.0.pathway": FIRST})
    findings, _ = found(folder)
    assert findings == ["PW620 releases/way/1.0.0.pathway"]


def test_a_version_sealed_twice(folder):
    """Two seals for one file are two releases with one number."""
    seals = (folder / "SEALS").read_text()
    other = seal_of("1.0.0.pathway", b"other").line
    (folder / "SEALS").write_text(f"{seals}{other}\n")
    assert found(folder)[0] == ["PW620 releases/way/SEALS"]


def test_what_is_no_file_is_never_opened(folder):
    """A pipe, a folder, a link out of the project: each is told, none is followed."""
    secret = folder.parent.parent.parent / "secret.pathway"
    secret.write_text(FIRST)
    os.mkfifo(folder / "3.0.0.pathway")
    (folder / "4.0.0.pathway").mkdir()
    (folder / "5.0.0.pathway").symlink_to(secret)
    (folder / "notes.pathway").write_text("notes")
    findings, left = found(folder)
    assert findings == [
        "PW625 releases/way/3.0.0.pathway",
        "PW625 releases/way/4.0.0.pathway",
        "PW625 releases/way/5.0.0.pathway",
        "PW619 releases/way/notes.pathway",
    ]
    assert left == ["1.0.0", "2.0.0"]


def test_a_release_that_cannot_be_read_is_told_when_it_is_read(folder):
    """A good seal does not make a text readable."""
    put(
        folder, {"1.0.0.pathway": FIRST.replace("end done", "finish done"), "2.0.0.pathway": SECOND}
    )
    assert found(folder) == (["PW625 releases/way/1.0.0.pathway"], ["2.0.0"])


def test_releases_alone_are_a_project(folder):
    """A pathway that was withdrawn keeps its releases."""
    (folder.parent.parent / "p.pathway").unlink()
    project = load_project([folder.parent.parent])
    assert project.findings == ()
    assert len(releases_of(project)["way"]) == 2
    one = load_project([folder / "1.0.0.pathway"])
    assert one.asked == ("releases/way/1.0.0.pathway",)
    assert one.errors == ()
