"""Changes of what is asked of patients: criteria, answers, ranges, units, scores."""

from pathwaydsl.versions.records import Bump, Level, Section
from pathwaydsl.versions.rules.example import BASE, written
from pathwaydsl.versions.rules.rule import ChangeRule, Place, Said, alone, both

ERROR, WARNING, INFO = Level.ERROR, Level.WARNING, Level.INFO
MAJOR, MINOR, PATCH = Bump.MAJOR, Bump.MINOR, Bump.PATCH
DOSE, POPULATION = Section.DOSE, Section.POPULATION

_ASKED = "Every condition on it is read against its possible answers."

RULES: tuple[ChangeRule, ...] = (
    *alone(
        Place("criterion", "type", POPULATION),
        Said("criterion-kind-changed", "change", ERROR, MAJOR, "Asked in another way",
             "{subject} was answered by {old} and is now answered by {new}", "undetermined"),
        example=(BASE,
                 written("  one of good, poor\n", "  number 0..10 points\n")),
        because=_ASKED,
    ),
    *both(
        Place("criterion", "answer", POPULATION),
        Said("answer-added", "add", WARNING, MINOR, "A possible answer was added",
             "{subject} may now also be “{new}”"),
        Said("answer-removed", "remove", ERROR, MAJOR, "A possible answer was removed",
             "{subject} may no longer be “{old}”"),
        example=(BASE, written("one of good, poor", "one of good, fair, poor")),
        because=_ASKED,
    ),
    *alone(
        Place("criterion", "order", Section.WORDING),
        Said("answers-reordered", "change", INFO, PATCH, "Answers stand in another order",
             "The answers of {subject} stand in another order: {old}; now {new}"),
        example=(BASE, written("one of good, poor", "one of poor, good")),
        because="The same answers are possible.",
    ),
    *both(
        Place("criterion", "range", POPULATION),
        Said("range-widened", "widen", WARNING, MINOR, "The range of answers was widened",
             "The range of {subject} was widened: {what} was {old} and is now {new}"),
        Said("range-narrowed", "narrow", ERROR, MAJOR, "The range of answers was narrowed",
             "The range of {subject} was narrowed: {what} was {old} and is now {new}"),
        example=(BASE, written("number 0..100 %", "number 0..120 %")),
        because=_ASKED,
    ),
    *alone(
        Place("criterion", "unit", DOSE),
        Said("unit-changed", "change", ERROR, MAJOR, "Another unit",
             "{subject} was measured in {old} and is now measured in {new}", "undetermined"),
        example=(written("  one of good, poor\n", "  number 0..100 mmol/L\n"),
                 written("  one of good, poor\n", "  number 0..100 mg/dL\n")),
        because="The same number no longer means the same patient.",
    ),
    *both(
        Place("criterion", "whole", POPULATION),
        Said("whole-numbers-begun", "narrow", WARNING, MAJOR, "Whole numbers only",
             "{subject} is now a whole number"),
        Said("whole-numbers-ended", "widen", WARNING, MAJOR, "Any number",
             "{subject} is no longer a whole number only"),
        example=(BASE, written("number 0..100 %", "whole number 0..100 %")),
        because=_ASKED,
    ),
    *both(
        Place("criterion", "unknown", POPULATION),
        Said("may-be-unknown-begun", "widen", WARNING, MAJOR, "May be unknown",
             "{subject} may now be unknown"),
        Said("may-be-unknown-ended", "narrow", WARNING, MAJOR, "May not be unknown",
             "{subject} may no longer be unknown"),
        example=(written("  may be unknown\n", ""), BASE),
        because="Who is not known goes other ways.", by_advice=True,
    ),
    *both(
        Place("criterion", "prognostic", Section.STRENGTH),
        Said("prognostic-begun", "add", INFO, MINOR, "For the outlook only",
             "{subject} is now for the outlook only: {new}"),
        Said("prognostic-ended", "remove", INFO, MINOR, "Not for the outlook only",
             "{subject} is no longer for the outlook only: {old}"),
        example=(written('  role prognostic because "It foretells, it does not choose"\n', ""),
                 BASE),
        because="What is for the outlook must not choose.",
    ),
    *alone(
        Place("criterion", "prognostic", Section.WORDING),
        Said("prognostic-reworded", "change", INFO, PATCH, "For the outlook in other words",
             "{subject} is for the outlook only, {old}; now {new}"),
        example=(BASE, written("It foretells, it does not choose", "It only foretells")),
        because="It still chooses nothing.",
    ),
    *both(
        Place("score", "points", DOSE),
        Said("points-added", "add", ERROR, MAJOR, "More gives points",
             "{subject} now gives {new}"),
        Said("points-removed", "remove", ERROR, MAJOR, "Less gives points",
             "{subject} no longer gives {old}"),
        example=(written("  1 points when stage is late\n", ""), BASE),
        because="The same patient has another score.", by_advice=True,
    ),
    *both(
        Place("score", "points", DOSE),
        Said("points-raised", "raise", ERROR, MAJOR, "More points",
             "{subject} gave {old} and now gives {new}"),
        Said("points-lowered", "lower", ERROR, MAJOR, "Fewer points",
             "{subject} gave {old} and now gives {new}"),
        example=(BASE, written("  1 points when", "  2 points when")),
        because="The same patient has another score.", by_advice=True,
    ),
    *alone(
        Place("score", "source", Section.STRENGTH),
        Said("score-source-changed", "change", INFO, PATCH, "Another source of a score",
             "The source of {subject} was {old} and is now {new}"),
        example=(BASE, written("source study", "source other-study")),
        because="The points have not changed by it.",
    ),
    *both(
        Place("impossible", "existence", POPULATION),
        Said("impossible-added", "add", WARNING, MAJOR, "Said to be impossible",
             "It is now said that this cannot be: {new}"),
        Said("impossible-removed", "remove", WARNING, MAJOR, "No longer said to be impossible",
             "It is no longer said that this cannot be: {old}"),
        example=(written('impossible when stage is far and fit because "Nobody far on is fit"\n',
                         ""), BASE),
        because="Such patients are left out of every check.", by_advice=True,
    ),
)  # fmt: skip
