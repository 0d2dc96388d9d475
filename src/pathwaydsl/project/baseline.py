"""The baseline of a project: findings that were there when it was adopted, so only new ones count.

An entry names a finding by its fingerprint, which knows rule and message and no line. What cannot
be suppressed, what could not be read and what is wrong with a release is never part of it.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

from attrs import frozen

from pathwaydsl.checks.suppression import DEPENDS_ON_RUN
from pathwaydsl.text.finding import Finding, Outcome, Severity
from pathwaydsl.text.fingerprint import LENGTH, fingerprint_of
from pathwaydsl.text.rules import finding, rule, rule_named
from pathwaydsl.text.source import Source
from pathwaydsl.text.span import Span

FORMAT = 1
"""Rises when an older program could not read the file any more."""

_KEYS = {"fingerprint": str, "rule": str, "message": str, "file": str, "count": int}
_ENTRY = re.compile(r"^\[\[finding\]\]", re.MULTILINE)
_RELEASES = frozenset(f"PW{number}" for number in range(615, 630))
_HEAD = """\
# Findings that were there when this project was adopted; `pathwaydsl check` counts only new ones.
# Written by `pathwaydsl baseline`; run it again when something is mended, to take that out.
format = 1
"""


class Looked(Enum):
    """How far a run looked at a file."""

    WHOLE = "all that is wrong with it was found"
    PARTLY = "it was imported only, or could not be read whole"
    NOT = "it is no part of the run"
    GONE = "there is no such file"


@frozen
class Entry:
    """Findings of a file that are known.

    Attributes:
        fingerprint: Of the rule and the message, as in every other report.
        rule: The code of the rule.
        message: What is said.
        file: Where they are.
        count: How many times it is said there.
        span: Where the entry stands, or None for a new one.
    """

    fingerprint: str
    rule: str
    message: str
    file: str
    count: int
    span: Span | None = None

    @property
    def order(self) -> tuple[str, str, str]:
        """The order in the file."""
        return self.file, self.rule, self.message


@frozen
class Compared:
    """What a run found, beside the baseline.

    Attributes:
        new: Findings that count.
        known: Findings of the baseline.
        gone: Entries that are found no more, or less often, each with the number that is gone.
    """

    new: tuple[Finding, ...]
    known: tuple[Finding, ...]
    gone: tuple[tuple[Entry, int], ...]


def may_stand(found: Finding) -> bool:
    """Whether a finding may be part of a baseline."""
    unread = found.rule.startswith(("PW1", "PW2")) and found.severity is Severity.ERROR
    known = rule(found.rule)
    return known.suppressible and not unread and found.rule not in _RELEASES


def baseline_of(
    findings: Iterable[Finding], before: Sequence[Entry], looked: Callable[[str], Looked]
) -> tuple[Entry, ...]:
    """The entries of a new baseline, in their order.

    Args:
        findings: All that was found, the known ones too.
        before: The entries there were; those of files that were not looked at are kept.
        looked: How far the run looked at a file.
    """
    now = Counter((f.file, f.rule, f.message) for f in findings if may_stand(f))
    for entry in before:
        seen = looked(entry.file)
        unsure = seen is Looked.WHOLE and entry.rule in DEPENDS_ON_RUN
        if seen in {Looked.PARTLY, Looked.NOT} or unsure:
            now[entry.order] = max(now[entry.order], entry.count)
    return tuple(
        Entry(fingerprint_of(code, message), code, message, file, count)
        for (file, code, message), count in sorted(now.items())
    )


def compare(
    findings: Sequence[Finding], entries: Sequence[Entry], looked: Callable[[str], Looked]
) -> Compared:
    """Part findings into new ones and known ones.

    A finding that is known in its own file comes first; what is left there may stand for one that
    moved to another file.
    """
    left = Counter[tuple[str, str]]()
    seen = {file: looked(file) for file in sorted({entry.file for entry in entries})}
    for entry in entries:
        if seen[entry.file] is not Looked.NOT:
            left[entry.fingerprint, entry.file] += entry.count
    marks = [fingerprint_of(f.rule, f.message) if may_stand(f) else "" for f in findings]
    known = set[int]()
    for number, found in enumerate(findings):
        if left[marks[number], found.file] > 0:
            left[marks[number], found.file] -= 1
            known.add(number)
    movable = {Looked.WHOLE, Looked.GONE}
    moved = Counter[str]()
    for entry in entries:
        if seen[entry.file] in movable:
            moved[entry.fingerprint] += left[entry.fingerprint, entry.file]
    for number, mark in enumerate(marks):
        if number not in known and moved[mark] > 0:
            moved[mark] -= 1
            known.add(number)
    gone = []
    for entry in entries:
        number = min(left[entry.fingerprint, entry.file], moved[entry.fingerprint])
        if seen[entry.file] in movable and entry.rule not in DEPENDS_ON_RUN and number:
            moved[entry.fingerprint] -= number
            gone.append((entry, number))
    return Compared(
        tuple(f for number, f in enumerate(findings) if number not in known),
        tuple(f for number, f in enumerate(findings) if number in known),
        tuple(gone),
    )


def stale(gone: Sequence[tuple[Entry, int]], source: Source) -> Finding | None:
    """The one finding about entries that are gone, or None."""
    if not gone:
        return None
    total = sum(number for _, number in gone)
    entry = gone[0][0]
    first = f"{entry.rule} in {entry.file}: {entry.message}"
    said = f"{total} findings of the baseline are gone, the first of them {first}"
    if total == 1:
        said = f"A finding of the baseline is gone: {first}"
    advice = "Run `pathwaydsl baseline` to take out what is gone"
    return finding("PW134", said, entry.span or source.span(0, 0), help=advice)


def written(entries: Sequence[Entry]) -> str:
    """The file that holds these entries."""
    ordered = sorted(entries, key=lambda one: one.order)
    return "".join([_HEAD, *map(_written, ordered)])


def _written(entry: Entry) -> str:
    return (
        f"\n[[finding]]\nfile = {_toml(entry.file)}\nrule = {_toml(entry.rule)}\n"
        f"message = {_toml(entry.message)}\ncount = {entry.count}\n"
        f"fingerprint = {_toml(entry.fingerprint)}\n"
    )


def _toml(text: str) -> str:
    """A basic string of TOML; what cannot be seen is written as its number."""
    shown = []
    for sign in text:
        if sign in '"\\':
            shown.append(f"\\{sign}")
        elif sign.isprintable():
            shown.append(sign)
        elif "\ud800" <= sign <= "\udfff":
            shown.append("\\ufffd")
        else:
            shown.append(f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}")
    return f'"{"".join(shown)}"'


def read_baseline(source: Source) -> Outcome[tuple[Entry, ...]]:
    """Read a baseline; an entry that cannot be read stands for nothing and is a PW133."""
    top = source.span(0, len(source.line(1)))
    try:
        content = tomllib.loads(source.text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        why = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        message = f"The baseline cannot be read, so every finding counts: {why[:1].lower()}"
        advice = "Bring back the file as it was written, or remove it and run `pathwaydsl baseline`"
        return Outcome((), (finding("PW133", message + why[1:], top, help=advice),))
    wrong = _wrong_file(content)
    if wrong is not None:
        message = f"The baseline cannot be used, so every finding counts: {wrong}"
        return Outcome((), (finding("PW133", message, top, help=_AGAIN),))
    entries: dict[tuple[str, str], Entry] = {}
    findings = []
    places = _places(source)
    for table in content.get("finding", []):
        place = next(places, top)
        problem = _wrong_entry(table)
        entry = None if problem else _entry(table, place)
        if entry is not None and (entry.fingerprint, entry.file) in entries:
            problem = f"{entry.fingerprint} stands twice for {entry.file}"
        if problem or entry is None:
            message = f"This entry of the baseline is not used: {problem}"
            findings.append(finding("PW133", message, place, help=_AGAIN))
            continue
        entries[entry.fingerprint, entry.file] = entry
    return Outcome(tuple(entries.values()), tuple(findings))


_AGAIN = "Take it out, then run `pathwaydsl baseline`"


def _places(source: Source) -> Iterator[Span]:
    for match in _ENTRY.finditer(source.text):
        yield source.span(*match.span())


def _wrong_file(content: Mapping[str, Any]) -> str | None:
    unknown = sorted(content.keys() - {"format", "finding"})
    number = content.get("format")
    if isinstance(number, int) and not isinstance(number, bool) and number > FORMAT:
        return f"its format {number} is of a newer pathwaydsl"
    if number != FORMAT or isinstance(number, bool):
        return f"it does not say `format = {FORMAT}`"
    if unknown:
        return f"it has no place for `{unknown[0]}`"
    tables = content.get("finding", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        return "each of its entries begins with `[[finding]]`"
    return None


def _wrong_entry(table: Mapping[str, Any]) -> str | None:
    """What is wrong with an entry, or None."""
    for key in sorted(table.keys() | _KEYS.keys()):
        if key not in _KEYS:
            return f"it has no place for `{key}`"
        if key not in table:
            return f"`{key}` is missing"
        if type(table[key]) is not _KEYS[key]:
            return f"`{key}` is not {'a whole number' if _KEYS[key] is int else 'text'}"
    if table["count"] < 1:
        return "`count` is at least 1"
    if table["fingerprint"] != fingerprint_of(table["rule"], table["message"]):
        return f"its {LENGTH} digits do not belong to its rule and message"
    known = rule_named(table["rule"])
    if known is not None and not may_stand(finding(known.code, "", None, file="-")):
        return f"{known.code} {known.name} cannot be part of a baseline"
    return None


def _entry(table: Mapping[str, Any], place: Span) -> Entry:
    return Entry(**{key: table[key] for key in _KEYS}, span=place)
