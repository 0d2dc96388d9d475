"""Criteria, conditions, scores, impossible rules and drugs reach the model."""

from decimal import Decimal

import pytest

from pathwaydsl.model.criteria import AnyOf, NumberRange, OneOf, YesNo
from pathwaydsl.model.expressions import Holds
from pathwaydsl.model.values import Citation, Code
from pathwaydsl.resolve import ResolveOptions, resolve
from pathwaydsl.syntax.reader import read
from pathwaydsl.text.source import Source

_CIRCLE = """
criterion c "C" { yes or no }
score s "S" { 1 point when a }
condition a "A" means s >= 1 and c
"""


def test_one_of_keeps_its_answers_in_order_with_labels(resolved, criteria):
    """A list of answers keeps its order; an answer without a label is said by its name."""
    library = resolved(criteria).document.library
    domain = library.criterion["hr"].domain
    assert isinstance(domain, OneOf)
    assert [(v.id, v.label) for v in domain.values] == [
        ("positive", "hormone-receptor positive"),
        ("low", "low"),
        ("negative", "negative"),
    ]
    assert library.criterion["hr"].may_be_unknown
    assert not library.criterion["pregnant"].may_be_unknown


@pytest.mark.parametrize(
    ("answers", "domain"),
    [
        ("yes or no", YesNo()),
        ("number 0..100 %", NumberRange(Decimal(0), Decimal(100), "%")),
        ("number -2.5..2.5", NumberRange(Decimal("-2.5"), Decimal("2.5"))),
        ("number 0..5 year", NumberRange(Decimal(0), Decimal(5), "years")),
        ("whole number 0..4", NumberRange(Decimal(0), Decimal(4), whole=True)),
    ],
)
def test_answers_of_a_criterion(resolved, answers, domain):
    """Every way to say the answers of a criterion reaches the model."""
    project = resolved(f'criterion a "A" {{ {answers} }}')
    assert project.document.library.criterion["a"].domain == domain
    assert not project.findings


def test_any_of_with_a_value_for_the_empty_set(resolved, criteria):
    """`also` adds a named answer beside the list."""
    sites = resolved(criteria).document.library.criterion["sites"]
    assert isinstance(sites.domain, AnyOf)
    assert [v.id for v in sites.domain.values] == ["brain", "liver", "bone"]
    assert [(v.id, v.label) for v in sites.also] == [("none", "no site")]


def test_a_criterion_carries_codes_role_positions_and_lineage(resolved):
    """Everything that may stand in a criterion reaches the model."""
    project = resolved("""
evidence e "E"
criterion pik3ca "PIK3CA" {
  one of mutated, wild-type
  code snomed:123, "loinc:1 2"
  code atc:L01
  role prognostic because "It only tells the outlook"
  position "WHO" says "Test it" cite e, pmid:22149875
  rationale "Why"
  was pik3
  replaces a, b
}
""")
    criterion = project.document.library.criterion["pik3ca"]
    assert criterion.codes == (Code("snomed", "123"), Code("loinc", "1 2"), Code("atc", "L01"))
    assert criterion.prognostic == "It only tells the outlook"
    [position] = criterion.positions
    assert (position.who, position.says) == ("WHO", "Test it")
    assert position.cites == (Citation(evidence="e"), Citation(code=Code("pmid", "22149875")))
    assert (criterion.rationale, criterion.was, criterion.replaces) == ("Why", "pik3", ("a", "b"))
    assert not project.findings


def test_condition_and_score(resolved, criteria):
    """A condition has its meaning, a score its points, which may be negative."""
    project = resolved(
        criteria
        + 'score s "S" { 1 points when pregnant -2 points when not pregnant source study }\n'
    )
    library = project.document.library
    score = library.score["s"]
    assert [part.points for part in score.parts] == [1, -2]
    assert score.parts[0].when == Holds("pregnant")
    assert score.source == "study"
    assert library.condition["fit"].label == "Fit"
    assert not project.findings


def test_impossible_is_kept_with_its_reason(resolved, criteria):
    """Values that cannot occur together are in the library, with their reason."""
    project = resolved(
        criteria + 'impossible when pregnant and ecog = 4 because "Never seen" { rationale "R" }'
    )
    [rule] = project.document.library.impossible
    assert rule.because == "Never seen"
    assert rule.rationale == "R"


def test_drug_with_what_travels_with_it(resolved, criteria):
    """A drug has codes, classes, contraindications and cautions with their sources."""
    project = resolved(
        criteria
        + """
drug x "X" {
  code atc:L01FD02
  class "antibody"
  contraindicated when pregnant because "Harm" cite study
  caution when lvef < 50 % because "Heart"
}
"""
    )
    drug = project.document.library.drug["x"]
    assert drug.classes == ("antibody",)
    [against] = drug.contraindications
    assert (against.when, against.because) == (Holds("pregnant"), "Harm")
    assert against.cites == (Citation(evidence="study"),)
    assert [caution.because for caution in drug.cautions] == ["Heart"]
    assert not project.findings


def test_a_definition_without_statements_ends_without_braces(resolved):
    """A drug may be no more than its name and label."""
    project = resolved('drug x "X"')
    assert project.document.library.drug["x"].label == "X"
    assert not project.findings


def test_a_missing_label_is_one_finding_and_falls_back_to_the_name(resolved):
    """Without a label the name is said with blanks."""
    project = resolved("drug long-name\n")
    assert project.codes == ["PW801"]
    assert project.document.library.drug["long-name"].label == "long name"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('criterion a "" { yes or no }', "PW802"),
        ('criterion a "A" { may be unknown }', "PW218"),
        ('criterion a "A"', "PW218"),
        ('criterion a "A" { yes or no number 0..1 }', "PW219"),
        ('criterion a "A" { number 4..0 }', "PW220"),
        ('criterion a "A" { one of x, y, x }', "PW202"),
        ('criterion a "A" { one of x, y also x }', "PW202"),
        ('criterion a "A" { number 0..5 wekks }', "PW209"),
        ('criterion a "A" { number 0 %..5 months }', "PW208"),
        ('criterion a "A" { whole number 0..1.5 }', "PW224"),
        ('criterion a "A" { one of x, y role prognostic }', "PW229"),
        ('criterion a "A" { yes or no }\nimpossible when a', "PW229"),
        ('criterion a "A" { yes or no }\nscore s "S" { 1.5 points when a }', "PW224"),
        ('criterion a "A" { yes or no }\nscore s "S" { 1 week when a }', "PW208"),
        ('drug a "A" { code "no colon" }', "PW238"),
        ('drug a "A" { contraindicated when b because "B" }', "PW201"),
        ('condition a "A" means not a', "PW215"),
        (
            _CIRCLE,
            "PW215",
        ),
    ],
)
def test_mistakes_in_definitions(resolved, text, code):
    """Each mistake is one finding."""
    assert resolved(text).codes == [code]


def test_conditions_in_a_circle_do_not_stay_in_the_model(resolved):
    """Whoever follows conditions comes to an end."""
    project = resolved('condition a "A" means not b\ncondition b "B" means not a\n')
    assert project.codes == ["PW215"]
    assert len(project.findings[0].labels) == 1
    library = project.document.library
    assert sum(library.condition[name].means.kind == "and" for name in "ab") == 1


def test_schemes_come_with_the_language(resolved):
    """The built-in schemes are in every library, but are nobody's own definitions."""
    document = resolved('drug a "A"').document
    levels = {
        scheme.id: [[level.id for level in axis.levels] for axis in scheme.axes]
        for scheme in document.library.schemes
    }
    assert levels == {
        "grade": [["high", "moderate", "low", "very-low"]],
        "esmo": [["I", "II", "III", "IV", "V"], ["A", "B", "C", "D", "E"]],
        "nccn": [["1", "2A", "2B", "3"]],
        "ocebm": [["1", "2", "3", "4", "5"]],
        "asco": [["high", "intermediate", "low", "insufficient"], ["strong", "moderate", "weak"]],
        "mcbs": [["5", "4", "3", "2", "1", "A", "B", "C"]],
        "escat": [["I-A", "I-B", "I-C", "II", "III", "IV", "V", "X"]],
    }
    assert all(scheme.built_in for scheme in document.library.schemes)
    assert document.own.schemes == ()


def test_own_scheme(resolved):
    """A scheme of one's own has axes with levels from best to worst."""
    project = resolved('scheme our "Ours" { axis trust { full "Full trust", none "No trust" } }')
    scheme = project.document.library.scheme["our"]
    assert [(x.id, [(v.id, v.label) for v in x.levels]) for x in scheme.axes] == [
        ("trust", [("full", "Full trust"), ("none", "No trust")])
    ]
    assert not scheme.built_in
    assert not project.findings


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('scheme grade "Mine" { axis a { x "X" } }', "PW202"),
        ('scheme s "S" { axis a { x "X" } axis a { y "Y" } }', "PW202"),
        ('scheme s "S" { axis a { x "X", x "Y" } }', "PW202"),
        ('scheme s "S"', "PW218"),
    ],
)
def test_mistakes_in_schemes(resolved, text, code):
    """Each mistake is one finding."""
    assert resolved(text).codes == [code]


def test_a_statement_that_could_not_be_read_does_not_make_a_criterion_always_known():
    """`may be unknown` may stand in what was left out; then nothing is said about unknown."""
    text = (
        'pathwaydsl 1\ncriterion c "C" { number 0..9 also x, y may be unknown }\n'
        'condition k "K" means c is known\n'
    )
    outcome = read(Source("a.pathway", text))
    assert [found.rule for found in outcome.findings] == ["PW111"]
    assert resolve({"a.pathway": outcome.value}, {}, ResolveOptions()).findings == ()


def test_a_score_counts_something(resolved):
    """A score without a line of points is a finding."""
    assert resolved('score s "S" { }\n').codes == ["PW218"]


def test_patients_are_not_counted_below_nothing(resolved, criteria):
    """A negative number of patients is a finding; points of a score may be negative."""
    assert resolved('evidence e "E" { enrolled -5 }\n').codes == ["PW211"]
    assert resolved(f'{criteria}score s "S" {{ -1 points when ecog = 0 }}\n').codes == []
