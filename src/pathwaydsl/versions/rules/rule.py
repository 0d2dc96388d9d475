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
