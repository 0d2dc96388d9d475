"""Which change rule a difference of a field is told by.

`TABLE` has a row for every field that can differ; what is left out of a row falls to a rule of its
own, `detail-changed`, so that nothing is lost.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from attrs import field, frozen

from pathwaydsl.model import cases, criteria, evidence, gaps, nodes, regimens, values
from pathwaydsl.model import pathway as pathways
from pathwaydsl.model import recommendations as advice
from pathwaydsl.model.wording_regimens import duration_in_words
from pathwaydsl.model.wording_values import quantity_in_words
from pathwaydsl.versions.facts import Fact
from pathwaydsl.versions.regions import raised, relation, threshold
from pathwaydsl.versions.words import NOTHING, Speaker, worded


@frozen
class Draft:
    """A change before it is said: its rule, and what its sentence is filled with."""

    rule: str
    fact: Fact | None
    old: str | None = None
    new: str | None = None
    words: Mapping[str, str] = field(factory=dict)


@frozen
class Seen:
    """A difference with what is needed to say it.

    Attributes:
        old, new: The speakers of both versions.
        touched: Names of every thing that differs.
    """

    fact: Fact
    old: Speaker
    new: Speaker
    touched: frozenset[tuple[str, str]]

    def said(self, refers: str | None = None) -> tuple[str, str]:
        """The two values in words."""
        return self.old.say(self.fact.old, refers), self.new.say(self.fact.new, refers)

    def holder(self, *classes: type) -> tuple[Any, Any] | None:
        """The innermost of what holds the field, if it is of one of these classes."""
        for pair in reversed(self.fact.holders):
            if isinstance(pair[1], classes) or isinstance(pair[0], classes):
                held: tuple[Any, Any] = pair
                return held
        return None

    @property
    def where(self) -> str:
        """The line or the option that the field belongs to."""
        held = self.holder(nodes.Branch, nodes.Option)
        if held is None:
            return ""
        speaker, one = (self.new, held[1]) if held[1] is not None else (self.old, held[0])
        if isinstance(one, nodes.Branch):
            return f"“{one.label}”" if one.label else speaker.line(one)
        return f"“{one.label or speaker.box(one.target)}”"

    @property
    def what(self) -> str:
        """The part of the thing that the field belongs to, or the field."""
        for _, one in reversed(self.fact.holders[1:]):
            match one:
                case regimens.GivenDrug():
                    return self.new.label("drug", one.drug)
                case regimens.Give():
                    drugs = (self.new.label("drug", given.drug) for given in one.drugs)
                    return " or ".join(drugs)
                case evidence.Result() | evidence.Axis():
                    return self.new.say(one)
                case advice.Balance():
                    return self.fact.field
                case pathways.Author():
                    return one.name
                case pathways.Approval():
                    return one.by
                case _ if hasattr(one, "who"):
                    return str(one.who)
        return FIELD_WORDS.get(self.fact.field, self.fact.field.replace("_", " "))


FIELD_WORDS = {
    "enrolled": "patients enrolled",
    "review_by": "review by",
    "trial": "trial id",
    "follow_up": "follow-up",
    "supersedes": "superseded version",
    "low": "the lowest",
    "high": "the highest",
    "built_in": "whether it comes with the language",
}

Handler = Callable[[Seen], Iterator[Draft]]


def one(rule: str, refers: str | None = None) -> Handler:
    """One rule, whatever happened to the field."""

    def handler(seen: Seen) -> Iterator[Draft]:
        old, new = seen.said(refers)
        yield Draft(rule, seen.fact, old, new)

    return handler


def pair(added: str, removed: str, changed: str = "", refers: str | None = None) -> Handler:
    """A rule for what is new, one for what is gone, one for what is another (or both)."""

    def handler(seen: Seen) -> Iterator[Draft]:
        old, new = seen.said(refers)
        match seen.fact.action:
            case "added":
                yield Draft(added, seen.fact, None, new)
            case "removed":
                yield Draft(removed, seen.fact, old, None)
            case _ if changed:
                yield Draft(changed, seen.fact, old, new)
            case _:
                yield Draft(removed, seen.fact, old, None)
                yield Draft(added, seen.fact, None, new)

    return handler


def ranked(
    up: str, down: str, order: Callable[[Seen, Any, Any], int | None], other: str = ""
) -> Handler:
    """A rule for more and one for less; `order` gives their difference, None if there is none."""

    def handler(seen: Seen) -> Iterator[Draft]:
        old, new = seen.said()
        by = order(seen, seen.fact.old, seen.fact.new)
        rule = up if by is not None and by > 0 else down if by is not None and by < 0 else other
        yield Draft(rule or up, seen.fact, old, new)

    return handler


def by_words(words: Sequence[str]) -> Callable[[Seen, Any, Any], int | None]:
    """Words of a closed list, from least to most."""

    def order(_seen: Seen, old: Any, new: Any) -> int | None:
        places = {word: place for place, word in enumerate(words)}
        return places.get(new, -1) - places.get(old, -1)

    return order


# Conditions


def guard(spot: str, place: str) -> Handler:
    """A condition, compared as a set of patients; `place` is how its message begins."""

    def handler(seen: Seen) -> Iterator[Draft]:
        fact = seen.fact
        old_words = "everyone" if fact.old is None else seen.old.say(fact.old)
        new_words = "everyone" if fact.new is None else seen.new.say(fact.new)
        found = relation(fact.old, fact.new, seen.old.library, seen.new.library)
        where = {"place": place, "gained": "", "lost": "", "effect": ""}
        where["gained"] = f"now also for {found.gained}" if found.gained else ""
        where["lost"] = f"no longer for {found.lost}" if found.lost else ""
        if found.kind == "undecided":
            yield Draft("condition-not-compared", fact, old_words, new_words, where)
            return
        if found.kind == "same":
            yield Draft("condition-rewritten", fact, old_words, new_words, where)
            return
        moved = threshold(fact.old, fact.new)
        if moved is None:
            yield Draft(f"{spot}-{found.kind}", fact, old_words, new_words, where)
            return
        effect = {
            "widened": ", so more patients fulfil it",
            "narrowed": ", so fewer patients fulfil it",
        }
        where["effect"] = effect.get(found.kind, "")
        where["what"] = seen.new.say(_subject(seen, moved.subject))
        yield Draft(
            "threshold-raised" if raised(moved) else "threshold-lowered",
            fact, seen.old.say(moved.old), seen.new.say(moved.new), where,
        )  # fmt: skip

    return handler


def _subject(seen: Seen, name: str) -> str:
    for kind in ("criterion", "score"):
        if (kind, name) in seen.new.labels:
            return seen.new.labels[kind, name]
    return name


# Handlers of their own


def _status(seen: Seen) -> Iterator[Draft]:
    old, new = worded(seen.fact.old), worded(seen.fact.new)
    if seen.fact.new == "retired":
        yield Draft("pathway-retired", seen.fact, old, new)
    elif seen.fact.old == "retired":
        yield Draft("pathway-reinstated", seen.fact, old, new)
    else:
        order = ("draft", "in-review", "published")
        by = by_words(order)(seen, seen.fact.old, seen.fact.new) or 0
        yield Draft("status-advanced" if by > 0 else "status-set-back", seen.fact, old, new)


def _searched(seen: Seen) -> Iterator[Draft]:
    old, new = (word if word != NOTHING else "no stated day" for word in seen.said())
    later = seen.fact.old is None or (
        seen.fact.new is not None and seen.fact.new.latest >= seen.fact.old.latest
    )
    yield Draft("search-moved-on" if later else "search-set-back", seen.fact, old, new)


def _gap_status(seen: Seen) -> Iterator[Draft]:
    old, new = seen.fact.old, seen.fact.new
    if new == "withdrawn":
        rule = "gap-withdrawn"
    elif old == "withdrawn":
        rule = "gap-restored"
    elif new == "answered":
        rule = "gap-answered"
    elif old == "answered":
        rule = "gap-reopened"
    else:
        rule = "gap-goes-under-study" if new == "under-study" else "gap-study-ended"
    yield Draft(rule, seen.fact, worded(old), worded(new))


def _strength(seen: Seen) -> Iterator[Draft]:
    fact = seen.fact
    old, new = worded(fact.old), worded(fact.new)
    before, after = fact.holders[-1]
    if fact.action == "removed":
        turned = _against_own(seen, after)
        rule = "recommendation-reversed" if turned else "recommendation-withdrawn"
        yield Draft(rule, fact, f"for, {old}", f"against, {turned}" if turned else None)
    elif fact.action == "added":
        turned = _against_own(seen, before)
        rule = "recommendation-reversed" if turned else "recommendation-made"
        yield Draft(rule, fact, f"against, {turned}" if turned else None, f"for, {new}")
    else:
        by = _on_one_scale(seen, fact.old, fact.new)
        same = before.evidence == after.evidence and not any(
            ("evidence", study) in seen.touched for study in after.evidence
        )
        if by is None:
            rule = "strength-word-changed"
        elif same:
            rule = "strengthened-on-same-evidence" if by > 0 else "weakened-on-same-evidence"
        else:
            rule = "recommendation-strengthened" if by > 0 else "recommendation-weakened"
        yield Draft(rule, fact, old, new)


def _against_own(seen: Seen, recommendation: Any) -> str:
    """How strongly the box's own regimen is advised against; empty where it is not."""
    own = {box.regimen for box in seen.fact.holders[0] if getattr(box, "regimen", None)}
    held = {drug for name in own for drug in _drugs(seen, name)}
    for against in recommendation.against:
        if against.regimen in own or (against.drug is not None and against.drug in held):
            return worded(against.strength)
    return ""


def _drugs(seen: Seen, regimen: str) -> tuple[str, ...]:
    found = seen.new.library.regimen.get(regimen) or seen.old.library.regimen.get(regimen)
    return found.drugs if found is not None else ()


def _on_one_scale(seen: Seen, old: str, new: str) -> int | None:
    """How much stronger the new word is, on the first scale that holds both."""
    scales: list[tuple[str, ...]] = [advice.STRENGTHS]
    scales += [
        tuple(level.id for level in axis.levels)
        for scheme in seen.new.library.schemes
        for axis in scheme.axes
    ]
    for scale in scales:
        if old in scale and new in scale:
            return scale.index(old) - scale.index(new)
    return None


def _levels(seen: Seen) -> Iterator[Draft]:
    before, after = seen.fact.holders[-1]
    scheme = seen.new.library.scheme.get(after.scheme)
    moves = set()
    for place, (old, new) in enumerate(zip(before.levels, after.levels, strict=False)):
        if old != new:
            axis = scheme.axes[place].levels if scheme and place < len(scheme.axes) else ()
            ids = [level.id for level in axis]
            known = old in ids and new in ids
            moves.add((ids.index(old) > ids.index(new)) if known else None)
    if len(before.levels) != len(after.levels) or before.scheme != after.scheme:
        moves.add(None)
    rule = "rating-changed"
    if moves == {True}:
        rule = "certainty-raised"
    elif moves == {False}:
        rule = "certainty-lowered"
    yield Draft(rule, seen.fact, seen.old.say(before), seen.new.say(after))


def _certainty(seen: Seen) -> Iterator[Draft]:
    scheme = seen.new.library.scheme.get("grade")
    held = seen.holder(evidence.Certainty)
    if held is not None and held[1] is not None:
        scheme = seen.new.library.scheme.get(held[1].scheme)
    levels = [level.id for axis in (scheme.axes if scheme else ()) for level in axis.levels]
    old, new = (getattr(value, "level", value) for value in (seen.fact.old, seen.fact.new))
    rule = "result-certainty-changed"
    if old in levels and new in levels:
        up = levels.index(new) < levels.index(old)
        rule = "result-certainty-raised" if up else "result-certainty-lowered"
    yield Draft(rule, seen.fact, worded(old), worded(new))


def _evidence(seen: Seen) -> Iterator[Draft]:
    yield from pair("evidence-added", "evidence-removed", refers="evidence")(seen)


def _dose(seen: Seen) -> Iterator[Draft]:
    old, new = seen.said()
    before, after = seen.fact.old, seen.fact.new
    rule = "dose-changed"
    if before.auc == after.auc and before.amount.unit == after.amount.unit:
        up = after.amount.number > before.amount.number
        if after.amount.number != before.amount.number:
            rule = "dose-raised" if up else "dose-lowered"
    yield Draft(rule, seen.fact, old, new)


def _lasts(seen: Seen) -> Iterator[Draft]:
    before, after = seen.fact.old, seen.fact.new
    rule = "duration-changed"
    if before is not None and after is not None and before.unit == after.unit:
        up = after.number > before.number
        if after.number != before.number:
            rule = "duration-lengthened" if up else "duration-shortened"
    old, new = (
        f"for {speaker.say(value)}" if value is not None else "without an end in time"
        for speaker, value in ((seen.old, before), (seen.new, after))
    )
    yield Draft(rule, seen.fact, old, new)


def _at_least(seen: Seen) -> Iterator[Draft]:
    before, after = seen.fact.holders[-1]
    yield Draft("duration-changed", seen.fact, duration_in_words(before), duration_in_words(after))


def _branch(seen: Seen) -> Iterator[Draft]:
    found = seen.fact.new or seen.fact.old
    if found.role != "when":
        where = seen.new if seen.fact.new is not None else seen.old
        target = f"“{where.box(found.target)}”"
        word = "otherwise" if found.role == "otherwise" else "unknown-line"
        added = seen.fact.action == "added"
        rule = f"{word}-{'added' if added else 'removed'}"
        yield Draft(rule, seen.fact, None if added else target, target if added else None)
        return
    yield from pair("branch-added", "branch-removed")(seen)


def _role(seen: Seen) -> Iterator[Draft]:
    before, after = seen.fact.holders[-1]
    old, new = (
        "all others"
        if branch.role == "otherwise"
        else "those not known"
        if branch.role == "unknown"
        else speaker.say(branch.when)
        for speaker, branch in ((seen.old, before), (seen.new, after))
    )
    yield Draft("branch-role-changed", seen.fact, old, new)


def _line(seen: Seen) -> Iterator[Draft]:
    """The condition of a line; where the line became one for others in kind, that says it."""
    before, after = seen.fact.holders[-1]
    if before.role == after.role:
        yield from _line_condition(seen)


_line_condition = guard("branch", "The line {where} of {subject}")


def _flag(seen: Seen) -> Iterator[Draft]:
    where = f" on the line {seen.where}" if seen.where else ""
    for draft in pair("gap-pinned", "gap-unpinned", refers="node")(seen):
        yield Draft(draft.rule, draft.fact, draft.old, draft.new, {"where": where})


def _bound(lower: bool) -> Handler:  # noqa: FBT001
    def handler(seen: Seen) -> Iterator[Draft]:
        held = seen.fact.holders[-1]
        old, new = (
            quantity_in_words(values.Quantity(number, domain.unit))
            for number, domain in zip((seen.fact.old, seen.fact.new), held, strict=True)
        )
        wider = seen.fact.new < seen.fact.old if lower else seen.fact.new > seen.fact.old
        yield Draft("range-widened" if wider else "range-narrowed", seen.fact, old, new)

    return handler


def _preferred(seen: Seen) -> Iterator[Draft]:
    rule = "option-preferred" if seen.fact.new else "option-no-longer-preferred"
    before, after = seen.fact.holders[-1]
    old, new = (
        f"“{option.label or speaker.box(option.target)}”"
        for speaker, option in ((seen.old, before), (seen.new, after))
    )
    yield Draft(rule, seen.fact, old, new)


def _against(seen: Seen) -> Iterator[Draft]:
    before, after = seen.fact.holders[-1]
    by = _on_one_scale(seen, seen.fact.old, seen.fact.new)
    rule = "advice-against-strengthened" if (by or 0) >= 0 else "advice-against-weakened"
    yield Draft(rule, seen.fact, seen.old.say(before), seen.new.say(after))


def _monitored(seen: Seen) -> Iterator[Draft]:
    before, after = seen.fact.holders[-1]
    yield Draft("monitoring-changed", seen.fact, seen.old.say(before), seen.new.say(after))


def _carried(seen: Seen) -> Iterator[Draft]:
    before, after = seen.fact.holders[-1]
    yield Draft("carried-value-changed", seen.fact, seen.old.say(before), seen.new.say(after))


def _due(seen: Seen) -> Iterator[Draft]:
    before, after = seen.fact.holders[-1]
    yield Draft("deadline-changed", seen.fact, seen.old.say(before), seen.new.say(after))


def _priority(seen: Seen) -> Iterator[Draft]:
    by = by_words(("low", "medium", "high"))(seen, seen.fact.old, seen.fact.new) or 0
    rule = "gap-priority-raised" if by > 0 else "gap-priority-lowered"
    yield Draft(rule, seen.fact, worded(seen.fact.old), worded(seen.fact.new))


def _points(seen: Seen) -> Iterator[Draft]:
    before, after = seen.fact.holders[-1]
    rule = "points-raised" if seen.fact.new > seen.fact.old else "points-lowered"
    yield Draft(rule, seen.fact, seen.old.say(before), seen.new.say(after))


def _gap_answer(seen: Seen) -> Iterator[Draft]:
    before, after = seen.fact.holders[-1]
    if isinstance(before, gaps.Answer):
        old, new = seen.old.say(before), seen.new.say(after)
    else:
        old, new = seen.said()
    yield Draft("gap-answer-changed", seen.fact, old, new)


def _next(seen: Seen) -> Iterator[Draft]:
    old, new = (
        f"“{speaker.box(value)}”" if value is not None else "nothing"
        for speaker, value in ((seen.old, seen.fact.old), (seen.new, seen.fact.new))
    )
    yield Draft("next-step-changed", seen.fact, old, new)


def _to(rule: str) -> Handler:
    def handler(seen: Seen) -> Iterator[Draft]:
        old, new = (
            speaker.box(value) if value is not None else NOTHING
            for speaker, value in ((seen.old, seen.fact.old), (seen.new, seen.fact.new))
        )
        yield Draft(rule, seen.fact, old, new)

    return handler


def _closed(rule: str) -> Handler:
    """A word of a closed list."""

    def handler(seen: Seen) -> Iterator[Draft]:
        yield Draft(rule, seen.fact, worded(seen.fact.old), worded(seen.fact.new))

    return handler


def _warned(seen: Seen) -> Iterator[Draft]:
    harm = "contraindications" in seen.fact.path
    spot = "contraindication" if harm else "caution"
    yield from guard(spot, f"The {spot} of {{subject}}")(seen)


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
_THEN = {"then": _next}
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
        "supersedes": one("release-data-changed"), "status": _status,
        "population": one("population-reworded"),
        "eligible": guard("population", "The population of {subject}"),
        "eligible_stated": one("everyone-stated"), "start": _to("start-moved"),
        "grading": one("grading-scheme-changed", "scheme"), "searched_to": _searched,
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
    nodes.Decide: {**_DEFINITION, **_POSITIONS, "branches": _branch,
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
    nodes.During: {**_LINEAGE, "branches": _branch,
                   "nodes": pair("during-extended", "during-restricted", refers="node")},
    nodes.Assignment: dict.fromkeys(
        ("criterion", "named", "members", "number", "truth", "unknown"), _carried
    ),
    nodes.Within: {"quantity": _due, "of": _due},
    nodes.Branch: {"target": _to("branch-retargeted"), "role": _role,
                   "when": _line,
                   "label": one("label-changed"), "flags": _flag},
    nodes.Option: {"target": _to("option-retargeted"), "label": one("label-changed"),
                   "preferred": _preferred,
                   "when": guard("option", "The option {where} of {subject}")},
    advice.Recommendation: {
        **_POSITIONS, **_AGAINST, "strength": _strength,
        "ratings": pair("rating-added", "rating-removed"), "ungraded": _BASIS,
        "good_practice": _BASIS, "extrapolates": _BASIS, "evidence": _evidence,
        "balance": one("balance-changed"), "vote": one("vote-changed"),
        "dissent": one("dissent-changed"),
        "flags": _flag,
    },
    advice.Rating: {"scheme": _UNUSED, "levels": _levels, "by": one("rater-changed", "evidence")},
    advice.Balance: {
        name: one("balance-changed")
        for name in ("benefits", "harms", "values", "cost", "equity", "feasibility", "favours")
    },
    advice.Monitoring: {"stages": _monitored, "criterion": _UNUSED, "text": _UNUSED},
    gaps.Gap: {
        **_DEFINITION, **_THEN, **_AGAINST, "gap_kind": _closed("gap-kind-changed"),
        "question": one("gap-question-changed"), "priority": _priority, "status": _gap_status,
        "studied_by": pair("gap-study-added", "gap-study-removed"), "answered": _gap_answer,
        "owner": one("gap-record-changed"), "raised": one("gap-record-changed"),
        "review_by": one("gap-record-changed"), "meanwhile": one("gap-meanwhile-changed"),
    },
    gaps.Question: {name: one("gap-question-changed")
                    for name in ("population", "intervention", "comparator", "outcome")},
    gaps.Answer: {"evidence": _gap_answer, "on": _gap_answer},
    gaps.AdviseAgainst: {"strength": _against, "text": one("advice-against-reworded"),
                         "regimen": _UNUSED, "drug": _UNUSED},
    criteria.Criterion: {
        **_DEFINITION, **_CODES, **_POSITIONS, "domain": one("criterion-kind-changed"),
        "also": _ANSWERS, "may_be_unknown": pair("may-be-unknown-begun", "may-be-unknown-ended"),
        "prognostic": pair("prognostic-begun", "prognostic-ended", "prognostic-reworded"),
    },
    criteria.OneOf: {"values": _ANSWERS},
    criteria.AnyOf: {"values": _ANSWERS},
    criteria.NumberRange: {"low": _bound(lower=True), "high": _bound(lower=False),
                           "unit": one("unit-changed"),
                           "whole": pair("whole-numbers-begun", "whole-numbers-ended")},
    criteria.Value: {"id": _UNUSED, "label": one("label-changed")},
    criteria.Condition: {**_DEFINITION, "means": guard("condition", "The condition {subject}")},
    criteria.Score: {**_DEFINITION, "parts": pair("points-added", "points-removed"),
                     "source": one("score-source-changed", "evidence")},
    criteria.Points: {"points": _points,
                      "when": guard("points", "What gives points in {subject}")},
    criteria.Impossible: {**_LINEAGE, "because": one("reason-changed"),
                          "when": guard("impossible", "What is said to be impossible")},
    regimens.Drug: {
        **_DEFINITION, **_CODES, "classes": pair("drug-class-added", "drug-class-removed"),
        "contraindications": pair("contraindication-added", "contraindication-removed"),
        "cautions": pair("caution-added", "caution-removed"),
    },
    regimens.Warning_: {**_CITES, "because": one("reason-changed"), "when": _warned},
    regimens.Regimen: {**_DEFINITION, **_CODES, "notes": pair("note-added", "note-removed"),
                       "gives": pair("given-drug-added", "given-drug-removed")},
    regimens.Give: {
        "drugs": pair("alternative-added", "alternative-removed"),
        "until": pair("stopping-rule-added", "stopping-rule-removed", "stopping-rule-changed"),
        "when": guard("dose-condition", "For whom {what} holds in {subject}"),
    },
    regimens.GivenDrug: {"drug": _UNUSED, "phases": pair("phase-added", "phase-removed")},
    regimens.Phase: {"dose": _dose, "schedule": one("schedule-changed"),
                     "route": one("route-changed"), "lasts": _lasts,
                     "at_least": _at_least},
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
        "exploratory": _UPDATED, "certainty": _certainty,
        "notes": pair("note-added", "note-removed"),
    },
    evidence.Arm: dict.fromkeys(("name", "value", "interval", "unit", "events"), _UPDATED),
    evidence.Certainty: {"level": _certainty, "because": one("reason-changed"),
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
