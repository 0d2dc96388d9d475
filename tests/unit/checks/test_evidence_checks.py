"""Tests of the checks on results, identifiers, citations and recommendations."""

from decimal import Decimal

import pytest

from pathwaydsl.checks import check
from pathwaydsl.model.evidence import (
    Arm,
    Bound,
    Estimate,
    Events,
    Evidence,
    Interval,
    PValue,
    Result,
    TrialId,
)
from pathwaydsl.model.nodes import Act, End
from pathwaydsl.model.pathway import Document, Library
from pathwaydsl.model.recommendations import Rating, Recommendation
from pathwaydsl.model.values import Citation, Code, PartialDate
from pathwaydsl.text.finding import Severity


def bound(number):
    """A bound; None is `not reached`."""
    return Bound(None if number is None else Decimal(number))


def interval(low, high):
    """An interval."""
    return Interval(bound(low), bound(high))


def of_result(**result):
    """The rules found in one result."""
    study = Evidence(id="s", label="S", outcomes=(Result(id="o", label="O", **result),))
    own = Library(evidence=(study,))
    return [f.rule for f in check({"f": Document(file="f", library=own, own=own)})]


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        ("0.68", "0.56", "0.84", []),
        ("0.56", "0.56", "0.84", []),
        ("0.86", "0.56", "0.84", ["PW421"]),
        ("0.68", "0.84", "0.56", ["PW420"]),
        ("0.68", "0", "0.84", ["PW422"]),
        ("0.68", "0.56", None, []),
        ("0.50", "0.56", None, ["PW421"]),
    ],
)
def test_a_ratio_lies_in_its_interval(value, low, high, expected):
    """A ratio is above 0 and inside its interval; one mistake is one finding."""
    estimate = Estimate("hazard-ratio", Decimal(value), interval(low, high))
    assert of_result(estimate=estimate) == expected


def test_a_difference_may_be_negative():
    """Differences have no lower limit."""
    estimate = Estimate("difference", Decimal(-3), interval("-5", "-1"))
    assert of_result(estimate=estimate) == []


def test_an_arm_that_was_not_reached_lies_in_any_interval():
    """`not reached` is compared with nothing."""
    assert of_result(arms=(Arm("new", bound(None), interval("10", None)),)) == []
    assert of_result(arms=(Arm("new", bound("9"), interval("10", None)),)) == ["PW421"]


def test_no_more_events_than_patients():
    """As many events as patients are possible, more are not."""
    assert of_result(events=(Events(5, 5),)) == []
    assert of_result(arms=(Arm("new", events=Events(6, 5)),)) == ["PW423"]


def test_a_p_value_is_a_probability():
    """A p-value lies between 0 and 1."""
    assert of_result(p=PValue(Decimal(1))) == []
    assert of_result(p=PValue(Decimal("1.1"))) == ["PW424"]


@pytest.mark.parametrize(
    ("scheme", "value", "expected"),
    [
        ("doi", "10.1056/NEJMoa1113216", []),
        ("doi", "10.1016/S1470-2045(13)70130-X", []),
        ("doi", "https://doi.org/10.1056/x", ["PW430"]),
        ("pmid", "22149875", []),
        ("pmid", "022149875", ["PW431"]),
        ("pmcid", "PMC7360146", []),
        ("eudract", "2012-002556-17", []),
        ("eudract", "2012-2556-17", ["PW432"]),
        ("journal", "N Engl J Med 2012;366:109-119", []),
        ("url", "https://example.org", []),
        ("url", "javascript:alert(1)", ["PW807"]),
    ],
)
def test_codes_of_known_schemes_are_well_formed(scheme, value, expected):
    """Only schemes with a known form are looked at."""
    assert of_result(cites=(Citation(code=Code(scheme, value)),)) == expected


def test_trial_ids_are_well_formed():
    """An NCT number has eight digits."""
    for value, expected in (("NCT00567190", []), ("NCT0567190", ["PW432"])):
        own = Library(evidence=(Evidence(id="s", label="S", trial=TrialId("nct", value)),))
        found = check({"f": Document(file="f", library=own, own=own)})
        assert [f.rule for f in found] == expected


def advised(pathway, found, study, *, head=None, **advice):
    """The rules found in a pathway that recommends one thing."""
    rated = {"strength": "strong", "ratings": (Rating("grade", ("high",)),)} | advice
    nodes = (
        Act(id="a", label="A", then="b", recommendation=Recommendation(**rated)),
        End(id="b", label="B"),
    )
    library = Library(evidence=(study,))
    return [f.rule for f in found(pathway(*nodes, library=library, **(head or {})))]


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (PartialDate(2024, 12, 31), []),
        (PartialDate(2025), []),
        (PartialDate(2025, 1, 2), ["PW413"]),
        (PartialDate(2026), ["PW413"]),
    ],
)
def test_a_year_alone_may_lie_before_the_date(pathway, found, published, expected):
    """What may have been published by the pathway's date counts as known."""
    study = Evidence(id="s", label="S", published=published)
    assert advised(pathway, found, study, evidence=("s",)) == expected


def test_later_results_are_listed_once_a_study(pathway, found):
    """Results from after the pathway's date are information."""
    later = tuple(Result(id=i, label=i, published=PartialDate(2026)) for i in ("o", "p"))
    study = Evidence(id="s", label="S", published=PartialDate(2020), outcomes=later)
    assert advised(pathway, found, study, evidence=("s",)) == ["PW414"]


def test_what_was_retracted_is_not_cited(pathway, found):
    """A retracted study is an error wherever it is cited."""
    study = Evidence(id="s", label="S", retracted=PartialDate(2023))
    assert advised(pathway, found, study, evidence=("s",)) == ["PW415"]


def test_a_recommendation_says_what_it_rests_on(pathway, found):
    """Evidence, an extrapolation and good practice are each enough."""
    study = Evidence(id="s", label="S")
    cited = (Rating("grade", ("high",), by="s"),)
    assert advised(pathway, found, study, ratings=cited) == ["PW410"]
    assert advised(pathway, found, study, ratings=cited, extrapolates="From adults") == []
    assert advised(pathway, found, study, ratings=cited, good_practice="Of course") == []


def test_a_recommendation_is_rated_or_says_why_not(pathway, found):
    """Neither rated nor ungraded is a warning; in a graded pathway an error."""
    study = Evidence(id="s", label="S")
    assert advised(pathway, found, study, evidence=("s",), ratings=()) == ["PW412"]
    graded = {"grading": "esmo"}
    assert advised(pathway, found, study, evidence=("s",), head=graded) == ["PW411"]
    assert advised(pathway, found, study, evidence=("s",), head=graded, ungraded="New") == []


def test_a_library_may_know_more_studies_than_are_cited(pathway):
    """Studies of a library that no pathway cites are information, once a file."""
    own = Library(evidence=(Evidence(id="s", label="S"), Evidence(id="t", label="T")))
    nodes = (Act(id="a", label="A", then="b"), End(id="b", label="B"))
    library = Document(file="library", library=own, own=own)
    found = check({"library": library, "p": Document(file="p", pathway=pathway(*nodes))})
    assert [(f.rule, f.severity, f.message) for f in found] == [
        ("PW440", Severity.INFO, "No pathway cites “S” and “T”")
    ]
