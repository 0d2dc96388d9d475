"""The manual is built by the extension it describes, without a warning."""

import os
import re
import subprocess
import sys

import pytest
from tests.unit.docs.fences import DOCS, pages

from pathwaydsl.cli.group import COMMANDS
from pathwaydsl.text.rules import THEMES, all_rules, theme
from pathwaydsl.versions.rules import RULES


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder of the built manual; a warning is an error."""
    folder = tmp_path_factory.mktemp("manual")
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", DOCS, folder / "html"],
        env=os.environ | {"NO_COLOR": "1"},
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return folder / "html"


def text_of(path):
    """The words of a built page."""
    return re.sub(r"<[^>]+>", "", path.read_text("utf-8"))


def test_every_page_is_built(built):
    """Each source has its page; none is left out of the table of contents, as that warns."""
    for page in pages():
        assert (built / page.relative_to(DOCS).with_suffix(".html")).exists()


@pytest.mark.parametrize("prefix", THEMES)
def test_every_rule_has_its_section(prefix, built):
    """A rule stands under its code, with why it matters and both examples."""
    page = built / "reference" / "findings" / f"{prefix.lower()}.html"
    text = page.read_text("utf-8")
    assert [
        code for code in re.findall(r'id="(pw\d{3})"', text) if code.startswith(prefix.lower())
    ] == [rule.code.lower() for rule in theme(prefix)]
    assert text.count("This is right:") == len(theme(prefix))


def test_every_change_has_its_section(built):
    """Each rule about changes stands on the page of its section, under its name."""
    for rule in RULES:
        page = built / "reference" / "changes" / f"{rule.section.value}.html"
        assert f'id="{rule.id}"' in page.read_text("utf-8")


def test_the_table_of_findings_holds_every_rule(built):
    """The first page of the findings links to every one."""
    text = (built / "reference" / "findings.html").read_text("utf-8")
    for rule in all_rules():
        assert f"findings/{rule.code[:3].lower()}.html#{rule.code.lower()}" in text


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_section(name, built):
    """The page of the command line shows each command with its options as `--help` does."""
    import click

    from pathwaydsl.cli.group import program

    text = text_of(built / "reference" / "command-line.html")
    command = program.get_command(click.Context(program), name)
    assert f"pathwaydsl {name} " in text
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert parameter.opts[-1] in text


def test_nothing_is_loaded_from_elsewhere(built):
    """A page of the manual asks the browser for its own files only."""
    for page in built.rglob("*.html"):
        text = page.read_text("utf-8")
        assert not re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="https?://[^"]*"', text)
