"""PW5: evidence gaps."""

from pathwaydsl.text.finding import Severity
from pathwaydsl.text.rules.examples import changed, flow
from pathwaydsl.text.rules.rule import Rule

ERROR = Severity.ERROR
WARNING = Severity.WARNING

_QUESTION = """  question {
    population "Adults who were cared for at home"
    intervention "A visit every week"
    comparator "A visit every month"
    outcome "Quality of life"
  }
"""

_STATEMENTS = f"""  kind comparative
{_QUESTION}  priority high
  status open
  raised 2024-11-01
"""

_STUDY = """evidence study "A study" {
  kind trial
  published 2020
}
"""

_CARE = """act care "Care" {
  good-practice because "Nobody would test it"
  flags how-often
  then done
}

end done "Done"
"""

_GAP = f'gap how-often "How often should we visit?" {{\n{_STATEMENTS}}}\n'

_GOOD = flow(_CARE, above=_GAP)


def _bad(old: str, new: str) -> str:
    return changed(old, new, _GOOD)


_ANSWERED = flow(
    _CARE,
    above=_STUDY
    + "\n"
    + _GAP.replace("status open", "status answered\n  answered by study on 2024-12-01"),
)

RULES: tuple[Rule, ...] = (
    Rule(
        "PW501", "gap-without-question", WARNING,
        "A gap has no question.",
        "Only a question can be studied and answered.",
        _bad(_QUESTION, ""), _GOOD,
    ),
    Rule(
        "PW502", "gap-without-kind", WARNING,
        "A gap does not say of what kind it is.",
        "The register sorts gaps by kind.",
        _bad("  kind comparative\n", ""), _GOOD,
    ),
    Rule(
        "PW503", "gap-without-priority", WARNING,
        "A gap does not say how much it matters.",
        "Without it nobody can tell what to study first.",
        _bad("  priority high\n", ""), _GOOD,
    ),
    Rule(
        "PW504", "gap-without-status", WARNING,
        "A gap does not say whether it is open, under study, answered or withdrawn.",
        "A reader cannot tell whether the advice still waits for an answer.",
        _bad("  status open\n", ""), _GOOD,
    ),
    Rule(
        "PW505", "gap-without-date", WARNING,
        "A gap does not say when it was raised.",
        "How long a question has been open is part of its story.",
        _bad("  raised 2024-11-01\n", ""), _GOOD,
    ),
    Rule(
        "PW506", "study-not-named", ERROR,
        "A gap is under study, but not by whom.",
        "Whoever looks for the study cannot find it.",
        _bad("status open", "status under-study"),
        changed("status open", "status under-study\n  studied by NCT00567190", _GOOD),
    ),
    Rule(
        "PW507", "answer-not-named", ERROR,
        "A gap is answered, but not by what.",
        "An answer without its evidence is an opinion.",
        _bad("status open", "status answered"), _ANSWERED,
    ),
    Rule(
        "PW508", "review-overdue", WARNING,
        "The day by which a gap was to be looked at again has passed.",
        "It may have been answered since.",
        _bad("  raised 2024-11-01\n", "  raised 2024-11-01\n  review by 2024-12-31\n"), _GOOD,
    ),
    Rule(
        "PW509", "unused-gap", WARNING,
        "A gap is pinned nowhere, and no way leads to it.",
        "No reader of a pathway would learn of it.",
        _bad("    flags how-often\n", ""), _GOOD,
    ),
    Rule(
        "PW510", "answer-not-taken", WARNING,
        "A gap has an answer but is not called answered.",
        "The register would still ask for studies.",
        changed("status answered", "status open", _ANSWERED), _ANSWERED,
    ),
)  # fmt: skip
