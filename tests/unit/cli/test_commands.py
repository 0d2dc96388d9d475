"""The commands, each at what it is for."""

import json
import stat

import jsonschema
import pytest

from pathwaydsl.cli.group import COMMANDS


def test_a_good_file_has_no_findings(call):
    """`check` says so and exits with 0."""
    result = call("check", "example.pathway")
    assert (result.code, result.out) == (0, "No findings in 1 file.\n")


def test_check_takes_the_current_folder(call):
    """Without paths the current folder is checked."""
    assert call("check").out == "No findings in 1 file.\n"


def test_a_finding_has_place_and_exit_code_1(call, project, example):
    """An error is shown with its line, and `check` exits with 1."""
    (project / "example.pathway").write_text(example.replace("measures fit", "measures fitt"))
    result = call("check")
    assert result.code == 1
    assert "example.pathway:22:14" in result.out
    assert "error" in result.out


def test_json_stands_alone_on_standard_output(call, project, example):
    """`--format json` is one JSON object and nothing else."""
    from pathwaydsl.report.json_report import schema

    (project / "example.pathway").write_text(example.replace("measures fit", "measures fitt"))
    result = call("check", "--format", "json")
    report = json.loads(result.out)
    jsonschema.validate(report, schema())
    assert result.err == ""
    assert report["summary"]["error"] >= 1


def test_github_has_one_line_a_finding(call, project, example):
    """`--format github` writes workflow commands alone."""
    (project / "example.pathway").write_text(example.replace("measures fit", "measures fitt"))
    result = call("check", "--format", "github")
    assert all(line.startswith("::") for line in result.out.splitlines())
    assert result.err == ""


def test_github_knows_files_by_the_workspace(call, project, monkeypatch):
    """A project in a folder of the repository is named from the repository's root."""
    monkeypatch.setenv("GITHUB_WORKSPACE", str(project.parent))
    (project / "pathwaydsl.toml").write_text("[limit]\n")
    out = call("check", "--format", "github").out
    assert f"file={project.name}/pathwaydsl.toml,line=1" in out


def test_the_date_comes_from_option_environment_or_nowhere(call, monkeypatch):
    """`--as-of` comes before SOURCE_DATE_EPOCH; outside a terminal there is no today."""
    assert json.loads(call("check", "--format", "json").out)["as_of"] is None
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")
    assert json.loads(call("check", "--format", "json").out)["as_of"] == "2025-01-01"
    given = call("check", "--format", "json", "--as-of", "2026-02-03")
    assert json.loads(given.out)["as_of"] == "2026-02-03"


@pytest.mark.parametrize("date", ["2025-02-30", "tomorrow", "2025"])
def test_a_date_that_is_none_is_wrong_usage(call, date):
    """A malformed date exits with 2."""
    result = call("check", "--as-of", date)
    assert result.code == 2
    assert "2025-12-24" in result.err


def test_the_configuration_sets_severities(call, project):
    """What `pathwaydsl.toml` gets wrong is a finding, too."""
    (project / "pathwaydsl.toml").write_text("[limit]\n")
    result = call("check")
    assert result.code == 1
    assert "PW131" in result.out
    assert "pathwaydsl.toml:1:2" in result.out


def test_explain_shows_both_examples(call):
    """A rule is found by code and by name."""
    by_code = call("explain", "pw131")
    assert by_code.code == 0
    assert by_code.out == call("explain", "bad-configuration").out
    assert "This is found:" in by_code.out
    assert "This is right:" in by_code.out


def test_explain_lists_every_rule(call):
    """Without a code, every rule has a line."""
    from pathwaydsl.text.rules import all_rules

    out = call("explain").out
    assert all(rule.code in out for rule in all_rules())


def test_explain_suggests(call):
    """An unknown rule exits with 2 and names the nearest."""
    result = call("explain", "bad-configurations")
    assert result.code == 2
    assert "`bad-configuration`" in result.err


def test_fmt_writes_canonical_form_once(call, project, example):
    """A crooked file is put straight, and a second run changes nothing."""
    path = project / "example.pathway"
    path.write_text(example.replace("  version", "      version"))
    assert call("fmt", "--check").code == 1
    assert call("fmt").code == 0
    assert path.read_text() == example
    assert call("fmt", "--check").code == 0


def test_fmt_diff_writes_nothing(call, project, example):
    """`--diff` shows what would change and exits with 1."""
    path = project / "example.pathway"
    crooked = example.replace("  version", "      version")
    path.write_text(crooked)
    result = call("fmt", "--diff")
    assert result.code == 1
    assert "-      version 1.0.0\n+  version 1.0.0\n" in result.out
    assert path.read_text() == crooked


def test_fmt_keeps_mode_links_and_line_ends(call, project, example):
    """The mode of a file, a link to it and Windows line ends stay."""
    path = project / "example.pathway"
    path.write_bytes(example.replace("  version", "    version").replace("\n", "\r\n").encode())
    path.chmod(0o640)
    (project / "link.pathway").symlink_to("example.pathway")
    assert call("fmt", "link.pathway").code == 0
    assert (project / "link.pathway").is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert path.read_bytes() == example.replace("\n", "\r\n").encode()
    assert sorted(path.name for path in project.iterdir()) == [
        "example.pathway",
        "link.pathway",
        "pathwaydsl.toml",
    ]


def test_fmt_leaves_a_broken_file_alone(call, project, example):
    """A file with a mistake in its syntax is not touched."""
    path = project / "example.pathway"
    broken = example.replace("  version 1.0.0", "      version one")
    path.write_text(broken)
    result = call("fmt")
    assert result.code == 1
    assert path.read_text() == broken
    assert "left as it is" in result.err


def test_fmt_reads_standard_input(run, example):
    """`-` reads and writes the standard streams."""
    crooked = example.replace("  version", "      version").encode()
    result = run("fmt", "-", stdin=crooked)
    assert (result.returncode, result.stdout) == (0, example.encode())
    broken = run("fmt", "-", "--stdin-filename", "x.pathway", stdin=b"pathwaydsl 1\n}")
    assert broken.returncode == 1
    assert broken.stdout == b""
    assert b"x.pathway:2" in broken.stderr


def test_fmt_never_rewrites_a_sealed_release(call, project, example):
    """A release beside its seals is left as it is."""
    folder = project / "releases" / "example"
    folder.mkdir(parents=True)
    (folder / "SEALS").write_text("")
    crooked = example.replace("  version", "      version")
    (folder / "1.0.0.pathway").write_text(crooked)
    assert call("fmt").code == 0
    assert (folder / "1.0.0.pathway").read_text() == crooked


def test_uses_shows_every_place(call):
    """A criterion's uses are told by line."""
    result = call("uses", "fit")
    assert result.code == 0
    lines = [line.split()[0] for line in result.out.splitlines()[1:]]
    assert lines == ["example.pathway:22:14", "example.pathway:27:10", "example.pathway:28:14"]


def test_uses_tells_kinds_apart_and_suggests(call):
    """An unknown name is wrong usage, with the nearest known one."""
    assert "regimen antibody" in call("uses", "antibody").out
    result = call("uses", "antibod")
    assert result.code == 2
    assert "`antibody`" in result.err


def test_export_comes_back_equal(call, project):
    """What `export json` writes is read back as it was."""
    from pathwaydsl import load
    from pathwaydsl.exchange.json_model import from_json, schema

    out = call("export", "json", "example.pathway").out
    jsonschema.validate(json.loads(out), schema())
    document = load(project / "example.pathway").documents["example.pathway"]
    assert from_json(out) == document


@pytest.mark.parametrize(
    ("ending", "begins"), [("svg", b"<?xml"), ("dot", b""), ("png", b"\x89PNG")]
)
def test_render_writes_what_the_ending_says(call, project, ending, begins):
    """The format follows from the name of the file."""
    result = call("render", "example.pathway", "-o", f"out.{ending}")
    assert (result.code, result.err) == (0, "")
    assert (project / f"out.{ending}").read_bytes().startswith(begins)


def test_render_refuses_other_endings(call):
    """An ending that is no format is wrong usage."""
    result = call("render", "example.pathway", "-o", "out.gif")
    assert result.code == 2
    assert ".svg" in result.err


def test_build_says_what_to_install(call, monkeypatch):
    """Without the extra the exact command is told before a file is read."""
    monkeypatch.setattr("pathwaydsl.cli.building.find_spec", lambda _: None)
    result = call("build", "missing.pathway")
    assert result.code == 2
    assert "pip install 'pathwaydsl[site]'" in result.err


def test_build_writes_a_site(call, project):
    """An index and a page for the pathway."""
    result = call("build", ".", "-o", "site", "-W")
    assert result.code == 0, result.err
    assert (project / "site" / "index.html").exists()
    assert (project / "site" / "example.html").exists()


def test_build_with_an_error_writes_nothing(call, project, example):
    """A page that could be wrong is not written."""
    (project / "example.pathway").write_text(example.replace("measures fit", "measures fitt"))
    result = call("build", ".", "-o", "site")
    assert result.code == 1
    assert not (project / "site").exists()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(call, name):
    """`--help` of each command says what it does."""
    result = call(name, "--help")
    assert result.code == 0
    assert "Usage: pathwaydsl" in result.out
