"""What many patients of a page of differences have in common, said once under a letter.

`Patients A` stands for conditions that hold for all of those under it, so nothing is left out.
What the examples of A share and how all their ways begin is said once as well.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from string import ascii_uppercase

from attrs import frozen

from pathwaydsl.report.differences_patients import Patients

ONCE = "Said once, because many of these patients have it in common"
_FEWEST = 3
"""So many differences at least stand under a letter."""
_WORTH = 160
"""So many letters at least are saved by one."""
_MOST = 6
_LONGEST_SEARCH = 80


@frozen
class Common:
    """What several differences have in common.

    Attributes:
        letter: What it is called.
        always: The conditions that hold for all patients under it.
        values: What the examples of all of them have.
        start: The boxes with which the ways of all examples begin, before and now.
    """

    letter: str
    always: tuple[str, ...]
    values: tuple[str, ...] = ()
    start: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """`patients A`."""
        return f"patients {self.letter}"


@frozen
class Told:
    """Some patients as they are told beside what is said once.

    Attributes:
        patients: All of it.
        common: What is said once of them, or None.
        always, values, shared: What is left of it to say here.
    """

    patients: Patients
    common: Common | None
    always: tuple[str, ...]
    values: tuple[str, ...]
    shared: tuple[str, ...]

    @property
    def conditions(self) -> tuple[str, ...]:
        """What holds for all of them, beginning with the letter."""
        return (*((self.common.name,) if self.common else ()), *self.always)

    @property
    def way(self) -> tuple[str, ...]:
        """The boxes that begin both ways."""
        if self.common is None or not self.common.start:
            return self.shared
        return (f"as all of {self.common.letter}", *self.shared)


def said_once(patients: Sequence[Patients]) -> tuple[tuple[Common, ...], tuple[Told, ...]]:
    """What is said once, and all patients with what is left to say of each."""
    left = list(range(len(patients)))
    under: dict[int, Common] = {}
    commons = []
    for letter in ascii_uppercase[:_MOST]:
        conditions, members = _best([(number, patients[number].always) for number in left])
        if not members:
            break
        common = _common(letter, conditions, [patients[number] for number in members])
        commons.append(common)
        under |= dict.fromkeys(members, common)
        left = [number for number in left if number not in under]
    return tuple(commons), tuple(
        _told(one, under.get(number)) for number, one in enumerate(patients)
    )


def _best(always: Sequence[tuple[int, tuple[str, ...]]]) -> tuple[tuple[str, ...], list[int]]:
    """The conditions that save most when they are said once, and who they hold for."""
    candidates = {
        tuple(one for one in first if one in second)
        for (_, first), (_, second) in combinations(always[:_LONGEST_SEARCH], 2)
    }
    best: tuple[tuple[str, ...], list[int]] = ((), [])
    most = _WORTH
    for conditions in sorted(candidates):
        members = [number for number, own in always if set(conditions) <= set(own)]
        saved = (len(members) - 1) * sum(map(len, conditions))
        if len(conditions) > 1 and len(members) >= _FEWEST and saved > most:
            best, most = (conditions, members), saved
    return best


def _common(letter: str, conditions: tuple[str, ...], members: Sequence[Patients]) -> Common:
    first = members[0]
    examples = [one.values or one.witness for one in members]
    values = tuple(one for one in examples[0] if all(one in other for other in examples))
    start = 0
    for boxes in zip(*(one.shared for one in members), strict=False):
        if len(set(boxes)) > 1:
            break
        start += 1
    return Common(letter, conditions, values, first.shared[:start] if start > 1 else ())


def _told(patients: Patients, common: Common | None) -> Told:
    values = patients.values or patients.witness
    if common is None:
        return Told(patients, None, patients.always, values, patients.shared)
    return Told(
        patients,
        common,
        tuple(one for one in patients.always if one not in common.always),
        tuple(one for one in values if one not in common.values),
        patients.shared[len(common.start) :],
    )


def in_sentences(common: Common) -> Iterator[str]:
    """What is said once, a sentence each."""
    yield f"Patients {common.letter}: {'; and '.join(common.always)}"
    if common.values:
        yield f"Every example of {common.letter} has: {'; '.join(common.values)}"
    if common.start:
        yield f"Both ways of {common.letter} begin: {' → '.join(common.start)}"
