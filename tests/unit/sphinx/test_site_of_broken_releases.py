"""Folders of releases that hold something wrong: one finding each, and the rest of the site."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("furo")

from pathwaydsl.authoring.seals import seal_of
from pathwaydsl.project.loading import load_project
from pathwaydsl.project.releases import with_unreadable
from pathwaydsl.sphinxext.site import build_site

TEXT = """\
pathwaydsl 1

{use}pathway way "Way" {{
  version {version}
  date {date}
  status {status}
{supersedes}  population "Adults"
  eligible everyone
  start at done

  end done "Done"
}}
"""

LIBRARY = 'pathwaydsl 1\n\ncriterion lvef "LVEF" {\n  number 0..100 %\n}\n'


def text(number, supersedes=None, *, status="published", use=""):
    """A version of the pathway; the higher its number, the later its date."""
    return TEXT.format(
        version=f"{number}.0.0",
        date=f"202{number}-01-01",
        status=status + (f'\n  approved by "A committee" on 202{number}-01-01' * (not use)),
        supersedes=f"  supersedes {supersedes}.0.0\n" if supersedes else "",
        use=use,
    )


RELEASES = {f"{number}.0.0.pathway": text(number, number - 1 or None) for number in (1, 2, 3)}


@pytest.fixture
def folder(tmp_path):
    """Three sound releases, a working file with a library, and another pathway."""
    root = tmp_path / "content"
    home = root / "releases/way"
    home.mkdir(parents=True)
    (root / "pathwaydsl.toml").write_text("", "utf-8")
    (root / "library.pathway").write_text(LIBRARY, "utf-8")
    working = text(4, 3, status="draft", use='use "library.pathway"\n\n')
    (root / "way.pathway").write_text(working, "utf-8")
    other = text(1, status="draft", use=" ").replace('way "Way"', 'other "Other"')
    (root / "other.pathway").write_text(other, "utf-8")
    put(home, RELEASES)
    return root


def put(home, releases):
    """Write releases with their seals."""
    seals = []
    for name, said in releases.items():
        (home / name).write_bytes(said.encode())
        seals.append(seal_of(name, said.encode()).line + "\n")
    (home / "SEALS").write_text("".join(seals), "utf-8")


def built(root, site):
    """Which rules were found in the releases, and which versions have a page."""
    project = with_unreadable(load_project([root]))
    report = build_site(project, site, charts=False)
    assert report.problem is None
    assert (site / "way.html").is_file()
    assert (site / "other.html").is_file()
    assert (site / "registers/gaps.html").is_file()
    pages = sorted(path.stem for path in (site / "way").glob("?.0.0.html"))
    return [found.rule for found in project.findings if project.about_releases(found)], pages


def test_sound_releases_have_pages_and_no_finding(folder, tmp_path):
    """Every release has its page."""
    assert built(folder, tmp_path / "site") == ([], ["1.0.0", "2.0.0", "3.0.0"])


def test_a_library_that_changed_under_a_release_changes_nothing(folder, tmp_path):
    """Releases hold all that they need, so even a library that is gone does them no harm."""
    before = built(folder, tmp_path / "before")
    (folder / "library.pathway").unlink()
    (folder / "way.pathway").write_text(text(4, 3, status="draft", use=" "), "utf-8")
    assert built(folder, tmp_path / "after") == before
    page = Path("way/1.0.0.html")
    assert (tmp_path / "before" / page).read_bytes() == (tmp_path / "after" / page).read_bytes()


def _broken_seal(home):
    path = home / "2.0.0.pathway"
    path.write_bytes(path.read_bytes() + b"# more\n")


def _of_another_pathway(home):
    put(home, {**RELEASES, "2.0.0.pathway": RELEASES["2.0.0.pathway"].replace("way way", "way to")})


def _gone(home):
    (home / "2.0.0.pathway").unlink()


def _leaves_one_out(home):
    put(home, {**RELEASES, "3.0.0.pathway": text(3, 1)})


def _another_number(home):
    put(home, {**RELEASES, "2.0.0.pathway": text(3, 1)})


def _not_readable(home):
    put(home, {**RELEASES, "2.0.0.pathway": "pathwaydsl 1\n\npathway way {\n"})


@pytest.mark.parametrize(
    "spoil",
    [_broken_seal, _of_another_pathway, _gone, _leaves_one_out, _another_number, _not_readable],
)
def test_one_finding_each_and_the_rest_is_built(folder, tmp_path, spoil):
    """One thing is wrong with the releases: it is told once, and every other page is there."""
    spoil(folder / "releases/way")
    rules, pages = built(folder, tmp_path / "site")
    assert len(rules) == 1, rules
    assert len(pages) == 2
    assert pages[0] == "1.0.0"
