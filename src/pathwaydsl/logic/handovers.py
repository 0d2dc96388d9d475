"""Whether those who are handed over to another pathway are proved to have an answer there.

Two things are needed: every pathway on the way is proved for all whom it is for, and nobody is
handed on from pathway to pathway for ever without an answer in between. For the second, patients
are followed with the values that they bring along: those who are handed over for active brain
metastases are not those who are handed back for stable ones.
"""

from collections.abc import Iterator, Mapping

from attrs import evolve, field, frozen

from pathwaydsl.logic.answering import Followed
from pathwaydsl.logic.boxes import said
from pathwaydsl.logic.diagrams import EVERYBODY, NOBODY, UndecidedError
from pathwaydsl.logic.mentioned import MeaninglessError, Mentioned, mentioned
from pathwaydsl.model.expressions import And, Expression
from pathwaydsl.model.nodes import Enter
from pathwaydsl.model.pathway import Pathway

MOST_CHAINS = 60
"""How many handovers without an answer in between are followed, before they count as endless."""

MOST_WAYS_TO_SAY = 8
"""In how many conditions the values are told that patients bring along, before any are allowed."""


def handed_over_unproved(
    first: Followed, others: Mapping[str, Pathway]
) -> Iterator[tuple[str, str]]:
    """Handovers after which it is not proved that everybody has an answer.

    Args:
        first: The pathway that hands over, in which itself nothing stands in the way.
        others: Pathways of the project by id.

    Yields:
        The box that hands over, and the id of the pathway for which it is not proved.
    """
    waiting = [(node.id, node.pathway) for node in _handovers(first)]
    known = {first.pathway.id}
    proved = True
    while waiting:
        box, name = waiting.pop(0)
        if name is None or name in known:
            continue
        known.add(name)
        followed = _sound(name, others)
        if followed is None:
            proved = False
            yield box, name
            continue
        waiting += [(box, node.pathway) for node in _handovers(followed)]
    chains = _Chains(others)
    for box, handed in _handed_on_at_once(first) if proved else ():
        if chains.goes_round(handed):
            yield box, handed.pathway


def _handovers(followed: Followed) -> list[Enter]:
    return [
        node
        for node in followed.pathway.nodes
        if isinstance(node, Enter) and followed.at.get(node.id)
    ]


def _followed(pathway: Pathway, others: Mapping[str, Pathway]) -> Followed:
    if pathway.start not in pathway.node:
        raise MeaninglessError(pathway.id)
    return Followed(pathway, others)


def _sound(name: str, others: Mapping[str, Pathway]) -> Followed | None:
    """A pathway in which nothing stands in the way, those it enters left aside; else None."""
    try:
        followed = _followed(others[name], others)
        return followed if next(followed.hindered(), None) is None else None
    except (UndecidedError, RecursionError, MeaninglessError, KeyError):
        return None


@frozen
class _Handed:
    """Patients who are handed to a pathway without an answer before.

    Attributes:
        pathway: Its id.
        who: Which of those it is for, by the values that they bring along; None for any of them.
    """

    pathway: str
    who: Expression | None = None


def _handed_on_at_once(followed: Followed) -> list[tuple[str, _Handed]]:
    """To which pathways somebody is handed without an answer before, and the box that does it."""
    found: list[tuple[str, _Handed]] = []
    for node in _handovers(followed):
        some = followed.unanswered.get(node.id, NOBODY)
        target = followed.others.get(node.pathway or "")
        if not some or target is None:
            continue
        asked = mentioned(
            [each for each in [target.eligible] if each is not None], followed.library
        )
        entering = followed.after_sets(some, node.sets)
        found.append((node.id, _Handed(target.id, _brought_along(followed, entering, asked))))
    return found


def _brought_along(followed: Followed, entering: int, asked: Mentioned) -> Expression | None:
    """The values of some criteria that patients bring along; None where they may be any."""
    patients, diagrams = followed.patients, followed.diagrams
    if diagrams.both(entering, patients.missing(asked.criteria)):
        return None
    found = said(patients, entering, EVERYBODY, evolve(asked, had=()), most=MOST_WAYS_TO_SAY)
    return None if found.more else found.whole


@frozen(slots=False)
class _Chains:
    """Handovers that follow each other without an answer in between.

    Attributes:
        others: Pathways of the project by id.
        following: Where those who are handed to a pathway are handed on to at once.
    """

    others: Mapping[str, Pathway]
    following: dict[_Handed, tuple[_Handed, ...]] = field(factory=dict)

    def goes_round(self, handed: _Handed) -> bool:
        """Whether somebody may be handed on for ever; also where that was not decided."""
        above = [(handed, iter(self._from(handed)))]
        inside, done = {handed}, set[_Handed]()
        while above:
            following = next(above[-1][1], None)
            if following is None:
                finished = above.pop()[0]
                inside.discard(finished)
                done.add(finished)
            elif following in inside or len(self.following) > MOST_CHAINS:
                return True
            elif following not in done:
                inside.add(following)
                above.append((following, iter(self._from(following))))
        return False

    def _from(self, handed: _Handed) -> tuple[_Handed, ...]:
        if handed not in self.following:
            pathway = self.others[handed.pathway]
            parts = tuple(each for each in (pathway.eligible, handed.who) if each is not None)
            inside = And(parts) if len(parts) > 1 else next(iter(parts), None)
            try:
                followed = _followed(evolve(pathway, eligible=inside), self.others)
                found = tuple(each for _, each in _handed_on_at_once(followed))
            except (UndecidedError, RecursionError, MeaninglessError, KeyError):
                found = (handed,)
            self.following[handed] = found
        return self.following[handed]
