"""Random conditions and small random pathways, the same for the same seed."""

from decimal import Decimal

from pathwaydsl.model.criteria import (
    AnyOf,
    Condition,
    Criterion,
    Impossible,
    NumberRange,
    OneOf,
    Points,
    Score,
    Value,
    YesNo,
)
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
    Sign,
    Within,
)
from pathwaydsl.model.graph import all_exits
from pathwaydsl.model.nodes import (
    Act,
    Assess,
    Assignment,
    Branch,
    Choose,
    Decide,
    During,
    End,
    Option,
    Treat,
)
from pathwaydsl.model.pathway import Library, Pathway
from pathwaydsl.model.regimens import Dose, Give, GivenDrug, Phase, Regimen, daily
from pathwaydsl.model.values import Quantity


def named(*ids):
    return tuple(Value(name, name) for name in ids)


CRITERIA = (
    Criterion(id="pregnant", label="Pregnant", domain=YesNo(), may_be_unknown=True),
    Criterion(id="stage", label="Stage", domain=OneOf(named("early", "late", "far"))),
    Criterion(
        id="interval",
        label="Interval",
        domain=NumberRange(Decimal(0), Decimal(20), "months"),
        also=named("never"),
        may_be_unknown=True,
    ),
    Criterion(
        id="sites",
        label="Sites",
        domain=AnyOf(named("brain", "liver")),
        also=named("none"),
        may_be_unknown=True,
    ),
)


def a_test(chance, *, names=("pregnant", "stage", "interval", "sites"), had=False):
    """A random test."""
    if had and chance.random() < 0.15:
        return Had(regimen="first") if chance.random() < 0.5 else Had(drug="second-drug")
    name = chance.choice(names)
    if name != "stage" and chance.random() < 0.2:
        return chance.choice([IsUnknown, IsKnown])(name)
    match name:
        case "pregnant":
            return Holds(name)
        case "stage":
            return IsOneOf(
                name, tuple(chance.sample(("early", "late", "far"), chance.choice((1, 2))))
            )
        case "sites":
            if chance.random() < 0.3:
                return IsOneOf(name, ("none",))
            return Includes(name, chance.choice(("brain", "liver")))
        case _:
            if chance.random() < 0.2:
                return IsOneOf(name, ("never",))
            if chance.random() < 0.2:
                return Within(name, Decimal(6), Decimal(12), "months", chance.random() < 0.5)
            sign = chance.choice(list(Sign))
            return Compares(name, sign, Quantity(Decimal(chance.choice((6, 12))), "months"))


def a_condition(chance, depth=2, **tests):
    """A random condition."""
    if depth == 0 or chance.random() < 0.3:
        return a_test(chance, **tests)
    parts = tuple(a_condition(chance, depth - 1, **tests) for _ in range(chance.choice((2, 2, 3))))
    kind = chance.random()
    if kind < 0.35:
        return And(parts)
    if kind < 0.7:
        return Or(parts)
    if kind < 0.85:
        return AtLeast(chance.randint(1, len(parts)), parts)
    return Not(parts[0])


def a_library(chance):
    """The criteria, with a random condition and a random score."""
    dose = Phase(Dose(Quantity(Decimal(1), "mg")), daily())
    return Library(
        criteria=CRITERIA,
        conditions=(Condition(id="fit", label="Fit", means=a_condition(chance)),),
        scores=(
            Score(
                id="risk",
                label="Risk",
                parts=tuple(
                    Points(chance.choice((1, 2, -1)), a_condition(chance, 1)) for _ in range(3)
                ),
            ),
        ),
        regimens=tuple(
            Regimen(id=name, label=name, gives=(Give((GivenDrug(f"{name}-drug", (dose,)),)),))
            for name in ("first", "second")
        ),
    )


def with_definitions(chance, expression):
    """Sometimes the condition or the score beside the expression."""
    if chance.random() < 0.3:
        other = chance.choice(
            [
                Meets("fit"),
                Compares("risk", chance.choice(list(Sign)), Quantity(Decimal(1)), score=True),
            ]
        )
        return And((expression, other)) if chance.random() < 0.5 else Or((expression, other))
    return expression


def a_pathway(chance):
    """A random pathway of up to eight boxes; some of it makes no clinical sense.

    None in which something may happen before everyone has resumed: that is undecided.
    """
    while may_nest(found := _drawn(chance)):
        pass
    return found


def may_nest(pathway):
    """Whether a way on which patients resume leads to a box that a `during` names."""
    watched = {name for during in pathway.durings for name in during.nodes}
    after = all_exits(pathway)
    before = {}
    for source, ways in after.items():
        for way in ways:
            before.setdefault(way.target, []).append(source)
    resuming, waiting = {"resume"}, ["resume"]
    while waiting:
        for source in before.get(waiting.pop(), ()):
            if source not in resuming:
                resuming.add(source)
                waiting.append(source)
    targets = {line.target for during in pathway.durings for line in during.branches}
    return bool(resuming - {"resume"} and targets & resuming & _led_to(targets, after, watched))


def _led_to(targets, after, watched):
    """Those of the targets from which a way leads to a watched box; the box itself counts."""
    found = set()
    for target in targets:
        seen, waiting = {target}, [target]
        while waiting:
            for way in after.get(waiting.pop(), ()):
                if way.target not in seen:
                    seen.add(way.target)
                    waiting.append(way.target)
        if seen & watched:
            found.add(target)
    return found


def _drawn(chance):
    library = a_library(chance)
    ids = [f"n{i}" for i in range(chance.randint(4, 8))]
    resuming = chance.random() < 0.5

    def when(depth=1):
        return with_definitions(chance, a_condition(chance, depth, had=True))

    def target():
        return "resume" if resuming and chance.random() < 0.1 else chance.choice(ids)

    nodes = []
    for name in ids[:-1]:
        match chance.choice(("assess", "decide", "decide", "choose", "treat", "act")):
            case "assess":
                measures = tuple(chance.sample([c.id for c in CRITERIA], chance.choice((1, 2))))
                node = Assess(id=name, label=name, measures=measures, then=target())
            case "decide":
                branches = [Branch(target(), when()) for _ in range(chance.choice((1, 2, 3)))]
                if chance.random() < 0.5:
                    branches.append(Branch(target(), role="otherwise"))
                if chance.random() < 0.5:
                    branches.append(Branch(target(), role="unknown"))
                first = chance.random() < 0.4
                node = Decide(id=name, label=name, branches=tuple(branches), first_match=first)
            case "choose":
                options = tuple(
                    Option(target(), when=when() if chance.random() < 0.6 else None)
                    for _ in range(2)
                )
                node = Choose(id=name, label=name, options=options)
            case "treat":
                regimen = chance.choice(("first", "second"))
                node = Treat(id=name, label=name, regimen=regimen, then=target())
            case _:
                value = chance.choice(
                    (
                        Assignment("pregnant", truth=True),
                        Assignment("interval", number=Decimal(6)),
                        Assignment("interval", named="never"),
                        Assignment("sites", members=("liver",)),
                        Assignment("sites", unknown=True),
                        Assignment("stage", named="far"),
                    )
                )
                node = Act(id=name, label=name, sets=(value,), then=target())
        nodes.append(node)
    nodes.append(End(id=ids[-1], label="End"))
    stays = [node.id for node in nodes if isinstance(node, Assess | Treat | Act)]
    durings = ()
    if stays and chance.random() < 0.6:
        branches = tuple(
            Branch(target(), a_condition(chance, 1, names=("pregnant", "stage")))
            for _ in range(chance.choice((1, 2)))
        )
        durings = (During(nodes=tuple(stays[:2]), branches=branches),)
    rules = ()
    if chance.random() < 0.5:
        rules = (Impossible(when=And((a_test(chance), a_test(chance))), because="not seen"),)
    eligible = a_condition(chance, 1) if chance.random() < 0.6 else None
    return Pathway(
        id="random",
        label="Random",
        file="random.pathway",
        start=ids[0],
        eligible=eligible,
        nodes=tuple(nodes),
        durings=durings,
        impossible=rules,
        library=library,
    )
