"""How each field of the model takes part in a comparison: the table that nothing can slip past.

A field is compared whole, part by part, or member by member, or it is waived with a reason. A
test walks the model and fails where a field has no row here.
"""

from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from pathwaydsl.model import cases, criteria, evidence, expressions, gaps, nodes, regimens, values
from pathwaydsl.model import pathway as pathways
from pathwaydsl.model import recommendations as advice


@frozen
class Whole:
    """Compared whole; `refers` names the kind of what its ids stand for, `ordered` its order."""

    refers: str | None = None
    ordered: bool = True


@frozen
class Parts:
    """A record of its own (or None), compared field by field."""


@frozen
class Members:
    """A list, compared member by member.

    Attributes:
        keys: What tells members apart, from the surest to the least sure; a member is matched
            by the first key that is its alone.
        ordered: Whether the order has a meaning, given the owner.
        refers: The kind of what the members stand for, where they are ids.
        near: Whether two members that no key matched are one, if no other is as near.
    """

    keys: tuple[Callable[[Any], object], ...] = ()
    ordered: Callable[[Any], bool] = lambda _: False
    refers: str | None = None
    near: Callable[[Any, Any], bool] | None = None


@frozen
class Waived:
    """Left out of the comparison, and why."""

    because: str


Row = Whole | Parts | Members | Waived

_WHERE = Waived("where it was written, not what it says")
_CLASS = Waived("the same for every value of its class")
_ID = Waived("told by the pair, as a new name")
_THING = Waived("compared as a thing of its own")
WHOLE = Whole()
PARTS = Parts()


def _always(_: object) -> bool:
    return True


def _in_turn(owner: Any) -> bool:
    """Whether the lines of a branch point are asked one after another."""
    return bool(getattr(owner, "first_match", True))


def by(*names: str) -> Callable[[Any], object]:
    """A key made of some fields of a member."""
    return lambda member: tuple(getattr(member, name) for name in names)


def _share_a_drug(give: regimens.Give, other: regimens.Give) -> bool:
    return not {one.drug for one in give.drugs}.isdisjoint(one.drug for one in other.drugs)


def _said_alike(one: gaps.AdviseAgainst, other: gaps.AdviseAgainst) -> bool:
    """Whether two advices in words share at least half of their words."""
    words, others = ({*(advice.text or "").lower().split()} for advice in (one, other))
    return bool(words and others) and 2 * len(words & others) >= len(words | others)


_LINEAGE: Mapping[str, Row] = {"rationale": WHOLE, "was": WHOLE, "replaces": Whole(ordered=False)}
_DEFINITION: Mapping[str, Row] = {**_LINEAGE, "id": _ID, "label": WHOLE, "span": _WHERE}
_NODE: Mapping[str, Row] = {**_DEFINITION, "kind": _CLASS, "recommendation": PARTS}
_BRANCHES = Members(
    (by("role", "when", "label"), by("role", "when"), by("role", "label", "target"),
     by("role", "target"), by("label"), by("role")),
    _in_turn,
)  # fmt: skip
_OPTIONS = Members((by("target", "when"), by("target"), by("label", "when")), _always)
_POSITIONS = Members((by("who", "says"), by("who")))
_CITES = Members()
_AGAINST = Members((by("regimen", "drug", "text"), by("regimen", "drug")), near=_said_alike)
_CODES = Members()
_VALUES = Members((by("id"),), _always)
_WARNINGS = Members((by("when"), by("because")))
_TARGET = Whole("node")
_WHEN = WHOLE
_SET = Members((by("criterion"),))
_MONITORING = Members((by("criterion", "text"),))

FIELDS: Mapping[type, Mapping[str, Row]] = {
    # The head, and what stands beside the flow
    pathways.Pathway: {
        **_DEFINITION,
        "id": WHOLE,
        "file": Waived("where it was written, not what it says"),
        "version": WHOLE, "date": WHOLE, "status": WHOLE, "supersedes": WHOLE,
        "population": WHOLE, "eligible": WHOLE, "eligible_stated": WHOLE,
        "start": Whole("node"), "grading": Whole("scheme"), "searched_to": WHOLE,
        "license": WHOLE, "authors": Members((by("name"),)),
        "approvals": Members((by("by", "on"), by("by"))), "change_note": WHOLE,
        "impossible": _THING, "nodes": _THING, "durings": _THING, "cases": _THING,
        "library": _THING,
    },
    pathways.Author: {"name": WHOLE, "role": WHOLE, "interests": WHOLE},
    pathways.Approval: {"by": WHOLE, "on": WHOLE, "span": _WHERE},
    pathways.Library: dict.fromkeys(
        ("criteria", "conditions", "scores", "impossible", "drugs", "regimens", "evidence",
         "schemes", "gaps"),
        _THING,
    ),
    pathways.Document: {
        name: Waived("a file, not a part of a pathway")
        for name in ("file", "library", "own", "pathway")
    },
    # Nodes
    nodes.Assess: {**_NODE, "measures": Members(refers="criterion"), "within": PARTS,
                   "then": _TARGET},
    nodes.Decide: {**_NODE, "branches": _BRANCHES, "first_match": WHOLE,
                   "positions": _POSITIONS},
    nodes.Choose: {**_NODE, "options": _OPTIONS, "with_patient": WHOLE,
                   "considerations": Members()},
    nodes.Treat: {**_NODE, "regimen": Whole("regimen"), "monitoring": _MONITORING,
                  "within": PARTS, "sets": _SET, "then": _TARGET},
    nodes.Act: {**_NODE, "monitoring": _MONITORING, "within": PARTS, "sets": _SET,
                "then": _TARGET},
    nodes.Together: {**_NODE, "strands": Members(refers="node"), "then": _TARGET},
    nodes.Enter: {**_NODE, "pathway": WHOLE, "version": WHOLE, "sets": _SET},
    nodes.GapNode: {**_NODE, "gap": _THING},
    nodes.End: _NODE,
    nodes.During: {**_LINEAGE, "nodes": Members(refers="node"), "branches": _BRANCHES,
                   "span": _WHERE},
    nodes.Assignment: {"criterion": Whole("criterion"), "named": WHOLE,
                       "members": Whole(ordered=False), "number": WHOLE, "truth": WHOLE,
                       "unknown": WHOLE, "span": _WHERE},
    nodes.Within: {"quantity": WHOLE, "of": _TARGET, "span": _WHERE},
    nodes.Branch: {"target": _TARGET, "when": _WHEN, "role": WHOLE, "label": WHOLE,
                   "flags": Members(refers="node"), "span": _WHERE},
    nodes.Option: {"target": _TARGET, "label": WHOLE, "preferred": WHOLE, "when": _WHEN,
                   "span": _WHERE},
    # Recommendations
    advice.Recommendation: {
        "strength": WHOLE, "against": _AGAINST,
        "ratings": Members((by("scheme", "by"), by("scheme"))),
        "ungraded": WHOLE, "good_practice": WHOLE, "evidence": Members(refers="evidence"),
        "extrapolates": WHOLE, "balance": PARTS, "positions": _POSITIONS, "vote": WHOLE,
        "dissent": WHOLE, "flags": Members(refers="node"), "span": _WHERE,
    },
    advice.Rating: {"scheme": Whole("scheme"), "levels": WHOLE, "by": Whole("evidence"),
                    "span": _WHERE},
    advice.Balance: dict.fromkeys(
        ("benefits", "harms", "values", "cost", "equity", "feasibility", "favours"), WHOLE
    ),
    advice.Vote: {"in_favour": WHOLE, "against": WHOLE, "abstain": WHOLE, "share": WHOLE,
                  "span": _WHERE},
    advice.Monitoring: {"stages": WHOLE, "criterion": Whole("criterion"), "text": WHOLE,
                        "span": _WHERE},
    advice.MonitoringStage: {"every": WHOLE, "lasts": WHOLE},
    # Gaps
    gaps.Gap: {
        **_DEFINITION, "gap_kind": WHOLE, "question": PARTS, "priority": WHOLE, "status": WHOLE,
        "studied_by": Members(), "answered": PARTS, "owner": WHOLE, "raised": WHOLE,
        "review_by": WHOLE, "meanwhile": WHOLE, "then": _TARGET, "against": _AGAINST,
    },
    gaps.Question: dict.fromkeys(("population", "intervention", "comparator", "outcome"), WHOLE),
    gaps.Study: {"trial": WHOLE, "evidence": Whole("evidence")},
    gaps.Answer: {"evidence": Whole("evidence"), "on": WHOLE, "span": _WHERE},
    gaps.AdviseAgainst: {"strength": WHOLE, "text": WHOLE, "regimen": Whole("regimen"),
                         "drug": Whole("drug"), "span": _WHERE},
    # Criteria and what is made of them
    criteria.Criterion: {**_DEFINITION, "domain": PARTS, "also": _VALUES,
                         "may_be_unknown": WHOLE, "codes": _CODES, "prognostic": WHOLE,
                         "positions": _POSITIONS},
    criteria.OneOf: {"values": _VALUES, "kind": _CLASS},
    criteria.AnyOf: {"values": _VALUES, "kind": _CLASS},
    criteria.YesNo: {"kind": _CLASS},
    criteria.NumberRange: {"low": WHOLE, "high": WHOLE, "unit": WHOLE, "whole": WHOLE,
                           "kind": _CLASS},
    criteria.Value: {"id": WHOLE, "label": WHOLE, "span": _WHERE},
    criteria.Condition: {**_DEFINITION, "means": WHOLE},
    criteria.Score: {**_DEFINITION, "parts": Members((by("when"), by("points"))),
                     "source": Whole("evidence")},
    criteria.Points: {"points": WHOLE, "when": _WHEN, "span": _WHERE},
    criteria.Impossible: {**_LINEAGE, "when": WHOLE, "because": WHOLE, "span": _WHERE},
    # Drugs and regimens
    regimens.Drug: {**_DEFINITION, "codes": _CODES, "classes": Members(),
                    "contraindications": _WARNINGS, "cautions": _WARNINGS},
    regimens.Warning_: {"when": _WHEN, "because": WHOLE, "cites": _CITES, "span": _WHERE},
    regimens.Regimen: {
        **_DEFINITION,
        "gives": Members((
            lambda give: (tuple(given.drug for given in give.drugs), give.when),
            lambda give: tuple(given.drug for given in give.drugs),
        ), near=_share_a_drug),
        "notes": Members(), "codes": _CODES,
    },
    regimens.Give: {"drugs": Members((by("drug"),)), "until": WHOLE, "when": _WHEN,
                    "span": _WHERE},
    regimens.GivenDrug: {"drug": Whole("drug"),
                         "phases": Members((by("dose", "schedule"), by("route")), _always),
                         "span": _WHERE},
    regimens.Phase: {"dose": WHOLE, "schedule": WHOLE, "route": WHOLE, "lasts": WHOLE,
                     "at_least": WHOLE, "span": _WHERE},
    regimens.Dose: {"amount": WHOLE, "auc": WHOLE},
    regimens.Schedule: dict.fromkeys(("times", "every", "days", "cycle", "day_range"), WHOLE),
    # Evidence
    evidence.Evidence: {
        **_DEFINITION, "kind": WHOLE, "trial": WHOLE, "phase": WHOLE, "enrolled": WHOLE,
        "published": WHOLE, "compares": WHOLE, "eligible": WHOLE,
        "outcomes": Members((by("id", "published"), by("id"))), "cites": _CITES,
        "retracted": WHOLE,
    },
    evidence.Result: {
        **_DEFINITION, "id": WHOLE, "harm": WHOLE, "published": WHOLE, "assessed_by": WHOLE,
        "clock_from": WHOLE, "arms": Members((by("name"),), _always), "events": WHOLE,
        "estimate": WHOLE, "p": WHOLE, "follow_up": WHOLE, "immature": WHOLE,
        "descriptive": WHOLE, "exploratory": WHOLE, "certainty": PARTS, "notes": Members(),
        "cites": _CITES,
    },
    evidence.Arm: {"name": WHOLE, "value": WHOLE, "interval": WHOLE, "unit": WHOLE,
                   "events": WHOLE, "span": _WHERE},
    evidence.Certainty: {"level": WHOLE, "because": WHOLE, "scheme": Whole("scheme"),
                         "span": _WHERE},
    evidence.Scheme: {**_DEFINITION, "axes": Members((by("id"),), _always), "built_in": WHOLE},
    evidence.Axis: {"id": WHOLE, "levels": _VALUES, "span": _WHERE},
    evidence.Level: {"id": WHOLE, "label": WHOLE, "span": _WHERE},
    evidence.Bound: {"number": WHOLE},
    evidence.Interval: {"low": WHOLE, "high": WHOLE},
    evidence.Events: {"count": WHOLE, "total": WHOLE, "span": _WHERE},
    evidence.Estimate: {"kind": WHOLE, "value": WHOLE, "interval": WHOLE, "unit": WHOLE,
                        "span": _WHERE},
    evidence.PValue: {"value": WHOLE, "below": WHOLE, "sides": WHOLE, "span": _WHERE},
    evidence.TrialId: {"registry": WHOLE, "value": WHOLE, "span": _WHERE},
    # Cases
    cases.Case: {"label": WHOLE, "steps": WHOLE, "expects": WHOLE, "span": _WHERE},
    cases.Given: {"assignments": Whole(ordered=False), "at": _TARGET, "during": _TARGET,
                  "span": _WHERE},
    cases.Chosen: {"at": _TARGET, "option": _TARGET, "span": _WHERE},
    cases.Expect: {"form": WHOLE, "nodes": Whole("node"), "missing": Whole("criterion"),
                   "span": _WHERE},
    # Expressions: compared whole, as regions
    expressions.And: {"parts": Whole(ordered=False), "kind": _CLASS, "span": _WHERE},
    expressions.Or: {"parts": Whole(ordered=False), "kind": _CLASS, "span": _WHERE},
    expressions.Not: {"part": WHOLE, "kind": _CLASS, "span": _WHERE},
    expressions.AtLeast: {"count": WHOLE, "parts": Whole(ordered=False), "kind": _CLASS,
                          "span": _WHERE},
    expressions.Holds: {"criterion": Whole("criterion"), "kind": _CLASS, "span": _WHERE},
    expressions.Meets: {"condition": Whole("condition"), "kind": _CLASS, "span": _WHERE},
    expressions.IsOneOf: {"criterion": Whole("criterion"), "values": Whole(ordered=False),
                          "kind": _CLASS, "span": _WHERE},
    expressions.Includes: {"criterion": Whole("criterion"), "value": WHOLE, "kind": _CLASS,
                           "span": _WHERE},
    expressions.Compares: {"subject": Whole("measure"), "sign": WHOLE, "quantity": WHOLE,
                           "score": WHOLE, "kind": _CLASS, "span": _WHERE},
    expressions.Within: {"subject": Whole("measure"), "low": WHOLE, "high": WHOLE,
                         "unit": WHOLE, "high_included": WHOLE, "score": WHOLE,
                         "kind": _CLASS, "span": _WHERE},
    expressions.IsUnknown: {"criterion": Whole("criterion"), "kind": _CLASS, "span": _WHERE},
    expressions.IsKnown: {"criterion": Whole("criterion"), "kind": _CLASS, "span": _WHERE},
    expressions.Had: {"regimen": Whole("regimen"), "drug": Whole("drug"), "kind": _CLASS,
                      "span": _WHERE},
    # Small values
    values.Quantity: {"number": WHOLE, "unit": WHOLE},
    values.PartialDate: {"year": WHOLE, "month": WHOLE, "day": WHOLE},
    values.Version: {"major": WHOLE, "minor": WHOLE, "patch": WHOLE},
    values.Code: {"scheme": WHOLE, "value": WHOLE},
    values.Citation: {"evidence": Whole("evidence"), "code": WHOLE, "span": _WHERE},
    values.Position: {"who": WHOLE, "says": WHOLE, "cites": _CITES, "span": _WHERE},
}  # fmt: skip
"""Every class of the model with every field."""
