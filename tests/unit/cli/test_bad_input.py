"""Bad input: each is a clear finding with its place, exit code 1, no traceback, nothing written.

`call` itself asserts that no traceback is shown.
"""

import json
import os
import stat

import click
import pytest

from pathwaydsl.cli.options import write_atomically

REPLACED = {
    "a version of two parts": ("version 1.0.0", "version 1.2", "PW1", 14),
    "a day that is none": ("date 2025-01-02", "date 2025-02-30", "PW1", 15),
    "NUL": ("An example", "An \0 example", "PW1", 13),
    "a direction mark outside text": ("status draft", "status \u202e draft", "PW1", 16),
    "an unbalanced direction mark in a text": ("An example", "An \u202e example", "PW1", 13),
}


@pytest.fixture
def findings(call, project):
    """Check with JSON output; the findings as (rule, file, line)."""

    def findings(*arguments, code=1):
        result = call("check", "--format", "json", *arguments)
        assert result.code == code, result.err
        assert result.err == ""
        found = json.loads(result.out)["findings"]
        for one in found:
            assert one["message"]
        return [
            (one["rule"], one["file"], one["span"] and one["span"]["start"]["line"])
            for one in found
        ]

    return findings


@pytest.mark.parametrize("case", REPLACED)
def test_a_bad_word_is_one_finding_at_its_line(findings, project, example, case):
    """One bad word is one finding, on its line."""
    old, new, theme, line = REPLACED[case]
    (project / "example.pathway").write_text(example.replace(old, new), encoding="utf-8")
    [(rule, file, where)] = findings()
    assert rule.startswith(theme)
    assert (file, where) == ("example.pathway", line)


def test_not_utf_8(findings, project, example):
    """Latin-1 is told at the first byte that is no UTF-8."""
    text = example.replace("An example", "Caf\u00e9").encode("latin-1")
    (project / "example.pathway").write_bytes(text)
    assert findings() == [("PW101", "example.pathway", 13)]


def test_empty(findings, project):
    """An empty file is told."""
    (project / "example.pathway").write_bytes(b"")
    assert findings() == [("PW102", "example.pathway", 1)]


def test_a_folder_where_a_file_should_be(findings, project):
    """A folder named like a pathway, and an empty folder, are told."""
    (project / "folder.pathway").mkdir()
    assert findings("folder.pathway") == [("PW104", "folder.pathway", None)]


def test_missing_and_unreadable(findings, project, monkeypatch):
    """What is not there and what may not be read are told."""
    assert findings("missing.pathway") == [("PW104", "missing.pathway", None)]

    def refuse(*_arguments, **_options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    # Whether the tests run as root or not, the file is refused; so is the configuration.
    found = findings("example.pathway")
    assert ("PW104", "example.pathway", None) in found
    assert {rule for rule, _, _ in found} == {"PW104"}


def test_over_the_size_limit(findings, project, example):
    """A file above the limit is not read."""
    (project / "pathwaydsl.toml").write_text("[limits]\nfile-size = 100\n")
    assert findings() == [("PW103", "example.pathway", None)]
    (project / "pathwaydsl.toml").write_text("")
    (project / "example.pathway").write_bytes(example.encode() + b"#" * 5_000_000)
    assert findings() == [("PW103", "example.pathway", None)]


def test_many_definitions(call, project):
    """100,000 definitions are read, or refused by size; either way in order."""
    lines = "".join(f'drug d{n} "D{n}"\n' for n in range(100_000))
    (project / "example.pathway").write_text(f"pathwaydsl 1\n{lines}")
    result = call("check", "--format", "json")
    assert result.code == 0
    assert json.loads(result.out)["summary"]["error"] == 0


def test_deep_parentheses(findings, project, example):
    """10,000 nested parentheses are one finding."""
    deep = f"when {'(' * 10_000}fit{')' * 10_000} ->"
    (project / "example.pathway").write_text(example.replace("when fit ->", deep))
    [(rule, file, line)] = findings()
    assert rule.startswith("PW1")
    assert (file, line) == ("example.pathway", 27)


def test_a_label_of_a_megabyte(call, project, example):
    """A very long label is read, and what is said about it stays short."""
    (project / "example.pathway").write_text(example.replace("Trastuzumab alone", "x" * 1_000_000))
    result = call("check")
    assert result.code in {0, 1}
    assert len(result.out) < 5_000


def test_an_import_cycle_is_one_finding(findings, project, example):
    """Two files that use each other are one finding at the `use` that closes the circle."""
    (project / "a.pathway").write_text('pathwaydsl 1\n\nuse "b.pathway"\n')
    (project / "b.pathway").write_text('pathwaydsl 1\n\nuse "a.pathway"\n')
    assert findings() == [("PW204", "b.pathway", 3)]


def test_a_file_that_uses_itself(findings, project):
    """A circle of one."""
    (project / "a.pathway").write_text('pathwaydsl 1\n\nuse "a.pathway"\n')
    assert findings() == [("PW204", "a.pathway", 3)]


@pytest.mark.parametrize("way", ["relative", "absolute", "link", "linked folder"])
def test_an_import_outside_the_project(findings, project, example, way):
    """Outside the root nothing is opened, whatever way leads there."""
    inner = project / "inner"
    inner.mkdir()
    (inner / "pathwaydsl.toml").write_text("")
    outside = project / "outside"
    outside.mkdir()
    (outside / "secret.pathway").write_text("this is no pathway")
    match way:
        case "relative":
            path = "../outside/secret.pathway"
        case "absolute":
            path = str(outside / "secret.pathway")
        case "link":
            (inner / "link.pathway.txt").symlink_to(outside / "secret.pathway")
            path = "link.pathway.txt"
        case _:
            (inner / "library").symlink_to(outside)
            path = "library/secret.pathway"
    (inner / "a.pathway").write_text(f'pathwaydsl 1\n\nuse "{path}"\n')
    assert findings("inner") == [("PW205", "a.pathway", 3)]


def test_a_missing_library_is_one_finding(findings, project, example):
    """Names that may come from a missing library are not told one by one."""
    text = example.replace('criterion fit "Fit for treatment" {\n  yes or no\n}', "")
    text = text.replace("\n\n", '\n\nuse "librari.pathway"\n', 1)
    (project / "example.pathway").write_text(text)
    (project / "library.pathway").write_text("pathwaydsl 1\n")
    assert findings("example.pathway") == [("PW203", "example.pathway", 3)]


def test_one_name_in_two_files(findings, project, example):
    """Two definitions of one name in two files are one finding."""
    (project / "library.pathway").write_text('pathwaydsl 1\n\ndrug trastuzumab "Other"\n')
    text = example.replace("criterion fit", 'use "library.pathway"\n\ncriterion fit', 1)
    (project / "example.pathway").write_text(text)
    [(rule, _, line)] = findings()
    assert rule.startswith("PW2")
    assert line is not None


def test_a_wrong_unit(findings, project, example):
    """`mcg` beside `mg` for one drug is told, even as a warning."""
    text = example.replace(
        "  give trastuzumab 6 mg/kg",
        "  give trastuzumab 6 mcg/kg IV once\n  give trastuzumab 6 mg/kg",
    )
    (project / "example.pathway").write_text(text)
    found = findings(code=0)
    assert [(file, line) for _, file, line in found] in (
        [("example.pathway", 10)],
        [("example.pathway", 11)],
    )


def test_one_file_under_two_names_is_one_file(findings, project, example):
    """A link to a file defines nothing twice."""
    (project / "library.pathway").write_text('pathwaydsl 1\n\ndrug pertuzumab "Pertuzumab"\n')
    (project / "link.pathway").symlink_to("library.pathway")
    text = example.replace(
        "criterion fit", 'use "library.pathway"\nuse "link.pathway"\n\ncriterion fit', 1
    )
    (project / "example.pathway").write_text(text)
    assert all(rule == "PW440" for rule, _, _ in findings(code=0))


def test_a_pipe_does_not_hang(findings, project):
    """A named pipe is refused without being opened."""
    os.mkfifo(project / "pipe.pathway")
    assert findings("pipe.pathway") == [("PW104", "pipe.pathway", None)]


@pytest.mark.parametrize(
    "arguments",
    [
        ("fmt",),
        ("render", "example.pathway", "-o", "out.svg"),
        ("build", "-o", "out"),
        ("export", "json", "example.pathway", "-o", "out.json"),
    ],
    ids=lambda arguments: arguments[0],
)
@pytest.mark.parametrize("content", [b"", b"\xff", b"pathwaydsl 1\npathway {", b"\0" * 100])
def test_nothing_is_half_written(call, project, arguments, content):
    """A command that writes leaves no trace when the input is bad."""
    (project / "example.pathway").write_bytes(content)
    before = sorted(path.name for path in project.iterdir())
    result = call(*arguments)
    assert result.code == 1
    assert "example.pathway" in result.err
    assert sorted(path.name for path in project.iterdir()) == before
    assert (project / "example.pathway").read_bytes() == content


def test_two_projects_at_once_are_wrong_usage(call, project, tmp_path_factory):
    """Paths of two projects cannot be checked together."""
    other = tmp_path_factory.mktemp("other")
    (other / "pathwaydsl.toml").write_text("")
    result = call("check", project, other)
    assert result.code == 2
    assert "different projects" in result.err


def test_a_pipe_given_as_output_stays_one(tmp_path):
    """A result goes into a device or a pipe; no file takes its place."""
    pipe = tmp_path / "out.svg"
    os.mkfifo(pipe)
    with pytest.raises(click.ClickException, match="cannot be written"):
        write_atomically(pipe, b"drawn")  # nobody reads, and it does not wait
    with open(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK), "rb") as reader:  # noqa: PTH123
        write_atomically(pipe, b"drawn")
        assert reader.read() == b"drawn"
    assert stat.S_ISFIFO(pipe.stat().st_mode)
