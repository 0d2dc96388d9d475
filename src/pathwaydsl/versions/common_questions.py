"""One set of questions for two versions: what both ask, with the answers of both."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from attrs import evolve

from pathwaydsl.logic.mentioned import mentioned
from pathwaydsl.logic.ordering import order_of_questions
from pathwaydsl.logic.vocabulary import Vocabulary
from pathwaydsl.model.criteria import AnyOf, Criterion, NumberRange, OneOf, Value
from pathwaydsl.model.pathway import Library, Pathway
from pathwaydsl.versions.names import SameNames


def comparable(old: Criterion, new: Criterion) -> bool:
    """Whether the answers of two versions of a criterion mean the same."""
    a, b = old.domain, new.domain
    if isinstance(a, NumberRange) and isinstance(b, NumberRange):
        return a.unit == b.unit and a.whole == b.whole
    return a.kind == b.kind


def used_criteria(said: Vocabulary) -> list[str]:
    """The criteria of a version in the order in which it is best to ask for them."""
    asked = mentioned(said.expressions, said.library)
    names = tuple(dict.fromkeys((*asked.criteria, *said.measured)))
    together = (mentioned([one], said.library).criteria for one in said.expressions)
    return list(order_of_questions(names, together))


def in_order(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Everything of both, each at about its place, whichever of the two comes first."""
    old_at = {name: i for i, name in enumerate(old)}
    new_at = {name: i for i, name in enumerate(new)}

    def place(name: str) -> tuple[int, str]:
        here = old_at.get(name, new_at.get(name, 0))
        there = new_at.get(name, here)
        return here + there, name

    return sorted({*old_at, *new_at}, key=place)


def shared_library(
    old: Pathway, new: Pathway, old_names: Mapping[str, str], used: Iterable[str]
) -> Library:
    """The criteria both ask for, with the answers of both, and what may have been had."""
    before = {old_names[c.id]: c for c in old.library.criteria}
    now = new.library.criterion
    criteria = []
    for name in used:
        if name in before and name in now:
            criteria.append(_merged(before[name], now[name]))
        elif name in now:
            criteria.append(now[name])
        else:
            earlier = before[name]
            told = " (as measured before)" if name != earlier.id else ""
            criteria.append(evolve(earlier, id=name, label=earlier.label + told))
    drugs = {d.id: d for d in old.library.drugs} | {d.id: d for d in new.library.drugs}
    regimens = {r.id: r for r in old.library.regimens} | {r.id: r for r in new.library.regimens}
    return Library(
        criteria=tuple(criteria), drugs=tuple(drugs.values()), regimens=tuple(regimens.values())
    )


def _merged(old: Criterion, new: Criterion) -> Criterion:
    domain = new.domain
    match old.domain, domain:
        case NumberRange() as a, NumberRange() as b:
            domain = evolve(b, low=min(a.low, b.low), high=max(a.high, b.high))
        case (OneOf(before), OneOf(now)) | (AnyOf(before), AnyOf(now)):
            domain = type(domain)(_values(before, now))  # type: ignore[call-arg,arg-type]
        case _:
            pass
    return evolve(
        new,
        domain=domain,
        also=_values(old.also, new.also),
        may_be_unknown=old.may_be_unknown or new.may_be_unknown,
    )


def _values(old: tuple[Value, ...], new: tuple[Value, ...]) -> tuple[Value, ...]:
    known = {v.id: v for v in old} | {v.id: v for v in new}
    return tuple(known[i] for i in in_order([v.id for v in old], [v.id for v in new]))


def cuts_of(
    said: Vocabulary, names: Mapping[str, str], library: Library
) -> set[tuple[str, Decimal]]:
    """Numbers at which answers must be told apart, also where a range ends inside the other."""
    asked = mentioned(said.expressions, said.library)
    found = {(names[name], number) for name, number in (*asked.thresholds, *said.numbers)}
    for criterion in said.library.criteria:
        shared = library.criterion.get(names[criterion.id])
        domain = criterion.domain
        if shared is None or not isinstance(domain, NumberRange):
            continue
        whole = shared.domain
        if isinstance(whole, NumberRange):
            found |= {(shared.id, domain.low)} if domain.low > whole.low else set()
            found |= {(shared.id, domain.high)} if domain.high < whole.high else set()
    return found


HadName = tuple[str | None, str | None]


def named(had: HadName) -> tuple[str, str]:
    """What was had, by kind and id."""
    regimen, drug = had
    return ("regimen", regimen) if regimen else ("drug", drug or "")


def given_in(pathway: Pathway) -> set[tuple[str, str]]:
    """The regimens and drugs that are given at some box."""
    found: set[tuple[str, str]] = set()
    for node in pathway.nodes:
        regimen = pathway.library.regimen.get(getattr(node, "regimen", None) or "")
        if regimen is not None:
            found.add(("regimen", regimen.id))
            found |= {("drug", drug) for drug in regimen.drugs}
    return found


def had_in_either(old: Vocabulary, new: Vocabulary, names: SameNames) -> dict[HadName, HadName]:
    """What may have been had, by its names in the new version, with those in the old one."""
    back = {now: before for before, now in names.regimen.items()}
    found: dict[HadName, HadName] = {}
    before = mentioned(old.expressions, old.library).had
    for regimen, drug in before:
        now = (names.regimen.get(regimen, regimen) if regimen else None, drug)
        found[now] = (regimen, drug)
    for regimen, drug in mentioned(new.expressions, new.library).had:
        found.setdefault((regimen, drug), (back.get(regimen, regimen) if regimen else None, drug))
    order: Callable[[HadName], tuple[str, str]] = lambda had: (had[0] or "", had[1] or "")  # noqa: E731
    return {key: found[key] for key in sorted(found, key=order)}
