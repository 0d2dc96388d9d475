"""What changed as Markdown, short enough for a comment on a pull request.

The weightiest comes first; what does not fit is counted, never dropped in silence. Nothing from a
file is read as Markdown or HTML.
"""

from collections.abc import Iterator

from pathwaydsl.report.differences import FOR_WHOM, Differences
from pathwaydsl.report.differences_lines import Line
from pathwaydsl.report.differences_patients import Patients, Way
from pathwaydsl.report.markdown import fitting, plain
from pathwaydsl.versions.records import Level

LONGEST = 600
"""Characters of a condition that are shown."""
_WORDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note", Level.OFF: "record"}


def as_markdown(document: Differences) -> str:
    """The document as Markdown, at most as long as a comment may be."""
    head = _head(document)
    return head + fitting(_items(document), len(head), what="pieces")


def _head(document: Differences) -> str:
    verdict = document.verdict
    told = [
        f"### {_cut(document.title)}\n",
        f"{plain(document.old.name)} → {plain(document.new.name)}\n",
        f"**{plain(verdict.statement)}**\n",
        f"{plain(verdict.number)} {plain(verdict.counted)}\n",
    ]
    return "\n".join(told)


def _items(document: Differences) -> Iterator[str]:
    """The pieces of the document, the weightiest first; none is cut in two."""
    for found in document.findings:
        said = f"{_cut(found.message)}. {_cut(found.help or '')}".rstrip()
        yield f"\n- **{found.severity.value} {found.rule}** {said}\n"
    if document.patients or document.advice or document.notes:
        yield f"\n#### {FOR_WHOM}\n"
    for note in document.notes:
        yield f"\n- {_cut(note)}"
    if document.notes:
        yield "\n"
    if not document.patients:
        for line in document.advice:
            yield _line(line, "")
    for patients in document.patients:
        yield _patients(patients)
    for part in document.parts:
        first = f"\n#### {plain(part.title)} ({part.number})\n"
        for line in part.lines:
            yield first + _line(line, "")
            first = ""


def _patients(patients: Patients) -> str:
    share = f" ({plain(patients.share)})" if patients.share else ""
    told = [f"\n- **{patients.title}: {_cut(patients.told)}**"]
    always = "; and ".join(patients.always)
    others = "; and others" if patients.more else ""
    if len(patients.who) == 1:
        who = "; and ".join((*((always,) if always else ()), patients.who[0]))
        told.append(f"  - Who{share}: {_cut(who)}{others}")
    else:
        one_of = f"{always}; and one of" if always and patients.who else always or "one of"
        told.append(f"  - Who{share}: {_cut(one_of)}")
        told += [f"    - {_cut(one)}" for one in patients.who]
        if others:
            told.append("    - and others")
    if not patients.weighty:
        return "\n".join(told) + "\n"
    values = "; ".join(patients.values or patients.witness)
    if values:
        told.append(f"  - For instance: {_cut(values)}")
    if patients.shared:
        told.append(f"  - Both ways: {_cut(' → '.join(patients.shared))}")
    told.append(f"  - Before: {_way(patients.old_way)}")
    told.append(f"  - Now: {_way(patients.new_way)}")
    return "\n".join(told) + "\n"


def _way(way: Way) -> str:
    told = " → ".join(way.boxes) if way.boxes else "no further"
    return _cut(f"{told} ({'; '.join(way.stops)})" if way.stops else told)


def _line(line: Line, margin: str) -> str:
    remark = f" [{_cut(line.remark)}]" if line.remark else ""
    told = f"\n{margin}- **{_WORDS[line.level]}**, {line.bump.word}: {_cut(line.message)}{remark}"
    if line.subjects:
        told += f"\n{margin}  - {_cut('; '.join(line.subjects), 4 * LONGEST)}"
    return told + "".join(_line(one, margin + "  ") for one in line.inside)


def _cut(text: str, longest: int = LONGEST) -> str:
    """A text in which nothing is markup, on one line, and cut where it is long."""
    flat = " ".join(text.split())
    if len(flat) > longest:
        flat = f"{flat[:longest].rsplit(' ', 1)[0]} …"
    # Backticks would show what follows as code, and an odd one would swallow the rest.
    return plain(flat.replace("`", "'"))
