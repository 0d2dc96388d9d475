"""Questions that are large: an answer, or "undecided", and never a long wait."""

from decimal import Decimal

import pytest

from pathwaydsl.checks import Review
from pathwaydsl.checks.arriving import who_arrives
from pathwaydsl.model.criteria import Criterion, NumberRange, Points, Score, YesNo
from pathwaydsl.model.expressions import (
    And,
    AtLeast,
    Compares,
    Holds,
    IsKnown,
    IsUnknown,
    Not,
    Or,
    Sign,
    Within,
)
from pathwaydsl.model.nodes import Assess, Branch, Decide, End, Together
from pathwaydsl.model.pathway import Document, Library, Pathway
from pathwaydsl.model.values import Quantity
from pathwaydsl.text.span import Span


def yes_no(count):
    return tuple(
        Criterion(id=f"c{i}", label=f"C{i}", domain=YesNo(), may_be_unknown=True)
        for i in range(count)
    )


def number(high):
    return (Criterion(id="x", label="X", domain=NumberRange(Decimal(0), Decimal(high))),)


@pytest.fixture
def found():
    """The rules found in a pathway with one decision."""

    def check(criteria, *branches, nodes=(), start="work-up", **library):
        held = Library(criteria=criteria, **library)
        decision = (
            Assess(
                id="work-up",
                label="Work-up",
                measures=tuple(criterion.id for criterion in criteria),
                then="question",
            ),
            Decide(id="question", label="Question", branches=branches),
            End(id="yes", label="Yes"),
            End(id="no", label="No"),
        )
        pathway = Pathway(
            id="hard",
            label="Hard",
            file="hard.pathway",
            start=start,
            nodes=nodes or decision,
            library=held,
            span=Span("hard.pathway", 0, 1),
        )
        document = Document(file="hard.pathway", library=held, own=held, pathway=pathway)
        return [one.rule for one in who_arrives(Review({"hard.pathway": document}))]

    return check


REST = (Branch("no", role="otherwise"), Branch("no", role="unknown"))


def test_sixty_criteria_in_one_decision(found):
    """Sixty criteria at once are decided."""
    parts = tuple(Holds(f"c{i}") for i in range(60))
    assert found(yes_no(60), Branch("yes", And(parts)), *REST) == []


def test_half_of_sixty_criteria(found):
    """At least thirty of sixty is decided."""
    parts = tuple(Holds(f"c{i}") for i in range(60))
    assert found(yes_no(60), Branch("yes", AtLeast(30, parts)), *REST) == []


def test_a_score_of_forty_parts(found):
    """A score of forty parts is decided, on both sides and where it cannot be told."""
    score = Score(
        id="s",
        label="S",
        parts=tuple(Points(1 + i % 3, Holds(f"c{i}")) for i in range(40)),
    )
    high = Compares("s", Sign.AT_LEAST, Quantity(Decimal(20)), score=True)
    low = Compares("s", Sign.LESS, Quantity(Decimal(20)), score=True)
    lines = (Branch("yes", high), Branch("no", low))
    assert found(yes_no(40), *lines, scores=(score,)) == ["PW301"]
    assert found(yes_no(40), *lines, Branch("no", role="unknown"), scores=(score,)) == []


def test_a_thousand_branches(found):
    """A thousand ranges side by side are decided; one that goes missing is uncovered."""
    lines = [
        Branch("yes", Within("x", Decimal(i), Decimal(i + 1), None, high_included=False))
        for i in range(1000)
    ]
    last = Branch("no", Compares("x", Sign.EQUAL, Quantity(Decimal(1000))))
    assert found(number(1000), *lines, last) == []
    assert found(number(1000), *lines[:500], *lines[501:], last) == ["PW301"]


def test_too_much_at_once_is_undecided(found):
    """Past the budget the finding says so; nothing is taken for safe."""
    count = 40
    shuffled = [Or((Holds(f"c{i}"), Holds(f"c{(i * 7 + 3) % count}"))) for i in range(count)]
    mixed = And(
        tuple(
            Or((Not(one), Holds(f"c{(i * 11 + 5) % count}"), Holds(f"c{(i * 17 + 1) % count}")))
            for i, one in enumerate(shuffled)
        )
    )
    every = AtLeast(2, tuple(And((mixed, Holds(f"c{i}"))) for i in range(4)))
    rules = found(yes_no(count), Branch("yes", And((mixed, every))), *REST)
    assert rules in ([], ["PW309"])


def test_strands_run_beside_each_other(found):
    """What each strand finds out holds together after all of them."""
    criteria = yes_no(2)
    nodes = (
        Together(id="both", label="Both", strands=("first", "second"), then="question"),
        Assess(id="first", label="First", measures=("c0",), then="question"),
        Assess(id="second", label="Second", measures=("c1",), then="question"),
        Decide(
            id="question",
            label="Question",
            branches=(
                Branch("yes", And((IsKnown("c0"), IsKnown("c1")))),
                Branch("no", Or((IsUnknown("c0"), IsUnknown("c1")))),
            ),
        ),
        End(id="yes", label="Yes"),
        End(id="no", label="No"),
    )
    assert found(criteria, nodes=nodes, start="both") == []
    only = (nodes[0], nodes[1], *nodes[3:])
    alone = Together(id="both", label="Both", strands=("first", "first"), then="question")
    assert found(criteria, nodes=(alone, *only[1:]), start="both") == ["PW307"]
