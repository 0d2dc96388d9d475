"""Sets of patients as shared decision diagrams over the answers of each criterion.

A diagram asks one question after another, always in the same order; equal sets are one diagram.
Every operation counts steps and past the budget raises `UndecidedError`: nothing is ever guessed.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

NOBODY = 0
"""The set without patients."""
EVERYBODY = 1
"""The set of all patients."""

Edges = tuple[tuple[int, int], ...]
"""Answers (as bits of a mask) and the diagram that holds for them; answers left out: nobody."""


class UndecidedError(Exception):
    """The step budget is used up."""


class Diagrams:
    """Diagrams over questions with a fixed number of answers each."""

    def __init__(self, sizes: Sequence[int], budget: int) -> None:
        self.full = [(1 << size) - 1 for size in sizes]
        self.steps_left = budget
        self.level: list[int] = [len(sizes), len(sizes)]
        self.edges: list[Edges] = [(), ()]
        self._unique: dict[tuple[int, Edges], int] = {}
        self._both: dict[tuple[int, int], int] = {}
        self._either: dict[tuple[int, int], int] = {}
        self._without: dict[tuple[int, int], int] = {}
        self._answered: dict[int, int] = {}
        self._forgotten: dict[frozenset[int], dict[int, int]] = {}

    def answers(self, level: int, mask: int) -> int:
        """Those whose answer to a question is one of the mask."""
        return self._make(level, ((mask & self.full[level], EVERYBODY),))

    def _make(self, level: int, parts: Iterable[tuple[int, int]]) -> int:
        self.steps_left -= 1
        if self.steps_left < 0:
            raise UndecidedError
        joined: dict[int, int] = {}
        for mask, child in parts:
            if child and mask:
                joined[child] = joined[child] | mask if child in joined else mask
        if len(joined) < 2:
            if not joined:
                return NOBODY
            ((child, mask),) = joined.items()
            if mask == self.full[level]:
                return child
            edges: Edges = ((mask, child),)
        else:
            edges = tuple(sorted(zip(joined.values(), joined.keys(), strict=True)))
        key = (level, edges)
        found = self._unique.get(key)
        if found is None:
            found = len(self.level)
            self._unique[key] = found
            self.level.append(level)
            self.edges.append(edges)
        return found

    def both(self, a: int, b: int) -> int:
        """Those in `a` and in `b`."""
        if b in (a, EVERYBODY):
            return a
        if a == EVERYBODY:
            return b
        if not a or not b:
            return NOBODY
        if a > b:
            a, b = b, a
        key = (a, b)
        found = self._both.get(key)
        if found is not None:
            return found
        x, y = self.level[a], self.level[b]
        if x < y:
            found = self._make(x, [(m, self.both(c, b)) for m, c in self.edges[a]])
        elif y < x:
            found = self._make(y, [(m, self.both(a, c)) for m, c in self.edges[b]])
        else:
            found = self._make(
                x,
                [
                    (m & n, self.both(c, d))
                    for m, c in self.edges[a]
                    for n, d in self.edges[b]
                    if m & n
                ],
            )
        self._both[key] = found
        return found

    def either(self, a: int, b: int) -> int:
        """Those in `a` or in `b`."""
        if a == b or not b:
            return a
        if not a:
            return b
        if EVERYBODY in (a, b):
            return EVERYBODY
        if a > b:
            a, b = b, a
        key = (a, b)
        found = self._either.get(key)
        if found is not None:
            return found
        x, y = self.level[a], self.level[b]
        level = min(x, y)
        mine: Edges = self.edges[a] if x == level else ((self.full[level], a),)
        other: Edges = self.edges[b] if y == level else ((self.full[level], b),)
        parts: list[tuple[int, int]] = []
        rest = self.full[level]
        for m, c in mine:
            rest &= ~m
            left = m
            for n, d in other:
                if m & n:
                    parts.append((m & n, self.either(c, d)))
                    left &= ~n
            parts.append((left, c))
        parts.extend((n & rest, d) for n, d in other)
        found = self._make(level, parts)
        self._either[key] = found
        return found

    def without(self, a: int, b: int) -> int:
        """Those in `a` who are not in `b`."""
        if a == b or not a or b == EVERYBODY:
            return NOBODY
        if not b:
            return a
        key = (a, b)
        found = self._without.get(key)
        if found is not None:
            return found
        x, y = self.level[a], self.level[b]
        if x < y:
            found = self._make(x, [(m, self.without(c, b)) for m, c in self.edges[a]])
        else:
            mine: Edges = self.edges[a] if x == y else ((self.full[y], a),)
            parts: list[tuple[int, int]] = []
            for m, c in mine:
                left = m
                for n, d in self.edges[b]:
                    if m & n:
                        parts.append((m & n, self.without(c, d)))
                        left &= ~n
                parts.append((left, c))
            found = self._make(y, parts)
        self._without[key] = found
        return found

    def others(self, a: int) -> int:
        """Those who are not in `a`."""
        return self.without(EVERYBODY, a)

    def any_of(self, sets: Iterable[int]) -> int:
        """Those in some of the sets; neighbours are joined first, so that sizes stay even."""
        waiting = list(sets)
        while len(waiting) > 1:
            waiting = [
                self.either(waiting[i], waiting[i + 1]) if i + 1 < len(waiting) else waiting[i]
                for i in range(0, len(waiting), 2)
            ]
        return waiting[0] if waiting else NOBODY

    def all_of(self, sets: Iterable[int]) -> int:
        """Those in each of the sets."""
        found = EVERYBODY
        for one in sets:
            found = self.both(found, one)
        return found

    def forget(self, a: int, levels: frozenset[int]) -> int:
        """Those who differ from somebody in `a` at most in these answers."""
        if not levels:
            return a
        memo = self._forgotten.setdefault(levels, {})
        last = max(levels)

        def look(node: int) -> int:
            level = self.level[node]
            if level > last:
                return node
            found = memo.get(node)
            if found is None:
                children = [(m, look(c)) for m, c in self.edges[node]]
                if level in levels:
                    found = self.any_of(dict.fromkeys(c for _, c in children))
                else:
                    found = self._make(level, children)
                memo[node] = found
            return found

        return look(a)

    def loosen(self, a: int, kept: Mapping[int, tuple[int, int]]) -> int:
        """`a`, and those who could belong to it once answers that are not known are found out.

        Args:
            a: The set.
            kept: For each question that may be not known, the bit of that answer and the mask of
                the answers that may be found out.
        """
        memo: dict[int, int] = {NOBODY: NOBODY, EVERYBODY: EVERYBODY}

        def look(node: int) -> int:
            found = memo.get(node)
            if found is None:
                level = self.level[node]
                parts = [(m, look(c)) for m, c in self.edges[node]]
                if level in kept:
                    unknown, known = kept[level]
                    could = self.any_of(dict.fromkeys(c for m, c in parts if m & (known | unknown)))
                    parts = [(m & ~unknown, c) for m, c in parts]
                    parts.append((unknown, could))
                found = self._make(level, parts)
                memo[node] = found
            return found

        return look(a)

    def answered(self, a: int, empty: Mapping[int, int]) -> int:
        """`a`, with every other answer where an empty one was given.

        Args:
            a: The set.
            empty: For some questions the mask of the answers that stand for none; the same at
                every call.
        """
        memo = self._answered

        def look(node: int) -> int:
            if node <= EVERYBODY:
                return node
            found = memo.get(node)
            if found is None:
                level = self.level[node]
                parts = [(m, look(c)) for m, c in self.edges[node]]
                none = empty.get(level, 0)
                if none:
                    any_answer = self.any_of(dict.fromkeys(c for m, c in parts if m & none))
                    told = [(m & ~none, self.either(c, any_answer)) for m, c in parts]
                    rest = self.full[level] & ~none
                    for m, _ in parts:
                        rest &= ~m
                    parts = [*told, (rest, any_answer)]
                found = self._make(level, parts)
                memo[node] = found
            return found

        return look(a)

    def pick(self, a: int, preferences: Sequence[Sequence[int]]) -> list[int] | None:
        """One patient: the number of an answer for each question, or None if there is nobody.

        Args:
            a: Whom to pick from.
            preferences: For each question its answers, the plainest first.
        """
        if not a:
            return None
        chosen = [order[0] for order in preferences]
        while a != EVERYBODY:
            level = self.level[a]
            for answer in preferences[level]:
                child = next((c for m, c in self.edges[a] if m >> answer & 1), NOBODY)
                if child:
                    chosen[level] = answer
                    a = child
                    break
        return chosen

    def path(self, a: int) -> dict[int, int]:
        """One way through a diagram, by the answers that most patients give: masks by question."""
        found: dict[int, int] = {}
        while a > EVERYBODY:
            mask, child = max(self.edges[a], key=lambda edge: edge[0].bit_count())
            found[self.level[a]] = mask
            a = child
        return found

    def box(self, masks: Mapping[int, int]) -> int:
        """Those whose answers lie in a mask for each question."""
        found = EVERYBODY
        for level in sorted(masks, reverse=True):
            found = self._make(level, ((masks[level], found),))
        return found

    def widened(self, masks: Mapping[int, int], level: int, allowed: int) -> int:
        """The answers to one question with which the rest of a box still lies in `allowed`."""
        memo: dict[int, int] = {}
        full = self.full[level]

        def look(node: int) -> int:
            if node <= EVERYBODY:
                return full * node
            found = memo.get(node)
            if found is None:
                here = self.level[node]
                if here == level:
                    found = 0
                    for mask, child in self.edges[node]:
                        if look(child):
                            found |= mask
                else:
                    found = full
                    rest = masks.get(here, self.full[here])
                    for mask, child in self.edges[node]:
                        if mask & rest:
                            found &= look(child)
                            rest &= ~mask
                    if rest:
                        found = 0
                memo[node] = found
            return found

        return look(allowed)

    def share(self, a: int, weights: Sequence[Sequence[Fraction]]) -> Fraction:
        """The share of all combinations of answers; the weights of a question add up to 1."""
        memo: dict[int, Fraction] = {NOBODY: Fraction(0), EVERYBODY: Fraction(1)}

        def look(node: int) -> Fraction:
            found = memo.get(node)
            if found is None:
                weight = weights[self.level[node]]
                found = sum(
                    (
                        sum((w for i, w in enumerate(weight) if m >> i & 1), Fraction(0)) * look(c)
                        for m, c in self.edges[node]
                    ),
                    Fraction(0),
                )
                memo[node] = found
            return found

        return look(a)
