"""Tests of the checks on labels, prose, gaps and dates."""

import pytest
from attrs import evolve

from pathwaydsl.checks import CheckOptions, check
from pathwaydsl.model.gaps import Answer, Gap, Question
from pathwaydsl.model.nodes import Act, End
from pathwaydsl.model.pathway import Approval, Document, Library
from pathwaydsl.model.values import PartialDate, Version

NODES = (Act(id="a", label="Care", then="b"), End(id="b", label="Done"))

GAP = Gap(
    id="g",
    label="Which?",
    gap_kind="cns",
    question=Question(population="Adults"),
    priority="high",
    status="open",
    raised=PartialDate(2024, 11, 1),
)


def with_rationale(pathway, found, text):
    """The rules found in a rationale."""
    return [f.rule for f in found(pathway(evolve(NODES[0], rationale=text), NODES[1]))]


@pytest.mark.parametrize(
    "text",
    [
        "Fewer than <3 months, more than >5.",
        "See <https://example.org> and [this](https://example.org).",
        "Keep on file: the date.",
        "Median of 18 months in 98 % of patients.",
        "The HR department; a CI run; p = probability.",
        "Several\nlines\twith tabs.",
    ],
)
def test_ordinary_prose_has_no_finding(pathway, found, text):
    """Signs, links and numbers that mean no harm are left alone."""
    assert with_rationale(pathway, found, text) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("<b>bold</b>", "PW806"),
        ("<!-- hidden -->", "PW806"),
        ("<img src=x onerror=alert(1)>", "PW806"),
        ("[x](javascript:alert(1))", "PW807"),
        ("[x](JAVA&#115;CRIPT:alert(1))", "PW807"),
        ("[x][1]\n\n[1]: file:///etc/passwd", "PW807"),
        ("<data:text/html,x>", "PW807"),
        ("bell\x07", "PW808"),
        ("It helped: HR 0.62", "PW810"),
        ("hazard ratio of 0.62", "PW810"),
        ("p < 0.001", "PW810"),
        ("95 % CI 0.5 to 0.7", "PW810"),
    ],
)
def test_what_a_page_must_not_carry_is_found(pathway, found, text, rule):
    """HTML, unsafe links, control characters and figures are one finding each."""
    assert with_rationale(pathway, found, text) == [rule]


def test_a_label_has_at_most_eighty_characters(pathway, found):
    """Eighty characters are allowed, eighty-one are not."""
    for length, expected in ((80, []), (81, ["PW803"])):
        nodes = (evolve(NODES[0], label="x" * length), NODES[1])
        assert [f.rule for f in found(pathway(*nodes))] == expected


def of_gap(gap, **options):
    """The rules found about a gap in a library."""
    own = Library(gaps=(gap,))
    documents = {"f": Document(file="f", library=own, own=own)}
    return [f.rule for f in check(documents, CheckOptions(**options))]


def test_a_bare_gap_lacks_five_statements():
    """Each statement that is expected is a finding of its own."""
    rules = ["PW501", "PW502", "PW503", "PW504", "PW505"]
    assert of_gap(Gap(id="g", label="Which?")) == rules
    assert of_gap(GAP) == []


def test_reviews_are_overdue_after_their_day():
    """The day itself is not too late; closed gaps need no review; without a day, nothing is."""
    due = evolve(GAP, review_by=PartialDate(2025, 6, 30))
    assert of_gap(due, as_of=PartialDate(2025, 6, 30)) == []
    assert of_gap(due, as_of=PartialDate(2025, 7, 1)) == ["PW508"]
    assert of_gap(evolve(due, status="withdrawn"), as_of=PartialDate(2025, 7, 1)) == []
    assert of_gap(due) == []


def test_an_answer_comes_after_its_question():
    """A gap is answered on the day it was raised or later."""
    for day, expected in ((PartialDate(2024, 11, 1), []), (PartialDate(2024, 10, 31), ["PW612"])):
        assert of_gap(evolve(GAP, status="answered", answered=Answer("s", day))) == expected


def test_a_library_gap_is_used_by_some_pathway(pathway):
    """A gap that no pathway of the run pins or reaches is found; a library alone is left alone."""
    own = Library(gaps=(GAP,))
    library = Document(file="library", library=own, own=own)
    assert check({"library": library}) == ()
    documents = {"library": library, "p": Document(file="p", pathway=pathway(*NODES))}
    assert [f.rule for f in check(documents)] == ["PW509"]
    arrived = pathway(evolve(NODES[0], then="g"))
    assert check(documents | {"p": Document(file="p", pathway=arrived)}) == ()


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ({"searched_to": PartialDate(2025, 1, 1)}, []),
        ({"searched_to": PartialDate(2025, 1, 2)}, ["PW611"]),
        ({"searched_to": PartialDate(2025)}, []),
        ({"approvals": (Approval("C", PartialDate(2025, 2, 1)),)}, ["PW611"]),
        ({"supersedes": Version(0, 9, 0)}, []),
        ({"supersedes": Version(1, 0, 0)}, ["PW613"]),
        ({"status": "published"}, ["PW614"]),
        ({"version": None}, ["PW610"]),
        ({"version": None, "date": None, "status": None}, ["PW610"] * 3),
        ({"population": None}, ["PW809"]),
        ({"eligible_stated": False}, ["PW311"]),
    ],
)
def test_heads_are_whole_and_in_order(pathway, found, head, expected):
    """Each missing or impossible statement of a head is one finding."""
    assert [f.rule for f in found(pathway(*NODES, **head))] == expected
