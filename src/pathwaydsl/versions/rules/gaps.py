"""Changes of evidence gaps: opened, pinned, under study, answered."""

from pathwaydsl.versions.records import Bump, Level, Section
from pathwaydsl.versions.rules.example import BASE, written
from pathwaydsl.versions.rules.rule import ChangeRule, Place, Said, alone, both

ERROR, WARNING, INFO = Level.ERROR, Level.WARNING, Level.INFO
MAJOR, MINOR, PATCH = Bump.MAJOR, Bump.MINOR, Bump.PATCH
GAPS = Section.GAPS

_REGISTER = "The register of open questions lives from it."
_NEW = """
  gap what-else "What else?" {
    kind comparative
    question {
      population "Adults"
    }
    priority low
    status open
    raised 2024-12-01
  }
"""
_ANSWERED = written("  status open\n", "  status answered\n  answered by study on 2024-12-01\n")
_STUDIED = written("  status open\n", "  status under-study\n")
_WITHDRAWN = written("  status open\n", "  status withdrawn\n")

RULES: tuple[ChangeRule, ...] = (
    *both(
        Place("gap", "existence", GAPS),
        Said("gap-opened", "add", WARNING, MINOR, "A gap was opened",
             "An evidence gap was opened: “{what}”"),
        Said("gap-dropped", "remove", WARNING, MINOR, "A gap is no longer on record",
             "An evidence gap is no longer on record: “{what}”"),
        example=(BASE, written('  end done "Done"\n', '  end done "Done"\n' + _NEW)),
        because=_REGISTER,
    ),
    *both(
        Place("gap", "study", GAPS),
        Said("gap-goes-under-study", "upgrade", INFO, MINOR, "Under study",
             "The gap {subject} is now under study (it was {old})"),
        Said("gap-study-ended", "downgrade", WARNING, MINOR, "No longer under study",
             "The gap {subject} is no longer under study (it is {new})"),
        example=(BASE, _STUDIED), because=_REGISTER,
    ),
    *both(
        Place("gap", "answer", GAPS),
        Said("gap-answered", "upgrade", INFO, MINOR, "Answered",
             "The gap {subject} was answered (it was {old})"),
        Said("gap-reopened", "downgrade", WARNING, MINOR, "Open again",
             "The gap {subject} was answered and is {new} again"),
        example=(BASE, _ANSWERED), because=_REGISTER,
    ),
    *both(
        Place("gap", "withdrawal", GAPS),
        Said("gap-withdrawn", "remove", WARNING, MINOR, "Withdrawn",
             "The gap {subject} was withdrawn (it was {old})"),
        Said("gap-restored", "add", WARNING, MINOR, "No longer withdrawn",
             "The gap {subject} was withdrawn and is {new} again"),
        example=(BASE, _WITHDRAWN), because=_REGISTER,
    ),
    *alone(
        Place("gap", "answer", GAPS),
        Said("gap-answer-changed", "change", INFO, MINOR, "Answered by something else",
             "What answers the gap {subject} was {old} and is now {new}"),
        example=(_ANSWERED, written("answered by study", "answered by other-study", _ANSWERED)),
        because=_REGISTER,
    ),
    *both(
        Place("gap", "priority", GAPS),
        Said("gap-priority-raised", "raise", INFO, PATCH, "More urgent",
             "The priority of the gap {subject} was raised from {old} to {new}"),
        Said("gap-priority-lowered", "lower", INFO, PATCH, "Less urgent",
             "The priority of the gap {subject} was lowered from {old} to {new}"),
        example=(BASE, written("priority medium", "priority high")), because=_REGISTER,
    ),
    *both(
        Place("gap", "studies", GAPS),
        Said("gap-study-added", "add", INFO, PATCH, "A study of it was added",
             "The gap {subject} is now also studied by {new}"),
        Said("gap-study-removed", "remove", INFO, PATCH, "A study of it was removed",
             "The gap {subject} is no longer studied by {old}"),
        example=(written("  studied by other-study\n", ""), BASE), because=_REGISTER,
    ),
    *both(
        Place("gap", "pin", GAPS),
        Said("gap-pinned", "add", WARNING, MINOR, "Thin evidence is pointed out",
             "{subject} now points out the gap “{new}”{where}"),
        Said("gap-unpinned", "remove", WARNING, MINOR, "Thin evidence is no longer pointed out",
             "{subject} no longer points out the gap “{old}”{where}"),
        example=(written("    flags what-next\n", ""), BASE),
        because="It says where the advice stands on thin evidence.",
    ),
    *alone(
        Place("gap", "question", GAPS),
        Said("gap-question-changed", "change", WARNING, MINOR, "Another question",
             "The question of the gap {subject}, {what}: {old}; now {new}"),
        example=(BASE, written('outcome "Survival"\n  }', 'outcome "Quality of life"\n  }')),
        because="Another question needs another study.",
    ),
    *alone(
        Place("gap", "kind", GAPS),
        Said("gap-kind-changed", "change", INFO, PATCH, "A gap of another kind",
             "The gap {subject} was of the kind {old} and is now {new}"),
        example=(BASE, written("kind sequencing", "kind safety")), because=_REGISTER,
    ),
    *alone(
        Place("gap", "meanwhile", GAPS),
        Said("gap-meanwhile-changed", "change", WARNING, MINOR, "Other advice meanwhile",
             "What to do meanwhile about the gap {subject} was: {old}; now {new}"),
        example=(BASE, written('meanwhile "Decide together"', 'meanwhile "Wait"')),
        because="It is advice.",
    ),
    *alone(
        Place("gap", "record", GAPS),
        Said("gap-record-changed", "change", INFO, PATCH, "Owner or dates of a gap",
             "The gap {subject}, {what}: {old}; now {new}"),
        example=(BASE, written("review by 2026-01-01", "review by 2027-01-01")),
        because=_REGISTER,
    ),
)  # fmt: skip
