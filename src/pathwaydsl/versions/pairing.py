"""Which thing of the old version is which thing of the new one.

Stages run from the surest to the least sure, each takes only what is unique on both sides, and
only things of one kind are ever taken for one. In a clinical text a wrong rename is worse than a
removal beside an addition, so what is doubtful stays apart. Every stage reads the two versions
alike, so that exchanging them exchanges the pairs.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

from pathwaydsl.model.nodes import Treat
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.versions.pairs import WORD, Lineage, Pairing, Side
from pathwaydsl.versions.records import Pair, Reason
from pathwaydsl.versions.things import (
    HEAD,
    Name,
    Thing,
    compared_fields,
    plain,
)

LIKE = 0.5
"""How alike two things must be to be taken for one."""
MARGIN = 0.1
"""How far the next best must lie behind."""
PERHAPS = 0.4
"""From where on a possible rename is shown beside removal and addition."""
UNLIKE = 0.2
"""Below it, one id in both versions stands for two things, where no neighbour is shared."""
MOST_CANDIDATES = 200_000
"""Pairs that are weighed at most."""


def pair(old: Pathway, new: Pathway) -> Pairing:
    """Pairs the things of two versions."""
    return _Matcher(Side.of(old), Side.of(new)).run()


class _Matcher:
    """Pairs, stage after stage."""

    def __init__(self, old: Side, new: Side) -> None:
        self.old, self.new = old, new
        self.to_new: dict[Name, Name] = {}
        self.to_old: dict[Name, Name] = {}
        self.pairs: dict[Name, Pair] = {}
        self.reused: list[Name] = []
        self.lineages: list[Lineage] = []

    def run(self) -> Pairing:
        self.take(HEAD, HEAD, "id", 1.0)
        self.stated()
        self.same_ids()
        perhaps: list[tuple[Name, Name, float]] = []
        for _ in range(4):
            before = len(self.to_new)
            self.equal_content()
            self.equal_neighbourhood()
            perhaps = self.similar()
            if len(self.to_new) == before:
                break
        return Pairing(
            self.old,
            self.new,
            dict(sorted(self.pairs.items())),
            dict(sorted(self.to_new.items())),
            tuple(sorted(self.reused)),
            tuple(perhaps),
            tuple(sorted(self.lineages, key=repr)),
        )

    def take(self, old: Name, new: Name, reason: Reason, confidence: float) -> None:
        self.to_new[old] = new
        self.to_old[new] = old
        self.pairs[old] = Pair(old[0], old[1], new[1], reason, round(confidence, 2))

    def open_old(self) -> Iterator[Name]:
        return (name for name in self.old.things if name not in self.to_new)

    def open_new(self) -> Iterator[Name]:
        return (name for name in self.new.things if name not in self.to_old)

    # What authors state

    def stated(self) -> None:
        """`was` and `replaces`, from either side."""
        links: set[tuple[Name, Name]] = set()
        merged: set[tuple[Name, Name]] = set()
        for here, there, turned in ((self.new, self.old, False), (self.old, self.new, True)):
            for name, thing in here.things.items():
                if name in there.things:
                    continue
                was = getattr(thing.value, "was", None)
                if was and (name[0], was) in there.things:
                    other = (name[0], was)
                    links.add((name, other) if turned else (other, name))
                for replaced in getattr(thing.value, "replaces", ()):
                    other = (name[0], replaced)
                    if other in there.things:
                        merged.add((name, other) if turned else (other, name))
        self._unique(links)
        self._lineages(merged - links)

    def _unique(self, links: Iterable[tuple[Name, Name]]) -> None:
        for old, new in _alone(links):
            if self._one_kind(old, new):
                self.take(old, new, "declared", 1.0)

    def _lineages(self, merged: Iterable[tuple[Name, Name]]) -> None:
        """One replaced by one is a rename; anything else is a merge or a split."""
        links = sorted(merged)
        alone = set(_alone(links))
        for old, new in alone:
            if (
                old not in self.to_new
                and new not in self.to_old
                and old not in self.new.things
                and self._one_kind(old, new)
            ):
                self.take(old, new, "declared", 1.0)
            else:
                self.lineages.append(Lineage(old[0], (old[1],), (new[1],)))
        rest = [link for link in links if link not in alone]
        while rest:
            olds, news = {rest[0][0]}, {rest[0][1]}
            size = 0
            while size != len(olds) + len(news):
                size = len(olds) + len(news)
                for old, new in rest:
                    if old in olds or new in news:
                        olds.add(old)
                        news.add(new)
            rest = [link for link in rest if link[0] not in olds]
            kind = next(iter(olds))[0]
            self.lineages.append(
                Lineage(kind, tuple(sorted(n for _, n in olds)), tuple(sorted(n for _, n in news)))
            )

    # Ids

    def same_ids(self) -> None:
        for name in [*self.open_old()]:
            if name not in self.new.things or name in self.to_old:
                continue
            if name[0] in {"node", "evidence", "drug", "regimen"} and self._unlike(name):
                self.reused.append(name)
            else:
                self.take(name, name, "id", 1.0)

    def _unlike(self, name: Name) -> bool:
        """Whether an id stands for two things: other words and no shared neighbour."""
        old, new = self.old.things[name], self.new.things[name]
        if old.value == new.value or old.label == new.label:
            return False
        own = set(WORD.findall(name[1]))
        if _share(self.old.words(name) - own, self.new.words(name) - own) >= UNLIKE:
            return False
        return not self.old.neighbours(name) & self.new.neighbours(name)

    # Content

    def equal_content(self) -> None:
        """What says the same, names of paired things exchanged."""
        names = {old: new[1] for old, new in self.to_new.items() if old != new}
        groups: defaultdict[Hashable, tuple[list[Name], list[Name]]] = defaultdict(_two_lists)
        for name in self.open_old():
            groups[_content(self.old.things[name], names)][0].append(name)
        for name in self.open_new():
            groups[_content(self.new.things[name], {})][1].append(name)
        self._take_unique(groups, "content", lambda _old, _new: 1.0)

    def equal_neighbourhood(self) -> None:
        """What stands in one place of the flow and says nearly the same."""
        groups: defaultdict[Hashable, tuple[list[Name], list[Name]]] = defaultdict(_two_lists)
        for name in self.open_old():
            near = self._near(self.old, name, self.to_new)
            if near is not None:
                groups[name[0], type(self.old.things[name].value), near][0].append(name)
        there = {new: new for new in self.to_old}
        for name in self.open_new():
            near = self._near(self.new, name, there)
            if near is not None:
                groups[name[0], type(self.new.things[name].value), near][1].append(name)
        self._take_unique(groups, "neighbourhood", self._alike, at_least=PERHAPS)

    def _near(self, side: Side, name: Name, known: Mapping[Name, Name]) -> Hashable:
        """The paired neighbours of a thing, by their new names, on each side."""
        before = tuple(sorted(known[n] for n in side.web.named_by.get(name, ()) if n in known))
        after = tuple(sorted(known[n] for n in side.web.names.get(name, ()) if n in known))
        return (before, after) if before or after else None

    def _take_unique(
        self,
        groups: Mapping[Hashable, tuple[list[Name], list[Name]]],
        reason: Reason,
        weigh: Callable[[Name, Name], float],
        at_least: float = 0.0,
    ) -> None:
        found = []
        for olds, news in groups.values():
            if len(olds) == 1 == len(news) and self._one_kind(olds[0], news[0]):
                weight = weigh(olds[0], news[0])
                if weight >= at_least:
                    found.append((olds[0], news[0], weight))
        for old, new, weight in found:
            self.take(old, new, reason, weight)

    # Likeness

    def similar(self) -> list[tuple[Name, Name, float]]:
        """Pairs what is alike by a margin; gives what is nearly alike."""
        best_old: defaultdict[Name, list[tuple[float, Name]]] = defaultdict(list)
        best_new: defaultdict[Name, list[tuple[float, Name]]] = defaultdict(list)
        for old, new in self._candidates():
            score = self._alike(old, new)
            if score >= PERHAPS - MARGIN:
                best_old[old].append((score, new))
                best_new[new].append((score, old))
        perhaps = []
        chosen = []
        for old, scored in sorted(best_old.items()):
            score, there = _best(scored)
            if there is None or _best(best_new[there])[1] != old:
                continue
            if score >= LIKE:
                chosen.append((old, there, score))
            elif score >= PERHAPS:
                perhaps.append((old, there, round(score, 2)))
        for old, new, score in chosen:
            self.take(old, new, "similarity", score)
        return perhaps

    def _candidates(self) -> Iterator[tuple[Name, Name]]:
        """Pairs of one kind that share a word, rare words first where there are too many."""
        olds, news = [*self.open_old()], [*self.open_new()]
        index: defaultdict[tuple[str, type, str], tuple[list[Name], list[Name]]]
        index = defaultdict(_two_lists)
        for place, (side, names) in enumerate(((self.old, olds), (self.new, news))):
            for name in names:
                kind, cls = name[0], type(side.things[name].value)
                for word in side.words(name):
                    index[kind, cls, word][place].append(name)
        seen: set[tuple[Name, Name]] = set()
        for _, (left, right) in sorted(
            index.items(), key=lambda one: (len(one[1][0]) * len(one[1][1]), repr(one[0]))
        ):
            if len(seen) + len(left) * len(right) > MOST_CANDIDATES:
                break
            seen.update((old, new) for old in left for new in right)
        for old, new in sorted(seen):
            if self._one_kind(old, new):
                yield old, new

    def _one_kind(self, old: Name, new: Name) -> bool:
        """Whether two things could be one at all: one class, and one regimen where one is given."""
        before, after = self.old.things[old].value, self.new.things[new].value
        if type(before) is not type(after):
            return False
        if isinstance(before, Treat) and before.regimen and after.regimen:
            known = self.to_new.get(("regimen", before.regimen))
            if known is not None:
                return known == ("regimen", after.regimen)
            return ("regimen", after.regimen) not in self.to_old
        return True

    def _alike(self, old: Name, new: Name) -> float:
        """Half the words, three parts of ten the neighbours, two the short fields."""
        words = _share(self.old.words(old), self.new.words(new))
        near = {self.to_new[n] for n in self.old.neighbours(old) if n in self.to_new}
        there = {n for n in self.new.neighbours(new) if n in self.to_old}
        return 0.5 * words + 0.3 * _share(near, there) + 0.2 * self._fields(old, new)

    def _fields(self, old: Name, new: Name) -> float:
        """The share of fields, set in either, that are equal."""
        names = {o: n[1] for o, n in self.to_new.items() if o != n}
        before, after = plain(self.old.things[old].value, names), plain(self.new.things[new].value)
        told = same = 0
        for name, _ in compared_fields(type(before)):
            if name in {"label", "was", "replaces"}:
                continue
            a, b = getattr(before, name), getattr(after, name)
            if a or b:
                told += 1
                same += a == b
        return same / told if told else 0.0


def _two_lists() -> tuple[list[Name], list[Name]]:
    return [], []


def _alone(links: Iterable[tuple[Name, Name]]) -> list[tuple[Name, Name]]:
    """The links whose two ends have no other link."""
    found = sorted(set(links))
    olds: defaultdict[Name, int] = defaultdict(int)
    news: defaultdict[Name, int] = defaultdict(int)
    for old, new in found:
        olds[old] += 1
        news[new] += 1
    return [(old, new) for old, new in found if olds[old] == 1 == news[new]]


def _best(scored: Sequence[tuple[float, Name]]) -> tuple[float, Name | None]:
    """The best of some, if the next best lies far enough behind."""
    ranked = sorted(scored, key=lambda one: (-one[0], one[1]))
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MARGIN:
        return ranked[0][0], None
    return ranked[0]


def _share(a: Iterable[Hashable], b: Iterable[Hashable]) -> float:
    one, other = set(a), set(b)
    return len(one & other) / len(one | other) if one or other else 0.0


def _content(thing: Thing, names: Mapping[Name, str]) -> Hashable:
    """What a thing says without its own name."""
    value = plain(thing.value, names)
    return (
        thing.kind,
        type(value),
        *(
            repr(getattr(value, name))
            for name, _ in compared_fields(type(value))
            if name not in {"was", "replaces"}
        ),
    )
