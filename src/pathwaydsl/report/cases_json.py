"""Cases and their coverage for programs: JSON, and JUnit XML for what shows test results.

`format_version` rises when a field goes away or changes its meaning; fields may be added.
"""

import json
import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from pathwaydsl.cases.coverage import Coverage, Part
from pathwaydsl.cases.judging import CaseResult
from pathwaydsl.report.cases_text import NAMES
from pathwaydsl.text.source import Source

FORMAT_VERSION = 1

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_json(
    cases: Mapping[str, tuple[CaseResult, ...]],
    coverages: Mapping[str, Coverage],
    sources: Mapping[str, Source],
) -> str:
    """Every case with its way, and what each file's cases exercise, as one JSON object."""
    results = [result for found in cases.values() for result in found]
    report = {
        "format_version": FORMAT_VERSION,
        "files": [
            {
                "file": name,
                "cases": [_case(result, sources[name]) for result in found],
                "coverage": {
                    NAMES[kind].replace(" ", "_"): {
                        "total": len(parts := coverages[name].of(kind)),
                        "exercised": sum(part.exercised for part in parts),
                        "missed": [_part(p, sources) for p in parts if not p.exercised],
                    }
                    for kind in NAMES
                },
            }
            for name, found in cases.items()
        ],
        "summary": {
            "cases": len(results),
            "failed": sum(not result.passed for result in results),
        },
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def as_junit(cases: Mapping[str, tuple[CaseResult, ...]], sources: Mapping[str, Source]) -> bytes:
    """Every case as a test case of JUnit XML, one suite a file."""
    root = ET.Element("testsuites", name="pathwaydsl test")
    for name, results in cases.items():
        failed = sum(not result.passed for result in results)
        suite = ET.SubElement(
            root, "testsuite", name=_text(name), tests=str(len(results)), failures=str(failed)
        )
        suite.set("errors", "0")
        for result in results:
            line = str(_line(result, sources[name]))
            label = _text(result.case.label)
            case = ET.SubElement(suite, "testcase", name=label, classname=_text(name))
            case.set("file", _text(name))
            case.set("line", line)
            for found in result.failures[:1]:
                failure = ET.SubElement(case, "failure", message=_text(found.message))
                failure.set("type", found.rule)
                failure.text = "\n".join(
                    _text(part) for f in result.failures for part in (f.message, f.help) if part
                )
    ET.indent(root)
    text: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _case(result: CaseResult, source: Source) -> dict[str, Any]:
    return {
        "label": result.case.label,
        "line": _line(result, source),
        "passed": result.passed,
        "way": list(result.walk.way),
        "flagged": list(result.walk.flagged),
        "stops": [
            {"kind": s.kind.value, "at": s.node, "why": s.why, "missing": list(s.missing)}
            for s in result.walk.stops
        ],
        "findings": [
            {"rule": f.rule, "severity": f.severity.value, "message": f.message, "help": f.help}
            for f in result.findings
        ],
    }


def _part(part: Part, sources: Mapping[str, Source]) -> dict[str, Any]:
    source = sources.get(part.span.file) if part.span is not None else None
    line = source.place(part.span.start).line if source is not None and part.span else None
    return {
        "says": part.says,
        "file": part.span.file if part.span is not None else None,
        "line": line,
    }


def _line(result: CaseResult, source: Source) -> int | None:
    return source.place(result.case.span.start).line if result.case.span is not None else None


def _text(text: str) -> str:
    """Text without characters that XML cannot hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
