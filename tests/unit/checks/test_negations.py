"""A `not` that also takes in a named answer is pointed out."""

from decimal import Decimal

import pytest

from pathwaydsl.checks.negations import negations
from pathwaydsl.checks.review import CheckOptions, Review
from pathwaydsl.model.criteria import Condition, Criterion, NumberRange, Value
from pathwaydsl.model.expressions import And, Compares, IsOneOf, Meets, Not, Or, Sign
from pathwaydsl.model.nodes import Branch, Decide
from pathwaydsl.model.pathway import Document
from pathwaydsl.model.values import Quantity

LATE = Compares("interval", Sign.AT_LEAST, Quantity(Decimal(12), "months"))
PLAIN = Compares("age", Sign.AT_LEAST, Quantity(Decimal(12), "months"))
NEVER = IsOneOf("interval", ("never",))
MONTHS = NumberRange(Decimal(0), Decimal(600), "months")


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (LATE, False),
        (Not(LATE), True),
        (Not(Not(LATE)), False),
        (Not(PLAIN), False),
        (Not(Or((PLAIN, LATE))), True),
        (Not(Meets("late")), True),
        (And((Not(NEVER), Not(LATE))), False),
        (Or((NEVER, Not(LATE))), False),
    ],
)
def test_a_negated_comparison_says_what_happens_to_named_answers(pathway, library, when, told):
    """It is told where the line does not speak of the named answer itself."""
    own = library(
        criteria=[
            Criterion(id="interval", label="Interval", domain=MONTHS,
                      also=(Value("never", "never"),)),
            Criterion(id="age", label="Age", domain=MONTHS),
        ],
        conditions=[Condition(id="late", label="Late", means=LATE)],
    )  # fmt: skip
    made = pathway(
        Decide(id="q", label="Q", branches=(Branch(target="q", when=when),)), library=own
    )
    document = Document(file="example.pathway", library=own, own=own, pathway=made)
    found = list(negations(Review({"example.pathway": document}, CheckOptions())))
    assert [one.rule for one in found] == (["PW328"] if told else [])
