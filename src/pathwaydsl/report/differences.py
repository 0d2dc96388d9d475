"""What changed between two versions as a short document, in the order in which one who signs reads.

First who now gets another advice, as patients, those who lost an option on top; then doses and
thresholds, strength, population, gaps, dates, wording. Emitters write it down and decide nothing.
Equal small changes are told together, every one of them still named.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import frozen

from pathwaydsl.model.pathway import Pathway
from pathwaydsl.report.differences_lines import Line, lines_of
from pathwaydsl.report.differences_patients import Patients, patients_of
from pathwaydsl.text.finding import Finding
from pathwaydsl.versions.bump import declared, version_findings
from pathwaydsl.versions.history import version_name
from pathwaydsl.versions.records import Bump, Comparison, Level, Section

UNDECIDED = "Undecided: whether any patient's advice changes could not be settled."
APART = "The two have too little in common to be compared part by part."
FOR_WHOM = "For whom the advice is another"
_ADVICE = frozenset({"advice-lost", "advice-gained"})


@frozen
class Side:
    """One of the two versions.

    Attributes:
        name: How the reader gave it: `her2-mbc@1.0.0`, `HEAD~1:a.pathway`.
        version: Its number in words.
    """

    name: str
    id: str
    label: str
    version: str
    date: str | None = None


@frozen
class Verdict:
    """What stands on top.

    Attributes:
        statement: Whether any patient's advice changes.
        settled: Whether that was decided; what was not is never shown as unchanged.
        unchanged: Whether it is proved that nobody's advice changes.
        required, declared: How far the number has to move, and did.
        number: The same in a sentence.
        counted: `12 changes: 3 to look at first, 4 to look at, 5 for the record`.
    """

    statement: str
    settled: bool
    unchanged: bool
    required: Bump
    declared: Bump | None
    number: str
    counted: str


@frozen
class Part:
    """A section of the page: its name, its heading, and its lines, the weightiest first."""

    name: str
    title: str
    lines: tuple[Line, ...]

    @property
    def number(self) -> int:
        """How many changes it holds."""
        return sum(line.number for line in self.lines)


@frozen
class Differences:
    """The document.

    Attributes:
        advice: What patients lost and gained, as changes; a summary of `patients`.
        patients: Who gets another advice, the weightiest first.
        notes: What could not be compared or is only in one version, a sentence each.
        parts: The sections that hold something.
        findings: What is wrong with the version number or with accepted changes.
        comparison: What all this was made from.
    """

    old: Side
    new: Side
    verdict: Verdict
    advice: tuple[Line, ...]
    patients: tuple[Patients, ...]
    notes: tuple[str, ...]
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...]
    comparison: Comparison

    @property
    def title(self) -> str:
        """`Label: what changed from 1.0.0 to 2.0.0`."""
        return f"{self.new.label}: what changed from {self.old.version} to {self.new.version}"


def differences(
    comparison: Comparison,
    *,
    old_name: str = "",
    new_name: str = "",
    findings: Sequence[Finding] = (),
) -> Differences:
    """The document of a comparison.

    Args:
        comparison: The two versions, compared.
        old_name: How the reader gave the older one.
        new_name: How the reader gave the newer one.
        findings: What else was found, of accepted changes for instance.
    """
    told = comparison.behaviour
    advice = tuple(one for one in comparison.changes if one.rule in _ADVICE)
    return Differences(
        _side(comparison.old, old_name),
        _side(comparison.new, new_name),
        verdict_of(comparison),
        lines_of(advice, ordered=True),
        patients_of(comparison),
        (*_apart(comparison), *(told.notes if told is not None else ())),
        tuple(_parts(comparison)),
        (*version_findings(comparison), *findings),
        comparison,
    )


def _side(pathway: Pathway, name: str) -> Side:
    version = version_name(pathway.version)
    date = None if pathway.date is None else str(pathway.date)
    return Side(name or f"{pathway.id}@{version}", pathway.id, pathway.label, version, date)


def _apart(comparison: Comparison) -> Iterator[str]:
    """That two pathways with different ids were compared, and how alike they are."""
    old, new = comparison.old, comparison.new
    if comparison.comparable and old.id not in {new.id, new.was}:
        alike = round(100 * comparison.likeness)
        yield (
            f"Two pathways were compared, `{old.id}` and `{new.id}`; {alike} % of their boxes "
            "and gaps are in both."
        )


def _parts(comparison: Comparison) -> Iterator[Part]:
    for section in Section:
        inside = tuple(
            one for one in comparison.changes if one.section is section and one.rule not in _ADVICE
        )
        if inside:
            yield Part(section.value, section.title, lines_of(inside))


def verdict_of(comparison: Comparison) -> Verdict:
    """Whether anybody's advice changes, and the number the changes need."""
    told = comparison.behaviour
    settled = told is not None and told.decided
    unchanged = told is not None and told.decided and told.unchanged is True
    if not comparison.comparable:
        statement = APART
    elif told is None:
        statement = "For whom the advice is another was not compared."
    elif told.decided:
        statement = told.why
    else:
        statement = f"{UNDECIDED} {told.why}".strip()
    moved = _moved(comparison)
    return Verdict(
        statement,
        settled,
        unchanged,
        comparison.required,
        moved,
        _number(comparison, moved),
        counted(comparison),
    )


def _moved(comparison: Comparison) -> Bump | None:
    old, new = comparison.old.version, comparison.new.version
    if old is None or new is None or old.calendar or new.calendar:
        return None
    return declared(old, new)


def _number(comparison: Comparison, moved: Bump | None) -> str:
    if not comparison.comparable:
        return "No version number follows from it."
    required = comparison.required
    need = "no step" if required is Bump.NONE else f"a {required.word} step"
    told = f"The changes need {need} of the version number"
    old, new = comparison.old.version, comparison.new.version
    if moved is None and old is not None and new is not None and old.calendar and new.calendar:
        weigh = need.replace("no step", "no more than nothing").replace("a ", "as much as a ", 1)
        return (
            f"The changes weigh {weigh}; a calendar version only has to move on ({old} to {new})."
        )
    if moved is None:
        return f"{told}."
    if moved is Bump.NONE:
        return f"{told}; it did not move ({new})." if old == new else f"{told}; it went back."
    return f"{told}; it moved by a {moved.word} step ({old} to {new})."


def counted(comparison: Comparison) -> str:
    """How many changes there are, by what they ask; accepted ones are counted and said."""
    changes = comparison.changes
    if not changes:
        return "No changes."
    asked = Counter(one.level.said for one in changes)
    parts = [
        f"{asked[said]} {'to ' if said.startswith('look') else ''}{said}"
        for said in dict.fromkeys(level.said for level in Level)
        if asked[said]
    ]
    accepted = sum(one.accepted is not None for one in changes)
    told = f"{len(changes)} {'change' if len(changes) == 1 else 'changes'}: {', '.join(parts)}"
    return f"{told}; {accepted} accepted." if accepted else f"{told}."
