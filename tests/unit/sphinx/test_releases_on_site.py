"""Releases on the ready-made site: pages, addresses, differences, registers and the feed."""

from __future__ import annotations

import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree, html

pytest.importorskip("furo")

from pathwaydsl.authoring.seals import seal_of, with_seal
from pathwaydsl.project.loading import load_project
from pathwaydsl.sphinxext.site import WORK, build_site

TEXT = """\
pathwaydsl 1

pathway example "An example" {{
  version {version}
  date {date}
  status published
  approved by "A committee" on {date}
{supersedes}  population "Adults"
  eligible everyone
  start at {care}

  act {care} "Care" {{
{was}    good-practice because "it is an example"
    flags how-long
    then done
  }}

  end done "Done"

  gap how-long "For how long?" {{
    kind sequencing
    question {{
      population "Adults"
      intervention "Care"
      comparator "No care"
      outcome "Health"
    }}
    priority high
    status {status}
    raised 2020-01-15
  }}
}}
"""

OTHER = """\
pathwaydsl 1

pathway other "Another example" {
  version 1.0.0
  date 2025-01-02
  status draft
  population "Adults"
  eligible everyone
  start at done

  end done "Done"
}
"""

ATOM = "{http://www.w3.org/2005/Atom}"


def text(version, date, supersedes="", *, care="care", was="", status="open"):
    before = f"  supersedes {supersedes}\n" if supersedes else ""
    old = f"    was {was}\n" if was else ""
    return TEXT.format(
        version=version, date=date, supersedes=before, care=care, was=old, status=status
    )


@pytest.fixture
def folder(tmp_path):
    """A pathway with two releases, and another without."""
    folder = tmp_path / "content"
    home = folder / "releases/example"
    home.mkdir(parents=True)
    (folder / "pathwaydsl.toml").write_text("", "utf-8")
    released = {
        "1.0.0": text("1.0.0", "2020-02-01", care="start-care"),
        "2.0.0": text("2.0.0", "2022-02-01", "1.0.0", was="start-care"),
    }
    seals = ""
    for version, said in released.items():
        (home / f"{version}.pathway").write_bytes(said.encode())
        seals = with_seal(seals, seal_of(f"{version}.pathway", said.encode()))
    (home / "SEALS").write_text(seals, "utf-8")
    now = text("3.0.0", "2025-03-15", "2.0.0", was="start-care", status="open")
    (folder / "example.pathway").write_text(now, "utf-8")
    (folder / "other.pathway").write_text(OTHER, "utf-8")
    return folder


@pytest.fixture
def built(folder, tmp_path):
    """The site of it."""
    project = load_project([folder])
    assert project.errors == ()
    report = build_site(project, tmp_path / "site", base_url="https://example.org/paths")
    assert report.problem is None
    assert report.warnings == ()
    return tmp_path / "site"


def page(site, name):
    return html.fromstring((site / name).read_text("utf-8"))


def said(tree):
    return " ".join(tree.xpath("//article//text()")).split()


def test_every_version_has_its_address(built):
    """A page for each release, one for each step between two, one to print, and `latest`."""
    for name in (
        "example.html",
        "example/1.0.0.html",
        "example/2.0.0.html",
        "example/latest.html",
        "example/print.html",
        "example/changes/1.0.0--2.0.0.html",
        "example/changes/2.0.0--working.html",
        "example/history.html",
        "example/review/2.0.0--working.html",
    ):
        assert (built / name).is_file(), name
    assert 'location.replace("2.0.0.html"' in (built / "example/latest.html").read_text("utf-8")
    assert 'location.replace("../other.html"' in (built / "other/latest.html").read_text("utf-8")


def test_an_old_version_says_so_on_top(built):
    """It is told before anything else, with a link to the newest; the newest says nothing."""
    tree = page(built, "example/1.0.0.html")
    first = tree.xpath("//h1/following-sibling::*")[0]
    assert "Not the current version" in first.text_content()
    assert first.xpath(".//a/@href") == ["2.0.0.html#example"]
    assert "Not the current version" not in page(built, "example/2.0.0.html").text_content()
    assert "Not released yet" in page(built, "example.html").text_content()


def test_a_renamed_id_still_leads_to_its_place(built):
    """The old anchor is a place on the page of every later version."""
    for name in ("example/2.0.0.html", "example.html"):
        assert page(built, name).xpath("//*[@id='example--start-care']")


def test_every_link_between_the_pages_leads_somewhere(built):
    """No link to a page or an anchor of the site is dead."""
    pages = {path: html.parse(str(path)) for path in built.rglob("*.html") if WORK not in str(path)}
    ids = {path.resolve(): set(tree.xpath("//@id")) for path, tree in pages.items()}
    for path, tree in pages.items():
        for href in tree.xpath("//article//a/@href"):
            if re.match(r"https?:", href) or href.startswith("#"):
                continue
            target, _, anchor = href.partition("#")
            file = (path.parent / target).resolve()
            assert file.exists(), (path, href)
            assert not anchor or anchor in ids[file], (path, href)


def test_differences_show_both_versions(built):
    """The page names both versions and what was renamed."""
    words = said(page(built, "example/changes/1.0.0--2.0.0.html"))
    assert {"1.0.0", "2.0.0", "Before", "Now"} <= set(words)
    assert "start-care" in words


def test_a_chart_can_be_downloaded(built):
    """SVG and PNG lie beside the page, and the page links them."""
    links = page(built, "example/1.0.0.html").xpath("//a[@download]/@href")
    assert links == ["../charts/example/1.0.0.svg", "../charts/example/1.0.0.png"]
    for link in links:
        assert (built / "example" / link).stat().st_size > 500


def test_the_register_of_gaps_tells_age_and_versions(built):
    """A gap is as old as its pathway's date says; a picture stands beside the table."""
    tree = page(built, "registers/gaps.html")
    assert "5 years, 2 months" in tree.text_content()
    assert tree.xpath("//a[contains(@href, 'example.html#example--gap--how-long')]")
    assert len(tree.xpath("//*[@class='pathway-plot']")) == 1
    assert len(tree.xpath("//table[contains(@class, 'pathway-standings')]//tbody/tr")) == 3


def test_the_feed_is_well_formed_atom(built):
    """Every entry has what RFC 4287 asks for, and ids never repeat."""
    feed = etree.parse(str(built / "feed.atom")).getroot()
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    titles = [entry.findtext(f"{ATOM}title") for entry in entries]
    assert titles.count("Evidence gap opened: For how long?") == 1
    assert "An example: version 3.0.0" in titles
    for part in (feed, *entries):
        assert part.findtext(f"{ATOM}id").startswith("urn:uuid:")
        assert part.findtext(f"{ATOM}title")
        datetime.fromisoformat(part.findtext(f"{ATOM}updated"))
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids))
    for entry in entries:
        assert entry.find(f"{ATOM}link").get("href").startswith("https://example.org/paths/")


def test_one_change_writes_its_own_pages_and_the_registers(folder, built):
    """A new label of a gap leaves the other pathway, old releases and other registers alone."""
    before = {path: path.stat().st_mtime_ns for path in built.rglob("*.html")}
    path = folder / "example.pathway"
    path.write_text(path.read_text("utf-8").replace("For how long?", "How long?"), "utf-8")
    build_site(load_project([folder]), built, base_url="https://example.org/paths")
    changed = {
        str(path.relative_to(built))
        for path, time in before.items()
        if path.stat().st_mtime_ns != time
    } - {"search.html", "genindex.html"}
    assert changed == {
        "index.html",  # Sphinx writes it with whatever its sidebar names
        "example.html",
        "example/print.html",
        "example/changes/2.0.0--working.html",
        "example/history.html",
        "example/review/2.0.0--working.html",
        "registers/gaps.html",
    }


def test_a_broken_release_is_one_finding_and_the_rest_is_built(folder, tmp_path):
    """A release whose seal is broken has no page; every other page is there."""
    path = folder / "releases/example/1.0.0.pathway"
    path.write_bytes(path.read_bytes() + b"# more\n")
    project = load_project([folder])
    assert len(project.errors) == 1
    report = build_site(project, tmp_path / "site")
    assert report.problem is None
    assert not (tmp_path / "site/example/1.0.0.html").exists()
    assert (tmp_path / "site/example/2.0.0.html").exists()


def test_pages_of_a_removed_pathway_go_with_all_their_files(folder, built):
    """Nothing of it is left behind but its charts' folder."""
    (folder / "example.pathway").unlink()
    shutil.rmtree(folder / "releases")
    build_site(load_project([folder]), built)
    assert not list(built.glob("example*.html"))
    assert not list(Path(built, "example").rglob("*.html"))


def test_many_pathways_leave_the_sidebar_short(tmp_path):
    """Above a number of pathways the sidebar lists registers alone; the index lists all."""
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "pathwaydsl.toml").write_text("", "utf-8")
    for number in range(42):
        name = f"other-{number}"
        (folder / f"{name}.pathway").write_text(OTHER.replace("other", name), "utf-8")
    report = build_site(load_project([folder]), tmp_path / "site", charts=False)
    assert report.warnings == ()
    tree = page(tmp_path / "site", "index.html")
    assert len(tree.xpath("//aside//nav//a | //div[@class='sidebar-tree']//a")) <= 50
    assert len(tree.xpath("//table[contains(@class, 'pathway-list')]//tbody/tr")) == 42
