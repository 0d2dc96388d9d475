"""What changed as Markdown, short enough for a comment on a pull request.

The weightiest comes first; what does not fit is counted, never dropped in silence. Nothing from a
file is read as Markdown or HTML.
"""

from collections.abc import Iterator

from pathwaydsl.report.differences import FOR_WHOM, Differences
from pathwaydsl.report.differences_common import Told, in_sentences, said_once
from pathwaydsl.report.differences_lines import Line
from pathwaydsl.report.differences_patients import Way
from pathwaydsl.report.differences_text import WHOLE, steps_told
from pathwaydsl.report.markdown import fitting, plain
from pathwaydsl.versions.records import Bump

LONGEST = 300
"""Characters of the title, which always stands there."""
LIGHT = "For whom gaps, ends or answers are others"
_BEFORE_GAPS = frozenset({"treatment", "dose", "strength", "population"})
SHOWN = 3
"""Conditions that are shown of those of which one holds."""


def as_markdown(document: Differences) -> str:
    """The document as Markdown, at most as long as a comment may be."""
    head = _head(document)
    return head + fitting(_items(document), len(head), what="pieces")


def _head(document: Differences) -> str:
    verdict = document.verdict
    told = [
        f"### {_said(document.title[:LONGEST])}\n",
        f"{plain(document.old.name)} → {plain(document.new.name)}\n",
        f"**{plain(verdict.statement)}**\n",
        f"{plain(verdict.number)} {plain(verdict.counted)}\n",
    ]
    return "\n".join(told)


def _items(document: Differences) -> Iterator[str]:
    """The pieces of the document, the weightiest first; none is cut in two."""
    for found in document.findings:
        said = f"{_said(found.message)}. {_said(found.help or '')}".rstrip()
        yield f"\n- **{found.severity.value} {found.rule}** {said}\n"
    if document.patients or document.advice or document.notes:
        yield f"\n#### {FOR_WHOM}\n"
    for note in document.notes:
        yield f"\n- {_said(note)}"
    if document.notes:
        yield "\n"
    if not document.patients:
        for line in document.advice:
            yield _line(line, "")
    commons, people = said_once(document.patients)
    for common in commons:
        yield "".join(f"\n- {_said(sentence)}" for sentence in in_sentences(common)) + "\n"
    first_read = [told for told in people if told.patients.weighty] or people
    for told in first_read:
        yield _patients(told)
    light = [_patients(told) for told in people if told not in first_read]
    if light:
        light[0] = f"\n#### {LIGHT}\n{light[0]}"
    for part in document.parts:
        if part.name not in _BEFORE_GAPS:
            # What a gap points out, where ways end, and who can newly be told of.
            yield from light
            light = []
        first = f"\n#### {plain(part.title)} ({part.number})\n"
        for line in part.lines:
            yield first + _line(line, "")
            first = ""
    yield from light


def _patients(told: Told) -> str:
    patients = told.patients
    share = f" ({plain(patients.share)})" if patients.share else ""
    lines = [f"\n- **{patients.title}: {_said(patients.told)}**"]
    always = "; and ".join(told.conditions)
    others = "; and others" if patients.more else ""
    if len(patients.who) == 1:
        who = "; and ".join((*((always,) if always else ()), patients.who[0]))
        lines.append(f"  - Who{share}: {_said(who)}{others}")
    else:
        one_of = f"{always}; and one of" if always and patients.who else always or "one of"
        lines.append(f"  - Who{share}: {_said(one_of)}")
        lines += [f"    - {_said(one)}" for one in patients.who[:SHOWN]]
        if len(patients.who) > SHOWN:
            lines.append(f"    - {len(patients.who) - SHOWN} more{others}: {WHOLE}")
        elif others:
            lines.append("    - and others")
    if not patients.weighty:
        return "\n".join(lines) + "\n"
    if told.values:
        lines.append(f"  - For instance: {_said('; '.join(told.values))}")
    if told.way:
        lines.append(f"  - Both ways: {_said(' → '.join(told.way))}")
    lines.append(f"  - Before: {_way(patients.old_way)}")
    lines.append(f"  - Now: {_way(patients.new_way)}")
    return "\n".join(lines) + "\n"


def _way(way: Way) -> str:
    told = steps_told(way.boxes)
    return _said(f"{told} ({'; '.join(way.stops)})" if way.stops else told)


def _line(line: Line, margin: str) -> str:
    remark = f" [{_said(line.remark)}]" if line.remark else ""
    step = "" if line.bump is Bump.NONE else f", {line.bump.word}"
    told = f"\n{margin}- **{line.level.said}**{step}: {_said(line.message)}{remark}"
    if line.subjects:
        told += f"\n{margin}  - {_said('; '.join(line.subjects))}"
    return told + "".join(_line(one, margin + "  ") for one in line.inside)


def _said(text: str) -> str:
    """A text in which nothing is markup, on one line."""
    # Backticks would show what follows as code, and an odd one would swallow the rest.
    return plain(" ".join(text.split()).replace("`", "'"))
