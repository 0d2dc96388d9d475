"""Changes of the way patients take: boxes, lines, options, and what is set on the way."""

from pathwaydsl.versions.records import Bump, Level, Section
from pathwaydsl.versions.rules.example import BASE, written
from pathwaydsl.versions.rules.rule import ChangeRule, Place, Said, alone, both

ERROR, WARNING, INFO = Level.ERROR, Level.WARNING, Level.INFO
MAJOR, MINOR, PATCH, NONE = Bump.MAJOR, Bump.MINOR, Bump.PATCH, Bump.NONE
TREATMENT = Section.TREATMENT

_DONE = '  end done "Done"\n'
_LINES = (
    '    when value >= 50 % and fit -> first-care "High" flags what-next\n'
    "    when value < 50 % -> options\n"
)
_OPTIONS = (
    '    option first-care "The first" preferred\n'
    '    option second-care "The second" when value >= 20 %\n'
)
_WAY = "It is on the way patients take; whether anyone takes another one is proved apart."
_CARE = "What is advised is what the number of a version stands for."


def _box(text: str) -> tuple[str, str]:
    """An example to which one box is added."""
    return BASE, written(_DONE, _DONE + "\n" + text)


def _boxes(
    word: str, named: str, text: str, *, added: Level, removed: Level, rank: Bump
) -> tuple[ChangeRule, ...]:
    care = word in {"treatment", "action"}
    return both(
        Place("recommendation" if care else word, "existence", TREATMENT),
        Said(
            f"{word}-added", "add", added, MINOR, f"{named} added",
            f"{named} “{{what}}” was added", "more-care" if care else "neutral",
        ),
        Said(
            f"{word}-removed", "remove", removed, rank, f"{named} removed",
            f"{named} “{{what}}” was removed", "less-care" if care else "neutral",
            acceptable=not care,
        ),
        example=_box(text),
        because=_CARE if care else _WAY,
        by_advice=not care,
    )  # fmt: skip


RULES: tuple[ChangeRule, ...] = (
    *both(
        Place("advice", "behaviour", TREATMENT),
        Said("advice-gained", "add", INFO, MINOR, "Some patients come to more",
             "Some patients now also come to {new}", "more-care"),
        Said("advice-lost", "remove", ERROR, MAJOR, "Some patients come to less",
             "Some patients no longer come to {old}", "less-care", acceptable=False),
        example=(written('    option second-care "The second" when value >= 20 %\n', ""), BASE),
        because="It is proved from both versions, whatever line it comes from.",
    ),
    *_boxes(
        "treatment", "Treatment", '  treat third-care "Third care" {\n    regimen second-regimen\n'
        '    good-practice because "So it is"\n    then done\n  }\n',
        added=INFO, removed=ERROR, rank=MAJOR,
    ),
    *_boxes(
        "action", "Action", '  act visit "Visit" {\n    then done\n  }\n',
        added=INFO, removed=ERROR, rank=MAJOR,
    ),
    *_boxes(
        "assessment", "Assessment", '  assess again "Again" {\n    measures value\n'
        "    then done\n  }\n",
        added=INFO, removed=WARNING, rank=MAJOR,
    ),
    *_boxes(
        "decision", "Decision", '  decide last "Last?" {\n    otherwise -> done\n  }\n',
        added=INFO, removed=ERROR, rank=MAJOR,
    ),
    *_boxes(
        "choice", "Choice", '  choose last "Last?" {\n    option done\n  }\n',
        added=INFO, removed=ERROR, rank=MAJOR,
    ),
    *_boxes(
        "parallel-steps", "The block of parallel steps", '  together more "More" {\n    do talk\n'
        "    do letter\n    then onward\n  }\n",
        added=INFO, removed=WARNING, rank=MAJOR,
    ),
    *_boxes(
        "onward-pathway", "The way into another pathway", '  enter away "Away" {\n'
        "    pathway example\n  }\n",
        added=INFO, removed=ERROR, rank=MAJOR,
    ),
    *_boxes(
        "end", "The end", '  end left "Left"\n',
        added=INFO, removed=WARNING, rank=MAJOR,
    ),
    *both(
        Place("during", "existence", TREATMENT),
        Said("during-added", "add", WARNING, MAJOR, "Something is watched for at any time",
             "At {subject}, patients are now watched for: {new}"),
        Said("during-removed", "remove", ERROR, MAJOR, "Something is no longer watched for",
             "At {subject}, patients are no longer watched for: {old}"),
        example=(BASE, written(_DONE, _DONE + "\n  during second-care {\n    when fit -> done\n"
                               "  }\n")),
        because=_WAY, by_advice=True,
    ),
    *both(
        Place("during", "content", TREATMENT),
        Said("during-extended", "widen", WARNING, MAJOR, "Watched for in more places",
             "What is watched for is now also watched for at {new}"),
        Said("during-restricted", "narrow", ERROR, MAJOR, "Watched for in fewer places",
             "What is watched for is no longer watched for at {old}"),
        example=(BASE, written("during first-care {", "during first-care, second-care {")),
        because=_WAY, by_advice=True,
    ),
    # Lines of a decision
    *both(
        Place("branch", "existence", TREATMENT),
        Said("branch-added", "add", WARNING, MAJOR, "A line was added",
             "{subject} has a new line: {new}"),
        Said("branch-removed", "remove", ERROR, MAJOR, "A line was removed",
             "{subject} lost a line: {old}"),
        example=(BASE, written("    when value < 50 % -> options\n",
                               "    when value < 50 % -> options\n"
                               "    when stage is far -> done\n")),
        because=_WAY, by_advice=True,
    ),
    *both(
        Place("branch", "otherwise", Section.POPULATION),
        Said("otherwise-added", "add", WARNING, MAJOR, "All others are taken care of",
             "In {subject} all others now go on to {new}"),
        Said("otherwise-removed", "remove", ERROR, MAJOR, "All others are left out",
             "In {subject} the line for all others is gone; it led to {old}"),
        example=(written("    otherwise -> second-care\n", ""), BASE),
        because=_WAY, by_advice=True,
    ),
    *both(
        Place("branch", "unknown", Section.POPULATION),
        Said("unknown-line-added", "add", WARNING, MAJOR, "Those not known are taken care of",
             "In {subject} those of whom it is not known now go on to {new}"),
        Said("unknown-line-removed", "remove", ERROR, MAJOR, "Those not known are left out",
             "In {subject} the line for those of whom it is not known is gone; it led to {old}"),
        example=(written("    unknown -> look-again\n", ""), BASE),
        because=_WAY, by_advice=True,
    ),
    *alone(
        Place("branch", "role", TREATMENT),
        Said("branch-role-changed", "change", ERROR, MAJOR, "A line is for others in kind",
             "A line of {subject} was for {old} and is now for {new}"),
        example=(written("    otherwise -> second-care\n    unknown -> look-again\n",
                         '    otherwise -> second-care "Rest"\n'),
                 written("    otherwise -> second-care\n    unknown -> look-again\n",
                         '    unknown -> second-care "Rest"\n')),
        because=_WAY, by_advice=True,
    ),
    *alone(
        Place("branch", "target", TREATMENT),
        Said("branch-retargeted", "change", ERROR, MAJOR, "A line leads elsewhere",
             "The line {where} of {subject} led to “{old}” and now leads to “{new}”"),
        example=(BASE, written("when value < 50 % -> options", "when value < 50 % -> second-care")),
        because=_WAY, by_advice=True,
    ),
    *alone(
        Place("branch", "order", TREATMENT),
        Said("lines-reordered", "change", ERROR, MAJOR, "Lines are asked in another order",
             "The lines of {subject} are asked in another order: {old}; now {new}"),
        example=(BASE, written(_LINES, "".join(reversed(_LINES.splitlines(keepends=True))))),
        because="The first line that is true counts, so the order decides.", by_advice=True,
    ),
    *both(
        Place("decision", "order", TREATMENT),
        Said("first-match-begun", "add", ERROR, MAJOR, "The first true line counts",
             "In {subject} the first line that is true now counts"),
        Said("first-match-ended", "remove", ERROR, MAJOR, "Exactly one line must be true",
             "In {subject} the order of the lines no longer counts; exactly one must be true"),
        example=(written("    first match\n", ""), BASE),
        because=_WAY, by_advice=True,
    ),
    # Options of a choice
    *both(
        Place("option", "existence", TREATMENT),
        Said("option-added", "add", INFO, MINOR, "An option was added",
             "{subject} has a new option: {new}", "more-care"),
        Said("option-withdrawn", "remove", ERROR, MAJOR, "An option was withdrawn",
             "{subject} no longer offers {old}", "less-care"),
        example=(BASE, written("    option plain-care",
                               '    option done "Nothing"\n    option plain-care')),
        because="An option that goes is a treatment some can no longer have.",
    ),
    *both(
        Place("option", "preference", Section.STRENGTH),
        Said("option-preferred", "strengthen", WARNING, MINOR, "An option is now preferred",
             "{subject} now prefers {new}"),
        Said("option-no-longer-preferred", "weaken", WARNING, MINOR,
             "An option is no longer preferred", "{subject} no longer prefers {old}"),
        example=(written('"The first" preferred', '"The first"'), BASE),
        because="It moves the advice, not the options.",
    ),
    *alone(
        Place("option", "target", TREATMENT),
        Said("option-retargeted", "change", ERROR, MAJOR, "An option leads elsewhere",
             "The option {where} of {subject} led to “{old}” and now leads to “{new}”"),
        example=(BASE, written('option first-care "The first" preferred',
                               'option done "The first" preferred')),
        because=_WAY, by_advice=True,
    ),
    *alone(
        Place("option", "order", Section.WORDING),
        Said("options-reordered", "change", INFO, PATCH, "Options stand in another order",
             "The options of {subject} stand in another order: {old}; now {new}"),
        example=(BASE, written(_OPTIONS, "".join(reversed(_OPTIONS.splitlines(keepends=True))))),
        because="Every option stays as open as it was.",
    ),
    *both(
        Place("choice", "patient", Section.STRENGTH),
        Said("shared-decision-begun", "add", INFO, MINOR, "Decided with the patient",
             "{subject} is now decided with the patient", "more-care"),
        Said("shared-decision-ended", "remove", WARNING, MINOR, "Not decided with the patient",
             "{subject} is no longer decided with the patient", "less-care"),
        example=(written("    decided with patient\n", ""), BASE),
        because="Who decides is part of the advice.",
    ),
    *both(
        Place("choice", "consideration", Section.WORDING),
        Said("consideration-added", "add", INFO, PATCH, "Something more to consider",
             "{subject} now says to consider “{new}”"),
        Said("consideration-removed", "remove", INFO, PATCH, "Something less to consider",
             "{subject} no longer says to consider “{old}”"),
        example=(written('    consider "The one is longer"\n', ""), BASE),
        because="It helps to choose and closes nothing.",
    ),
    # Steps
    *alone(
        Place("step", "target", TREATMENT),
        Said("next-step-changed", "change", ERROR, MAJOR, "Another next step",
             "After {subject} came {old}; now comes {new}"),
        example=(BASE, written('good-practice because "People ask"\n    then onward',
                               'good-practice because "People ask"\n    then done')),
        because=_WAY, by_advice=True,
    ),
    *alone(
        Place("pathway", "start", TREATMENT),
        Said("start-moved", "change", ERROR, MAJOR, "The pathway starts elsewhere",
             "The pathway started at “{old}” and now starts at “{new}”"),
        example=(BASE, written("start at look", "start at look-again")),
        because=_WAY, by_advice=True,
    ),
    *both(
        Place("assessment", "content", TREATMENT),
        Said("measurement-added", "add", INFO, MINOR, "More is found out",
             "{subject} now also finds out {new}", "more-care"),
        Said("measurement-removed", "remove", WARNING, MAJOR, "Less is found out",
             "{subject} no longer finds out {old}", "less-care"),
        example=(written("fit, stage, outlook", "fit, stage"), BASE),
        because="What is not found out cannot decide, here or in a pathway that goes on from here.",
    ),
    *both(
        Place("parallel-steps", "content", TREATMENT),
        Said("strand-added", "add", WARNING, MAJOR, "One more at the same time",
             "{subject} now also does “{new}”", "more-care"),
        Said("strand-removed", "remove", ERROR, MAJOR, "One less at the same time",
             "{subject} no longer does “{old}”", "less-care"),
        example=(BASE, written("    do letter\n", "    do letter\n    do second-care\n")),
        because=_WAY, by_advice=True,
    ),
    *both(
        Place("step", "carried", TREATMENT),
        Said("carried-value-added", "add", WARNING, MAJOR, "A value is set on the way",
             "After {subject} it now counts that {new}"),
        Said("carried-value-removed", "remove", WARNING, MAJOR, "A value is no longer set",
             "After {subject} it no longer counts that {old}"),
        example=(written("    sets fit\n", ""), BASE),
        because="Later decisions read it, also those of a pathway that goes on from here.",
    ),
    *alone(
        Place("step", "carried", TREATMENT),
        Said("carried-value-changed", "change", ERROR, MAJOR, "Another value is set",
             "After {subject} another value counts: {old}; now {new}"),
        example=(BASE, written("sets fit", "sets not fit")),
        because="Later decisions read it, also those of a pathway that goes on from here.",
    ),
    *alone(
        Place("onward-pathway", "target", TREATMENT),
        Said("onward-pathway-changed", "change", ERROR, MAJOR, "Another pathway goes on",
             "{subject} led into “{old}” and now leads into “{new}”"),
        example=(BASE, written("    pathway example\n", "    pathway another\n")),
        because=_WAY,
    ),
    *alone(
        Place("onward-pathway", "version", TREATMENT),
        Said("onward-version-changed", "change", WARNING, MINOR, "Another version goes on",
             "{subject} led into version {old} and now into {new}"),
        example=(BASE, written("    pathway example\n    version 1.0.0",
                               "    pathway example\n    version 2.0.0")),
        because="The advice after it comes from that version.",
    ),
)  # fmt: skip
