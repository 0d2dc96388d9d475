"""Findings for programs, as the published schema `schema/findings-1.schema.json` says.

`format_version` rises when a field goes away or changes its meaning; fields may be added.
Lines and columns are 1-based and count characters, offsets are 0-based.
"""

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any, cast

from pathwaydsl.report.counts import count
from pathwaydsl.text.finding import Finding
from pathwaydsl.text.rules import rule
from pathwaydsl.text.source import Source
from pathwaydsl.text.span import Span

FORMAT_VERSION = 1


def as_json(
    findings: Sequence[Finding],
    sources: Mapping[str, Source],
    *,
    files_checked: Sequence[str] = (),
    as_of: str | None = None,
) -> str:
    """The findings as one JSON object, with a line break at its end.

    Args:
        findings: In the order of the report.
        sources: Texts of the files, by name.
        files_checked: Names of the files that were asked for.
        as_of: The date that everything relative to today was counted to.
    """
    counts = count(findings, len(files_checked))
    report = {
        "format_version": FORMAT_VERSION,
        "as_of": as_of,
        "files": list(files_checked),
        "findings": [_finding(found, sources) for found in findings],
        "summary": {"error": counts.errors, "warning": counts.warnings, "info": counts.notes},
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def schema() -> dict[str, Any]:
    """The published JSON Schema of the report."""
    text = files("pathwaydsl.report").joinpath("schema/findings-1.schema.json").read_text("utf-8")
    return cast("dict[str, Any]", json.loads(text))


def _finding(found: Finding, sources: Mapping[str, Source]) -> dict[str, Any]:
    return {
        "rule": found.rule,
        "name": rule(found.rule).name,
        "severity": found.severity.value,
        "message": found.message,
        "file": found.file,
        "span": None if found.span is None else _span(found.span, sources),
        "labels": [
            {"file": label.span.file, "span": _span(label.span, sources), "text": label.text}
            for label in found.labels
        ],
        "help": found.help,
        "fixes": [
            {
                "title": fix.title,
                "edits": [
                    {"file": e.span.file, "span": _span(e.span, sources), "text": e.text}
                    for e in fix.edits
                ],
            }
            for fix in found.fixes
        ],
    }


def _span(span: Span, sources: Mapping[str, Source]) -> dict[str, Any]:
    source = sources.get(span.file)
    return {"start": _point(span.start, source), "end": _point(span.end, source)}


def _point(offset: int, source: Source | None) -> dict[str, int | None]:
    if source is None:
        return {"offset": offset, "line": None, "column": None}
    place = source.place(offset)
    return {"offset": offset, "line": place.line, "column": place.column}
