"""What a finding is recognised by when its file has been reformatted or its lines have moved.

The fingerprint knows the rule and what is said, which names things by their labels and ids. It
knows no line, no column and no file, so that a definition may be moved to a library. Findings
that say the same are told apart by their order.
"""

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from pathwaydsl.text.finding import Finding

LENGTH = 12
"""Hexadecimal digits of a fingerprint."""


def fingerprint_of(*parts: str) -> str:
    """The fingerprint of some words: 12 hexadecimal digits of a SHA-256.

    Args:
        parts: In a fixed order; where one ends and the next begins makes a difference.
    """
    whole = "\x1f".join(" ".join(part.split()) for part in parts)
    return sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]


def fingerprints(findings: Sequence[Finding]) -> tuple[str, ...]:
    """The fingerprint of each finding, in their order; no two are the same."""
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for one in findings:
        said = (one.rule, one.message)
        number = seen[said]
        seen[said] += 1
        found.append(fingerprint_of(*said, *([str(number)] if number else [])))
    return tuple(found)
