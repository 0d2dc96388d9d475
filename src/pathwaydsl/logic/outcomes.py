"""Who gets what: for each treatment, action, choice, gap and end, who arrives, as conditions.

A patient is told by the values last measured on arrival. On top stands whether everyone whom the
pathway is for is proved to get an answer.
"""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from attrs import frozen

from pathwaydsl.logic.answering import Followed, Hindered, ObstacleKind, Stretch, answers
from pathwaydsl.logic.boxes import Patient, plainest, said
from pathwaydsl.logic.diagrams import UndecidedError
from pathwaydsl.logic.handovers import handed_over_unproved
from pathwaydsl.logic.mentioned import MeaninglessError, Mentioned, mentioned
from pathwaydsl.model.expressions import And, Expression, Or
from pathwaydsl.model.nodes import (
    Act,
    Assess,
    Choose,
    Decide,
    End,
    Enter,
    GapNode,
    Node,
    Treat,
)
from pathwaydsl.model.pathway import Pathway

MOST_BOXES = 6
"""How many conditions are said of those who come to one box, before the rest are `others`."""

MOST_SHARED = 400
"""Pathways with more boxes get no shares: nobody reads them there, and they cost the most."""

MOST_TOLD = 60_000
"""How many boxes are looked at to tell who comes from one answer to the next."""

SPARED = 20_000
"""Steps that are kept for saying in words what has been found."""

Outcome = Treat | Act | Choose | GapNode | Enter | End
"""What a patient may come to."""


@frozen
class Who:
    """Some patients.

    Attributes:
        boxes: Conditions of which each patient fulfils one; empty for everyone.
        more: Whether some patients are left out, since there would be too many conditions.
        witness: The plainest of them, or None.
        decided: False where they could not be told in words within the budget.
    """

    boxes: tuple[Expression, ...] = ()
    more: bool = False
    witness: Patient | None = None
    decided: bool = True


@frozen
class Coming:
    """How patients come to a box: from where, and which of those who were there.

    Attributes:
        after: The answer they had last, or the strands they come from; None for the start.
        who: Which of those go on to the box.
        asked: Criteria that are asked in between.
    """

    after: str | None
    who: Who
    asked: tuple[str, ...] = ()


@frozen
class Reached:
    """A box, and who comes to it, from wherever they come; nobody where `ways` is empty.

    Attributes:
        share: Share of the declared input space that comes here; None where that has no meaning,
            since something is measured again, set, or may happen at any time before.
    """

    node: Outcome
    ways: tuple[Coming, ...] = ()
    share: Fraction | None = None


@frozen
class Obstacle:
    """What stands in the way of saying that everyone has an answer.

    Attributes:
        node: At which box, or None for the whole pathway.
        who: Of which patients it is told, or None.
        other: Id of the pathway that is entered there, or None.
        asked: Criteria that tell them apart from the others who come there.
    """

    kind: ObstacleKind
    node: str | None = None
    who: Who | None = None
    other: str | None = None
    asked: tuple[str, ...] = ()


@frozen
class Outcomes:
    """Who gets what on a pathway.

    Attributes:
        pathway: The pathway.
        reached: Its treatments, actions, choices, gaps, handovers and ends, in the order written;
            empty where it was not decided who comes where.
        obstacles: What stands in the way of the statement on top, nothing where it is proved.
        told: False where the pathway is too large to tell who comes where.
    """

    pathway: Pathway
    reached: tuple[Reached, ...]
    obstacles: tuple[Obstacle, ...]
    told: bool = True

    @property
    def proved(self) -> bool:
        """Whether every eligible patient is proved to have an answer."""
        return not self.obstacles


def outcomes(pathway: Pathway, others: Mapping[str, Pathway] | None = None) -> Outcomes:
    """Who gets what on a pathway.

    Args:
        pathway: The pathway.
        others: Pathways of the project by id, for those that it enters.
    """
    others = others or {}
    try:
        followed = _followed(pathway, others)
        obstacles = [_obstacle(followed, each) for each in followed.hindered()]
        if not obstacles:
            obstacles += [
                Obstacle("other-pathway", box, other=name)
                for box, name in handed_over_unproved(followed, others)
            ]
    except (UndecidedError, RecursionError):
        return Outcomes(pathway, (), (Obstacle("undecided"),), told=False)
    except (MeaninglessError, KeyError):
        return Outcomes(pathway, (), (Obstacle("unreadable"),), told=False)
    try:
        return Outcomes(pathway, tuple(_reached(followed)), tuple(obstacles))
    except (UndecidedError, RecursionError):
        return Outcomes(pathway, (), tuple(obstacles), told=False)


def _followed(pathway: Pathway, others: Mapping[str, Pathway]) -> Followed:
    if pathway.start not in pathway.node:
        raise MeaninglessError(pathway.id)
    return Followed(pathway, others)


# In words


def _obstacle(followed: Followed, hindered: Hindered) -> Obstacle:
    kind, node = hindered.kind, hindered.node
    if not hindered.some or node is None:
        return Obstacle(kind, node, other=hindered.other)
    box = followed.pathway.node[node]
    asked = _asked_at(followed, box)
    if hindered.other is not None:
        eligible = followed.others[hindered.other].eligible
        asked = _mentions(followed, [eligible])
    if not asked.criteria and not asked.had:
        asked = _asked_before(followed, box)
    who = _who(followed, hindered.some, hindered.among, asked)
    return Obstacle(kind, node, who, hindered.other, asked.criteria)


def _mentions(followed: Followed, expressions: Iterable[Expression | None]) -> Mentioned:
    """What some expressions ask for."""
    return mentioned([each for each in expressions if each is not None], followed.library)


def _asked_at(followed: Followed, node: Node) -> Mentioned:
    return _mentions(followed, _conditions(followed, node))


def _conditions(followed: Followed, node: Node) -> Iterator[Expression | None]:
    if isinstance(node, Decide):
        yield from (branch.when for branch in node.branches)
    if isinstance(node, Choose):
        yield from (option.when for option in node.options)
    for during in followed.durings(node.id):
        yield from (branch.when for branch in during.branches)


def _asked_before(followed: Followed, node: Node) -> Mentioned:
    """What was asked on some way to a box, in the order of the boxes."""
    before = followed.ways_to(node.id)
    return _mentions(
        followed,
        (
            condition
            for other in followed.pathway.nodes
            if other.id in before
            for condition in _conditions(followed, other)
        ),
    )


def _who(followed: Followed, some: int, among: int, asked: Mentioned) -> Who:
    witness = plainest(followed.patients, some)
    diagrams = followed.diagrams
    kept = diagrams.steps_left
    diagrams.steps_left = max(kept, SPARED)
    try:
        found = said(followed.patients, some, among, asked, most=MOST_BOXES)
    except UndecidedError:
        return Who(witness=witness, decided=False)
    finally:
        diagrams.steps_left = kept
    return Who(tuple(flattened(box) for box in found.boxes), found.more, witness)


def flattened(expression: Expression) -> Expression:
    """Nested `and` in `and`, and `or` in `or`, drawn together, so that it reads as one list."""
    if not isinstance(expression, And | Or):
        return expression
    kind = type(expression)
    parts: list[Expression] = []
    for part in expression.parts:
        if isinstance(part, kind):
            parts.extend(part.parts)
        else:
            parts.append(part)
    return kind(tuple(parts))


def _reached(followed: Followed) -> Iterator[Reached]:
    shares = _Shares(followed)
    boxes = [node for node in followed.pathway.nodes if followed.at.get(node.id)]
    sources: list[tuple[str | None, str | None]] = [(None, None)]
    sources += [(node.id, node.id) for node in boxes if answers(node)]
    sources += [
        (after, join)
        for join, after in followed.joins.items()
        if followed.at.get(join) and not answers(followed.pathway.node[join])
    ]
    stretches: list[tuple[str | None, Stretch]] = []
    looked_at = 0
    for after, source in sources:
        stretch = followed.stretch(source)
        stretches.append((after, stretch))
        looked_at += len(stretch.at)
        if looked_at > MOST_TOLD:
            raise UndecidedError
    for node in followed.pathway.nodes:
        if not isinstance(node, Outcome):
            continue
        found = [(after, stretch) for after, stretch in stretches if stretch.at.get(node.id)]
        looked_at += len(stretches) // 20 + sum(len(stretch.at) for _, stretch in found)
        if looked_at > MOST_TOLD:
            raise UndecidedError
        ways = tuple(_coming(followed, node, after, stretch) for after, stretch in found)
        yield Reached(node, ways, shares.of(node.id) if ways else None)


def _coming(followed: Followed, node: Node, after: str | None, stretch: Stretch) -> Coming:
    before = _before(followed, node, stretch)
    inside = [box for box in followed.pathway.nodes if box.id in before]
    first = followed.pathway.node.get(stretch.source or "")
    conditions = [when for box in inside for when in _conditions(followed, box)]
    if first is not None and first not in inside:
        conditions = [*_conditions(followed, first), *conditions]
    asked = _mentions(followed, conditions)
    among = followed.diagrams.any_of(
        [*stretch.first.values(), *(stretch.at[box] for box in before), stretch.at[node.id]]
    )
    who = _who(followed, stretch.at[node.id], among, asked)
    return Coming(after, who, asked.criteria)


def _before(followed: Followed, node: Node, stretch: Stretch) -> frozenset[str]:
    """The boxes of a stretch that lie before one of its boxes."""
    found: set[str] = set()
    waiting = [node.id]
    while waiting:
        for source in followed.before[waiting.pop()]:
            stops = answers(followed.pathway.node[source])
            if source in stretch.at and source not in found and not stops:
                found.add(source)
                waiting.append(source)
    return frozenset(found)


@frozen(slots=False)
class _Shares:
    """Shares of the declared input space.

    They mean something where one set of values says the whole way: nothing on it is measured a
    second time, nothing is set, and nothing happens at any time.
    """

    followed: Followed

    def of(self, node_id: str) -> Fraction | None:
        """The share of a box, or None where it has no meaning."""
        followed = self.followed
        if len(followed.pathway.nodes) > MOST_SHARED:
            return None
        before = followed.ways_to(node_id)
        if node_id in before or not self._once(before):
            return None
        patients, diagrams = followed.patients, followed.diagrams
        names = tuple(patients.head)
        told = [
            followed.with_answers(each, names) for each in (followed.at[node_id], followed.start)
        ]
        others = [
            level
            for level, question in enumerate(patients.questions)
            if question.part in {"had", "left"}
        ]
        here, everyone = (diagrams.forget(each, frozenset(others)) for each in told)
        return patients.share(here, everyone)

    def _once(self, before: frozenset[str]) -> bool:
        followed = self.followed
        eligible = _mentions(followed, [followed.pathway.eligible]).criteria
        measured: dict[str, list[str]] = {name: [""] for name in eligible}
        for name in before:
            node = followed.pathway.node[name]
            if name in followed.ways_to(name) or followed.durings(name):
                return False
            if getattr(node, "sets", ()):
                return False
            if isinstance(node, Assess):
                for criterion in node.measures:
                    measured.setdefault(criterion, []).append(name)
        for boxes in measured.values():
            if boxes[0] == "" and len(boxes) > 1:
                return False
            if any(a in followed.ways_to(b) for a in boxes if a for b in boxes if b):
                return False
        return True
