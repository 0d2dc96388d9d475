"""Regimens: what is given, how much, by which route, how often, how long and to whom."""

from decimal import Decimal

from pathwaydsl.model.regimens import (
    ROUTES,
    Dose,
    Give,
    GivenDrug,
    Phase,
    Regimen,
    Schedule,
    daily,
)
from pathwaydsl.model.values import Quantity
from pathwaydsl.resolve.expressions import expression_in
from pathwaydsl.resolve.numbers import (
    measured_in,
    more_than_nothing,
    number_of,
    unit_of,
    unknown_unit,
    whole_of,
)
from pathwaydsl.resolve.scope import Definition, Scope
from pathwaydsl.resolve.statements import (
    codes_of,
    definition_label,
    lineage,
    statements,
    text_of,
    texts_of,
)
from pathwaydsl.resolve.words import DOSE_UNITS, DURATION_UNITS, TIME_UNITS
from pathwaydsl.syntax.tree import Node, Token
from pathwaydsl.text.finding import Label

_LONGEST_CYCLE = 1000
"""More days than any cycle has: lists of days stay small whatever is written."""


def regimen_of(scope: Scope, definition: Definition) -> Regimen:
    """The regimen of a definition."""
    node, name = definition.node, definition.name
    found = statements(node)
    gives = [_give(scope, statement) for statement in found.get("give", ())]
    return Regimen(
        id=str(name),
        label=definition_label(scope, node, name),
        gives=tuple(give for give in gives if give is not None),
        notes=texts_of(found, "note"),
        codes=codes_of(scope, found),
        span=scope.span(name),
        **lineage(scope, found, name),
    )


def _give(scope: Scope, node: Node) -> Give | None:
    choices = node.children_of("given_drug_choice")
    single = node.child("given_drug")
    if choices:
        drugs = _alternatives(scope, choices)
    elif single is not None:
        drugs = [_given(scope, single, _phases(scope, single))]
    else:
        return None
    given_when = node.child("given_when")
    return Give(
        tuple(drug for drug in drugs if drug is not None),
        until=text_of(node.child("until")),
        when=expression_in(scope, given_when),
        span=scope.span(node),
    )


def _alternatives(scope: Scope, choices: list[Node]) -> list[GivenDrug | None]:
    """The drugs of `give one of`: each with its dose, or all with the dose of the last."""
    scope.distinct(token for choice in choices if (token := choice.token("NAME")))
    if len(choices) == 1:
        scope.report(
            "PW426",
            "`give one of` names one drug only",
            choices[0],
            f"Name the other drugs, or write `give {choices[0].token('NAME')} …`",
        )
    phases = [_phases(scope, choice) for choice in choices]
    bare = [i for i, choice in enumerate(choices) if choice.child("phase") is None]
    if bare:
        shared = phases[-1]
        if len(bare) != len(choices) - 1 or bare[-1] == len(choices) - 1:
            for index in bare[: 1 if bare[-1] == len(choices) - 1 else None]:
                scope.report(
                    "PW232",
                    f"The dose of `{choices[index].token('NAME')}` is missing",
                    choices[index],
                    "Write a dose and a schedule after each drug, or once after the last for all.",
                )
        phases = [phases[i] if i not in bare else shared for i in range(len(choices))]
    return [_given(scope, choice, phases[i]) for i, choice in enumerate(choices)]


def _given(scope: Scope, node: Node, phases: tuple[Phase, ...]) -> GivenDrug | None:
    name = scope.name_of(node.token("NAME"), "drug")
    return GivenDrug(name, phases, span=scope.span(node)) if name is not None else None


def _phases(scope: Scope, node: Node) -> tuple[Phase, ...]:
    found = []
    for child in node.nodes():
        part = child if child.kind == "phase" else child.child("phase")
        phase = _phase(scope, part) if part is not None else None
        if phase is not None:
            found.append(phase)
    return tuple(found)


def _phase(scope: Scope, node: Node) -> Phase | None:
    dose = _dose(scope, node.child("dose"))
    route = node.token("ROUTE")
    schedule = _schedule(scope, node.child("schedule"))
    duration = node.child("duration")
    lasts = None
    if duration is not None:
        quantity = duration.child("quantity")
        lasts = measured_in(scope, quantity, DURATION_UNITS, "How long a dose is given")
    if dose is None:
        return None
    return Phase(
        dose,
        schedule,
        route=ROUTES.get(route.lower()) if route else None,
        lasts=lasts,
        at_least=duration is not None and duration.token("LEAST") is not None,
        span=scope.span(node),
    )


def _dose(scope: Scope, node: Node | None) -> Dose | None:
    if node is None:
        return None
    number = number_of(node.token("NUMERAL"))
    token = node.token("UNIT")
    unit = unit_of(scope, token)
    if number is None:
        return None
    more_than_nothing(scope, number, node, "A dose")
    if node.token("AUC") is not None:
        return Dose(Quantity(number), auc=True)
    if token and unit not in DOSE_UNITS and not unknown_unit(scope, unit):
        scope.report(
            "PW231",
            f"{token} measures no dose",
            node,
            "Write a dose, such as `75 mg/m2`, `840 mg` or `AUC 6`.",
        )
    return Dose(Quantity(number, unit))


# --- schedules ---


def _schedule(scope: Scope, node: Node | None) -> Schedule:
    if node is None:
        return Schedule()
    often = _frequency(scope, node.child("frequency"))
    days = node.child("days")
    if days is None:
        return often or Schedule()
    numbers, ranged = _days(scope, days)
    cycle = _cycle(scope, days)
    if cycle is not None:
        for token in _day_tokens(days):
            number = number_of(token)
            if number is not None and number > cycle:
                scope.report(
                    "PW230",
                    f"Day {token} lies after the last day of a cycle of {cycle} days",
                    token,
                    f"Write a day from 1 to {cycle}, or mend the length of the cycle.",
                )
                break
    times, every = (often.times, often.every) if often is not None else (1, None)
    return Schedule(times, every, numbers, cycle, ranged)


def _frequency(scope: Scope, node: Node | None) -> Schedule | None:
    if node is None:
        return None
    if node.token("ONCE") is not None:
        return Schedule(times=0)
    times = 1
    if node.token("TWICE") is not None:
        times = 2
    elif node.token("TIMES") is not None:
        token = node.token("NUMERAL")
        times = whole_of(scope, token, "how many times a drug is given") or 1
        if token and times < 1:
            scope.report("PW224", "A drug is given once or more often", token)
            times = 1
    if node.token("DAILY") is not None:
        return daily(times)
    if node.token("WEEKLY") is not None:
        return Schedule(times, Quantity(Decimal(1), "weeks"))
    if node.token("MONTHLY") is not None:
        return Schedule(times, Quantity(Decimal(1), "months"))
    every = measured_in(scope, node.child("quantity"), TIME_UNITS, "How often")
    return Schedule(times, every)


def _cycle(scope: Scope, days: Node) -> int | None:
    after = False
    for part in days.children:
        if isinstance(part, Token):
            if part.type == "OF":
                after = True
            elif after and part.type == "NUMERAL":
                cycle = whole_of(scope, part, "the length of a cycle in days")
                return cycle if cycle is not None and 0 < cycle <= _LONGEST_CYCLE else None
    return None


def _day_tokens(days: Node) -> list[Token]:
    single = [t for t in days.tokens_of("NUMERAL")[:1] if days.token("DAY") is not None]
    return single + [t for day in days.children_of("day") for t in day.tokens_of("NUMERAL")]


def _days(scope: Scope, node: Node) -> tuple[tuple[int, ...], bool]:
    """The days in order, and whether they were written as one range."""
    found: dict[int, Token] = {}
    ranged = False
    groups = [day.tokens_of("NUMERAL") for day in node.children_of("day")]
    if node.token("DAY") is not None:
        groups = [node.tokens_of("NUMERAL")[:1]]
    for tokens in groups:
        bounds = [whole_of(scope, token, "a day of a cycle") for token in tokens]
        if not bounds or None in bounds:
            continue
        low, high = bounds[0] or 0, bounds[-1] or 0
        ranged = ranged or len(bounds) > 1
        if low > high:
            scope.report(
                "PW220",
                "These days run from the later day to the earlier one",
                tokens[0],
                f"Write `{high}..{low}`.",
            )
            low, high = high, low
        if low < 1:
            scope.report(
                "PW230", "The first day of a cycle is day 1", tokens[0], "Count from day 1."
            )
        for day in range(max(low, 1), min(high, _LONGEST_CYCLE) + 1):
            first = found.setdefault(day, tokens[0])
            if first is not tokens[0]:
                scope.report(
                    "PW216",
                    f"Day {day} stands twice in this list",
                    tokens[0],
                    "Leave it out here.",
                    [Label(scope.span(first), "first here")],
                )
                break
    return tuple(sorted(found)), ranged and len(groups) == 1
