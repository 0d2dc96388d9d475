"""Cases and their coverage for people at a terminal."""

from collections.abc import Callable, Mapping

from pathwaydsl.cases.coverage import Coverage, PartKind
from pathwaydsl.cases.judging import CaseResult
from pathwaydsl.report.text import harmless
from pathwaydsl.text.source import Source

NAMES: Mapping[PartKind, str] = {
    "box": "boxes",
    "branch": "branches",
    "gap": "evidence gaps",
    "threshold": "sides of limits",
}
"""What the parts are called in a sentence."""

SHOWN = 40
"""How many parts without a case are listed for one pathway."""


def as_text(
    cases: Mapping[str, tuple[CaseResult, ...]],
    coverages: Mapping[str, Coverage],
    sources: Mapping[str, Source],
    *,
    shown: Callable[[str], str] = str,
) -> str:
    """Every case with how it went, and what no case exercises, by file.

    Args:
        cases: How the cases of each file went.
        coverages: What they exercise.
        sources: Texts of the files, by name.
        shown: How a file's name is printed.
    """
    blocks = []
    for name, results in cases.items():
        lines = [harmless(shown(name))]
        for result in results:
            lines.append(
                f"  {'passed' if result.passed else 'FAILED'}  {harmless(result.case.label)}"
            )
            for found in result.findings:
                place = _place(found.span.start, sources[name]) if found.span else ""
                lines.append(f"          {found.severity.value}{place}: {harmless(found.message)}")
                if found.help:
                    lines.append(f"          {harmless(found.help)}")
        if not results:
            lines.append("  no cases")
        lines += _coverage(coverages[name], sources[name])
        blocks.append("\n".join(lines))
    return "".join(f"{block}\n\n" for block in blocks)


def summary(cases: Mapping[str, tuple[CaseResult, ...]]) -> str:
    """How many cases passed, in one sentence."""
    results = [result for found in cases.values() for result in found]
    passed = sum(result.passed for result in results)
    if not results:
        return "There are no cases."
    return f"{passed} of {len(results)} {'case' if len(results) == 1 else 'cases'} passed."


def _coverage(coverage: Coverage, source: Source) -> list[str]:
    counts = []
    for kind, name in NAMES.items():
        parts = coverage.of(kind)
        if parts:
            counts.append(f"{sum(p.exercised for p in parts)} of {len(parts)} {name}")
    lines = [f"  exercised: {', '.join(counts)}"]
    missed = coverage.missed
    if missed:
        lines.append("  no case exercises:")
    for part in missed[:SHOWN]:
        here = part.span is not None and part.span.file == source.name
        place = _place(part.span.start, source) if part.span is not None and here else ""
        word = "limit" if part.kind == "threshold" else part.kind
        lines.append(f"    {word:6}  {harmless(part.says)}{place}")
    if len(missed) > SHOWN:
        lines.append(f"    and {len(missed) - SHOWN} more (--format json lists all)")
    return lines


def _place(offset: int, source: Source) -> str:
    return f" (line {source.place(offset).line})"
