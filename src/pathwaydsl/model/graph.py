"""The ways between nodes: which exits a node has, as the reference says in section 5."""

from collections.abc import Iterator, Mapping
from typing import Literal, assert_never

from attrs import frozen

from pathwaydsl.model.nodes import (
    Act,
    Assess,
    Branch,
    Choose,
    Decide,
    End,
    Enter,
    GapNode,
    Node,
    Option,
    Together,
    Treat,
)
from pathwaydsl.model.pathway import Pathway

ExitKind = Literal["then", "branch", "option", "strand", "during"]


@frozen
class Exit:
    """A way out of a node.

    Attributes:
        source: Id of the node left.
        target: Id of the node arrived at, or `resume`.
        kind: Which statement it comes from.
        branch: The line of the `decide` or `during`, for those kinds.
        option: The option, for that kind.
    """

    source: str
    target: str
    kind: ExitKind
    branch: Branch | None = None
    option: Option | None = None


def exits(node: Node) -> tuple[Exit, ...]:
    """The exits of a node in the order written, without those of a `during`."""
    match node:
        case Decide():
            return tuple(Exit(node.id, b.target, "branch", branch=b) for b in node.branches)
        case Choose():
            return tuple(Exit(node.id, o.target, "option", option=o) for o in node.options)
        case Together():
            strands = tuple(Exit(node.id, target, "strand") for target in node.strands)
            return strands + _then(node)
        case Assess() | Treat() | Act() | GapNode():
            return _then(node)
        case Enter() | End():
            return ()
        case _:
            assert_never(node)


def _then(node: Assess | Treat | Act | GapNode | Together) -> tuple[Exit, ...]:
    return () if node.then is None else (Exit(node.id, node.then, "then"),)


def during_exits(pathway: Pathway) -> Iterator[Exit]:
    """The exits that each `during` adds to the nodes it names, in the order written."""
    for during in pathway.durings:
        for node_id in during.nodes:
            for branch in during.branches:
                yield Exit(node_id, branch.target, "during", branch=branch)


def all_exits(pathway: Pathway) -> Mapping[str, tuple[Exit, ...]]:
    """Every exit of every node by node id, those of `during` after the node's own."""
    found: dict[str, list[Exit]] = {node.id: list(exits(node)) for node in pathway.nodes}
    for way in during_exits(pathway):
        found.setdefault(way.source, []).append(way)
    return {source: tuple(ways) for source, ways in found.items()}
