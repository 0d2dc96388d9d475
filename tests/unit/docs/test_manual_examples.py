"""The pathways in the manual are read by the program: good ones are good, bad ones found."""

import re
from itertools import pairwise

import click
import pytest
import yaml
from tests.unit.docs.fences import DOCS, fences, pages

from pathwaydsl.cli.group import COMMANDS, program
from pathwaydsl.formatting.safe import formatted
from pathwaydsl.project.loading import load_project
from pathwaydsl.report.text import as_text
from pathwaydsl.syntax.reader import read
from pathwaydsl.text.source import Source

INSIDE = "# inside a pathway\n"
ELSEWHERE = {DOCS / "reference" / "language.md", DOCS / "tutorial" / "index.md"}
"""Pages with a test of their own."""

BLOCKS = [block for page in pages() if page not in ELSEWHERE for block in fences(page)]
PATHWAYS = [block for block in BLOCKS if block.kind == "pathway"]
GOOD = [block for block in PATHWAYS if not block.bad]
BAD = [
    (block, answer) for block, answer in pairwise(BLOCKS) if block.bad and block.kind == "pathway"
]
PROGRAM = re.compile(r"pathwaydsl (?P<words>[a-z]+(?: [^`\n|]*)?)")


def found_in(folder, text):
    """The findings of a file as `check` tells them."""
    file = folder / "example.pathway"
    file.write_text(text, "utf-8")
    (folder / "pathwaydsl.toml").write_text("", "utf-8")
    project = load_project([file])
    return as_text(project.findings, project.sources, colour=False)


@pytest.mark.parametrize("block", GOOD, ids=lambda block: block.place)
def test_good_examples_are_good(block, tmp_path):
    """A whole file has no findings and is in canonical form; a part of one can be read."""
    if block.text.startswith("pathwaydsl 1\n"):
        assert formatted(Source("a.pathway", block.text)).value == block.text
        if not block.caption:
            assert found_in(tmp_path, block.text) == ""
        return
    inside = f'pathwaydsl 1\npathway manual "M" {{\n{block.text}}}\n'
    text = inside if block.text.startswith(INSIDE) else f"pathwaydsl 1\n{block.text}"
    assert read(Source("a.pathway", text)).findings == ()


@pytest.mark.parametrize("page", sorted({block.page for block in GOOD if block.caption}))
def test_files_of_one_page_are_one_project(page, tmp_path):
    """Files that a page shows under their names are a project without findings."""
    (tmp_path / "pathwaydsl.toml").write_text("", "utf-8")
    for block in GOOD:
        if block.page == page and block.caption:
            file = tmp_path / block.caption
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, "utf-8")
    project = load_project([tmp_path])
    assert as_text(project.findings, project.sources, colour=False) == ""


@pytest.mark.parametrize("pair", BAD, ids=lambda pair: pair[0].place)
def test_bad_examples_show_what_is_found(pair, tmp_path, request):
    """Below an example of a mistake stands exactly what `check` says about it."""
    block, answer = pair
    assert answer.kind == "text"
    said = found_in(tmp_path, block.text).rstrip("\n") + "\n"
    page = DOCS / block.page
    if request.config.getoption("rewrite") and said != answer.text:
        old = f"{block.text}```\n\n```text\n{answer.text}```"
        new = f"{block.text}```\n\n```text\n{said}```"
        page.write_text(page.read_text("utf-8").replace(old, new, 1), "utf-8")
        return
    assert answer.text == said


@pytest.mark.parametrize(
    "block", [block for block in BLOCKS if block.kind == "yaml"], ids=lambda block: block.place
)
def test_settings_for_servers_can_be_read(block):
    """What is shown for a server is YAML."""
    assert yaml.safe_load(block.text)


def test_commands_that_are_shown_are_there():
    """Every command that the manual names exists, with the options it is shown with."""
    wrong = []
    for page in pages():
        if "adr" in page.parts:
            continue
        text = page.read_text("utf-8")
        shown = [*re.findall(r"`(pathwaydsl [^`\n]+)`", text)]
        shown += re.findall(r"^(?:\$|- run:| +-) (pathwaydsl [^\n]+)$", text, re.MULTILINE)
        wrong += [f"{page.name}: {line}" for line in shown if not _exists(line)]
    assert wrong == []


def _exists(line):
    words = line.split()[1:]
    if words[0].startswith("-") or words[0] in {"1", "COMMAND"}:
        return True
    if words[0] not in COMMANDS:
        return False
    command = program.get_command(click.Context(program), words[0])
    assert command is not None
    if isinstance(command, click.Group) and len(words) > 1:
        if words[1] not in command.commands:
            return False
        command = command.commands[words[1]]
    known = {option for each in command.params for option in [*each.opts, *each.secondary_opts]}
    options = {word.partition("=")[0] for word in words[1:] if word.startswith("-") and word != "-"}
    return options <= known | {"--help", "-h"}
