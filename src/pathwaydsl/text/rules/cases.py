"""PW7: patient cases. What is wrong in how a case is written is found among the names."""

from pathwaydsl.text.finding import Severity
from pathwaydsl.text.rules.examples import changed, flow
from pathwaydsl.text.rules.rule import Rule

_GOOD = (
    flow(
        """
assess look "Look" {
  measures lvef
  then heart
}

decide heart "Can the heart carry the treatment?" {
  when lvef >= 50 % -> care
  when lvef < 50 % -> cardiology
}

act care "Care" {
  good-practice because "An example"
  then done
}

act cardiology "See cardiology" {
  good-practice because "An example"
  then done
}

end done "Done"
""",
        start="look",
        above="""
criterion lvef "LVEF" {
  number 0..100 %
}

criterion age "Age" {
  number 0..120 years
}
""",
    ).replace("  eligible everyone\n", "  eligible when age >= 18 years\n")
    + """
case "A healthy heart" {
  given age = 60 years, lvef = 62 %
  expect only care then done
}
"""
)

_FEVER = changed(
    'criterion age "Age"',
    'criterion fever "Fever" {\n  yes or no\n}\n\ncriterion age "Age"',
    _GOOD,
)

_LOOK = "  at look given lvef = 60 %\n"

RULES: tuple[Rule, ...] = (
    Rule(
        "PW701", "case-failed", Severity.ERROR,
        "A patient case does not go as it expects.",
        "A case says what the authors decided for one patient; where the pathway does something "
        "else, one of the two is wrong.",
        changed("expect only care then", "expect only cardiology then", _GOOD),
        _GOOD,
        suppressible=False,
    ),
    Rule(
        "PW702", "case-about-nobody", Severity.ERROR,
        "A case gives values that no patient of the pathway has.",
        "What happens to a patient whom the pathway is not for, or who cannot exist, proves "
        "nothing about it.",
        changed("age = 60 years", "age = 16 years", _GOOD),
        _GOOD,
        suppressible=False,
    ),
    Rule(
        "PW703", "case-step-idle", Severity.WARNING,
        "A case gives something for a visit that never takes place.",
        "The patient does not go the way that the author had in mind, even where what is "
        "expected comes true.",
        changed("  expect", _LOOK + _LOOK + "  expect", _GOOD),
        changed("  expect", _LOOK + "  expect", _GOOD),
    ),
    Rule(
        "PW704", "case-value-not-asked", Severity.ERROR,
        "A case gives a value that nothing in the pathway measures, sets or asks of everyone.",
        "The value can change nothing, so the author has another criterion in mind or another "
        "pathway.",
        changed("given age = 60 years", "given age = 60 years, not fever", _FEVER),
        changed("measures lvef", "measures lvef, fever", changed(
            "given age = 60 years", "given age = 60 years, not fever", _FEVER
        )),
    ),
    Rule(
        "PW705", "case-value-twice", Severity.ERROR,
        "A case gives the value of a criterion twice from the start.",
        "Only one of the two can be meant.",
        changed("  expect", "  given lvef = 40 %\n  expect", _GOOD),
        _GOOD,
    ),
)  # fmt: skip
