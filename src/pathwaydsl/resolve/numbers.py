"""Numbers, quantities, ranges, dates and versions as values; malformed ones are None.

How they are spelled is the reader's business; what their units mean is decided here.
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from attrs import frozen

from pathwaydsl.model.units import LOOK_ALIKES
from pathwaydsl.model.values import PartialDate, Quantity, Version
from pathwaydsl.resolve.scope import Scope
from pathwaydsl.syntax.tree import Node, Part, Token
from pathwaydsl.text.suggestion import listed, nearest

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})-([0-9]{2}))?")
_VERSION = re.compile(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})")
_NUMERAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def number_of(token: Token | None) -> Decimal | None:
    """A number with the digits as written."""
    if not token or not _NUMERAL.fullmatch(token):
        return None
    try:
        return Decimal(str(token))
    except InvalidOperation:
        return None


def whole_of(scope: Scope, token: Token | None, what: str, *, least: int | None = 0) -> int | None:
    """A whole number; a fraction is a finding, and so is one below the least there can be."""
    number = number_of(token)
    if number is None or token is None or len(token) > 18:
        return None
    if number != number.to_integral_value():
        scope.report("PW224", f"Only a whole number can be {what}", token)
        return None
    if least is not None and number < least:
        scope.report("PW211", f"{number:f} cannot be {what}", token, f"It is {least} or more.")
        return None
    return int(number)


def date_of(token: Token | None) -> PartialDate | None:
    """A day or a year."""
    match = _DATE.fullmatch(token) if token else None
    if match is None:
        return None
    year = int(match[1])
    if match[2] is None:
        return PartialDate(year)
    try:
        date(year, int(match[2]), int(match[3]))
    except ValueError:
        return None
    return PartialDate(year, int(match[2]), int(match[3]))


def version_of(token: Token | None) -> Version | None:
    """A version."""
    match = _VERSION.fullmatch(token) if token else None
    return Version(int(match[1]), int(match[2]), int(match[3])) if match is not None else None


def unit_of(scope: Scope, token: Token | None) -> str | None:
    """The canonical name of a unit; an unknown one is a finding and given back as written."""
    if not token:
        return None
    written = str(token)
    unit = scope.units.get(written)
    if unit is not None:
        return unit.name
    if written in LOOK_ALIKES:
        meant = LOOK_ALIKES[written]
        scope.report(
            "PW217",
            f"`{written}` is easily misread",
            token,
            f"Write `{meant}` for the same unit.",
            write=meant,
        )
        return meant
    spelled = written.replace("µg", "mcg").replace("μg", "mcg")
    if spelled != written and spelled in scope.units:
        scope.report(
            "PW217",
            f"`{written}` is easily misread",
            token,
            f"Write `{spelled}` for the same unit.",
            write=spelled,
        )
        return scope.units[spelled].name
    guess = nearest(written, scope.units)
    scope.report(
        "PW209",
        f"`{written}` is not a unit of the list",
        token,
        f"Did you mean `{guess}`?"
        if guess
        else "The list is in the manual; a unit of your own goes into pathwaydsl.toml.",
    )
    return written


def quantity_of(scope: Scope, node: Node | None) -> Quantity | None:
    """A number with its unit."""
    if node is None:
        return None
    number = number_of(node.token("NUMERAL"))
    unit = unit_of(scope, node.token("UNIT"))
    return Quantity(number, unit) if number is not None else None


def measured_in(
    scope: Scope, node: Node | None, units: frozenset[str], what: str
) -> Quantity | None:
    """A quantity in one of these units; another unit, or none, is a finding."""
    quantity = quantity_of(scope, node)
    if quantity is None or node is None:
        return None
    if quantity.unit not in units and not unknown_unit(scope, quantity.unit):
        scope.report("PW208", f"{what} is given in {listed(sorted(units))}", node, _and_unit(units))
    more_than_nothing(scope, quantity.number, node, what)
    return quantity


def more_than_nothing(scope: Scope, number: Decimal, node: Node, what: str) -> None:
    """An amount that is nothing, or less, is a finding."""
    if number <= 0:
        scope.report("PW211", f"{what} is more than 0; {number:f} lies outside", node)


def _and_unit(units: frozenset[str]) -> str:
    return f"Write the unit after the number, such as `3 {min(units)}`."


def unknown_unit(scope: Scope, unit: str | None) -> bool:
    """Whether a finding about this unit stands already, or the configuration added it."""
    return unit is not None and (unit not in scope.units or unit in scope.extra_units)


@frozen
class Range:
    """Two bounds as written with their unit."""

    low: Decimal
    high: Decimal
    unit: str | None
    unit_token: Token | None


def range_of(scope: Scope, node: Node) -> Range | None:
    """`0..4`, `65..74 years`: the bounds in order; a reversed range is a finding."""
    numerals = node.tokens_of("NUMERAL")
    units = node.tokens_of("UNIT")
    numbers = [number_of(token) for token in numerals]
    names = [unit_of(scope, token) for token in units]
    if len(set(names)) > 1:
        scope.report(
            "PW208",
            f"The two ends of this range are in {names[0]} and in {names[1]}",
            units[-1],
            "Write one unit, at the end.",
        )
    if len(numbers) < 2 or numbers[0] is None or numbers[1] is None:
        return None
    low, high = numbers[0], numbers[1]
    if low > high:
        unit = f" {units[-1]}" if units else ""
        turned = (
            f"from {numerals[1]} to under {numerals[0]}{unit}"
            if node.kind == "between"
            else f"{numerals[1]}..{numerals[0]}{unit}"
        )
        scope.report(
            "PW220",
            "This range runs from the larger number to the smaller one",
            numerals[0],
            f"Write `{turned}`.",
        )
        low, high = high, low
    return Range(low, high, names[-1] if names else None, units[-1] if units else None)


def same_unit(
    scope: Scope, unit: str | None, declared: str | None, subject: str, part: Part
) -> None:
    """Report a number in another unit than the declared one; nothing is ever converted."""
    if unit == declared or any(
        one is not None and one not in scope.units for one in (unit, declared)
    ):
        return
    if declared is None:
        message, advice = f"{subject} has no unit", "Leave the unit out."
    elif unit is None:
        message = f"The unit is missing: {subject} is given in {declared}"
        advice = f"Write `{declared}` after the number."
    else:
        message = f"{subject} is given in {declared}, not in {unit}"
        advice = f"Write the number in {declared}; nothing is converted."
    scope.report("PW208", message, part, advice)
