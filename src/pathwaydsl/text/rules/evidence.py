"""PW4: evidence and safety.

What follows from who arrives where stands in `logic` and `reaching`.
"""

from pathwaydsl.text.finding import Severity
from pathwaydsl.text.rules.examples import changed, flow
from pathwaydsl.text.rules.logic import EVIDENCE as ARRIVING
from pathwaydsl.text.rules.reaching import ALTERNATIVES, DIRECTIONS
from pathwaydsl.text.rules.rule import Rule

ERROR = Severity.ERROR
WARNING = Severity.WARNING

_STUDY = """
evidence study "A study" {
  kind trial
  trial NCT00567190
  published 2020
  outcome survival "Overall survival" {
    arm "new" 56.5 months ci 49.3..60.1 months
    arm "old" 40.8 months events 168 of 402
    hazard-ratio 0.68 ci 0.56..0.84
    p 0.0002 two-sided
    cite doi:10.1056/NEJMoa1413513, pmid:25693012
  }
}
"""

_ADVICE = """
act care "Care" {
  recommend for conditional
  rated grade low by committee
  evidence study
  then done
}

end done "Done"
"""

_GOOD = flow(_ADVICE, above=_STUDY)


def _bad(old: str, new: str) -> str:
    return changed(old, new, _GOOD)


_GRADED = flow(_ADVICE, above=_STUDY, head="grading grade")

_LATER = changed('    arm "new"', '    published 2024-06-01\n    arm "new"', _GOOD)

_DOSES = """
drug fentanyl "Fentanyl"

regimen opening "First dose" {
  give fentanyl 50 mcg IV once
}

regimen following "Second dose" {
  give fentanyl 25 mcg IV once
}
"""

_DOSES_GOOD = flow(
    """
treat care "First dose" {
  regimen opening
  then more
}

treat more "Second dose" {
  regimen following
  then done
}

end done "Done"
""",
    above=_DOSES,
)

RULES: tuple[Rule, ...] = (
    *ARRIVING,
    Rule(
        "PW410", "uncited-recommendation", WARNING,
        "A recommendation does not say what it rests on.",
        "A reader cannot tell evidence from habit.",
        changed("    evidence study\n", "", flow(_ADVICE)),
        changed("    evidence study\n", '    good-practice because "Nobody would test it"\n',
                flow(_ADVICE)),
    ),
    Rule(
        "PW411", "unrated-in-grading", ERROR,
        "A recommendation is not rated in the scheme in which its pathway grades.",
        "Readers take every recommendation of a graded pathway for graded.",
        changed("    rated grade low by committee\n", "", _GRADED), _GRADED,
    ),
    Rule(
        "PW412", "unrated", WARNING,
        "A recommendation is neither rated nor said to be ungraded.",
        "A rating that was forgotten looks the same as one that was never given.",
        _bad("    rated grade low by committee\n", ""), _GOOD,
    ),
    Rule(
        "PW413", "cited-before-publication", ERROR,
        "A pathway cites a study of which nothing was published by its date.",
        "What nobody could know then cannot have been a reason.",
        _bad("published 2020", "published 2026"), _GOOD,
    ),
    Rule(
        "PW414", "later-result", Severity.INFO,
        "A study has results from after the pathway's date.",
        "They stay out of the pathway's pages, and may be a reason for a new version.",
        changed("published 2024-06-01", "published 2025-06-01", _LATER), _LATER,
    ),
    Rule(
        "PW415", "retracted", ERROR,
        "Something rests on evidence that was retracted.",
        "Its results may be wrong.",
        _bad("  published 2020\n", "  published 2020\n  retracted 2023-04-01\n"), _GOOD,
    ),
    *DIRECTIONS,
    Rule(
        "PW420", "reversed-interval", ERROR,
        "The lower bound of an interval lies above its upper bound.",
        "The two were swapped, or one of them was mistyped.",
        _bad("0.56..0.84", "0.84..0.56"), _GOOD,
    ),
    Rule(
        "PW421", "estimate-outside-interval", ERROR,
        "An estimate lies outside its own interval.",
        "One of the three numbers was mistyped.",
        _bad("hazard-ratio 0.68", "hazard-ratio 0.86"), _GOOD,
    ),
    Rule(
        "PW422", "ratio-not-positive", ERROR,
        "A ratio, or a bound of its interval, is not above 0.",
        "No ratio can be; most likely a difference is meant.",
        _bad("0.56..0.84", "-0.56..0.84"), _GOOD,
    ),
    Rule(
        "PW423", "more-events-than-patients", ERROR,
        "More patients had an event than there were.",
        "The two numbers were swapped, or one of them was mistyped.",
        _bad("168 of 402", "402 of 168"), _GOOD,
    ),
    Rule(
        "PW424", "impossible-p", ERROR,
        "A p-value lies outside 0 to 1.",
        "A decimal point is missing, most likely.",
        _bad("p 0.0002", "p 2"), _GOOD,
    ),
    *ALTERNATIVES,
    Rule(
        "PW430", "malformed-doi", ERROR,
        "A DOI does not have the form of one.",
        "The link on the page would lead nowhere.",
        _bad("doi:10.1056/", "doi:1056/"), _GOOD,
    ),
    Rule(
        "PW431", "malformed-pmid", ERROR,
        "A PubMed number does not have the form of one.",
        "The link on the page would lead nowhere, or to another paper.",
        _bad("pmid:25693012", "pmid:PM25693012"), _GOOD,
    ),
    Rule(
        "PW432", "malformed-trial-id", ERROR,
        "A trial id does not have the form its registry gives it.",
        "Nobody would find the trial.",
        _bad("NCT00567190", "nct:NCT0056719"), _GOOD,
    ),
    Rule(
        "PW433", "mg-and-mcg", WARNING,
        "One drug is dosed in milligrams in one place and in micrograms in another.",
        "The two are misread for one another, a thousandfold.",
        changed("25 mcg", "0.025 mg", _DOSES_GOOD), _DOSES_GOOD,
    ),
    Rule(
        "PW440", "unused-definition", WARNING,
        "Nothing uses a definition.",
        "Most often it was meant to be used and something else stands in its place.",
        changed("    evidence study\n", '    extrapolates because "From care of adults"\n', _GOOD),
        _GOOD,
    ),
)  # fmt: skip
