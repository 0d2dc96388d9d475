"""Evidence gaps: what nobody knows, as a question with a life of its own."""

from attrs import frozen

from pathwaydsl.model.evidence import TrialId
from pathwaydsl.model.values import Lineage, PartialDate, written
from pathwaydsl.text.span import Span

GAP_KINDS = (
    "sequencing",
    "prior-exposure",
    "de-escalation",
    "cns",
    "biomarker",
    "comparative",
    "population",
    "safety",
)
"""Kinds of gaps that come with the language; `pathwaydsl.toml` may add words."""

GAP_PRIORITIES = ("high", "medium", "low")
GAP_STATUSES = ("open", "under-study", "answered", "withdrawn")


@frozen
class Question:
    """The question in four parts; a part not written is None."""

    population: str | None = None
    intervention: str | None = None
    comparator: str | None = None
    outcome: str | None = None


@frozen
class Study:
    """Who studies it: a registry id, or evidence by its id. Exactly one is set."""

    trial: TrialId | None = None
    evidence: str | None = None


@frozen
class Answer:
    """`answered by EVIDENCE on DATE`."""

    evidence: str
    on: PartialDate
    span: Span | None = written()


@frozen
class AdviseAgainst:
    """`advise against`: exactly one of text, regimen and drug is set; `strength` is a word."""

    strength: str
    text: str | None = None
    regimen: str | None = None
    drug: str | None = None
    span: Span | None = written()


@frozen(kw_only=True)
class Gap(Lineage):
    """An evidence gap.

    Attributes:
        then: The node patients go on to, or None when their way ends here.
    """

    id: str
    label: str
    gap_kind: str | None = None
    question: Question | None = None
    priority: str | None = None
    status: str | None = None
    studied_by: tuple[Study, ...] = ()
    answered: Answer | None = None
    owner: str | None = None
    raised: PartialDate | None = None
    review_by: PartialDate | None = None
    meanwhile: str | None = None
    then: str | None = None
    against: tuple[AdviseAgainst, ...] = ()
    span: Span | None = written()
