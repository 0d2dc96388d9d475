"""The tutorial can be followed: its files are written and its commands run, in its order."""

import os
import re
import subprocess
import sysconfig
from pathlib import Path

import pytest
from tests.unit.docs.fences import DOCS, Fence, fences

PAGE = DOCS / "tutorial" / "index.md"
STEPS = re.compile(r"^\$ (?P<command>[^\n]*)\n(?P<shown>(?:(?!\$ )[^\n]*\n)*)", re.MULTILINE)


class Learner:
    """Somebody who does what the tutorial says, in an empty folder, and compares."""

    def __init__(self, folder: Path, *, rewrite: bool = False) -> None:
        self.folder = folder
        self.rewrite = rewrite
        self.sought: str | None = None

    def follow(self, block: Fence) -> None:
        """Do what a block says."""
        if block.kind == "console":
            for step in STEPS.finditer(block.text):
                self.run(step["command"], step["shown"], block.place)
            return
        name, _, what = block.caption.partition(": ")
        assert name, f"{block.place} says no file"
        file = self.folder / name
        match what:
            case "":
                file.write_text(block.text, "utf-8")
            case "find":
                self.sought = block.text
            case "write instead":
                text = file.read_text("utf-8")
                assert self.sought is not None
                assert text.count(self.sought) == 1, f"{block.place}: not once in the file"
                file.write_text(text.replace(self.sought, block.text), "utf-8")
                self.sought = None
            case "at the end":
                file.write_text(file.read_text("utf-8") + block.text, "utf-8")
            case _:
                pytest.fail(f"{block.place}: {what}?")

    def run(self, command: str, shown: str, place: str) -> None:
        """Run a command of the terminal, and compare what it says."""
        if command.startswith("cd "):
            self.folder /= command.removeprefix("cd ")
            return
        path = f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(  # noqa: S602  a command of our own manual
            command,
            shell=True,
            cwd=self.folder,
            env=os.environ | {"PATH": path, "NO_COLOR": "1", "COLUMNS": "100"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            text=True,
            timeout=120,
        )
        assert done.returncode != 2, f"{place}: {command}\n{done.stdout}"
        wanted = re.escape(shown.rstrip("\n")).replace("…", ".*")
        said = done.stdout.rstrip("\n")
        if self.rewrite and not re.fullmatch(wanted, said, re.DOTALL):
            page = PAGE.read_text("utf-8")
            said = said.replace(str(self.folder), "…")
            new = f"$ {command}\n{said}\n"
            PAGE.write_text(page.replace(f"$ {command}\n{shown}", new, 1), "utf-8")
            return
        assert re.fullmatch(wanted, said, re.DOTALL), (
            f"{place}: {command}\nshown:\n{shown}\nsaid:\n{said}"
        )


@pytest.fixture(scope="module")
def followed(request, tmp_path_factory):
    """The folder of somebody who followed the whole tutorial."""
    rewrite = request.config.getoption("rewrite")
    learner = Learner(tmp_path_factory.mktemp("empty"), rewrite=rewrite)
    for block in fences(PAGE):
        if block.kind in {"console", "pathway"}:
            learner.follow(block)
    return learner.folder


def test_the_tutorial_can_be_followed(followed) -> None:
    """Every command says what the page shows, and at the end there is a page to open."""
    assert (followed / "site" / "index.html").exists()
    assert (followed / "site" / "going-home.html").exists()


def test_the_result_is_the_one_that_is_shown(followed, expected) -> None:
    """The page of the result shows the file that the learner has at the end."""
    written = (followed / "going-home.pathway").read_text("utf-8")
    expected(DOCS / "examples" / "going-home.pathway", written)
