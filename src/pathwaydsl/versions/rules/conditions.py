"""Changes of conditions, compared as the sets of patients they hold for.

The same few things can happen to a condition wherever one stands: it holds for more patients, for
fewer, for others, or for the same ones in other words.
"""

from attrs import frozen

from pathwaydsl.versions.records import Bump, Level, Section
from pathwaydsl.versions.rules.example import BASE, written
from pathwaydsl.versions.rules.rule import ChangeRule, Place, Said, alone, both

ERROR, WARNING, INFO = Level.ERROR, Level.WARNING, Level.INFO
MAJOR, MINOR, PATCH = Bump.MAJOR, Bump.MINOR, Bump.PATCH


@frozen
class Spot:
    """A spot where a condition stands.

    Attributes:
        id: The first word of its rules.
        names: It, as the message says it: a phrase with `{subject}` and `{where}`.
        stretch: Where it stands in the base; the condition itself is at `{}`.
        says: The condition there.
        wider: A condition that holds for more.
        by_advice: Whether a proof that no patient's advice changes makes it a patch.
    """

    id: str
    names: str
    area: str
    section: Section
    level: Level
    bump: Bump
    stretch: str
    says: str
    wider: str
    because: str
    by_advice: bool = False


_WAY = "Other patients go this way; whether anyone's advice changes is proved apart."

SPOTS = (
    Spot("population", "The population of {subject}", "pathway", Section.POPULATION, ERROR, MAJOR,
         "eligible when {}", "value >= 10 %", "value >= 10 % or stage is far",
         "It says for whom the pathway is.", by_advice=True),
    Spot("branch", "The line {where} of {subject}", "branch", Section.TREATMENT, ERROR, MAJOR,
         "when {} -> first-care", "value >= 50 % and fit", "value >= 50 %", _WAY, by_advice=True),
    Spot("option", "The option {where} of {subject}", "option", Section.TREATMENT, ERROR, MAJOR,
         '"The second" when {}', "value >= 20 %", "value >= 20 % or fit", _WAY, by_advice=True),
    Spot("condition", "The condition {subject}", "condition", Section.TREATMENT, ERROR, MAJOR,
         "means {}", "fit and value >= 40 %", "value >= 40 %", _WAY, by_advice=True),
    Spot("points", "What gives points in {subject}", "score", Section.DOSE, ERROR, MAJOR,
         "1 points when {}", "stage is late", "stage in {early, late}",
         "The same patient has another score.", by_advice=True),
    Spot("contraindication", "The contraindication of {subject}", "drug", Section.DOSE, ERROR,
         MAJOR, "contraindicated when {} because", "value < 20 %", "value < 20 % or not fit",
         "It keeps patients from harm."),
    Spot("caution", "The caution of {subject}", "drug", Section.DOSE, WARNING, MINOR,
         "caution when {} because", "value < 30 %", "value < 30 % or not fit",
         "It keeps patients from harm."),
    Spot("dose-condition", "For whom {what} holds in {subject}", "regimen", Section.DOSE, ERROR,
         MAJOR, "5 mg daily when {}\n", "stage is early", "stage in {early, late}",
         "What is given is the treatment itself."),
    Spot("study-population", "Who could enter {subject}", "evidence", Section.STRENGTH, WARNING,
         MINOR, "eligible when {}\n  cite", "value >= 30 %", "value >= 30 % or fit",
         "It says for whom the evidence speaks."),
    Spot("impossible", "What is said to be impossible", "impossible", Section.POPULATION, WARNING,
         MAJOR, "impossible when {} because", "stage is far and fit", "stage is far",
         "Such patients are left out of every check.", by_advice=True),
)  # fmt: skip

_OTHERS = {
    "population": ("fit", "value < 10 %"),
    "branch": ("value >= 50 % and stage is early", "value < 50 % and not fit"),
    "option": ("fit", "value < 20 %"),
    "condition": ("stage is early and value >= 40 %", "not fit and value < 40 %"),
    "points": ("value >= 50 %", "stage is early"),
    "contraindication": ("not fit", "value >= 90 %"),
    "caution": ("not fit", "value >= 90 %"),
    "dose-condition": ("fit", "stage is late"),
    "study-population": ("fit", "value < 30 %"),
    "impossible": ("value >= 50 % and fit", "stage is early and not fit"),
}
"""For each spot a condition that shares some patients with the one there, and one with none."""


def _at(spot: Spot, condition: str) -> str:
    """The base with another condition at a spot."""
    return written(spot.stretch.format(spot.says), spot.stretch.format(condition))


def _rules_at(spot: Spot) -> tuple[ChangeRule, ...]:
    some, none = _OTHERS[spot.id]
    place = Place(spot.area, "region", spot.section)
    return (
        *both(
            place,
            Said(f"{spot.id}-widened", "widen", spot.level, spot.bump, "Holds for more patients",
                 f"{spot.names} was widened: {{gained}} (it was: {{old}}; now {{new}})"),
            Said(f"{spot.id}-narrowed", "narrow", spot.level, spot.bump,
                 "Holds for fewer patients",
                 f"{spot.names} was narrowed: {{lost}} (it was: {{old}}; now {{new}})"),
            example=(BASE, _at(spot, spot.wider)), because=spot.because,
            by_advice=spot.by_advice,
        ),
        *alone(
            place,
            Said(f"{spot.id}-shifted", "change", spot.level, spot.bump,
                 "Holds for partly other patients",
                 f"{spot.names} was shifted: {{gained}}; {{lost}} (it was: {{old}}; now {{new}})",
                 "undetermined"),
            example=(BASE, _at(spot, some)), because=spot.because,
            by_advice=spot.by_advice,
        ),
        *alone(
            place,
            Said(f"{spot.id}-replaced", "replace", spot.level, spot.bump,
                 "Holds for other patients altogether",
                 f"{spot.names} now holds for other patients altogether: it was: {{old}}; now "
                 "{new}", "undetermined"),
            example=(BASE, _at(spot, none)), because=spot.because,
            by_advice=spot.by_advice,
        ),
    )  # fmt: skip


_DECISION = """  decide which "Which way?" {
    first match
    when value >= 50 % and fit -> first-care "High" flags what-next
    when value < 50 % -> options
"""
_FEWER = _DECISION.replace("when value < 50 % -> options", "when value < 60 % -> options")
_OTHER = _DECISION.replace(
    "when value < 50 % -> options", "when value >= 55 % or value < 30 % -> options"
)


def _asking(first: str, second: str) -> str:
    """The base with other lines in its decision, where fitness may be unknown."""
    lines = (
        '  decide which "Which way?" {\n    first match\n'
        f'    when {first} -> options\n    when {second} -> first-care "High" flags what-next\n'
    )
    return BASE.replace(_DECISION, lines).replace(
        "  yes or no\n", "  yes or no\n  may be unknown\n"
    )


RULES: tuple[ChangeRule, ...] = (
    *(rule for spot in SPOTS for rule in _rules_at(spot)),
    *both(
        Place("condition", "threshold", Section.DOSE),
        Said("threshold-raised", "raise", ERROR, MAJOR, "A threshold moved up",
             "{place}: the threshold of {what} moved from {old} to {new}{effect}"),
        Said("threshold-lowered", "lower", ERROR, MAJOR, "A threshold moved down",
             "{place}: the threshold of {what} moved from {old} to {new}{effect}"),
        example=(BASE, written('second" when value >= 20 %', 'second" when value >= 25 %')),
        because=_WAY, by_advice=True,
    ),
    *alone(
        Place("condition", "region", Section.WORDING),
        Said("condition-rewritten", "change", INFO, PATCH, "The same in other words",
             "{place} was rewritten and means the same: {old}; now {new}"),
        example=(BASE, written('second" when value >= 20 %', 'second" when not value < 20 %')),
        because="It holds for the same patients, which was proved.",
    ),
    *alone(
        Place("condition", "region", Section.TREATMENT),
        Said("condition-not-compared", "change", ERROR, MAJOR, "Could not be compared",
             "{place} could not be compared: it was: {old}; now {new}", "undetermined",
             acceptable=False),
        example=(BASE, written("  one of early, late, far\n", "  number 0..4\n")
                 .replace("stage is late", "stage = 2").replace("stage is far", "stage = 3")
                 .replace("stage is early", "stage = 1")),
        because="What could not be compared is never shown as unchanged.",
    ),
    *both(
        Place("branch", "otherwise", Section.POPULATION),
        Said("otherwise-takes-more", "widen", WARNING, MAJOR, "Otherwise takes more",
             "In {subject}, {where} now also takes {gained}"),
        Said("otherwise-takes-fewer", "narrow", WARNING, MAJOR, "Otherwise takes fewer",
             "In {subject}, {where} no longer takes {lost}"),
        example=(BASE.replace(_DECISION, _FEWER), BASE),
        because="What falls to the rest is easily missed.", by_advice=True,
    ),
    *alone(
        Place("branch", "otherwise", Section.POPULATION),
        Said("otherwise-takes-others", "change", WARNING, MAJOR, "Otherwise takes others",
             "In {subject}, {where} now takes {gained}, and no longer {lost}", "undetermined"),
        example=(BASE, BASE.replace(_DECISION, _OTHER)),
        because="What falls to the rest is easily missed.", by_advice=True,
    ),
    *both(
        Place("branch", "unknown", Section.POPULATION),
        Said("unknown-takes-more", "widen", WARNING, MAJOR, "Not known takes more",
             "In {subject}, {where} now also takes {gained}"),
        Said("unknown-takes-fewer", "narrow", WARNING, MAJOR, "Not known takes fewer",
             "In {subject}, {where} no longer takes {lost}"),
        example=(written("when value < 50 % -> options",
                         "when value < 50 % or value is unknown -> options"), BASE),
        because="What falls to the rest is easily missed.", by_advice=True,
    ),
    *alone(
        Place("branch", "unknown", Section.POPULATION),
        Said("unknown-takes-others", "change", WARNING, MAJOR, "Not known takes others",
             "In {subject}, {where} now takes {gained}, and no longer {lost}", "undetermined"),
        example=(_asking("value is unknown", "fit"), _asking("fit is unknown", "value >= 50 %")),
        because="What falls to the rest is easily missed.", by_advice=True,
    ),
)  # fmt: skip
