"""What a change rule is: where it stands in the catalogue, how much it weighs, how it is said."""

from typing import Literal

from attrs import field, frozen

from pathwaydsl.versions.records import Bump, Level, Section

Direction = Literal["more-care", "less-care", "neutral", "undetermined"]


@frozen
class ChangeRule:
    """One row of the catalogue of changes.

    Attributes:
        id: Kebab-case; never used again for something else.
        title: What happened, in a few words.
        area: What it happened to: `pathway`, `recommendation`, `branch`, `regimen`, …
        kind: Which side of it: `existence`, `content`, `region`, `strength`, …
        action: `add`, `remove`, `change`, `widen`, `narrow`, `raise`, `lower`, …
        direction: Whether patients get more or less care by it, where that can be told.
        level: How much it matters to one who signs.
        bump: The version number it needs.
        section: Where it stands on the page.
        message: The sentence, with `{subject}`, `{old}`, `{new}`, `{what}` and `{where}`.
        rationale: Why it weighs what it weighs.
        before, after: Whole files, the second with this change against the first.
        mirror: The rule that fires when the two versions are exchanged; itself where it is "".
        by_advice: Whether a proof that no patient's advice changes makes it a patch.
        acceptable: Whether it can be accepted away.
    """

    id: str
    title: str
    area: str
    kind: str
    action: str
    direction: Direction
    level: Level
    bump: Bump
    section: Section
    message: str
    rationale: str
    before: str = field(repr=False)
    after: str = field(repr=False)
    mirror: str = ""
    by_advice: bool = False
    acceptable: bool = True


@frozen
class Said:
    """One of the two rules of a pair: `title` is what happened, `message` how it is told."""

    id: str
    action: str
    level: Level
    bump: Bump
    title: str
    message: str
    direction: Direction = "neutral"
    acceptable: bool = True


@frozen
class Place:
    """Where rules stand in the catalogue: area, kind and section."""

    area: str
    kind: str
    section: Section


def both(
    place: Place,
    first: Said,
    second: Said,
    *,
    example: tuple[str, str],
    because: str,
    by_advice: bool = False,
) -> tuple[ChangeRule, ChangeRule]:
    """Two rules that mirror each other.

    Args:
        place: Where they stand.
        first: What fires from the first file of the example to the second.
        second: What fires the other way.
        example: Two whole files.
        because: Why they weigh what they weigh.
        by_advice: Whether a proof that no patient's advice changes makes them a patch.
    """
    before, after = example
    return (
        _rule(place, first, before, after, because, second.id, by_advice=by_advice),
        _rule(place, second, after, before, because, first.id, by_advice=by_advice),
    )


def alone(
    place: Place,
    said: Said,
    *,
    example: tuple[str, str],
    because: str,
    by_advice: bool = False,
) -> tuple[ChangeRule]:
    """A rule that mirrors itself; arguments as of `both`.

    Args:
        place: Where it stands.
        said: The rule.
        example: Two whole files.
        because: Why it weighs what it weighs.
        by_advice: Whether a proof that no patient's advice changes makes it a patch.
    """
    before, after = example
    return (_rule(place, said, before, after, because, "", by_advice=by_advice),)


def _rule(  # noqa: PLR0917  one row
    place: Place,
    said: Said,
    before: str,
    after: str,
    because: str,
    mirror: str,
    *,
    by_advice: bool,
) -> ChangeRule:
    return ChangeRule(
        id=said.id,
        title=said.title,
        area=place.area,
        kind=place.kind,
        action=said.action,
        direction=said.direction,
        level=said.level,
        bump=said.bump,
        section=place.section,
        message=said.message,
        rationale=because,
        before=before,
        after=after,
        mirror=mirror,
        by_advice=by_advice,
        acceptable=said.acceptable,
    )
