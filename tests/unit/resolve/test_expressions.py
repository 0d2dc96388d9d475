"""Every form of expression reaches the model, and every impossible test is told."""

from decimal import Decimal

import pytest

from pathwaydsl.model.expressions import (
    And,
    AtLeast,
    Compares,
    Had,
    Holds,
    Includes,
    IsKnown,
    IsOneOf,
    IsUnknown,
    Meets,
    Not,
    Or,
    Sign,
    Within,
)
from pathwaydsl.model.values import Quantity

PREGNANT = Holds("pregnant")
FIT = Meets("fit")


def _compares(subject: str, sign: Sign, number: str, unit: str | None = None, **more: bool):
    return Compares(subject, sign, Quantity(Decimal(number), unit), **more)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("hr is positive", IsOneOf("hr", ("positive",))),
        ("hr is not positive", Not(IsOneOf("hr", ("positive",)))),
        ("hr in {positive, low}", IsOneOf("hr", ("positive", "low"))),
        ("hr not in {positive, low}", Not(IsOneOf("hr", ("positive", "low")))),
        ("lvef >= 50 %", _compares("lvef", Sign.AT_LEAST, "50", "%")),
        ("lvef < 50%", _compares("lvef", Sign.LESS, "50", "%")),
        ("lvef <= 49.50 percent", _compares("lvef", Sign.AT_MOST, "49.50", "%")),
        ("ecog > 1", _compares("ecog", Sign.MORE, "1")),
        ("ecog = 0", _compares("ecog", Sign.EQUAL, "0")),
        (
            "interval in 6..12 months",
            Within("interval", Decimal(6), Decimal(12), "months", high_included=True),
        ),
        ("ecog not in 1..2", Not(Within("ecog", Decimal(1), Decimal(2), None, high_included=True))),
        (
            "lvef from 40 to under 50 %",
            Within("lvef", Decimal(40), Decimal(50), "%", high_included=False),
        ),
        ("sites includes brain", Includes("sites", "brain")),
        ("sites excludes brain", Not(Includes("sites", "brain"))),
        ("sites is none", IsOneOf("sites", ("none",))),
        ("interval is never", IsOneOf("interval", ("never",))),
        ("lvef is unknown", IsUnknown("lvef")),
        ("lvef is known", IsKnown("lvef")),
        ("lvef is not known", Not(IsKnown("lvef"))),
        ("pregnant", PREGNANT),
        ("fit", FIT),
        ("not pregnant", Not(PREGNANT)),
        ("pregnant and (fit or not pregnant)", And((PREGNANT, Or((FIT, Not(PREGNANT)))))),
        ("pregnant and fit and hr is low", And((PREGNANT, FIT, IsOneOf("hr", ("low",))))),
        ("not (pregnant or fit)", Not(Or((PREGNANT, FIT)))),
        ("((pregnant))", PREGNANT),
        (
            "at least 2 of (pregnant, fit, ecog = 4)",
            AtLeast(2, (PREGNANT, FIT, _compares("ecog", Sign.EQUAL, "4"))),
        ),
        ("risk >= 2", _compares("risk", Sign.AT_LEAST, "2", score=True)),
        ("risk >= 2 points", _compares("risk", Sign.AT_LEAST, "2", score=True)),
        (
            "risk in 0..1",
            Within("risk", Decimal(0), Decimal(1), None, high_included=True, score=True),
        ),
        ("had thp", Had(regimen="thp")),
        ("had docetaxel", Had(drug="docetaxel")),
    ],
)
def test_forms_of_expressions(condition, text, meant):
    """Every form of the reference has its meaning in the model, without a finding."""
    project = condition(text)
    assert project.document.library.condition["asked"].means == meant
    assert not project.findings


def test_a_set_of_several_answers_means_these_and_no_others(condition):
    """`sites is {brain, liver}` leaves the other answers out."""
    means = condition("sites is {brain, liver}").document.library.condition["asked"].means
    brain, liver, bone = (Includes("sites", name) for name in ("brain", "liver", "bone"))
    assert means == And((brain, liver, Not(bone)))


def test_spans_say_where_an_expression_was_written(condition):
    """Every test knows its place in the text."""
    project = condition("pregnant and lvef < 50 %")
    [first, second] = project.document.library.condition["asked"].means.parts
    text = project.texts["example.pathway"]
    assert text[first.span.start : first.span.end] == "pregnant"
    assert text[second.span.start : second.span.end] == "lvef < 50 %"


@pytest.mark.parametrize(
    ("text", "code", "shows"),
    [
        ("prgnant", "PW201", "`pregnant`"),
        ("hr is postive", "PW206", "`positive`"),
        ("hr in {positive, lwo}", "PW206", "`low`"),
        ("sites includes brian", "PW206", "`brain`"),
        ("interval is nevr", "PW206", "`never`"),
        ("thp", "PW207", ""),
        ("had fit", "PW207", ""),
        ("lvef >= 50", "PW208", "`%`"),
        ("lvef >= 50 months", "PW208", "in %"),
        ("ecog = 1 %", "PW208", ""),
        ("interval >= 1 year", "PW208", "months"),
        ("risk >= 1 %", "PW208", ""),
        ("lvef >= 50 prozent", "PW209", ""),
        ("lvef >= 0 %", "PW210", ""),
        ("lvef < 0 %", "PW210", ""),
        ("lvef > 100 %", "PW210", ""),
        ("ecog = 0.5", "PW210", ""),
        ("ecog in 0..4", "PW210", ""),
        ("lvef from 40 to under 40 %", "PW210", ""),
        ("hr in {positive, low, negative}", "PW210", "known"),
        ("at least 0 of (pregnant, fit)", "PW210", ""),
        ("at least 3 of (pregnant, fit)", "PW210", "1 to 2"),
        ("risk >= -1", "PW210", ""),
        ("lvef >= 120 %", "PW211", ""),
        ("lvef in 90..120 %", "PW211", ""),
        ("risk >= 8", "PW211", ""),
        ("pregnant is unknown", "PW214", "may be unknown"),
        ("ecog is known", "PW214", ""),
        ("hr in {low, low}", "PW216", ""),
        ("ecog in 3..1", "PW220", "1..3"),
        ("lvef from 50 to under 40 %", "PW220", "from 40 to under 50 %"),
        ("hr = positive", "PW221", "`hr is positive`"),
        ("hr >= low", "PW221", ""),
        ("hr >= 2", "PW221", ""),
        ("hr in 1..2", "PW221", ""),
        ("ecog is 2", "PW221", "`ecog = 2`"),
        ("interval = never", "PW221", "`interval is never`"),
        ("hr includes low", "PW221", "`hr is low`"),
        ("hr is {low, positive}", "PW221", "in {"),
        ("sites is brain", "PW221", "`sites includes brain`"),
        ("sites in {brain, liver}", "PW221", "includes"),
        ("sites includes none", "PW221", "`sites is none`"),
        ("fit is yes", "PW221", "`fit`"),
        ("risk is high", "PW221", ""),
        ("pregnant = 1", "PW221", "`pregnant`"),
        ("pregnant is yes", "PW222", "`pregnant`"),
        ("pregnant is no", "PW222", "`not pregnant`"),
        ("pregnant is not yes", "PW222", "`not pregnant`"),
        ("hr", "PW223", "`hr is positive`"),
        ("lvef", "PW223", "`lvef >= 50 %`"),
        ("sites", "PW223", "includes"),
        ("risk", "PW223", ">="),
        ("at least 1.5 of (pregnant, fit)", "PW224", ""),
    ],
)
def test_mistakes_in_expressions(condition, text, code, shows):
    """Each mistake is one finding that shows what to write."""
    project = condition(text)
    assert project.codes == [code]
    [finding] = project.findings
    assert shows in (finding.help or "") + finding.message


def test_an_order_comparison_is_not_always_true_beside_a_named_answer(condition):
    """`interval >= 0 months` leaves `never` out, so it tells something."""
    assert not condition("interval >= 0 months").findings


def test_a_name_that_is_missing_in_several_places_is_one_finding(resolved, criteria):
    """The other places are labels of the same finding."""
    project = resolved(
        criteria
        + 'condition a "A" means nobody or fit\ncondition b "B" means not nobody\n'
        + 'condition c "C" means nobody is x\n'
    )
    [finding] = project.findings
    assert finding.message == "There is no criterion or condition `nobody`"
    assert len(finding.labels) == 2


def test_a_name_with_two_meanings_is_told_where_it_is_used(resolved, criteria):
    """A criterion and a condition may share a name until somebody asks for it."""
    twin = criteria + 'condition pregnant "Expecting" means fit\n'
    assert [c for c in resolved(twin).codes if c != "PW233"] == []
    assert "PW233" in resolved(twin + 'condition x "X" means pregnant\n').codes


def test_many_parentheses_do_no_harm(condition):
    """Deep nesting is read without an error of the program."""
    deep = "not (" * 150 + "pregnant" + ")" * 150
    project = condition(deep)
    assert project.document.library.condition["asked"].means.kind == "not"
