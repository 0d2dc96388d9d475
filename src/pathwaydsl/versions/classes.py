"""Which change rule a difference of a field is told by.

`TABLE` has a row for every field that can differ; what is left out of a row falls to a rule of its
own, `detail-changed`, so that nothing is lost.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pathwaydsl.model import cases, criteria, evidence, gaps, nodes, regimens, values
from pathwaydsl.model import pathway as pathways
from pathwaydsl.model import recommendations as advice
from pathwaydsl.versions.seen import Draft, Handler, Seen, guard, one, pair
from pathwaydsl.versions.strengths import tell_certainty, tell_levels, tell_strength
from pathwaydsl.versions.telling import (
    tell_against,
    tell_at_least,
    tell_bound,
    tell_branch,
    tell_carried,
    tell_closed,
    tell_dose,
    tell_due,
    tell_evidence,
    tell_flag,
    tell_gap_answer,
    tell_gap_status,
    tell_lasts,
    tell_line,
    tell_monitored,
    tell_next,
    tell_points,
    tell_preferred,
    tell_priority,
    tell_role,
    tell_searched,
    tell_status,
    tell_to,
    tell_warned,
)
from pathwaydsl.versions.words import Speaker

_LINEAGE: dict[str, Handler] = {
    "rationale": one("rationale-changed"),
    "was": one("lineage-changed"),
    "replaces": one("lineage-changed"),
}
_DEFINITION = {**_LINEAGE, "label": one("title-changed")}
_CITES = {"cites": pair("citation-added", "citation-removed")}
_CODES = {"codes": pair("code-added", "code-removed")}
_POSITIONS = {"positions": pair("position-added", "position-removed")}
_WITHIN = {"within": pair("deadline-added", "deadline-removed")}
_SETS = {"sets": pair("carried-value-added", "carried-value-removed")}
_MONITORING = {"monitoring": pair("monitoring-added", "monitoring-removed")}
_THEN = {"then": tell_next}
_BASIS = pair("basis-added", "basis-removed", "basis-reworded")
_ANSWERS = pair("answer-added", "answer-removed")
_DETAIL = one("study-details-changed")
_UPDATED = one("result-updated")
_AGAINST = {"against": pair("advice-against-added", "advice-against-removed")}
_UNUSED = one("detail-changed")
"""For a field that is a part of the key of its member, so that it cannot differ by itself."""

TABLE: Mapping[type, Mapping[str, Handler]] = {
    pathways.Pathway: {
        **_LINEAGE, "label": one("title-changed"), "id": one("pathway-renamed"),
        "version": one("release-data-changed"), "date": one("release-data-changed"),
        "supersedes": one("release-data-changed"), "status": tell_status,
        "population": one("population-reworded"),
        "eligible": guard("population", "The population of {subject}"),
        "eligible_stated": one("everyone-stated"), "start": tell_to("start-moved"),
        "grading": one("grading-scheme-changed", "scheme"), "searched_to": tell_searched,
        "license": one("license-changed"), "authors": pair("author-added", "author-removed"),
        "approvals": pair("approval-added", "approval-removed"),
        "change_note": one("change-note-changed"),
    },
    values.Position: {**_CITES, "who": _UNUSED, "says": one("position-changed")},
    pathways.Author: {"name": _UNUSED, "role": one("author-changed"),
                      "interests": one("author-changed")},
    pathways.Approval: {"by": _UNUSED, "on": one("approval-changed")},
    nodes.Assess: {**_DEFINITION, **_WITHIN, **_THEN,
                   "measures": pair("measurement-added", "measurement-removed",
                                    refers="criterion")},
    nodes.Decide: {**_DEFINITION, **_POSITIONS, "branches": tell_branch,
                   "first_match": pair("first-match-begun", "first-match-ended")},
    nodes.Choose: {**_DEFINITION, "options": pair("option-added", "option-withdrawn"),
                   "with_patient": pair("shared-decision-begun", "shared-decision-ended"),
                   "considerations": pair("consideration-added", "consideration-removed")},
    nodes.Treat: {**_DEFINITION, **_WITHIN, **_THEN, **_SETS, **_MONITORING,
                  "regimen": one("regimen-exchanged", "regimen")},
    nodes.Act: {**_DEFINITION, **_WITHIN, **_THEN, **_SETS, **_MONITORING},
    nodes.Together: {**_DEFINITION, **_THEN,
                     "strands": pair("strand-added", "strand-removed", refers="node")},
    nodes.Enter: {**_DEFINITION, **_SETS, "pathway": one("onward-pathway-changed"),
                  "version": one("onward-version-changed")},
    nodes.End: _DEFINITION,
    nodes.During: {**_LINEAGE, "branches": tell_branch,
                   "nodes": pair("during-extended", "during-restricted", refers="node")},
    nodes.Assignment: dict.fromkeys(
        ("criterion", "named", "members", "number", "truth", "unknown"), tell_carried
    ),
    nodes.Within: {"quantity": tell_due, "of": tell_due},
    nodes.Branch: {"target": tell_to("branch-retargeted"), "role": tell_role,
                   "when": tell_line,
                   "label": one("label-changed"), "flags": tell_flag},
    nodes.Option: {"target": tell_to("option-retargeted"), "label": one("label-changed"),
                   "preferred": tell_preferred,
                   "when": guard("option", "The option {where} of {subject}")},
    advice.Recommendation: {
        **_POSITIONS, **_AGAINST, "strength": tell_strength,
        "ratings": pair("rating-added", "rating-removed"), "ungraded": _BASIS,
        "good_practice": _BASIS, "extrapolates": _BASIS, "evidence": tell_evidence,
        "balance": one("balance-changed"), "vote": one("vote-changed"),
        "dissent": one("dissent-changed"),
        "flags": tell_flag,
    },
    advice.Rating: {"scheme": _UNUSED, "levels": tell_levels,
                    "by": one("rater-changed", "evidence")},
    advice.Balance: {
        name: one("balance-changed")
        for name in ("benefits", "harms", "values", "cost", "equity", "feasibility", "favours")
    },
    advice.Monitoring: {"stages": tell_monitored, "criterion": _UNUSED, "text": _UNUSED},
    gaps.Gap: {
        **_DEFINITION, **_THEN, **_AGAINST, "gap_kind": tell_closed("gap-kind-changed"),
        "question": one("gap-question-changed"), "priority": tell_priority,
        "status": tell_gap_status,
        "studied_by": pair("gap-study-added", "gap-study-removed"), "answered": tell_gap_answer,
        "owner": one("gap-record-changed"), "raised": one("gap-record-changed"),
        "review_by": one("gap-record-changed"), "meanwhile": one("gap-meanwhile-changed"),
    },
    gaps.Question: {name: one("gap-question-changed")
                    for name in ("population", "intervention", "comparator", "outcome")},
    gaps.Answer: {"evidence": tell_gap_answer, "on": tell_gap_answer},
    gaps.AdviseAgainst: {"strength": tell_against, "text": one("advice-against-reworded"),
                         "regimen": _UNUSED, "drug": _UNUSED},
    criteria.Criterion: {
        **_DEFINITION, **_CODES, **_POSITIONS, "domain": one("criterion-kind-changed"),
        "also": _ANSWERS, "may_be_unknown": pair("may-be-unknown-begun", "may-be-unknown-ended"),
        "prognostic": pair("prognostic-begun", "prognostic-ended", "prognostic-reworded"),
    },
    criteria.OneOf: {"values": _ANSWERS},
    criteria.AnyOf: {"values": _ANSWERS},
    criteria.NumberRange: {"low": tell_bound(lower=True), "high": tell_bound(lower=False),
                           "unit": one("unit-changed"),
                           "whole": pair("whole-numbers-begun", "whole-numbers-ended")},
    criteria.Value: {"id": _UNUSED, "label": one("label-changed")},
    criteria.Condition: {**_DEFINITION, "means": guard("condition", "The condition {subject}")},
    criteria.Score: {**_DEFINITION, "parts": pair("points-added", "points-removed"),
                     "source": one("score-source-changed", "evidence")},
    criteria.Points: {"points": tell_points,
                      "when": guard("points", "What gives points in {subject}")},
    criteria.Impossible: {**_LINEAGE, "because": one("reason-changed"),
                          "when": guard("impossible", "What is said to be impossible")},
    regimens.Drug: {
        **_DEFINITION, **_CODES, "classes": pair("drug-class-added", "drug-class-removed"),
        "contraindications": pair("contraindication-added", "contraindication-removed"),
        "cautions": pair("caution-added", "caution-removed"),
    },
    regimens.Warning_: {**_CITES, "because": one("reason-changed"), "when": tell_warned},
    regimens.Regimen: {**_DEFINITION, **_CODES, "notes": pair("note-added", "note-removed"),
                       "gives": pair("given-drug-added", "given-drug-removed")},
    regimens.Give: {
        "drugs": pair("alternative-added", "alternative-removed"),
        "until": pair("stopping-rule-added", "stopping-rule-removed", "stopping-rule-changed"),
        "when": guard("dose-condition", "For whom {what} holds in {subject}"),
    },
    regimens.GivenDrug: {"drug": _UNUSED, "phases": pair("phase-added", "phase-removed")},
    regimens.Phase: {"dose": tell_dose, "schedule": one("schedule-changed"),
                     "route": one("route-changed"), "lasts": tell_lasts,
                     "at_least": tell_at_least},
    evidence.Evidence: {
        **_DEFINITION, **_CITES, "kind": _DETAIL, "trial": _DETAIL, "phase": _DETAIL,
        "enrolled": _DETAIL, "published": _DETAIL, "compares": _DETAIL,
        "eligible": guard("study-population", "Who could enter {subject}"),
        "outcomes": pair("result-added", "result-removed"),
        "retracted": pair("study-retracted", "retraction-lifted", "study-details-changed"),
    },
    evidence.Result: {
        **_LINEAGE, **_CITES, "id": _UPDATED, "label": _UNUSED, "harm": _UPDATED,
        "published": _UPDATED, "assessed_by": _UPDATED, "clock_from": _UPDATED,
        "arms": _UPDATED, "events": _UPDATED, "estimate": _UPDATED, "p": _UPDATED,
        "follow_up": _UPDATED, "immature": _UPDATED, "descriptive": _UPDATED,
        "exploratory": _UPDATED, "certainty": tell_certainty,
        "notes": pair("note-added", "note-removed"),
    },
    evidence.Arm: dict.fromkeys(("name", "value", "interval", "unit", "events"), _UPDATED),
    evidence.Certainty: {"level": tell_certainty, "because": one("reason-changed"),
                         "scheme": one("result-certainty-changed", "scheme")},
    evidence.Scheme: {**_DEFINITION, "axes": one("scheme-changed"),
                      "built_in": one("scheme-changed")},
    evidence.Axis: {"id": _UNUSED, "levels": one("scheme-changed")},
    evidence.Level: {"id": _UNUSED, "label": one("scheme-changed")},
    cases.Case: {"label": one("title-changed"), "steps": one("case-changed"),
                 "expects": one("case-changed")},
}  # fmt: skip
"""For every class that is taken apart and every field of it, who tells its differences."""

ORDERED: Mapping[str, str] = {
    "branches": "lines-reordered",
    "options": "options-reordered",
    "values": "answers-reordered",
    "also": "answers-reordered",
    "phases": "phases-reordered",
    "arms": "result-updated",
    "axes": "scheme-changed",
    "levels": "scheme-changed",
}
"""By field, the rule for another order where the order has a meaning."""

BOXES: Mapping[type, str] = {
    nodes.Treat: "treatment",
    nodes.Act: "action",
    nodes.Assess: "assessment",
    nodes.Decide: "decision",
    nodes.Choose: "choice",
    nodes.Together: "parallel-steps",
    nodes.Enter: "onward-pathway",
    nodes.End: "end",
}


def drafts(seen: Seen) -> Iterator[Draft]:
    """The changes that a difference amounts to."""
    fact = seen.fact
    if not fact.path and fact.action != "kind":
        yield _existence(seen)
    elif fact.action == "kind":
        yield _kind(seen)
    elif fact.action == "ordered":
        yield from _order(seen)
    else:
        handler = TABLE.get(fact.owner or object, {}).get(fact.field, _UNUSED)
        yield from handler(seen)


def _existence(seen: Seen) -> Draft:
    fact = seen.fact
    value = fact.new if fact.action == "added" else fact.old
    added = fact.action == "added"
    match fact.thing[0]:
        case "node" if isinstance(value, gaps.Gap):
            rule = "gap-opened" if added else "gap-dropped"
        case "node":
            rule = f"{BOXES[type(value)]}-{'added' if added else 'removed'}"
        case "during" | "impossible" | "case" as kind:
            rule = f"{kind}-{'added' if added else 'removed'}"
        case _:
            rule = "definition-comes-in" if added else "definition-goes-out"
    old, new = (
        _thing(speaker, one) for speaker, one in ((seen.old, fact.old), (seen.new, fact.new))
    )
    return Draft(rule, fact, old, new)


def _thing(speaker: Speaker, value: Any) -> str | None:
    """A thing as it is told where it is new or gone."""
    match value:
        case None:
            return None
        case nodes.During():
            return "; ".join(speaker.say(branch) for branch in value.branches)
        case criteria.Impossible():
            return speaker.say(value.when)
        case _:
            return str(value.label)


def _kind(seen: Seen) -> Draft:
    fact = seen.fact
    if fact.path:
        old, new = seen.said()
        return Draft("criterion-kind-changed", fact, old, new)
    old, new = (
        BOXES.get(type(value), "evidence gap").replace("-", " ") for value in (fact.old, fact.new)
    )
    return Draft("kind-changed", fact, old, new)


def _order(seen: Seen) -> Iterator[Draft]:
    fact = seen.fact
    before, after = fact.holders[-1]
    if fact.field == "branches" and getattr(before, "first_match", True) != getattr(
        after, "first_match", True
    ):
        return
    name = fact.field
    old, new = seen.old.say(getattr(before, name)), seen.new.say(getattr(after, name))
    yield Draft(ORDERED[name], fact, old, new)
