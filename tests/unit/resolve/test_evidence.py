"""Studies, their results and evidence gaps reach the model with every number."""

from decimal import Decimal

import pytest

from pathwaydsl.model.evidence import (
    Arm,
    Bound,
    Certainty,
    Estimate,
    Events,
    Interval,
    PValue,
    TrialId,
)
from pathwaydsl.model.expressions import Holds
from pathwaydsl.model.gaps import Answer, Question, Study
from pathwaydsl.model.values import Citation, Code, PartialDate, Quantity
from pathwaydsl.resolve import ResolveOptions

STUDY = """
criterion frail "Frail" { yes or no }
evidence study "The study" {
  kind trial
  trial NCT00567190 phase 3
  enrolled 808
  published 2012-01-12
  compares "pertuzumab" with "placebo"
  eligible when not frail
  retracted 2024-02-29
  cite doi:10.1056/NEJMoa1113216, other
  rationale "Why"
  outcome pfs "Progression-free survival" {
    published 2015
    assessed by "independent review"
    clock from "randomisation"
    events 433 of 808
    arm "third"
    arm "pertuzumab" 18.5 ci 15..23 months events 191 of 402
    arm "placebo" not reached ci 49.3..not reached months
    hazard-ratio 0.62 ci 0.51..0.75
    p < 0.001 two-sided
    follow-up 19.3 months
    immature
    exploratory
    certainty high because "Assigned for this example"
    note "N"
    cite pmid:22149875
  }
  outcome ae "Diarrhoea" harm { difference -2.5 ci -4..-1 % p 0.0074 one-sided descriptive }
}
evidence other "Other" { kind guideline published 2024 }
"""


def test_a_study_reaches_the_model(resolved):
    """Kind, trial, size, dates, comparison, eligibility and citations are kept."""
    project = resolved(STUDY)
    assert not project.findings
    study = project.document.library.study["study"]
    assert (study.kind, study.trial, study.phase) == ("trial", TrialId("nct", "NCT00567190"), "3")
    assert (study.enrolled, study.published) == (808, PartialDate(2012, 1, 12))
    assert study.compares == ("pertuzumab", "placebo")
    assert study.eligible is not None
    assert study.eligible.part == Holds("frail")
    assert study.retracted == PartialDate(2024, 2, 29)
    assert study.cites == (
        Citation(code=Code("doi", "10.1056/NEJMoa1113216")),
        Citation(evidence="other"),
    )
    assert study.rationale == "Why"


def test_a_result_reaches_the_model(resolved):
    """Arms, intervals, estimates and p values keep their digits and their unit."""
    pfs, ae = resolved(STUDY).document.library.study["study"].outcomes
    months = "months"
    assert pfs.arms == (
        Arm("third"),
        Arm(
            "pertuzumab",
            Bound(Decimal("18.5")),
            Interval(Bound(Decimal(15)), Bound(Decimal(23))),
            months,
            Events(191, 402),
        ),
        Arm("placebo", Bound(None), Interval(Bound(Decimal("49.3")), Bound(None)), months),
    )
    assert pfs.events == (Events(433, 808),)
    interval = Interval(Bound(Decimal("0.51")), Bound(Decimal("0.75")))
    assert pfs.estimate == Estimate("hazard-ratio", Decimal("0.62"), interval)
    assert pfs.p == PValue(Decimal("0.001"), below=True, sides=2)
    assert pfs.follow_up == Quantity(Decimal("19.3"), months)
    assert (pfs.published, pfs.assessed_by) == (PartialDate(2015), "independent review")
    assert pfs.clock_from == "randomisation"
    assert (pfs.immature, pfs.exploratory, pfs.descriptive, pfs.harm) == (True, True, False, False)
    assert pfs.certainty == Certainty("high", "Assigned for this example")
    assert (pfs.notes, pfs.cites) == (("N",), (Citation(code=Code("pmid", "22149875")),))
    assert ae.harm
    assert ae.descriptive
    assert ae.estimate is not None
    assert (ae.estimate.kind, ae.estimate.unit) == ("difference", "%")
    assert ae.p == PValue(Decimal("0.0074"), sides=1)


@pytest.mark.parametrize("kind", ["odds-ratio", "risk-ratio", "hazard-ratio", "difference"])
def test_kinds_of_estimates(resolved, kind):
    """Every kind of effect reaches the model."""
    project = resolved(f'evidence e "E" {{ outcome o "O" {{ {kind} 1.20 }} }}')
    [outcome] = project.document.library.study["e"].outcomes
    assert outcome.estimate == Estimate(kind, Decimal("1.20"))
    assert str(outcome.estimate.value) == "1.20"


@pytest.mark.parametrize(
    ("written", "trial"),
    [
        ("NCT00567190", TrialId("nct", "NCT00567190")),
        ("eudract:2012-002556-17", TrialId("eudract", "2012-002556-17")),
        ('"ctis:2022 1"', TrialId("ctis", "2022 1")),
    ],
)
def test_trial_ids(resolved, written, trial):
    """A trial is named by its registry id or by a code."""
    project = resolved(f'evidence e "E" {{ trial {written} phase 2/3 }}')
    evidence = project.document.library.study["e"]
    assert (evidence.trial, evidence.phase) == (trial, "2/3")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("kind trail", "PW212"),
        ("enrolled 80.5", "PW224"),
        ("cite nothing", "PW201"),
        ('outcome o "O" outcome o "P"', "PW202"),
        ("outcome o", "PW801"),
        ('outcome o "O" { hazard-ratio 0.5 months }', "PW208"),
        ('outcome o "O" { arm "A" 3 weeks ci 2..4 months }', "PW208"),
        ('outcome o "O" { arm "A" 3 ci 2..4 mnths }', "PW209"),
        ('outcome o "O" { certainty hihg because "B" }', "PW213"),
        ('outcome o "O" { certainty high }', "PW229"),
        ('outcome o "O" { events 3.5 of 10 }', "PW224"),
    ],
)
def test_mistakes_in_evidence(resolved, text, code):
    """Each mistake is one finding."""
    assert resolved(f'evidence e "E" {{ {text} }}').codes == [code]


GAP = """
evidence study "The study"
gap g "What next?" {
  kind sequencing
  question {
    population "P"
    intervention "I"
    comparator "C"
    outcome "O"
  }
  priority high
  status answered
  studied by NCT00567190, study, eudract:2012-002556-17
  answered by study on 2025-01-31
  owner "The group"
  raised 2020-03-01
  review by 2026-06-30
  meanwhile "A plan with the patient"
  advise against "Everything" strong
  was old-gap
}
"""


def test_a_gap_reaches_the_model(resolved):
    """Every statement of a gap is kept."""
    project = resolved(GAP)
    assert not project.findings
    gap = project.document.library.gap["g"]
    assert (gap.gap_kind, gap.priority, gap.status) == ("sequencing", "high", "answered")
    assert gap.question == Question("P", "I", "C", "O")
    assert gap.studied_by == (
        Study(trial=TrialId("nct", "NCT00567190")),
        Study(evidence="study"),
        Study(trial=TrialId("eudract", "2012-002556-17")),
    )
    assert gap.answered == Answer("study", PartialDate(2025, 1, 31))
    assert (gap.owner, gap.meanwhile) == ("The group", "A plan with the patient")
    assert (gap.raised, gap.review_by) == (PartialDate(2020, 3, 1), PartialDate(2026, 6, 30))
    assert [against.text for against in gap.against] == ["Everything"]
    assert (gap.was, gap.then) == ("old-gap", None)


def test_a_project_may_add_kinds_of_gaps(resolved):
    """A word of the configuration is a kind of gap."""
    text = 'gap g "G" { kind access }'
    assert resolved(text).codes == ["PW212"]
    project = resolved(text, options=ResolveOptions(gap_kinds=("access",)))
    assert project.document.library.gap["g"].gap_kind == "access"
    assert not project.findings


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("kind sequencng", "PW212"),
        ("priority urgent", "PW212"),
        ("status opened", "PW212"),
        ("studied by nobody", "PW201"),
        ("studied by NCT00567190, NCT00567190", "PW216"),
        ("answered by nobody on 2025-01-01", "PW201"),
        ("then done", "PW225"),
    ],
)
def test_mistakes_in_gaps(resolved, text, code):
    """Each mistake is one finding."""
    assert resolved(f'gap g "G" {{ {text} }}').codes == [code]
