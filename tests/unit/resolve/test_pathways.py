"""A pathway's head, its boxes and its cases reach the model."""

from decimal import Decimal

import pytest

from pathwaydsl.model.cases import Chosen, Expect, Given
from pathwaydsl.model.expressions import Holds, IsOneOf
from pathwaydsl.model.nodes import (
    RESUME,
    Act,
    Assess,
    Assignment,
    Branch,
    Choose,
    Decide,
    End,
    Enter,
    GapNode,
    Option,
    Together,
    Treat,
    Within,
)
from pathwaydsl.model.pathway import Approval, Author
from pathwaydsl.model.recommendations import (
    Balance,
    Monitoring,
    MonitoringStage,
    Rating,
    Vote,
)
from pathwaydsl.model.values import PartialDate, Quantity, Version

END = '\nact care "Care" { then done }\nend done "Done"\n'


def _quantity(number: int, unit: str) -> Quantity:
    return Quantity(Decimal(number), unit)


def test_the_head_reaches_the_model(resolved, criteria):
    """Every statement of the head is kept."""
    project = resolved(
        criteria,
        inside="""
  supersedes 0.9.0
  grading grade
  searched to 2024-12-31
  license "CC-BY-4.0"
  author "Ada" role "Chair" interests "None"
  author "Bob"
  approved by "The board" on 2024-11-30
  change-note "New"
  impossible when pregnant and fit because "Not here"
  rationale "Why"
"""
        + END,
    )
    assert not project.findings
    pathway = project.pathway
    assert (pathway.id, pathway.label, pathway.file) == ("example", "Example", "example.pathway")
    assert (pathway.version, pathway.supersedes) == (Version(1, 0, 0), Version(0, 9, 0))
    assert (pathway.date, pathway.status) == (PartialDate(2025, 1, 1), "draft")
    assert (pathway.population, pathway.start) == ("Adults", "care")
    assert (pathway.eligible, pathway.eligible_stated) == (None, True)
    assert (pathway.grading, pathway.searched_to) == ("grade", PartialDate(2024, 12, 31))
    assert pathway.license == "CC-BY-4.0"
    assert pathway.authors == (Author("Ada", "Chair", "None"), Author("Bob", "", ""))
    assert pathway.approvals == (Approval("The board", PartialDate(2024, 11, 30)),)
    assert (pathway.change_note, pathway.rationale) == ("New", "Why")
    assert [rule.because for rule in pathway.impossible] == ["Not here"]


def test_eligible_when(resolved, criteria):
    """Who a pathway is for may be an expression."""
    text = (
        f"pathwaydsl 1\n{criteria}"
        'pathway example "Example" { eligible when pregnant start at done end done "Done" }'
    )
    project = resolved(files={"other.pathway": text})
    pathway = project.documents["other.pathway"].pathway
    assert pathway is not None
    assert (pathway.eligible, pathway.eligible_stated) == (Holds("pregnant"), True)


BOXES = """
  assess work-up "Work-up" {
    measures lvef, ecog
    within 2 weeks of care
    recommend for strong
    then heart
  }
  decide heart "Heart?" {
    first match
    when pregnant -> care "Pregnant" flags g, unmet
    otherwise -> way
    unknown -> unmet
    position "WHO" says "Look" cite study
    advise against "Guessing" strong
  }
  choose way "Which way?" {
    option treatment "Treat" preferred when fit
    option both
    decided with patient
    consider "Wishes"
    consider "Age"
    flags g
  }
  treat treatment "THP" {
    regimen thp
    monitor lvef every 12 weeks for 1 year
    then every 6 months
    monitor "Weight" every 3 weeks
    within 4 weeks of work-up
    sets ecog = 1, hr is low
    sets not pregnant, sites is {brain, bone}
    then both
  }
  together both "Both" { do strand-a do strand-b then done }
  act strand-a "A" { then done }
  act strand-b "B" { sets lvef is unknown then done }
  enter elsewhere "Elsewhere" { pathway other version 2.0.0 sets interval = 3 months }
  gap unmet "Unmet" { kind safety then elsewhere }
  act hold "Hold" { then resume }
  during treatment, care {
    when pregnant -> hold "Hold"
    when lvef < 40 % -> resume
  }
"""
GAP = 'gap g "G" { kind cns }\n'
OTHER = {"other.pathway": 'pathwaydsl 1\npathway other "Other"\n'}


def test_boxes_reach_the_model(resolved, criteria):
    """Every kind of box with every statement is kept, in the order written."""
    project = resolved(criteria + GAP, inside=BOXES + END, files=OTHER)
    assert not project.findings, [f.message for f in project.findings]
    pathway = project.pathway
    node = pathway.node
    assert [n.kind for n in pathway.nodes] == [
        "assess", "decide", "choose", "treat", "together", "act", "act", "enter", "gap", "act",
        "act", "end",
    ]  # fmt: skip
    assess = node["work-up"]
    assert isinstance(assess, Assess)
    assert (assess.measures, assess.then) == (("lvef", "ecog"), "heart")
    assert assess.within == Within(_quantity(2, "weeks"), "care")
    assert assess.recommendation.strength == "strong"
    decide = node["heart"]
    assert isinstance(decide, Decide)
    assert decide.first_match
    assert decide.branches == (
        Branch("care", Holds("pregnant"), "when", "Pregnant", ("g", "unmet")),
        Branch("way", None, "otherwise"),
        Branch("unmet", None, "unknown"),
    )
    assert [p.who for p in decide.positions] == ["WHO"]
    assert [a.text for a in decide.recommendation.against] == ["Guessing"]
    choose = node["way"]
    assert isinstance(choose, Choose)
    assert [(o.target, o.label, o.preferred, o.when is None) for o in choose.options] == [
        ("treatment", "Treat", True, False),
        ("both", None, False, True),
    ]
    assert isinstance(choose.options[0], Option)
    assert choose.with_patient
    assert choose.considerations == ("Wishes", "Age")
    assert choose.recommendation.flags == ("g",)


def test_treatments_actions_and_ways_on_reach_the_model(resolved, criteria):
    """Monitoring, times, values and targets of the other boxes are kept."""
    project = resolved(criteria + GAP, inside=BOXES + END, files=OTHER)
    pathway = project.pathway
    node = pathway.node
    treat = node["treatment"]
    assert isinstance(treat, Treat)
    assert treat.regimen == "thp"
    assert treat.monitoring == (
        Monitoring(
            (
                MonitoringStage(_quantity(12, "weeks"), _quantity(1, "years")),
                MonitoringStage(_quantity(6, "months")),
            ),
            criterion="lvef",
        ),
        Monitoring((MonitoringStage(_quantity(3, "weeks")),), text="Weight"),
    )
    assert treat.sets == (
        Assignment("ecog", number=Decimal(1)),
        Assignment("hr", named="low"),
        Assignment("pregnant", truth=False),
        Assignment("sites", members=("brain", "bone")),
    )
    both = node["both"]
    assert isinstance(both, Together)
    assert (both.strands, both.then) == (("strand-a", "strand-b"), "done")
    strand = node["strand-b"]
    assert isinstance(strand, Act)
    assert strand.sets == (Assignment("lvef", unknown=True),)
    enter = node["elsewhere"]
    assert isinstance(enter, Enter)
    assert (enter.pathway, enter.version) == ("other", Version(2, 0, 0))
    assert enter.sets == (Assignment("interval", number=Decimal(3)),)
    gap = node["unmet"]
    assert isinstance(gap, GapNode)
    assert (gap.gap.gap_kind, gap.then) == ("safety", "elsewhere")
    assert isinstance(node["done"], End)
    [during] = pathway.durings
    assert during.nodes == ("treatment", "care")
    assert [branch.target for branch in during.branches] == ["hold", RESUME]
    hold = node["hold"]
    assert isinstance(hold, Act)
    assert hold.then == RESUME


def test_recommendation_statements_reach_the_model(resolved, criteria):
    """Strength, ratings, evidence, balance, votes and the rest are kept."""
    project = resolved(
        criteria + GAP,
        inside="""
  act care "Care" {
    recommend for weak
    advise against thp conditional
    advise against docetaxel strong
    rated asco high, weak by study
    rated grade low by committee
    ungraded because "U"
    good-practice because "G"
    evidence study
    extrapolates because "E"
    balance { benefits "b" harms "h" values "v" cost "c" equity "e" feasibility "f" favours "x" }
    position "A" says "B"
    vote for 9 against 1 abstain 2
    dissent "D"
    flags g
    then done
  }
  end done "Done"
""",
    )
    assert not project.findings
    advice = project.pathway.node["care"].recommendation
    assert advice.strength == "weak"
    assert [(a.regimen, a.drug, a.strength) for a in advice.against] == [
        ("thp", None, "conditional"),
        (None, "docetaxel", "strong"),
    ]
    assert advice.ratings == (
        Rating("asco", ("high", "weak"), "study"),
        Rating("grade", ("low",)),
    )
    assert (advice.ungraded, advice.good_practice, advice.extrapolates) == ("U", "G", "E")
    assert (advice.evidence, advice.flags, advice.dissent) == (("study",), ("g",), "D")
    assert advice.balance == Balance("b", "h", "v", "c", "e", "f", "x")
    assert [p.who for p in advice.positions] == ["A"]
    assert advice.vote == Vote(9, 1, 2)


def test_a_share_of_votes(resolved):
    """A vote may be given in per cent."""
    project = resolved(inside=END.replace("{ then", "{ vote 98 % then"))
    assert project.pathway.node["care"].recommendation.vote == Vote(share=Decimal(98))


def test_a_gap_of_a_library_can_be_arrived_at(resolved):
    """It becomes a box of the pathway that leads nowhere."""
    project = resolved('gap g "G"', inside='act care "Care" { then g }')
    assert not project.findings
    node = project.pathway.node["g"]
    assert isinstance(node, GapNode)
    assert node.gap is project.document.library.gap["g"]


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("grading grad\n" + END, "PW201"),
        (END.replace("then done", "then doone"), "PW201"),
        (END.replace("then done", "then thp"), "PW207"),
        (END.replace('care "Care"', "care"), "PW801"),
        (END + 'end done "Again"', "PW202"),
        (END + 'gap care "Care"', "PW202"),
        (END.replace("{ then", "{ flags done then"), "PW207"),
        (END.replace("{ then", "{ flags nothing then"), "PW201"),
        (END.replace("{ then", "{ flags g, g then"), "PW216"),
        (END + 'gap g "Again"', "PW202"),
        (END.replace("{ then", "{ evidence thp then"), "PW207"),
        (END.replace("{ then", "{ recommend for stron then"), "PW212"),
        (END.replace("{ then", "{ recommend for weak then"), "PW212"),
        (END.replace("{ then", "{ rated asco weak, high by study then"), "PW213 PW213"),
        (END.replace("{ then", "{ rated grade low, low by study then"), "PW213"),
        (END.replace("{ then", "{ rated grade low by nobody then"), "PW201"),
        (END.replace("{ then", "{ rated thp low by study then"), "PW207"),
        (END.replace("{ then", "{ good-practice then"), "PW229"),
        (END.replace("{ then", "{ vote 98 months then"), "PW208"),
        (END.replace("{ then", "{ vote 108 % then"), "PW211"),
        (END.replace("{ then", "{ vote for 1.5 against 0 abstain 0 then"), "PW224"),
        (END.replace("{ then", "{ monitor lvf every 3 weeks then"), "PW201"),
        (END.replace("{ then", "{ monitor lvef every 3 mg then"), "PW208"),
        (END.replace("{ then", "{ then every 3 weeks then"), "PW235"),
        (END.replace("{ then", "{ within 3 weeks of nowhere then"), "PW201"),
        (END.replace("{ then", "{ sets pregnant is yes then"), "PW222"),
        (END.replace("{ then", "{ sets lvef then"), "PW223"),
        (END.replace("{ then", "{ sets lvef = 120 % then"), "PW211"),
        (END.replace("{ then", "{ sets lvef = 20 then"), "PW208"),
        (END.replace("{ then", "{ sets ecog = 1.5 then"), "PW224"),
        (END.replace("{ then", "{ sets hr is psitive then"), "PW206"),
        (END.replace("{ then", "{ sets hr = positive then"), "PW221"),
        (END.replace("{ then", "{ sets ecog is unknown then"), "PW214"),
        (END.replace("{ then", "{ sets hr is {low} then"), "PW221"),
        (END.replace("{ then", "{ sets fit then"), "PW207"),
        (END.replace("{ then", "{ sets ecog = 1, ecog = 2 then"), "PW216"),
        (END + 'enter e "E" { pathway nowhere }', "PW201"),
        (END + 'treat t "T" { regimen docetaxel }', "PW207"),
        (END + 'assess a "A" { measures lvef, lvef }', "PW216"),
        (END + 'assess a "A" { measures fit }', "PW207"),
        (END + "during done { when pregnant -> care }", "PW207"),
        (END + "during nobody { when pregnant -> care }", "PW201"),
        (END + "during care { when pregnant -> nobody }", "PW201"),
        ("impossible when pregnant\n" + END, "PW229"),
    ],
)
def test_mistakes_in_pathways(resolved, criteria, inside, code):
    """Each mistake is one finding (each wrong level one of its own)."""
    project = resolved(criteria + 'gap g "G"\n', inside=inside)
    assert project.codes == code.split(), [f.message for f in project.findings]


def test_a_status_is_a_word_of_the_list(resolved):
    """An unknown status is told where it stands."""
    text = 'pathwaydsl 1\npathway other "Other" { status finished start at done end done "Done" }'
    project = resolved(files={"other.pathway": text})
    assert [project.said(finding) for finding in project.findings] == ["finished"]
    assert project.codes == ["PW212"]


def test_a_missing_start_box_is_named(resolved):
    """`start at` names a box of the pathway."""
    project = resolved(inside='end done "Done"')
    assert project.codes == ["PW201"]
    assert project.said(project.findings[0]) == "care"


def test_a_missing_box_is_one_finding_with_every_place(resolved):
    """The second place is a label, and the name stays in the model."""
    project = resolved(
        inside='choose care "Care" { option later option now }\nact now "Now" { then later }'
    )
    [finding] = project.findings
    assert (finding.rule, len(finding.labels)) == ("PW201", 1)
    now = project.pathway.node["now"]
    assert isinstance(now, Act)
    assert now.then == "later"


CASES = """
case "A patient" {
  given hr is positive, lvef = 62 %, pregnant, not pregnant
  at care given sites is {brain, liver}
  at way choose done
  during care given interval is never
  expect care later done
  expect only care then done
  expect never unmet
  expect end at done
  expect flagged g
  expect stuck at way without hr
}
"""
CASED = """
act care "Care" { then way }
choose way "Way" { option done option unmet }
gap unmet "Unmet"
end done "Done"
during care { when pregnant -> done }
"""


def test_cases_reach_the_model(resolved, criteria):
    """Every step and every expectation of a case is kept in order."""
    project = resolved(criteria + GAP, inside=CASED, cases=CASES.replace(", not pregnant", ""))
    assert not project.findings, [f.message for f in project.findings]
    [case] = project.pathway.cases
    assert case.label == "A patient"
    assert case.steps == (
        Given(
            (
                Assignment("hr", named="positive"),
                Assignment("lvef", number=Decimal(62)),
                Assignment("pregnant", truth=True),
            )
        ),
        Given((Assignment("sites", members=("brain", "liver")),), at="care"),
        Chosen("way", "done"),
        Given((Assignment("interval", named="never"),), during="care"),
    )
    assert case.expects == (
        Expect("way", ("care", "done")),
        Expect("only", ("care", "done")),
        Expect("never", ("unmet",)),
        Expect("end-at", ("done",)),
        Expect("flagged", ("g",)),
        Expect("stuck", ("way",), "hr"),
    )


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("given lvf = 62 %", "PW201"),
        ("given lvef = 620 %", "PW211"),
        ("given lvef = 62", "PW208"),
        ("given hr is postive", "PW206"),
        ("given pregnant, not pregnant", "PW216"),
        ("given sites is {brain, none}", "PW221"),
        ("given fit", "PW207"),
        ("at nowhere given pregnant", "PW201"),
        ("at care choose done", "PW207"),
        ("at way choose care", "PW228"),
        ("during way given pregnant", "PW228"),
        ("expect nowhere", "PW201"),
        ("expect only way", "PW207"),
        ("expect flagged care", "PW207"),
        ("expect stuck at way without lvf", "PW201"),
    ],
)
def test_mistakes_in_cases(resolved, criteria, case, code):
    """Each mistake is one finding."""
    project = resolved(criteria, inside=CASED, cases=f'case "C" {{ {case} }}')
    assert project.codes == [code], [f.message for f in project.findings]


def test_a_case_needs_a_label(resolved):
    """A case without words cannot be listed."""
    assert resolved(inside=END, cases="case { expect care }").codes == ["PW801"]


def test_a_case_needs_a_pathway(resolved):
    """A case in a library has nothing to walk."""
    assert resolved('case "C" { expect care }').codes == ["PW227"]


def test_had_prefers_the_drug(resolved):
    """Where a drug and a regimen share a name, `had` and `advise against` mean the drug."""
    project = resolved(
        'drug x "X"\nregimen x "X alone" { give x 5 mg daily }\ncondition after "After" means had x'
    )
    means = project.document.library.condition["after"].means
    assert (means.drug, means.regimen) == ("x", None)
    assert not project.findings


def test_is_one_of_in_branches_keeps_order(resolved, criteria):
    """A branch's condition is resolved like any other expression."""
    inside = 'decide care "Care" { when hr in {low, positive} -> done otherwise -> done }'
    project = resolved(criteria, inside=inside + '\nend done "Done"')
    decide = project.pathway.node["care"]
    assert isinstance(decide, Decide)
    assert decide.branches[0].when == IsOneOf("hr", ("low", "positive"))
