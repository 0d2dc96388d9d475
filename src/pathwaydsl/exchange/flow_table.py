"""The resolved flow of a pathway as one JSON table, for programs that walk patients through it.

Every condition is compiled to diagrams over numbered questions, so whoever reads the table looks up
answers and follows numbers; it needs no second reading of the language.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, assert_never

from pathwaydsl.exchange.compiled import Compiler, Reference
from pathwaydsl.logic.mentioned import mentioned
from pathwaydsl.logic.questions import Answer
from pathwaydsl.model.criteria import AnyOf, Criterion, NumberRange, OneOf, YesNo
from pathwaydsl.model.expressions import Expression
from pathwaydsl.model.nodes import (
    Act,
    Assess,
    Assignment,
    Choose,
    Decide,
    During,
    End,
    Enter,
    GapNode,
    Node,
    Together,
    Treat,
)
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.model.wording import decision_in_words, in_words

FORMAT = "pathwaydsl-flow"
FORMAT_VERSION = 1
"""Raised when a reader of the format would have to change."""


def flow_json(pathway: Pathway) -> str:
    """The flow as JSON, as `flow_schema.schema` describes it; the same bytes each time.

    Raises:
        UndecidedError: If the conditions need more steps than the budget allows.
        MeaninglessError: If something that is asked for does not exist.
    """
    return json.dumps(flow_table(pathway), ensure_ascii=False, indent=1) + "\n"


def flow_table(pathway: Pathway) -> dict[str, Any]:
    """The flow as plain values.

    Raises:
        UndecidedError: If the conditions need more steps than the budget allows.
        MeaninglessError: If something that is asked for does not exist.
    """
    return _Writer(pathway).table()


class _Writer:
    """Writes the table of one pathway."""

    def __init__(self, pathway: Pathway) -> None:
        self.pathway = pathway
        self.library = pathway.library
        self.compiler = Compiler(pathway)
        self.patients = self.compiler.patients

    def table(self) -> dict[str, Any]:
        """The whole table; the places come last, when all conditions are compiled."""
        pathway = self.pathway
        boxes = [self.box(node) for node in pathway.nodes]
        durings = [self.during(during) for during in pathway.durings]
        eligible = self.condition(pathway.eligible)
        impossible = list(self.impossible())
        return {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "pathway": pathway.id,
            "label": pathway.label,
            "version": str(pathway.version) if pathway.version else None,
            "start": pathway.start,
            "criteria": [_criterion(self.library.criterion[name]) for name in self.patients.head],
            "questions": [self.question(number) for number in range(len(self.patients.questions))],
            "eligible": eligible,
            "impossible": impossible,
            "boxes": boxes,
            "durings": durings,
            "gaps": [{"id": gap.id, "label": gap.label} for gap in pathway.gap.values()],
            "places": [
                {
                    "question": place.question,
                    "ways": [
                        {"answers": list(answers), "to": _to(reference)}
                        for answers, reference in place.ways
                    ],
                }
                for place in self.compiler.places
            ],
        }

    def question(self, number: int) -> dict[str, Any]:
        """A question with its answers, in the order of their numbers."""
        question = self.patients.questions[number]
        about: dict[str, Any] = {"criterion": question.about}
        if question.part == "had":
            (regimen, drug) = next(had for had, at in self.patients.had.items() if at == number)
            about = {"had_drug": drug} if regimen is None else {"had_regimen": regimen}
        elif question.part == "member":
            about["member"] = question.member
        return {**about, "answers": [_answer(answer) for answer in question.answers]}

    def impossible(self) -> Iterator[dict[str, Any]]:
        """The rules about values that occur together in nobody, where all of it is in use."""
        for rule in (*self.pathway.impossible, *self.library.impossible):
            asked = mentioned([rule.when], self.library)
            if all(name in self.patients.head for name in asked.criteria) and all(
                had in self.patients.had for had in asked.had
            ):
                said = self.condition(rule.when)
                if said is not None:
                    yield {**said, "because": rule.because.strip()}

    def condition(self, expression: Expression | None) -> dict[str, Any] | None:
        """A condition: in words, the criteria it asks for, and its diagram."""
        if expression is None:
            return None
        return {
            "says": in_words(expression, self.library),
            "asks": list(mentioned([expression], self.library).criteria),
            "when": _to(self.compiler.condition(expression)),
        }

    def box(self, node: Node) -> dict[str, Any]:
        """One box with what happens in it and its ways out."""
        head = {
            "id": node.id,
            "kind": node.kind,
            "label": node.label,
            "flags": list(node.recommendation.flags),
        }
        return {**head, **self.ways_out(node)}

    def ways_out(self, node: Node) -> dict[str, Any]:
        """What is particular to a kind of box."""
        match node:
            case Assess():
                # An assess forgets what it measures, unless it is given anew.
                measures = list(node.measures)
                return {"measures": measures, "forgets": measures, "then": node.then}
            case Treat():
                regimen = self.library.regimen.get(node.regimen or "")
                return {
                    "gives": {
                        "regimen": node.regimen,
                        "drugs": list(regimen.drugs) if regimen is not None else [],
                    },
                    "sets": _values(node.sets),
                    "then": node.then,
                }
            case Act():
                return {"sets": _values(node.sets), "then": node.then}
            case Decide():
                return self.decide(node)
            case Choose():
                return {
                    "options": [
                        {
                            "target": option.target,
                            "label": option.label,
                            "preferred": option.preferred,
                            "open": self.condition(option.when),
                        }
                        for option in node.options
                    ]
                }
            case Together():
                return {"strands": list(node.strands), "then": node.then}
            case GapNode():
                return {"then": node.then}
            case Enter():
                return {
                    "enters": node.pathway,
                    "version": str(node.version) if node.version else None,
                    "sets": _values(node.sets),
                }
            case End():
                return {}
            case _:
                assert_never(node)

    def decide(self, node: Decide) -> dict[str, Any]:
        """A branch point: its lines, and one diagram that comes to the number of a line."""
        words = decision_in_words(node, self.library)
        whens = [branch.when for branch in node.branches if branch.when is not None]
        return {
            "asks": list(mentioned(whens, self.library).criteria),
            "lines": [
                {
                    "target": branch.target,
                    "says": said,
                    "role": branch.role,
                    "flags": list(branch.flags),
                }
                for branch, said in zip(node.branches, words, strict=True)
            ],
            "takes": _to(self.compiler.decision(node)),
        }

    def during(self, during: During) -> dict[str, Any]:
        """What may happen at any time: the first line that is true counts."""
        return {
            "boxes": list(during.nodes),
            "lines": [
                {
                    "target": branch.target,
                    "flags": list(branch.flags),
                    "open": self.condition(branch.when),
                }
                for branch in during.branches
            ],
        }


def _to(reference: Reference) -> dict[str, Any]:
    if reference.place is not None:
        return {"place": reference.place}
    if isinstance(reference.result, int):
        return {"line": reference.result}
    return {"result": reference.result}


def _values(values: Iterable[Assignment]) -> list[dict[str, Any]]:
    return [value_as_data(value) for value in values]


def value_as_data(value: Assignment) -> dict[str, Any]:
    """A value of a criterion as the table writes it."""
    name: dict[str, Any] = {"criterion": value.criterion}
    if value.unknown:
        return {**name, "unknown": True}
    if value.truth is not None:
        return {**name, "value": "yes" if value.truth else "no"}
    if value.number is not None:
        return {**name, "number": f"{value.number:f}"}
    if value.members is not None:
        return {**name, "members": list(value.members)}
    return {**name, "value": value.named}


_DOMAINS: Mapping[type, str] = {OneOf: "one-of", AnyOf: "any-of", YesNo: "yes-no"}


def _criterion(criterion: Criterion) -> dict[str, Any]:
    """A criterion as somebody is asked for it."""
    domain = criterion.domain
    found: dict[str, Any] = {
        "id": criterion.id,
        "label": criterion.label,
        "values": [{"id": value.id, "label": value.label} for value in criterion.named_values],
        "also": [value.id for value in criterion.also],
        "may_be_unknown": criterion.may_be_unknown,
    }
    if isinstance(domain, NumberRange):
        return {
            **found,
            "kind": "whole-number" if domain.whole else "number",
            "from": f"{domain.low:f}",
            "to": f"{domain.high:f}",
            "unit": domain.unit,
        }
    return {**found, "kind": _DOMAINS[type(domain)]}


def _answer(answer: Answer) -> dict[str, Any]:
    if answer.kind == "number":
        return {
            "from": f"{answer.low:f}",
            "to": f"{answer.high:f}",
            "from_included": answer.low_included,
            "to_included": answer.high_included,
        }
    if answer.kind in {"unknown", "missing"}:
        return {answer.kind: True}
    return {"value": answer.value}
