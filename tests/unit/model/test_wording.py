"""What conditions, doses and schedules read like."""

from decimal import Decimal

import pytest

from pathwaydsl.model import wording as words
from pathwaydsl.model import wording_regimens as regimen_words
from pathwaydsl.model.criteria import AnyOf, Condition, Criterion, NumberRange, OneOf, Value, YesNo
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
from pathwaydsl.model.gaps import AdviseAgainst
from pathwaydsl.model.nodes import Assignment, Branch, Decide, During
from pathwaydsl.model.pathway import Library
from pathwaydsl.model.recommendations import Monitoring, MonitoringStage
from pathwaydsl.model.regimens import Dose, Drug, Give, GivenDrug, Phase, Schedule, daily
from pathwaydsl.model.values import PartialDate, Quantity


def _q(number, unit=None):
    return Quantity(Decimal(number), unit)


LVEF = Criterion(id="lvef", label="LVEF", domain=NumberRange(Decimal(0), Decimal(100), "%"))
INTERVAL = Criterion(
    id="interval",
    label="Time since curative therapy",
    domain=NumberRange(Decimal(0), Decimal(600), "months"),
    also=(Value("never", "no therapy with curative intent"),),
)
HR = Criterion(
    id="hr",
    label="Hormone receptor",
    domain=OneOf((Value("positive", "positive"), Value("low", "low"), Value("no", "negative"))),
)
CNS = Criterion(
    id="cns",
    label="Metastases in the central nervous system",
    domain=OneOf((Value("none", "no known CNS metastases"), Value("stable", "treated, inactive"))),
)
SITES = Criterion(id="sites", label="Sites of metastases", domain=AnyOf((Value("brain", "brain"),)))
PREGNANT = Criterion(id="pregnant", label="Pregnant", domain=YesNo())
FIT = Condition(id="fit", label="Fit for a taxane", means=Holds("pregnant"))
LIBRARY = Library(
    criteria=(LVEF, INTERVAL, HR, CNS, SITES, PREGNANT),
    conditions=(FIT,),
    drugs=(Drug(id="docetaxel", label="docetaxel"), Drug(id="ai", label="letrozole")),
)
LOW = Compares("lvef", Sign.LESS, _q(50, "%"))
FINE = Compares("lvef", Sign.AT_LEAST, _q(50, "%"))
YEAR = Compares("interval", Sign.AT_LEAST, _q(12, "months"))


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        (LOW, "LVEF is below 50 %"),
        (FINE, "LVEF is 50 % or more"),
        (YEAR, "Time since curative therapy is 12 months or more"),
        (
            Compares("interval", Sign.LESS, _q(1, "months")),
            "Time since curative therapy is less than 1 month",
        ),
        (Compares("interval", Sign.MORE, _q("1.0", "months")),
         "Time since curative therapy is more than 1.0 months"),
        (Compares("lvef", Sign.MORE, _q("0.60")), "LVEF is above 0.60"),
        (Compares("lvef", Sign.EQUAL, _q("1E+3")), "LVEF is 1000"),
        (Compares("lvef", Sign.AT_MOST, _q("1.5", "x-ULN")), "LVEF is 1.5 × ULN or less"),  # noqa: RUF001
        (Within("lvef", Decimal(40), Decimal(50), "%", high_included=False),
         "LVEF is from 40 to under 50 %"),
        (Within("lvef", Decimal(40), Decimal(45), "%", high_included=True),
         "LVEF is from 40 to 45 %"),
        (IsOneOf("hr", ("positive", "low")), "Hormone receptor is positive or low"),
        (Not(IsOneOf("hr", ("positive",))), "Hormone receptor is not positive"),
        (Not(IsOneOf("hr", ("positive", "low"))), "Hormone receptor is neither positive nor low"),
        (IsOneOf("cns", ("none", "stable")),
         ("Metastases in the central nervous system: “no known CNS metastases” or"
         " “treated, inactive”")),
        (Not(IsOneOf("cns", ("none",))),
         "Metastases in the central nervous system: other than no known CNS metastases"),
        (IsUnknown("hr"), "Hormone receptor is not known"),
        (Not(IsKnown("hr")), "Hormone receptor is not known"),
        (IsKnown("hr"), "Hormone receptor is known"),
        (Includes("sites", "brain"), "Sites of metastases: includes brain"),
        (Not(Includes("sites", "brain")), "Sites of metastases: does not include brain"),
        (Holds("pregnant"), "Pregnant"),
        (Not(Holds("pregnant")), "Pregnant: no"),
        (Meets("fit"), "Fit for a taxane"),
        (Had(drug="docetaxel"), "has had docetaxel"),
        (Not(Had(drug="docetaxel")), "has not had docetaxel"),
        (Not(Not(LOW)), "LVEF is below 50 %"),
        (And((FINE, Holds("pregnant"))), "LVEF is 50 % or more and Pregnant"),
        (Not(And((FINE, Holds("pregnant")))), "not (LVEF is 50 % or more and Pregnant)"),
        (And((Compares("lvef", Sign.AT_LEAST, _q(40, "%")), LOW)),
         "LVEF is 40 % or more and below 50 %"),
        (And((Or((LOW, Holds("pregnant"))), Meets("fit"))),
         "(LVEF is below 50 % or Pregnant) and Fit for a taxane"),
        (And((IsOneOf("hr", ("positive", "low")), Meets("fit"))),
         "Hormone receptor is positive or low; and Fit for a taxane"),
        (AtLeast(2, (LOW, Holds("pregnant"), Meets("fit"))),
         "at least 2 of: LVEF is below 50 %; Pregnant; Fit for a taxane"),
    ],
)  # fmt: skip
def test_every_expression_reads_as_english(expression, said):
    """A condition is said by labels, with no id and no sign in it."""
    assert words.in_words(expression, LIBRARY) == said


def test_a_branch_on_one_criterion_leaves_its_name_out():
    """Where every branch asks about one criterion, the box above already names it."""
    decide = Decide(
        id="d",
        label="How long?",
        branches=(
            Branch("a", YEAR),
            Branch("b", IsOneOf("interval", ("never",))),
            Branch("c", Compares("interval", Sign.LESS, _q(12, "months")), label="Early"),
            Branch("d", role="unknown"),
            Branch("e", role="otherwise"),
        ),
    )
    assert words.decision_in_words(decide, LIBRARY) == (
        "12 months or more",
        "no therapy with curative intent",
        "Early",
        "not known",
        "otherwise",
    )


def test_a_yes_or_no_question_is_answered_by_yes_and_no():
    """A decision on one yes-or-no criterion has the branches yes and no."""
    decide = Decide(
        id="d",
        label="Pregnant?",
        branches=(Branch("a", Holds("pregnant")), Branch("b", Not(Holds("pregnant")))),
    )
    assert words.decision_in_words(decide, LIBRARY) == ("yes", "no")


def test_names_stay_where_branches_ask_about_several_criteria():
    """The name of a criterion is left out only where it cannot be mistaken."""
    branches = (Branch("a", LOW), Branch("b", YEAR))
    decide = Decide(id="d", label="?", branches=branches)
    assert words.decision_in_words(decide, LIBRARY)[0] == "LVEF is below 50 %"
    during = During(nodes=("x",), branches=branches[:1])
    assert words.decision_in_words(during, LIBRARY) == ("LVEF is below 50 %",)


@pytest.mark.parametrize(
    ("schedule", "said"),
    [
        (Schedule(times=0), "once"),
        (daily(), "daily"),
        (daily(2), "twice daily"),
        (Schedule(every=_q(3, "weeks")), "every 3 weeks"),
        (Schedule(every=_q(1, "weeks")), "every week"),
        (Schedule(days=(1, 8, 15), cycle=21), "on days 1, 8 and 15 of each 21-day cycle"),
        (Schedule(days=(1,), cycle=21), "on day 1 of each 21-day cycle"),
        (
            Schedule(2, _q(1, "days"), tuple(range(1, 15)), 21, day_range=True),
            "twice daily on days 1 to 14 of each 21-day cycle",
        ),
    ],
)
def test_every_schedule_reads_as_english(schedule, said):
    """Frequencies and days are said as a prescriber says them."""
    assert regimen_words.schedule_in_words(schedule) == said


def test_a_give_line_says_doses_order_duration_and_stop():
    """A loading dose comes first, then what follows, how long, and when it stops."""
    give = Give(
        drugs=(
            GivenDrug(
                "docetaxel",
                (
                    Phase(Dose(_q(840, "mg")), Schedule(times=0), route="IV"),
                    Phase(
                        Dose(_q("75.0", "mg/m2")),
                        Schedule(every=_q(3, "weeks")),
                        lasts=_q(6, "cycles"),
                        at_least=True,
                    ),
                ),
            ),
        ),
        until="progression",
    )
    assert regimen_words.give_in_words(give, LIBRARY) == (
        "docetaxel 840 mg IV once, then 75.0 mg/m2 every 3 weeks for at least 6 cycles,"
        " until progression"
    )


def test_alternatives_are_said_as_one_of():
    """`give one of` names every alternative with its own dose."""
    phase = Phase(Dose(_q(6), auc=True), daily(), route="PO")
    give = Give((GivenDrug("docetaxel", (phase,)), GivenDrug("ai", (phase,))), when=LOW)
    assert regimen_words.give_in_words(give, LIBRARY) == (
        "one of: docetaxel AUC 6 by mouth daily; or letrozole AUC 6 by mouth daily,"
        " if LVEF is below 50 %"
    )


def test_monitoring_names_each_interval():
    """`then every` follows the interval before it."""
    monitoring = Monitoring(
        (MonitoringStage(_q(12, "weeks"), _q(1, "years")), MonitoringStage(_q(6, "months"))),
        criterion="lvef",
    )
    said = regimen_words.monitoring_in_words(monitoring, LIBRARY)
    assert said == "LVEF every 12 weeks for 1 year, then every 6 months"


def test_small_values_have_words():
    """Dates, strengths, statuses and kinds of gaps are prose."""
    assert words.date_in_words(PartialDate(2025, 12, 24)) == "24 December 2025"
    assert words.date_in_words(PartialDate(2025)) == "2025"
    assert words.strength_in_words("conditional") == "Conditional recommendation"
    assert words.status_in_words("under-study") == "under study"
    assert words.gap_kind_in_words("de-escalation") == "de-escalation"
    assert words.gap_kind_in_words("my-own-kind") == "my own kind"
    assert words.gap_kind_in_words("cns") == "central nervous system"
    against = AdviseAgainst("strong", drug="docetaxel")
    said = regimen_words.against_in_words(against, LIBRARY)
    assert said == "Strong recommendation against docetaxel"


def test_assignments_have_words():
    """A value given or set is said with its criterion and its unit."""
    said = [
        words.assignment_in_words(assignment, LIBRARY)
        for assignment in (
            Assignment("lvef", number=Decimal(62)),
            Assignment("pregnant", truth=False),
            Assignment("hr", unknown=True),
            Assignment("hr", named="positive"),
            Assignment("sites", members=("brain",)),
        )
    ]
    assert said == [
        "LVEF is 62 %",
        "Pregnant: no",
        "Hormone receptor is not known",
        "Hormone receptor is positive",
        "Sites of metastases: brain",
    ]


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Neutrophils", "Neutrophils: 0"),
        ("Lines of systemic therapy so far", "Lines of systemic therapy so far: 0"),
        ("Metastases in the brain", "Metastases in the brain: 0"),
        ("Distance walked in six minutes", "Distance walked in six minutes is 0"),
        ("ECOG performance status", "ECOG performance status is 0"),
        ("Time since curative therapy", "Time since curative therapy is 0"),
    ],
)
def test_what_is_several_never_is_one(label, said):
    """After a name in the plural stands a colon, before numbers as before words."""
    library = Library(criteria=(Criterion(id="c", label=label, domain=LVEF.domain),))
    assert words.in_words(Compares("c", Sign.EQUAL, _q(0)), library) == said
    known = words.in_words(IsKnown("c"), library)
    assert known == said.replace("0", "known")
