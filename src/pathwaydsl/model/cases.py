"""Patient cases: what is given step by step, and what is expected of the pathway."""

from typing import Literal

from attrs import frozen

from pathwaydsl.model.nodes import Assignment
from pathwaydsl.model.values import written
from pathwaydsl.text.span import Span


@frozen
class Given:
    """Values, from the start (`at` and `during` None), at a visit, or while at a node."""

    assignments: tuple[Assignment, ...]
    at: str | None = None
    during: str | None = None
    span: Span | None = written()


@frozen
class Chosen:
    """`at NODE choose NODE`."""

    at: str
    option: str
    span: Span | None = written()


@frozen
class Expect:
    """What is expected; `nodes` are in the order written.

    Forms: `way` (in this order, others may lie between), `only` (exactly these treat, act, gap,
    enter and end nodes), `never`, `end-at`, `flagged` (a gap) and `stuck` (at a node, without
    `missing`).
    """

    form: Literal["way", "only", "never", "end-at", "flagged", "stuck"]
    nodes: tuple[str, ...]
    missing: str | None = None
    span: Span | None = written()


@frozen
class Case:
    """One patient."""

    label: str
    steps: tuple[Given | Chosen, ...] = ()
    expects: tuple[Expect, ...] = ()
    span: Span | None = written()
