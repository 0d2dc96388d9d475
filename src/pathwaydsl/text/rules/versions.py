"""PW6: versions and dates.

PW601 to PW609 are kept for what follows from comparing versions.
"""

from pathwaydsl.text.finding import Severity
from pathwaydsl.text.rules.examples import GOOD, changed, flow
from pathwaydsl.text.rules.rule import Rule

ERROR = Severity.ERROR
WARNING = Severity.WARNING

_SEARCHED = changed("  status draft\n", "  status draft\n  searched to 2024-10-31\n")
_PUBLISHED = changed("  status draft\n", "  status published\n")
_APPROVED = changed(
    "  status published\n",
    '  status published\n  approved by "The committee" on 2024-12-20\n',
    _PUBLISHED,
)
_SECOND = changed("  version 1.0.0\n", "  version 1.1.0\n  supersedes 1.0.0\n")

_ANSWERED = flow(
    """
act care "Care" {
  good-practice because "Nobody would test it"
  flags how-often
  then done
}

end done "Done"
""",
    above="""
evidence study "A study" {
  kind trial
  published 2020
}

gap how-often "How often should we visit?" {
  kind comparative
  question {
    population "Adults who were cared for at home"
  }
  priority high
  status answered
  raised 2024-11-01
  answered by study on 2024-12-01
}
""",
)

RULES: tuple[Rule, ...] = (
    Rule(
        "PW610", "missing-head-statement", ERROR,
        "A pathway has no version, no date or no status.",
        "Whoever holds a printed page must be able to tell which one it is and whether it counts.",
        changed("  status draft\n", ""), GOOD,
        suppressible=False,
    ),
    Rule(
        "PW611", "date-after-pathway", ERROR,
        "Something a pathway says was done lies after the pathway's own date.",
        "One of the two dates is wrong.",
        changed("2024-10-31", "2025-10-31", _SEARCHED), _SEARCHED,
    ),
    Rule(
        "PW612", "answered-before-raised", ERROR,
        "A gap was answered before it was raised.",
        "One of the two dates is wrong.",
        changed("raised 2024-11-01", "raised 2024-12-31", _ANSWERED), _ANSWERED,
    ),
    Rule(
        "PW613", "supersedes-not-older", ERROR,
        "A version supersedes itself or a later one.",
        "The history would run in a circle.",
        changed("supersedes 1.0.0", "supersedes 1.2.0", _SECOND), _SECOND,
    ),
    Rule(
        "PW614", "published-without-approval", WARNING,
        "A pathway is published, but nobody has approved it.",
        "Readers take what is published for approved.",
        _PUBLISHED, _APPROVED,
    ),
)  # fmt: skip
