"""What the comparison of two versions must say about their criteria, a sentence each."""

from collections.abc import Iterator

from pathwaydsl.model.criteria import Criterion, NumberRange
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.model.values import Quantity
from pathwaydsl.text.suggestion import listed
from pathwaydsl.versions.common_questions import comparable
from pathwaydsl.versions.patients import Both


def notes_on(both: Both, old: Pathway, new: Pathway) -> tuple[str, ...]:
    """Criteria in one version only, and those whose answers changed."""
    now_by_before = both.names.criterion
    now_used = set(both.new.patients.head)
    found: list[str] = []
    met: set[str] = set()
    for name in both.old.patients.head:
        earlier = old.library.criterion[name]
        now = new.library.criterion.get(now_by_before.get(name, ""))
        if now is None or now.id not in now_used:
            found.append(
                f"“{earlier.label}” is asked in the old version only; in the new one it may have "
                "any value."
            )
            continue
        met.add(now.id)
        found.extend(_changes(earlier, now))
    for name in both.new.patients.head:
        if name not in met:
            label = new.library.criterion[name].label
            found.append(
                f"“{label}” is asked in the new version only; in the old one it may have any value."
            )
    return tuple(found)


def _changes(old: Criterion, new: Criterion) -> Iterator[str]:
    label = new.label
    if not comparable(old, new):
        yield (
            f"“{label}” is answered in another way or unit than before: its old and new values "
            "cannot be compared and count as two questions."
        )
        return
    before = {value.id: value.label for value in old.named_values}
    now = {value.id: value.label for value in new.named_values}
    added = [now[i] for i in now if i not in before]
    gone = [before[i] for i in before if i not in now]
    if added:
        yield f"“{label}” can newly be {_quoted(added)}: nobody could be that before."
    if gone:
        yield f"“{label}” can no longer be {_quoted(gone)}."
    a, b = old.domain, new.domain
    if (
        isinstance(a, NumberRange)
        and isinstance(b, NumberRange)
        and (a.low, a.high) != (b.low, b.high)
    ):
        yield (
            f"“{label}” may lie between {b.low:f} and {Quantity(b.high, b.unit)}; before, between "
            f"{a.low:f} and {Quantity(a.high, a.unit)}."
        )
    if new.may_be_unknown and not old.may_be_unknown:
        yield f"“{label}” may newly be unknown."
    if old.may_be_unknown and not new.may_be_unknown:
        yield f"“{label}” may no longer be unknown."


def _quoted(words: list[str]) -> str:
    return listed([f"“{word}”" for word in words])


def _range(domain: NumberRange) -> str:
    return f"{domain.low:f} and {Quantity(domain.high, domain.unit)}"
