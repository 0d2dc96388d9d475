"""Changes of what is advised: strength, certainty, evidence, and how it is watched."""

from pathwaydsl.versions.records import Bump, Level, Section
from pathwaydsl.versions.rules.example import BASE, written
from pathwaydsl.versions.rules.rule import ChangeRule, Place, Said, alone, both

ERROR, WARNING, INFO = Level.ERROR, Level.WARNING, Level.INFO
MAJOR, MINOR, PATCH = Bump.MAJOR, Bump.MINOR, Bump.PATCH
STRENGTH = Section.STRENGTH

_STRONG = "    recommend for strong\n"
_WEAK = "    recommend for conditional\n    good-practice"
_WEIGHT = "Readers weigh options by it."

RULES: tuple[ChangeRule, ...] = (
    *both(
        Place("recommendation", "direction", Section.TREATMENT),
        Said("recommendation-made", "add", INFO, MINOR, "Now recommended",
             "{subject} is now recommended ({new})", "more-care"),
        Said("recommendation-withdrawn", "remove", ERROR, MAJOR, "No longer recommended",
             "{subject} is no longer recommended (it was: {old})", "less-care",
             acceptable=False),
        example=(written(_STRONG, ""), BASE),
        because="A lost recommendation is what a reader must not miss.",
    ),
    *alone(
        Place("recommendation", "direction", Section.TREATMENT),
        Said("recommendation-reversed", "change", ERROR, MAJOR, "Recommendation reversed",
             "The recommendation of {subject} was reversed: {old}; now {new}", "undetermined",
             acceptable=False),
        example=(BASE, written(_STRONG, "    advise against first-regimen strong\n")),
        because="What was advised is now advised against, or the other way round.",
    ),
    *both(
        Place("recommendation", "strength", STRENGTH),
        Said("recommendation-strengthened", "strengthen", WARNING, MINOR,
             "Recommendation strengthened",
             "The recommendation of {subject} was strengthened from {old} to {new}"),
        Said("recommendation-weakened", "weaken", WARNING, MINOR, "Recommendation weakened",
             "The recommendation of {subject} was weakened from {old} to {new}"),
        example=(BASE, written(_WEAK, "    recommend for strong\n    evidence other-study\n"
                                      "    good-practice")),
        because=_WEIGHT,
    ),
    *both(
        Place("recommendation", "strength", STRENGTH),
        Said("strengthened-on-same-evidence", "strengthen", WARNING, MINOR,
             "Strengthened on unchanged evidence",
             "The recommendation of {subject} was strengthened from {old} to {new}, although its "
             "evidence has not changed"),
        Said("weakened-on-same-evidence", "weaken", WARNING, MINOR,
             "Weakened on unchanged evidence",
             "The recommendation of {subject} was weakened from {old} to {new}, although its "
             "evidence has not changed"),
        example=(BASE, written(_WEAK, "    recommend for strong\n    good-practice")),
        because="A reader will ask what the change rests on.",
    ),
    *alone(
        Place("recommendation", "strength", STRENGTH),
        Said("strength-word-changed", "change", WARNING, MINOR, "Another word for the strength",
             "The strength of {subject} was {old} and is now {new}", "undetermined"),
        example=(written("grade moderate", "asco high, moderate", written(
                     _STRONG, "    recommend for conditional\n")),
                 written("grade moderate", "asco high, moderate", written(
                     _STRONG, "    recommend for moderate\n"))),
        because="The two words do not stand on one scale.",
    ),
    *both(
        Place("advice-against", "existence", Section.TREATMENT),
        Said("advice-against-added", "add", WARNING, MAJOR, "Advised against",
             "{subject} now advises: {new}", "less-care"),
        Said("advice-against-removed", "remove", ERROR, MAJOR, "No longer advised against",
             "{subject} no longer advises: {old}", "undetermined", acceptable=False),
        example=(written('    advise against "Waiting" strong\n', ""), BASE),
        because="It keeps patients from harm.",
    ),
    *both(
        Place("advice-against", "strength", STRENGTH),
        Said("advice-against-strengthened", "strengthen", WARNING, MINOR,
             "Advised against more strongly", "{subject}: {old}; now {new}"),
        Said("advice-against-weakened", "weaken", WARNING, MINOR,
             "Advised against less strongly", "{subject}: {old}; now {new}"),
        example=(written('"Waiting" strong', '"Waiting" conditional'), BASE),
        because=_WEIGHT,
    ),
    *alone(
        Place("advice-against", "content", Section.TREATMENT),
        Said("advice-against-reworded", "change", WARNING, MAJOR, "Advised against in other words",
             "{subject} advised against {old}; now against {new}", "undetermined"),
        example=(BASE, written('advise against "Waiting" strong',
                               'advise against "Waiting longer" strong')),
        because="Other words may keep other patients from harm.",
    ),
    *both(
        Place("rating", "existence", STRENGTH),
        Said("rating-added", "add", INFO, MINOR, "Rated", "{subject} is now rated: {new}"),
        Said("rating-removed", "remove", WARNING, MINOR, "No longer rated",
             "{subject} is no longer rated: {old}"),
        example=(written("    rated grade moderate by study\n", ""), BASE),
        because=_WEIGHT,
    ),
    *both(
        Place("rating", "level", STRENGTH),
        Said("certainty-raised", "raise", INFO, MINOR, "Certainty raised",
             "The rating of {subject} was raised from {old} to {new}"),
        Said("certainty-lowered", "lower", WARNING, MINOR, "Certainty lowered",
             "The rating of {subject} was lowered from {old} to {new}"),
        example=(BASE, written("rated grade moderate", "rated grade high")),
        because=_WEIGHT,
    ),
    *alone(
        Place("rating", "level", STRENGTH),
        Said("rating-changed", "change", WARNING, MINOR, "Rated otherwise",
             "The rating of {subject} was {old} and is now {new}", "undetermined"),
        example=(written("rated grade moderate", "rated esmo I, B"),
                 written("rated grade moderate", "rated esmo II, A")),
        because=_WEIGHT,
    ),
    *alone(
        Place("rating", "source", STRENGTH),
        Said("rater-changed", "change", INFO, PATCH, "Somebody else rated",
             "The rating of {subject} was by {old} and is now by {new}"),
        example=(BASE, written("grade moderate by study", "grade moderate by other-study")),
        because="The level stays, its source does not.",
    ),
    *both(
        Place("recommendation", "basis", STRENGTH),
        Said("basis-added", "add", INFO, MINOR, "A reason in place of a grade or of evidence",
             "{subject} now says: {new}"),
        Said("basis-removed", "remove", INFO, MINOR, "No reason in place of evidence any more",
             "{subject} no longer says: {old}"),
        example=(written('    good-practice because "People ask"\n', ""), BASE),
        because="It says what the advice stands on.",
    ),
    *alone(
        Place("recommendation", "basis", Section.WORDING),
        Said("basis-reworded", "change", INFO, PATCH, "A reason in other words",
             "{subject} said: {old}; now {new}"),
        example=(BASE, written('"People ask"', '"People always ask"')),
        because="The kind of reason has not changed.",
    ),
    *both(
        Place("recommendation", "evidence", STRENGTH),
        Said("evidence-added", "add", INFO, MINOR, "Evidence added",
             "{subject} now stands on {new} as well"),
        Said("evidence-removed", "remove", WARNING, MINOR, "Evidence removed",
             "{subject} no longer stands on {old}"),
        example=(BASE, written("    evidence study\n", "    evidence study, other-study\n")),
        because="It is what the advice rests on.",
    ),
    *both(
        Place("recommendation", "evidence", STRENGTH),
        Said("evidence-first-cited", "add", INFO, MINOR, "Now stands on evidence",
             "{subject} stood on no cited evidence and now does"),
        Said("left-without-evidence", "remove", WARNING, MINOR, "Left without evidence",
             "{subject} no longer stands on any cited evidence"),
        example=(written("    evidence study\n", ""), BASE),
        because="Advice without evidence must be told apart.",
    ),
    *alone(
        Place("recommendation", "balance", STRENGTH),
        Said("balance-changed", "change", INFO, MINOR, "Benefits and harms weighed otherwise",
             "{subject}, {what}: {old}; now {new}"),
        example=(BASE, written('harms "Nausea"', 'harms "Nausea and pain"')),
        because="It is how the advice was weighed.",
    ),
    *both(
        Place("position", "existence", STRENGTH),
        Said("position-added", "add", INFO, PATCH, "Another voice", "{subject} now quotes {new}"),
        Said("position-removed", "remove", INFO, PATCH, "A voice less",
             "{subject} no longer quotes {old}"),
        example=(written('    position "Society" says "Half is enough" cite study\n', ""), BASE),
        because="What others hold does not move patients.",
    ),
    *alone(
        Place("position", "content", STRENGTH),
        Said("position-changed", "change", INFO, PATCH, "A voice says something else",
             "{subject}, on what {what} holds: {old}; now {new}"),
        example=(BASE, written('"Half is enough"', '"A third is enough"')),
        because="What others hold does not move patients.",
    ),
    *alone(
        Place("recommendation", "consensus", STRENGTH),
        Said("vote-changed", "change", INFO, PATCH, "Another vote",
             "The vote on {subject} was {old} and is now {new}"),
        example=(BASE, written("vote for 9 against 1", "vote for 10 against 0")),
        because="It shows how far the panel agreed.",
    ),
    *alone(
        Place("recommendation", "consensus", STRENGTH),
        Said("dissent-changed", "change", INFO, PATCH, "Another dissent",
             "The dissent on {subject} was {old} and is now {new}"),
        example=(BASE, written('dissent "One would wait"', 'dissent "Two would wait"')),
        because="It shows how far the panel agreed.",
    ),
    *both(
        Place("monitoring", "existence", Section.DOSE),
        Said("monitoring-added", "add", WARNING, MINOR, "More is watched",
             "{subject} now asks to watch {new}", "more-care"),
        Said("monitoring-removed", "remove", ERROR, MAJOR, "Less is watched",
             "{subject} no longer asks to watch {old}", "less-care"),
        example=(written("    monitor value every 12 weeks\n", ""), BASE),
        because="It catches harm in time.",
    ),
    *alone(
        Place("monitoring", "timing", Section.DOSE),
        Said("monitoring-changed", "change", WARNING, MINOR, "Watched at other times",
             "{subject} asked to watch {old}; now {new}", "undetermined"),
        example=(BASE, written("monitor value every 12 weeks", "monitor value every 6 weeks")),
        because="It catches harm in time.",
    ),
    *both(
        Place("step", "timing", Section.DOSE),
        Said("deadline-added", "add", WARNING, MINOR, "Has to be in time",
             "{subject} is now due {new}"),
        Said("deadline-removed", "remove", WARNING, MAJOR, "Need not be in time",
             "{subject} is no longer due {old}"),
        example=(written("    within 2 weeks of look\n", ""), BASE),
        because="Timing is part of the advice.",
    ),
    *alone(
        Place("step", "timing", Section.DOSE),
        Said("deadline-changed", "change", ERROR, MAJOR, "Due at another time",
             "{subject} was due {old} and is now due {new}", "undetermined"),
        example=(BASE, written("within 2 weeks of look", "within 4 weeks of look")),
        because="Timing is part of the advice.",
    ),
)  # fmt: skip
