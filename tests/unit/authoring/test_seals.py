"""Seals are what `sha256sum` reads and writes, and nothing else is taken for one."""

import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathwaydsl.authoring.seals import read_seals, seal_of, with_seal

PROGRAM = shutil.which("sha256sum")


@pytest.mark.skipif(PROGRAM is None, reason="sha256sum is not there")
def test_sha256sum_agrees(tmp_path):
    """The real program writes the same lines, and finds every file as sealed."""
    text = ""
    for name, content in (("1.0.0.pathway", b"one\n"), ("2.0.0.pathway", b"")):
        (tmp_path / name).write_bytes(content)
        text = with_seal(text, seal_of(name, content))
    (tmp_path / "SEALS").write_text(text)
    made = subprocess.run(
        [PROGRAM, "1.0.0.pathway", "2.0.0.pathway"], cwd=tmp_path, capture_output=True, check=True
    )
    assert made.stdout.decode() == text
    subprocess.run(
        [PROGRAM, "--strict", "-c", "SEALS"], cwd=tmp_path, check=True, capture_output=True
    )
    (tmp_path / "1.0.0.pathway").write_bytes(b"two\n")
    changed = subprocess.run(
        [PROGRAM, "-c", "SEALS"], cwd=tmp_path, check=False, capture_output=True
    )
    assert changed.returncode == 1


def test_what_was_written_is_read():
    """A seal added to a file of seals is read back; what stood in it stays."""
    first, second = seal_of("1.0.0.pathway", b"1"), seal_of("2.0.0.pathway", b"2")
    text = with_seal(first.line, second)
    assert text == f"{first.line}\n{second.line}\n"
    assert read_seals(text).seals == (first, second)
    assert read_seals(text).of("2.0.0.pathway") == second
    assert read_seals("").foreign == ()


@pytest.mark.parametrize(
    "line",
    [
        "no seal",
        "# a note",
        "0" * 63 + "  1.0.0.pathway",
        "0" * 64 + " 1.0.0.pathway",
        "0" * 64 + "  ../1.0.0.pathway",
        "0" * 64 + "  /etc/passwd",
        "\\" + "0" * 64 + "  1.0.0.pathway",
        "",
    ],
)
def test_a_foreign_line_is_named(line):
    """What is no seal of a file of this folder is kept apart, with its number."""
    good = seal_of("1.0.0.pathway", b"1").line
    seals = read_seals(f"{good}\n{line}\n{good}\n")
    assert seals.foreign == ((2, line),)
    assert len(seals.seals) == 2


@given(st.text())
def test_any_text_can_be_read(text):
    """Whatever the file holds, each line is a seal or foreign."""
    seals = read_seals(text)
    lines = text.removesuffix("\n").split("\n")
    counted = len(seals.seals) + len(seals.foreign)
    assert counted == (len(lines) if text.strip("\n") else 0)
