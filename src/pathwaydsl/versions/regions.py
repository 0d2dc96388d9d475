"""Two conditions as sets of patients: the same, wider, narrower, shifted or replaced.

Conditions and scores are opened, each with what its own version says of it. What cannot be put
side by side is said to be so, never to be the same.
"""

from collections.abc import Mapping
from typing import Any, Literal

from attrs import evolve, frozen

from pathwaydsl.logic.boxes import said
from pathwaydsl.logic.counting import Truth
from pathwaydsl.logic.diagrams import NOBODY, UndecidedError
from pathwaydsl.logic.mentioned import MeaninglessError, mentioned
from pathwaydsl.logic.regions import Patients
from pathwaydsl.model.criteria import AnyOf, Criterion, Domain, NumberRange, OneOf, Score, Value
from pathwaydsl.model.expressions import (
    And,
    AtLeast,
    Compares,
    Expression,
    Meets,
    Not,
    Or,
    Within,
    parts_of,
    tests_of,
)
from pathwaydsl.model.pathway import Library
from pathwaydsl.model.values import Quantity
from pathwaydsl.model.wording import in_words

BUDGET = 200_000
"""Steps for one pair of conditions."""

BEFORE = " (before)"


@frozen
class Relation:
    """How two conditions lie to each other.

    Attributes:
        gained: For whom only the new one holds, in words; empty for nobody.
        lost: For whom only the old one holds.
    """

    kind: Literal["same", "widened", "narrowed", "shifted", "replaced", "undecided"]
    gained: str = ""
    lost: str = ""


UNDECIDED = Relation("undecided")


def relation(
    old: Expression | None, new: Expression | None, old_library: Library, new_library: Library
) -> Relation:
    """Compares two conditions; None is everyone.

    Args:
        old: The condition of the old version.
        new: The condition of the new version.
        old_library: What the names of the old one stand for, under common names.
        new_library: What the names of the new one stand for.
    """
    try:
        library = _together(old_library, new_library)
        before = None if old is None else _opened(old, old_library, BEFORE)
        after = None if new is None else _opened(new, new_library, "")
        both = tuple(one for one in (before, after) if one is not None)
        if _at_odds(both, old_library, new_library):
            return UNDECIDED
        patients = Patients(library, both, missing=False, budget=BUDGET)
        asked = mentioned(both, library)
        diagrams = patients.diagrams
        among = diagrams.all_of(patients.possible_values(name) for name in asked.criteria)
        was, now = _truth(patients, before, among), _truth(patients, after, among)
        gained, lost = diagrams.without(now.true, was.true), diagrams.without(was.true, now.true)
        words = [
            _words(patients, some, among, both, library) if some != NOBODY else ""
            for some in (gained, lost)
        ]
        shared = diagrams.both(was.true, now.true)
        false_moved = was.false != now.false
    except (UndecidedError, MeaninglessError, KeyError):
        return UNDECIDED
    if gained == NOBODY == lost:
        if false_moved:
            return Relation("shifted", "those it cannot be told for are others")
        return Relation("same")
    if lost == NOBODY:
        return Relation("widened", *words)
    if gained == NOBODY:
        return Relation("narrowed", *words)
    return Relation("replaced" if shared == NOBODY else "shifted", *words)


def _truth(patients: Patients, expression: Expression | None, among: int) -> Truth:
    diagrams = patients.diagrams
    if expression is None:
        return Truth(among, NOBODY)
    told = patients.truth(expression)
    return Truth(diagrams.both(told.true, among), diagrams.both(told.false, among))


def _words(
    patients: Patients, some: int, among: int, both: tuple[Expression, ...], library: Library
) -> str:
    found = said(patients, some, among, mentioned(both, library))
    if found.whole is None:
        return "everyone"
    return in_words(found.whole, library) + (", and more" if found.more else "")


def _together(old: Library, new: Library) -> Library:
    """One library that knows the values of both."""
    merged = dict(old.criterion)
    for name, criterion in new.criterion.items():
        merged[name] = _merged(merged[name], criterion) if name in merged else criterion
    scores = [
        *(evolve(_plain_score(score, old), id=score.id + BEFORE) for score in old.scores),
        *(_plain_score(score, new) for score in new.scores),
    ]
    return evolve(
        new,
        criteria=tuple(merged.values()),
        scores=tuple(scores),
        regimens=(*new.regimens, *(one for one in old.regimens if one.id not in new.regimen)),
        drugs=(*new.drugs, *(one for one in old.drugs if one.id not in new.drug)),
    )


def _merged(old: Criterion, new: Criterion) -> Criterion:
    """A criterion with the answers of both versions."""
    before, after = old.domain, new.domain
    domain: Domain = after
    match before, after:
        case OneOf(), OneOf():
            domain = evolve(after, values=_all_of(after.values, before.values))
        case AnyOf(), AnyOf():
            domain = evolve(after, values=_all_of(after.values, before.values))
        case NumberRange(), NumberRange():
            domain = evolve(
                after,
                low=min(before.low, after.low),
                high=max(before.high, after.high),
                whole=before.whole and after.whole,
            )
        case _:
            pass
    return evolve(
        new,
        domain=domain,
        also=_all_of(new.also, old.also),
        may_be_unknown=old.may_be_unknown or new.may_be_unknown,
    )


def _all_of(first: tuple[Value, ...], second: tuple[Value, ...]) -> tuple[Value, ...]:
    known = {value.id for value in first}
    return (*first, *(value for value in second if value.id not in known))


def _at_odds(both: tuple[Expression, ...], old: Library, new: Library) -> bool:
    """Whether something asked for is answered in ways that cannot be put side by side."""
    for expression in both:
        for test in tests_of(expression):
            name = getattr(test, "criterion", None) or getattr(test, "subject", "") or ""
            before, after = old.criterion.get(name), new.criterion.get(name)
            if before is None or after is None:
                continue
            if type(before.domain) is not type(after.domain):
                return True
            if getattr(before.domain, "unit", None) != getattr(after.domain, "unit", None):
                return True
    return False


def _opened(expression: Expression, library: Library, suffix: str) -> Expression:
    """An expression with its named conditions written out, and its scores told apart."""
    match expression:
        case And(parts) | Or(parts) | AtLeast(_, parts):
            return evolve(expression, parts=tuple(_opened(one, library, suffix) for one in parts))
        case Not(part):
            return Not(_opened(part, library, suffix))
        case Meets(name):
            return _opened(library.condition[name].means, library, suffix)
        case Compares(subject, score=True) | Within(subject, score=True):
            return evolve(expression, subject=subject + suffix)
        case _:
            return expression


def _plain_score(score: Score, library: Library) -> Score:
    """A score whose parts name no conditions."""
    return evolve(
        score,
        parts=tuple(evolve(part, when=_opened(part.when, library, "")) for part in score.parts),
    )


@frozen
class Threshold:
    """One number that moved."""

    subject: str
    old: Quantity
    new: Quantity


def threshold(old: Expression | None, new: Expression | None) -> Threshold | None:
    """The one threshold that differs between two conditions, if nothing else does."""
    if old is None or new is None or type(old) is not type(new):
        return None
    match old, new:
        case Compares(), Compares():
            if _but(old, "quantity") != _but(new, "quantity"):
                return None
            if old.quantity.unit != new.quantity.unit:
                return None
            return Threshold(old.subject, old.quantity, new.quantity)
        case Within(), Within():
            for bound in ("low", "high"):
                if _but(old, bound) == _but(new, bound):
                    return Threshold(
                        old.subject,
                        Quantity(getattr(old, bound), old.unit),
                        Quantity(getattr(new, bound), new.unit),
                    )
            return None
        case (AtLeast(), AtLeast()) if getattr(old, "count", 0) != getattr(new, "count", 0):
            return None
        case _:
            before, after = list(parts_of(old)), list(parts_of(new))
            if len(before) != len(after):
                return None
            for part in list(before):
                if part in after:
                    before.remove(part)
                    after.remove(part)
            return threshold(before[0], after[0]) if len(before) == 1 else None


def _but(expression: Any, name: str) -> Mapping[str, object]:
    """The fields of a test without one of them."""
    fields = ("subject", "sign", "quantity", "low", "high", "unit", "high_included", "score")
    return {f: getattr(expression, f, None) for f in fields if f != name}


def raised(moved: Threshold) -> bool:
    """Whether a threshold moved up."""
    return bool(moved.new.number > moved.old.number)
