"""The closed lists of words that belong to no single definition, and how kinds are said."""

from collections.abc import Mapping
from types import MappingProxyType

KIND_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "criterion": "criterion",
        "condition": "condition",
        "score": "score",
        "drug": "drug",
        "regimen": "regimen",
        "evidence": "piece of evidence",
        "scheme": "grading scheme",
        "gap": "evidence gap",
        "pathway": "pathway",
        "impossible": "`impossible` rule",
        "assess": "assessment",
        "decide": "decision",
        "choose": "choice",
        "treat": "treatment",
        "act": "action",
        "together": "`together`",
        "enter": "way into another pathway",
        "end": "end",
    }
)
"""Kinds of definitions and boxes, as findings say them."""

DEFINITION_KINDS = (
    "criterion",
    "condition",
    "score",
    "drug",
    "regimen",
    "evidence",
    "scheme",
    "gap",
)
"""Kinds whose names a `use` brings in, each a namespace of its own."""

NODE_KINDS = frozenset(
    {"assess", "decide", "choose", "treat", "act", "together", "enter", "gap", "end"}
)
"""Statements of a pathway that patients arrive at."""

DOSE_UNITS = frozenset(
    {"g", "mg", "mcg", "ng", "g/m2", "mg/m2", "mg/kg", "mcg/kg", "mg/day", "IU", "IU/m2"}
    | {"mL", "mL/kg", "L", "Gy", "doses", "fractions"}
)
"""Units that come with the language and can measure a dose."""

TIME_UNITS = frozenset({"years", "months", "weeks", "days", "hours", "minutes", "cycles"})
"""Units that can say how often or how long."""

DURATION_UNITS = frozenset({"cycles", "days", "weeks"})
"""Units in which a regimen says how long a dose is given."""


def kind_in_words(kind: str) -> str:
    """`a regimen`, `an evidence gap`."""
    word = KIND_WORDS.get(kind, kind)
    return f"{'an' if word.lstrip('`')[:1] in 'aeiou' else 'a'} {word}"


def spoken(name: str) -> str:
    """A name as words: the label of a thing that has none."""
    return name.replace("-", " ")
