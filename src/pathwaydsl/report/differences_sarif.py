"""What changed as SARIF, and as the commands that GitHub shows beside the lines of a pull request.

A change stands where it stands in the newer version; what is gone stands at the head of the
newer file, and the place it had is told beside it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pathwaydsl.report.differences import Differences
from pathwaydsl.report.github import command
from pathwaydsl.report.sarif import LEVELS, Places, log
from pathwaydsl.text.finding import Finding, Severity
from pathwaydsl.text.rules import rule as finding_rule
from pathwaydsl.text.rules.rule import Rule
from pathwaydsl.text.source import Source
from pathwaydsl.versions.records import Change, Level
from pathwaydsl.versions.rules import BY_ID
from pathwaydsl.versions.rules.rule import ChangeRule

SEVERITIES = {
    Level.ERROR: Severity.ERROR,
    Level.WARNING: Severity.WARNING,
    Level.INFO: Severity.INFO,
}
FINGERPRINT = "pathwaydsl-change/v1"
"""The name of the fingerprints of changes; they survive reformatting and moving."""


def told(document: Differences) -> tuple[Change, ...]:
    """The changes that machines are told: all but those kept on record only."""
    return tuple(one for one in document.comparison.changes if one.level is not Level.OFF)


def as_sarif(
    document: Differences, sources: Mapping[str, Source], *, shown: Callable[[str], str] = str
) -> str:
    """The changes as one SARIF log, with a line break at its end.

    Args:
        document: What changed.
        sources: Texts of the newer version's files, by name.
        shown: How the reader of the log knows a file.
    """
    places = Places(sources, shown)
    changes = told(document)
    rules = [_rule(BY_ID[one]) for one in sorted({change.rule for change in changes})]
    codes = sorted({found.rule for found in document.findings})
    rules += [_code(finding_rule(code)) for code in codes]
    numbers = {one["id"]: number for number, one in enumerate(rules)}
    file = document.comparison.new.file
    results = [_found(one, numbers, places) for one in document.findings]
    results += [_result(one, numbers, places, file) for one in changes]
    return log(rules, results)


def _result(
    change: Change, numbers: Mapping[str, int], places: Places, file: str
) -> dict[str, Any]:
    where = change.new_span
    location = places.location(where.file if where else file, where)
    result: dict[str, Any] = {
        "ruleId": change.rule,
        "ruleIndex": numbers[change.rule],
        "level": LEVELS[SEVERITIES[change.level]],
        "message": {"text": f"{change.message}."},
        "locations": [location],
        "partialFingerprints": {FINGERPRINT: change.fingerprint},
        "properties": {
            "bump": change.bump.word,
            "section": change.section.value,
            "effect": change.effect or "not told apart",
        },
    }
    if change.accepted is not None:
        result["suppressions"] = [{"kind": "external", "justification": change.accepted}]
    return result


def _found(found: Finding, numbers: Mapping[str, int], places: Places) -> dict[str, Any]:
    said = f"{found.message}." if found.help is None else f"{found.message}. {found.help}"
    return {
        "ruleId": found.rule,
        "ruleIndex": numbers[found.rule],
        "level": LEVELS[found.severity],
        "message": {"text": said},
        "locations": [places.location(found.file, found.span)],
    }


def _rule(row: ChangeRule) -> dict[str, Any]:
    level = LEVELS[SEVERITIES[row.level]]
    return {
        "id": row.id,
        "shortDescription": {"text": f"{row.title}."},
        "fullDescription": {"text": row.rationale},
        "help": {"text": f"{row.rationale} It needs this step: {row.bump.word}."},
        "defaultConfiguration": {"level": level},
    }


def _code(row: Rule) -> dict[str, Any]:
    return {
        "id": row.code,
        "name": row.name,
        "shortDescription": {"text": row.summary},
        "fullDescription": {"text": row.why},
        "help": {"text": row.why},
        "defaultConfiguration": {"level": LEVELS[row.severity]},
    }


def as_github(
    document: Differences, sources: Mapping[str, Source], *, shown: Callable[[str], str] = str
) -> str:
    """The changes as workflow commands, the weightiest first; the verdict as the first of them."""
    verdict = document.verdict
    file = document.comparison.new.file
    severity = Severity.INFO if verdict.unchanged else Severity.WARNING
    said = f"{verdict.statement} {verdict.number} {verdict.counted}"
    lines = [
        command(severity, shown(file), None, title="What changed", message=said, sources=sources)
    ]
    lines += [
        command(
            found.severity,
            shown(found.file),
            found.span,
            title=f"{found.rule} {finding_rule(found.rule).name}",
            message=found.message if found.help is None else f"{found.message}\n{found.help}",
            sources=sources,
        )
        for found in document.findings
    ]
    for change in _weightiest(told(document)):
        if change.accepted is not None:
            continue
        where = change.new_span
        lines.append(
            command(
                SEVERITIES[change.level],
                shown(where.file if where else file),
                where,
                title=f"{BY_ID[change.rule].title} ({change.bump.word})",
                message=change.message,
                sources=sources,
            )
        )
    return "".join(lines)


def _weightiest(changes: Sequence[Change]) -> list[Change]:
    return sorted(changes, key=lambda one: one.level.rank)
