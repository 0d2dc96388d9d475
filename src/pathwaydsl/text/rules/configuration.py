"""The rule about `pathwaydsl.toml`; it belongs to the theme of reading."""

from pathwaydsl.text.finding import Severity
from pathwaydsl.text.rules.rule import Rule

_PATHWAY = """pathwaydsl 1

criterion pregnant "Pregnant" { yes or no }

drug trastuzumab "Trastuzumab" {
  contraindicated when pregnant because "It harms the unborn child"
}

regimen trastuzumab-alone "Trastuzumab" {
  give trastuzumab 6 mg/kg IV every 3 weeks
}

pathway example "Example" {
  version 1.0.0
  date 2025-01-01
  status draft
  population "Adults who are not pregnant"
  eligible when not pregnant
  start at treat-it

  treat treat-it "Trastuzumab" {
    regimen trastuzumab-alone
    recommend for strong
    ungraded because "It is an example"
    good-practice because "It is an example"
    then done
  }

  end done "Done"
}
"""

RULES: tuple[Rule, ...] = (
    Rule(
        code="PW131",
        name="bad-configuration",
        severity=Severity.ERROR,
        summary="A setting in `pathwaydsl.toml` is unknown or has a value it cannot have.",
        why=(
            "A misspelt setting would be silently without effect: a check you switched on would "
            "not run, or a limit you set would not hold."
        ),
        bad=_PATHWAY,
        good=_PATHWAY,
        files=(("pathwaydsl.toml", "[gaps]\nkind = []\n"),),
        suppressible=False,
    ),
)
