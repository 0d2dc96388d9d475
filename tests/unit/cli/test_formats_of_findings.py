"""Every command that finds something writes it in the same five formats."""

import json

import pytest

FORMATS = ("text", "json", "sarif", "github", "markdown")
CASE = '\ncase "Fit" {\n  given fit\n  expect never treatment\n}\n'


@pytest.fixture
def wrong(project, example):
    """A project where every command finds something."""
    (project / "example.pathway").write_text(f"{example}{CASE}\n\n")
    folder = project / "releases" / "example"
    folder.mkdir(parents=True)
    (folder / "SEALS").write_text(f"{'0' * 64}  1.0.0.pathway\n")
    return project


COMMANDS = {
    "check": ("check",),
    "test": ("test",),
    "verify": ("verify",),
    "fmt": ("fmt", "--check"),
    "release": ("release", "example.pathway"),
}
RULES = {"check": "PW701", "test": "PW701", "verify": "PW616", "fmt": "PW136", "release": ""}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_format_never_changes_the_exit_code(command, form, call, wrong):
    """Findings are 1, however they are written."""
    result = call(*COMMANDS[command], "--format", form)
    assert result.code == 1
    if form != "text":
        assert RULES[command] in result.out


@pytest.mark.parametrize("command", COMMANDS)
def test_json_has_a_version_and_sarif_its_schema(command, call, wrong):
    """What a program reads says what it is."""
    assert json.loads(call(*COMMANDS[command], "--format", "json").out)["format_version"] == 1
    log = json.loads(call(*COMMANDS[command], "--format", "sarif").out)
    assert log["version"] == "2.1.0"
    results = log["runs"][0]["results"]
    assert all(one["partialFingerprints"] for one in results)
    assert RULES[command] in {one["ruleId"] for one in results} | {""}


def test_nothing_found_is_an_empty_report(call, project):
    """A clean project is 0 in every format."""
    for form in FORMATS[1:]:
        assert call("verify", "--format", form).code == 0
        assert call("fmt", "--check", "--format", form).code == 0
        assert call("test", "--format", form).code == 0


def test_a_format_for_fmt_needs_its_check(call, project):
    """What writes files reports nothing in another format."""
    assert call("fmt", "--format", "json").code == 2
    assert call("fmt", "--check", "--diff", "--format", "json").code == 2
