"""What was known to a pathway on its own date.

A result published after the date of a pathway is not known to it, and neither is a retraction. A
year without a day is an interval: what may lie before the date is known.
"""

from attrs import evolve

from pathwaydsl.model.evidence import Evidence
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.model.values import PartialDate


def later_than(day: PartialDate | None, date: PartialDate | None) -> bool:
    """Whether a day lies after a date for certain."""
    return day is not None and date is not None and day.earliest > date.latest


def as_known(pathway: Pathway) -> Pathway:
    """A pathway with what was known on its date; the pathway itself where that is all of it."""
    date = pathway.date
    studies = tuple(_study_on(study, date) for study in pathway.library.evidence)
    if studies == pathway.library.evidence:
        return pathway
    return evolve(pathway, library=evolve(pathway.library, evidence=studies))


def _study_on(study: Evidence, date: PartialDate | None) -> Evidence:
    outcomes = tuple(o for o in study.outcomes if not later_than(o.published, date))
    retracted = None if later_than(study.retracted, date) else study.retracted
    if len(outcomes) == len(study.outcomes) and retracted == study.retracted:
        return study
    return evolve(study, outcomes=outcomes, retracted=retracted)
