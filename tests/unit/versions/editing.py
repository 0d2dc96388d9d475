"""Random edits of random pathways, with the pairs of boxes that are still there."""

from decimal import Decimal

from attrs import evolve
from tests.unit.logic.chance import CRITERIA, a_condition, a_pathway, a_test, named

from pathwaydsl.model.criteria import NumberRange
from pathwaydsl.model.expressions import And, Not, Or
from pathwaydsl.model.nodes import (
    Act,
    Assess,
    Branch,
    Choose,
    Decide,
    Option,
    Treat,
)


def _replace(pathway, node):
    nodes = tuple(node if other.id == node.id else other for other in pathway.nodes)
    return evolve(pathway, nodes=nodes)


def _targets(pathway):
    return [node.id for node in pathway.nodes]


def _edit_condition(chance, expression):
    if expression is None:
        return None
    kind = chance.random()
    if kind < 0.3:
        return And((expression, a_test(chance)))
    if kind < 0.5:
        return Or((expression, a_test(chance)))
    if kind < 0.6:
        return Not(Not(expression))
    if kind < 0.7:
        return Or((expression, expression))
    return a_condition(chance, 1, had=True)


def _edit_node(chance, pathway, node):
    target = chance.choice(_targets(pathway))
    match node:
        case Decide(branches=branches):
            i = chance.randrange(len(branches))
            one = branches[i]
            kind = chance.random()
            if kind < 0.5 and one.when is not None:
                one = evolve(one, when=_edit_condition(chance, one.when))
            elif kind < 0.8:
                one = evolve(one, target=target)
            else:
                return evolve(node, branches=tuple(reversed(branches)))
            return evolve(node, branches=(*branches[:i], one, *branches[i + 1 :]))
        case Choose(options=options):
            i = chance.randrange(len(options))
            one = evolve(options[i], when=_edit_condition(chance, options[i].when))
            if chance.random() < 0.3:
                one = evolve(one, target=target)
            return evolve(node, options=(*options[:i], one, *options[i + 1 :]))
        case Assess():
            if chance.random() < 0.5:
                measures = tuple(chance.sample([c.id for c in CRITERIA], chance.choice((1, 2))))
                return evolve(node, measures=measures)
            return evolve(node, then=target)
        case Treat():
            if chance.random() < 0.5:
                return evolve(node, regimen=chance.choice(("first", "second")))
            return evolve(node, then=target)
        case Act():
            if chance.random() < 0.4:
                return evolve(node, sets=())
            return evolve(node, then=target)
    return node


def _edit_domain(chance, pathway):
    index = chance.randrange(len(CRITERIA))
    one = pathway.library.criteria[index]
    kind = chance.random()
    if kind < 0.4:
        one = evolve(one, may_be_unknown=not one.may_be_unknown)
    elif isinstance(one.domain, NumberRange):
        one = evolve(one, domain=evolve(one.domain, high=Decimal(chance.choice((12, 13)))))
    elif hasattr(one.domain, "values"):
        values = (*one.domain.values, *named("other"))
        one = evolve(one, domain=evolve(one.domain, values=values))
    criteria = (*pathway.library.criteria[:index], one, *pathway.library.criteria[index + 1 :])
    return evolve(pathway, library=evolve(pathway.library, criteria=criteria))


def _insert(chance, pathway):
    """A new action on the way into some box."""
    target = chance.choice(pathway.nodes)
    added = Act(id="added", label="Added", then=target.id)
    nodes = []
    for node in pathway.nodes:
        if getattr(node, "then", None) == target.id:
            node = evolve(node, then="added")  # noqa: PLW2901
        nodes.append(node)
    return evolve(pathway, nodes=(*nodes, added))


def _split(chance, pathway):
    """A decision taken in two, so that nothing changes unless something cannot be told."""
    decisions = [n for n in pathway.nodes if isinstance(n, Decide) and n.branches[0].when]
    if not decisions:
        return pathway
    node = chance.choice(decisions)
    first = node.branches[0]
    test = a_test(chance, names=("stage",))
    again = Decide(
        id="again",
        label="Again",
        branches=(
            Branch(first.target, test),
            Branch(first.target, Not(test)),
            Branch(first.target, role="unknown"),
        ),
    )
    there = _replace(
        pathway, evolve(node, branches=(evolve(first, target="again"), *node.branches[1:]))
    )
    return evolve(there, nodes=(*there.nodes, again))


def _renamed(pathway, old, new):
    """The pathway with one box under another id."""

    def name(target):
        return new if target == old else target

    def branch(one):
        return evolve(one, target=name(one.target))

    nodes = []
    for node in pathway.nodes:
        changes = {"id": name(node.id)}
        match node:
            case Decide(branches=branches):
                changes["branches"] = tuple(map(branch, branches))
            case Choose(options=options):
                changes["options"] = tuple(Option(name(o.target), when=o.when) for o in options)
            case Assess() | Treat() | Act():
                changes["then"] = name(node.then)
        nodes.append(evolve(node, **changes))
    durings = tuple(
        evolve(d, nodes=tuple(map(name, d.nodes)), branches=tuple(map(branch, d.branches)))
        for d in pathway.durings
    )
    return evolve(pathway, nodes=tuple(nodes), durings=durings, start=name(pathway.start))


def a_pair(chance):
    """A random pathway, the same after some edits, and the pairs of boxes."""
    old = a_pathway(chance)
    new = old
    pairs = {node.id: node.id for node in old.nodes}
    for _ in range(chance.choice((0, 1, 1, 1, 2))):
        kind = chance.random()
        if kind < 0.6:
            new = _replace(new, _edit_node(chance, new, chance.choice(new.nodes)))
        elif kind < 0.7:
            new = _edit_domain(chance, new)
        elif kind < 0.75:
            new = evolve(new, eligible=_edit_condition(chance, new.eligible))
        elif kind < 0.8:
            new = evolve(new, durings=new.durings[:0])
        elif kind < 0.9 and "added" not in new.node:
            new = _insert(chance, new)
        elif "again" not in new.node:
            new = _split(chance, new)
    if chance.random() < 0.4:
        box = chance.choice([node.id for node in old.nodes])
        if chance.random() < 0.5:
            pairs.pop(box)
        else:
            new = _renamed(new, box, "renamed")
            pairs[box] = "renamed"
    return old, new, pairs
