"""Every figure that stands in a pathway file outside its results is a verified one.

`verified_figures.tsv` lists, for each statement with figures, who says it, its figures with their
bounds and units, the section of the clinical facts they come from and what the facts say there.
A figure that changes, a bound that turns from "at least" to "more than", a new statement with a
figure: each fails here until somebody looks it up and writes it into the table.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

import pytest

from pathwaydsl.syntax.reader import read
from pathwaydsl.text.source import Source

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
from statements_with_figures import statements_of  # noqa: E402

PATHWAYS = HERE.parents[1] / "pathways"
FILES = sorted(path.relative_to(PATHWAYS).as_posix() for path in PATHWAYS.rglob("*.pathway"))
ROWS = list(
    csv.DictReader(
        (HERE / "verified_figures.tsv").read_text("utf-8").splitlines(),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
)
VERIFIED = {(row["said by"], row["figures"]) for row in ROWS}
NO_FACT = {
    "name": "a number in a name",
    "input": "what may be entered",
    "count": "how lines of therapy are counted",
    "assigned": "assigned for this example, and said so in the file",
}
SECTION = re.compile(r"(?:[1-9]|1[01])(?:\.[1-3]|[a-d])?(?:, (?:[1-9]|1[01]))?|evidence\.tsv")


def statements(name):
    text = (PATHWAYS / name).read_text("utf-8")
    return list(statements_of(read(Source(name, text)).value))


@pytest.fixture(scope="module")
def written():
    """Every statement with figures, by file."""
    return {name: statements(name) for name in FILES}


def test_releases_are_looked_at_too(written):
    """The files looked through are the working files, the library and the releases."""
    assert sum("releases/" in name for name in written) == 2
    assert sum(bool(found) for found in written.values()) > 9


@pytest.mark.parametrize("name", FILES)
def test_every_figure_is_in_the_table(name, written):
    """A file holds no figure, bound or unit that was not looked up."""
    unknown = [
        f"{one.owner} | {one.figures} | {one.text[:120]}"
        for one in written[name]
        if (one.owner, one.figures) not in VERIFIED
    ]
    assert not unknown, "\n".join(unknown)


def test_the_table_holds_nothing_else(written):
    """A row that no file needs any more goes."""
    needed = {(one.owner, one.figures) for found in written.values() for one in found}
    assert not VERIFIED - needed
    assert len(VERIFIED) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['said by']}-{row['figures']}"[:60])
def test_every_row_says_where_it_comes_from(row):
    """Each row names a section of the facts and what stands there, or why there is none."""
    assert row["what the facts say"]
    assert row["section"] in NO_FACT or SECTION.fullmatch(row["section"]), row["section"]


def test_what_was_assigned_says_so_in_the_file(written):
    """A figure that no source gives is labelled as assigned for this example."""
    assigned = {row["said by"] for row in ROWS if row["section"] == "assigned"}
    for name, found in written.items():
        for owner in {one.owner for one in found if one.owner in assigned}:
            text = (PATHWAYS / name).read_text("utf-8")
            block = re.search(rf"\n  treat {re.escape(owner)} .*?\n  }}\n", text, re.DOTALL)
            if block and re.search(r"monitor [^\n]*every 3 weeks", block[0]):
                assert "assigned for this example" in block[0], (name, owner)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("within 12 months", "within 12 months"),
        ("12 months or less", "12 months or less"),
        ("IHC 2+ of HER2 and T-DM1, PIK3CA", "2"),
        ("lvef from 40 to under 50 %", "40 · to under 50 %"),
        ("transaminases <= 1.5 x-ULN", "<= 1.5 x-uln"),
        ("the first two of six cycles", "two · six"),
    ],
)
def test_what_counts_as_a_figure(text, figures):
    """Numbers and number words count with their bounds; digits inside names do not."""
    from statements_with_figures import FIGURE

    assert " · ".join(figure.lower() for figure in FIGURE.findall(text)) == figures
