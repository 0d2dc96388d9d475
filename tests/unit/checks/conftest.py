"""Pathways made by hand, so that each check is tested without the reader."""

from collections.abc import Callable

import pytest

from pathwaydsl.checks import CheckOptions, check
from pathwaydsl.model.nodes import During, Node
from pathwaydsl.model.pathway import Document, Library, Pathway
from pathwaydsl.model.values import PartialDate, Version
from pathwaydsl.text.finding import Finding
from pathwaydsl.text.span import Span

FILE = "example.pathway"


@pytest.fixture
def pathway() -> Callable[..., Pathway]:
    """A pathway with a whole head; nodes get the places they have in the list."""

    def made(*nodes: Node, durings: tuple[During, ...] = (), **head: object) -> Pathway:
        stated = {
            "version": Version(1, 0, 0),
            "date": PartialDate(2025, 1, 1),
            "status": "draft",
            "population": "Adults",
            "eligible_stated": True,
            "start": nodes[0].id if nodes else None,
            "span": Span(FILE, 0, 1),
        } | head
        return Pathway(
            id="example", label="Example", file=FILE, nodes=nodes, durings=durings, **stated
        )

    return made


@pytest.fixture
def found() -> Callable[..., list[str]]:
    """The codes and boxes of what the checks find in a pathway."""

    def look(pathway: Pathway, **options: object) -> list[Finding]:
        own = pathway.library
        document = Document(file=FILE, library=own, own=own, pathway=pathway)
        documents = {FILE: document}
        return list(check(documents, CheckOptions(**options)))

    return look


@pytest.fixture
def library() -> Callable[..., Library]:
    """A library from lists of definitions."""
    return lambda **kinds: Library(**{kind: tuple(found) for kind, found in kinds.items()})
