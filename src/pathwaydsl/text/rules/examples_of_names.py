"""The files that examples of rules about names and answers are made from."""

from pathwaydsl.text.rules.examples import changed, flow

MEANS = "hr is positive or lvef < 50 % or pregnant or sites includes brain"
CRITERIA = f"""pathwaydsl 1

criterion hr "Hormone receptors" {{
  one of positive "positive", low "low", negative "negative"
  may be unknown
}}

criterion lvef "LVEF" {{
  number 0..100 %
}}

criterion pregnant "Pregnant" {{
  yes or no
}}

criterion sites "Sites of metastases" {{
  any of brain "brain", liver "liver"
}}

condition group "In the group" means {MEANS}
"""


def group(means: str) -> str:
    """The criteria with another condition over them."""
    return changed(MEANS, means, CRITERIA)


REGIMEN = """pathwaydsl 1

drug docetaxel "Docetaxel"
drug paclitaxel "Paclitaxel"

regimen taxane "A taxane" {
  give docetaxel 75 mg/m2 IV every 3 weeks
  give paclitaxel 80 mg/m2 IV on days 1, 8, 15 of 21
}
"""
CHOICE = changed(
    "  give docetaxel 75 mg/m2 IV every 3 weeks\n"
    "  give paclitaxel 80 mg/m2 IV on days 1, 8, 15 of 21\n",
    "  give one of docetaxel 75 mg/m2 every 3 weeks, paclitaxel 80 mg/m2 weekly\n",
    REGIMEN,
)
SCORE = """pathwaydsl 1

criterion stroke "Stroke before" {
  yes or no
}

score risk "Risk of a stroke" {
  2 points when stroke
}
"""
GAP = """pathwaydsl 1

gap early-relapse "What after an early relapse?" {
  kind prior-exposure
  question {
    population "Adults with an early relapse"
    intervention "Any first line"
    comparator "The usual first line"
    outcome "Survival"
  }
  priority high
  status open
  raised 2025-01-01
}
"""
ACT = """
act care "Care" {
  good-practice because "Care helps"
  monitor "Weight" every 3 weeks
  then done
}

end done "Done"
"""
RATED = """
act care "Care" {
  recommend for strong
  good-practice because "Care helps"
  rated grade high by committee
  then done
}

end done "Done"
"""
CHOOSE = """
choose way "Which way?" {
  option care "Care"
  option done "No care"
}

act care "Care" {
  then done
}

end done "Done"
"""
CASE = """
case "Wants care" {
  at way choose care
  expect care
}
"""
CASED = flow(CHOOSE, start="way") + CASE
LIBRARY = 'pathwaydsl 1\n\ncriterion frail "Frail" {\n  yes or no\n}\n'
USES = 'pathwaydsl 1\n\nuse "library.pathway"\n\ncondition unfit "Unfit" means frail\n'
CIRCLE = 'pathwaydsl 1\n\nuse "library.pathway"\n\ncriterion old "Old" {\n  yes or no\n}\n'
USED = (("library.pathway", LIBRARY),)
