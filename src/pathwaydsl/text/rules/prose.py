"""PW8: prose and labels."""

from pathwaydsl.text.finding import Severity
from pathwaydsl.text.rules.examples import GOOD, changed
from pathwaydsl.text.rules.rule import Rule

ERROR = Severity.ERROR
WARNING = Severity.WARNING

_LONG = (
    "Care on the ward or at home, as the patient likes, with visits every week and a call in "
    "between"
)
_RATIONALE = changed(
    '  act care "Care" {\n',
    '  act care "Care" {\n    rationale "See [the manual](https://example.org)."\n',
)

_VISIT = """  act care "Care" {
    then visit
  }

  act visit "Visit" {
    then done
  }
"""
_CARE = """  act care "Care" {
    then done
  }
"""
_TWO_BOXES = changed(_CARE, _VISIT)

RULES: tuple[Rule, ...] = (
    Rule(
        "PW801", "missing-label", ERROR,
        "Something that readers see has no label.",
        "Pages and flowcharts would show its name instead.",
        changed('act care "Care"', "act care"), GOOD,
    ),
    Rule(
        "PW802", "empty-label", ERROR,
        "A label is empty.",
        "A box without words says nothing.",
        changed('act care "Care"', 'act care ""'), GOOD,
    ),
    Rule(
        "PW803", "long-label", WARNING,
        "A label is longer than 80 characters.",
        "It makes a box that nobody can read at a glance.",
        changed('act care "Care"', f'act care "{_LONG}"'), GOOD,
    ),
    Rule(
        "PW804", "shared-label", WARNING,
        "Two boxes of a pathway have the same label.",
        "In a flowchart or a list nobody could tell them apart.",
        changed('visit "Visit"', 'visit "Care"', _TWO_BOXES), _TWO_BOXES,
    ),
    Rule(
        "PW805", "label-repeats-name", WARNING,
        "A label is the same as the name.",
        "Names are for the file; labels are for people.",
        changed('visit "Visit"', 'home-visit "home-visit"',
                _TWO_BOXES.replace("then visit", "then home-visit")),
        _TWO_BOXES,
    ),
    Rule(
        "PW806", "raw-html", WARNING,
        "A text holds HTML.",
        "Pages show it as it is written; it has no effect.",
        changed("[the manual](https://example.org)", "<b>the manual</b>", _RATIONALE), _RATIONALE,
    ),
    Rule(
        "PW807", "unsafe-link", ERROR,
        "A link leads to a script, a file or embedded content.",
        "Whoever follows it would run or open something other than a page.",
        changed("https://example.org", "javascript:alert(1)", _RATIONALE), _RATIONALE,
        suppressible=False,
    ),
    Rule(
        "PW808", "control-character", ERROR,
        "A text holds a control character.",
        "It cannot be shown, and may hide or move what stands beside it.",
        changed("See [", "See\\u{7} [", _RATIONALE), _RATIONALE,
    ),
    Rule(
        "PW809", "missing-population", WARNING,
        "A pathway does not describe its population.",
        "The first thing a reader asks is whether the pathway is for their patient.",
        changed('  population "Adults"\n', ""), GOOD,
    ),
    Rule(
        "PW810", "figures-in-prose", WARNING,
        "A text holds a study's figures.",
        "There they have no source, are not compared between versions, and stay when the study "
        "is corrected.",
        changed("See [the manual](https://example.org).", "It helped: HR 0.62.", _RATIONALE),
        _RATIONALE,
    ),
)  # fmt: skip
