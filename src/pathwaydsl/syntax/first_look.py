"""What is looked at in the raw text before it is parsed: characters, nesting, merge marks.

Every mend keeps the length of the text, so that all offsets stay those of the file.
"""

import re

from attrs import frozen

from pathwaydsl.syntax.edition import other_edition
from pathwaydsl.text.finding import Finding
from pathwaydsl.text.rules import finding
from pathwaydsl.text.source import Source

MOST_FINDINGS_OF_A_KIND = 20
"""More places of the same kind are counted in the last finding."""

DEEPEST_NESTING = 200
"""Parentheses, braces and `not` within each other."""

_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
_INVISIBLE = "\u00ad\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\u2028\u2029\u0085"
_ODD = re.compile(rf"[\x00-\x08\x0b\x0e-\x1f\x7f{_BIDI}{_INVISIBLE}]|\r(?!\n)")
_TEXTS = re.compile(
    r'"""[^\\"]*(?:(?:\\.|"(?!""))[^\\"]*)*"""|"(?!"")[^"\\\n]*(?:\\.[^"\\\n]*)*"|#[^\n]*|(?P<open>[({])|(?P<shut>[)}])',
    re.DOTALL,
)
_MERGE_MARK = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?: .*)?$", re.MULTILINE)
_NEGATION = re.compile(r"\bnot\b(?:\s+not\b)*")
_OPENERS = "\u202a\u202b\u202d\u202e"
_ISOLATES = "\u2066\u2067\u2068"


@frozen
class FirstLook:
    """The text to parse, what was found, and whether parsing it makes sense."""

    text: str
    findings: tuple[Finding, ...] = ()
    readable: bool = True


def first_look(source: Source, nesting: int = DEEPEST_NESTING) -> FirstLook:
    """Look at the edition, the characters, the nesting and left-over merge marks."""
    text = source.text
    findings: list[Finding] = []
    other = other_edition(source)
    if other is not None:
        return FirstLook(text, (other,), readable=False)
    if _ODD.search(text):
        text, findings = _without_odd_characters(source)
    if "<<<<<<<" in text or ">>>>>>>" in text:
        mark = _MERGE_MARK.search(text)
        if mark:
            findings.append(
                finding(
                    "PW126",
                    "this file still holds the marks of a merge that was not finished",
                    source.span(*mark.span()),
                    help="choose one of the two versions between <<<<<<< and >>>>>>>, "
                    "and take the marks out",
                )
            )
            return FirstLook(text, tuple(findings), readable=False)
    deep = _too_deep(text, nesting)
    if deep is not None:
        findings.append(
            finding(
                "PW122",
                f"more than {nesting} parentheses or blocks stand within each other here",
                source.span(deep, deep + 1),
                help="give parts of it a name with `condition`",
            )
        )
        return FirstLook(text, tuple(findings), readable=False)
    return FirstLook(text, tuple(findings))


def _without_odd_characters(source: Source) -> tuple[str, list[Finding]]:
    text = source.text
    texts = [m.span() for m in _TEXTS.finditer(text) if m["open"] is None and m["shut"] is None]
    findings: list[Finding] = []
    count = 0
    inside = 0
    for match in _ODD.finditer(text):
        at = match.start()
        while inside < len(texts) and texts[inside][1] <= at:
            inside += 1
        within = inside < len(texts) and texts[inside][0] <= at
        character = match[0]
        if within and character in _BIDI and _balanced(text[slice(*texts[inside])]):
            continue
        if within and character in "\u200c\u200d":  # they join letters of some scripts
            continue
        count += 1
        if count <= MOST_FINDINGS_OF_A_KIND:
            findings.append(
                finding(
                    "PW106",
                    f"an invisible character (U+{ord(character):04X}) stands here",
                    source.span(at, at + 1),
                    help="take it out; it can make a line look different from what it says",
                )
            )
    if count:
        kept = {s for s in texts if _balanced(text[slice(*s)])}
        text = _ODD.sub(lambda m: m[0] if _kept(m, kept) else " ", text)
    return text, findings


def _kept(match: re.Match[str], texts: set[tuple[int, int]]) -> bool:
    if match[0] in "\u200c\u200d":
        return True
    return match[0] in _BIDI and any(start <= match.start() < end for start, end in texts)


def _balanced(text: str) -> bool:
    depth = isolates = 0
    for character in text:
        if character in _OPENERS:
            depth += 1
        elif character == "\u202c":
            depth -= 1
        elif character in _ISOLATES:
            isolates += 1
        elif character == "\u2069":
            isolates -= 1
        if depth < 0 or isolates < 0:
            return False
    return depth == 0 and isolates == 0


def _too_deep(text: str, nesting: int) -> int | None:
    """Where the nesting passes the limit, or None."""
    if text.count("not") > nesting:
        for negations in _NEGATION.finditer(text):
            if len(negations[0].split()) >= nesting:
                return negations.start()
    if text.count("(") + text.count("{") <= nesting:
        return None
    depth = 0
    for match in _TEXTS.finditer(text):
        if match["open"]:
            depth += 1
            if depth > nesting:
                return match.start()
        elif match["shut"]:
            depth = max(0, depth - 1)
    return None
