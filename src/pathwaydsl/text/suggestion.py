"""Did-you-mean: the nearest of a closed set of words, or nothing.

A wrong suggestion next to a dose is worse than none, so a word must be near and alone in being
near.
"""

from collections.abc import Iterable


def distance(a: str, b: str, limit: int) -> int:
    """Edit distance with transpositions (optimal string alignment), or `limit + 1` if above."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The one word of `words` that `word` most likely stands for, or None.

    Up to one edit for words of up to four letters, two up to eight, three beyond.
    Where two words are equally near there is no suggestion.
    """
    folded = word.lower()
    limit = 1 if len(folded) <= 4 else 2 if len(folded) <= 8 else 3
    best: list[str] = []
    for candidate in sorted(set(words)):
        if candidate == word:
            continue
        found = distance(folded, candidate.lower(), limit)
        if found < limit:
            limit, best = found, [candidate]
        elif found == limit:
            best.append(candidate)
    return best[0] if len(best) == 1 else None


def listed(words: Iterable[str], joiner: str = "or") -> str:
    """`a`, `a or b`, `a, b or c`, in the order given."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {joiner} {items[-1]}"
