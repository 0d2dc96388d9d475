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

FEW = 8
"""Sets that are met one after the other."""

Edges = tuple[tuple[int, int], ...]
"""Answers (as bits of a mask) and the diagram that holds for them; answers left out: nobody."""


class UndecidedError(Exception):
    """The step budget is used up."""


class NestedError(UndecidedError):
    """Something happens at a box to somebody who has not resumed yet from another box.

    The box that was left last is known, the one before is not; its id is the argument.
    """


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
        self._meet: dict[tuple[int, int], bool] = {}
        self._answered: dict[int, int] = {}
        self._forgotten: dict[frozenset[int], dict[int, int]] = {}

    def answers(self, level: int, mask: int) -> int:
        """Those whose answer to a question is one of the mask."""
        full = self.full[level]
        mask &= full
        if not mask:
            return NOBODY
        if mask == full:
            return EVERYBODY
        found = self._unique.get((level, ((mask, EVERYBODY),)))
        return self._make(level, ((mask, EVERYBODY),)) if found is None else found

    def _make(self, level: int, parts: Sequence[tuple[int, int]]) -> int:
        self.steps_left -= 1
        if self.steps_left < 0:
            raise UndecidedError
        if len(parts) == 1:
            mask, child = parts[0]
            if not child or not mask:
                return NOBODY
            if mask == self.full[level]:
                return child
            edges: Edges = ((mask, child),)
        else:
            joined: dict[int, int] = {}
            for mask, child in parts:
                if child and mask:
                    joined[child] = joined.get(child, 0) | mask
            if len(joined) < 2:
                if not joined:
                    return NOBODY
                ((child, mask),) = joined.items()
                if mask == self.full[level]:
                    return child
                edges = ((mask, child),)
            else:
                edges = tuple(sorted([(mask, child) for child, mask in joined.items()]))
        key = (level, edges)
        found = self._unique.get(key)
        if found is None:
            found = self._unique[key] = len(self.level)
            self.level.append(level)
            self.edges.append(edges)
        return found

    def both(self, a: int, b: int) -> int:
        """Those in `a` and in `b`."""
        if a > b:
            a, b = b, a
        if a <= EVERYBODY:
            return b if a else NOBODY
        if a == b:
            return a
        key = (a, b)
        found = self._both.get(key)
        if found is not None:
            return found
        x, y = self.level[a], self.level[b]
        both = self.both
        if x < y:
            parts = [(m, b if c == EVERYBODY else both(c, b)) for m, c in self.edges[a]]
        elif y < x:
            x = y
            parts = [(m, a if c == EVERYBODY else both(a, c)) for m, c in self.edges[b]]
        else:
            others = self.edges[b]
            parts = [(m & n, both(c, d)) for m, c in self.edges[a] for n, d in others if m & n]
        found = self._both[key] = self._make(x, parts)
        return found

    def meet(self, a: int, b: int) -> bool:
        """Whether somebody is both in `a` and in `b`; nothing is kept but the answer."""
        if a > b:
            a, b = b, a
        if a <= EVERYBODY or a == b:
            return NOBODY not in (a, b)
        key = (a, b)
        found = self._meet.get(key)
        if found is not None:
            return found
        self.steps_left -= 1
        if self.steps_left < 0:
            raise UndecidedError
        x, y = self.level[a], self.level[b]
        meet = self.meet
        found = False
        if x == y:
            others = self.edges[b]
            for m, c in self.edges[a]:
                for n, d in others:
                    if m & n and meet(c, d):
                        found = True
                        break
                if found:
                    break
        elif x < y:
            found = any(c == EVERYBODY or meet(c, b) for _, c in self.edges[a])
        else:
            found = any(d == EVERYBODY or meet(a, d) for _, d in self.edges[b])
        self._meet[key] = found
        return found

    def either(self, a: int, b: int) -> int:
        """Those in `a` or in `b`."""
        if a > b:
            a, b = b, a
        if a <= EVERYBODY:
            return EVERYBODY if a else b
        if a == b:
            return a
        key = (a, b)
        found = self._either.get(key)
        if found is not None:
            return found
        level, y = self.level[a], self.level[b]
        either = self.either
        if level == y:
            other = self.edges[b]
            parts = []
            rest = self.full[level]
            for m, c in self.edges[a]:
                rest &= ~m
                for n, d in other:
                    met = m & n
                    if met:
                        parts.append((met, either(c, d)))
                        m &= ~met  # noqa: PLW2901
                        if not m:
                            break
                if m:
                    parts.append((m, c))
            if rest:
                parts.extend((n & rest, d) for n, d in other if n & rest)
        else:
            if y < level:
                a, b, level = b, a, y
            rest = self.full[level]
            parts = []
            for m, c in self.edges[a]:
                rest &= ~m
                parts.append((m, either(c, b)))
            if rest:
                parts.append((rest, b))
        found = self._either[key] = self._make(level, parts)
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
        level, y = self.level[a], self.level[b]
        without = self.without
        if level < y:
            parts = [(m, without(c, b)) for m, c in self.edges[a]]
        else:
            mine: Edges = self.edges[a] if level == y else ((self.full[y], a),)
            other = self.edges[b]
            level = y
            parts = []
            for m, c in mine:
                for n, d in other:
                    met = m & n
                    if met:
                        if d != EVERYBODY:
                            parts.append((met, without(c, d)))
                        m &= ~met  # noqa: PLW2901
                        if not m:
                            break
                if m:
                    parts.append((m, c))
        found = self._without[key] = self._make(level, parts)
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
        """Those in each of the sets; of many, neighbours are met first, so that sizes stay even."""
        waiting = list(sets)
        while len(waiting) > FEW:
            waiting = [
                self.both(waiting[i], waiting[i + 1]) if i + 1 < len(waiting) else waiting[i]
                for i in range(0, len(waiting), 2)
            ]
        found = EVERYBODY
        for one in waiting:
            found = self.both(found, one)
        return found

    def all_among(self, some: int, sets: Sequence[int]) -> int:
        """Those of some who are in each of the sets."""
        if len(sets) > FEW:
            return self.all_of([self.both(some, one) for one in sets])
        for one in sets:
            some = self.both(some, one)
        return some

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
