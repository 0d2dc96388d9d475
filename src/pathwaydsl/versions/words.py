"""What stood there and what stands there now, in words; and the same as a text that stays put.

`Speaker.say` is for readers; `lasting` is for fingerprints: it holds ids and values, no labels,
and is the same after reformatting.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from attrs import evolve, frozen

from pathwaydsl.logic.written import condition_as_written
from pathwaydsl.model import cases, criteria, evidence, gaps, nodes, regimens, values
from pathwaydsl.model import pathway as pathways
from pathwaydsl.model import recommendations as advice
from pathwaydsl.model.expressions import Expression
from pathwaydsl.model.pathway import Library
from pathwaydsl.model.wording import (
    assignment_in_words,
    date_in_words,
    in_words,
    number_in_words,
    quantity_in_words,
    spoken,
    unit_in_words,
    word_in_words,
)
from pathwaydsl.model.wording_regimens import (
    against_in_words,
    amount_in_words,
    give_in_words,
    given_in_words,
    monitoring_in_words,
    phase_in_words,
    rating_in_words,
    schedule_in_words,
)
from pathwaydsl.text.suggestion import listed
from pathwaydsl.versions.facts import ASIDE
from pathwaydsl.versions.fields import FIELDS
from pathwaydsl.versions.things import Name, Thing, compared_fields, plain

NOTHING = "nothing"
"""Said where nothing stands."""

_ESTIMATES = {
    "hazard-ratio": "hazard ratio",
    "odds-ratio": "odds ratio",
    "risk-ratio": "risk ratio",
    "difference": "difference",
}


@frozen
class Speaker:
    """Says the values of one version: its library under the names of the comparison, its labels."""

    library: Library
    labels: Mapping[Name, str]

    def label(self, kind: str, name: str) -> str:
        """What the authors call a thing."""
        return self.labels.get((kind, name), spoken(name.removesuffix(ASIDE)))

    def say(self, value: Any, refers: str | None = None) -> str:
        """A value in words; `refers` is the kind of what an id stands for."""
        if value is None or value in ("", ()):
            return NOTHING
        if isinstance(value, tuple):
            return listed((self.say(one, refers) for one in value), "and")
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, str):
            return self.label(refers, value) if refers is not None else _prose(value)
        if isinstance(value, Decimal):
            return number_in_words(value)
        if isinstance(value, Expression):
            return in_words(value, self.library)
        return self._record(value)

    def _record(self, value: Any) -> str:
        library = self.library
        match value:
            case values.Quantity():
                return quantity_in_words(value)
            case values.PartialDate():
                return date_in_words(value)
            case values.Citation():
                if value.evidence is not None:
                    return self.label("evidence", value.evidence)
                return str(value.code)
            case values.Position():
                return f"{value.who}: “{_prose(value.says)}”"
            case nodes.Assignment():
                return assignment_in_words(value, library)
            case nodes.Within():
                return f"within {quantity_in_words(value.quantity)} of {self.box(value.of)}"
            case nodes.Branch():
                return f"{self.line(value)}, to “{self.box(value.target)}”"
            case nodes.Option():
                return self.option(value)
            case advice.Rating():
                return rating_in_words(value, library)
            case advice.Monitoring():
                return monitoring_in_words(value, library)
            case advice.Vote():
                return _vote(value)
            case gaps.AdviseAgainst():
                return against_in_words(value, library)
            case gaps.Study():
                return (
                    self.label("evidence", value.evidence or "")
                    if value.trial is None
                    else str(value.trial)
                )
            case gaps.Answer():
                return f"{self.label('evidence', value.evidence)}, on {date_in_words(value.on)}"
            case regimens.Dose():
                return amount_in_words(value)
            case regimens.Schedule():
                return schedule_in_words(value)
            case regimens.Phase():
                return phase_in_words(value)
            case regimens.GivenDrug():
                return given_in_words(value, library)
            case regimens.Give():
                return give_in_words(value, library)
            case regimens.Warning_():
                return f"{in_words(value.when, library)} ({_prose(value.because)})"
            case criteria.Points():
                points = quantity_in_words(values.Quantity(Decimal(value.points), "points"))
                return f"{points} if {in_words(value.when, library)}"
            case _:
                return self._small(value)

    def _small(self, value: Any) -> str:
        match value:
            case criteria.Value() | evidence.Level():
                return value.label
            case criteria.YesNo():
                return "yes or no"
            case criteria.OneOf():
                return f"one of {listed((one.label for one in value.values), 'and')}"
            case criteria.AnyOf():
                return f"any of {listed((one.label for one in value.values), 'and')}"
            case criteria.NumberRange():
                unit = unit_in_words(value.unit)
                words = f"a number from {value.low:f} to {value.high:f}"
                return f"{words} {unit}" if unit else words
            case evidence.Bound():
                return "not reached" if value.number is None else f"{value.number:f}"
            case evidence.Interval():
                return f"{self.say(value.low)} to {self.say(value.high)}"
            case evidence.Events():
                return f"{value.count} of {value.total}"
            case evidence.Arm():
                return self._arm(value)
            case evidence.Estimate():
                number = f"{value.value:f}"
                words = f"{_ESTIMATES[value.kind]} {number} {unit_in_words(value.unit)}".rstrip()
                return f"{words} ({self.say(value.interval)})" if value.interval else words
            case evidence.PValue():
                sides = {1: ", one-sided", 2: ", two-sided"}.get(value.sides or 0, "")
                return f"p {'<' if value.below else '='} {value.value:f}{sides}"
            case evidence.Result() | evidence.Evidence() | evidence.Axis():
                return getattr(value, "label", None) or value.id
            case evidence.Certainty():
                return value.level
            case pathways.Author():
                return f"{value.name} ({value.role}; interests: {value.interests})"
            case pathways.Approval():
                return f"{value.by} on {date_in_words(value.on)}"
            case advice.Balance() | gaps.Question():
                told = ((name, getattr(value, name)) for name, _ in compared_fields(type(value)))
                return "; ".join(f"{name}: {_prose(text)}" for name, text in told if text)
            case _:
                return str(value)

    def _arm(self, value: evidence.Arm) -> str:
        words = value.name
        if value.value is not None:
            words += f" {self.say(value.value)} {unit_in_words(value.unit)}".rstrip()
        if value.interval is not None:
            words += f" ({self.say(value.interval)})"
        return f"{words}, {self.say(value.events)} events" if value.events else words

    def box(self, name: str) -> str:
        """The title of a box."""
        return "where they came from" if name == "resume" else self.label("node", name)

    def line(self, branch: nodes.Branch) -> str:
        """A line of a decision: its words, or its condition."""
        if branch.role != "when":
            return "all others" if branch.role == "otherwise" else "those not known"
        says = "" if branch.when is None else in_words(branch.when, self.library)
        return f"“{branch.label}” ({says})" if branch.label else f"“{says}”"

    def option(self, option: nodes.Option) -> str:
        """An option: its words or where it leads, and for whom it is open."""
        label = option.label or self.box(option.target)
        when = "" if option.when is None else f", if {in_words(option.when, self.library)}"
        return f"“{label}”{when}"


def _vote(vote: advice.Vote) -> str:
    if vote.share is not None:
        return f"{vote.share:f} % in favour"
    counts = ((vote.in_favour, "for"), (vote.against, "against"), (vote.abstain, "abstaining"))
    return ", ".join(f"{count} {word}" for count, word in counts if count is not None)


def _prose(text: str) -> str:
    return " ".join(text.split())


def worded(word: str | None) -> str:
    """A word of a closed list."""
    return "none" if word is None else word_in_words(word)


def renamed_library(library: Library, names: Mapping[Name, str]) -> Library:
    """A library under the names of the comparison."""
    if not names:
        return library

    def called(kind: str, items: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(
            evolve(plain(item, names), id=names.get((kind, item.id), item.id)) for item in items
        )

    return Library(
        criteria=called("criterion", library.criteria),
        conditions=called("condition", library.conditions),
        scores=called("score", library.scores),
        drugs=called("drug", library.drugs),
        regimens=called("regimen", library.regimens),
        evidence=called("evidence", library.evidence),
        schemes=called("scheme", library.schemes),
        gaps=called("node", library.gaps),
    )


def speaker(library: Library, things: Mapping[Name, Thing], names: Mapping[Name, str]) -> Speaker:
    """The speaker of one version, under the names of the comparison.

    Args:
        library: The version's library.
        things: The version's things.
        names: Other names for some of them.
    """
    labels = {(name[0], names.get(name, name[1])): thing.label for name, thing in things.items()}
    return Speaker(renamed_library(library, names), labels)


def lasting(value: Any) -> Any:
    """A value as texts and lists: the same wherever and however it is written."""
    if isinstance(value, tuple):
        return [lasting(one) for one in value]
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Enum):
        return str(value)
    if isinstance(value, str):
        return _prose(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Expression):
        return condition_as_written(value)
    if type(value) in FIELDS and not isinstance(value, cases.Case):
        return [
            [name, lasting(getattr(value, name))]
            for name, _ in compared_fields(type(value))
            if getattr(value, name) not in (None, (), False)
        ]
    return str(value)
