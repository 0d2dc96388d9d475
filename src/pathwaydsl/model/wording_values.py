"""Numbers, units, dates, closed words and labels in plain English.

A number prints with exactly the digits its author wrote, and a unit is never converted.
"""

from decimal import Decimal

from pathwaydsl.model.nodes import Within
from pathwaydsl.model.pathway import Library, Pathway
from pathwaydsl.model.units import UNITS
from pathwaydsl.model.values import PartialDate, Quantity

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

COUNTED_UNITS = {unit.name: unit.singular for unit in UNITS if unit.singular != unit.name}
"""Units said as words, with their form for one."""

_SHOWN_UNITS = {"x-ULN": "\N{MULTIPLICATION SIGN} ULN"}

_BUILT_IN_WORDS = {
    "cns": "central nervous system",
    "in-review": "in review",
    "under-study": "under study",
    "prior-exposure": "prior exposure",
}

_NODE_KINDS = {
    "assess": "Assess",
    "decide": "Decision",
    "choose": "Choice",
    "treat": "Treatment",
    "act": "Action",
    "together": "Together",
    "enter": "Other pathway",
    "gap": "Evidence gap",
    "end": "End",
}


def number_in_words(number: Decimal) -> str:
    """A number with exactly the digits its author wrote, never in exponents."""
    return f"{number:f}"


def unit_in_words(unit: str | None, number: Decimal | int = 2) -> str:
    """A unit as it stands after a number: `month` after 1, `months` after any other."""
    if unit is None:
        return ""
    if unit in COUNTED_UNITS and number in {1, -1} and str(number) in {"1", "-1"}:
        return COUNTED_UNITS[unit]
    return _SHOWN_UNITS.get(unit, unit)


def quantity_in_words(quantity: Quantity) -> str:
    """`1 month`, `12 months`, `50 %`, `0.60`."""
    unit = unit_in_words(quantity.unit, quantity.number)
    number = number_in_words(quantity.number)
    return f"{number} {unit}" if unit else number


def every_in_words(interval: Quantity) -> str:
    """`every 3 weeks`, `every week`."""
    if interval.unit in COUNTED_UNITS and str(interval.number) == "1":
        return f"every {COUNTED_UNITS[interval.unit]}"
    return f"every {quantity_in_words(interval)}"


def date_in_words(date: PartialDate) -> str:
    """`24 December 2025`, or `2025` where only the year is known."""
    if date.month is None or date.day is None:
        return f"{date.year}"
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def word_in_words(word: str) -> str:
    """A word of a closed list as prose: `under-study` is `under study`."""
    return _BUILT_IN_WORDS.get(word, word if word == "de-escalation" else word.replace("-", " "))


def status_in_words(status: str | None) -> str:
    """The status of a pathway or of a gap."""
    return "no status" if status is None else word_in_words(status)


def gap_kind_in_words(kind: str | None) -> str:
    """The kind of an evidence gap, a word of the configuration included."""
    return "of no stated kind" if kind is None else word_in_words(kind)


def strength_in_words(strength: str) -> str:
    """`Strong recommendation`, `Conditional recommendation`."""
    return f"{word_in_words(strength).capitalize()} recommendation"


def node_kind_in_words(kind: str) -> str:
    """The word that stands on every box of a kind: `Treatment`, `Evidence gap`."""
    return _NODE_KINDS[kind]


def within_in_words(within: Within, pathway: Pathway) -> str:
    """`within 2 weeks of Staging`."""
    node = pathway.node.get(within.of)
    of = node.label if node is not None else spoken(within.of)
    return f"within {quantity_in_words(within.quantity)} of {of}"


def spoken(identifier: str) -> str:
    """An id with blanks for hyphens: the label of what has none."""
    return identifier.replace("-", " ")


def subject_label(subject: str, library: Library) -> str:
    """The label of a criterion, score or condition by its id."""
    for table in (library.criterion, library.score, library.condition):
        if subject in table:
            return table[subject].label
    return spoken(subject)


def value_label(criterion: str, value: str, library: Library) -> str:
    """The label of a named value of a criterion."""
    found = library.criterion.get(criterion)
    named = found.value(value) if found is not None else None
    return named.label if named is not None else spoken(value)
