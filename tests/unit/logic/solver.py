"""Conditions for the z3 solver, written from the language reference; imports only the model.

A criterion becomes one number (which named value, `unknown`, or "a number") and, for numbers, a
real beside it; a set becomes one truth for each member. A condition becomes two formulas: for whom
it is true and for whom it is false; whoever is in neither cannot be told.
"""

import z3

from pathwaydsl.model.criteria import AnyOf, NumberRange, OneOf, YesNo
from pathwaydsl.model.expressions import (
    And,
    AtLeast,
    Compares,
    Holds,
    Includes,
    IsKnown,
    IsOneOf,
    IsUnknown,
    Meets,
    Not,
    Or,
    Sign,
    Within,
)

UNKNOWN = 0
PLAIN = 1  # a yes, a no, a number, a set with members: told by the variables beside


class Encoding:
    """Variables for the criteria of a library, and what makes their values legal."""

    def __init__(self, library):
        self.library = library
        self.status, self.value, self.names = {}, {}, {}
        self.legal = []
        for criterion in library.criteria:
            self._declare(criterion)

    def _declare(self, criterion):
        name, domain = criterion.id, criterion.domain
        status = z3.Int(f"{name}?")
        named = [each.id for each in criterion.also]
        if isinstance(domain, OneOf):
            named = [each.id for each in domain.values] + named
        self.status[name] = status
        self.names[name] = {each: i + 2 for i, each in enumerate(named)}
        plain = not isinstance(domain, OneOf)
        legal = [status == number for number in self.names[name].values()]
        if plain:
            legal.append(status == PLAIN)
        if criterion.may_be_unknown:
            legal.append(status == UNKNOWN)
        self.legal.append(z3.Or(legal))
        match domain:
            case YesNo():
                self.value[name] = z3.Bool(name)
            case NumberRange(low, high):
                kind = z3.Int if domain.whole else z3.Real
                self.value[name] = kind(name)
                self.legal.append(self.value[name] >= z3.RealVal(str(low)))
                self.legal.append(self.value[name] <= z3.RealVal(str(high)))
            case AnyOf(values):
                members = {each.id: z3.Bool(f"{name}.{each.id}") for each in values}
                self.value[name] = members
                self.legal.append(z3.Implies(status == PLAIN, z3.Or(list(members.values()))))

    def truth(self, expression):
        """For whom a condition is true, and for whom it is false."""
        match expression:
            case And(parts):
                told = [self.truth(part) for part in parts]
                return z3.And([t for t, _ in told]), z3.Or([f for _, f in told])
            case Or(parts):
                told = [self.truth(part) for part in parts]
                return z3.Or([t for t, _ in told]), z3.And([f for _, f in told])
            case Not(part):
                true, false = self.truth(part)
                return false, true
            case AtLeast(count, parts):
                told = [self.truth(part) for part in parts]
                surely = z3.Sum([z3.If(t, 1, 0) for t, _ in told])
                perhaps = z3.Sum([z3.If(f, 0, 1) for _, f in told])
                return surely >= count, perhaps < count
            case Meets(name):
                return self.truth(self.library.condition[name].means)
            case IsUnknown(name):
                return self.status[name] == UNKNOWN, self.status[name] != UNKNOWN
            case IsKnown(name):
                return self.status[name] != UNKNOWN, self.status[name] == UNKNOWN
            case _:
                name, holds = self._test(expression)
                known = self.status[name] != UNKNOWN
                return z3.And(known, holds), z3.And(known, z3.Not(holds))

    def _test(self, test):
        match test:
            case Holds(name):
                return name, self.value[name]
            case IsOneOf(name, values):
                return name, z3.Or([self.status[name] == self.names[name][v] for v in values])
            case Includes(name, value):
                return name, z3.And(self.status[name] == PLAIN, self.value[name][value])
            case Compares(name, sign, quantity):
                number = z3.RealVal(str(quantity.number))
                told = _SIGNS[sign](self.value[name], number)
                return name, z3.And(self.status[name] == PLAIN, told)
            case Within(name, low, high):
                value, top = self.value[name], z3.RealVal(str(high))
                below = value <= top if test.high_included else value < top
                above = value >= z3.RealVal(str(low))
                return name, z3.And(self.status[name] == PLAIN, above, below)
        raise AssertionError(test)


_SIGNS = {
    Sign.EQUAL: lambda a, b: a == b,
    Sign.LESS: lambda a, b: a < b,
    Sign.AT_MOST: lambda a, b: a <= b,
    Sign.MORE: lambda a, b: a > b,
    Sign.AT_LEAST: lambda a, b: a >= b,
}


def decision(encoding, node):
    """Formulas of a decision: who takes each line, and who takes none."""
    told = [encoding.truth(line.when) for line in node.branches if line.when is not None]
    if node.first_match:
        lines, above = [], []
        untold = []
        for true, false in told:
            lines.append(z3.And(*above, true))
            untold.append(z3.And(*above, z3.Not(z3.Or(true, false))))
            above.append(false)
        otherwise, unknown = z3.And(above), z3.Or(untold)
    else:
        lines = [true for true, _ in told]
        otherwise = z3.And([false for _, false in told])
        unknown = z3.And(z3.Not(z3.Or(lines)), z3.Not(otherwise))
    roles = {line.role for line in node.branches}
    uncovered = []
    for role, taking in (("otherwise", otherwise), ("unknown", unknown)):
        if role not in roles:
            uncovered.append(taking)
    taken = iter(lines)
    every = [
        next(taken)
        if line.when is not None
        else (otherwise if line.role == "otherwise" else unknown)
        for line in node.branches
    ]
    return every, z3.Or(uncovered) if uncovered else z3.BoolVal(False)  # noqa: FBT003
