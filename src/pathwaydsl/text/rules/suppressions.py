"""The rules about comments that allow a finding; they belong to the theme of reading."""

from pathwaydsl.text.finding import Severity
from pathwaydsl.text.rules.examples import GOOD, changed
from pathwaydsl.text.rules.rule import Rule

_NO_POPULATION = changed('  population "Adults"\n', "")
_ALLOWED = changed(
    "pathway example",
    "# allow PW809: the population is agreed on in March\npathway example",
    _NO_POPULATION,
)

RULES: tuple[Rule, ...] = (
    Rule(
        "PW127", "suppression-without-reason", Severity.ERROR,
        "A comment allows a finding without saying why.",
        "Whoever reads the file next must be able to judge whether the reason still holds.",
        changed(": the population is agreed on in March", "", _ALLOWED), _ALLOWED,
        suppressible=False,
    ),
    Rule(
        "PW128", "unused-suppression", Severity.WARNING,
        "A comment allows a finding that is not there.",
        "It would hide the finding if it came back for another reason.",
        changed("pathway example", "# allow PW809: the population is agreed on\npathway example"),
        GOOD,
        suppressible=False,
    ),
    Rule(
        "PW129", "not-suppressible", Severity.ERROR,
        "A comment allows what cannot be allowed.",
        "What concerns who gets which treatment, and what could not be read, has to be mended.",
        changed("pathway example", "# allow PW310: the start is found later\npathway example"),
        GOOD,
        suppressible=False,
    ),
    Rule(
        "PW130", "unknown-rule", Severity.ERROR,
        "A comment allows a rule that does not exist.",
        "The finding it is meant for would stay, or another rule of that name would be allowed "
        "later.",
        changed("pathway example", "# allow PW899: not needed here\npathway example"),
        GOOD,
        suppressible=False,
    ),
)  # fmt: skip
