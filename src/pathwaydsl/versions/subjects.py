"""What patients may come to: boxes, regimens, options, gaps, and nothing at all.

For each version it is told who comes to what; the subjects of both are put side by side by the
pairs of boxes.
"""

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from pathwaydsl.logic.diagrams import NOBODY
from pathwaydsl.logic.reachability import Arrivals
from pathwaydsl.model.nodes import RESUME, Assess, Choose, Decide, GapNode, Node, Together, Treat
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.versions.names import SameNames

SubjectKind = Literal[
    "pathway", "regimen", "treat", "act", "choose", "option", "gap", "flag", "end", "enter", "none"
]


@frozen
class Subject:
    """One thing that patients come to in one version.

    Attributes:
        kind: `pathway`: who enters it at all. `regimen`: who gets it at whichever box. `flag`:
            for whom a gap is pinned or arrived at. `none`: who is left without a way on at a box.
        id: Of the box, regimen, gap or pathway.
        label: In the author's words.
        target: For an option, where it leads.
    """

    kind: SubjectKind
    id: str
    label: str
    target: str | None = None


def subjects(arrivals: Arrivals) -> Iterator[tuple[Subject, int, str]]:
    """Everything that patients come to, who comes to it, and a box at which they do.

    A subject may be told several times; those who come to it are all of them.
    """
    pathway = arrivals.pathway
    yield Subject("pathway", pathway.id, pathway.label), arrivals.start, pathway.start or ""
    for node in pathway.nodes:
        patients = arrivals.at.get(node.id, NOBODY)
        if isinstance(node, Treat) and node.regimen is not None:
            regimen = pathway.library.regimen.get(node.regimen)
            label = regimen.label if regimen is not None else node.regimen
            yield Subject("regimen", node.regimen, label), patients, node.id
        if not isinstance(node, Assess | Decide | Together):
            yield Subject(node.kind, node.id, node.label), patients, node.id
        yield from _parting(arrivals, node, patients)
        flags = (*node.recommendation.flags, *([node.id] if isinstance(node, GapNode) else ()))
        for gap in flags:
            yield _flag(pathway, gap), patients, node.id


def _parting(arrivals: Arrivals, node: Node, patients: int) -> Iterator[tuple[Subject, int, str]]:
    diagrams = arrivals.diagrams
    match node:
        case Decide():
            answered = arrivals.answered(node, patients)
            yield Subject("none", node.id, node.label), answered.uncovered, node.id
            for branch, taking in zip(node.branches, answered.lines, strict=True):
                for gap in branch.flags:
                    yield _flag(arrivals.pathway, gap), taking, node.id
        case Choose():
            left = arrivals.choosing(node, patients)
            opened = arrivals.open_options(node, patients)
            for option, taking in zip(node.options, opened, strict=True):
                left = diagrams.without(left, taking)
                target = arrivals.pathway.node.get(option.target)
                label = option.label or (target.label if target is not None else option.target)
                yield Subject("option", node.id, label, option.target), taking, node.id
            yield Subject("none", node.id, node.label), left, node.id
        case _ if any(d.branches for d in arrivals.durings(node.id)):
            for line, leaving in arrivals.leaving(node, arrivals.staying_at(node, patients)):
                for gap in line.flags:
                    yield _flag(arrivals.pathway, gap), leaving, node.id
        case _:
            return


def _flag(pathway: Pathway, gap: str) -> Subject:
    found = pathway.gap.get(gap)
    return Subject("flag", gap, found.label if found is not None else gap)


Key = tuple[SubjectKind, str, str | None]


def key_of(subject: Subject, names: SameNames, pathway: Pathway, *, old: bool) -> Key:
    """By what a subject is told to be the same in both versions.

    A box whose pair is of another kind has none.
    """
    kind = subject.kind
    side = "old" if old else "new"
    pairs = names.new_box if old else {b: b for b in names.old_box}
    if kind == "pathway":
        return kind, "", None
    if kind == "regimen":
        same = names.regimen if old else {b: b for b in names.regimen.values()}
        return kind, same.get(subject.id, f"{side} {subject.id}"), None
    if kind == "flag" and subject.id not in pathway.node:
        return kind, f"library {subject.id}", None
    target = subject.target
    if target is not None and target != RESUME:
        target = pairs.get(target, f"{side} {target}")
    return kind, pairs.get(subject.id, f"{side} {subject.id}"), target
