"""Levels of grading schemes, and the words for the strength of a recommendation."""

from pathwaydsl.model.evidence import Axis, Scheme
from pathwaydsl.model.recommendations import STRENGTHS
from pathwaydsl.resolve.scope import Scope
from pathwaydsl.syntax.tree import Token
from pathwaydsl.text.suggestion import listed, nearest

STRENGTH_AXIS = "strength"
"""Name of the axis whose levels are also words for a recommendation's strength."""


def level_of(scope: Scope, token: Token, scheme: Scheme, axis: Axis) -> bool:
    """Whether a word is a level of an axis; if not, a finding with its levels."""
    word = str(token)
    if axis.level(word) is not None:
        return True
    if word in scope.silent:
        return False
    levels = [level.id for level in axis.levels]
    guess = next((level for level in levels if level.lower() == word.lower()), None)
    guess = guess or nearest(word, levels)
    choices = f"The levels are {listed((f'`{level}`' for level in levels), 'and')}."
    other = next((a for a in scheme.axes if a is not axis and a.level(word) is not None), None)
    if other is not None:
        order = ", ".join(a.id for a in scheme.axes)
        choices = f"It is a level of {other.id}; the order is {order}. {choices}"
    scope.report(
        "PW213",
        f"`{word}` is not a level of {scheme.label}, {axis.id}",
        token,
        f"Did you mean `{guess}`? {choices}" if guess else choices,
        write=guess,
    )
    return False


def strength_of(scope: Scope, token: Token | None, rated: tuple[Scheme, ...]) -> str | None:
    """The strength of a recommendation: `strong`, `conditional`, or a word of a scheme's axis.

    An unknown word is a finding and stays as written.
    """
    if not token:
        return None
    word = str(token)
    words = list(STRENGTHS)
    if not scope.file.whole:  # what it was rated in may not have been readable
        rated = tuple(own.value for own in scope.visible["scheme"].values())
    for scheme in rated:
        for axis in scheme.axes:
            if axis.id == STRENGTH_AXIS:
                words.extend(level.id for level in axis.levels if level.id not in words)
    if word not in words and word not in scope.silent:
        guess = nearest(word, words)
        choices = f"Write {listed(f'`{w}`' for w in words)}."
        scope.report(
            "PW212",
            f"`{word}` is no strength of a recommendation",
            token,
            f"Did you mean `{guess}`? {choices}" if guess else choices,
            write=guess,
        )
    return word
