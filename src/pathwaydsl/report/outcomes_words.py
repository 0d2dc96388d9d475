"""Who gets what, in the words that every format and every page uses."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from attrs import frozen

from pathwaydsl.logic.answering import RULES
from pathwaydsl.logic.outcomes import Coming, Obstacle, Outcomes, Reached, Who
from pathwaydsl.model.nodes import Act, Choose, Decide, End, Enter, GapNode, Treat
from pathwaydsl.model.pathway import Library, Pathway
from pathwaydsl.model.wording import assignment_in_words, decision_in_words, in_words
from pathwaydsl.text.finding import Finding, Severity

PROVED = (
    "Every eligible patient has an answer: a recommendation, a choice or a declared evidence gap."
)
"""The statement on top, only where it is proved."""

NOT_PROVED = "It is not proved that every eligible patient has an answer."
"""What stands there otherwise."""

UNTOLD = "could not be told in words: too many conditions at once"
"""What stands for patients that the budget did not suffice to describe."""

TOO_LARGE = "Who comes where is not told: the pathway is too large, or asks for too much at once."
"""What stands in place of the outcomes where they could not be told."""

KINDS: Mapping[str, str] = {
    "treat": "Treatments",
    "act": "Other actions",
    "choose": "Choices",
    "gap": "Evidence gaps",
    "enter": "Other pathways",
    "end": "Ends",
}
"""The kinds of outcomes in the order in which they are told."""

HARMLESS_RULES = frozenset({"PW304", "PW331"})
"""Errors about the flow after which everyone may still have an answer."""


@frozen
class Pinned:
    """A gap that is pinned, and where: each place in words, with its box."""

    gap: str
    label: str
    places: tuple[tuple[str, str], ...]


@frozen
class InTheWay:
    """What stands in the way of the statement, in words.

    Attributes:
        kind: What it is.
        says: One sentence.
        rule: The finding that says more, or None.
        node: At which box, or None.
    """

    kind: str
    says: str
    rule: str | None = None
    node: str | None = None


def by_kind(outcomes: Outcomes) -> Iterator[tuple[str, tuple[Reached, ...]]]:
    """The outcomes of each kind under its title, in the order written."""
    for kind, title in KINDS.items():
        found = tuple(each for each in outcomes.reached if each.node.kind == kind)
        if found:
            yield title, found


def conditions(who: Who, library: Library) -> tuple[str, ...]:
    """The conditions of some patients in words; empty for everyone."""
    return tuple(dict.fromkeys(in_words(box, library) for box in who.boxes))


def who_comes(coming: Coming, pathway: Pathway) -> tuple[str, ...]:
    """Who comes by one way, as conditions in words of which one holds."""
    if not coming.who.decided:
        return (UNTOLD,)
    told = conditions(coming.who, pathway.library)
    if not told:
        return ("everyone",)
    return (*told, "and others") if coming.who.more else told


def from_where(coming: Coming, pathway: Pathway) -> str:
    """Where those who come by one way come from."""
    if coming.after is None:
        return "from the start"
    box = pathway.node[coming.after]
    match box:
        case Choose():
            return f"chosen at “{box.label}”"
        case GapNode() | Treat() | Act():
            return f"after “{box.label}”"
        case _:
            return f"once all of “{box.label}” is done"


def share_in_words(share: Fraction | None) -> str | None:
    """`12.5 % of the declared input space`, or None where there is no such share."""
    if share is None:
        return None
    percent = share * 100
    if percent < Fraction(1, 10):
        return "less than 0.1 % of the declared input space"
    if percent > Fraction(999, 10) and share != 1:
        return "more than 99.9 % of the declared input space"
    text = f"{(Decimal(round(percent * 10)) / 10).normalize():f}"
    return f"{text} % of the declared input space"


def pinned(pathway: Pathway) -> tuple[Pinned, ...]:
    """Every gap that is pinned to a box or a line, in the order written."""
    found: dict[str, list[tuple[str, str]]] = {}
    for node in pathway.nodes:
        for gap in node.recommendation.flags:
            found.setdefault(gap, []).append((node.id, f"whoever comes to “{node.label}”"))
        if isinstance(node, Decide):
            said = decision_in_words(node, pathway.library)
            for branch, words in zip(node.branches, said, strict=True):
                for gap in branch.flags:
                    found.setdefault(gap, []).append((node.id, f"at “{node.label}”: {words}"))
    for during in pathway.durings:
        said = decision_in_words(during, pathway.library)
        for branch, words in zip(during.branches, said, strict=True):
            for gap in branch.flags:
                place = (during.nodes[0], f"at any time: {words}")
                found.setdefault(gap, []).append(place)
    return tuple(
        Pinned(gap, pathway.gap[gap].label if gap in pathway.gap else gap, tuple(places))
        for gap, places in found.items()
    )


# The statement on top


def in_the_way(outcomes: Outcomes, findings: Iterable[Finding] = ()) -> tuple[InTheWay, ...]:
    """Everything that stands in the way of the statement; nothing where it is proved.

    Args:
        outcomes: Who gets what.
        findings: What was found in the files of the pathway and of those that it enters. What
            could not be read stands in the way, and so does an error about the flow.
    """
    found = [_said(outcomes.pathway, each) for each in outcomes.obstacles]
    told = {each.rule for each in found}
    for one in findings:
        if one.severity is not Severity.ERROR or one.rule in told or one.rule in HARMLESS_RULES:
            continue
        if one.rule.startswith(("PW1", "PW2", "PW3")):
            kind = "flow-error" if one.rule.startswith("PW3") else "unreadable"
            found.append(InTheWay(kind, f"{one.file}: {one.message}.", one.rule))
    return tuple(found)


def statement(ways: Sequence[InTheWay]) -> str:
    """The sentence on top."""
    return NOT_PROVED if ways else PROVED


def _said(pathway: Pathway, obstacle: Obstacle) -> InTheWay:
    box = pathway.node.get(obstacle.node or "")
    label = f"“{box.label}”" if box is not None else "The pathway"
    says = _sentence(obstacle, label, pathway)
    return InTheWay(obstacle.kind, says, RULES[obstacle.kind], obstacle.node)


def _sentence(obstacle: Obstacle, label: str, pathway: Pathway) -> str:
    who = _patients(obstacle, pathway)
    match obstacle.kind:
        case "unreadable":
            return f"{label} leads to something that could not be read."
        case "undecided":
            return "It was not decided who comes where: the pathway asks for too much at once."
        case "nobody":
            return "Nobody is eligible, so there is nobody of whom it could be said."
        case "not-asked":
            return f"{label} asks for what nobody found out before of some who come there{who}."
        case "uncovered":
            return f"{label} has no line for some who come there{who}."
        case "overlap":
            return f"Two lines of {label} hold at once for some who come there{who}."
        case "no-option":
            return f"{label} has no open option for some who come there{who}."
        case "dead-end":
            return f"{label} does not say where to go on."
        case "never-left":
            return f"From {label} no way leads to an end."
        case "never-answered":
            return f"From {label} some never come to an answer{who}."
        case "unanswered-end":
            return (
                f"{label} is the end for some without a recommendation, a choice or a declared "
                f"evidence gap before{who}."
            )
        case "outside":
            return f"{label} hands over patients for whom the other pathway is not{who}."
        case "other-pathway":
            return f"{label} leads to the pathway {obstacle.other}, for which it is not proved."
        case _:
            assert_never(obstacle.kind)


def _patients(obstacle: Obstacle, pathway: Pathway) -> str:
    who = obstacle.who
    if who is None:
        return ""
    said = "; or ".join(conditions(who, pathway.library)) or "everyone"
    if not who.decided:
        said = UNTOLD
    elif who.more:
        said += "; and others"
    told = [
        assignment_in_words(value, pathway.library)
        for value in (who.witness.values if who.witness is not None else ())
        if value.criterion in obstacle.asked
    ]
    return f": {said}" + (f" (for instance: {', '.join(told)})" if told else "")


def word_of(reached: Reached) -> str:
    """What kind of outcome it is, as one word."""
    node = reached.node
    match node:
        case Treat():
            return "treatment"
        case Act():
            return "action"
        case Choose():
            return "choice"
        case GapNode():
            return "evidence gap"
        case Enter():
            return "other pathway"
        case End():
            return "end"
        case _:
            assert_never(node)
