"""What changed, for people at a terminal.

Nothing from a file reaches the terminal as a control character. Long conditions are cut, and it
is said where the whole of them stands.
"""

import re
from collections.abc import Iterator, Sequence
from textwrap import wrap

from pathwaydsl.report.differences import FOR_WHOM, Differences
from pathwaydsl.report.differences_lines import Line
from pathwaydsl.report.differences_patients import Patients, Way
from pathwaydsl.report.text import Paint, harmless
from pathwaydsl.versions.records import Level

WIDTH = 100
LONGEST = 320
"""Characters of a condition or a list that are shown; more would hide the rest."""
BRIEF = 200
"""The same where no treatment is concerned."""
SHOWN = 2
"""Conditions that are shown of those of which one holds."""
CUT = "Where … ends a line, more follows; `--format html` and `--format json` show all of it."
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
    lines = [line.rstrip() for line in writer.lines(document)]
    if writer.cut:
        lines += ["", CUT]
    return "\n".join(lines) + "\n"


class _Writer:
    """Writes the lines, and remembers whether something was cut."""

    def __init__(self, paint: Paint) -> None:
        self.paint = paint
        self.cut = False

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
        for patients in document.patients:
            yield ""
            yield from self._patients(patients)
        for part in document.parts:
            yield from ("", paint("1;4", f"{part.title} ({part.number})"))
            for line in part.lines:
                yield from self._line(line, "  ")

    def _patients(self, patients: Patients) -> Iterator[str]:
        head = f"{_SIGNS[patients.kind]} {patients.title}: {self._short(patients.told)}"
        yield from (self.paint("1", line) for line in self._wrapped(head, "  ", "    "))
        share = f" ({patients.share})" if patients.share else ""
        if not patients.weighty:
            who = "; and ".join((*patients.always, " — or — ".join(patients.who)))
            told = self._short(who.removesuffix("; and "), BRIEF)
            yield from self._wrapped(f"Who{share}: {told}", "    ", "      ")
            return
        yield from self._who(patients, share)
        values = "; ".join(patients.values or patients.witness)
        if values:
            yield from self._wrapped(f"For instance: {self._short(values)}", "    ", "      ")
        if patients.shared:
            yield from self._wrapped(f"Both ways: {self._way(patients.shared)}", "    ", "      ")
        for name, way in (("Before", patients.old_way), ("Now", patients.new_way)):
            yield from self._wrapped(f"{name}: {self._going_on(way)}", "    ", "      ")

    def _who(self, patients: Patients, share: str) -> Iterator[str]:
        always = self._short("; and ".join(patients.always))
        if len(patients.who) == 1:
            told = f"{always}; and {patients.who[0]}" if always else patients.who[0]
            more = "; and others" if patients.more else ""
            yield from self._wrapped(f"Who{share}: {self._short(told)}{more}", "    ", "      ")
            return
        some = f"{always}; and one of" if always and patients.who else always or "one of"
        yield from self._wrapped(f"Who{share}: {some}", "    ", "      ")
        for condition in patients.who[:SHOWN]:
            yield from self._wrapped(f"· {self._short(condition)}", "      ", "        ")
        left = len(patients.who) - SHOWN
        if left > 0:
            self.cut = True
            yield f"      · … and {left} more" + (" and others" if patients.more else "")
        elif patients.more:
            yield "      · and others"

    def _way(self, boxes: Sequence[str]) -> str:
        return self._short(" → ".join(_counted(boxes)))

    def _going_on(self, way: Way) -> str:
        told = self._way(way.boxes) if way.boxes else "no further"
        return f"{told} ({'; '.join(way.stops)})" if way.stops else told

    def _line(self, line: Line, margin: str) -> Iterator[str]:
        sign = self.paint(_COLOURS[line.level], _MARKS[line.level])
        remark = f" [{line.remark}]" if line.remark else ""
        told = f"{self._short(line.message)}{remark}"
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

    def _short(self, text: str, longest: int = LONGEST) -> str:
        if len(text) <= longest:
            return text
        self.cut = True
        return f"{text[:longest].rsplit(' ', 1)[0]} …"

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
