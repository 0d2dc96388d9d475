"""What a user gets from `pip install` works without the checkout."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]

# Building and installing takes long: under xdist one worker does it once for all.
pytestmark = [pytest.mark.packaging, pytest.mark.xdist_group("packaging")]


def _run(*command, cwd, expect=0):
    # What points Python or pip at the checkout must not reach the fresh environment.
    environment = {
        name: text
        for name, text in os.environ.items()
        if not name.startswith("PYTHON") and name != "VIRTUAL_ENV"
    }
    run = subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == expect, f"{command}\n{run.stdout}\n{run.stderr}"
    return run.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder with the sdist and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def sdist(built):
    """The one sdist."""
    (path,) = built.glob("*.tar.gz")
    return path


@pytest.fixture(scope="module")
def wheel(built):
    """The one wheel."""
    (path,) = built.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The folder of programs of a fresh environment that holds the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    _run(programs / "python", "-m", "pip", "install", "--quiet", wheel, cwd=folder)
    return programs


@pytest.fixture
def ten_lines(tmp_path):
    """The pathway that README shows, as a file outside the checkout."""
    readme = (ROOT / "README.md").read_text("utf-8")
    (example,) = re.findall(r"```pathway\n(.*?)```", readme, re.DOTALL)
    path = tmp_path / "heart-check.pathway"
    path.write_text(example, "utf-8")
    return path


def test_sdist_holds_what_is_needed_to_build_and_test(sdist):
    """Sources, grammar, pathways, tests and licences are in the sdist, the environment is not."""
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {
        "LICENSE",
        "Makefile",
        "NOTICE",
        "hatch_build.py",
        "pathways/LICENSE",
        "pyproject.toml",
        "src/pathwaydsl/py.typed",
        "tests/packaging/test_wheel.py",
    } <= names
    assert any(name.startswith("grammar/") and name.endswith(".lark") for name in names)
    assert not [name for name in names if name.startswith((".venv", "site/", "dist/"))]


def test_wheel_holds_grammar_types_and_licences(wheel):
    """The top-level grammar lies inside the package, with all licence texts beside the metadata."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    grammar = {path.name for path in (ROOT / "grammar").glob("*.lark")}
    assert grammar
    assert {f"pathwaydsl/grammar/{name}" for name in grammar} <= names
    assert "pathwaydsl/py.typed" in names
    licences = f"pathwaydsl-{VERSION}.dist-info/licenses"
    vendored = "src/pathwaydsl/sphinxext/static/vendor/panzoom/LICENSE"
    assert {f"{licences}/LICENSE", f"{licences}/NOTICE", f"{licences}/{vendored}"} <= names


def test_wheel_knows_nothing_of_the_checkout(wheel):
    """No file of the wheel names the folder it was built from, or an environment in it."""
    with zipfile.ZipFile(wheel) as archive:
        telling = [
            name
            for name in archive.namelist()
            if str(ROOT).encode() in archive.read(name) or b"/.venv" in archive.read(name)
        ]
    assert telling == []


def test_program_says_its_version_from_anywhere(installed):
    """`pathwaydsl --version` runs from another folder and says the version of pyproject.toml."""
    assert VERSION in _run(installed / "pathwaydsl", "--version", cwd="/")


def test_program_checks_a_pathway_from_anywhere(installed, ten_lines):
    """The pathway of README is checked without a finding, from another folder."""
    _run(installed / "pathwaydsl", "check", ten_lines, cwd="/")


def test_program_finds_a_mistake(installed, ten_lines):
    """The same pathway with a misspelt name is refused with exit code 1."""
    ten_lines.write_text(ten_lines.read_text("utf-8").replace("-> go", "-> goo", 1), "utf-8")
    _run(installed / "pathwaydsl", "check", ten_lines, cwd="/", expect=1)
