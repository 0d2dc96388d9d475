"""An oracle written from the language reference alone: one patient, one step at a time.

It imports only the model. A patient is a mapping of criteria to values; `None` stands for what
nobody asked yet, `UNKNOWN` for what was asked and is not known.
"""

import itertools
from decimal import Decimal

from pathwaydsl.model.criteria import AnyOf, OneOf, YesNo
from pathwaydsl.model.expressions import (
    And,
    AtLeast,
    Compares,
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
    tests_of,
)
from pathwaydsl.model.nodes import Act, Assess, Choose, Decide, GapNode, Treat

UNKNOWN = "?"


def values_of(criterion, numbers=(3, 6, 9, 12, 15)):
    """Values of a criterion, enough numbers to tell thresholds at 6 and 12 apart."""
    match criterion.domain:
        case OneOf(values):
            found = [value.id for value in values]
        case YesNo():
            found = [False, True]
        case AnyOf(values):
            ids = [value.id for value in values]
            found = [
                frozenset(members)
                for size in range(1, len(ids) + 1)
                for members in itertools.combinations(ids, size)
            ]
        case domain:
            found = [Decimal(n) for n in numbers if domain.low <= n <= domain.high]
    found += [value.id for value in criterion.also]
    if criterion.may_be_unknown:
        found.append(UNKNOWN)
    return found


def total_range(score, patient, library, had):
    """Every sum a score may still have."""
    sums = {0}
    for part in score.parts:
        told = holds(part.when, patient, library, had)
        ways = {True: (part.points,), False: (0,), None: (0, part.points)}[told]
        sums = {total + way for total in sums for way in ways}
    return sums


def compared(value, test):
    """A comparison of a number."""
    if isinstance(test, Within):
        return test.low <= value and (
            value <= test.high if test.high_included else value < test.high
        )
    number = test.quantity.number
    return {
        "=": value == number,
        "<": value < number,
        "<=": value <= number,
        ">": value > number,
        ">=": value >= number,
    }[test.sign.value]


def holds(expression, patient, library, had=frozenset()):
    """True, False, or None where it cannot be told."""
    match expression:
        case And(parts):
            told = [holds(part, patient, library, had) for part in parts]
            return False if False in told else None if None in told else True
        case Or(parts):
            told = [holds(part, patient, library, had) for part in parts]
            return True if True in told else None if None in told else False
        case Not(part):
            told = holds(part, patient, library, had)
            return None if told is None else not told
        case AtLeast(count, parts):
            told = [holds(part, patient, library, had) for part in parts]
            if told.count(True) >= count:
                return True
            return None if told.count(True) + told.count(None) >= count else False
        case Meets(name):
            return holds(library.condition[name].means, patient, library, had)
        case Had(regimen, drug):
            return ("regimen", regimen) in had if regimen else ("drug", drug) in had
        case Compares(subject, score=True) | Within(subject, score=True):
            sums = total_range(library.score[subject], patient, library, had)
            told = {compared(Decimal(total), expression) for total in sums}
            return told.pop() if len(told) == 1 else None
    name = expression.subject if isinstance(expression, Compares | Within) else expression.criterion
    value = patient[name]
    if value is None:
        return None
    if isinstance(expression, IsUnknown):
        return value == UNKNOWN
    if isinstance(expression, IsKnown):
        return value != UNKNOWN
    if value == UNKNOWN:
        return None
    match expression:
        case Holds():
            return value is True
        case IsOneOf(_, values):
            return value in values
        case Includes(_, member):
            return isinstance(value, frozenset) and member in value
        case _:
            return isinstance(value, Decimal) and compared(value, expression)


def asked(expressions, library):
    """The criteria asked for, conditions and scores opened."""
    found = set()
    for expression in expressions:
        for test in tests_of(expression):
            match test:
                case Meets(name):
                    found |= asked([library.condition[name].means], library)
                case Compares(subject=name, score=True) | Within(subject=name, score=True):
                    found |= asked([part.when for part in library.score[name].parts], library)
                case Compares(subject=name) | Within(subject=name):
                    found.add(name)
                case Had():
                    pass
                case _:
                    found.add(test.criterion)
    return found


class Walk:
    """Everybody who can walk through a pathway, one by one.

    A state is where somebody is, the values, what was had, and which box a `during` left.
    """

    def __init__(self, pathway):
        self.pathway = pathway
        self.library = pathway.library
        self.names = [criterion.id for criterion in pathway.library.criteria]
        self.rules = [*pathway.impossible, *pathway.library.impossible]
        self.at = {node.id: set() for node in pathway.nodes}
        self.uncovered = {node.id: set() for node in pathway.nodes}
        self.lines = {}
        waiting = [(pathway.start, *state) for state in self.starting()]
        seen = set(waiting)
        while waiting:
            place, values, had, left = waiting.pop()
            self.at[place].add((values, had, left))
            for state in self.steps(place, values, had, left):
                if state not in seen:
                    seen.add(state)
                    waiting.append(state)

    def as_patient(self, values):
        """Values by criterion."""
        return dict(zip(self.names, values, strict=True))

    def as_values(self, patient):
        """A patient's values in the order of the criteria."""
        return tuple(patient[name] for name in self.names)

    def possible(self, patient, had):
        """Whether no rule says these values cannot occur."""
        return not any(
            all(patient[name] is not None for name in asked([rule.when], self.library))
            and holds(rule.when, patient, self.library, had) is True
            for rule in self.rules
        )

    def any_values(self, patient, names, had):
        """The patient with every possible value of these criteria."""
        names = sorted(names)
        domains = [values_of(self.library.criterion[name]) for name in names]
        for values in itertools.product(*domains):
            other = {**patient, **dict(zip(names, values, strict=True))}
            if self.possible(other, had):
                yield other

    def starting(self):
        """Everyone eligible, with what `eligible` names measured."""
        nobody = dict.fromkeys(self.names)
        eligible = self.pathway.eligible
        known = asked([eligible], self.library) if eligible is not None else set()
        for patient in self.any_values(nobody, known, frozenset()):
            if eligible is None or holds(eligible, patient, self.library) is True:
                yield self.as_values(patient), frozenset(), ""

    def with_answers(self, patient, expressions, had):
        """The patient with any answer where nobody asked yet."""
        missing = {n for n in asked(expressions, self.library) if patient[n] is None}
        return self.any_values(patient, missing, had) if missing else [patient]

    def steps(self, place, values, had, left):
        """Where somebody may be next."""
        node = self.pathway.node[place]
        patient = self.as_patient(values)
        match node:
            case Decide():
                whens = [b.when for b in node.branches if b.when is not None]
                for one in self.with_answers(patient, whens, had):
                    targets = self.taken(node, one, had)
                    if not targets:
                        self.uncovered[place].add((self.as_values(one), had, left))
                    for target in targets:
                        yield from self.go(target, one, had, left)
            case Choose():
                whens = [o.when for o in node.options if o.when is not None]
                for one in self.with_answers(patient, whens, had):
                    for option in node.options:
                        if option.when is None or holds(option.when, one, self.library, had):
                            yield from self.go(option.target, one, had, left)
            case Assess():
                for one in self.any_values(patient, node.measures, had):
                    yield from self.stay(node, one, had, left)
            case Treat():
                drugs = self.library.regimen[node.regimen].drugs
                had |= {("regimen", node.regimen), *(("drug", drug) for drug in drugs)}
                yield from self.stay(node, patient, had, left)
            case Act():
                yield from self.stay(node, patient, had, left)
            case GapNode() if node.then:
                yield from self.go(node.then, patient, had, left)

    def stay(self, node, patient, had, left):
        """Leave a box in which time passes: by a `during`, or by `then`."""
        lines = [b for d in self.pathway.durings if node.id in d.nodes for b in d.branches]
        tested = asked([line.when for line in lines], self.library)
        for one in self.any_values(patient, tested, had) if tested else [patient]:
            true = [line for line in lines if holds(line.when, one, self.library, had) is True]
            after = self.set_on_leaving(node, one)
            if after is None or not self.possible(after, had):
                continue
            if true:
                yield from self.go(true[0].target, after, had, node.id)
            elif node.then:
                yield from self.go(node.then, after, had, left)

    def set_on_leaving(self, node, patient):
        """The patient after `sets`."""
        after = dict(patient)
        for value in getattr(node, "sets", ()):
            after[value.criterion] = (
                UNKNOWN
                if value.unknown
                else value.truth
                if value.truth is not None
                else value.number
                if value.number is not None
                else frozenset(value.members)
                if value.members
                else value.named
            )
        return after

    def go(self, target, patient, had, left):
        """The next state, if there is such a box."""
        if target == "resume":
            if left:
                yield left, self.as_values(patient), had, ""
        elif target in self.pathway.node:
            yield target, self.as_values(patient), had, left

    def taken(self, node, patient, had):
        """The targets of the lines somebody takes; none for the uncovered."""
        roles = {branch.role: branch.target for branch in node.branches if branch.when is None}
        told = [
            (holds(branch.when, patient, self.library, had), branch.target)
            for branch in node.branches
            if branch.when is not None
        ]
        if node.first_match:
            for answer, target in told:
                if answer is True:
                    return [target]
                if answer is None:
                    return [roles["unknown"]] if "unknown" in roles else []
        else:
            true = [target for answer, target in told if answer is True]
            if true:
                return true
            if any(answer is None for answer, _ in told):
                return [roles["unknown"]] if "unknown" in roles else []
        return [roles["otherwise"]] if "otherwise" in roles else []
