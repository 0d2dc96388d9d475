"""Doses, schedules, monitoring and advice in plain English.

Amounts print with exactly the digits their author wrote; a route or a unit is never guessed.
"""

from pathwaydsl.model.gaps import AdviseAgainst
from pathwaydsl.model.pathway import Library
from pathwaydsl.model.recommendations import Monitoring, MonitoringStage, Rating
from pathwaydsl.model.regimens import Dose, Give, GivenDrug, Phase, Schedule
from pathwaydsl.model.wording import (
    every_in_words,
    in_words,
    number_in_words,
    quantity_in_words,
    spoken,
    strength_in_words,
    subject_label,
)
from pathwaydsl.text.suggestion import listed

_ROUTES = {"PO": "by mouth"}
_TIMES = {1: "once", 2: "twice", 3: "three times", 4: "four times"}


def amount_in_words(dose: Dose) -> str:
    """`75 mg/m2`, `AUC 6`."""
    if dose.auc:
        return f"AUC {number_in_words(dose.amount.number)}"
    return quantity_in_words(dose.amount)


def dose_in_words(phase: Phase) -> str:
    """The amount with its route, if one is written: `840 mg IV`, `125 mg by mouth`."""
    amount = amount_in_words(phase.dose)
    if phase.route is None:
        return amount
    return f"{amount} {_ROUTES.get(phase.route, phase.route)}"


def schedule_in_words(schedule: Schedule) -> str:
    """How often: `every 3 weeks`, `twice daily on days 1 to 14 of each 21-day cycle`."""
    return " ".join(part for part in (_frequency(schedule), _days(schedule)) if part)


def _frequency(schedule: Schedule) -> str:
    if schedule.times == 0:
        return "once"
    every = schedule.every
    if every is None:
        return ""
    often = _TIMES.get(schedule.times, f"{schedule.times} times")
    if every.unit == "days" and str(every.number) == "1":
        return "daily" if schedule.times == 1 else f"{often} daily"
    return every_in_words(every) if schedule.times == 1 else f"{often} {every_in_words(every)}"


def _days(schedule: Schedule) -> str:
    days = schedule.days
    if not days:
        return ""
    if schedule.day_range and len(days) > 1:
        said = f"days {days[0]} to {days[-1]}"
    else:
        said = f"{'day' if len(days) == 1 else 'days'} {listed((str(day) for day in days), 'and')}"
    cycle = f" of each {schedule.cycle}-day cycle" if schedule.cycle is not None else ""
    return f"on {said}{cycle}"


def duration_in_words(phase: Phase) -> str:
    """`for 6 cycles`, `for at least 6 cycles`; empty where none is written."""
    if phase.lasts is None:
        return ""
    least = "at least " if phase.at_least else ""
    return f"for {least}{quantity_in_words(phase.lasts)}"


def phase_in_words(phase: Phase) -> str:
    """`75 mg/m2 IV every 3 weeks for at least 6 cycles`."""
    parts = (dose_in_words(phase), schedule_in_words(phase.schedule), duration_in_words(phase))
    return " ".join(part for part in parts if part)


def drug_label(drug: str, library: Library) -> str:
    """The label of a drug by its id."""
    found = library.drug.get(drug)
    return found.label if found is not None else spoken(drug)


def given_in_words(given: GivenDrug, library: Library) -> str:
    """One drug with its phases: `pertuzumab 840 mg IV once, then 420 mg every 3 weeks`."""
    phases = ", then ".join(phase_in_words(phase) for phase in given.phases)
    return f"{drug_label(given.drug, library)} {phases}".rstrip()


def give_in_words(give: Give, library: Library) -> str:
    """One `give` line, with for whom it holds and when it stops."""
    said = "; or ".join(given_in_words(given, library) for given in give.drugs)
    if len(give.drugs) > 1:
        said = f"one of: {said}"
    if give.when is not None:
        said = f"{said}, if {in_words(give.when, library)}"
    return f"{said}, until {give.until}" if give.until is not None else said


def monitoring_in_words(monitoring: Monitoring, library: Library) -> str:
    """`LVEF every 12 weeks for 1 year, then every 6 months`."""
    what = monitoring.text
    if what is None:
        what = subject_label(monitoring.criterion or "", library)
    return f"{what} {', then '.join(_stage(stage) for stage in monitoring.stages)}"


def _stage(stage: MonitoringStage) -> str:
    lasts = f" for {quantity_in_words(stage.lasts)}" if stage.lasts is not None else ""
    return f"{every_in_words(stage.every)}{lasts}"


def against_in_words(against: AdviseAgainst, library: Library) -> str:
    """`Strong recommendation against docetaxel`."""
    return f"{strength_in_words(against.strength)} against {against_label(against, library)}"


def against_label(against: AdviseAgainst, library: Library) -> str:
    """What is advised against, in words."""
    if against.text is not None:
        return against.text
    if against.regimen is not None:
        found = library.regimen.get(against.regimen)
        return found.label if found is not None else spoken(against.regimen)
    return drug_label(against.drug or "", library)


def rating_in_words(rating: Rating, library: Library) -> str:
    """`GRADE: high certainty`: the scheme by its label, each level by its own."""
    scheme = library.scheme.get(rating.scheme)
    if scheme is None:
        return f"{spoken(rating.scheme)}: {', '.join(rating.levels)}"
    labels = []
    for index, level_id in enumerate(rating.levels):
        axis = scheme.axes[index] if index < len(scheme.axes) else None
        level = axis.level(level_id) if axis is not None else None
        labels.append(level.label if level is not None else level_id)
    return f"{scheme.label}: {', '.join(labels)}"
