"""A difference with what is needed to say it, and the plain ways of telling one.

What is told here is told without looking further than at the two values; what needs more stands in
`strengths` and `telling`.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from attrs import field, frozen

from pathwaydsl.model import evidence, nodes, regimens
from pathwaydsl.model import pathway as pathways
from pathwaydsl.model import recommendations as advice
from pathwaydsl.versions.facts import Fact
from pathwaydsl.versions.regions import raised, relation, threshold
from pathwaydsl.versions.words import Speaker


@frozen
class Draft:
    """A change before it is said: its rule, and what its sentence is filled with."""

    rule: str
    fact: Fact | None
    old: str | None = None
    new: str | None = None
    words: Mapping[str, str] = field(factory=dict)


@frozen
class Seen:
    """A difference with what is needed to say it.

    Attributes:
        old, new: The speakers of both versions.
        touched: Names of every thing that differs.
    """

    fact: Fact
    old: Speaker
    new: Speaker
    touched: frozenset[tuple[str, str]]

    def said(self, refers: str | None = None) -> tuple[str, str]:
        """The two values in words."""
        return self.old.say(self.fact.old, refers), self.new.say(self.fact.new, refers)

    def holder(self, *classes: type) -> tuple[Any, Any] | None:
        """The innermost of what holds the field, if it is of one of these classes."""
        for pair in reversed(self.fact.holders):
            if isinstance(pair[1], classes) or isinstance(pair[0], classes):
                held: tuple[Any, Any] = pair
                return held
        return None

    @property
    def where(self) -> str:
        """The line or the option that the field belongs to."""
        held = self.holder(nodes.Branch, nodes.Option)
        if held is None:
            return ""
        speaker, one = (self.new, held[1]) if held[1] is not None else (self.old, held[0])
        if isinstance(one, nodes.Branch):
            return f"“{one.label}”" if one.label else speaker.line(one)
        return f"“{one.label or speaker.box(one.target)}”"

    @property
    def what(self) -> str:
        """The part of the thing that the field belongs to, or the field."""
        for _, one in reversed(self.fact.holders[1:]):
            match one:
                case regimens.GivenDrug():
                    return self.new.label("drug", one.drug)
                case regimens.Give():
                    drugs = (self.new.label("drug", given.drug) for given in one.drugs)
                    return " or ".join(drugs)
                case evidence.Result() | evidence.Axis():
                    return self.new.say(one)
                case advice.Balance():
                    return self.fact.field
                case pathways.Author():
                    return one.name
                case pathways.Approval():
                    return one.by
                case _ if hasattr(one, "who"):
                    return str(one.who)
        return FIELD_WORDS.get(self.fact.field, self.fact.field.replace("_", " "))


FIELD_WORDS = {
    "enrolled": "patients enrolled",
    "review_by": "review by",
    "trial": "trial id",
    "follow_up": "follow-up",
    "supersedes": "superseded version",
    "low": "the lowest",
    "high": "the highest",
    "built_in": "whether it comes with the language",
}

Handler = Callable[[Seen], Iterator[Draft]]


def one(rule: str, refers: str | None = None) -> Handler:
    """One rule, whatever happened to the field."""

    def handler(seen: Seen) -> Iterator[Draft]:
        old, new = seen.said(refers)
        yield Draft(rule, seen.fact, old, new)

    return handler


def pair(added: str, removed: str, changed: str = "", refers: str | None = None) -> Handler:
    """A rule for what is new, one for what is gone, one for what is another (or both)."""

    def handler(seen: Seen) -> Iterator[Draft]:
        old, new = seen.said(refers)
        match seen.fact.action:
            case "added":
                yield Draft(added, seen.fact, None, new)
            case "removed":
                yield Draft(removed, seen.fact, old, None)
            case _ if changed:
                yield Draft(changed, seen.fact, old, new)
            case _:
                yield Draft(removed, seen.fact, old, None)
                yield Draft(added, seen.fact, None, new)

    return handler


# Conditions


def guard(spot: str, place: str) -> Handler:
    """A condition, compared as a set of patients; `place` is how its message begins."""

    def handler(seen: Seen) -> Iterator[Draft]:
        fact = seen.fact
        old_words = "everyone" if fact.old is None else seen.old.say(fact.old)
        new_words = "everyone" if fact.new is None else seen.new.say(fact.new)
        found = relation(fact.old, fact.new, seen.old.library, seen.new.library)
        where = {"place": place, "gained": "", "lost": "", "effect": ""}
        where["gained"] = f"now also for {found.gained}" if found.gained else ""
        where["lost"] = f"no longer for {found.lost}" if found.lost else ""
        if found.kind == "undecided":
            yield Draft("condition-not-compared", fact, old_words, new_words, where)
            return
        if found.kind == "same":
            yield Draft("condition-rewritten", fact, old_words, new_words, where)
            return
        moved = threshold(fact.old, fact.new)
        if moved is None:
            yield Draft(f"{spot}-{found.kind}", fact, old_words, new_words, where)
            return
        effect = {
            "widened": ", so more patients fulfil it",
            "narrowed": ", so fewer patients fulfil it",
        }
        where["effect"] = effect.get(found.kind, "")
        where["what"] = seen.new.say(_subject(seen, moved.subject))
        yield Draft(
            "threshold-raised" if raised(moved) else "threshold-lowered",
            fact, seen.old.say(moved.old), seen.new.say(moved.new), where,
        )  # fmt: skip

    return handler


def _subject(seen: Seen, name: str) -> str:
    for kind in ("criterion", "score"):
        if (kind, name) in seen.new.labels:
            return seen.new.labels[kind, name]
    return name
