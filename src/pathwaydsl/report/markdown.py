"""Findings as Markdown, for a comment on a pull request.

The most important come first. What does not fit into a comment is counted, never dropped in
silence. Nothing from a file is read as Markdown or HTML.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from pathwaydsl.report.counts import count
from pathwaydsl.report.text import harmless
from pathwaydsl.text.finding import Finding, Severity
from pathwaydsl.text.rules import rule
from pathwaydsl.text.source import Source
from pathwaydsl.text.span import Span

LIMIT = 60_000
"""Characters that a report takes at most; code hosts refuse comments a little above it."""

_LINE = 300
"""Characters of an author's line that are shown."""

_WORDS = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.INFO: ("note", "notes"),
}
_MARKED = re.compile(r"[\\`*_\[\]#|<>~@&$]|:(?=\S)|(?<=www)\.", re.IGNORECASE)
_QUOTED = re.compile(r"(`[^`\n]+`)")


def as_markdown(
    findings: Sequence[Finding],
    sources: Mapping[str, Source],
    *,
    files_checked: int = 0,
    shown: Callable[[str], str] = str,
) -> str:
    """A heading with the numbers, then every finding, errors first.

    Args:
        findings: In the order of the report.
        sources: Texts of the files, by name.
        files_checked: How many files were asked for.
        shown: How a file's name is printed.
    """
    counts = count(findings, files_checked)
    told = [_number(number, severity) for severity, number in counts.by_severity if number]
    files = "1 file" if files_checked == 1 else f"{files_checked} files"
    heading = f"### pathwaydsl: {', '.join(told) or 'no findings'} in {files}\n"
    ordered = sorted(findings, key=lambda found: found.severity.rank)
    return heading + fitting((_item(found, sources, shown) for found in ordered), len(heading))


def fitting(items: Iterable[str], taken: int, *, what: str = "findings") -> str:
    """As many items as fit below the limit, then how many do not."""
    parts: list[str] = []
    left_out = 0
    for item in items:
        if left_out or taken + len(item) > LIMIT - 200:
            left_out += 1
            continue
        parts.append(item)
        taken += len(item)
    if left_out:
        parts.append(f"\n{left_out} more {what} do not fit here; run the command to see them.\n")
    return "".join(parts)


def plain(text: str) -> str:
    """Text with words of an author, in which nothing is read as Markdown, HTML or a mention.

    What stands between backticks is shown as code.
    """
    parts = _QUOTED.split(harmless(text, keep="\n").replace("\n", " "))
    return "".join(part if number % 2 else _escaped(part) for number, part in enumerate(parts))


def _escaped(text: str) -> str:
    return _MARKED.sub(lambda sign: f"&#{ord(sign[0])};", text)


def block(text: str) -> str:
    """Lines of an author as a code block that nothing in them can end."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{harmless(text, keep=chr(10)).rstrip()}\n{fence}\n"


def _number(number: int, severity: Severity) -> str:
    return f"{number} {_WORDS[severity][number != 1]}"


def _item(found: Finding, sources: Mapping[str, Source], shown: Callable[[str], str]) -> str:
    word = _WORDS[found.severity][0]
    where = _place(found.file, found.span, sources, shown)
    lines = [f"\n**{word} {found.rule}** {plain(rule(found.rule).name)}, {where}\n"]
    lines.append(f"\n{plain(found.message)}.\n")
    if found.span is not None and found.span.file in sources:
        source = sources[found.span.file]
        line = source.line(source.place(found.span.start).line).strip()
        if line:
            lines.append("\n" + block(line[:_LINE]))
    lines += [
        f"\n- {_place(each.span.file, each.span, sources, shown)}: {plain(each.text)}"
        for each in found.labels
    ]
    if found.labels:
        lines.append("\n")
    if found.help is not None:
        lines.append("\n" + _help(found.help))
    return "".join(lines)


def _help(text: str) -> str:
    """One line as prose, several as they stand, for they are meant to be pasted."""
    return block(text) if "\n" in text else f"{plain(text)}\n"


def _place(
    name: str, span: Span | None, sources: Mapping[str, Source], shown: Callable[[str], str]
) -> str:
    source = None if span is None else sources.get(span.file)
    line = "" if span is None or source is None else f", line {source.place(span.start).line}"
    return f"{plain(shown(name))}{line}"
