"""Values of criteria as they are written on a command line: `lvef=62`, `sites=brain,liver`."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from attrs import frozen

from pathwaydsl.model.criteria import AnyOf, Criterion, NumberRange, YesNo
from pathwaydsl.model.nodes import Assignment
from pathwaydsl.model.pathway import Library
from pathwaydsl.model.units import Unit, unit_table
from pathwaydsl.model.values import Quantity
from pathwaydsl.model.wording import quantity_in_words
from pathwaydsl.text.suggestion import listed, nearest

MOST_DIGITS = 40
"""How long a number may be."""


@frozen
class NoAnswerError(Exception):
    """What was written is no value of a criterion; `message` says what to write."""

    message: str


def answer(written: str, library: Library, units: Iterable[Unit] = ()) -> Assignment:
    """The value that `C=V` gives to a criterion.

    Args:
        written: Such as `lvef=62`, `lvef=62 %`, `hr=positive`, `pregnant=no`, `lvef=unknown`.
        library: The criteria.
        units: Units of the configuration.

    Raises:
        NoAnswerError: If there is no such criterion, or it has no such value.
    """
    name, sign, said = (part.strip() for part in written.partition("="))
    if not sign or not said:
        raise NoAnswerError(f"`{written}` gives no value: write it as `criterion=value`")
    criterion = library.criterion.get(name)
    if criterion is None:
        guess = nearest(name, library.criterion)
        advice = f"; did you mean `{guess}`?" if guess else ""
        raise NoAnswerError(f"there is no criterion `{name}`{advice}")
    if said == "unknown":
        if not criterion.may_be_unknown:
            known = answers_in_words(criterion)
            raise NoAnswerError(f"“{criterion.label}” is always known; give {known}")
        return Assignment(name, unknown=True)
    if any(value.id == said for value in criterion.also):
        return Assignment(name, named=said)
    match criterion.domain:
        case YesNo():
            if said not in {"yes", "no"}:
                raise _refused(said, criterion)
            return Assignment(name, truth=said == "yes")
        case NumberRange():
            return Assignment(name, number=_number(said, criterion, criterion.domain, units))
        case AnyOf(values):
            members = tuple(dict.fromkeys(part.strip() for part in said.split(",")))
            for member in members:
                if all(value.id != member for value in values):
                    raise _refused(member, criterion)
            return Assignment(name, members=members)
        case _:
            if criterion.value(said) is None:
                raise _refused(said, criterion)
            return Assignment(name, named=said)


def _number(said: str, criterion: Criterion, domain: NumberRange, units: Iterable[Unit]) -> Decimal:
    end = next((i for i, c in enumerate(said) if c not in "+-.0123456789"), len(said))
    digits, unit = said[:end], said[end:].strip()
    if unit:
        known = unit_table(units).get(unit)
        if known is None or known.name != domain.unit:
            raise _refused(said, criterion)
    try:
        number = Decimal(digits)
    except InvalidOperation:
        raise _refused(said, criterion) from None
    fraction = domain.whole and number != number.to_integral_value()
    if len(digits) > MOST_DIGITS or not domain.low <= number <= domain.high or fraction:
        raise _refused(said, criterion)
    return number


def _refused(said: str, criterion: Criterion) -> NoAnswerError:
    names = [value.id for value in criterion.named_values]
    guess = nearest(said, names)
    advice = f"did you mean `{guess}`?" if guess else f"give {answers_in_words(criterion)}"
    return NoAnswerError(f"“{criterion.label}” cannot be `{said}`: {advice}")


def answers_in_words(criterion: Criterion) -> str:
    """What a criterion may be given, as it is written."""
    also = [f"`{value.id}`" for value in criterion.also]
    unknown = ["`unknown`"] if criterion.may_be_unknown else []
    match criterion.domain:
        case YesNo():
            own = ["`yes`", "`no`"]
        case NumberRange(low, high, unit, whole):
            kind = "a whole number" if whole else "a number"
            top = quantity_in_words(Quantity(high, unit))
            own = [f"{kind} from {low:f} to {top}"]
        case domain:
            own = [f"`{value.id}`" for value in domain.values]
    return listed([*own, *also, *unknown])
