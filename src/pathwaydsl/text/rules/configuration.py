"""The rules about `pathwaydsl.toml` and the baseline; they belong to the theme of reading."""

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
    Rule(
        code="PW133",
        name="bad-baseline",
        severity=Severity.ERROR,
        summary="The baseline, or an entry of it, cannot be read or is not allowed.",
        why=(
            "A baseline says which findings do not count. One that was changed by hand or by a "
            "merge could hide a finding that nobody has seen, so what is not plain in it is not "
            "used."
        ),
        bad=_PATHWAY,
        good=_PATHWAY,
        files=(("pathwaydsl-baseline.toml", "format = 1\nfindings = []\n"),),
        suppressible=False,
    ),
    Rule(
        code="PW134",
        name="stale-baseline",
        severity=Severity.INFO,
        summary="The baseline lists findings that are gone.",
        why="As long as it lists them, they could come back without counting.",
        bad=_PATHWAY,
        good=_PATHWAY,
        files=(
            (
                "pathwaydsl-baseline.toml",
                (
                    'format = 1\n\n[[finding]]\nfile = "example.pathway"\nrule = "PW809"\n'
                    'message = "The pathway does not say whom it is for"\ncount = 1\n'
                    'fingerprint = "8485c3fd874c"\n'
                ),
            ),
        ),
    ),
)
