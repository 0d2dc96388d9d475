"""Conditions and values as an author writes them, for statements that are ready to paste."""

from typing import assert_never

from pathwaydsl.model.criteria import NumberRange
from pathwaydsl.model.expressions import (
    And,
    AtLeast,
    Compares,
    Expression,
    Had,
    Holds,
    Includes,
    IsKnown,
    IsOneOf,
    IsUnknown,
    Meets,
    Not,
    Or,
    Within,
)
from pathwaydsl.model.nodes import Assignment
from pathwaydsl.model.pathway import Library
from pathwaydsl.model.values import Quantity


def condition_as_written(expression: Expression) -> str:
    """The condition in the language."""
    match expression:
        case And(parts):
            return " and ".join(map(_part, parts))
        case Or(parts):
            return " or ".join(map(_part, parts))
        case AtLeast(count, parts):
            return f"at least {count} of ({', '.join(map(condition_as_written, parts))})"
        case Not(IsOneOf(name, (value,))):
            return f"{name} is not {value}"
        case Not(IsOneOf(name, values)):
            return f"{name} not in {{{', '.join(values)}}}"
        case Not(Includes(name, value)):
            return f"{name} excludes {value}"
        case Not(part):
            return f"not {_part(part)}"
        case Holds(name) | Meets(name):
            return name
        case IsOneOf(name, (value,)):
            return f"{name} is {value}"
        case IsOneOf(name, values):
            return f"{name} in {{{', '.join(values)}}}"
        case Includes(name, value):
            return f"{name} includes {value}"
        case Compares(name, sign, quantity):
            return f"{name} {sign} {quantity}"
        case Within(name, low, high, unit, True):
            return f"{name} in {low:f}..{Quantity(high, unit)}"
        case Within(name, low, high, unit):
            return f"{name} from {low:f} to under {Quantity(high, unit)}"
        case IsUnknown(name):
            return f"{name} is unknown"
        case IsKnown(name):
            return f"{name} is known"
        case Had(regimen, drug):
            return f"had {regimen or drug}"
        case _:
            assert_never(expression)


def _part(expression: Expression) -> str:
    text = condition_as_written(expression)
    return f"({text})" if isinstance(expression, And | Or) else text


def value_as_written(value: Assignment, library: Library) -> str:
    """A value as `given` takes it."""
    name = value.criterion
    if value.unknown:
        return f"{name} is unknown"
    if value.truth is not None:
        return name if value.truth else f"not {name}"
    if value.number is not None:
        domain = library.criterion[name].domain
        unit = domain.unit if isinstance(domain, NumberRange) else None
        return f"{name} = {Quantity(value.number, unit)}"
    if value.members is not None:
        return f"{name} is {{{', '.join(value.members)}}}"
    return f"{name} is {value.named}"
