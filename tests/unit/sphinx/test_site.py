"""The ready-made site: built once, built again, and cleaned of what is gone."""

from __future__ import annotations

import io
import shutil
from logging import getLogger
from pathlib import Path

import pytest

pytest.importorskip("furo")

from rich.console import Console

from pathwaydsl.project.loading import load_project
from pathwaydsl.sphinxext.claim import MARK, UNFINISHED, claimed
from pathwaydsl.sphinxext.site import WORK, build_site, page_name

CONTENT = Path(__file__).parent / "roots/test-basic/content"


@pytest.fixture
def content(tmp_path):
    """A copy of two small pathways with their library."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def times(out):
    """When each page was written last."""
    return {path.name: path.stat().st_mtime_ns for path in out.glob("*.html")}


def test_an_index_and_a_page_for_each_pathway(content, tmp_path):
    """What is written can be opened from the index."""
    report = build_site(load_project([content]), tmp_path / "site")
    assert report.problem is None
    assert report.warnings == ()
    assert report.pages == 2
    index = report.index.read_text("utf-8")
    assert 'href="first-line.html#first-line"' in index
    assert (tmp_path / "site/second-line.html").exists()
    assert (tmp_path / "site/search.html").exists()


def test_a_second_build_writes_no_page(content, tmp_path):
    """Nothing new, nothing written."""
    build_site(load_project([content]), tmp_path / "site")
    pages = ("index.html", "first-line.html", "second-line.html")
    before = times(tmp_path / "site")
    build_site(load_project([content]), tmp_path / "site")
    after = times(tmp_path / "site")
    assert [after[page] for page in pages] == [before[page] for page in pages]


def test_only_what_changed_is_written(content, tmp_path):
    """A change in one pathway writes its page, and those of pathways that enter it."""
    out = tmp_path / "site"
    build_site(load_project([content]), out)
    first, second = content / "first.pathway", content / "second.pathway"
    before = times(out)
    first.write_text(first.read_text("utf-8").replace("Weak heart", "Heart"), "utf-8")
    build_site(load_project([content]), out)
    after = times(out)
    assert after["first-line.html"] != before["first-line.html"]
    assert after["second-line.html"] == before["second-line.html"]
    second.write_text(second.read_text("utf-8").replace("Rest and fluids", "Rest"), "utf-8")
    build_site(load_project([content]), out)
    at_last = times(out)
    assert at_last["second-line.html"] != after["second-line.html"]
    assert at_last["first-line.html"] != after["first-line.html"]


def test_pages_of_removed_pathways_go(content, tmp_path):
    """A pathway that is gone has no page, and a file of somebody else stays."""
    out = tmp_path / "site"
    build_site(load_project([content]), out)
    (out / "mine.html").write_text("mine")
    path = content / "first.pathway"
    path.unlink()
    report = build_site(load_project([content]), out)
    assert report.pages == 1
    assert not (out / "first-line.html").exists()
    assert (out / "mine.html").exists()
    assert "First line of an example" not in report.index.read_text("utf-8")


def test_nothing_is_written_beside_the_sources(content, tmp_path):
    """The folder of the pathways stays as it was."""
    before = sorted(path.name for path in content.rglob("*"))
    build_site(load_project([content]), tmp_path / "site")
    assert sorted(path.name for path in content.rglob("*")) == before
    assert (tmp_path / "site" / WORK / "charts").is_dir()


def test_a_terminal_sees_a_progress_bar(content, tmp_path):
    """The bar names what is done, and a file gets nothing."""
    terminal, file = io.StringIO(), io.StringIO()
    console = Console(file=terminal, force_terminal=True, width=80)
    build_site(load_project([content]), tmp_path / "one", console=console)
    build_site(load_project([content]), tmp_path / "two", console=Console(file=file))
    assert "Reading sources" in terminal.getvalue()
    assert file.getvalue() == ""


def test_a_title_is_text(content, tmp_path):
    """What is markup for Sphinx is text in a title."""
    title = "*Our* `pathways` <b> & |co|"
    report = build_site(load_project([content]), tmp_path / "site", title=title)
    assert report.warnings == ()
    assert "*Our* `pathways` &lt;b&gt; &amp; |co|" in report.index.read_text("utf-8")


def test_two_sites_are_equal(content, tmp_path):
    """The same pathways give the same pages."""
    for name in ("one", "two"):
        build_site(load_project([content]), tmp_path / name)
    for page in ("index.html", "first-line.html", "searchindex.js"):
        assert (tmp_path / "one" / page).read_bytes() == (tmp_path / "two" / page).read_bytes()


def test_where_nothing_can_be_written_it_says_why(content, tmp_path):
    """A file in the way is a problem in words, not a traceback."""
    (tmp_path / "site").write_text("in the way")
    report = build_site(load_project([content]), tmp_path / "site")
    assert report.problem is not None


def test_names_that_sphinx_keeps_are_set_apart():
    """A pathway called `search` does not take the place of the search."""
    assert page_name("search") == "pathway-search"
    assert page_name("first-line") == "first-line"


def test_a_folder_of_someone_else_is_left_alone(content, tmp_path):
    """Files that no build put there are never overwritten or removed."""
    out = tmp_path / "site"
    (out / ".work/source").mkdir(parents=True)
    for name in ("index.html", ".work/source/mine.rst"):
        (out / name).write_text("mine", "utf-8")
        report = build_site(load_project([content]), out)
        assert "no build put there" in str(report.problem)
        assert (out / name).read_text("utf-8") == "mine"
        (out / name).unlink()


def test_a_build_that_was_stopped_is_made_up_for(content, tmp_path):
    """What an unfinished build left behind, such as half a page, does not stay."""
    out = tmp_path / "site"
    build_site(load_project([content]), out)
    whole = (out / "first-line.html").read_bytes()
    (out / WORK / MARK).write_text(UNFINISHED, "utf-8")
    (out / "first-line.html").write_bytes(whole[:100])
    (out / ".buildinfo").write_bytes(b"")
    assert build_site(load_project([content]), out).problem is None
    assert (out / "first-line.html").read_bytes() == whole


def test_two_builds_do_not_write_to_one_folder_at_once(content, tmp_path):
    """The second one says that it has to wait."""
    out = tmp_path / "site"
    with claimed(out, out / WORK):
        report = build_site(load_project([content]), out)
    assert "another build" in str(report.problem)
    assert build_site(load_project([content]), out).problem is None


def test_a_page_that_was_not_written_whole_is_a_failure(content, tmp_path, monkeypatch):
    """A full disk does not end in a site that is said to be done."""
    with monkeypatch.context() as patched:
        patched.setattr("sphinx.builders.html.StandaloneHTMLBuilder.handle_page", _half_a_page)
        report = build_site(load_project([content]), tmp_path / "site")
    assert "No space left" in str(report.problem)
    assert build_site(load_project([content]), tmp_path / "site").problem is None


def _half_a_page(builder, pagename, *_: object, **__: object):
    getLogger("sphinx.sphinx.builders.html").warning(
        "error writing file %s: %s", pagename, "No space left on device"
    )


def test_no_pathway_is_left_out_for_the_name_of_its_file(content, tmp_path):
    """A name with a control character is refused with the reason, any other has its page."""
    path = content / "second.pathway"
    odd = path.rename(content / 'zwei :: |x| "Ω"  .pathway')
    report = build_site(load_project([content]), tmp_path / "site")
    assert (report.problem, report.pages, report.warnings) == (None, 2, ())
    assert (tmp_path / "site/second-line.html").exists()
    odd.rename(content / "new\nline.pathway")
    report = build_site(load_project([content]), tmp_path / "site")
    assert "rename it" in str(report.problem)
    assert "\n" not in str(report.problem)
