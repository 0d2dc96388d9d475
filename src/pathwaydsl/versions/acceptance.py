"""Accepted changes: what a reviewer has seen and lets pass, with reason, author and expiry.

An accepted change stays in every report, marked, and no longer asks for a version number. The
file is TOML, a table `[[accepted]]` for each change:

    [[accepted]]
    fingerprint = "0123456789ab"
    reason = "Agreed on in the meeting of March"
    author = "A. Author"
    expires = 2026-06-30
"""

import datetime as dt
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from attrs import evolve, frozen

from pathwaydsl.model.values import PartialDate
from pathwaydsl.text.finding import Finding, Outcome
from pathwaydsl.text.rules import finding
from pathwaydsl.text.span import Span
from pathwaydsl.versions.comparison import required_by
from pathwaydsl.versions.records import Change, Comparison

_FINGERPRINT = re.compile(r"[0-9a-f]{12}")
_KEYS = ("fingerprint", "reason", "author", "expires")


@frozen
class Accepted:
    """One accepted change.

    Attributes:
        expires: The last day on which it counts.
        span: Where its fingerprint stands.
    """

    fingerprint: str
    reason: str
    author: str
    expires: PartialDate
    span: Span | None = None


def read_accepted(text: str, file: str) -> Outcome[tuple[Accepted, ...]]:
    """Reads a file of accepted changes; an entry that is not whole is a finding and counts not.

    Args:
        text: The file.
        file: Its name, for findings.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Outcome((), (_malformed(f"The file cannot be read: {error}", file, None),))
    entries = table.get("accepted", [])
    findings = [
        _malformed(f"`{name}` is not known here", file, _place(text, file, name))
        for name in sorted(table)
        if name != "accepted"
    ]
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        findings.append(_malformed("`accepted` is no list of tables", file, None))
        return Outcome((), tuple(findings))
    found: list[Accepted] = []
    for entry in entries:
        wrong = [*_wrong(entry, {one.fingerprint for one in found})]
        name = entry.get("fingerprint")
        span = _place(text, file, name) if isinstance(name, str) else None
        if wrong:
            findings.append(_malformed(f"An accepted change {' and '.join(wrong)}", file, span))
        else:
            found.append(
                Accepted(name, entry["reason"].strip(), entry["author"].strip(),
                         _date(entry["expires"]), span)
            )  # fmt: skip
    return Outcome(tuple(found), tuple(findings))


def _wrong(entry: dict[str, Any], known: set[str]) -> Iterator[str]:
    """What is wrong with an entry, each as the end of a sentence."""
    name = entry.get("fingerprint")
    if not isinstance(name, str) or not _FINGERPRINT.fullmatch(name):
        yield "has no fingerprint of 12 signs from 0 to 9 and a to f"
    elif name in known:
        yield "stands here twice"
    for key in ("reason", "author"):
        told = entry.get(key)
        if not isinstance(told, str) or not told.strip():
            yield f"has no {key}"
    expires = entry.get("expires")
    if not isinstance(expires, dt.date) or isinstance(expires, dt.datetime):
        yield "has no day in `expires`"
    for key in sorted(set(entry) - set(_KEYS)):
        yield f"has `{key}`, which is not known here"


def _date(day: dt.date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)


def _place(text: str, file: str, word: str) -> Span | None:
    start = text.find(word)
    return Span(file, start, start + len(word)) if word and start >= 0 else None


def _malformed(message: str, file: str, span: Span | None) -> Finding:
    return finding(
        "PW609",
        message,
        span,
        file=file,
        help="Each `[[accepted]]` holds fingerprint, reason, author and expires",
    )


def accept(
    comparison: Comparison,
    accepted: Sequence[Accepted],
    *,
    file: str,
    as_of: PartialDate | None = None,
) -> Outcome[Comparison]:
    """Marks accepted changes and reckons anew what version number is needed.

    Args:
        comparison: The comparison.
        accepted: What was accepted.
        file: The name of the file it stands in, for findings.
        as_of: The day that expiry is counted to; the date of the new version where it is None.
    """
    by_print = {change.fingerprint: change for change in comparison.changes}
    today = as_of or comparison.new.date
    findings: list[Finding] = []
    reasons: dict[str, str] = {}
    for entry in accepted:
        change = by_print.get(entry.fingerprint)
        if change is None:
            findings.append(_unknown(entry, file))
        elif not change.acceptable:
            findings.append(_never(entry, change, file))
        elif today is not None and today.earliest > entry.expires.latest:
            findings.append(_expired(entry, change, file))
        else:
            reasons[entry.fingerprint] = f"{entry.reason} ({entry.author})"
    changes = tuple(
        evolve(change, accepted=reasons.get(change.fingerprint, change.accepted))
        for change in comparison.changes
    )
    marked = evolve(comparison, changes=changes, required=required_by(changes))
    return Outcome(marked, tuple(findings))


def _unknown(entry: Accepted, file: str) -> Finding:
    return finding(
        "PW606",
        f"The change {entry.fingerprint} was accepted ({entry.reason}), but there is no such "
        "change",
        entry.span,
        file=file,
        help="Take the entry out, or compare with the version it was accepted for",
    )


def _never(entry: Accepted, change: Change, file: str) -> Finding:
    return finding(
        "PW608",
        f"This cannot be accepted away: {change.message}",
        entry.span,
        file=file,
        help="Take the entry out and give the version the number it needs",
    )


def _expired(entry: Accepted, change: Change, file: str) -> Finding:
    return finding(
        "PW607",
        f"This was accepted until {entry.expires} and no longer is: {change.message}",
        entry.span,
        file=file,
        help="Decide anew, and write another day or take the entry out",
    )


def written_accepted(changes: Iterable[Change]) -> str:
    """Entries to paste for what can be accepted; reason, author and day are left open."""
    parts = []
    for change in changes:
        if change.acceptable and change.accepted is None:
            message = " ".join(change.message.split())
            parts.append(
                f"# {message}\n[[accepted]]\nfingerprint = {json.dumps(change.fingerprint)}\n"
                'reason = ""\nauthor = ""\n# expires = YYYY-MM-DD\n'
            )
    return "\n".join(parts)
