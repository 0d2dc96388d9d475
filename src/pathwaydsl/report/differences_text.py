"""What changed, for people at a terminal.

Nothing from a file reaches the terminal as a control character. No sentence is cut; of many
conditions the first are shown, and it is said there how many more there are and where they stand.
"""

import re
from collections.abc import Iterator, Sequence
from textwrap import wrap

from pathwaydsl.report.differences import FOR_WHOM, Differences
from pathwaydsl.report.differences_common import ONCE, Told, in_sentences, said_once
from pathwaydsl.report.differences_lines import Line
from pathwaydsl.report.differences_patients import Way
from pathwaydsl.report.text import Paint, harmless
from pathwaydsl.versions.records import Level

WIDTH = 100
SHOWN = 2
"""Conditions that are shown of those of which one holds."""
STEPS = 6
"""Boxes of a way that are shown after the two ways part."""
WHOLE = "`--format html` has all"
"""Where the conditions stand that are not shown."""
_COLOURS = {Level.ERROR: "1;31", Level.WARNING: "1;33", Level.INFO: "1;34", Level.OFF: "2"}
_MARKS = {Level.ERROR: "!!", Level.WARNING: "! ", Level.INFO: "- ", Level.OFF: ". "}
_SIGNS = {"lost": "-", "replaced": "→", "gained": "+"}


def as_text(document: Differences, *, colour: bool = False) -> str:
    """The document for the terminal, with a line break at its end.

    Args:
        document: What changed.
        colour: Whether to colour; only for a terminal.
    """
    writer = _Writer(Paint(colour))
    return "\n".join(line.rstrip() for line in writer.lines(document)) + "\n"


class _Writer:
    """Writes the lines."""

    def __init__(self, paint: Paint) -> None:
        self.paint = paint

    def lines(self, document: Differences) -> Iterator[str]:
        """Every line of the document."""
        paint, verdict = self.paint, document.verdict
        yield paint("1", harmless(document.title))
        yield f"{harmless(document.old.name)} → {harmless(document.new.name)}"
        yield ""
        good = verdict.unchanged
        yield from (
            paint("1;32" if good else "1;31" if not verdict.settled else "1", line)
            for line in self._wrapped(verdict.statement, "", "")
        )
        yield verdict.number
        yield verdict.counted
        for finding in document.findings:
            said = f"{finding.severity.value} {finding.rule}: {finding.message}"
            yield from self._wrapped(f"{said}. {finding.help or ''}", "", "  ")
        if document.patients or document.advice or document.notes:
            yield from ("", paint("1;4", FOR_WHOM))
        for note in document.notes:
            yield from self._wrapped(f"Note: {note}", "  ", "    ")
        if not document.patients:
            for line in document.advice:
                yield from self._line(line, "  ")
        commons, people = said_once(document.patients)
        if commons:
            yield from ("", f"  {ONCE}:")
        for common in commons:
            for sentence in in_sentences(common):
                yield from self._wrapped(sentence, "    ", "      ")
        for told in people:
            yield ""
            yield from self._patients(told)
        for part in document.parts:
            yield from ("", paint("1;4", f"{part.title} ({part.number})"))
            for line in part.lines:
                yield from self._line(line, "  ")

    def _patients(self, told: Told) -> Iterator[str]:
        patients = told.patients
        head = f"{_SIGNS[patients.kind]} {patients.title}: {patients.told}"
        yield from (self.paint("1", line) for line in self._wrapped(head, "  ", "    "))
        yield from self._who(told)
        if not patients.weighty:
            return
        if told.values:
            yield from self._wrapped(f"For instance: {'; '.join(told.values)}", "    ", "      ")
        if told.way:
            yield from self._wrapped(f"Both ways: {self._way(told.way)}", "    ", "      ")
        for name, way in (("Before", patients.old_way), ("Now", patients.new_way)):
            yield from self._wrapped(f"{name}: {self._going_on(way)}", "    ", "      ")

    def _who(self, told: Told) -> Iterator[str]:
        patients = told.patients
        share = f" ({patients.share})" if patients.share else ""
        always = "; and ".join(told.conditions)
        if len(patients.who) == 1:
            said = f"{always}; and {patients.who[0]}" if always else patients.who[0]
            others = "; and others" if patients.more else ""
            yield from self._wrapped(f"Who{share}: {said}{others}", "    ", "      ")
            return
        some = f"{always}; and one of" if always and patients.who else always or "one of"
        yield from self._wrapped(f"Who{share}: {some}", "    ", "      ")
        shown = SHOWN if patients.weighty else 1
        for condition in patients.who[:shown]:
            yield from self._wrapped(f"· {condition}", "      ", "        ")
        left = len(patients.who) - shown
        others = " and others" if patients.more else ""
        if left > 0:
            yield f"      · {left} more{others}: {WHOLE}"
        elif others:
            yield "      · and others"

    def _way(self, boxes: Sequence[str]) -> str:
        return " → ".join(_counted(boxes))

    def _going_on(self, way: Way) -> str:
        told = steps_told(way.boxes)
        return f"{told} ({'; '.join(way.stops)})" if way.stops else told

    def _line(self, line: Line, margin: str) -> Iterator[str]:
        sign = self.paint(_COLOURS[line.level], _MARKS[line.level])
        remark = f" [{line.remark}]" if line.remark else ""
        told = f"{line.message}{remark}"
        first, *rest = self._wrapped(told, "", "") or [""]
        bump = f" ({line.bump.word})" if not line.inside or line.changes else ""
        yield f"{margin}{sign} {first}" + (bump if not rest else "")
        for number, one in enumerate(rest):
            yield f"{margin}   {one}" + (bump if number == len(rest) - 1 else "")
        if line.subjects:
            named = "; ".join(line.subjects)
            yield from self._wrapped(named, f"{margin}     ", f"{margin}     ")
        for inner in line.inside:
            yield from self._line(inner, margin + "   ")

    def _wrapped(self, text: str, first: str, then: str) -> list[str]:
        plain = harmless(" ".join(text.split()))
        return wrap(
            plain,
            WIDTH,
            initial_indent=first,
            subsequent_indent=then,
            break_long_words=False,
            break_on_hyphens=False,
        )


def steps_told(way: Sequence[str]) -> str:
    """The first boxes of a way, and how many more there are."""
    boxes = tuple(_counted(way))
    told = " → ".join(boxes[:STEPS]) or "no further"
    left = len(boxes) - STEPS
    return told if left <= 0 else f"{told} → {left} more {'box' if left == 1 else 'boxes'}"


def _counted(boxes: Sequence[str]) -> Iterator[str]:
    """The boxes; a round that is walked again is told once."""
    seen: set[str] = set()
    again = False
    for box in boxes:
        if box in seen:
            if not again:
                yield "(round again)"
            again = True
            continue
        seen.add(box)
        again = False
        yield re.sub(r"\s+", " ", box)
