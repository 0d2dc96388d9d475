"""Changes of drugs and regimens: doses, schedules, stopping rules, contraindications."""

from pathwaydsl.versions.records import Bump, Level, Section
from pathwaydsl.versions.rules.example import BASE, written
from pathwaydsl.versions.rules.rule import ChangeRule, Place, Said, alone, both

ERROR, WARNING, INFO = Level.ERROR, Level.WARNING, Level.INFO
MAJOR, MINOR, PATCH = Bump.MAJOR, Bump.MINOR, Bump.PATCH
DOSE = Section.DOSE

_GIVEN = "What is given is the treatment itself."
_HARM = "It keeps patients from harm."
_SECOND = "  give second-drug 20 mg daily\n"
_ONE_OF = "  give one of second-drug 10 mg daily, third-drug 5 mg daily when stage is early\n"

RULES: tuple[ChangeRule, ...] = (
    *alone(
        Place("treatment", "regimen", DOSE),
        Said("regimen-exchanged", "change", ERROR, MAJOR, "Another regimen",
             "{subject} gave {old} and now gives {new}", "undetermined"),
        example=(BASE, written("    regimen first-regimen\n    rec",
                               "    regimen second-regimen\n    rec")),
        because=_GIVEN,
    ),
    *both(
        Place("regimen", "drug", DOSE),
        Said("given-drug-added", "add", ERROR, MAJOR, "A drug was added to a regimen",
             "{subject} now also gives {new}"),
        Said("given-drug-removed", "remove", ERROR, MAJOR, "A drug was taken out of a regimen",
             "{subject} no longer gives {old}"),
        example=(written(_ONE_OF, ""), BASE),
        because=_GIVEN,
    ),
    *both(
        Place("regimen", "alternative", DOSE),
        Said("alternative-added", "add", WARNING, MINOR, "Another drug may be given instead",
             "{subject} may now give {new} instead", "more-care"),
        Said("alternative-removed", "remove", ERROR, MAJOR, "A drug may not be given instead",
             "{subject} may no longer give {old} instead", "less-care"),
        example=(BASE, written(_ONE_OF, _ONE_OF.replace(
            "5 mg daily", "5 mg daily, first-drug 60 mg daily"))),
        because=_GIVEN,
    ),
    *both(
        Place("regimen", "dose", DOSE),
        Said("dose-raised", "raise", ERROR, MAJOR, "Dose raised",
             "{subject}: the dose of {what} was raised from {old} to {new}"),
        Said("dose-lowered", "lower", ERROR, MAJOR, "Dose lowered",
             "{subject}: the dose of {what} was lowered from {old} to {new}"),
        example=(BASE, written("80 mg IV", "100 mg IV")),
        because=_GIVEN,
    ),
    *alone(
        Place("regimen", "dose", DOSE),
        Said("dose-changed", "change", ERROR, MAJOR, "Dose in another unit",
             "{subject}: the dose of {what} was {old} and is now {new}", "undetermined"),
        example=(BASE, written("80 mg IV", "80 mg/m2 IV")),
        because=_GIVEN,
    ),
    *alone(
        Place("regimen", "schedule", DOSE),
        Said("schedule-changed", "change", ERROR, MAJOR, "Schedule changed",
             "{subject}: {what} was given {old} and is now given {new}", "undetermined"),
        example=(BASE, written("every 3 weeks for 6", "every 2 weeks for 6")),
        because=_GIVEN,
    ),
    *alone(
        Place("regimen", "route", DOSE),
        Said("route-changed", "change", ERROR, MAJOR, "Another route",
             "{subject}: the route of {what} was {old} and is now {new}", "undetermined"),
        example=(BASE, written("80 mg IV", "80 mg SC")),
        because=_GIVEN,
    ),
    *both(
        Place("regimen", "duration", DOSE),
        Said("duration-lengthened", "raise", ERROR, MAJOR, "Given longer",
             "{subject}: {what} was given {old} and is now given longer: {new}"),
        Said("duration-shortened", "lower", ERROR, MAJOR, "Given for a shorter time",
             "{subject}: {what} was given {old} and is now given for a shorter time: {new}"),
        example=(BASE, written("for 6 cycles", "for 8 cycles")),
        because=_GIVEN,
    ),
    *alone(
        Place("regimen", "duration", DOSE),
        Said("duration-changed", "change", ERROR, MAJOR, "Given for another time",
             "{subject}: {what} was given {old} and is now given {new}", "undetermined"),
        example=(BASE, written("for 6 cycles", "for at least 6 cycles")),
        because=_GIVEN,
    ),
    *both(
        Place("regimen", "phase", DOSE),
        Said("phase-added", "add", ERROR, MAJOR, "A further dose",
             "{subject}: {what} is now also given as {new}"),
        Said("phase-removed", "remove", ERROR, MAJOR, "A dose less",
             "{subject}: {what} is no longer given as {old}"),
        example=(BASE, written(_SECOND, "  give second-drug 20 mg daily then 10 mg daily\n")),
        because=_GIVEN,
    ),
    *alone(
        Place("regimen", "order", DOSE),
        Said("phases-reordered", "change", ERROR, MAJOR, "Doses in another order",
             "{subject}: the doses of {what} come in another order: {old}; now {new}",
             "undetermined"),
        example=(written(_SECOND, "  give second-drug 20 mg daily then 10 mg daily\n"),
                 written(_SECOND, "  give second-drug 10 mg daily then 20 mg daily\n")),
        because=_GIVEN,
    ),
    *both(
        Place("regimen", "stopping", DOSE),
        Said("stopping-rule-added", "add", ERROR, MAJOR, "A stopping rule was added",
             "{subject}: {what} now stops at {new}"),
        Said("stopping-rule-removed", "remove", ERROR, MAJOR, "A stopping rule was removed",
             "{subject}: {what} no longer stops at {old}"),
        example=(written(' until "progression"', ""), BASE),
        because=_GIVEN,
    ),
    *alone(
        Place("regimen", "stopping", DOSE),
        Said("stopping-rule-changed", "change", ERROR, MAJOR, "Another stopping rule",
             "{subject}: {what} stopped at {old} and now stops at {new}", "undetermined"),
        example=(BASE, written('until "progression"', 'until "progression or harm"')),
        because=_GIVEN,
    ),
    *both(
        Place("drug", "contraindication", DOSE),
        Said("contraindication-added", "add", WARNING, MAJOR, "A contraindication was added",
             "{subject} is now contraindicated where {new}", "less-care"),
        Said("contraindication-removed", "remove", ERROR, MAJOR,
             "A contraindication was removed",
             "{subject} is no longer contraindicated where {old}", "more-care",
             acceptable=False),
        example=(written('  contraindicated when value < 20 % because "It harms" cite study\n', ""),
                 BASE),
        because=_HARM,
    ),
    *both(
        Place("drug", "caution", DOSE),
        Said("caution-added", "add", WARNING, MINOR, "A caution was added",
             "{subject} now asks for caution where {new}"),
        Said("caution-removed", "remove", WARNING, MAJOR, "A caution was removed",
             "{subject} no longer asks for caution where {old}"),
        example=(written('  caution when value < 30 % because "It may harm"\n', ""), BASE),
        because=_HARM,
    ),
    *alone(
        Place("definition", "reason", Section.WORDING),
        Said("reason-changed", "change", INFO, PATCH, "Another reason",
             "{subject} gave as reason: {old}; now {new}"),
        example=(BASE, written('because "It may harm"', 'because "It might harm"')),
        because="For whom it counts has not changed.",
    ),
    *both(
        Place("drug", "class", DOSE),
        Said("drug-class-added", "add", INFO, MINOR, "A class was added",
             "{subject} now belongs to the class {new}"),
        Said("drug-class-removed", "remove", INFO, MINOR, "A class was removed",
             "{subject} no longer belongs to the class {old}"),
        example=(written('  class "Class one"\n', ""), BASE),
        because="Readers look for drugs by class.",
    ),
    *both(
        Place("definition", "note", Section.WORDING),
        Said("note-added", "add", INFO, PATCH, "A note was added", "{subject} now notes: {new}"),
        Said("note-removed", "remove", INFO, PATCH, "A note was removed",
             "{subject} no longer notes: {old}"),
        example=(written('  note "With food"\n', ""), BASE),
        because="A note helps and decides nothing.",
    ),
    *both(
        Place("definition", "code", Section.WORDING),
        Said("code-added", "add", INFO, PATCH, "A code was added",
             "{subject} now has the code {new}"),
        Said("code-removed", "remove", INFO, PATCH, "A code was removed",
             "{subject} no longer has the code {old}"),
        example=(written("  code loinc:10230-1\n", ""), BASE),
        because="Programs find it by its code.",
    ),
)  # fmt: skip
