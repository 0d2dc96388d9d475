"""`impossible`: rules that leave somebody without a possible value, and rules about nobody."""

from collections.abc import Iterable, Iterator, Sequence

from pathwaydsl.checks.leaving import before_measuring, before_sets
from pathwaydsl.checks.review import place_of, quoted
from pathwaydsl.checks.visit import Visit
from pathwaydsl.logic.diagrams import EVERYBODY, NOBODY
from pathwaydsl.logic.mentioned import mentioned
from pathwaydsl.logic.written import condition_as_written
from pathwaydsl.model.criteria import Impossible
from pathwaydsl.model.nodes import Act, Assess, Assignment, Node, Treat
from pathwaydsl.text.finding import Finding, Label
from pathwaydsl.text.rules import finding
from pathwaydsl.text.suggestion import listed


def nobody_left(visit: Visit) -> Iterator[Finding]:
    """`eligible` and `impossible` leave somebody."""
    arrivals, pathway = visit.arrivals, visit.pathway
    if arrivals.start:
        return
    place = place_of(pathway.eligible.span if pathway.eligible else pathway.span, pathway)
    labels: Sequence[Label] = ()
    if not arrivals.eligible:
        message = "No patient is eligible: no values of the criteria fulfil this condition"
    else:
        message = "No patient is left: everyone who is eligible has values said to be impossible"
        labels = _labels(arrivals.rules)
    yield finding(
        "PW308",
        message,
        place,
        labels=labels,
        help="Look at the parts joined by `and`: no patient can fulfil all of them at once",
    )


def without_possible_value(visit: Visit) -> Iterator[Finding]:
    """Whatever is measured or set in a box, some value of it is possible for everyone there.

    Rules that contradict each other are one finding, however many boxes they empty.
    """
    told: set[tuple[str, ...]] = set()
    for node in visit.pathway.nodes:
        arriving = visit.arrivals.at.get(node.id, NOBODY)
        if arriving and isinstance(node, Assess | Treat | Act):
            names, some = lost_in(visit, node, arriving)
            if some and names not in told:
                told.add(names)
                yield _without_value(visit, node, names, some, arriving)


def lost_in(visit: Visit, node: Assess | Treat | Act, arriving: int) -> tuple[tuple[str, ...], int]:
    """The criteria of which no value is possible at a box, and for whom."""
    arrivals, diagrams = visit.arrivals, visit.arrivals.diagrams
    if isinstance(node, Assess):
        some = diagrams.without(arriving, before_measuring(arrivals, EVERYBODY, node.measures))
        if some:
            return node.measures, some
    staying = arrivals.staying_at(node, arriving)
    lines = [line.when for during in arrivals.durings(node.id) for line in during.branches]
    asked = arrivals.asked(lines)
    if asked:
        some = diagrams.without(staying, before_measuring(arrivals, EVERYBODY, asked))
        if some:
            return asked, some
    sets: tuple[Assignment, ...] = () if isinstance(node, Assess) else node.sets
    after = arrivals.measured(staying, asked) if asked else staying
    names = tuple(assignment.criterion for assignment in sets)
    return names, diagrams.without(
        after, before_sets(arrivals, EVERYBODY, sets)
    ) if sets else NOBODY


def _without_value(
    visit: Visit, node: Node, names: tuple[str, ...], some: int, arriving: int
) -> Finding:
    # There is no case to offer: whatever value a case gave, it would be one said to be impossible.
    arrivals = visit.arrivals
    rules = [
        rule
        for rule in arrivals.rules
        if set(names) & set(mentioned([rule.when], arrivals.library).criteria)
    ]
    asked = visit.asked(rule.when for rule in rules)
    who = visit.who(some, arrivals.diagrams.either(some, arriving), asked)
    witness, _ = visit.witness(some, asked)
    labels = [quoted(visit.library.criterion[n].label) for n in names if n in asked.criteria]
    return finding(
        "PW334",
        f"At {quoted(node.label)} every value of {listed(labels, 'and')} is said to be impossible "
        f"for {who}{witness}",
        place_of(node.span, visit.pathway),
        labels=_labels(rules),
        help="Look at the `impossible` rules about it: together they leave these patients no "
        "value, so nobody could say how they go on",
    )


def _labels(rules: Iterable[Impossible]) -> list[Label]:
    return [Label(rule.span, "said to be impossible") for rule in rules if rule.span]


def idle_rules(visit: Visit) -> Iterator[Finding]:
    """Each `impossible` takes somebody away whom the rules before it leave.

    Rules of a library are looked at among themselves: what one pathway adds says nothing of them.
    """
    arrivals, diagrams = visit.arrivals, visit.arrivals.diagrams
    own = set(map(id, visit.pathway.impossible))
    for rule in visit.pathway.impossible:
        asked = mentioned([rule.when], visit.pathway.library)
        unused = [name for name in asked.criteria if name not in arrivals.patients.head]
        if unused:
            labels = [quoted(visit.library.criterion[name].label) for name in unused]
            yield finding(
                "PW335",
                f"This rule takes nobody away: the pathway never asks for {listed(labels, 'or')}",
                place_of(rule.span, visit.pathway),
                help="It can go, or belongs to the criteria in a library",
            )
    taken = NOBODY
    in_order = sorted(arrivals.rules, key=lambda rule: id(rule) in own)
    for rule in in_order:
        names = mentioned([rule.when], arrivals.library).criteria
        anybody = diagrams.all_of(arrivals.patients.possible_values(name) for name in names)
        away = diagrams.both(arrivals.impossible_by(rule), anybody)
        if not diagrams.without(away, taken):
            condition = condition_as_written(rule.when)
            yield finding(
                "PW335",
                f"No patient could ever fulfil `{condition}`, so this rule takes nobody away"
                if not away
                else f"The other rules take away everyone for whom `{condition}` holds",
                place_of(rule.span, visit.pathway),
                help="It can go, or its condition is not what was meant",
            )
        taken = diagrams.either(taken, away)
