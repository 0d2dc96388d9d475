"""The patients of two versions at once: one set of questions, and how each version sees them.

A criterion that both versions know is one question with the answers of both; each version allows
its own answers only. A criterion whose unit or kind changed is two questions. Everything is
ordered alike whichever version is called the old one.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from attrs import frozen

from pathwaydsl.logic.diagrams import EVERYBODY, NOBODY, Diagrams
from pathwaydsl.logic.mentioned import mentioned
from pathwaydsl.logic.reachability import Arrivals
from pathwaydsl.logic.regions import Patients
from pathwaydsl.logic.vocabulary import Vocabulary, vocabulary
from pathwaydsl.model.criteria import AnyOf, Criterion, NumberRange, OneOf
from pathwaydsl.model.expressions import Had
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.versions.common_questions import (
    comparable,
    cuts_of,
    given_in,
    had_in_either,
    in_order,
    named,
    shared_library,
    used_criteria,
)
from pathwaydsl.versions.names import SameNames

Key = TypeVar("Key")

EARLIER = "-earlier"
"""What the id of an old criterion ends in that the new version cannot be compared with."""


class Seen(Patients):
    """The shared patients as one version sees them, by its own names and definitions.

    Attributes:
        allowed: For each criterion of the version the patients with an answer it allows.
    """

    def __init__(
        self, shared: Patients, said: Vocabulary, names: Mapping[str, str], places: Sequence[str]
    ) -> None:
        self.library = said.library
        self.questions = shared.questions
        self.diagrams: Diagrams = shared.diagrams
        self.places = tuple(places)
        asked = mentioned(said.expressions, said.library)
        used = dict.fromkeys((*asked.criteria, *said.measured))
        self.head = {name: shared.head[names[name]] for name in used}
        self.levels_of = {name: shared.levels_of[names[name]] for name in used}
        back = {names[name]: name for name in used}
        self.members = {
            (back[name], value): level
            for (name, value), level in shared.members.items()
            if name in back
        }
        self.had = {}
        self._memo = {}
        self._definitions = {}
        self._scores = {}
        self._values = {}
        self._missing = {}
        self.allowed = {name: self._allowed(self.library.criterion[name]) for name in used}

    def _allowed(self, criterion: Criterion) -> int:
        question = self.questions[self.head[criterion.id]]
        mask = question.named(*(value.id for value in criterion.also))
        if criterion.may_be_unknown:
            mask |= question.mask("unknown")
        domain = criterion.domain
        rest = EVERYBODY
        match domain:
            case NumberRange():
                mask |= question.between(domain.low, domain.high, True, True)  # noqa: FBT003
            case OneOf(values):
                mask |= question.named(*(value.id for value in values))
            case AnyOf(values):
                mask |= question.mask("value")
                known = {value.id for value in values}
                rest = self.diagrams.all_of(
                    self.diagrams.answers(level, 1)
                    for (about, value), level in self.members.items()
                    if about == criterion.id and value not in known
                )
            case _:
                mask |= question.mask("value")
        return self.diagrams.both(self.where(criterion.id, mask), rest)

    def possible_values(self, name: str) -> int:
        """Those with a value that this version allows."""
        return self.diagrams.both(super().possible_values(name), self.allowed[name])


@frozen(slots=False)
class Both:
    """Two versions over the same patients.

    Attributes:
        patients: What both ask, by the names of the new version.
        old, new: Who arrives where.
        old_names, new_names: Ids of each version's criteria in `patients`.
        apart: Criteria, by the old and the new id, that are two questions.
        names: Which names mean the same.
    """

    patients: Patients
    old: Arrivals
    new: Arrivals
    old_names: Mapping[str, str]
    new_names: Mapping[str, str]
    apart: tuple[tuple[str, str], ...]
    names: SameNames

    @property
    def diagrams(self) -> Diagrams:
        """The diagrams that hold all sets."""
        return self.patients.diagrams

    @cached_property
    def everyone(self) -> int:
        """Everyone with an answer to everything."""
        patients = self.patients
        return self.diagrams.all_of(
            patients.possible_values(name) for name in reversed(tuple(patients.head))
        )

    @cached_property
    def only_new(self) -> int:
        """Patients with an answer that the old version does not know."""
        return self._unknown_to(old=True)

    @cached_property
    def only_old(self) -> int:
        """Patients with an answer that the new version does not know any more."""
        return self._unknown_to(old=False)

    def _unknown_to(self, *, old: bool) -> int:
        here, there = (self.old, self.new) if old else (self.new, self.old)
        names, others = (
            (self.old_names, self.new_names) if old else (self.new_names, self.old_names)
        )
        asked = {others[name] for name in there.patients.head}
        known = self.diagrams.all_of(
            here.patients.possible_values(name)
            for name in here.patients.head
            if names[name] in asked
        )
        return self.diagrams.without(self.everyone, known)

    @cached_property
    def given_in_one(self) -> frozenset[int]:
        """What may have been had in one of the versions only: nobody is another patient by it."""
        before, now = given_in(self.old.pathway), given_in(self.new.pathway)
        before |= {("regimen", self.names.regimen.get(name, "")) for _, name in before}
        return frozenset(
            level
            for had, level in self.patients.had.items()
            if (named(had) in before) != (named(had) in now)
        )

    @cached_property
    def _unasked(self) -> Mapping[int, int]:
        """Where one question is the whole criterion, its answer that nobody asked."""
        patients = self.patients
        return {
            head: patients.questions[head].mask("missing")
            for name, head in patients.head.items()
            if len(patients.levels_of[name]) == 1
        }

    def as_people(self, some: int) -> int:
        """Patients with any answer where nobody asked, whatever box they left."""
        diagrams, patients = self.diagrams, self.patients
        if not some:
            return NOBODY
        if patients.places:
            some = diagrams.forget(some, frozenset({0}))
        some = diagrams.forget(some, self.given_in_one)
        some = diagrams.answered(some, self._unasked)
        for name, head in patients.head.items():
            unasked = NOBODY
            if head not in self._unasked:
                unasked = diagrams.both(some, patients.kinds(name, "missing"))
            if unasked:
                asked = diagrams.without(some, unasked)
                some = diagrams.either(asked, patients.measured(unasked, [name]))
        return diagrams.both(some, self.everyone)


def both_versions(
    old: Pathway,
    new: Pathway,
    names: SameNames,
    *,
    old_others: Mapping[str, Pathway],
    new_others: Mapping[str, Pathway],
    budget: int | None = None,
) -> Both:
    """Follow the patients of both versions over the same questions.

    Raises:
        UndecidedError: If the step budget does not suffice.
        MeaninglessError: If something that is asked for does not exist.
    """
    old_said = vocabulary(old, old_others, flow_only=True)
    new_said = vocabulary(new, new_others, flow_only=True)
    old_used, new_used = used_criteria(old_said), used_criteria(new_said)
    new_names = {name: name for name in new.library.criterion}
    old_names: dict[str, str] = {}
    apart: list[tuple[str, str]] = []
    taken = set(new.library.criterion)
    for criterion in old.library.criteria:
        same = names.criterion.get(criterion.id)
        if same is not None and comparable(criterion, new.library.criterion[same]):
            old_names[criterion.id] = same
            continue
        if same is not None:
            apart.append((criterion.id, same))
        name = criterion.id
        while name in taken:
            name += EARLIER
        taken.add(name)
        old_names[criterion.id] = name
    together = in_order([old_names[n] for n in old_used], [new_names[n] for n in new_used])
    library = shared_library(old, new, old_names, together)
    cuts = cuts_of(old_said, old_names, library) | cuts_of(new_said, new_names, library)
    left = {names.new_box.get(place, f"old {place}"): place for place in old_said.places}
    places = in_order(list(left), new_said.places)
    had = had_in_either(old_said, new_said, names)
    patients = Patients(
        library,
        [Had(regimen, drug) for regimen, drug in had],
        numbers=sorted(cuts),
        extra=together,
        places=places,
        budget=budget or old_said.budget + new_said.budget,
    )
    old_places = [left.get(place, "") for place in places]
    old_seen = Seen(patients, old_said, old_names, old_places if old_said.places else ())
    new_seen = Seen(patients, new_said, new_names, places if new_said.places else ())
    for (regimen, drug), (old_regimen, old_drug) in had.items():
        level = patients.had[regimen, drug]
        new_seen.had[regimen, drug] = level
        old_seen.had[old_regimen, old_drug] = level
    return Both(
        patients,
        Arrivals(old, old_others, old_seen),
        Arrivals(new, new_others, new_seen),
        old_names,
        new_names,
        tuple(apart),
        names,
    )
