"""Changes of evidence: studies, results, certainty, citations, grading schemes."""

from pathwaydsl.versions.records import Bump, Level, Section
from pathwaydsl.versions.rules.example import BASE, written
from pathwaydsl.versions.rules.rule import ChangeRule, Place, Said, alone, both

ERROR, WARNING, INFO = Level.ERROR, Level.WARNING, Level.INFO
MAJOR, MINOR, PATCH = Bump.MAJOR, Bump.MINOR, Bump.PATCH
STRENGTH = Section.STRENGTH

_KNOWN = "It is what the advice rests on."
_SCHEME = """
scheme own "Own scheme" {
  axis level {
    one "First", two "Second"
  }
}

gap what-next"""


def _own() -> str:
    """The base with a grading scheme of its own."""
    return written("\ngap what-next", _SCHEME, written("rated grade moderate", "rated own two"))


RULES: tuple[ChangeRule, ...] = (
    *both(
        Place("evidence", "result", STRENGTH),
        Said("result-added", "add", INFO, MINOR, "A result was added",
             "{subject} now reports {new}"),
        Said("result-removed", "remove", WARNING, MINOR, "A result was removed",
             "{subject} no longer reports {old}"),
        example=(BASE, written("  outcome survival", '  outcome harm "Harm" harm {\n'
                               '    published 2021\n  }\n  outcome survival')),
        because=_KNOWN,
    ),
    *alone(
        Place("evidence", "result", STRENGTH),
        Said("result-updated", "change", WARNING, MINOR, "A result was updated",
             "{subject}, {what}: {old}; now {new}", "undetermined"),
        example=(BASE, written("hazard-ratio 0.80 ci 0.70..0.90",
                               "hazard-ratio 0.82 ci 0.72..0.92")),
        because=_KNOWN,
    ),
    *both(
        Place("evidence", "certainty", STRENGTH),
        Said("result-certainty-raised", "raise", INFO, MINOR, "More certain of a result",
             "{subject}, {what}: certainty was raised from {old} to {new}"),
        Said("result-certainty-lowered", "lower", WARNING, MINOR, "Less certain of a result",
             "{subject}, {what}: certainty was lowered from {old} to {new}"),
        example=(BASE, written("certainty moderate because", "certainty high because")),
        because=_KNOWN,
    ),
    *alone(
        Place("evidence", "certainty", STRENGTH),
        Said("result-certainty-changed", "change", WARNING, MINOR, "Certain of a result otherwise",
             "{subject}, {what}: certainty was {old} and is now {new}", "undetermined"),
        example=(written('    certainty moderate because "One study"\n', ""), BASE),
        because=_KNOWN,
    ),
    *both(
        Place("evidence", "retraction", STRENGTH),
        Said("study-retracted", "add", ERROR, MAJOR, "Retracted",
             "{subject} was retracted: {new}"),
        Said("retraction-lifted", "remove", WARNING, MINOR, "No longer counted as retracted",
             "{subject} is no longer counted as retracted (it was: {old})"),
        example=(BASE, written("  enrolled 200\n", "  enrolled 200\n  retracted 2024-05-01\n")),
        because="Advice that stands on it has lost its ground.",
    ),
    *alone(
        Place("evidence", "content", STRENGTH),
        Said("study-details-changed", "change", INFO, PATCH, "A detail of a study",
             "{subject}, {what}: {old}; now {new}"),
        example=(BASE, written("enrolled 200", "enrolled 220")),
        because="Its results have not changed by it.",
    ),
    *both(
        Place("definition", "citation", STRENGTH),
        Said("citation-added", "add", INFO, PATCH, "A source was added",
             "{subject} now cites {new}"),
        Said("citation-removed", "remove", INFO, PATCH, "A source was removed",
             "{subject} no longer cites {old}"),
        example=(written("  cite doi:10.1000/study\n", ""), BASE),
        because="Readers look it up there.",
    ),
    *alone(
        Place("scheme", "content", STRENGTH),
        Said("scheme-changed", "change", WARNING, MINOR, "A grading scheme changed",
             "{subject}, {what}: {old}; now {new}", "undetermined"),
        example=(_own(), _own().replace('two "Second"', 'two "Second", three "Third"')),
        because="The same word may mean another level.",
    ),
)  # fmt: skip
