"""What pairing works on and gives: each version with its things, and the pairs.

A side never changes; the pairs are as good as their reasons, which each of them keeps.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from attrs import field, frozen

from pathwaydsl.model.pathway import Pathway
from pathwaydsl.versions.records import Pair
from pathwaydsl.versions.things import Name, Thing, Web, compared_fields, things_of, web_of

WORD = re.compile(r"[^\W_]+")
"""A word of a text or an id."""


@frozen(slots=False)
class Side:
    """One version with its things and what names what."""

    pathway: Pathway
    things: Mapping[Name, Thing]
    web: Web

    @classmethod
    def of(cls, pathway: Pathway) -> "Side":
        """The side of a version."""
        things = things_of(pathway)
        return cls(pathway, things, web_of(things))

    def neighbours(self, name: Name) -> frozenset[Name]:
        """What a thing names and what names it."""
        return frozenset((*self.web.names.get(name, ()), *self.web.named_by.get(name, ())))

    @cached_property
    def _words(self) -> dict[Name, frozenset[str]]:
        return {}

    def words(self, name: Name) -> frozenset[str]:
        """The words of all that a thing says, ids of others left out."""
        held = self._words.get(name)
        if held is None:
            held = self._words[name] = frozenset(_words(self.things[name].value, name[1]))
        return held


@frozen
class Lineage:
    """What authors say was merged or split: `sources` of the old version, `results` of the new."""

    kind: str
    sources: tuple[str, ...]
    results: tuple[str, ...]


@frozen
class Pairing:
    """The pairs, and what was left open.

    Attributes:
        new: Names of the new version by those of the old one.
        reused: Ids that stand for something else in the new version.
        perhaps: Possible renames: old name, new name, how alike they are.
        lineages: Splits and merges that authors state.
    """

    old_side: Side
    new_side: Side
    pairs: Mapping[Name, Pair]
    new: Mapping[Name, Name]
    reused: tuple[Name, ...] = ()
    perhaps: tuple[tuple[Name, Name, float], ...] = ()
    lineages: tuple[Lineage, ...] = ()
    old: Mapping[Name, Name] = field(init=False)

    @old.default
    def _turned(self) -> Mapping[Name, Name]:
        return {new: old for old, new in self.new.items()}

    @property
    def likeness(self) -> float:
        """How much of the two pathways is in both, boxes alone, from 0 to 1."""
        counts = [
            sum(1 for kind, _ in side.things if kind == "node")
            for side in (self.old_side, self.new_side)
        ]
        both = sum(1 for kind, _ in self.new if kind == "node")
        return 2 * both / sum(counts) if sum(counts) else 1.0


def _words(value: Any, name: str) -> Iterator[str]:
    yield from WORD.findall(name.lower())
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, str):
            yield from WORD.findall(current.lower())
        elif isinstance(current, tuple):
            waiting.extend(current)
        else:
            try:
                rows = compared_fields(type(current))
            except KeyError:
                continue
            waiting.extend(
                getattr(current, field_name)
                for field_name, row in rows
                if getattr(row, "refers", None) is None
            )
