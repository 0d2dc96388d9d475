"""`# allow PW402: reason`: findings an author has looked at and lets stand.

The comment stands on a line of its own right above the line in which the finding begins; several
may stand one under another.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from pathwaydsl.text.finding import Finding, Severity
from pathwaydsl.text.rules import finding, rule, rule_named
from pathwaydsl.text.rules.rule import Rule
from pathwaydsl.text.source import Source
from pathwaydsl.text.span import Span
from pathwaydsl.text.suggestion import nearest

_COMMENT_OR_TEXT = re.compile(r'"""[\s\S]*?(?:"""|\Z)|"(?:\\.|[^"\\\n])*"?|#[^\n]*')
_ALLOW = re.compile(r"#\s*allow\s+([A-Za-z0-9-]+)\s*(?::(.*))?$")
_CODE = re.compile(r"pw\d+", re.IGNORECASE)

DEPENDS_ON_RUN = frozenset({"PW440", "PW508", "PW509"})
"""Rules whose findings come and go with the day and with the files of a run."""


@frozen
class Allowance:
    """One comment that lets a rule's findings stand.

    Attributes:
        word: The rule as written, code or name.
        rule: The rule meant, or None if there is none of that name.
        reason: Why, or None.
        line: The line whose findings it allows; None when it does not stand on its own line.
        span: The comment.
    """

    word: str
    rule: Rule | None
    reason: str | None
    line: int | None
    span: Span


def allowances(source: Source) -> tuple[Allowance, ...]:
    """Every such comment of a file, texts passed over."""
    if "allow" not in source.text:
        return ()
    found: list[tuple[Allowance, int]] = []
    own_lines: set[int] = set()
    for match in _COMMENT_OR_TEXT.finditer(source.text):
        if not match[0].startswith("#") or "allow" not in match[0]:
            continue
        said = _ALLOW.match(match[0].rstrip())
        if said is None:
            continue
        meant = rule_named(said[1])
        if meant is None and said[2] is None and not _CODE.fullmatch(said[1]):
            continue  # a comment that happens to begin with this word
        reason = (said[2] or "").strip() or None
        line = source.place(match.start()).line
        alone = not source.line(line)[: match.start() - source.line_starts[line - 1]].strip()
        if alone:
            own_lines.add(line)
        span = source.span(match.start(), match.start() + len(match[0].rstrip()))
        found.append((Allowance(said[1], meant, reason, None, span), line if alone else 0))
    return tuple(
        evolve(allowance, line=_line_below(line, own_lines)) if line else allowance
        for allowance, line in found
    )


def _line_below(line: int, own_lines: set[int]) -> int:
    while line in own_lines:
        line += 1
    return line


def apply(
    sources: Mapping[str, Source],
    findings: Iterable[Finding],
    severities: Mapping[str, Severity | None],
) -> tuple[Finding, ...]:
    """The findings that remain, with the severities of the configuration, in report order.

    Args:
        sources: The files of the run by name.
        findings: What was found in them.
        severities: By code or name of a rule; None turns it off. What concerns who gets which
            treatment stays as it is.
    """
    chosen = {
        meant.code: value for word, value in severities.items() if (meant := rule_named(word))
    }
    remaining = list(findings)
    reading_errors = {
        found.file
        for found in remaining
        if found.rule.startswith("PW1") and found.severity is Severity.ERROR
    }
    for name, source in sources.items():
        allowed = allowances(source)
        if allowed:
            remaining = _without_allowed(source, allowed, remaining)
            remaining.extend(
                _about(source, allowed, list(findings), name in reading_errors, chosen)
            )
    return tuple(sorted(_with_severities(remaining, chosen), key=lambda one: one.order))


def _without_allowed(
    source: Source, allowed: Sequence[Allowance], findings: list[Finding]
) -> list[Finding]:
    lines = {
        (allowance.rule.code, allowance.line)
        for allowance in allowed
        if allowance.rule is not None and allowance.rule.suppressible
    }
    return [found for found in findings if (found.rule, _line_of(found, source)) not in lines]


def _line_of(found: Finding, source: Source) -> int | None:
    if found.file != source.name or found.span is None or found.span.file != source.name:
        return None
    return source.place(found.span.start).line


def _about(
    source: Source,
    allowed: Sequence[Allowance],
    findings: list[Finding],
    unread: bool,  # noqa: FBT001  read as a fact about the file
    chosen: Mapping[str, Severity | None],
) -> Iterator[Finding]:
    hit = {(found.rule, _line_of(found, source)) for found in findings}
    for allowance in allowed:
        if allowance.rule is None:
            from_rules = nearest(allowance.word, _names())
            yield finding(
                "PW130",
                f"There is no rule `{allowance.word}`",
                allowance.span,
                help=f"Did you mean `{from_rules}`?"
                if from_rules
                else "Write the code or the name a finding shows, as `PW410`",
            )
            continue
        name = f"{allowance.rule.code} {allowance.rule.name}"
        if not allowance.rule.suppressible:
            yield finding(
                "PW129",
                f"{name} cannot be allowed",
                allowance.span,
                help="Mend what it finds, and remove this comment",
            )
            continue
        if allowance.reason is None:
            yield finding(
                "PW127",
                f"{name} is allowed here without a reason",
                allowance.span,
                help=f"Write `# allow {allowance.word}: why it may stand`",
            )
        depends = (
            unread
            or allowance.rule.code in DEPENDS_ON_RUN
            or (allowance.rule.code in chosen and chosen[allowance.rule.code] is None)
        )
        if not depends and (
            allowance.line is None or (allowance.rule.code, allowance.line) not in hit
        ):
            yield finding(
                "PW128",
                f"{name} is allowed here, but nothing of it is found",
                allowance.span,
                help="Remove this comment"
                if allowance.line is not None
                else "Put it on a line of its own, right above what it is about",
            )


def _names() -> tuple[str, ...]:
    from pathwaydsl.text.rules import all_rules  # noqa: PLC0415  only a mistake needs every rule

    return tuple(word for known in all_rules() for word in (known.code, known.name))


def _with_severities(
    findings: Iterable[Finding], chosen: Mapping[str, Severity | None]
) -> Iterator[Finding]:
    for found in findings:
        if found.rule not in chosen or not rule(found.rule).suppressible:
            yield found
            continue
        severity = chosen[found.rule]
        if severity is not None:
            yield evolve(found, severity=severity)
