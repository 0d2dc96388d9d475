"""Small pathways written as text, with their cases walked."""

import pytest

from pathwaydsl.cases.judging import run_cases
from pathwaydsl.resolve import ResolveOptions, resolve
from pathwaydsl.syntax.reader import read
from pathwaydsl.text.rules.examples import flow
from pathwaydsl.text.source import Source

FILE = "example.pathway"

CRITERIA = """
criterion lvef "LVEF" {
  number 0..100 %
  may be unknown
}

criterion interval "Interval" {
  number 0..600 months
  also never "never treated"
  may be unknown
}

criterion lines "Lines" {
  whole number 0..9
}

criterion sites "Sites" {
  any of brain, liver, bone
  also none "no metastases"
}

criterion response "Response" {
  one of partial, stable, progression
  may be unknown
}

criterion pregnant "Pregnant" {
  yes or no
}

criterion fever "Fever" {
  yes or no
  may be unknown
}

condition weak "Weak heart" means lvef < 50 %

score risk "Risk" {
  2 points when lvef < 50 %
  1 points when fever
  -1 points when pregnant
}

drug trastuzumab "Trastuzumab"

drug docetaxel "Docetaxel"

drug paclitaxel "Paclitaxel"

regimen both "Trastuzumab and docetaxel" {
  give trastuzumab 6 mg/kg every 3 weeks
  give docetaxel 75 mg/m2 every 3 weeks
}

regimen alone "Trastuzumab alone" {
  give trastuzumab 6 mg/kg every 3 weeks
}

gap unclear "Unclear" {
  status open
}
"""


@pytest.fixture(scope="session")
def pathway_of():
    """A pathway from the text of its boxes and cases."""

    def made(boxes, cases="", *, start="look", eligible="everyone", head=""):
        text = flow(boxes, start=start, above=CRITERIA, head=head)
        text = text.replace("eligible everyone", f"eligible {eligible}") + "\n" + cases
        read_file = read(Source(FILE, text))
        resolved = resolve({FILE: read_file.value}, {}, ResolveOptions())
        errors = [*read_file.findings, *resolved.findings]
        assert [f.message for f in errors if f.severity == "error"] == []
        return resolved.value[FILE].pathway

    return made


@pytest.fixture(scope="session")
def results_of(pathway_of):
    """How the cases of a pathway go."""

    def ran(boxes, *cases, **head):
        written = "\n".join(
            f'case "Case {number}" {{\n{case}\n}}\n' for number, case in enumerate(cases, 1)
        )
        return run_cases(pathway_of(boxes, written, **head))

    return ran


@pytest.fixture(scope="session")
def passes(results_of):
    """Whether each case passes."""
    return lambda *given, **head: [result.passed for result in results_of(*given, **head)]
