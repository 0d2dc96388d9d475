"""What the comparison of advice adds to the changes, and how it weighs them; the reading order."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from attrs import evolve

from pathwaydsl.versions.behaviour import Behaviour
from pathwaydsl.versions.changes import Teller, listed_labels
from pathwaydsl.versions.records import Bump, Change, Level
from pathwaydsl.versions.rules import BY_ID
from pathwaydsl.versions.things import HEAD


def line_changes(teller: Teller, behaviour: Behaviour) -> Iterator[Change]:
    """What `otherwise` and `unknown` newly take, from the comparison of advice."""
    by_line: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for shift in behaviour.lines:
        words = shift.words + (", and more" if shift.more else "")
        by_line[shift.new_box, shift.role][shift.kind] = words
    for (box, role), moved in sorted(by_line.items()):
        ending = "others" if len(moved) == 2 else "more" if "gained" in moved else "fewer"
        place = "“otherwise”" if role == "otherwise" else "“not known”"
        name = ("node", box)
        before = teller.pairing.old.get(name)
        yield teller.change(
            f"{role}-takes-{ending}",
            name,
            old=moved.get("lost"),
            new=moved.get("gained"),
            words={"where": place, **moved},
            spans=(
                teller.pairing.old_side.things[before].span if before else None,
                teller.pairing.new_side.things[name].span,
            ),
        )


_CARE = ("pathway", "regimen", "treat", "act", "choose", "option", "enter")
"""Kinds of what patients come to that are missed when they are gone."""


def advice_changes(teller: Teller, behaviour: Behaviour) -> Iterator[Change]:
    """That some patients come to more, and that some come to less."""
    gained: dict[tuple[str, str, str], str] = {}
    lost: dict[tuple[str, str, str], str] = {}
    for difference in behaviour.differences:
        if difference.answers:
            continue
        sides = {"gained": (gained,), "lost": (lost,), "replaced": (gained, lost)}
        for side in sides[difference.kind]:
            came = difference.new if side is gained else difference.old
            if came is not None and came.kind in _CARE:
                side[came.kind, came.id, came.target or ""] = came.label
    for rule, side in (("advice-gained", gained), ("advice-lost", lost)):
        if not side:
            continue
        said = listed_labels(dict.fromkeys(side.values()))
        old, new = (None, said) if side is gained else (said, None)
        yield teller.change(rule, HEAD, old=old, new=new, args=sorted(map(list, side)))


def weighed(found: Sequence[Change], behaviour: Behaviour | None) -> list[Change]:
    """Changes of the way patients take, weighed by whether anybody's advice changes.

    Either nobody's does at all, or everybody goes on from the decision as before.
    """
    if behaviour is None:
        return list(found)
    weighed = []
    for change in found:
        same = change.subject.kind == "node" and change.subject.id in behaviour.rewritten
        if not BY_ID[change.rule].by_advice:
            weighed.append(change)
        elif same or behaviour.unchanged is True:
            weighed.append(
                evolve(change, effect="none", level=Level.INFO, bump=min(change.bump, Bump.PATCH))
            )
        elif behaviour.unchanged is False:
            weighed.append(change)
        else:
            weighed.append(evolve(change, effect="undecided"))
    return weighed


_LOSS = ("lost", "removed", "withdrawn", "reversed", "narrowed", "restricted")


def in_reading_order(found: Sequence[Change]) -> tuple[Change, ...]:
    """As one who signs reads: by section, losses first, then by weight, then by subject."""
    return tuple(
        sorted(
            found,
            key=lambda one: (
                one.section.rank,
                not one.rule.startswith("advice-"),
                one.level.rank,
                not one.rule.endswith(_LOSS),
                -one.bump,
                one.subject.kind,
                one.subject.id,
                one.rule,
                one.fingerprint,
            ),
        )
    )
