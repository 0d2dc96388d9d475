"""The language reference for authors: its examples read, and its lists are those of the program."""

import re
import textwrap
from pathlib import Path

import pytest

from pathwaydsl.formatting.safe import formatted
from pathwaydsl.model.evidence import EVIDENCE_KINDS
from pathwaydsl.model.gaps import GAP_KINDS, GAP_PRIORITIES, GAP_STATUSES
from pathwaydsl.model.pathway import STATUSES
from pathwaydsl.model.recommendations import STRENGTHS
from pathwaydsl.model.units import UNITS
from pathwaydsl.resolve import resolve
from pathwaydsl.resolve.built_in import built_in_schemes
from pathwaydsl.syntax.reader import read
from pathwaydsl.syntax.tree import SyntaxFile
from pathwaydsl.syntax.words import keywords, reserved_words
from pathwaydsl.text.source import Source

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "language.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```pathway\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
INSIDE = "# inside a pathway\n"

WHOLE = [text for text in EXAMPLES if text.startswith("pathwaydsl 1\n")]
HEADS_AND_BOXES = [text for text in EXAMPLES if text.startswith(INSIDE)]
DEFINITIONS = [text for text in EXAMPLES if text not in WHOLE and text not in HEADS_AND_BOXES]


def manual() -> str:
    """All examples that belong together, as one file."""
    inside = "".join(HEADS_AND_BOXES)
    return "pathwaydsl 1\n" + "".join(DEFINITIONS) + f'pathway manual "The manual" {{\n{inside}}}\n'


def list_below(heading: str) -> str:
    """The first plain list below a heading."""
    below = PAGE.split(heading, 1)[1]
    found = re.search(r"^```text\n(.*?)^```$", below, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def files() -> dict[str, SyntaxFile]:
    """The two files that the page shows, read without findings."""
    (whole,) = WHOLE
    found = {}
    for name, text in {"heart.pathway": whole, "manual.pathway": manual()}.items():
        outcome = read(Source(name, text))
        assert outcome.findings == ()
        found[name] = outcome.value
    return found


@pytest.mark.parametrize("text", EXAMPLES)
def test_each_example_reads(text: str) -> None:
    """Each example reads by itself where it says that it stands."""
    if text.startswith(INSIDE):
        text = f'pathwaydsl 1\npathway manual "M" {{\n{text}}}\n'
    elif not text.startswith("pathwaydsl 1\n"):
        text = f"pathwaydsl 1\n{text}"
    assert read(Source("a.pathway", text)).findings == ()


@pytest.mark.parametrize("text", [*WHOLE, *DEFINITIONS])
def test_each_example_is_in_canonical_form(text: str) -> None:
    """What the page shows is what `fmt` writes."""
    whole = text if text in WHOLE else f"pathwaydsl 1\n\n{text}"
    assert formatted(Source("a.pathway", whole)).value == whole


def test_heads_and_boxes_are_in_canonical_form() -> None:
    """The examples inside a pathway are, too, one indent deeper."""
    for text in HEADS_AND_BOXES:
        inside = textwrap.indent(text, "  ")
        whole = f'pathwaydsl 1\n\npathway manual "M" {{\n{inside}}}\n'
        assert formatted(Source("a.pathway", whole)).value == whole


def test_the_examples_belong_together() -> None:
    """Together they are a project whose names, answers and units are all known."""
    outcome = resolve(files(), {})
    assert [(found.rule, found.message) for found in outcome.findings] == []
    assert set(outcome.value) == {"heart.pathway", "manual.pathway"}


def test_the_examples_hold_every_statement() -> None:
    """Each keyword of the language stands in an example, or in the text beside it."""
    shown = {
        str(token)
        for file in files().values()
        for token in file.root.tokens()
        if token.type != "TEXT"
    }
    beside = " ".join(re.findall(r"`([^`\n]+)`", PAGE))
    shown |= set(re.findall(r"[a-z][a-z-]*", beside))
    assert set(keywords().values()) - shown == set()


def test_reserved_words_are_listed() -> None:
    """The page lists the words that names refuse, sorted."""
    listed = re.split(r",\s+", list_below("### Words that cannot be names").strip())
    assert listed == sorted(reserved_words())


def test_units_are_listed() -> None:
    """The page lists every unit with its spellings."""
    listed = list_below("### Numbers, quantities and ranges").splitlines()
    assert [tuple(line.split(" = ")) for line in listed] == [unit.spellings for unit in UNITS]


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("kind of evidence", EVIDENCE_KINDS),
        ("status of a pathway", STATUSES),
        ("strength", STRENGTHS),
        ("kind of gap", GAP_KINDS),
        ("priority of a gap", GAP_PRIORITIES),
        ("status of a gap", GAP_STATUSES),
    ],
)
def test_closed_lists_are_listed(where: str, words: tuple[str, ...]) -> None:
    """The page lists the words of each closed list in the program's order."""
    row = re.search(rf"^\| {where} \| (.*) \|$", PAGE, re.MULTILINE)
    assert row
    assert tuple(re.findall(r"`([a-z-]+)`", row[1])) == words


def test_built_in_schemes_are_listed() -> None:
    """The page names the grading schemes that come with the language."""
    sentence = next(line for line in PAGE.splitlines() if "come with the language" in line)
    assert set(re.findall(r"`([a-z]+)`", sentence)) == {scheme.id for scheme in built_in_schemes()}
