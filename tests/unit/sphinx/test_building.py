"""Builds that follow one another, run side by side, or meet mistakes."""

from __future__ import annotations

import os
import pickle
import time

import pytest


def touch(path, text=None):
    """Change a file, or only its time."""
    if text is not None:
        path.write_text(text, "utf-8")
    now = time.time_ns()
    os.utime(path, ns=(now, now))


def tree_of(folder):
    """Every file a build wrote, without what holds a time or a path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in {".buildinfo", "environment.pickle"}
    }


def test_second_build_reads_and_writes_nothing(root):
    """Nothing changed, nothing done."""
    built = root("basic").build()
    assert built.read
    built.build()
    assert built.read == []
    assert built.written == []


def test_a_changed_import_reads_its_pages_again(root):
    """Both pages rest on the library; the page that only refers to them does not."""
    built = root("basic").build()
    touch(built.source / "content/library.pathway")
    built.build()
    assert built.read == ["first", "second"]


def test_a_changed_pathway_reads_its_page_and_those_that_lead_to_it(root):
    """The page of the file is read, and those that say whether its patients have an answer."""
    built = root("basic").build()
    touch(built.source / "content/second.pathway")
    built.build()
    assert sorted(built.read) == ["first", "second"]
    touch(built.source / "content/first.pathway")
    built.build()
    assert "second" not in built.read


def test_a_changed_version_rewrites_the_list(root):
    """The index is written again when what it says of a pathway changed."""
    built = root("basic").build()
    path = built.source / "content/second.pathway"
    touch(path, path.read_text("utf-8").replace("version 1.0.0", "version 1.1.0"))
    built.build()
    assert "second" in built.read
    assert "index" in built.written
    assert "1.1.0" in built.text("index.html")


def test_a_removed_page_leaves_the_list(root):
    """What is gone is not listed any more."""
    built = root("basic").build()
    (built.source / "second.rst").unlink()
    (built.source / "referring.rst").unlink()
    index = built.source / "index.rst"
    touch(index, index.read_text("utf-8").replace("   second\n   referring\n", ""))
    built.build()
    assert "Second line of an example" not in built.text("index.html")


def test_a_removed_pathway_file_is_one_warning(root):
    """A file that is gone is said at its directive, and the other pages are built."""
    built = root("basic").build()
    (built.source / "content/second.pathway").unlink()
    built.build()
    missing = [line for line in built.warnings if "there is no pathway file" in line]
    assert len(missing) == 1
    assert "second.rst" in missing[0]
    assert (built.out / "first.html").exists()


def test_two_processes_write_the_same(root):
    """Side by side and one after another give the same files."""
    alone = root("basic").build()
    first = tree_of(alone.out)
    for number in range(8):
        (alone.source / f"more-{number}.rst").write_text(f":orphan:\n\nMore {number}\n======\n")
    one = tree_of(alone.build(out="one").out)
    two = tree_of(alone.build(out="two", jobs=2).out)
    assert one == two
    assert first["first.html"] == one["first.html"]


def test_two_builds_from_nothing_are_equal(root):
    """The same sources give the same bytes."""
    built = root("basic")
    one = tree_of(built.build(out="one").out)
    two = tree_of(built.build(out="two").out)
    assert one == two


def test_environment_can_be_pickled(root):
    """What the domain keeps survives a round trip."""
    from pathwaydsl.sphinxext.domain import pathway_domain

    built = root("basic").build()
    kept = pathway_domain(built.app.env).data
    assert pickle.loads(pickle.dumps(kept)) == kept  # noqa: S301  our own data


def test_findings_become_warnings_with_a_place(root):
    """An error in a file is a warning at its line, of type `pathway`; the rest is built."""
    built = root("basic")
    path = built.source / "content/second.pathway"
    path.write_text(path.read_text("utf-8").replace("then over", "then nowhere"), "utf-8")
    built.build(show_warning_types=True)
    found = [line for line in built.warnings if "second.pathway:" in line]
    assert "second.pathway:15" in found[0]
    assert "[pathway." in found[0]
    assert "Not fit for use" in built.text("second.html")
    assert "Not fit for use" not in built.text("first.html")


def test_findings_are_said_at_every_build(root):
    """A page whose file is wrong is read anew until it is right."""
    built = root("basic")
    path = built.source / "content/second.pathway"
    good = path.read_text("utf-8")
    path.write_text(good.replace("then over", "then nowhere"), "utf-8")
    built.build()
    built.build()
    assert built.warnings
    touch(path, good)
    built.build()
    assert built.warnings == []
    built.build()
    assert built.read == []


def test_findings_can_be_suppressed_by_type(root):
    """`suppress_warnings` knows the type."""
    built = root("basic")
    path = built.source / "content/second.pathway"
    path.write_text(path.read_text("utf-8").replace("then over", "then nowhere"), "utf-8")
    built.build(suppress_warnings=["pathway"])
    assert built.warnings == []


def test_the_same_pathway_twice_is_a_warning(root):
    """A second page of a pathway would take its links away."""
    built = root("basic")
    (built.source / "again.rst").write_text(":orphan:\n\n.. pathway:: content/second.pathway\n")
    built.build()
    assert len(built.warnings) == 1
    assert "several documents" in built.warnings[0]


@pytest.fixture
def broken_engine(monkeypatch):
    """A layout engine that can draw nothing."""
    from pathwaydsl.chart.engine import Failure
    from pathwaydsl.sphinxext import charts

    def nothing(flows, engine, **_):
        return {name: Failure("the engine is broken") for name, _ in flows}

    monkeypatch.setattr(charts, "draw", nothing)
    return monkeypatch


def test_a_failed_chart_gives_way_to_the_outline(root, broken_engine):
    """The outline stands where the picture would be, and one warning says so."""
    built = root("basic").build()
    failed = [line for line in built.warnings if "the engine is broken" in line]
    assert len(failed) == 2
    text = built.text("first.html")
    assert "<svg" not in text
    assert text.index("could not be drawn") < text.index("pathway-outline")
    assert text.index('class="pathway-outline"') < text.index('class="pathway-recommended"')


def test_a_failed_chart_is_said_again_and_mends_itself(root, broken_engine):
    """The next build warns again, and the one after the repair draws it."""
    built = root("basic").build()
    built.build()
    assert len([line for line in built.warnings if "the engine is broken" in line]) == 2
    broken_engine.undo()
    built.build()
    assert built.warnings == []
    assert "<svg" in built.text("first.html")
    built.build()
    assert built.written == []


def test_without_a_configuration_the_second_build_does_nothing_too(root):
    """A configuration that is not there is no reason to read again, and one that comes is."""
    built = root("basic")
    configuration = built.source / "content/pathwaydsl.toml"
    configuration.unlink()
    (built.source / ".git").mkdir()
    built.build()
    built.build()
    assert built.read == []
    (built.source / "pathwaydsl.toml").write_text("")
    built.build()
    assert built.read == ["first", "second"]


def test_a_build_with_nothing_to_write_draws_nothing(root, monkeypatch):
    """Charts of pages that stay as they are cost nothing, and another builder gets its own."""
    from pathwaydsl.sphinxext import charts

    built = root("basic").build()
    drawn = []
    draw = charts.draw

    def counting(flows, engine, **options):
        drawn.extend(name for name, _ in flows)
        return draw(flows, engine, **options)

    monkeypatch.setattr(charts, "draw", counting)
    built.build()
    assert drawn == []
    touch(built.source / "content/second.pathway")
    built.build()
    assert sorted(drawn) == ["first#first-line", "second#second-line"]
    built.build(builder="singlehtml")
    assert "<svg" in built.text("index.html")
