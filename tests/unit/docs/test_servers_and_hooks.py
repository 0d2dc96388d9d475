"""The action, the snippets and the hooks, run as a server or pre-commit runs them."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from tests.unit.cli.conftest import EXAMPLE
from tests.unit.docs.fences import DOCS

ROOT = Path(__file__).parents[3]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}
NAME = "folder with blanks/ärzte & co's.pathway"

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def shell(tmp_path, monkeypatch):
    """A repository with one commit, and a way to run a script in it as a server does."""
    root = tmp_path / "repository"
    root.mkdir()
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "GITHUB_"))}
    environment = clean | {
        "PATH": f"{tmp_path / 'bin'}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org",
        "DIFFERENCE": str(tmp_path / "difference.md"),
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
    }  # fmt: skip

    def shell(script, **more):
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=root, env=environment | more, capture_output=True, text=True, check=False,
            timeout=120,
        )  # fmt: skip

    (root / "pathwaydsl.toml").write_text("")
    file = root / NAME
    file.parent.mkdir()
    file.write_text(EXAMPLE)
    assert shell("git init -q -b main . && git add . && git commit -qm first").returncode == 0
    shell.root, shell.file, shell.temporary = root, file, tmp_path
    return shell


def changed(shell):
    """Commit a change of the pathway."""
    shell.file.write_text(EXAMPLE.replace("6 mg/kg", "8 mg/kg"))
    assert shell("git commit -qam second").returncode == 0


def test_no_input_becomes_part_of_a_script():
    """A title or a path in an expression could run as a command; all of them go by variables."""
    for step in STEPS.values():
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"


@pytest.mark.parametrize("step", ["Check", "Test", "Build"])
def test_a_step_fails_when_its_command_fails(shell, step):
    """The exit code of each command is that of its step."""
    run = STEPS[step]["run"]
    variables = {"PATHS": f"{NAME}\n", "STRICT": "true", "OUTPUT": str(shell.temporary / "site")}
    done = shell(run, **variables)
    assert done.returncode == 0, done.stdout + done.stderr
    shell.file.write_text("pathwaydsl 1\n\npathway {\n")
    assert shell(run, **variables).returncode == 1


def test_the_difference_is_that_since_the_branch_began(shell):
    """What changed and for whom is written for each pathway, whatever its file is called."""
    changed(shell)
    done = shell(STEPS["Difference"]["run"], BASE="HEAD~1")
    assert done.returncode == 0, done.stderr
    text = (shell.temporary / "difference.md").read_text()
    assert text.startswith("<!-- pathwaydsl difference -->\n")
    assert "8 mg/kg" in text


def test_no_change_is_said(shell):
    """A comment of an earlier state is not left standing."""
    done = shell(STEPS["Difference"]["run"], BASE="HEAD")
    assert done.returncode == 0, done.stderr
    assert "Nothing changes" in (shell.temporary / "difference.md").read_text()


def test_a_difference_that_cannot_be_told_fails(shell):
    """A pathway that cannot be read is no pathway without a difference."""
    shell.file.write_text(EXAMPLE.replace("start at look", "start {"))
    shell("git commit -qam broken")
    assert shell(STEPS["Difference"]["run"], BASE="HEAD~1").returncode > 1


GH = """#!/usr/bin/env bash
echo "$*" >> "$CALLS"
case "$*" in
  *--paginate*) echo "$FOUND" ;;
  *) exit "${REFUSE:-0}" ;;
esac
"""


@pytest.mark.parametrize(("found", "method"), [("", "POST"), ("42", "PATCH")])
def test_there_is_one_comment_however_often_it_runs(shell, found, method):
    """The comment that is there is written again; one from a fork that may not write is told."""
    (shell.temporary / "bin").mkdir()
    gh = shell.temporary / "bin" / "gh"
    gh.write_text(GH)
    gh.chmod(0o755)
    (shell.temporary / "difference.md").write_text("<!-- pathwaydsl difference -->\n" + "é" * 70000)
    variables = {"CALLS": str(shell.temporary / "calls"), "FOUND": found,
                 "REPOSITORY": "a/b", "NUMBER": "7", "GH_TOKEN": "x"}  # fmt: skip
    done = shell(STEPS["Comment"]["run"], **variables)
    assert (done.returncode, "::warning::" in done.stdout) == (0, False), done.stderr
    calls = (shell.temporary / "calls").read_text().splitlines()
    assert len(calls) == 2
    assert f"--method {method}" in calls[1]
    assert ("comments/42" in calls[1]) == bool(found)
    assert len((shell.temporary / "difference.md").read_text()) < 65536
    assert "::warning::" in shell(STEPS["Comment"]["run"], **variables, REFUSE="1").stdout


def snippet(language, caption):
    """A file that the page on servers shows."""
    page = (DOCS / "how-to" / "check-in-ci.md").read_text("utf-8")
    pattern = rf"^```\{{code-block\}} {language}\n:caption: {re.escape(caption)}\n(.*?)^```$"
    [text] = re.findall(pattern, page, re.MULTILINE | re.DOTALL)
    return text


def test_the_snippet_for_gitlab_runs(shell):
    """Its lines run as they stand; each line that fails stops the job."""
    job = yaml.safe_load(snippet("yaml", ".gitlab-ci.yml"))
    check = [line for line in job["pathways"]["script"] if not line.startswith("pip ")]
    done = shell("\n".join(check))
    assert done.returncode == 0, done.stdout + done.stderr
    shell.file.write_text(EXAMPLE.replace("    when not fit -> done\n", ""))
    assert shell("\n".join(check)).returncode == 1


CURL = """#!/usr/bin/env bash
printf '%s\\n' "$*" >> "$CALLS"
case "$*" in *GET*) echo "$FOUND" ;; esac
"""


@pytest.mark.parametrize(
    ("found", "method"),
    [("[]", "POST"), ('[{"id": 9, "body": "<!-- pathwaydsl difference --> old"}]', "PUT")],
)
def test_the_comment_on_gitlab_is_one(shell, found, method):
    """A merge request has one note, which is written again."""
    job = yaml.safe_load(snippet("yaml", ".gitlab-ci.yml"))["pathway-difference"]
    (shell.temporary / "bin").mkdir()
    curl = shell.temporary / "bin" / "curl"
    curl.write_text(CURL)
    curl.chmod(0o755)
    changed(shell)
    lines = [line for line in job["script"] if not line.startswith("pip ")]
    done = shell(
        "\n".join(lines),
        CALLS=str(shell.temporary / "calls"), FOUND=found, PATHWAY_TOKEN="t",  # noqa: S106
        CI_MERGE_REQUEST_DIFF_BASE_SHA="HEAD~1", CI_API_V4_URL="https://example.org/api",
        CI_PROJECT_ID="1", CI_MERGE_REQUEST_IID="2",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    calls = (shell.temporary / "calls").read_text().splitlines()
    assert f"--request {method}" in calls[-1]
    assert ("notes/9" in calls[-1]) == (method == "PUT")


def test_hooks_name_commands_that_are_there():
    """Each hook says what pre-commit needs, and runs a command of the program."""
    for hook in HOOKS:
        assert {"id", "name", "entry", "language", "files"} <= hook.keys()
        done = subprocess.run(
            [sys.executable, "-m", *hook["entry"].split(), "--help"],
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0
        re.compile(hook["files"])


def test_hooks_run_in_a_repository(shell):
    """With pre-commit itself: a clean commit passes; an unformatted, a wrong, a broken one fail."""
    hooks = [hook | {"language": "system"} for hook in HOOKS]
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (shell.root / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    assert shell("git add -A && pre-commit install && git commit -qm hooks").returncode == 0
    released = shell("pathwaydsl release 'folder with blanks/ärzte & co'\\''s.pathway'")
    assert released.returncode == 0, released.stderr
    done = shell("git add -A && git commit -m released")
    assert done.returncode == 0, done.stdout + done.stderr

    text = shell.file.read_text()
    shell.file.write_text(text.replace("  population", "      population"))
    done = shell("git commit -qam untidy")
    assert done.returncode == 1
    assert shell.file.read_text() == text

    shell.file.write_text(text.replace("    when not fit -> done\n", ""))
    done = shell("git commit -qam uncovered")
    assert done.returncode == 1
    assert "PW301" in done.stdout + done.stderr
    shell("git checkout -q HEAD -- .")

    [release] = shell.root.glob("*/releases/*/*.pathway")
    sealed = release.read_text()
    release.write_text(sealed + "\n")
    done = shell("git commit -qam edited")
    assert done.returncode == 1
    assert "PW615" in done.stdout + done.stderr
    assert release.read_text() == sealed + "\n"
