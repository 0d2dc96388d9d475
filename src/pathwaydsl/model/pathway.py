"""A pathway with its head, its nodes, and the library of definitions it stands on."""

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType

from attrs import frozen

from pathwaydsl.model.cases import Case
from pathwaydsl.model.criteria import Condition, Criterion, Impossible, Score
from pathwaydsl.model.evidence import Evidence, Scheme
from pathwaydsl.model.expressions import Expression
from pathwaydsl.model.gaps import Gap
from pathwaydsl.model.nodes import During, GapNode, Node
from pathwaydsl.model.regimens import Drug, Regimen
from pathwaydsl.model.values import Lineage, PartialDate, Version, written
from pathwaydsl.text.span import Span

STATUSES = ("draft", "in-review", "published", "retired")
"""Statuses of a pathway."""


@frozen(slots=False)
class Library:
    """Definitions in scope, each kind sorted by id; ids are unique within a kind."""

    criteria: tuple[Criterion, ...] = ()
    conditions: tuple[Condition, ...] = ()
    scores: tuple[Score, ...] = ()
    impossible: tuple[Impossible, ...] = ()
    drugs: tuple[Drug, ...] = ()
    regimens: tuple[Regimen, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    gaps: tuple[Gap, ...] = ()

    @cached_property
    def criterion(self) -> Mapping[str, Criterion]:
        """Criteria by id."""
        return MappingProxyType({item.id: item for item in self.criteria})

    @cached_property
    def condition(self) -> Mapping[str, Condition]:
        """Conditions by id."""
        return MappingProxyType({item.id: item for item in self.conditions})

    @cached_property
    def score(self) -> Mapping[str, Score]:
        """Scores by id."""
        return MappingProxyType({item.id: item for item in self.scores})

    @cached_property
    def drug(self) -> Mapping[str, Drug]:
        """Drugs by id."""
        return MappingProxyType({item.id: item for item in self.drugs})

    @cached_property
    def regimen(self) -> Mapping[str, Regimen]:
        """Regimens by id."""
        return MappingProxyType({item.id: item for item in self.regimens})

    @cached_property
    def study(self) -> Mapping[str, Evidence]:
        """Evidence by id."""
        return MappingProxyType({item.id: item for item in self.evidence})

    @cached_property
    def scheme(self) -> Mapping[str, Scheme]:
        """Grading schemes by id, those that come with the language included."""
        return MappingProxyType({item.id: item for item in self.schemes})

    @cached_property
    def gap(self) -> Mapping[str, Gap]:
        """Gaps defined at file level, by id."""
        return MappingProxyType({item.id: item for item in self.gaps})


@frozen
class Author:
    """An author with role and interests, in their own words."""

    name: str
    role: str
    interests: str


@frozen
class Approval:
    """`approved by "…" on DATE`."""

    by: str
    on: PartialDate
    span: Span | None = written()


@frozen(kw_only=True, slots=False)
class Pathway(Lineage):
    """A clinical pathway.

    Attributes:
        version, date, status, start: None only where the author left them out (a finding).
        eligible: For whom it is; None means everyone.
        eligible_stated: Whether the author said so.
        impossible: The `impossible` rules written in its head.
        nodes: In the order written; gaps inside the pathway are `GapNode`.
        library: Every definition it can reach through its imports.
        cases: The cases of its file.
    """

    id: str
    label: str
    file: str
    version: Version | None = None
    date: PartialDate | None = None
    status: str | None = None
    supersedes: Version | None = None
    population: str | None = None
    eligible: Expression | None = None
    eligible_stated: bool = False
    start: str | None = None
    grading: str | None = None
    searched_to: PartialDate | None = None
    license: str | None = None
    authors: tuple[Author, ...] = ()
    approvals: tuple[Approval, ...] = ()
    change_note: str | None = None
    impossible: tuple[Impossible, ...] = ()
    nodes: tuple[Node, ...] = ()
    durings: tuple[During, ...] = ()
    cases: tuple[Case, ...] = ()
    library: Library = Library()
    span: Span | None = written()

    @cached_property
    def node(self) -> Mapping[str, Node]:
        """Nodes by id."""
        return MappingProxyType({item.id: item for item in self.nodes})

    @cached_property
    def gap(self) -> Mapping[str, Gap]:
        """Every gap that can be pinned or arrived at: those of the pathway, then the library's."""
        own = {node.id: node.gap for node in self.nodes if isinstance(node, GapNode)}
        return MappingProxyType({**self.library.gap, **own})


@frozen
class Document:
    """One resolved file: what it defines itself, and its pathway if it holds one.

    `library` is every definition it can reach; `own` lists what it defines itself.
    """

    file: str
    library: Library = Library()
    own: Library = Library()
    pathway: Pathway | None = None
