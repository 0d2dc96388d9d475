"""Differences that need more than their two values to be told."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pathwaydsl.model import gaps, values
from pathwaydsl.model.wording_regimens import duration_in_words
from pathwaydsl.model.wording_values import quantity_in_words
from pathwaydsl.versions.seen import Draft, Handler, Seen, guard, pair
from pathwaydsl.versions.strengths import on_one_scale
from pathwaydsl.versions.words import NOTHING, worded


def by_words(words: Sequence[str]) -> Callable[[Seen, Any, Any], int | None]:
    """Words of a closed list, from least to most."""

    def order(_seen: Seen, old: Any, new: Any) -> int | None:
        places = {word: place for place, word in enumerate(words)}
        return places.get(new, -1) - places.get(old, -1)

    return order


def tell_status(seen: Seen) -> Iterator[Draft]:
    """How far a pathway is on its way."""
    old, new = worded(seen.fact.old), worded(seen.fact.new)
    if seen.fact.new == "retired":
        yield Draft("pathway-retired", seen.fact, old, new)
    elif seen.fact.old == "retired":
        yield Draft("pathway-reinstated", seen.fact, old, new)
    else:
        order = ("draft", "in-review", "published")
        by = by_words(order)(seen, seen.fact.old, seen.fact.new) or 0
        yield Draft("status-advanced" if by > 0 else "status-set-back", seen.fact, old, new)


def tell_searched(seen: Seen) -> Iterator[Draft]:
    """The day the literature was searched to."""
    old, new = (word if word != NOTHING else "no stated day" for word in seen.said())
    later = seen.fact.old is None or (
        seen.fact.new is not None and seen.fact.new.latest >= seen.fact.old.latest
    )
    yield Draft("search-moved-on" if later else "search-set-back", seen.fact, old, new)


def tell_gap_status(seen: Seen) -> Iterator[Draft]:
    """The life of a gap."""
    old, new = seen.fact.old, seen.fact.new
    if new == "withdrawn":
        rule = "gap-withdrawn"
    elif old == "withdrawn":
        rule = "gap-restored"
    elif new == "answered":
        rule = "gap-answered"
    elif old == "answered":
        rule = "gap-reopened"
    else:
        rule = "gap-goes-under-study" if new == "under-study" else "gap-study-ended"
    yield Draft(rule, seen.fact, worded(old), worded(new))


def tell_evidence(seen: Seen) -> Iterator[Draft]:
    """The evidence a recommendation stands on."""
    yield from pair("evidence-added", "evidence-removed", refers="evidence")(seen)


def tell_dose(seen: Seen) -> Iterator[Draft]:
    """More, less, or in another unit."""
    old, new = seen.said()
    before, after = seen.fact.old, seen.fact.new
    rule = "dose-changed"
    if before.auc == after.auc and before.amount.unit == after.amount.unit:
        up = after.amount.number > before.amount.number
        if after.amount.number != before.amount.number:
            rule = "dose-raised" if up else "dose-lowered"
    yield Draft(rule, seen.fact, old, new)


def tell_lasts(seen: Seen) -> Iterator[Draft]:
    """Longer or shorter."""
    before, after = seen.fact.old, seen.fact.new
    rule = "duration-changed"
    if before is not None and after is not None and before.unit == after.unit:
        up = after.number > before.number
        if after.number != before.number:
            rule = "duration-lengthened" if up else "duration-shortened"
    old, new = (
        f"for {speaker.say(value)}" if value is not None else "without an end in time"
        for speaker, value in ((seen.old, before), (seen.new, after))
    )
    yield Draft(rule, seen.fact, old, new)


def tell_at_least(seen: Seen) -> Iterator[Draft]:
    """Whether a time is the least."""
    before, after = seen.fact.holders[-1]
    yield Draft("duration-changed", seen.fact, duration_in_words(before), duration_in_words(after))


def tell_branch(seen: Seen) -> Iterator[Draft]:
    """A line, new or gone."""
    found = seen.fact.new or seen.fact.old
    if found.role != "when":
        where = seen.new if seen.fact.new is not None else seen.old
        target = f"“{where.box(found.target)}”"
        word = "otherwise" if found.role == "otherwise" else "unknown-line"
        added = seen.fact.action == "added"
        rule = f"{word}-{'added' if added else 'removed'}"
        yield Draft(rule, seen.fact, None if added else target, target if added else None)
        return
    yield from pair("branch-added", "branch-removed")(seen)


def tell_role(seen: Seen) -> Iterator[Draft]:
    """A line that became one for others in kind."""
    before, after = seen.fact.holders[-1]
    old, new = (
        "all others"
        if branch.role == "otherwise"
        else "those not known"
        if branch.role == "unknown"
        else speaker.say(branch.when)
        for speaker, branch in ((seen.old, before), (seen.new, after))
    )
    yield Draft("branch-role-changed", seen.fact, old, new)


def tell_line(seen: Seen) -> Iterator[Draft]:
    """The condition of a line; where the line became one for others in kind, that says it."""
    before, after = seen.fact.holders[-1]
    if before.role == after.role:
        yield from _line_condition(seen)


_line_condition = guard("branch", "The line {where} of {subject}")


def tell_flag(seen: Seen) -> Iterator[Draft]:
    """A gap pinned to a box or a line."""
    where = f" on the line {seen.where}" if seen.where else ""
    for draft in pair("gap-pinned", "gap-unpinned", refers="node")(seen):
        yield Draft(draft.rule, draft.fact, draft.old, draft.new, {"where": where})


def tell_bound(lower: bool) -> Handler:  # noqa: FBT001
    """An end of the range of a number."""

    def handler(seen: Seen) -> Iterator[Draft]:
        held = seen.fact.holders[-1]
        old, new = (
            quantity_in_words(values.Quantity(number, domain.unit))
            for number, domain in zip((seen.fact.old, seen.fact.new), held, strict=True)
        )
        wider = seen.fact.new < seen.fact.old if lower else seen.fact.new > seen.fact.old
        yield Draft("range-widened" if wider else "range-narrowed", seen.fact, old, new)

    return handler


def tell_preferred(seen: Seen) -> Iterator[Draft]:
    """Whether an option is preferred."""
    rule = "option-preferred" if seen.fact.new else "option-no-longer-preferred"
    before, after = seen.fact.holders[-1]
    old, new = (
        f"“{option.label or speaker.box(option.target)}”"
        for speaker, option in ((seen.old, before), (seen.new, after))
    )
    yield Draft(rule, seen.fact, old, new)


def tell_against(seen: Seen) -> Iterator[Draft]:
    """How strongly something is advised against."""
    before, after = seen.fact.holders[-1]
    by = on_one_scale(seen, seen.fact.old, seen.fact.new)
    rule = "advice-against-strengthened" if (by or 0) >= 0 else "advice-against-weakened"
    yield Draft(rule, seen.fact, seen.old.say(before), seen.new.say(after))


def tell_monitored(seen: Seen) -> Iterator[Draft]:
    """When something is watched."""
    before, after = seen.fact.holders[-1]
    yield Draft("monitoring-changed", seen.fact, seen.old.say(before), seen.new.say(after))


def tell_carried(seen: Seen) -> Iterator[Draft]:
    """A value that is set on the way."""
    before, after = seen.fact.holders[-1]
    yield Draft("carried-value-changed", seen.fact, seen.old.say(before), seen.new.say(after))


def tell_due(seen: Seen) -> Iterator[Draft]:
    """When something is due."""
    before, after = seen.fact.holders[-1]
    yield Draft("deadline-changed", seen.fact, seen.old.say(before), seen.new.say(after))


def tell_priority(seen: Seen) -> Iterator[Draft]:
    """How urgent a gap is."""
    by = by_words(("low", "medium", "high"))(seen, seen.fact.old, seen.fact.new) or 0
    rule = "gap-priority-raised" if by > 0 else "gap-priority-lowered"
    yield Draft(rule, seen.fact, worded(seen.fact.old), worded(seen.fact.new))


def tell_points(seen: Seen) -> Iterator[Draft]:
    """How many points something gives."""
    before, after = seen.fact.holders[-1]
    rule = "points-raised" if seen.fact.new > seen.fact.old else "points-lowered"
    yield Draft(rule, seen.fact, seen.old.say(before), seen.new.say(after))


def tell_gap_answer(seen: Seen) -> Iterator[Draft]:
    """What answers a gap, and since when."""
    before, after = seen.fact.holders[-1]
    if isinstance(before, gaps.Answer):
        old, new = seen.old.say(before), seen.new.say(after)
    else:
        old, new = seen.said()
    yield Draft("gap-answer-changed", seen.fact, old, new)


def tell_next(seen: Seen) -> Iterator[Draft]:
    """What comes next."""
    old, new = (
        f"“{speaker.box(value)}”" if value is not None else "nothing"
        for speaker, value in ((seen.old, seen.fact.old), (seen.new, seen.fact.new))
    )
    yield Draft("next-step-changed", seen.fact, old, new)


def tell_to(rule: str) -> Handler:
    """Where a line, an option or the start leads."""

    def handler(seen: Seen) -> Iterator[Draft]:
        old, new = (
            speaker.box(value) if value is not None else NOTHING
            for speaker, value in ((seen.old, seen.fact.old), (seen.new, seen.fact.new))
        )
        yield Draft(rule, seen.fact, old, new)

    return handler


def tell_closed(rule: str) -> Handler:
    """A word of a closed list."""

    def handler(seen: Seen) -> Iterator[Draft]:
        yield Draft(rule, seen.fact, worded(seen.fact.old), worded(seen.fact.new))

    return handler


def tell_warned(seen: Seen) -> Iterator[Draft]:
    """For whom a contraindication or a caution holds."""
    harm = "contraindications" in seen.fact.path
    spot = "contraindication" if harm else "caution"
    yield from guard(spot, f"The {spot} of {{subject}}")(seen)
