"""In which order a diagram asks its questions: what is asked together stands close together.

The size of a diagram follows from how far apart the criteria of one condition stand. Where there
are many, each is moved to the middle of the conditions that ask for it, again and again, and the
best order seen is taken (the heuristic FORCE of Aloul, Markov and Sakallah). Few criteria keep
the order in which the author mentions them, so that conditions are told in that order.
"""

from collections.abc import Iterable, Sequence

MANY = 24
"""Criteria up to which the author's order is kept."""
ROUNDS = 60
"""How often everything is moved at most."""
PATIENCE = 10
"""How often without a better order."""
_FINE = 1 << 20
"""Steps between two places, so that middles are whole numbers."""
MEMBERSHIPS = 5_000
"""Mentions of criteria in conditions up to which an order is looked for."""


def order_of_questions(names: Sequence[str], together: Iterable[Sequence[str]]) -> Sequence[str]:
    """The names, each near those it is asked together with.

    Args:
        names: Criteria in the order of their mention, none twice.
        together: The criteria of each condition; looked at only where there are many.
    """
    if len(names) <= MANY:
        return names
    groups = [group for group in together if len(group) > 1]
    if sum(map(len, groups)) > MEMBERSHIPS:
        return names
    groups_of: dict[str, list[int]] = {name: [] for name in names}
    for number, group in enumerate(groups):
        for name in group:
            groups_of[name].append(number)
    best = list(names)
    place = {name: i for i, name in enumerate(best)}
    least = _length(groups, place)
    since = 0
    for _ in range(ROUNDS):
        middles = [sum(place[name] for name in group) * _FINE // len(group) for group in groups]
        wanted = {
            name: sum(middles[number] for number in inside) // len(inside)
            if inside
            else place[name] * _FINE
            for name, inside in groups_of.items()
        }
        order = sorted(place, key=lambda name: (wanted[name], place[name]))
        place = {name: i for i, name in enumerate(order)}
        length = _length(groups, place)
        since += 1
        if length < least:
            least, best, since = length, order, 0
        if since == PATIENCE:
            break
    return best


def _length(groups: Sequence[Sequence[str]], place: dict[str, int]) -> int:
    """How far the criteria of all conditions stand apart, added up."""
    total = 0
    for group in groups:
        places = [place[name] for name in group]
        total += max(places) - min(places)
    return total
