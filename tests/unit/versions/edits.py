"""Random edits of random pathways, the same for the same seed."""

import random
from decimal import Decimal

from attrs import evolve
from tests.unit.logic.chance import CRITERIA, a_condition, a_library, a_pathway

from pathwaydsl.model.criteria import Value
from pathwaydsl.model.evidence import Evidence
from pathwaydsl.model.gaps import AdviseAgainst, Gap
from pathwaydsl.model.nodes import Act, Branch, Choose, Decide, End, GapNode, Option, Treat
from pathwaydsl.model.recommendations import Recommendation
from pathwaydsl.model.values import Quantity, Version
from pathwaydsl.versions.things import plain

WORDS = ("first", "dose", "rest", "care", "look", "wait", "scan", "clinic", "heart", "drug")


def two_versions(seed):
    """A random pathway and an edited one."""
    chance = random.Random(seed)
    old = dressed(chance, a_pathway(chance))
    new = old
    for _ in range(chance.randint(0, 6)):
        new = chance.choice(EDITS)(chance, new)
    return old, new


def dressed(chance, pathway):
    """The pathway with titles, advice, evidence and gaps."""
    study = Evidence(id="study", label="Study", kind="trial", enrolled=100)
    gap = Gap(id="open-question", label="What next?", status="open", priority="low")
    nodes = []
    for node in pathway.nodes:
        advice = Recommendation()
        if isinstance(node, Treat | Act) and chance.random() < 0.7:
            advice = Recommendation(
                strength=chance.choice((None, "strong", "conditional")),
                evidence=("study",) if chance.random() < 0.5 else (),
                flags=("open-question",) if chance.random() < 0.5 else (),
                against=(AdviseAgainst("strong", text="Waiting"),) if chance.random() < 0.3 else (),
            )
        label = " ".join(chance.sample(WORDS, 3))
        nodes.append(evolve(node, label=label, recommendation=advice))
    library = evolve(pathway.library, evidence=(study,), gaps=(gap,))
    return evolve(pathway, nodes=tuple(nodes), library=library, version=Version(1, 0, 0))


def _with(pathway, place, node):
    nodes = list(pathway.nodes)
    nodes[place] = node
    return evolve(pathway, nodes=tuple(nodes))


def _some(chance, pathway, *classes):
    places = [p for p, node in enumerate(pathway.nodes) if isinstance(node, classes)]
    return chance.choice(places) if places else None


def relabelled(chance, pathway):
    place = chance.randrange(len(pathway.nodes))
    label = " ".join(chance.sample(WORDS, 3))
    return _with(pathway, place, evolve(pathway.nodes[place], label=label))


def renamed(chance, pathway):
    node = chance.choice(pathway.nodes)
    if isinstance(node, GapNode):
        return pathway
    name = f"{node.id}-again"
    if name in pathway.node:
        return pathway
    names = {("node", node.id): name}
    was = node.id if chance.random() < 0.5 else None
    nodes = tuple(
        evolve(plain(one, names), id=name, was=was) if one is node else plain(one, names)
        for one in pathway.nodes
    )
    durings = tuple(plain(one, names) for one in pathway.durings)
    start = names.get(("node", pathway.start), pathway.start)
    return evolve(pathway, nodes=nodes, durings=durings, start=start)


def added(chance, pathway):
    name = f"extra-{len(pathway.nodes)}"
    if name in pathway.node:
        return pathway
    kind = chance.choice((Act, End))
    node = kind(id=name, label=" ".join(chance.sample(WORDS, 3)))
    return evolve(pathway, nodes=(*pathway.nodes, node))


def removed(chance, pathway):
    place = chance.randrange(len(pathway.nodes))
    return evolve(pathway, nodes=pathway.nodes[:place] + pathway.nodes[place + 1 :])


def shuffled(chance, pathway):
    nodes = list(pathway.nodes)
    chance.shuffle(nodes)
    return evolve(pathway, nodes=tuple(nodes))


def reguarded(chance, pathway):
    place = _some(chance, pathway, Decide)
    if place is None:
        return pathway
    node = pathway.nodes[place]
    branches = list(node.branches)
    number = chance.randrange(len(branches))
    match chance.choice(("when", "target", "remove", "add", "swap", "mode")):
        case "when":
            if branches[number].when is not None:
                branches[number] = evolve(branches[number], when=a_condition(chance, 1))
        case "target":
            target = chance.choice(pathway.nodes).id
            branches[number] = evolve(branches[number], target=target)
        case "remove":
            del branches[number : number + (len(branches) > 1)]
        case "add":
            branches.insert(0, Branch(chance.choice(pathway.nodes).id, a_condition(chance, 1)))
        case "swap":
            branches.reverse()
        case _:
            node = evolve(node, first_match=not node.first_match)
    return _with(pathway, place, evolve(node, branches=tuple(branches)))


def reoptioned(chance, pathway):
    place = _some(chance, pathway, Choose)
    if place is None:
        return pathway
    node = pathway.nodes[place]
    options = list(node.options)
    match chance.choice(("prefer", "add", "remove", "swap")):
        case "prefer":
            options[0] = evolve(options[0], preferred=not options[0].preferred)
        case "add":
            options.append(Option(chance.choice(pathway.nodes).id, label="Also"))
        case "remove":
            del options[0]
        case _:
            options.reverse()
    if not options:
        return pathway
    return _with(pathway, place, evolve(node, options=tuple(options)))


def readvised(chance, pathway):
    place = _some(chance, pathway, Treat, Act)
    if place is None:
        return pathway
    node = pathway.nodes[place]
    advice = evolve(
        node.recommendation,
        strength=chance.choice((None, "strong", "conditional")),
        evidence=chance.choice(((), ("study",))),
        flags=chance.choice(((), ("open-question",))),
    )
    return _with(pathway, place, evolve(node, recommendation=advice))


def redefined(chance, pathway):
    library = pathway.library
    match chance.choice(("dose", "answer", "study", "gap", "eligible")):
        case "dose":
            first = library.regimens[0]
            give = first.gives[0]
            phase = give.drugs[0].phases[0]
            dose = evolve(phase.dose, amount=Quantity(Decimal(chance.randint(1, 5)), "mg"))
            drug = evolve(give.drugs[0], phases=(evolve(phase, dose=dose),))
            first = evolve(first, gives=(evolve(give, drugs=(drug,)),))
            library = evolve(library, regimens=(first, *library.regimens[1:]))
        case "answer":
            stage = next(one for one in CRITERIA if one.id == "stage")
            values = (*stage.domain.values, Value("farther", "farther"))
            stage = evolve(stage, domain=evolve(stage.domain, values=values))
            rest = tuple(one for one in library.criteria if one.id != "stage")
            library = evolve(library, criteria=(*rest, stage))
        case "study":
            study = evolve(library.evidence[0], enrolled=chance.randint(1, 200))
            library = evolve(library, evidence=(study,))
        case "gap":
            gap = evolve(library.gaps[0], status=chance.choice(("open", "answered", "withdrawn")))
            library = evolve(library, gaps=(gap,))
        case _:
            return evolve(pathway, eligible=a_condition(chance, 1))
    return evolve(pathway, library=library)


def relearned(chance, pathway):
    """The same with another condition and another score."""
    library = a_library(chance)
    return evolve(
        pathway,
        library=evolve(pathway.library, conditions=library.conditions, scores=library.scores),
    )


EDITS = (
    relabelled,
    renamed,
    added,
    removed,
    shuffled,
    reguarded,
    reguarded,
    reoptioned,
    readvised,
    redefined,
    relearned,
)
