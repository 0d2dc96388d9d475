"""Findings as workflow commands, which GitHub shows beside the lines of a pull request.

A line is one command; what could end a command or a property is escaped.
"""

from collections.abc import Callable, Iterable, Mapping

from pathwaydsl.report.text import harmless
from pathwaydsl.text.finding import Finding, Severity
from pathwaydsl.text.rules import rule
from pathwaydsl.text.source import Source
from pathwaydsl.text.span import Span

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


_BREAKS = "\r\n"
"""What is escaped in GitHub's own way; other control characters would reach the log's terminal."""


def as_github(
    findings: Iterable[Finding],
    sources: Mapping[str, Source],
    *,
    shown: Callable[[str], str] = str,
) -> str:
    """One workflow command a finding; `shown` says how GitHub knows a file."""
    return "".join(_command(found, sources, shown(found.file)) for found in findings)


def _command(found: Finding, sources: Mapping[str, Source], name: str) -> str:
    message = found.message if found.help is None else f"{found.message}\n{found.help}"
    title = f"{found.rule} {rule(found.rule).name}"
    return command(found.severity, name, found.span, title=title, message=message, sources=sources)


def command(
    severity: Severity,
    name: str,
    span: Span | None,
    *,
    title: str,
    message: str,
    sources: Mapping[str, Source],
) -> str:
    """One workflow command, as one line.

    Args:
        severity: How much it matters.
        name: How GitHub knows the file.
        span: Where it is, or None for the file as a whole.
        title: Its heading.
        message: What it says.
        sources: Texts of the files, by name.
    """
    properties = {"file": name}
    source = None if span is None else sources.get(span.file)
    if span is not None and source is not None:
        start, end = source.place(span.start), source.place(span.end)
        properties |= {"line": str(start.line), "endLine": str(end.line)}
        if start.line == end.line:  # GitHub takes columns within one line alone
            properties |= {"col": str(start.column), "endColumn": str(end.column)}
    properties["title"] = title
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{_COMMANDS[severity]} {written}::{_escaped(harmless(message, keep=_BREAKS))}\n"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(harmless(text, keep=_BREAKS)).replace(":", "%3A").replace(",", "%2C")
