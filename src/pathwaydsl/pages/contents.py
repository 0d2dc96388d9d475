"""What one pathway's page has to tell: its gaps and where they are pinned, its evidence, its words.

A study of which nothing was published by the pathway's date is not known to it and is left out.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

from attrs import frozen

from pathwaydsl.chart.flow import Flow, flow_of
from pathwaydsl.model.criteria import Criterion
from pathwaydsl.model.evidence import Evidence, code_link
from pathwaydsl.model.expressions import (
    Compares,
    Expression,
    Had,
    Holds,
    Includes,
    IsKnown,
    IsOneOf,
    IsUnknown,
    Meets,
    Within,
    tests_of,
)
from pathwaydsl.model.gaps import Gap
from pathwaydsl.model.graph import all_exits
from pathwaydsl.model.nodes import RESUME, Assess, Decide, GapNode, Node, Treat
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.model.regimens import Regimen
from pathwaydsl.model.values import Citation, Code, Lineage, PartialDate, Position
from pathwaydsl.pages import anchors
from pathwaydsl.pages.document import Line, Link, Outside, Style, Words, joined
from pathwaydsl.pages.editions import Editions
from pathwaydsl.pages.lives import NO_LIVES, Lives

CODE_NAMES = {"doi": "DOI", "pmid": "PMID", "atc": "ATC", "loinc": "LOINC", "nct": ""}
"""How code schemes are written for readers; others as the author wrote them."""


def known_by(published: PartialDate | None, date: PartialDate | None) -> bool:
    """Whether something published then may be known on that date; a year is an interval."""
    return published is None or date is None or published.earliest <= date.latest


def code_text(code: Code) -> str:
    """A code for readers: `DOI 10.1056/…`, `ATC L01FD02`."""
    return f"{CODE_NAMES.get(code.scheme, code.scheme)} {code.value}".strip()


def code_line(code: Code) -> Line:
    """A code, linked where its scheme has a well-known address."""
    url = code_link(code)
    if code.scheme in {"journal", "url", "text"}:
        return (Outside(url, code.value),) if url else (Words(code.value),)
    return (Outside(url, code_text(code)),) if url else (Words(code_text(code)),)


@frozen
class Pin:
    """Where a gap is pinned: a node, or one of its branches towards `target`."""

    node: str
    target: str | None = None


@frozen(slots=False)
class Contents:
    """A pathway, and what its page needs to find in it; what other versions say if known."""

    pathway: Pathway
    editions: Editions | None = None
    lives: Lives = NO_LIVES

    @property
    def id(self) -> str:
        """The pathway's id."""
        return self.pathway.id

    def old_ids(self, thing: Lineage) -> tuple[str, ...]:
        """The ids a thing had before it was renamed, the last one first."""
        was = thing.was
        if was is None and isinstance(thing, GapNode):
            was = thing.gap.was
        if was is None:
            return ()
        old = (was,) if self.editions is None else self.editions.aliases(was)
        return tuple(name for name in old if name not in self._ids)

    @cached_property
    def _ids(self) -> frozenset[str]:
        """Ids in use: an old one that names something else by now leads there."""
        library = self.pathway.library
        return frozenset(
            (*self.pathway.node, *self.pathway.gap, *library.criterion, *library.study)
        )

    # steps

    @cached_property
    def steps(self) -> tuple[Node, ...]:
        """The nodes, the start first, then in the order written."""
        start = self.pathway.start
        first = [node for node in self.pathway.nodes if node.id == start]
        return (*first, *(node for node in self.pathway.nodes if node.id != start))

    @cached_property
    def number(self) -> Mapping[str, int]:
        """The number of each step in the outline."""
        return MappingProxyType({node.id: n for n, node in enumerate(self.steps, 1)})

    @cached_property
    def arrivals(self) -> Mapping[str, tuple[str, ...]]:
        """For each node, the ids of the nodes from which a way leads to it."""
        found: dict[str, list[str]] = {}
        for source, ways in all_exits(self.pathway).items():
            for way in ways:
                found.setdefault(way.target, []).append(source)
        return {target: tuple(dict.fromkeys(sources)) for target, sources in found.items()}

    def step_link(self, node: str) -> Line:
        """A link to a step of the outline by its number and label."""
        if node == RESUME:
            return (Words("back to the step that was left"),)
        found = self.pathway.node.get(node)
        if found is None:
            return (Words(node),)
        text = f"{self.number[node]}. {found.label}"
        return (Link(anchors.step(self.id, node), text),)

    # gaps

    @cached_property
    def flow(self) -> Flow:
        """The flowchart's content."""
        return flow_of(self.pathway)

    @cached_property
    def gap_number(self) -> Mapping[str, str]:
        """The number of each gap, `G1`, the same as in the flowchart."""
        return MappingProxyType({gap.id: f"G{n}" for n, gap in enumerate(self.gaps, 1)})

    @cached_property
    def pins(self) -> Mapping[str, tuple[Pin, ...]]:
        """Where each gap is pinned, in the order of the steps."""
        found: dict[str, list[Pin]] = {}
        for node in self.steps:
            for flag in node.recommendation.flags:
                found.setdefault(flag, []).append(Pin(node.id))
            if isinstance(node, Decide):
                for branch in node.branches:
                    for flag in branch.flags:
                        found.setdefault(flag, []).append(Pin(node.id, branch.target))
        for during in self.pathway.durings:
            for branch in during.branches:
                for flag in branch.flags:
                    found.setdefault(flag, []).extend(
                        Pin(node_id, branch.target) for node_id in during.nodes
                    )
        return {gap: tuple(dict.fromkeys(pins)) for gap, pins in found.items()}

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Every gap of the page: arrived at or pinned; in the order of their numbers."""
        own = [node.id for node in self.steps if isinstance(node, GapNode)]
        ids = dict.fromkeys([*(gap.id for gap in self.flow.gaps), *own, *self.pins])
        return tuple(self.pathway.gap[gap] for gap in ids if gap in self.pathway.gap)

    def gap_link(self, gap: str, style: Style = "gap") -> Line:
        """A link to where a gap is told in full."""
        found = self.pathway.gap.get(gap)
        if found is None:
            return (Words(gap, style),)
        text = f"{self.gap_number[gap]} {found.label}"
        return (Link(anchors.gap(self.id, gap), text, style),)

    # regimens and drugs

    @cached_property
    def regimens(self) -> tuple[Regimen, ...]:
        """The regimens of its treatments, in the order of the steps, each once."""
        library = self.pathway.library
        ids = dict.fromkeys(
            node.regimen for node in self.steps if isinstance(node, Treat) and node.regimen
        )
        return tuple(library.regimen[name] for name in ids if name in library.regimen)

    @cached_property
    def first_with(self) -> Mapping[str, str]:
        """For each regimen, the id of the first step that gives it."""
        found: dict[str, str] = {}
        for node in self.steps:
            if isinstance(node, Treat) and node.regimen:
                found.setdefault(node.regimen, node.id)
        return found

    # evidence

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """Everything cited that was known by the pathway's date, in the order first cited."""
        library = self.pathway.library
        named = dict.fromkeys(self._cited())
        found = (library.study[name] for name in named if name in library.study)
        date = self.pathway.date
        return tuple(
            study
            for study in found
            if not study.dates or any(known_by(day, date) for day in study.dates)
        )

    @cached_property
    def _shown(self) -> frozenset[str]:
        return frozenset(study.id for study in self.evidence)

    def _cited(self) -> Iterator[str]:
        library = self.pathway.library
        for node in self.steps:
            advice = node.recommendation
            yield from advice.evidence
            yield from (rating.by for rating in advice.ratings if rating.by)
            yield from _evidence_of(advice.positions)
            if isinstance(node, Decide):
                yield from _evidence_of(node.positions)
        for regimen in self.regimens:
            for drug_id in regimen.drugs:
                if (drug := library.drug.get(drug_id)) is not None:
                    for warning in (*drug.contraindications, *drug.cautions):
                        yield from (c.evidence for c in warning.cites if c.evidence)
        for gap in self.gaps:
            yield from (study.evidence for study in gap.studied_by if study.evidence)
            if gap.answered is not None:
                yield gap.answered.evidence
        for criterion in self.criteria:
            yield from _evidence_of(criterion.positions)

    def evidence_link(self, name: str) -> Line | None:
        """A link to a study or document, or None if it is not known to this pathway."""
        if name not in self._shown:
            return None
        study = self.pathway.library.study[name]
        return (Link(anchors.evidence(self.id, name), study.label),)

    def sources(self, cites: Iterable[Citation]) -> Line:
        """What is cited, each linked, separated by commas; empty if nothing is left."""
        lines: list[Line] = []
        for cite in cites:
            if cite.code is not None:
                lines.append(code_line(cite.code))
            elif cite.evidence and (line := self.evidence_link(cite.evidence)) is not None:
                lines.append(line)
        return joined(tuple(lines))

    # criteria

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria measured or asked for on the pathway, by label."""
        names: set[str] = set()
        for node in self.pathway.nodes:
            if isinstance(node, Assess):
                names.update(node.measures)
        for expression in self._conditions():
            names.update(self._criteria_of(expression))
        library = self.pathway.library
        found = [library.criterion[name] for name in names if name in library.criterion]
        return tuple(sorted(found, key=lambda criterion: (criterion.label.lower(), criterion.id)))

    def _conditions(self) -> Iterator[Expression]:
        if self.pathway.eligible is not None:
            yield self.pathway.eligible
        for ways in all_exits(self.pathway).values():
            for way in ways:
                line = way.branch or way.option
                if line is not None and line.when is not None:
                    yield line.when

    def _criteria_of(self, expression: Expression) -> Iterator[str]:
        library = self.pathway.library
        waiting = [expression]
        opened: set[str] = set()
        while waiting:
            for test in tests_of(waiting.pop()):
                match test:
                    case Meets(name):
                        if name not in opened and name in library.condition:
                            opened.add(name)
                            waiting.append(library.condition[name].means)
                    case Compares(subject, score=True) | Within(subject, score=True):
                        if subject not in opened and subject in library.score:
                            opened.add(subject)
                            waiting.extend(part.when for part in library.score[subject].parts)
                    case Compares(subject) | Within(subject):
                        yield subject
                    case Holds(name) | IsOneOf(name) | Includes(name):
                        yield name
                    case IsKnown(name) | IsUnknown(name):
                        yield name
                    case Had():
                        pass


def _evidence_of(positions: Iterable[Position]) -> Iterator[str]:
    for position in positions:
        yield from (cite.evidence for cite in position.cites if cite.evidence)
