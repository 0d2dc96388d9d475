"""Findings as SARIF 2.1.0, which code hosts and editors read.

Lines and columns are 1-based and count code points. Names of files are relative to the project's
root and percent-encoded. The rules come from the catalogue, so that a reader needs no manual.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from pathwaydsl.text.finding import Finding, Fix, Label, Severity
from pathwaydsl.text.fingerprint import fingerprints
from pathwaydsl.text.rules import rule
from pathwaydsl.text.rules.rule import Rule
from pathwaydsl.text.source import Source
from pathwaydsl.text.span import Span

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
"""What SARIF calls our severities."""
FINGERPRINT = "pathwaydsl/v1"
"""The name of our fingerprints; a later way to make them gets another one."""
_RELATED = 1_000
"""Places beside a finding that readers take in at most."""


def as_sarif(
    findings: Sequence[Finding],
    sources: Mapping[str, Source],
    *,
    shown: Callable[[str], str] = str,
) -> str:
    """The findings as one SARIF log with one run, with a line break at its end.

    Args:
        findings: In the order of the report.
        sources: Texts of the files, by name.
        shown: How the reader of the log knows a file.
    """
    codes = sorted({found.rule for found in findings})
    places = Places(sources, shown)
    numbers = {code: number for number, code in enumerate(codes)}
    results = [
        _result(found, numbers[found.rule], mark, places)
        for found, mark in zip(findings, fingerprints(findings), strict=True)
    ]
    return log([_descriptor(rule(code)) for code in codes], results)


def log(rules: Iterable[Mapping[str, Any]], results: Iterable[Mapping[str, Any]]) -> str:
    """A whole log of rules and results, as text with a line break at its end."""
    driver = {"name": "pathwaydsl", "version": version("pathwaydsl"), "rules": list(rules)}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"ROOT": {"description": {"text": "The root of the project"}}},
        "results": list(results),
    }
    written = {"version": "2.1.0", "runs": [run]}
    return json.dumps(written, ensure_ascii=False, indent=2) + "\n"


class Places:
    """Where things stand, in the words of SARIF."""

    def __init__(self, sources: Mapping[str, Source], shown: Callable[[str], str]) -> None:
        self._sources = sources
        self._shown = shown

    def file(self, name: str) -> dict[str, Any]:
        """A file."""
        return {"uri": quote(self._shown(name)), "uriBaseId": "ROOT"}

    def region(self, span: Span) -> dict[str, int] | None:
        """A stretch of a file, or None where its text is not known."""
        source = self._sources.get(span.file)
        if source is None:
            return None
        start, end = source.place(span.start), source.place(span.end)
        return {
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        }

    def location(self, name: str, span: Span | None) -> dict[str, Any]:
        """A place in a file, or the file as a whole."""
        region = None if span is None else self.region(span)
        physical = {"artifactLocation": self.file(name)}
        return {"physicalLocation": physical | ({} if region is None else {"region": region})}


def _result(found: Finding, number: int, mark: str, places: Places) -> dict[str, Any]:
    said = f"{found.message}." if found.help is None else f"{found.message}. {found.help}"
    result: dict[str, Any] = {
        "ruleId": found.rule,
        "ruleIndex": number,
        "level": LEVELS[found.severity],
        "message": {"text": said},
        "locations": [places.location(found.file, found.span)],
        "partialFingerprints": {FINGERPRINT: mark},
    }
    if found.labels:
        result["relatedLocations"] = [_related(each, places) for each in found.labels[:_RELATED]]
    fixes = [fix for fix in (_fix(each, places) for each in found.fixes) if fix is not None]
    if fixes:
        result["fixes"] = fixes
    return result


def _related(label: Label, places: Places) -> dict[str, Any]:
    return places.location(label.span.file, label.span) | {"message": {"text": label.text}}


def _fix(fix: Fix, places: Places) -> dict[str, Any] | None:
    """A mend, or None where a file it changes is not at hand."""
    changes: dict[str, list[dict[str, Any]]] = {}
    for edit in fix.edits:
        region = places.region(edit.span)
        if region is None:
            return None
        replacement = {"deletedRegion": region, "insertedContent": {"text": edit.text}}
        changes.setdefault(edit.span.file, []).append(replacement)
    return {
        "description": {"text": fix.title},
        "artifactChanges": [
            {"artifactLocation": places.file(name), "replacements": replacements}
            for name, replacements in changes.items()
        ],
    }


def _descriptor(row: Rule) -> dict[str, Any]:
    return {
        "id": row.code,
        "name": row.name,
        "shortDescription": {"text": row.summary},
        "fullDescription": {"text": row.why},
        "help": {"text": f"{row.why} `pathwaydsl explain {row.code}` shows an example."},
        "defaultConfiguration": {"level": LEVELS[row.severity]},
    }
