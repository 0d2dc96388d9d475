"""What every check looks at: the documents of one run, and what was asked.

What several passes need (the contents of a file, the ways of a pathway) is worked out once.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property

from attrs import evolve, field, frozen

from pathwaydsl.checks.contents import Part, parts
from pathwaydsl.checks.uses import Use, uses_in
from pathwaydsl.checks.ways import Ways
from pathwaydsl.logic.reachability import Arrivals
from pathwaydsl.model.evidence import Evidence
from pathwaydsl.model.gaps import Gap
from pathwaydsl.model.nodes import GapNode
from pathwaydsl.model.pathway import Document, Pathway
from pathwaydsl.model.values import PartialDate
from pathwaydsl.text.span import Span


@frozen
class CheckOptions:
    """What a run of the checks is told.

    Attributes:
        as_of: The day that counts as today, or None when nothing depends on it.
        unread: Files with reading errors; what is missing in them may only be unread.
        built_on_unread: Files that use such a file; what they mean is not known whole.
        broken_names: Names that stand in statements which could not be read.
    """

    as_of: PartialDate | None = None
    unread: frozenset[str] = frozenset()
    built_on_unread: frozenset[str] = frozenset()
    broken_names: frozenset[str] = frozenset()


@frozen(slots=False)
class Review:
    """The documents of one run with what the passes ask about them."""

    documents: Mapping[str, Document]
    options: CheckOptions = CheckOptions()
    _ways: dict[str, Ways] = field(factory=dict, eq=False, repr=False)
    arrivals: dict[str, Arrivals] = field(factory=dict, eq=False, repr=False)

    @cached_property
    def contents(self) -> Mapping[str, tuple[Part, ...]]:
        """Every part of each file's own definitions and of its pathway, in the order written."""
        return {
            name: tuple(parts((document.own, _without_library(document)), default=_start_of(name)))
            for name, document in self.documents.items()
        }

    @cached_property
    def uses(self) -> Mapping[str, frozenset[Use]]:
        """What each file uses, as kind and id."""
        return {name: frozenset(uses_in(found)) for name, found in self.contents.items()}

    @property
    def pathways(self) -> Iterator[Pathway]:
        """Every pathway, in the order of the files."""
        for document in self.documents.values():
            if document.pathway is not None:
                yield document.pathway

    @property
    def readable_pathways(self) -> Iterator[Pathway]:
        """The pathways of files in which, with all they use, everything could be read."""
        unread = self.options.unread | self.options.built_on_unread
        return (pathway for pathway in self.pathways if pathway.file not in unread)

    def ways(self, pathway: Pathway) -> Ways:
        """The ways of a pathway."""
        if pathway.file not in self._ways:
            self._ways[pathway.file] = Ways(pathway)
        return self._ways[pathway.file]

    @property
    def evidence(self) -> Iterator[Evidence]:
        """Every study, guideline or regulator's document, each once, where it is defined."""
        for document in self.documents.values():
            yield from document.own.evidence

    @property
    def gaps(self) -> Iterator[tuple[str, Gap]]:
        """Every gap with the file it is defined in: those of libraries and those of pathways."""
        for name, document in self.documents.items():
            for gap in document.own.gaps:
                yield name, gap
            if document.pathway is not None:
                for gap in gaps_of(document.pathway):
                    yield name, gap


def gaps_of(pathway: Pathway) -> Iterator[Gap]:
    """The gaps that are defined in a pathway itself."""
    for node in pathway.nodes:
        if isinstance(node, GapNode) and not _from_library(node, pathway):
            yield node.gap


def _from_library(node: GapNode, pathway: Pathway) -> bool:
    return pathway.library.gap.get(node.id) == node.gap


def _without_library(document: Document) -> Pathway | None:
    """The pathway without the gaps of libraries that patients arrive at in it."""
    pathway = document.pathway
    if pathway is None:
        return None
    own = tuple(
        node
        for node in pathway.nodes
        if not isinstance(node, GapNode) or not _from_library(node, pathway)
    )
    return pathway if len(own) == len(pathway.nodes) else evolve(pathway, nodes=own)


def place_of(span: Span | None, pathway: Pathway) -> Span:
    """A span, or where the pathway starts if it is not known."""
    return span or pathway.span or _start_of(pathway.file)


def _start_of(name: str) -> Span:
    return Span(name, 0, 0)


def quoted(label: str) -> str:
    """A label as messages show it."""
    return f"“{label}”"
