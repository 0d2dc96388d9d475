"""From paths to a project."""

import gc
import os
from pathlib import Path

import pytest

from pathwaydsl.model.values import PartialDate
from pathwaydsl.project.finding_files import DifferentProjectsError, root_of
from pathwaydsl.project.importing import Link, cycles
from pathwaydsl.project.loading import load_project
from pathwaydsl.text.span import Span

PATHWAY = """\
pathwaydsl 1

pathway {name} "{name}" {{
  version 1.0.0
  date 2025-01-02
  status draft
  population "Adults"
  eligible everyone
  start at go

  act go "Go" {{
    then {then}
  }}

  {last}
}}
"""


def _pathway(name, enters=None):
    last = (
        f'enter {enters}-too "On" {{\n    pathway {enters}\n  }}' if enters else 'end done "Done"'
    )
    return PATHWAY.format(name=name, then=f"{enters}-too" if enters else "done", last=last)


def _rules(project):
    return [found.rule for found in project.findings]


def test_the_root_is_the_nearest_configuration(tmp_path):
    """`pathwaydsl.toml` comes before `.git`, the nearest first."""
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    assert root_of([inner]) == tmp_path
    (tmp_path / "a" / "pathwaydsl.toml").write_text("")
    assert root_of([inner]) == tmp_path / "a"


def test_without_marks_the_folder_is_the_root(tmp_path):
    """Two files without a project have their common folder as root."""
    (tmp_path / "a").mkdir()
    for name in ("a/x.pathway", "y.pathway"):
        (tmp_path / name).write_text("pathwaydsl 1\n")
    assert root_of([tmp_path / "y.pathway"]) == tmp_path
    assert root_of([tmp_path / "a/x.pathway", tmp_path / "y.pathway"]) == tmp_path


def test_two_projects_are_refused(tmp_path):
    """Paths of two projects are not one project."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pathwaydsl.toml").write_text("")
    with pytest.raises(DifferentProjectsError):
        root_of([tmp_path / "a", tmp_path / "b"])


def test_a_folder_is_searched_in_order(tmp_path):
    """Names are POSIX, relative to the root, sorted; hidden and excluded files are left out."""
    for name in ("b/x.pathway", "a.pathway", ".hidden/y.pathway", "drafts/z.pathway"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("pathwaydsl 1\n")
    (tmp_path / "pathwaydsl.toml").write_text('exclude = ["drafts/*"]\n')
    assert load_project([tmp_path]).asked == ("a.pathway", "b/x.pathway")


def test_a_library_is_only_reported_where_it_is_wrong(tmp_path):
    """Warnings about a file that was only imported are not told."""
    (tmp_path / "pathwaydsl.toml").write_text("")
    (tmp_path / "library.pathway").write_text('pathwaydsl 1\n\ndrug unused "Unused"\n')
    text = _pathway("one").replace("\n\n", '\n\nuse "library.pathway"\n\n', 1)
    (tmp_path / "one.pathway").write_text(text)
    alone = load_project([tmp_path / "one.pathway"])
    assert all(found.file == "one.pathway" for found in alone.findings)
    assert set(alone.documents) == {"one.pathway", "library.pathway"}
    both = load_project([tmp_path])
    assert "PW440" in _rules(both)


def test_a_pathway_that_is_entered_is_found(tmp_path):
    """`enter` names a pathway of the project; its file is found by the pathway's id."""
    (tmp_path / "pathwaydsl.toml").write_text("")
    (tmp_path / "one.pathway").write_text(_pathway("one", enters="two"))
    assert "PW201" in _rules(load_project([tmp_path / "one.pathway"]))
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "two.pathway").write_text(_pathway("two"))
    project = load_project([tmp_path / "one.pathway"])
    assert "PW201" not in _rules(project)
    assert set(project.documents) == {"one.pathway", "sub/two.pathway"}


def test_the_configuration_gives_the_date(tmp_path):
    """The date given comes first, then the configuration, then what holds otherwise."""
    (tmp_path / "one.pathway").write_text(_pathway("one"))
    day, other = PartialDate(2025, 1, 1), PartialDate(2026, 1, 1)
    assert load_project([tmp_path], otherwise_as_of=other).as_of == other
    (tmp_path / "pathwaydsl.toml").write_text("as-of = 2025-01-01\n")
    assert load_project([tmp_path], otherwise_as_of=other).as_of == day
    assert load_project([tmp_path], as_of=other).as_of == other


def test_the_collector_is_left_as_it_was(tmp_path):
    """Loading switches the collector off for its own time alone."""
    (tmp_path / "one.pathway").write_text(_pathway("one"))
    assert gc.isenabled()
    load_project([tmp_path])
    assert gc.isenabled()
    gc.disable()
    try:
        load_project([tmp_path])
        assert not gc.isenabled()
    finally:
        gc.enable()


def _link(source, target):
    return Link(source, target, target, Span(source, 0, 1))


def test_every_circle_is_found_once():
    """Two circles through one file are two; a diamond is none."""
    diamond = [_link("a", "b"), _link("a", "c"), _link("b", "d"), _link("c", "d")]
    assert cycles(diamond) == ()
    both = [*diamond, _link("d", "a"), _link("d", "d")]
    found = cycles(both)
    assert sorted(cycle[-1].target for cycle in found) == ["a", "d"]


def test_a_long_chain_is_no_circle():
    """The search does not recurse."""
    chain = [_link(str(n), str(n + 1)) for n in range(5_000)]
    assert cycles(chain) == ()


def test_a_folder_below_that_cannot_be_read_is_told(tmp_path, monkeypatch):
    """Pathways in it would be missing without a word."""
    (tmp_path / "closed").mkdir()
    (tmp_path / "a.pathway").write_text("pathwaydsl 1\n")
    walk = os.walk

    def walking(top, onerror=None):
        onerror(PermissionError(13, "Permission denied", str(tmp_path.resolve() / "closed")))
        return walk(top)

    monkeypatch.setattr("os.walk", walking)
    (found,) = load_project([tmp_path]).errors
    assert (found.file, found.rule) == ("closed", "PW104")
    assert found.message == "The folder closed cannot be read: Permission denied"


def test_a_file_in_a_folder_that_nobody_may_enter(tmp_path, monkeypatch):
    """It is a file that may not be read, not a mistake of the program."""
    inside = tmp_path / "closed" / "a.pathway"
    stat = Path.stat

    def refusing(path, **options):
        if "closed" in path.parts:
            raise PermissionError(13, "Permission denied", str(path))
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", refusing)
    (found,) = load_project([inside]).errors
    assert found.message == "a.pathway may not be read"


def test_a_mistake_in_a_library_is_one_finding(tmp_path):
    """What a pathway makes of a definition that could not be read is not told."""
    (tmp_path / "library.pathway").write_text(
        'pathwaydsl 1\n\ncriterion frail "Frail" {\n  yes no\n}\n', encoding="utf-8"
    )
    (tmp_path / "a.pathway").write_text(
        'pathwaydsl 1\n\nuse frail from "library.pathway"\n\n'
        'pathway a "A" {\n  version 1.0.0\n  date 2025-01-02\n  status draft\n'
        '  population "Adults"\n  eligible everyone\n  start at look\n\n'
        '  assess look "Look" {\n    measures frail\n    then ask\n  }\n\n'
        '  decide ask "Frail?" {\n    when frail -> done\n    when not frail -> done\n  }\n\n'
        '  end done "Done"\n}\n',
        encoding="utf-8",
    )
    project = load_project([tmp_path])
    assert [(f.rule, f.file) for f in project.findings] == [("PW110", "library.pathway")]
