"""Everything a file says, part by part, without knowing what each part is.

Each part comes with the nearest place known for it, so that a check can point at it.
"""

from collections.abc import Iterator
from typing import Any

from attrs import fields, frozen, has

from pathwaydsl.text.span import Span

_ELSEWHERE = {"span", "library"}
"""Fields that hold no part: places, and the definitions of other files."""


@frozen
class Part:
    """A model value that stands in a file, and where.

    Attributes:
        value: Any of the model's classes.
        place: Its own span, else that of what it stands in.
    """

    value: Any
    place: Span


_FIELDS: dict[type, tuple[str, ...] | None] = {}


def _fields_of(kind: type) -> tuple[str, ...] | None:
    if kind not in _FIELDS:
        _FIELDS[kind] = (
            tuple(f.name for f in fields(kind) if f.name not in _ELSEWHERE) if has(kind) else None
        )
    return _FIELDS[kind]


def parts(root: object, *, default: Span) -> Iterator[Part]:
    """Every model value in `root`, outer before inner, in the order of their fields."""
    waiting: list[tuple[Any, Span]] = [(root, default)]
    while waiting:
        value, place = waiting.pop()
        if isinstance(value, tuple):
            if value and not isinstance(value[0], str):
                waiting.extend([(inner, place) for inner in reversed(value)])
            continue
        names = _fields_of(type(value))
        if names is None:
            continue
        place = getattr(value, "span", None) or place
        yield Part(value, place)
        for name in reversed(names):
            inner = getattr(value, name)
            if inner is not None and not isinstance(inner, str | int):
                waiting.append((inner, place))
