"""The file that examples of change rules are made from, and ways to write a stretch differently."""

BASE = """pathwaydsl 1

criterion value "Value" {
  number 0..100 %
  may be unknown
  code loinc:10230-1
}
criterion stage "Stage" {
  one of early, late, far
}
criterion fit "Fit" {
  yes or no
}
criterion outlook "Outlook" {
  one of good, poor
  role prognostic because "It foretells, it does not choose"
}
condition ready "Ready" means fit and value >= 40 %
score risk "Risk" {
  1 points when stage is late
  2 points when stage is far
  source study
}
impossible when stage is far and fit because "Nobody far on is fit"

drug first-drug "First drug" {
  class "Class one"
  contraindicated when value < 20 % because "It harms" cite study
  caution when value < 30 % because "It may harm"
}
drug second-drug "Second drug"

regimen first-regimen "First regimen" {
  give first-drug 80 mg IV every 3 weeks for 6 cycles until "progression"
  give one of second-drug 10 mg daily, third-drug 5 mg daily when stage is early
  note "With food"
}
drug third-drug "Third drug"
regimen second-regimen "Second regimen" {
  give second-drug 20 mg daily
}

evidence study "Study" {
  kind trial
  trial NCT00000000 phase 3
  enrolled 200
  published 2020
  eligible when value >= 30 %
  cite doi:10.1000/study
  outcome survival "Survival" {
    published 2020
    arm "First" 12.0 months
    arm "Second" 10.0 months
    hazard-ratio 0.80 ci 0.70..0.90
    certainty moderate because "One study"
    note "Read once"
  }
}
evidence other-study "Other study" {
  kind trial
  published 2021
}

gap what-next "What comes next?" {
  kind sequencing
  question {
    population "Adults after the first regimen"
    outcome "Survival"
  }
  priority medium
  status open
  studied by other-study
  raised 2024-01-01
  review by 2026-01-01
  owner "The committee"
  meanwhile "Decide together"
}

pathway example "Example" {
  version 1.0.0
  date 2025-01-01
  status in-review
  population "Adults"
  eligible when value >= 10 %
  start at look
  grading grade
  searched to 2024-10-01
  license "CC-BY-4.0"
  author "Author One" role "Writer" interests "None"
  approved by "The board" on 2024-12-01
  change-note "First version."

  assess look "Look" {
    measures value, fit, stage, outlook
    then which
    rationale "One must look first."
  }

  decide which "Which way?" {
    first match
    when value >= 50 % and fit -> first-care "High" flags what-next
    when value < 50 % -> options
    otherwise -> second-care
    unknown -> look-again
    position "Society" says "Half is enough" cite study
  }

  assess look-again "Look again" {
    measures value
    then which
  }

  choose options "Which option?" {
    option first-care "The first" preferred
    option second-care "The second" when value >= 20 %
    option plain-care "Neither" when ready and risk <= 1 points
    decided with patient
    consider "The one is longer"
  }

  treat first-care "First care" {
    regimen first-regimen
    recommend for strong
    advise against "Waiting" strong
    rated grade moderate by study
    evidence study
    balance {
      benefits "Longer life"
      harms "Nausea"
    }
    vote for 9 against 1 abstain 0
    dissent "One would wait"
    flags what-next
    monitor value every 12 weeks
    within 2 weeks of look
    sets fit
    then both
  }

  treat second-care "Second care" {
    regimen second-regimen
    recommend for conditional
    good-practice because "Nobody would test it"
    then both
  }

  together both "Both" {
    do talk
    do letter
    then onward
  }

  act plain-care "Plain care" {
    good-practice because "It is always possible"
    then both
  }

  act talk "Talk" {
    good-practice because "People ask"
    then onward
  }

  act letter "Letter" {
    good-practice because "People forget"
    then onward
  }

  enter onward "Onward" {
    pathway example
    version 1.0.0
  }

  end done "Done"

  during first-care {
    when not fit -> done
  }
}

case "A fit patient" {
  given value = 60 %, fit, stage is early
  expect first-care
}
"""
"""By itself it says nothing of clinical worth."""


def written(old: str, new: str, base: str = BASE) -> str:
    """The base with one stretch written differently.

    Args:
        old: The stretch.
        new: What stands there instead.
        base: The file.

    Raises:
        ValueError: If the stretch does not stand in it.
    """
    if old not in base:
        raise ValueError(old)
    return base.replace(old, new, 1)
