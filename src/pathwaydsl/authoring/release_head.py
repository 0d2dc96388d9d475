"""The head of a release, found without reading the whole language.

A check looks at every release of a project on every run, so it only searches the text for the few
statements that say which release this is.
"""

import re

from attrs import frozen

from pathwaydsl.model.values import PartialDate, Version

_TEXT_OR_COMMENT = re.compile(r'"""[\s\S]*?(?:"""|\Z)|"(?:\\.|[^"\\\n])*"?|#[^\n]*')
_OPENING = re.compile(r"(?<![\w-])pathway\s+([a-z][a-z0-9-]*)\s*(?:\"\"\s*)*\{")
_WORDS = re.compile(
    r"[{}]|(?<![\w-])(?:(version|supersedes|date|status)\s+([\w.+-]+)|(approved)\s+by(?![\w-]))"
)
_VERSION = re.compile(r"(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)-(\d\d))?")


@frozen
class ReleaseHead:
    """What the head of a pathway says about the release; None where it says nothing."""

    pathway: str | None = None
    version: Version | None = None
    supersedes: Version | None = None
    date: PartialDate | None = None
    status: str | None = None
    approved: bool = False


def version_in(text: str) -> Version | None:
    """The version that a text is, or None."""
    match = _VERSION.fullmatch(text)
    return None if match is None else Version(*(int(part) for part in match.groups()))


def head_of(text: str) -> ReleaseHead:
    """The head of the first pathway in a text; empty if there is none."""
    bare = _TEXT_OR_COMMENT.sub('""', text)
    opening = _OPENING.search(bare)
    if opening is None:
        return ReleaseHead()
    said: dict[str, str] = {}
    approved = False
    depth = 1
    for match in _WORDS.finditer(bare, opening.end()):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
            if not depth:
                break
        elif depth == 1 and match[3]:
            approved = True
        elif depth == 1:
            said.setdefault(match[1], match[2])
    return ReleaseHead(
        pathway=opening[1],
        version=version_in(said.get("version", "")),
        supersedes=version_in(said.get("supersedes", "")),
        date=_date_in(said.get("date", "")),
        status=said.get("status"),
        approved=approved,
    )


def _date_in(text: str) -> PartialDate | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    return PartialDate(year or 0, month, day)
