"""How strong a recommendation is, and how certain: stronger, weaker, reversed, raised, lowered."""

from collections.abc import Iterator
from typing import Any

from pathwaydsl.model import evidence
from pathwaydsl.model import recommendations as advice
from pathwaydsl.versions.seen import Draft, Seen
from pathwaydsl.versions.words import worded


def tell_strength(seen: Seen) -> Iterator[Draft]:
    """Made, withdrawn, reversed, strengthened or weakened."""
    fact = seen.fact
    old, new = worded(fact.old), worded(fact.new)
    before, after = fact.holders[-1]
    if fact.action == "removed":
        turned = _against_own(seen, after)
        rule = "recommendation-reversed" if turned else "recommendation-withdrawn"
        yield Draft(rule, fact, f"for, {old}", f"against, {turned}" if turned else None)
    elif fact.action == "added":
        turned = _against_own(seen, before)
        rule = "recommendation-reversed" if turned else "recommendation-made"
        yield Draft(rule, fact, f"against, {turned}" if turned else None, f"for, {new}")
    else:
        by = on_one_scale(seen, fact.old, fact.new)
        same = before.evidence == after.evidence and not any(
            ("evidence", study) in seen.touched for study in after.evidence
        )
        if by is None:
            rule = "strength-word-changed"
        elif same:
            rule = "strengthened-on-same-evidence" if by > 0 else "weakened-on-same-evidence"
        else:
            rule = "recommendation-strengthened" if by > 0 else "recommendation-weakened"
        yield Draft(rule, fact, old, new)


def _against_own(seen: Seen, recommendation: Any) -> str:
    """How strongly the box's own regimen is advised against; empty where it is not."""
    own = {box.regimen for box in seen.fact.holders[0] if getattr(box, "regimen", None)}
    held = {drug for name in own for drug in _drugs(seen, name)}
    for against in recommendation.against:
        if against.regimen in own or (against.drug is not None and against.drug in held):
            return worded(against.strength)
    return ""


def _drugs(seen: Seen, regimen: str) -> tuple[str, ...]:
    found = seen.new.library.regimen.get(regimen) or seen.old.library.regimen.get(regimen)
    return found.drugs if found is not None else ()


def on_one_scale(seen: Seen, old: str, new: str) -> int | None:
    """How much stronger the new word is, on the first scale that holds both."""
    scales: list[tuple[str, ...]] = [advice.STRENGTHS]
    scales += [
        tuple(level.id for level in axis.levels)
        for scheme in seen.new.library.schemes
        for axis in scheme.axes
    ]
    for scale in scales:
        if old in scale and new in scale:
            return scale.index(old) - scale.index(new)
    return None


def tell_levels(seen: Seen) -> Iterator[Draft]:
    """Levels of a rating, against the axes of its scheme."""
    before, after = seen.fact.holders[-1]
    scheme = seen.new.library.scheme.get(after.scheme)
    moves = set()
    for place, (old, new) in enumerate(zip(before.levels, after.levels, strict=False)):
        if old != new:
            axis = scheme.axes[place].levels if scheme and place < len(scheme.axes) else ()
            ids = [level.id for level in axis]
            known = old in ids and new in ids
            moves.add((ids.index(old) > ids.index(new)) if known else None)
    if len(before.levels) != len(after.levels) or before.scheme != after.scheme:
        moves.add(None)
    rule = "rating-changed"
    if moves == {True}:
        rule = "certainty-raised"
    elif moves == {False}:
        rule = "certainty-lowered"
    yield Draft(rule, seen.fact, seen.old.say(before), seen.new.say(after))


def tell_certainty(seen: Seen) -> Iterator[Draft]:
    """How certain a panel is of a result."""
    scheme = seen.new.library.scheme.get("grade")
    held = seen.holder(evidence.Certainty)
    if held is not None and held[1] is not None:
        scheme = seen.new.library.scheme.get(held[1].scheme)
    levels = [level.id for axis in (scheme.axes if scheme else ()) for level in axis.levels]
    old, new = (getattr(value, "level", value) for value in (seen.fact.old, seen.fact.new))
    rule = "result-certainty-changed"
    if old in levels and new in levels:
        up = levels.index(new) < levels.index(old)
        rule = "result-certainty-raised" if up else "result-certainty-lowered"
    yield Draft(rule, seen.fact, worded(old), worded(new))
