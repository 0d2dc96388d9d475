"""The history of a pathway for the terminal, as Markdown, and for programs."""

import json
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from textwrap import wrap
from typing import Any

from pathwaydsl.model.pathway import Pathway
from pathwaydsl.report.differences import Differences, differences
from pathwaydsl.report.differences_lines import Line
from pathwaydsl.report.markdown import fitting, plain
from pathwaydsl.report.text import Paint, harmless
from pathwaydsl.versions.history import History, Life, Step, version_name

TOP = 5
"""Changes of a step that are shown."""
LONGEST = 160


def as_text(history: History, *, colour: bool = False) -> str:
    """The history for the terminal, the newest version first.

    Args:
        history: The versions of a pathway.
        colour: Whether to colour; only for a terminal.
    """
    return "\n".join(line.rstrip() for line in _lines(history, Paint(colour))) + "\n"


def _lines(history: History, paint: Paint) -> Iterator[str]:
    last = history.versions[-1]
    yield paint("1", harmless(f"{last.label}  [{last.id}]"))
    for broken in history.breaks:
        yield harmless(f"{broken.message}.")
    counts = dict(zip(history.versions, history.counts, strict=True))
    for step in reversed(history.steps):
        yield ""
        document = differences(step.comparison)
        yield paint("1", _headed(step))
        yield f"  Gaps: {counts[step.new].said}"
        yield f"  {document.verdict.statement}"
        yield f"  {document.verdict.number}"
        yield f"  {document.verdict.counted}"
        if step.new.change_note:
            yield from _wrapped(f"The authors: {step.new.change_note}", "  ")
        shown, left = top_lines(document)
        for line in shown:
            yield from _wrapped(f"- {_short(line.message)}", "    ")
        if left:
            called = f"{_called(step.old)} {_called(step.new)}"
            yield f"    and {left} more (pathwaydsl diff {harmless(called)})"
    first = history.versions[0]
    yield ""
    yield paint("1", f"{version_name(first.version)}{_dated(str(first.date or ''))}: the first")
    yield f"  Gaps: {counts[first].said}"
    for title, lives in (("Gaps", history.gaps), ("Recommendations", history.recommendations)):
        yield from ("", paint("1;4", f"{title} over time"))
        for life in lives:
            status = f"; now {life.status}" if life.status else ""
            yield from _wrapped(f"“{life.label}”  [{life.id}]: {life.said}{status}", "  ")


def _headed(step: Step) -> str:
    version = version_name(step.new.version)
    status = f", {step.new.status}" if step.new.status else ""
    released = "releases" in PurePosixPath(step.new.file).parts
    working = "" if released else ", the working file"
    return harmless(f"{version}{_dated(str(step.new.date or ''))}{status}{working}")


def _called(pathway: Pathway) -> str:
    """How `pathwaydsl diff` takes a version."""
    released = "releases" in PurePosixPath(pathway.file).parts
    return f"{pathway.id}@{pathway.version}" if released else pathway.file


def _dated(date: str) -> str:
    return f", {date}" if date else ""


def top_lines(document: Differences) -> tuple[tuple[Line, ...], int]:
    """The weightiest lines of a step, and how many changes are in none of them."""
    every = [line for part in document.parts for line in part.lines]
    shown = tuple(sorted(every, key=lambda line: (line.level.rank, -line.bump))[:TOP])
    total = sum(line.number for line in every)
    return shown, total - sum(line.number for line in shown)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …"


def _wrapped(text: str, margin: str) -> Sequence[str]:
    flat = harmless(" ".join(text.split()))
    return wrap(
        flat,
        100,
        initial_indent=margin,
        subsequent_indent=f"{margin}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def as_markdown(history: History) -> str:
    """The history as Markdown, at most as long as a comment may be."""
    last = history.versions[-1]
    head = f"### History of {plain(last.label)}\n"
    return head + fitting(_pieces(history), len(head), what="pieces")


def _pieces(history: History) -> Iterator[str]:
    for broken in history.breaks:
        yield f"\n**{plain(broken.message)}.**\n"
    yield "\n| Version | Date | Open gaps | Under study | Answered | Needs | Moved by |\n"
    yield "| --- | --- | --- | --- | --- | --- | --- |\n"
    steps = {step.new: step for step in history.steps}
    for pathway, row in zip(history.versions, history.counts, strict=True):
        step = steps.get(pathway)
        need = step.comparison.required.word if step else "—"
        moved = step.declared.word if step else "—"
        version = plain(version_name(pathway.version))
        yield (
            f"| {version} | {pathway.date or '—'} | {row.open} | {row.under_study} "
            f"| {row.answered} | {need} | {moved} |\n"
        )
    for step in reversed(history.steps):
        document = differences(step.comparison)
        shown, left = top_lines(document)
        told = [f"\n#### {plain(_headed(step))}\n\n{plain(document.verdict.statement)} "]
        told.append(f"{plain(document.verdict.counted)}\n\n")
        told += [f"- {_flat(line.message)}\n" for line in shown]
        told += [f"- and {left} more\n"] if left else []
        yield "".join(told)
    for title, lives in (("Gaps", history.gaps), ("Recommendations", history.recommendations)):
        yield f"\n#### {title} over time\n\n"
        for life in lives:
            status = f"; now {plain(life.status)}" if life.status else ""
            yield f"- {_flat(life.label)}: {plain(life.said)}{status}\n"


def _flat(text: str) -> str:
    return plain(_short(" ".join(text.split())).replace("`", "'"))


def as_json(history: History) -> str:
    """The history for programs, with a line break at its end."""
    last = history.versions[-1]
    value = {
        "format": "pathwaydsl-history",
        "format_version": 1,
        "id": last.id,
        "label": last.label,
        "versions": [
            {
                "version": None if pathway.version is None else str(pathway.version),
                "date": None if pathway.date is None else str(pathway.date),
                "status": pathway.status,
                "gaps": {
                    "open": row.open,
                    "under_study": row.under_study,
                    "answered": row.answered,
                    "withdrawn": row.withdrawn,
                },
            }
            for pathway, row in zip(history.versions, history.counts, strict=True)
        ],
        "steps": [_step(step) for step in history.steps],
        "gaps": [_life(life) for life in history.gaps],
        "recommendations": [_life(life) for life in history.recommendations],
        "breaks": [broken.message for broken in history.breaks],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _step(step: Step) -> dict[str, Any]:
    document = differences(step.comparison)
    return {
        "old": None if step.old.version is None else str(step.old.version),
        "new": None if step.new.version is None else str(step.new.version),
        "statement": document.verdict.statement,
        "required": step.comparison.required.word,
        "declared": step.declared.word,
        "changes": len(step.comparison.changes),
        "top": [line.message for line in top_lines(document)[0]],
    }


def _life(life: Life) -> dict[str, Any]:
    return {
        "id": life.id,
        "ids": list(life.ids),
        "label": life.label,
        "since": None if life.since is None else str(life.since),
        "until": None if life.until is None else str(life.until),
        "gone": life.gone,
        "status": life.status,
        "said": life.said,
        "events": [
            {
                "version": None if event.version is None else str(event.version),
                "what": event.word,
                "rule": None if event.change is None else event.change.rule,
            }
            for event in life.events
        ],
    }
