"""Pages over several versions on the ready-made site: differences, sheets to sign, histories."""

from __future__ import annotations

import re

import pytest
from lxml import html

pytest.importorskip("furo")

from pathwaydsl.authoring.seals import seal_of, with_seal
from pathwaydsl.authoring.sign_off import fingerprint
from pathwaydsl.project.loading import load_project
from pathwaydsl.sphinxext import comparisons
from pathwaydsl.sphinxext.site import WORK, build_site
from pathwaydsl.syntax.reader import read
from pathwaydsl.text.source import Source

OLD = """\
pathwaydsl 1

criterion well "Well" {
  yes or no
}

drug tablet "Tablet" {}

regimen tablets "Tablets" {
  give tablet 1 mg PO every 21 days
}

pathway example "An example" {
  version 1.0.0
  date 2020-02-01
  status published
  approved by "A committee" on 2020-02-01
  population "Adults"
  eligible everyone
  start at look

  assess look "Look" { measures well then ask }

  decide ask "Well enough?" {
    when well -> care
    otherwise -> wait
  }

  act care "Care <b>now</b>" { good-practice because "it is an example" then done }
  act wait "Wait" { good-practice because "it is an example" then done }
  end done "Done"
}
"""

NEW = (
    OLD.replace("version 1.0.0", "version 2.0.0\n  supersedes 1.0.0")
    .replace("2020-02-01", "2022-02-01")
    .replace("otherwise -> wait", "otherwise -> more")
    .replace(
        'act wait "Wait" { good-practice because "it is an example" then done }',
        'treat more "More" { regimen tablets good-practice because "so far" then done }',
    )
)


@pytest.fixture
def folder(tmp_path):
    """A pathway with one release, in which those not well wait; now they get more."""
    home = tmp_path / "content/releases/example"
    home.mkdir(parents=True)
    (tmp_path / "content/pathwaydsl.toml").write_text("", "utf-8")
    (home / "1.0.0.pathway").write_bytes(OLD.encode())
    (home / "SEALS").write_text(with_seal("", seal_of("1.0.0.pathway", OLD.encode())), "utf-8")
    (tmp_path / "content/example.pathway").write_text(NEW, "utf-8")
    return tmp_path / "content"


def build(folder, **options):
    """The folder of the site."""
    out = folder.parent / "site"
    report = build_site(load_project([folder]), out, **options)
    assert report.problem is None
    return out


def page(site, name):
    return html.fromstring((site / name).read_text("utf-8"))


def said(tree, path="//article"):
    return " ".join(" ".join(tree.xpath(f"{path}//text()")).split())


CHANGES = "example/changes/1.0.0--working.html"
REVIEW = "example/review/1.0.0--working.html"
HISTORY = "example/history.html"


def test_patients_come_before_changes(folder):
    """First for whom the advice is another, those who lost something on top, then the changes."""
    site = build(folder)
    tree = page(site, CHANGES)
    titles = [title.text_content() for title in tree.xpath("//section/section/h2")]
    assert titles[0].startswith("For whom the advice is another")
    assert titles[1].startswith("The picture")
    assert titles[2].startswith("Treatments, options")
    kinds = tree.xpath("//p[contains(@class, 'pathway-affected-title')]/span[1]/text()")
    assert kinds[0] == "Lost"
    assert "New" in kinds
    assert "Well: no" in said(tree)


def test_both_ways_of_one_of_them_stand_side_by_side(folder):
    """The same patient before and now, box by box."""
    ways = page(build(folder), CHANGES).xpath("//table[contains(@class, 'pathway-ways')]")
    before, now = ways[0].xpath(".//tbody/tr/td")
    assert "Wait" in before.text_content()
    assert "More" in now.text_content()


def test_three_pictures_of_one_layout(folder):
    """The overlay is open; each version by itself can be opened."""
    tree = page(build(folder), CHANGES)
    pictures = tree.xpath("//section[contains(@class, 'pathway-pictures')]//svg")
    assert len(pictures) == 3
    assert len({picture.get("viewbox") for picture in pictures}) == 1
    assert not pictures[0].xpath("ancestor::details")
    assert all(picture.xpath("ancestor::details") for picture in pictures[1:])
    ids = [each.get("id") for each in tree.iter() if each.get("id")]
    assert len(ids) == len(set(ids))


def test_labels_never_become_markup(folder):
    """What an author wrote as markup stands there as words."""
    for name in (CHANGES, REVIEW, HISTORY):
        text = (build(folder) / name).read_text("utf-8")
        assert "<b>now</b>" not in text


def test_the_version_number_that_is_needed_is_said(folder):
    """In words, with how far it did move."""
    told = said(page(build(folder), CHANGES))
    assert "The first number must move (major)." in told
    assert "it moved by a major step (1.0.0 to 2.0.0)" in told


def test_a_number_that_moved_too_little_is_told(folder):
    """It is a finding on the page itself."""
    path = folder / "example.pathway"
    path.write_text(NEW.replace("version 2.0.0", "version 1.0.1"), "utf-8")
    assert page(build(folder), CHANGES).xpath("//div[contains(@class, 'pathway-notice')]")


def test_no_patients_advice_changes_is_said(folder):
    """A reworded title changes nothing for anybody, and the page says that it is proved."""
    path = folder / "example.pathway"
    path.write_text(OLD.replace("1.0.0", "1.0.1").replace('"Wait"', '"Wait a while"'), "utf-8")
    told = said(page(build(folder), CHANGES))
    assert "No patient's advice changes." in told.replace("’", "'")  # noqa: RUF001


def test_undecided_is_never_shown_as_fine(folder, monkeypatch):
    """Within too small a budget the page says that it was not settled."""
    real = comparisons.compare
    monkeypatch.setattr(
        comparisons, "compare", lambda old, new, **more: real(old, new, **{**more, "budget": 1})
    )
    told = said(page(build(folder), CHANGES))
    assert "Undecided" in told
    assert "No patient's advice changes" not in told


def test_a_sheet_bears_the_fingerprint_of_what_is_signed(folder):
    """That of the canonical text, the same as an approval records, and lines to sign."""
    tree = page(build(folder), REVIEW)
    shown = re.search(r"# sheet ([0-9a-f]{16})", said(tree))
    assert shown is not None
    assert shown[1] == fingerprint(read(Source("example.pathway", NEW)).value)
    header = tree.xpath("//table[contains(@class, 'pathway-to-sign')]//th")
    assert [each.text_content() for each in header] == [
        "Name",
        "Role",
        "Interests",
        "Date",
        "Signature",
    ]


def test_a_sheet_holds_both_flowcharts_and_nothing_to_open(folder):
    """On paper nothing can be opened."""
    tree = page(build(folder), REVIEW)
    assert len(tree.xpath("//section[contains(@class, 'pathway-sheet-chart')]//svg")) == 2
    assert not tree.xpath("//article//details")


def test_recommendations_say_since_when(folder):
    """New, gone and unchanged ones, reckoned from the versions."""
    site = build(folder)
    now = said(page(site, "example.html"))
    assert "Over the versions: new in 2.0.0" in now
    assert "Over the versions: since 1.0.0" in now
    past = said(page(site, HISTORY))
    assert "withdrawn in 2.0.0" in past


def test_a_release_says_nothing_of_the_working_file(folder):
    """Its page stays as it is while authors work."""
    site = build(folder)
    before = (site / "example/1.0.0.html").stat().st_mtime_ns
    path = folder / "example.pathway"
    path.write_text(NEW.replace('"More"', '"Much more"'), "utf-8")
    build(folder)
    assert (site / "example/1.0.0.html").stat().st_mtime_ns == before


def test_an_unchanged_pair_is_never_compared_again(folder, monkeypatch):
    """What was found is kept beside the doctrees, by content."""
    site = build(folder)
    (site / CHANGES).unlink()
    for kept in (site / WORK / "doctrees").glob("*.pickle"):
        kept.unlink()

    def again(*_args, **_more):
        raise AssertionError("compared again")

    monkeypatch.setattr(comparisons, "compare", again)
    build(folder, title="Another title")
    assert (site / CHANGES).is_file()


def test_what_is_kept_is_compared_anew_when_it_cannot_be_read(folder):
    """A damaged file costs time and nothing else."""
    site = build(folder)
    kept = list((site / WORK / "doctrees/pathway-comparisons").iterdir())
    assert kept
    for path in kept:
        path.write_bytes(b"no pickle")
    path = folder / "example.pathway"
    path.write_text(NEW + "# a comment\n", "utf-8")
    assert "For whom the advice is another" in said(page(build(folder), CHANGES))
