"""Two small pathways as the model holds them, made by hand."""

from __future__ import annotations

from decimal import Decimal

from pathwaydsl.model.cases import Case, Chosen, Expect, Given
from pathwaydsl.model.criteria import Criterion, NumberRange, YesNo
from pathwaydsl.model.evidence import (
    Arm,
    Axis,
    Bound,
    Estimate,
    Evidence,
    Interval,
    Level,
    PValue,
    Result,
    Scheme,
    TrialId,
)
from pathwaydsl.model.expressions import Compares, Holds, Not, Sign
from pathwaydsl.model.gaps import Gap, Question, Study
from pathwaydsl.model.nodes import (
    Act,
    Assess,
    Assignment,
    Branch,
    Choose,
    Decide,
    During,
    End,
    Enter,
    GapNode,
    Option,
    Treat,
)
from pathwaydsl.model.pathway import Library, Pathway
from pathwaydsl.model.recommendations import Monitoring, MonitoringStage, Rating, Recommendation
from pathwaydsl.model.regimens import (
    Dose,
    Drug,
    Give,
    GivenDrug,
    Phase,
    Regimen,
    Schedule,
    Warning_,
)
from pathwaydsl.model.values import Citation, Code, PartialDate, Position, Quantity, Version


def _number(text):
    return Decimal(text)


def _weeks(number):
    return Quantity(_number(number), "weeks")


def _lvef(sign):
    return Compares("lvef", sign, Quantity(_number("50"), "%"))


_PFS = Result(
    id="pfs",
    label="Progression-free survival",
    published=PartialDate(2012),
    assessed_by="independent review",
    clock_from="randomisation",
    arms=(
        Arm(
            "alpha and beta",
            Bound(_number("18.5")),
            Interval(Bound(_number("15.1")), Bound(None)),
            "months",
        ),
        Arm("beta", Bound(_number("12.4")), unit="months"),
    ),
    estimate=Estimate(
        "hazard-ratio",
        _number("0.62"),
        Interval(Bound(_number("0.51")), Bound(_number("0.75"))),
    ),
    p=PValue(_number("0.001"), below=True, sides=2),
    cites=(Citation(code=Code("doi", "10.1056/NEJMoa1113216")),),
)
_LATER = Result(
    id="os",
    label="Overall survival",
    published=PartialDate(2026, 3, 1),
    arms=(Arm("alpha and beta", Bound(_number("57.1")), unit="months"),),
)

LIBRARY = Library(
    criteria=(
        Criterion(
            id="lvef",
            label="LVEF",
            domain=NumberRange(_number("0"), _number("100"), "%"),
            may_be_unknown=True,
        ),
        Criterion(id="pregnant", label="pregnancy", domain=YesNo()),
    ),
    drugs=(
        Drug(
            id="alpha",
            label="alphamab",
            codes=(Code("atc", "L01FD01"),),
            contraindications=(
                Warning_(Holds("pregnant"), "Harms the fetus", cites=(Citation(evidence="label"),)),
            ),
            cautions=(Warning_(_lvef(Sign.LESS), "Not studied below this"),),
        ),
        Drug(id="beta", label="betataxel"),
    ),
    regimens=(
        Regimen(
            id="two-drugs",
            label="Alphamab and betataxel",
            gives=(
                Give(
                    (
                        GivenDrug(
                            "alpha",
                            (
                                Phase(
                                    Dose(Quantity(_number("8"), "mg/kg")), Schedule(times=0), "IV"
                                ),
                                Phase(
                                    Dose(Quantity(_number("6"), "mg/kg")),
                                    Schedule(every=_weeks("3")),
                                ),
                            ),
                        ),
                    ),
                    until="progression",
                ),
                Give(
                    (
                        GivenDrug(
                            "beta",
                            (
                                Phase(
                                    Dose(Quantity(_number("75"), "mg/m2")),
                                    Schedule(every=_weeks("3")),
                                    "IV",
                                    Quantity(_number("6"), "cycles"),
                                    at_least=True,
                                ),
                            ),
                        ),
                    ),
                    until="the cycles are given",
                ),
            ),
            notes=("Beta may be raised",),
        ),
    ),
    evidence=(
        Evidence(id="asco-2022", label="ASCO 2022", kind="guideline", published=PartialDate(2022)),
        Evidence(id="label", label="Label of alphamab", kind="regulator"),
        Evidence(id="later", label="LATER", kind="trial", published=PartialDate(2027)),
        Evidence(
            id="trial-one",
            label="TRIAL-ONE",
            kind="trial",
            trial=TrialId("nct", "NCT00567190"),
            enrolled=808,
            published=PartialDate(2012),
            compares=("alpha and beta", "beta"),
            outcomes=(_PFS, _LATER),
        ),
    ),
    schemes=(
        Scheme(
            id="asco",
            label="ASCO",
            axes=(
                Axis("quality", (Level("high", "high quality"), Level("low", "low quality"))),
                Axis("strength", (Level("strong", "strong"), Level("weak", "weak"))),
            ),
            built_in=True,
        ),
    ),
    gaps=(
        Gap(
            id="how-long",
            label="How long should alphamab go on?",
            gap_kind="de-escalation",
            question=Question("Long control", "Stopping", "Going on", "Overall survival"),
            priority="high",
            status="under-study",
            studied_by=(Study(trial=TrialId("nct", "NCT05721248")),),
            raised=PartialDate(2023, 5, 1),
            review_by=PartialDate(2026, 5, 1),
        ),
    ),
)

FIRST_LINE = Pathway(
    id="first-line",
    label="First line of an example",
    file="content/first.pathway",
    version=Version(2, 0, 0),
    date=PartialDate(2025, 12, 24),
    status="published",
    supersedes=Version(1, 0, 0),
    population="Adults who read examples",
    eligible_stated=True,
    start="work-up",
    rationale="An example with *emphasis* and a [link](https://example.org/).\n\nSecond paragraph.",
    nodes=(
        Assess(id="work-up", label="Work-up", measures=("lvef", "pregnant"), then="first-question"),
        Decide(
            id="first-question",
            label="Pregnant?",
            branches=(
                Branch("nobody-knows", Holds("pregnant")),
                Branch("heart", Not(Holds("pregnant"))),
            ),
        ),
        Decide(
            id="heart",
            label="Can the heart carry it?",
            branches=(
                Branch("both-drugs", _lvef(Sign.AT_LEAST)),
                Branch("second", _lvef(Sign.LESS), label="Weak heart"),
                Branch("work-up", role="unknown"),
            ),
            positions=(
                Position("TRIAL-ONE", "LVEF of at least 50 %", (Citation(evidence="trial-one"),)),
            ),
        ),
        Treat(
            id="both-drugs",
            label="Alphamab with betataxel",
            regimen="two-drugs",
            recommendation=Recommendation(
                strength="strong",
                ratings=(Rating("asco", ("high", "strong"), "asco-2022"),),
                evidence=("trial-one", "later"),
                flags=("how-long",),
            ),
            monitoring=(Monitoring((MonitoringStage(_weeks("12")),), criterion="lvef"),),
            then="what-next",
        ),
        Choose(
            id="what-next",
            label="What next?",
            options=(
                Option("done", "Stop", preferred=True),
                Option("both-drugs", "Go on", when=_lvef(Sign.AT_LEAST)),
            ),
            with_patient=True,
            considerations=("How the patient feels",),
        ),
        GapNode(
            id="nobody-knows",
            label="What to do in pregnancy?",
            gap=Gap(
                id="nobody-knows",
                label="What to do in pregnancy?",
                gap_kind="population",
                question=Question("Pregnant patients", "Betataxel alone", "Waiting", "Survival"),
                priority="medium",
                status="open",
                raised=PartialDate(2025, 12, 24),
                meanwhile="An individual plan",
                then="done",
            ),
        ),
        Enter(id="second", label="Second line", pathway="second-line"),
        End(id="done", label="Done"),
    ),
    durings=(During(nodes=("both-drugs",), branches=(Branch("nobody-knows", Holds("pregnant")),)),),
    cases=(
        Case(
            "A healthy heart",
            steps=(
                Given(
                    (
                        Assignment("lvef", number=_number("62")),
                        Assignment("pregnant", truth=False),
                    )
                ),
                Chosen("what-next", "done"),
            ),
            expects=(
                Expect("way", ("both-drugs", "done")),
                Expect("flagged", ("how-long",)),
                Expect("never", ("second",)),
                Expect("only", ("both-drugs", "done")),
                Expect("end-at", ("done",)),
                Expect("stuck", ("heart",), missing="lvef"),
            ),
        ),
    ),
    library=LIBRARY,
)

SECOND_LINE = Pathway(
    id="second-line",
    label="Second line of an example",
    file="content/second.pathway",
    version=Version(1, 0, 0),
    date=PartialDate(2025, 12, 24),
    status="draft",
    population="Adults who read on",
    start="rest",
    nodes=(
        Act(
            id="rest",
            label="Rest and fluids",
            recommendation=Recommendation(good_practice="Nobody objects"),
            then="over",
        ),
        End(id="over", label="Over"),
    ),
    library=LIBRARY,
)
