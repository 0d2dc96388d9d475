"""What two versions of a pathway do to patients: who comes to what in only one of them.

A patient is told by the values last measured on arrival and by what was had; what nobody asked may
be anything. See the record of the decision for what this can and cannot see. What was not settled
is never told as unchanged.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Literal

from attrs import define, field, frozen

from pathwaydsl.cases.walk import Walk
from pathwaydsl.logic.boxes import Patient, Said, plainest, said
from pathwaydsl.logic.diagrams import NOBODY, UndecidedError
from pathwaydsl.logic.mentioned import MeaninglessError, Mentioned
from pathwaydsl.logic.reachability import Arrivals
from pathwaydsl.model.expressions import Expression
from pathwaydsl.model.pathway import Library, Pathway
from pathwaydsl.model.wording import in_words
from pathwaydsl.versions.instep import Parting, in_step
from pathwaydsl.versions.lines import LineShift, line_shifts, rewritten
from pathwaydsl.versions.names import same_names
from pathwaydsl.versions.notes import notes_on
from pathwaydsl.versions.patients import Both, both_versions
from pathwaydsl.versions.subjects import Key, Subject, key_of, subjects
from pathwaydsl.versions.witnesses import Answers, Tracer, walked

MOST = 40
"""So many conditions of which one holds are told of the patients of a difference."""

UNCHANGED = "No patient's advice changes."


@frozen
class Whom:
    """Some patients in words.

    Attributes:
        condition: Who they are among those who come to it in either version, and where only one
            version has it, among all patients of either version; None for everyone of these. The
            names are those of `Behaviour.library`.
        words: The same in the authors' labels.
        more: Whether the condition leaves some of them out.
        share: How much of the declared input space they are; never a share of patients.
        witness: The plainest of them, by the values last measured.
        old_way, new_way: The way of the witness in each version, the same answers given.
    """

    condition: Expression | None
    words: str
    more: bool
    share: Fraction
    witness: Patient
    old_way: Walk
    new_way: Walk


@frozen
class Difference:
    """Some patients who come to something in one version only.

    Attributes:
        kind: `gained`: in the new version only. `lost`: in the old version only. `replaced`: with
            the same answers so far, the old version goes on to `old` and the new one to `new`.
        old: What it is in the old version, None where it has none.
        new: What it is in the new version, None where it has none.
        whom: The patients.
        answers: Whether they are set apart only because one version knows an answer of theirs that
            the other does not know.
    """

    kind: Literal["gained", "lost", "replaced"]
    old: Subject | None
    new: Subject | None
    whom: Whom
    answers: bool = False

    @property
    def subject(self) -> Subject:
        """What is gained or lost; of a replacement what is gained."""
        found = (self.new or self.old) if self.kind != "lost" else (self.old or self.new)
        if found is None:
            raise ValueError("a difference is about something")
        return found


@frozen
class Behaviour:
    """The behavioural difference of two versions.

    Attributes:
        differences: Who gained and lost what, in the order of the new version, then the old one.
        decided: Whether everything was settled. Otherwise there may be more differences.
        unchanged: True where it is proved that every patient comes to the same boxes in the same
            order; False where somebody does not; None where neither is shown.
        lines: Who newly falls under `otherwise` and `unknown`.
        rewritten: New ids of the decisions and choices at which everyone who comes there in either
            version would go on to the same in both.
        notes: What cannot be compared or is only in one version, a sentence each.
        library: The criteria that conditions and witnesses name.
        why: The sentence that stands for the whole.
    """

    differences: tuple[Difference, ...] = ()
    decided: bool = True
    unchanged: bool | None = None
    lines: tuple[LineShift, ...] = ()
    rewritten: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    library: Library = Library()
    why: str = ""


def behaviour(
    old: Pathway,
    new: Pathway,
    pairs: Mapping[str, str],
    *,
    criteria: Mapping[str, str] | None = None,
    regimens: Mapping[str, str] | None = None,
    old_others: Mapping[str, Pathway] | None = None,
    new_others: Mapping[str, Pathway] | None = None,
    budget: int | None = None,
    most: int = MOST,
) -> Behaviour:
    """Compares for whom two versions do what.

    Args:
        old: The older version.
        new: The newer one.
        pairs: The new id of each old box that is still there.
        criteria: The same for criteria; None to go by their ids and by `was`.
        regimens: The same for regimens.
        old_others: Pathways by id that the older version enters.
        new_others: Pathways by id that the newer version enters.
        budget: Steps for everything; None for what both versions are worth.
        most: How many conditions a difference lists.
    """
    names = same_names(old, new, pairs, criteria=criteria, regimens=regimens)
    try:
        both = both_versions(
            old,
            new,
            names,
            old_others=old_others or {},
            new_others=new_others or {},
            budget=budget,
        )
    except UndecidedError:
        return Behaviour(decided=False, why=_UNDECIDED)
    except MeaninglessError as error:
        why = f"Not compared: “{error}” is used but not defined."
        return Behaviour(decided=False, why=why)
    notes = notes_on(both, old, new)
    comparison = _Comparison(both, old, new, most=most)
    found: list[Difference] = []
    lines: tuple[LineShift, ...] = ()
    same: frozenset[str] = frozenset()
    try:
        found.extend(comparison.differences())
        settled, partings = in_step(both, names)
        found.extend(comparison.replaced(partings))
        lines = line_shifts(both, names, comparison.words)
        same = rewritten(both, names)
    except UndecidedError:
        return Behaviour(
            tuple(found),
            decided=False,
            unchanged=False if found else None,
            notes=notes,
            library=both.patients.library,
            why=_UNDECIDED,
        )
    unchanged = False if found else True if settled else None
    return Behaviour(
        tuple(found),
        decided=unchanged is not None,
        unchanged=unchanged,
        lines=lines,
        rewritten=same,
        notes=notes,
        library=both.patients.library,
        why=_why(found, unchanged),
    )


_UNDECIDED = "Not decided: the versions ask too much together to tell everybody apart."


def _why(found: list[Difference], unchanged: bool | None) -> str:  # noqa: FBT001
    if unchanged:
        return UNCHANGED
    if found and all(one.answers for one in found):
        return "Only patients with an answer that one of the versions does not know are affected."
    if found:
        return "Some patients come to something else."
    return (
        "The same patients come to the same boxes; whether each of them keeps the same way was "
        "not decided."
    )


@define
class _Comparison:
    """Two versions, and who comes to what in each."""

    both: Both
    old: Pathway
    new: Pathway
    most: int = field(kw_only=True)
    _everybody: int = field(init=False, default=NOBODY)
    _said: dict[tuple[int, int], Said] = field(init=False, factory=dict)
    _tracers: dict[bool, Tracer] = field(init=False, factory=dict)
    _known: dict[tuple[int, int, str, str | None, bool], Whom] = field(init=False, factory=dict)

    def differences(self) -> Iterator[Difference]:
        """Who gained and lost what."""
        diagrams = self.both.diagrams
        old = self._told(old=True)
        new = self._told(old=False)
        self._everybody = diagrams.any_of(
            dict.fromkeys(some for told in (old, new) for _, some, _ in told.values())
        )
        for key in dict.fromkeys((*new, *old)):
            before = old.get(key)
            now = new.get(key)
            was = before[1] if before else NOBODY
            is_now = now[1] if now else NOBODY
            if was == is_now:
                continue
            among = diagrams.either(was, is_now) if was and is_now else NOBODY
            subject = (before[0] if before else None), (now[0] if now else None)
            if now:
                gained = diagrams.without(is_now, was)
                for some, new_answers in self._split(gained, was and self.both.only_new):
                    whom = self._whom(some, now[2], among, old=False, option=now[0].target)
                    yield Difference("gained", *subject, whom, new_answers)
            if before:
                lost = diagrams.without(was, is_now)
                for some, old_answers in self._split(lost, is_now and self.both.only_old):
                    whom = self._whom(some, before[2], among, old=True, option=before[0].target)
                    yield Difference("lost", *subject, whom, old_answers)

    def _split(self, some: int, beyond: int) -> Iterator[tuple[int, bool]]:
        """Patients both versions can tell of, then those only one of them can."""
        diagrams = self.both.diagrams
        for part, apart in ((diagrams.without(some, beyond), False),
                            (diagrams.both(some, beyond), True)):  # fmt: skip
            if part:
                yield part, apart

    def replaced(self, partings: tuple[Parting, ...]) -> Iterator[Difference]:
        """Where the ways of the same patients part."""
        for parting in partings:
            if parting.some:
                people = self.both.as_people(parting.some)
                arriving = ((parting.old.id, parting.some),) if parting.old.id else ()
                whom = self._whom(people, arriving, NOBODY, old=True)
                yield Difference("replaced", parting.old, parting.new, whom)

    def _told(self, *, old: bool) -> dict[Key, tuple[Subject, int, tuple[tuple[str, int], ...]]]:
        """By key the subject, the people who come to it, and who arrives where for it."""
        both = self.both
        arrivals = both.old if old else both.new
        pathway = self.old if old else self.new
        found: dict[Key, tuple[Subject, int, tuple[tuple[str, int], ...]]] = {}
        outside = self._outside(old=old)
        people: dict[int, int] = {}
        for subject, some, box in subjects(arrivals):
            if not some:
                continue
            if some not in people:
                people[some] = both.diagrams.without(both.as_people(some), outside)
            key = key_of(subject, both.names, pathway, old=old)
            first, before, where = found.get(key, (subject, NOBODY, ()))
            joined = both.diagrams.either(before, people[some])
            found[key] = (first, joined, (*where, (box, some)))
        return found

    def _outside(self, *, old: bool) -> int:
        """Who is impossible in a version, or by rules only the other one can tell of."""
        mine, other = (self.both.old, self.both.new) if old else (self.both.new, self.both.old)
        mine_names, other_names = self.both.old_names, self.both.new_names
        if not old:
            mine_names, other_names = other_names, mine_names
        used = {mine_names[name] for name in mine.patients.head}
        foreign = self.both.diagrams.any_of(
            other.impossible_by(rule)
            for rule in other.rules
            if not used.issuperset(other_names[name] for name in other.asked([rule.when]))
        )
        return self.both.diagrams.either(mine.impossible, foreign)

    def words(self, some: int, among: int = NOBODY) -> tuple[Expression | None, str, bool]:
        """Some patients told apart from others, or from all, as a condition and in words."""
        key = (some, among)
        if key not in self._said:
            patients = self.both.patients
            asked = Mentioned(tuple(patients.head), (), tuple(patients.had))
            others = self.both.diagrams.either(among or self._everybody, some)
            self._said[key] = said(patients, some, others, asked, most=self.most)
        whole = self._said[key].whole
        told = "everyone" if whole is None else in_words(whole, self.both.patients.library)
        return whole, told, self._said[key].more

    def _whom(
        self,
        some: int,
        where: tuple[tuple[str, int], ...],
        among: int,
        *,
        old: bool,
        option: str | None = None,
    ) -> Whom:
        both, diagrams = self.both, self.both.diagrams
        point = diagrams.pick(some, [q.plainest for q in both.patients.questions]) or []
        there = self._standing(point)
        standing = ((box, diagrams.both(arriving, there)) for box, arriving in where)
        box, here = next((one for one in standing if one[1]), ("", NOBODY))
        key = (some, among, box, option, old)
        if key not in self._known:
            condition, words, more = self.words(some, among)
            witness = plainest(both.patients, some) or Patient(())
            ways = self._ways(box, here, witness, old=old, option=option)
            self._known[key] = Whom(condition, words, more, self._share(some), witness, *ways)
        return self._known[key]

    def _ways(
        self, box: str, here: int, witness: Patient, *, old: bool, option: str | None
    ) -> tuple[Walk, Walk]:
        """The ways of one of those who arrive at a box and take an option there, in both."""
        both = self.both
        answers = Answers()
        if here:
            if old not in self._tracers:
                self._tracers[old] = Tracer(both.old if old else both.new)
            tracer = self._tracers[old]
            names = both.old_names if old else both.new_names
            answers = tracer.answers(tracer.visits(box, here), names)
            if option is not None:
                answers = answers.choosing(box, option)
        mirrored = answers.in_boxes(both.names.new_box if old else both.names.old_box)
        was, now = (answers, mirrored) if old else (mirrored, answers)
        otherwise = {value.criterion: value for value in witness.values}
        return (
            walked(self.old, was, _back(both.old, both.old_names), otherwise),
            walked(self.new, now, _back(both.new, both.new_names), otherwise),
        )

    def _standing(self, point: list[int]) -> int:
        """Everyone who may be this patient: the same answers, or not asked."""
        patients = self.both.patients
        masks = {i: 1 << answer for i, answer in enumerate(point)}
        if patients.places:
            masks.pop(0, None)
        for level in self.both.given_in_one:
            masks.pop(level, None)
        for name, head in patients.head.items():
            masks[head] |= patients.questions[head].mask("missing")
            for level in patients.levels_of[name] - {head}:
                masks[level] |= 1
        return self.both.diagrams.box(masks)

    def _share(self, some: int) -> Fraction:
        patients = self.both.patients
        had = frozenset(patients.had.values())
        return patients.share(self.both.diagrams.forget(some, had), self.both.everyone)


def _back(arrivals: Arrivals, names: Mapping[str, str]) -> dict[str, str]:
    """The version's own names of criteria by the shared ones."""
    return {names[own]: own for own in arrivals.patients.head}
