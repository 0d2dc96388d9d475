"""What changed, for programs: every change once, who gets another advice, and the sections.

The shape is published as a schema; what stands in it is only ever added to.
"""

import json
from collections.abc import Mapping
from importlib import resources
from typing import Any

from pathwaydsl.report.differences import Differences, Side
from pathwaydsl.report.differences_lines import Line
from pathwaydsl.report.differences_patients import Met, Patients, Way
from pathwaydsl.text.finding import Finding
from pathwaydsl.text.source import Source
from pathwaydsl.text.span import Span
from pathwaydsl.versions.records import Change

Sources = Mapping[str, Source]


def as_json(document: Differences, old_sources: Sources, new_sources: Sources) -> str:
    """The document as JSON, with a line break at its end.

    Args:
        document: What changed.
        old_sources: Texts of the older version's files, by name.
        new_sources: Texts of the newer version's files, by name.
    """
    written = json.dumps(
        differences_value(document, old_sources, new_sources), ensure_ascii=False, indent=2
    )
    return f"{written}\n"


def differences_value(
    document: Differences, old_sources: Sources, new_sources: Sources
) -> dict[str, Any]:
    """The document as plain values."""
    verdict, comparison = document.verdict, document.comparison
    return {
        "format": "pathwaydsl-differences",
        "format_version": 1,
        "old": _side(document.old),
        "new": _side(document.new),
        "comparable": comparison.comparable,
        "likeness": comparison.likeness,
        "verdict": {
            "statement": verdict.statement,
            "advice": "unchanged" if verdict.unchanged else _advice(document),
            "required": verdict.required.word,
            "declared": None if verdict.declared is None else verdict.declared.word,
        },
        "patients": [_patients(one) for one in document.patients],
        "notes": list(document.notes),
        "sections": [
            {"id": part.name, "title": part.title, "lines": [_line(one) for one in part.lines]}
            for part in document.parts
        ],
        "changes": [_change(one, old_sources, new_sources) for one in comparison.changes],
        "pairs": [
            {
                "kind": pair.kind,
                "old": pair.old,
                "new": pair.new,
                "reason": pair.reason,
                "confidence": round(pair.confidence, 3),
            }
            for pair in comparison.pairs
            if pair.renamed
        ],
        "findings": [_finding(one) for one in document.findings],
    }


def json_schema() -> dict[str, Any]:
    """The published schema of what `as_json` writes."""
    text = resources.files("pathwaydsl.report").joinpath("schema/differences-1.schema.json")
    schema: dict[str, Any] = json.loads(text.read_text("utf-8"))
    return schema


def _advice(document: Differences) -> str:
    """What was not settled is never told as unchanged."""
    told = document.comparison.behaviour
    if told is None or (not told.decided and not told.differences):
        return "undecided"
    return "changed" if told.differences else "undecided"


def _side(side: Side) -> dict[str, Any]:
    return {
        "name": side.name,
        "id": side.id,
        "label": side.label,
        "version": side.version,
        "date": side.date,
    }


def _patients(patients: Patients) -> dict[str, Any]:
    return {
        "kind": patients.kind,
        "answer_of_one_version": patients.answers,
        "before": [_met(one) for one in patients.before],
        "met": [_met(one) for one in patients.met],
        "always": list(patients.always),
        "one_of": list(patients.who),
        "more": patients.more,
        "share": patients.share,
        "witness": list(patients.witness),
        "shared_way": list(patients.shared),
        "old_way": _way(patients.old_way),
        "new_way": _way(patients.new_way),
    }


def _met(met: Met) -> dict[str, Any]:
    return {"kind": met.kind, "id": met.id, "label": met.label}


def _way(way: Way) -> dict[str, Any]:
    return {"boxes": list(way.boxes), "stops": list(way.stops)}


def _line(line: Line) -> dict[str, Any]:
    return {
        "message": line.message,
        "level": line.level.value,
        "bump": line.bump.word,
        "fingerprints": [one.fingerprint for one in line.changes],
        "inside": [_line(one) for one in line.inside],
    }


def _change(change: Change, old_sources: Sources, new_sources: Sources) -> dict[str, Any]:
    return {
        "rule": change.rule,
        "fingerprint": change.fingerprint,
        "level": change.level.value,
        "bump": change.bump.word,
        "section": change.section.value,
        "message": change.message,
        "subject": {
            "kind": change.subject.kind,
            "id": change.subject.id,
            "old_id": change.subject.old_id,
            "label": change.subject.label,
        },
        "old": change.old,
        "new": change.new,
        "old_place": _place(change.old_span, old_sources),
        "new_place": _place(change.new_span, new_sources),
        "uses": change.uses,
        "effect": change.effect,
        "part_of": change.part_of,
        "acceptable": change.acceptable,
        "accepted": change.accepted,
    }


def _place(span: Span | None, sources: Sources) -> dict[str, Any] | None:
    if span is None:
        return None
    source = sources.get(span.file)
    if source is None:
        return {"file": span.file}
    start = source.place(span.start)
    return {"file": span.file, "line": start.line, "column": start.column}


def _finding(found: Finding) -> dict[str, Any]:
    return {
        "rule": found.rule,
        "severity": found.severity.value,
        "message": found.message,
        "help": found.help,
        "file": found.file,
    }
