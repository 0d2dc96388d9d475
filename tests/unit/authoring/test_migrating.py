"""Files of an older edition, tried on two editions that were made up for it.

The made-up edition 3 is what this program reads; in edition 2 an end was written `stop`, and in
edition 1 a treatment was written `give`.
"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathwaydsl.authoring import migrating
from pathwaydsl.authoring.migrating import Step, migrate
from pathwaydsl.syntax.reader import read
from pathwaydsl.text.finding import Edit, Outcome
from pathwaydsl.text.rules.examples import GOOD
from pathwaydsl.text.source import Source


def reader(number, words):
    """Reads a made-up edition: its words stand for those of today, which are as long."""

    def reading(source):
        text = re.sub(rf"^pathwaydsl {number}", "pathwaydsl 1", source.text, flags=re.MULTILINE)
        for old, new in words.items():
            assert len(old) == len(new)
            text = re.sub(rf"^  {old}\b", f"  {new}", text, flags=re.MULTILINE)
        outcome = read(Source(source.name, text))
        return Outcome(
            type(outcome.value)(source, outcome.value.root, outcome.value.whole), outcome.findings
        )

    return reading


def renamed(kind, new):
    """Edits that write another word for a kind of box."""

    def edits(file):
        for node in file.root.walk():
            if node.kind == kind:
                span = file.span(node)
                yield Edit(file.source.span(span.start, span.start + len(new)), new)

    return edits


FIRST = Step(1, "A treatment is written `treat`.", reader(1, {"offer": "treat", "fin": "end"}),
             renamed("treat", "treat"))  # fmt: skip
SECOND = Step(2, "An end is written `end`.", reader(2, {"fin": "end"}), renamed("end", "end"))
NEWEST = reader(3, {})
OLD = (
    GOOD.replace("pathwaydsl 1", "# kept\npathwaydsl 1", 1)
    .replace("  treat ", "  # why\n  offer ")
    .replace("  end ", "  fin ")
)


def brought(text, steps=(FIRST, SECOND)):
    return migrate(Source("a.pathway", text), steps=steps, newest=3, reader=NEWEST)


def test_steps_are_chained():
    """A file of the first edition goes through every step; comments stay where they were."""
    result = brought(OLD).value
    assert result.steps == (FIRST, SECOND)
    assert result.text == OLD.replace("pathwaydsl 1", "pathwaydsl 3").replace(
        "  offer ", "  treat "
    ).replace("  fin ", "  end ")


def test_a_file_of_a_later_edition_takes_fewer_steps():
    """Each file begins where it is."""
    text = OLD.replace("pathwaydsl 1", "pathwaydsl 2").replace("  offer ", "  treat ")
    assert brought(text).value.steps == (SECOND,)


def test_a_file_of_the_newest_edition_stays_as_it_is():
    """Bringing a file over twice changes nothing the second time."""
    once = brought(OLD).value.text
    again = brought(once).value
    assert (again.text, again.steps) == (once, ())


def test_a_newer_file_is_a_clear_finding():
    """What this program cannot know it does not touch."""
    outcome = brought(OLD.replace("pathwaydsl 1", "pathwaydsl 4"))
    assert outcome.value is None
    [found] = outcome.findings
    assert found.rule == "PW105"
    assert "edition 4" in found.message
    assert found.help == "Install a newer pathwaydsl."


@given(st.text(max_size=30))
def test_any_text_has_an_answer(text):
    """A file is brought over or there is a finding; nothing is raised."""
    for content in (text, f"pathwaydsl 1\n{text}", OLD[:200] + text):
        outcome = brought(content)
        assert (outcome.value is None) == any(f.severity == "error" for f in outcome.findings)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: [Edit(file.source.span(0, len(file.source.text)), "pathwaydsl 2\n")],
        lambda file: [Edit(file.source.span(0, 6), "")],
        lambda file: [Edit(file.source.span(20, 30), "x"), Edit(file.source.span(25, 28), "y")],
        lambda file: [Edit(file.source.span(len(file.source.text), len(file.source.text)), "}")],
    ],
)
def test_a_step_that_would_lose_something_writes_nothing(spoil):
    """Lost comments, edits over one another and what cannot be read again are found."""
    outcome = brought(OLD, (Step(1, "Spoilt.", FIRST.read, spoil), SECOND))
    assert outcome.value is None
    assert [found.rule for found in outcome.findings] == ["PW135"]


def test_a_missing_step_is_told():
    """A chain with a gap leaves the file alone."""
    assert [f.rule for f in brought(OLD, (FIRST,)).findings] == ["PW135"]


def test_a_file_with_a_mistake_is_left_alone():
    """What cannot be read in its own edition is not brought over."""
    outcome = brought(OLD.replace("  fin ", "  end-of-it "))
    assert outcome.value is None
    assert outcome.findings


def test_the_steps_lead_to_the_edition_of_today():
    """Every older edition has its step, and none is given twice."""
    editions = [step.edition for step in migrating.STEPS]
    assert editions == list(range(1, migrating.EDITION))


def test_of_a_newer_file_nothing_else_is_said():
    """New words of a newer edition are not reported one by one."""
    outcome = read(Source("a.pathway", "pathwaydsl 7\n\nsomething new { at all }\n"))
    assert [found.rule for found in outcome.findings] == ["PW105"]
