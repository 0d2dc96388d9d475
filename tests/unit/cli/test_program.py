"""The program as a whole: help, version, failures, pipes."""

import os
import subprocess
import sys

import pytest


def test_help_imports_little(run):
    """`--help` imports neither lark nor attrs nor rich."""
    code = (
        "import sys; from pathwaydsl.cli import main; main(['--help']); "
        "print([m for m in ('lark', 'attrs', 'attr', 'rich', 'cattrs') if m in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    )
    assert result.stdout.splitlines()[-1] == "[]"


def test_version_is_that_of_the_package(call):
    """`--version` says what the metadata says."""
    from importlib.metadata import version

    assert call("--version").out == f"pathwaydsl {version('pathwaydsl')}\n"


def test_an_unknown_command_is_suggested(call):
    """A misspelt command exits with 2 and names the nearest."""
    result = call("chek")
    assert result.code == 2
    assert "`check`" in result.err


def test_a_mistake_of_the_program_is_one_sentence(call, monkeypatch):
    """Whatever fails, no author sees a traceback."""

    def fail(*_arguments, **_options):
        raise ZeroDivisionError("x" * 1000)

    monkeypatch.setattr("pathwaydsl.project.loading.load_project", fail)
    result = call("check")
    assert result.code == 2
    assert "report" in result.err
    assert len(result.err.splitlines()) == 1


def test_a_reader_that_leaves_is_no_failure(project, example):
    """`pathwaydsl explain | head -1` says nothing on standard error."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pathwaydsl", "explain"],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait(timeout=60)


def test_colour_is_for_terminals(project, example):
    """A terminal gets colour and today's date, unless NO_COLOR is set."""
    pty = pytest.importorskip("pty")
    (project / "example.pathway").write_text(example.replace("measures fit", "measures fitt"))

    def shown(**environment):
        ours, theirs = pty.openpty()
        clean = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
        process = subprocess.Popen(
            [sys.executable, "-m", "pathwaydsl", "check"],
            cwd=project,
            stdout=theirs,
            stderr=subprocess.PIPE,
            env={**clean, "TERM": "xterm", **environment},
        )
        os.close(theirs)
        text = b""
        try:
            while chunk := os.read(ours, 65536):
                text += chunk
        except OSError:
            pass
        os.close(ours)
        told = process.stderr.read()
        process.stderr.close()
        process.wait(timeout=60)
        return text, told

    text, told = shown()
    assert b"\x1b[1;31m" in text
    assert b"counted to today" in told
    assert b"\x1b" not in shown(NO_COLOR="1")[0]


def test_a_full_output_is_no_mistake_of_the_program(project):
    """Where standard output takes no more, one line says so."""
    shell = f"{sys.executable} -m pathwaydsl explain > /dev/full"
    done = subprocess.run(["/bin/sh", "-c", shell], capture_output=True, check=False, cwd=project)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("Error: The output could not be written")
    assert done.stderr.decode().count("\n") == 1


def test_a_closed_output_is_no_mistake_of_the_program(project):
    """Whoever closes standard output wants the exit code alone."""
    shell = f"{sys.executable} -m pathwaydsl check >&-"
    done = subprocess.run(["/bin/sh", "-c", shell], capture_output=True, check=False, cwd=project)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_file_name_cannot_steer_the_terminal(call, project, example):
    """Control characters in the name of a file are shown by every command that names it."""
    (project / "example.pathway").rename(project / "a\x1b[31m\nb.pathway")
    for arguments in (["uses", "fit"], ["fmt", "--diff"], ["fmt"], ["check"], ["test"]):
        result = call(*arguments)
        assert "\x1b" not in result.out + result.err, arguments


def test_formatting_a_folder_without_pathways_is_not_silent(call, project):
    """`fmt` says that it had nothing to format."""
    (project / "empty").mkdir()
    result = call("fmt", "empty")
    assert result.code == 2
    assert "no pathway file in the folder empty" in result.err
