"""A second build does no work that is not needed, and all that is."""

import pytest


@pytest.fixture
def built(call, project, monkeypatch):
    """A site that is built, and a count of the builds that follow."""
    from pathwaydsl.cli import building

    assert call("build", ".", "-o", "site").code == 0
    runs = []
    real = building._built

    def counted(*arguments, **options):
        runs.append(1)
        return real(*arguments, **options)

    monkeypatch.setattr(building, "_built", counted)
    return runs


def test_nothing_changed_means_nothing_is_done(call, project, built):
    """The second build tells the same and writes nothing."""
    before = {p: p.stat().st_mtime_ns for p in (project / "site").rglob("*")}
    result = call("build", ".", "-o", "site")
    assert (result.code, built) == (0, [])
    assert "1 page in site" in result.err
    assert {p: p.stat().st_mtime_ns for p in (project / "site").rglob("*")} == before


@pytest.mark.parametrize("change", ["file", "new file", "configuration", "page gone", "title"])
def test_whatever_changed_is_built(call, project, built, example, change):
    """A changed file, a new one, the configuration, a lost page and another title are built."""
    title = ()
    match change:
        case "file":
            (project / "example.pathway").write_text(example.replace("An example", "Another"))
        case "new file":
            (project / "library.pathway").write_text("pathwaydsl 1\n")
        case "configuration":
            (project / "pathwaydsl.toml").write_text("as-of = 2025-02-03\n")
        case "page gone":
            (project / "site" / "example.html").unlink()
        case _:
            title = ("--title", "Other")
    assert call("build", ".", "-o", "site", *title).code == 0
    assert built == [1]
    page = (project / "site" / "example.html").read_text()
    assert ("Another" in page) == (change == "file")


def test_findings_are_told_again(call, project, example):
    """What the first build warned of, the second one does."""
    text = example.replace('  population "Adults"\n', "")
    (project / "example.pathway").write_text(text)
    first = call("build", ".", "-o", "site", "-W")
    second = call("build", ".", "-o", "site", "-W")
    assert first.code == second.code == 1
    assert "warning" in first.err
    assert first.err == second.err


def test_a_failing_chart_is_told_again(call, project):
    """Without an engine the site has the outline, and every build says so."""
    (project / "pathwaydsl.toml").write_text('[chart]\nengine = "dot"\ndot = "no-such-program"\n')
    first = call("build", ".", "-o", "site")
    second = call("build", ".", "-o", "site")
    assert "no-such-program" in first.err
    assert first.err == second.err
