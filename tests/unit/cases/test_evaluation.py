"""The walker's answers against a second evaluator, written from the reference alone.

The second one knows no missing values: it tries every value that a missing one can have.
"""

import itertools
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from pathwaydsl.cases.evaluation import Missing, Patient, opposite
from pathwaydsl.model.criteria import Condition, Points, Score
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
from pathwaydsl.model.nodes import Assignment
from pathwaydsl.model.pathway import Library
from pathwaydsl.model.regimens import Dose, Give, GivenDrug, Phase, Regimen, Schedule
from pathwaydsl.model.values import Quantity

VALUES = {
    "yes": [("truth", True), ("truth", False), ("unknown", True)],
    "number": [("number", Decimal(n)) for n in (0, 1, 2)] + [("named", "never"), ("unknown", True)],
    "one": [("named", name) for name in ("a", "b", "c")] + [("unknown", True)],
    "set": [("members", ("a",)), ("members", ("a", "b")), ("named", "none"), ("unknown", True)],
}

UNKNOWN = None
SIGNS = {
    Sign.EQUAL: lambda a, b: a == b,
    Sign.LESS: lambda a, b: a < b,
    Sign.AT_MOST: lambda a, b: a <= b,
    Sign.MORE: lambda a, b: a > b,
    Sign.AT_LEAST: lambda a, b: a >= b,
}


def brute(expression, values, library, had):
    """Kleene's answer for a patient of whom every value is given."""

    def ask(criterion, says):
        kind, value = values[criterion]
        return UNKNOWN if kind == "unknown" else says(kind, value)

    def sums(score):
        totals = {0}
        for part in library.score[score].parts:
            told = brute(part.when, values, library, had)
            steps = {True: {part.points}, False: {0}, UNKNOWN: {0, part.points}}[told]
            totals = {total + step for total in totals for step in steps}
        return totals

    def compare(subject, score, says):
        if score:
            answers = {says(Decimal(total)) for total in sums(subject)}
            return answers.pop() if len(answers) == 1 else UNKNOWN
        return ask(subject, lambda kind, value: kind == "number" and says(value))

    def inner(part):
        return brute(part, values, library, had)

    match expression:
        case And(parts):
            answers = list(map(inner, parts))
            return False if False in answers else UNKNOWN if UNKNOWN in answers else True
        case Or(parts):
            answers = list(map(inner, parts))
            return True if True in answers else UNKNOWN if UNKNOWN in answers else False
        case Not(part):
            return {True: False, False: True, UNKNOWN: UNKNOWN}[inner(part)]
        case AtLeast(count, parts):
            answers = list(map(inner, parts))
            if answers.count(True) >= count:
                return True
            return False if len(answers) - answers.count(False) < count else UNKNOWN
        case Meets(condition):
            return inner(library.condition[condition].means)
        case Holds(criterion):
            return ask(criterion, lambda _, value: value)
        case IsOneOf(criterion, names):
            return ask(criterion, lambda kind, value: kind == "named" and value in names)
        case Includes(criterion, name):
            return ask(criterion, lambda kind, value: kind == "members" and name in value)
        case Compares(subject, sign, quantity, score):
            return compare(subject, score, lambda n: SIGNS[sign](n, quantity.number))
        case Within(subject, low, high, _, closed, score):
            return compare(
                subject, score, lambda n: low <= n and (n <= high if closed else n < high)
            )
        case IsUnknown(criterion):
            return values[criterion][0] == "unknown"
        case IsKnown(criterion):
            return values[criterion][0] != "unknown"
        case Had(regimen, drug):
            return regimen in had if regimen else any(drug in library.regimen[r].drugs for r in had)
    raise AssertionError(expression)


numbers = st.integers(-1, 3).map(Decimal)


def compared(subject, *, score):
    """Comparisons of one number."""
    return st.one_of(
        st.builds(
            lambda sign, n: Compares(subject, sign, Quantity(n), score=score),
            st.sampled_from(Sign),
            numbers,
        ),
        st.builds(
            lambda low, high, closed: Within(subject, low, high, None, closed, score=score),
            numbers,
            numbers,
            st.booleans(),
        ),
    )


simple = st.one_of(
    st.just(Holds("yes")),
    compared("number", score=False),
    st.builds(
        lambda names: IsOneOf("one", tuple(names)),
        st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, unique=True),
    ),
    st.sampled_from([IsOneOf("number", ("never",)), IsOneOf("set", ("none",))]),
    st.sampled_from([Includes("set", "a"), Includes("set", "b")]),
    st.sampled_from([*map(IsUnknown, VALUES), *map(IsKnown, VALUES)]),
    st.sampled_from([Had(regimen="r"), Had(drug="d"), Had(drug="e")]),
)


def grown(parts):
    """Expressions made of others."""
    several = st.lists(parts, min_size=2, max_size=4).map(tuple)
    return st.one_of(
        several.map(And),
        several.map(Or),
        parts.map(Not),
        st.builds(AtLeast, st.integers(1, 4), several),
    )


base = st.recursive(simple, grown, max_leaves=6)
libraries = st.builds(
    lambda means, parts: Library(
        conditions=(Condition(id="named", label="Named", means=means),),
        scores=(Score(id="score", label="Score", parts=tuple(parts)),),
        regimens=(
            Regimen(
                id="r",
                label="R",
                gives=(
                    Give((GivenDrug("d", (Phase(Dose(Quantity(Decimal(1), "mg")), Schedule()),)),)),
                ),
            ),
        ),
    ),
    base,
    st.lists(st.builds(Points, st.integers(-2, 2), base), min_size=1, max_size=4),
)
expressions = st.recursive(
    st.one_of(simple, st.just(Meets("named")), compared("score", score=True)),
    grown,
    max_leaves=8,
)
patients = st.fixed_dictionaries({name: st.sampled_from(found) for name, found in VALUES.items()})
hads = st.sampled_from([frozenset(), frozenset({"r"})])


def patient(values, library, had):
    """The patient as the walker knows them."""
    given = {name: Assignment(name, **{kind: value}) for name, (kind, value) in values.items()}
    return Patient(given, library, had)


@settings(max_examples=500, deadline=None)
@given(expressions, libraries, patients, hads)
def test_every_answer_is_that_of_the_second_evaluator(expression, library, values, had):
    """With every value given, both agree on true, false and unknown."""
    told = patient(values, library, had).truth(expression)
    assert told == brute(expression, values, library, had)
    assert not isinstance(told, Missing)


@settings(max_examples=200, deadline=None)
@given(expressions, libraries, patients, hads, st.sets(st.sampled_from(sorted(VALUES))))
def test_an_answer_in_spite_of_missing_values_holds_for_all_of_them(
    expression, library, values, had, left_out
):
    """True and false are said only where no missing value could change it; else they are named."""
    known = {name: value for name, value in values.items() if name not in left_out}
    told = patient(known, library, had).truth(expression)
    if isinstance(told, Missing):
        assert told.criteria
        assert set(told.criteria) <= left_out
        return
    names = sorted(left_out)
    for found in itertools.product(*(VALUES[name] for name in names)):
        whole = known | dict(zip(names, found, strict=True))
        assert brute(expression, whole, library, had) == told


@settings(max_examples=100, deadline=None)
@given(expressions, libraries, patients, hads)
def test_not_turns_true_and_false_around(expression, library, values, had):
    """Twice `not` says the same."""
    one = patient(values, library, had)
    assert one.truth(Not(Not(expression))) == one.truth(expression)
    assert opposite(opposite(one.truth(expression))) == one.truth(expression)


def test_a_score_of_forty_parts_has_an_answer():
    """Where there are too many sums, the bounds decide, and nothing wrong is said."""
    parts = tuple(Points(2**n, Holds("yes")) for n in range(40))
    library = Library(scores=(Score(id="score", label="Score", parts=parts),))
    one = Patient({"yes": Assignment("yes", unknown=True)}, library)

    def told(sign, number):
        return one.truth(Compares("score", sign, Quantity(Decimal(number)), score=True))

    assert told(Sign.EQUAL, 5) is None
    assert told(Sign.LESS, 2**40) is True
    assert told(Sign.MORE, 2**40) is False


def test_conditions_that_share_parts_are_asked_once():
    """Conditions that each name the one before twice do not take for ever."""
    conditions = [Condition(id="c0", label="C", means=Holds("yes"))]
    conditions += [
        Condition(id=f"c{n}", label="C", means=And((Meets(f"c{n - 1}"), Meets(f"c{n - 1}"))))
        for n in range(1, 60)
    ]
    library = Library(conditions=tuple(conditions))
    assert Patient({"yes": Assignment("yes", truth=True)}, library).truth(Meets("c59")) is True


def test_a_long_chain_of_conditions_has_an_answer():
    """Conditions may stand on each other as often as they like, scores among them."""
    conditions = [Condition(id="c0", label="C", means=Holds("yes"))]
    scores = []
    for n in range(1, 3000):
        part = Points(1, Meets(f"c{n - 1}"))
        scores.append(Score(id=f"s{n}", label="S", parts=(part,)))
        at_least_one = Compares(f"s{n}", Sign.AT_LEAST, Quantity(Decimal(1)), score=True)
        conditions.append(Condition(id=f"c{n}", label="C", means=at_least_one))
    library = Library(conditions=tuple(conditions), scores=tuple(scores))
    one = Patient({"yes": Assignment("yes", unknown=True)}, library)
    assert one.truth(Meets("c2999")) is None
    assert one.sums("s2999").possible == {0, 1}
