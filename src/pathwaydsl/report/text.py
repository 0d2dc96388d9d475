"""Findings for people: the line, a caret under the place, and what to write instead.

Nothing from a file reaches the terminal as a control character.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from unicodedata import category, combining, east_asian_width

from attrs import frozen

from pathwaydsl.report.counts import Counts
from pathwaydsl.text.finding import Finding, Severity
from pathwaydsl.text.rules import rule
from pathwaydsl.text.source import Place, Source
from pathwaydsl.text.span import Span

_WIDTH = 120
"""Columns of an excerpt; longer lines are cut around the place."""

_COLOURS = {
    Severity.ERROR: "1;31",
    Severity.WARNING: "1;33",
    Severity.INFO: "1;34",
}


@frozen
class Paint:
    """Puts colour on words, or does not."""

    on: bool = False

    def __call__(self, code: str, text: str) -> str:
        """The text between the marks for a colour, where there is colour."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.on and text else text


def as_text(
    findings: Iterable[Finding],
    sources: Mapping[str, Source],
    *,
    colour: bool = False,
    shown: Callable[[str], str] = str,
) -> str:
    """Every finding with its excerpt, a blank line after each.

    Args:
        findings: In the order of the report.
        sources: Texts of the files, by name.
        colour: Whether to colour; only for a terminal.
        shown: How a file's name is printed, such as relative to the current folder.
    """
    printer = _Printer(sources, Paint(colour), shown)
    blocks = ("\n".join(printer.lines(found)) for found in findings)
    return "".join(f"{block}\n\n" for block in blocks)


def summary(counts: Counts, *, colour: bool = False) -> str:
    """One line that says how many findings there are in how many files."""
    paint = Paint(colour)
    files = f"{counts.files} {'file' if counts.files == 1 else 'files'}"
    if not counts.total:
        return paint("1;32", f"No findings in {files}.")
    parts = [
        paint(_COLOURS[severity], f"{number} {_plural(severity, number)}")
        for severity, number in counts.by_severity
        if number
    ]
    return f"{', '.join(parts)} in {files}."


def _plural(severity: Severity, number: int) -> str:
    if severity is Severity.INFO:
        return "note" if number == 1 else "notes"
    return severity.value if number == 1 else f"{severity.value}s"


@frozen
class _Printer:
    """How the blocks of one report are printed."""

    sources: Mapping[str, Source]
    paint: Paint
    shown: Callable[[str], str]

    def lines(self, found: Finding) -> Iterator[str]:
        """The lines of one finding."""
        paint, margin = self.paint, self._margin(found)
        colour = _COLOURS[found.severity]
        word = "note" if found.severity is Severity.INFO else found.severity.value
        code = paint("2", f"[{found.rule} {rule(found.rule).name}]")
        yield f"{paint(colour, word)}: {paint('1', harmless(found.message))} {code}"
        if found.span is None or found.span.file not in self.sources:
            yield f"{margin}{paint('34', '-->')} {harmless(self.shown(found.file))}"
        else:
            yield from self._excerpt(margin, found.span, "", sign="^", colour=colour)
        for label in found.labels:
            if label.span.file in self.sources:
                yield from self._excerpt(margin, label.span, label.text, sign="-", colour="34")
        if found.help:
            first, *rest = harmless(found.help, keep="\n").split("\n")
            yield f"{margin} {paint('34', '=')} {paint('1', 'help')}: {first}"
            yield from (f"{margin}         {line}" for line in rest)

    def _margin(self, found: Finding) -> str:
        """Blanks as wide as the widest line number shown."""
        spans = [span for span in (found.span, *(label.span for label in found.labels)) if span]
        places = [self.sources[s.file].place(s.start) for s in spans if s.file in self.sources]
        return " " * len(str(max((place.line for place in places), default=1)))

    def _excerpt(
        self, margin: str, span: Span, text: str, *, sign: str, colour: str
    ) -> Iterator[str]:
        source, paint = self.sources[span.file], self.paint
        start, end = source.place(span.start), source.place(max(span.end, span.start))
        name = harmless(self.shown(source.name))
        yield f"{margin}{paint('34', '-->')} {name}:{start.line}:{start.column}"
        yield f"{margin} {paint('34', '|')}"
        line, before, under = _cut(source.line(start.line), start, end)
        number = str(start.line).rjust(len(margin))
        yield f"{paint('34', number)} {paint('34', '|')} {line}".rstrip()
        tail = f" {harmless(text)}" if text else ""
        yield f"{margin} {paint('34', '|')} {' ' * before}{paint(colour, sign * under + tail)}"


def _cut(line: str, start: Place, end: Place) -> tuple[str, int, int]:
    """What of a line is shown, and the columns before and under the place."""
    first = min(start.column - 1, len(line))
    last = min(end.column - 1, len(line)) if end.line == start.line else len(line.rstrip())
    last = max(last, first)
    left, right = 0, len(line)
    if right > _WIDTH:
        left = max(0, first - _WIDTH // 3)
        right = min(len(line), left + _WIDTH)
        last = min(last, right)
    lead, trail = ("\u2026" if left else ""), ("\u2026" if right < len(line) else "")
    visible = f"{lead}{harmless(line[left:right])}{trail}"
    before = len(lead) + cells(harmless(line[left:first]))
    return visible, before, max(1, cells(harmless(line[first:last])))


def harmless(text: str, keep: str = "") -> str:
    """The text with control and direction characters made visible; tabs become four blanks."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible(c) if c not in keep else c for c in text)


def _visible(character: str) -> str:
    if character == "\t":
        return "    "
    if category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and character not in "\u200d\u200c":
        return f"\\u{{{ord(character):x}}}"
    return character


def cells(text: str) -> int:
    """How many columns a terminal needs for a text."""
    if text.isascii():
        return len(text)
    return sum(
        0 if combining(c) or c in "\u200d\u200c" else 2 if east_asian_width(c) in "WF" else 1
        for c in text
    )
