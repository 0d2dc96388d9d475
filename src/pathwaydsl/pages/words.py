"""The fixed words of pages that no other surface needs: kinds of evidence, effects, gap kinds."""

from pathwaydsl.model.wording import word_in_words

STATUS = {
    "draft": "Draft",
    "in-review": "In review",
    "published": "Published",
    "retired": "Retired",
}
"""How a pathway's status is shown."""

GAP_KIND = {
    "sequencing": "Order of treatments",
    "prior-exposure": "Prior exposure",
    "de-escalation": "De-escalation",
    "cns": "Central nervous system",
    "biomarker": "Biomarker",
    "comparative": "Comparison of options",
    "population": "Patients not studied",
    "safety": "Safety",
}
"""How the kinds of gaps that come with the language are shown."""

EVIDENCE_KIND = {
    "trial": "Randomised trial",
    "single-arm": "Single-arm trial",
    "meta-analysis": "Meta-analysis",
    "cohort": "Cohort",
    "guideline": "Guideline",
    "regulator": "Document of a regulator",
    "consensus": "Consensus",
}
"""How kinds of evidence are shown."""

ESTIMATE = {
    "hazard-ratio": "Hazard ratio",
    "odds-ratio": "Odds ratio",
    "risk-ratio": "Risk ratio",
    "difference": "Difference",
}
"""How kinds of effects are shown."""

NAMED_ORGANISATIONS = (
    "ABC4",
    "AGO",
    "ASCO",
    "Cancer Care Ontario",
    "EMA",
    "ESMO",
    "ESO",
    "FDA",
    "MAGICapp",
    "NCCN",
    "NICE",
    "SIGN",
)
"""Organisations whose name calls for the note that they do not endorse the page."""

NOT_ADVICE = (
    "This page is made from a pathway file by a tool. It is not medical advice and not a "
    "guideline, and it does not replace the judgement of those who treat the patient."
)
"""The note that stands on every page."""


def shown(word: str) -> str:
    """A word of a closed list with a capital: `under-study` is `Under study`."""
    said = word_in_words(word)
    return said[:1].upper() + said[1:]
