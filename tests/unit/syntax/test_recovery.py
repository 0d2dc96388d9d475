"""Reading on after mistakes: k mistakes give k findings, and always a tree."""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path

import pytest

from pathwaydsl.syntax.reader import read
from pathwaydsl.text.source import Source

HERE = Path(__file__).parent
REAL = sorted((HERE.parents[2] / "pathways").rglob("*.pathway"))

_spec = importlib.util.spec_from_file_location("slips", HERE / "slips.py")
slips = importlib.util.module_from_spec(_spec)
sys.modules["slips"] = slips
_spec.loader.exec_module(slips)

SMALL = """pathwaydsl 1

pathway care "Care" {
  version 1.0.0
  date 2025-01-01
  status draft
  start at visit

  assess visit "Visit" {
    measures lvef
    then heart
  }

  decide heart "Heart?" {
    when lvef >= 50 % -> treatment "Strong"
    otherwise -> done
  }

  treat treatment "Treatment" {
    regimen thp
    recommend for strong
    then done
  }

  end done "Done"
}
"""


def findings(text):
    return read(Source("care.pathway", text)).findings


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_real_files_read_without_findings(path):
    """Every file of the real content reads as it is."""
    assert findings(path.read_text("utf-8")) == ()


def run(seed, count):
    rng = random.Random(seed)
    texts = [path.read_text("utf-8") for path in REAL]
    exact = none = 0
    for _ in range(count):
        text, made = slips.with_slips(rng.choice(texts), rng.randint(1, 6), rng)
        found = findings(text)
        exact += len(found) == len(made)
        none += not found
    return exact / count, none


@pytest.mark.parametrize("seed", range(4))
def test_so_many_mistakes_so_many_findings(seed):
    """Of 2,000 files with one to six slips, 95 % give exactly as many findings, none gives none."""
    share, none = run(seed, 500)
    assert none == 0
    assert share >= 0.95


@pytest.mark.fuzz
def test_many_more_slips():
    """The same over 20,000 files."""
    share, none = run(99, 20_000)
    assert none == 0
    assert share >= 0.95


@pytest.mark.parametrize("seed", range(4))
def test_nothing_breaks_reading(seed):
    """Random damage gives findings and a tree, never an exception."""
    rng = random.Random(seed)
    texts = [path.read_text("utf-8") for path in REAL]
    for _ in range(60):
        text = rng.choice(texts)
        for _ in range(rng.randint(1, 4)):
            at = rng.randrange(len(text))
            cut = rng.randrange(40)
            put = rng.choice(["", "{", "}", '"', '"""', "(", "->", "\x00", "when ", "# ", ",", "≥"])
            text = text[:at] + put + text[at + cut :]
        outcome = read(Source("x.pathway", text))
        assert outcome.value.root.kind == "start"


@pytest.mark.parametrize(
    ("old", "new", "rule", "said"),
    [
        ("  decide heart", "  decied heart", "PW111", "`decied` is not a word of the language"),
        ("    measures lvef\n", "    measures lvef,\n", "PW120", "nothing follows this comma"),
        ('"Heart?" {', '"Heart? {', "PW107", "this text has no closing quotation mark"),
        ('"Heart?" {', 'Heart?" {', "PW107", "this text has no opening quotation mark"),
        ("-> treatment", "treatment", "PW110", "`->` is missing"),
        ("-> treatment", "=> treatment", "PW117", "`=>` is not a sign of the language"),
        (">= 50 %", "≥ 50 %", "PW117", "`≥` is not a sign of the language"),
        (">= 50 %", ">= 50,5 %", "PW114", "`50,5` has a comma where a number has a point"),
        ("assess visit", "assess Visit_1", "PW113", "`Visit_1` cannot be a name"),
        ("treat treatment", "treat regimen", "PW112", "`regimen` is a word of the language"),
        ("2025-01-01", "2025-02-30", "PW115", "2025-02-30 is not a day of the calendar"),
        ("1.0.0", "1.02.0", "PW116", "`1.02.0` is not a version"),
        ("pathwaydsl 1\n", "", "PW105", "in which edition"),
        ("pathwaydsl 1\n", "pathwaydsl 2\n", "PW105", "in edition 2"),
        ("pathwaydsl 1\n", "pathwaydsl 0\n", "PW105", "no edition 0"),
        (
            "    recommend for strong\n    then done\n  }\n",
            "    recommend for strong\n    then done\n",
            "PW108",
            "the block of `treat treatment` is not closed",
        ),
        ("  start at visit\n", "  start at visit\n  start at visit\n", "PW124", "stands twice"),
    ],
)
def test_a_slip_is_told_in_the_words_of_the_author(old, new, rule, said):
    """One slip gives one finding, which names it."""
    text = SMALL.replace(old, new, 1)
    assert text != SMALL
    found = findings(text)
    assert [finding.rule for finding in found] == [rule]
    assert said.lower() in found[0].message.lower()


def test_the_innermost_open_block_is_named():
    """An unclosed block is told by its own name, not by that of the file or the pathway."""
    text = SMALL.replace("    otherwise -> done\n  }\n", "    otherwise -> done\n")
    (found,) = findings(text)
    assert "`decide heart`" in found.message


def test_what_may_stand_is_listed_exactly():
    """The list of what may stand is what the grammar accepts there, in an author's words."""
    (found,) = findings(SMALL.replace("    measures lvef\n", "    blorb\n", 1))
    for word in ("measures", "then", "within", "recommend", "rationale"):
        assert f"`{word}`" in found.help
    assert "LBRACE" not in found.help
    assert "`monitor`" not in found.help


def test_names_in_unread_text_are_kept():
    """What stands in an unread stretch is known, so that nothing is said about it twice."""
    file = read(Source("x", SMALL.replace("    regimen thp\n", "    regimen ) thp\n"))).value
    assert not file.whole


DOSES = """pathwaydsl 1

drug a "A"
regimen r "R" {
  give a 8 mg/kg IV every 3 weeks
}
"""


@pytest.mark.parametrize(
    ("old", "new", "rule", "advice"),
    [
        ("every 3 weeks", "q3w", "PW212", "Write `every 3 weeks`"),
        ("every 3 weeks", "q14d", "PW212", "Write `every 14 days`"),
        ("every 3 weeks", "bid", "PW212", "Write `twice daily`"),
        ("every 3 weeks", "TID", "PW212", "Write `3 times daily`"),
        ("IV every 3 weeks", "i.v. every 3 weeks", "PW212", "Write `IV`"),
        ("IV every 3 weeks", "p.o. daily", "PW212", "Write `oral`"),
        ("8 mg/kg", "8,25 mg/kg", "PW114", "Write `8.25`"),
        ("every 3 weeks", "on days 1; 5 of 21", "PW117", "Write `,`"),
    ],
)
def test_what_charts_abbreviate_is_told_in_words(old, new, rule, advice):
    """The shorthand of charts, and commas in numbers, are one finding with what to write."""
    assert old in DOSES
    (found,) = findings(DOSES.replace(old, new))
    assert found.rule == rule
    assert advice in (found.help or "")


def test_days_in_a_list_are_no_number_with_a_comma():
    """`on days 1,5 of 21` is a list."""
    assert findings(DOSES.replace("every 3 weeks", "on days 1,5 of 21")) == ()
