"""Identifiers of publications and trials: do they have the form their registry gives them."""

import re
from collections.abc import Iterator, Mapping

from pathwaydsl.checks.review import Review
from pathwaydsl.model.evidence import TrialId
from pathwaydsl.model.values import Code
from pathwaydsl.text.finding import Finding
from pathwaydsl.text.rules import finding

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_PMID = re.compile(r"[1-9]\d{0,8}")
_PMCID = re.compile(r"PMC[1-9]\d{0,8}")

TRIAL_REGISTRIES: Mapping[str, tuple[re.Pattern[str], str]] = {
    "nct": (re.compile(r"NCT\d{8}"), "NCT and eight digits, as NCT00567190"),
    "eudract": (re.compile(r"\d{4}-\d{6}-\d{2}"), "as 2012-002556-17"),
    "euct": (re.compile(r"\d{4}-\d{6}-\d{2}-\d{2}"), "as 2023-505141-14-00"),
    "isrctn": (re.compile(r"(?:ISRCTN)?\d{8}"), "eight digits, as 12345678"),
    "umin": (re.compile(r"(?:UMIN)?\d{9}"), "nine digits, as UMIN000012345"),
    "chictr": (re.compile(r"ChiCTR[A-Za-z0-9-]+"), "as ChiCTR2000012345"),
}
"""Registries whose ids have a known form, and that form in words."""


def identifiers(review: Review) -> Iterator[Finding]:
    """DOI, PMID and trial ids are well formed; schemes not known here are left alone."""
    for parts in review.contents.values():
        for part in parts:
            match part.value:
                case Code(scheme="doi", value=value) if not _DOI.fullmatch(value):
                    yield finding(
                        "PW430",
                        f"`{value}` is not a DOI",
                        part.place,
                        help="A DOI begins with `10.`, a number and `/`, as "
                        "`doi:10.1056/NEJMoa1113216`",
                    )
                case Code(scheme="pmid", value=value) if not _PMID.fullmatch(value):
                    yield finding(
                        "PW431",
                        f"`{value}` is not a PubMed number",
                        part.place,
                        help="A PubMed number is digits alone, as `pmid:22149875`",
                    )
                case Code(scheme="pmcid", value=value) if not _PMCID.fullmatch(value):
                    yield finding(
                        "PW431",
                        f"`{value}` is not a PubMed Central number",
                        part.place,
                        help="It is PMC and digits, as `pmcid:PMC7360146`",
                    )
                case TrialId(registry=registry, value=value) | Code(scheme=registry, value=value):
                    form = TRIAL_REGISTRIES.get(registry)
                    if form is not None and not form[0].fullmatch(value):
                        yield finding(
                            "PW432",
                            f"`{value}` is not an id of the registry `{registry}`",
                            part.place,
                            help=f"Its ids are {form[1]}",
                        )
                case _:
                    pass
