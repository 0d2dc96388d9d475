"""Expressions and small values in plain English, by the authors' own labels.

Every surface (chart, page, finding, report) says a condition with these words, so that one
condition reads the same everywhere; no words here ever leave a part of a condition out, except
the name of a criterion that the question above already asks about.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from attrs import frozen

from pathwaydsl.model.expressions import (
    And,
    AtLeast,
    Compares,
    Expression,
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
    Test,
    Within,
    tests_of,
)
from pathwaydsl.model.nodes import Assignment, Branch, Decide, During, Option
from pathwaydsl.model.pathway import Library
from pathwaydsl.model.values import Quantity
from pathwaydsl.model.wording_values import (
    COUNTED_UNITS,
    date_in_words,
    every_in_words,
    gap_kind_in_words,
    node_kind_in_words,
    number_in_words,
    quantity_in_words,
    spoken,
    status_in_words,
    strength_in_words,
    subject_label,
    unit_in_words,
    value_label,
    within_in_words,
    word_in_words,
)
from pathwaydsl.text.suggestion import listed

__all__ = [
    "asked_alone",
    "assignment_in_words",
    "branch_in_words",
    "date_in_words",
    "decision_in_words",
    "every_in_words",
    "gap_kind_in_words",
    "in_words",
    "node_kind_in_words",
    "number_in_words",
    "option_in_words",
    "quantity_in_words",
    "spoken",
    "status_in_words",
    "strength_in_words",
    "subject_label",
    "subject_of",
    "unit_in_words",
    "value_label",
    "within_in_words",
    "word_in_words",
]


def in_words(expression: Expression, library: Library) -> str:
    """A condition as a reader says it: `LVEF is 50 % or more and has had docetaxel`."""
    return _Speaker(library).whole(expression)


def branch_in_words(expression: Expression, library: Library, about: str | None = None) -> str:
    """The condition of a branch; without the name of the criterion `about`, if one is given.

    `about` is what the decision asks about alone, as `asked_alone` tells: then `LVEF is 50 % or
    more` is `50 % or more`, and a yes-or-no criterion is `yes` or `no`.
    """
    return _Speaker(library, about).whole(expression)


def asked_alone(decide: Decide | During) -> str | None:
    """The one criterion, condition or score that every branch tests, or None.

    Where a branch tests whether something was had, nothing is asked alone.
    """
    subjects = {
        subject_of(test)
        for branch in decide.branches
        if branch.when is not None
        for test in tests_of(branch.when)
    }
    return subjects.pop() if len(subjects) == 1 else None


def decision_in_words(decide: Decide | During, library: Library) -> tuple[str, ...]:
    """What stands on each branch: the author's label, else the condition in its short form."""
    about = asked_alone(decide) if isinstance(decide, Decide) else None
    return tuple(_branch(branch, library, about) for branch in decide.branches)


def _branch(branch: Branch, library: Library, about: str | None) -> str:
    if branch.label is not None:
        return branch.label
    if branch.when is not None:
        return branch_in_words(branch.when, library, about)
    return "not known" if branch.role == "unknown" else "otherwise"


def option_in_words(option: Option, library: Library) -> str | None:
    """For whom an option is open: `if …`, or None when it is open to everyone."""
    return None if option.when is None else f"if {in_words(option.when, library)}"


def subject_of(test: Test) -> str | None:
    """What a test is about: a criterion, score or condition by id; None for `had`."""
    match test:
        case Compares(subject) | Within(subject):
            return subject
        case Meets(condition):
            return condition
        case Had():
            return None
        case Holds() | IsOneOf() | Includes() | IsUnknown() | IsKnown():
            return test.criterion
        case _:
            assert_never(test)


def assignment_in_words(assignment: Assignment, library: Library) -> str:
    """A value a criterion takes: `LVEF is 62 %`, `Pregnant: no`."""
    name = subject_label(assignment.criterion, library)
    if assignment.unknown:
        return f"{name}{_link(name, ())}not known"
    if assignment.truth is not None:
        return f"{name}: {'yes' if assignment.truth else 'no'}"
    if assignment.number is not None:
        found = library.criterion.get(assignment.criterion)
        unit = getattr(found.domain, "unit", None) if found is not None else None
        return f"{name}{_link(name, ())}{quantity_in_words(Quantity(assignment.number, unit))}"
    values = assignment.members or ((assignment.named,) if assignment.named else ())
    labels = [value_label(assignment.criterion, value, library) for value in values]
    return f"{name}{_link(name, labels)}{listed(labels, 'and')}"


@frozen
class _Phrase:
    """A piece of a sentence; `loose` when it holds an `or` that a neighbour could catch."""

    text: str
    loose: bool = False


@frozen
class _Speaker:
    """Says expressions; leaves the name of `about` out."""

    library: Library
    about: str | None = None

    def whole(self, expression: Expression) -> str:
        """The expression as a whole sentence part."""
        return self.phrase(expression).text

    def phrase(self, expression: Expression) -> _Phrase:
        match expression:
            case And(parts):
                return self.joined(parts, "and")
            case Or(parts):
                return self.joined(parts, "or")
            case AtLeast(count, parts):
                inner = "; ".join(self.part(part).text for part in parts)
                return _Phrase(f"at least {count} of: {inner}", loose=True)
            case Not(part):
                return self.denied(part)
            case _:
                return self.test(expression)

    def joined(self, parts: Sequence[Expression], word: str) -> _Phrase:
        phrases = list(self.grouped(parts, word))
        if len(phrases) > 1 and any(phrase.loose for phrase in phrases):
            return _Phrase(f"; {word} ".join(phrase.text for phrase in phrases), loose=True)
        return _Phrase(f" {word} ".join(phrase.text for phrase in phrases), loose=len(phrases) > 1)

    def grouped(self, parts: Sequence[Expression], word: str) -> Iterator[_Phrase]:
        """Parts as phrases; neighbours about one criterion share its name."""
        run: list[_Said] = []
        for part in parts:
            said = self.said(part)
            if run and (said is None or said.subject != run[0].subject):
                yield _run(run, word)
                run = []
            if said is None:
                yield self.part(part)
            else:
                run.append(said)
        if run:
            yield _run(run, word)

    def part(self, expression: Expression) -> _Phrase:
        """A part of a larger expression, in parentheses where it is itself made of parts."""
        if isinstance(expression, And | Or | AtLeast):
            return _Phrase(f"({self.whole(expression)})")
        return self.phrase(expression)

    def denied(self, part: Expression) -> _Phrase:
        match part:
            case Not(inner):
                return self.phrase(inner)
            case And() | Or() | AtLeast():
                return _Phrase(f"not ({self.whole(part)})")
            case _:
                return self.test(part, negated=True)

    def test(self, test: Test, *, negated: bool = False) -> _Phrase:
        said = self.predicate(test, negated=negated)
        return _Phrase(said.name + said.link + said.says, said.loose)

    def said(self, part: Expression) -> "_Said | None":
        """A part as name and predicate, if its predicate can stand beside another one."""
        match part:
            case Compares() | Within() | IsOneOf() | Includes() | IsKnown() | IsUnknown():
                said = self.predicate(part, negated=False)
            case Not(Includes() as inner):
                said = self.predicate(inner, negated=True)
            case _:
                return None
        return said

    def predicate(self, test: Test, *, negated: bool) -> "_Said":
        library = self.library
        subject = subject_of(test)
        alone = subject is not None and subject == self.about
        name = "" if subject is None or alone else subject_label(subject, library)
        is_ = "" if alone else _link(name, ())
        not_ = "not " if negated else ""
        match test:
            case Holds() | Meets():
                if alone:
                    return _Said(subject, "", "", "no" if negated else "yes")
                return _Said(subject, name, ": " if negated else "", "no" if negated else "")
            case Had(regimen, drug):
                what = _had_label(regimen, drug, library)
                return _Said(None, "", "", f"has {not_}had {what}")
            case IsKnown() | IsUnknown():
                known = isinstance(test, IsKnown) is not negated
                return _Said(subject, name, is_, "known" if known else "not known")
            case Includes(criterion, value):
                verb = "does not include" if negated else "includes"
                link = "" if alone else ": "
                return _Said(
                    subject, name, link, f"{verb} {value_label(criterion, value, library)}"
                )
            case IsOneOf(criterion, values):
                return self._one_of(criterion, values, name=name, alone=alone, negated=negated)
            case Compares(_, sign, quantity):
                return _Said(subject, name, is_, not_ + _compared(sign, quantity))
            case Within():
                return _Said(subject, name, is_, not_ + _from_to(test))
            case _:
                assert_never(test)

    def _one_of(
        self, criterion: str, values: Sequence[str], *, name: str, alone: bool, negated: bool
    ) -> "_Said":
        labels = [value_label(criterion, value, self.library) for value in values]
        link = _link(name, labels)
        if any(_needs_quotes(label) for label in labels) and len(labels) > 1:
            labels = [f"“{label}”" for label in labels]
        loose = len(labels) > 1
        if alone:
            link = ""
        if not negated:
            return _Said(criterion, name, link, listed(labels), loose)
        if link == " is ":
            denial = f"neither {' nor '.join(labels)}" if loose else f"not {labels[0]}"
            return _Said(criterion, name, link, denial)
        return _Said(criterion, name, link, f"other than {listed(labels)}", loose)


@frozen
class _Said:
    """A test as what it is about (`subject` by id, `name` as shown) and what is said of it."""

    subject: str | None
    name: str
    link: str
    says: str
    loose: bool = False


def _run(run: Sequence[_Said], word: str) -> _Phrase:
    """Neighbours about one criterion: its name once, its predicates joined."""
    first = run[0]
    if len({said.link for said in run}) > 1:
        text = f" {word} ".join(said.name + said.link + said.says for said in run)
    else:
        text = first.name + first.link + f" {word} ".join(said.says for said in run)
    return _Phrase(text, loose=len(run) > 1 or first.loose)


def _link(name: str, labels: Iterable[str]) -> str:
    """` is ` where that reads as English, else a colon, which always does."""
    words = {word.lower() for word in name.replace("-", " ").split()}
    if _plural(re.split(r" of | in |, ", name, maxsplit=1)[0]):
        return ": "
    for label in labels:
        said = label.replace("-", " ").split()
        if len(said) > 2 or words & {word.lower() for word in said}:
            return ": "
    return " is "


def _plural(name: str) -> bool:
    """Whether a name reads as several: `Lines of therapy`, `Neutrophils`; not `HER2 status`."""
    return name.endswith("s") and not name.endswith(("ss", "us", "is"))


def _needs_quotes(label: str) -> bool:
    return "," in label or ";" in label or " or " in label or " and " in label


def _had_label(regimen: str | None, drug: str | None, library: Library) -> str:
    if regimen is not None:
        found = library.regimen.get(regimen)
        return found.label if found is not None else spoken(regimen)
    held = library.drug.get(drug or "")
    return held.label if held is not None else spoken(drug or "")


def _compared(sign: Sign, quantity: Quantity) -> str:
    shown = quantity_in_words(quantity)
    counted = quantity.unit in COUNTED_UNITS
    match sign:
        case Sign.EQUAL:
            return shown
        case Sign.LESS:
            return f"{'less than' if counted else 'below'} {shown}"
        case Sign.MORE:
            return f"{'more than' if counted else 'above'} {shown}"
        case Sign.AT_MOST:
            return f"{shown} or less"
        case Sign.AT_LEAST:
            return f"{shown} or more"
        case _:
            assert_never(sign)


def _from_to(test: Within) -> str:
    low = number_in_words(test.low)
    high = quantity_in_words(Quantity(test.high, test.unit))
    return f"from {low} to {high}" if test.high_included else f"from {low} to under {high}"
