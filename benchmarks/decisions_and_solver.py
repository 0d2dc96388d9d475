"""Questions about decisions, beside z3 on the same questions in one run.

For each line of a decision: does somebody take it; for each pair of conditions: does somebody
fulfil both; and is somebody uncovered.
z3 gets one solver an instance, the legal values asserted once, every question pushed and popped.
Building is counted on both sides. 30 seeded instances each.
"""

from __future__ import annotations

import gc
import random
import statistics
import sys
import time
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import z3

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.unit.logic.solver import Encoding, decision  # the encoding that the tests trust

from pathwaydsl.logic.diagrams import UndecidedError
from pathwaydsl.logic.reachability import Arrivals
from pathwaydsl.model.criteria import Criterion, NumberRange, OneOf, Value, YesNo
from pathwaydsl.model.expressions import And, Compares, Expression, Holds, IsOneOf, Not, Sign
from pathwaydsl.model.nodes import Assess, Branch, Decide, End, Node
from pathwaydsl.model.pathway import Library, Pathway
from pathwaydsl.model.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

INSTANCES = 30
_VALUES = tuple(Value(f"v{i}", f"v{i}") for i in range(4))


def _criteria(chance: random.Random, number: int) -> tuple[Criterion, ...]:
    domains = (YesNo(), OneOf(_VALUES), NumberRange(Decimal(0), Decimal(100)), YesNo())
    return tuple(
        Criterion(
            id=f"c{i}", label=f"c{i}", domain=domains[i % 4], may_be_unknown=chance.random() < 0.5
        )
        for i in range(number)
    )


def _test(chance: random.Random, criterion: Criterion) -> Expression:
    match criterion.domain:
        case OneOf():
            some = sorted(chance.sample([v.id for v in _VALUES], chance.choice((1, 2))))
            return IsOneOf(criterion.id, tuple(some))
        case NumberRange():
            number = Quantity(Decimal(chance.choice((20, 50, 80))))
            return Compares(criterion.id, chance.choice((Sign.LESS, Sign.AT_LEAST)), number)
        case _:
            holds = Holds(criterion.id)
            return holds if chance.random() < 0.5 else Not(holds)


def _pathway(criteria: Sequence[Criterion], *nodes: Node) -> Pathway:
    work_up = Assess(id="a", label="A", measures=tuple(c.id for c in criteria), then=nodes[0].id)
    ends = (End(id="yes", label="Yes"), End(id="no", label="No"))
    library = Library(criteria=tuple(criteria))
    return Pathway(
        id="p", label="P", file="p", start="a", nodes=(work_up, *nodes, *ends), library=library
    )


def _line(chance: random.Random, criteria: Sequence[Criterion], width: int) -> Branch:
    tested = chance.sample(criteria, width)
    parts = tuple(_test(chance, criterion) for criterion in tested)
    return Branch("yes", parts[0] if width == 1 else And(parts))


_REST = (Branch("no", role="otherwise"), Branch("no", role="unknown"))


def realistic(seed: int) -> list[Pathway]:
    """Sixty decisions on three to six criteria with three to six lines of one to three tests."""
    chance = random.Random(seed)  # noqa: S311
    found = []
    for _ in range(60):
        criteria = _criteria(chance, chance.randint(3, 6))
        lines = [_line(chance, criteria, chance.randint(1, 3)) for _ in range(chance.randint(3, 6))]
        node = Decide(id="q", label="Q", branches=(*lines, *_REST))
        found.append(_pathway(criteria, node))
    return found


def table(width: int) -> Callable[[int], list[Pathway]]:
    """One decision on 40 criteria with 40 lines, each of which tests `width` of them."""

    def build(seed: int) -> list[Pathway]:
        chance = random.Random(seed)  # noqa: S311
        criteria = _criteria(chance, 40)
        lines = [_line(chance, criteria, width) for _ in range(40)]
        return [_pathway(criteria, Decide(id="q", label="Q", branches=(*lines, *_REST)))]

    return build


def tree(seed: int) -> list[Pathway]:
    """Fifty decisions of three lines below each other, on 40 criteria."""
    chance = random.Random(seed)  # noqa: S311
    criteria = _criteria(chance, 40)
    nodes = []
    for i in range(50):
        test = _test(chance, criteria[i * 40 // 50])
        children = [child if child < 50 else None for child in (3 * i + 1, 3 * i + 2, 3 * i + 3)]
        targets = ["yes" if child is None else f"q{child}" for child in children]
        branches = (
            Branch(targets[0], test),
            Branch(targets[1], role="otherwise"),
            Branch(targets[2], role="unknown"),
        )
        nodes.append(Decide(id=f"q{i}", label=f"Q{i}", branches=branches))
    return [_pathway(criteria, *nodes)]


def ours(pathways: Sequence[Pathway]) -> list[bool]:
    """The answers by our diagrams."""
    told = []
    for pathway in pathways:
        arrivals = Arrivals(pathway)
        for node in pathway.nodes:
            if isinstance(node, Decide):
                answered = arrivals.answered(node, arrivals.at.get(node.id, 0))
                told += [bool(one) for one in (*answered.lines, answered.uncovered)]
                told += [
                    arrivals.diagrams.meet(one, other)
                    for one, other in combinations(_conditions(node, answered.lines), 2)
                ]
    return told


def theirs(pathways: Sequence[Pathway]) -> list[bool]:
    """The answers by z3: one solver a pathway, one push and pop a question."""
    told = []
    for pathway in pathways:
        encoding = Encoding(pathway.library)
        solver = z3.Solver()
        solver.add(encoding.legal)
        arriving: dict[str, list[z3.BoolRef]] = {pathway.nodes[1].id: [z3.BoolVal(True)]}  # noqa: FBT003
        for node in pathway.nodes:
            if not isinstance(node, Decide):
                continue
            lines, uncovered = decision(encoding, node)
            here = z3.Or(arriving.get(node.id, [z3.BoolVal(False)]))  # noqa: FBT003
            questions = [
                *((one,) for one in (*lines, uncovered)),
                *combinations(_conditions(node, lines), 2),
            ]
            solver.push()
            solver.add(here)
            for formulas in questions:
                solver.push()
                solver.add(*formulas)
                told.append(solver.check() == z3.sat)
                solver.pop()
            solver.pop()
            for branch, formula in zip(node.branches, lines, strict=True):
                arriving.setdefault(branch.target, []).append(z3.And(here, formula))
    return told


def _conditions(node: Decide, lines: Sequence[Any]) -> list[Any]:
    """Of what there is for each line, that of the lines with a condition."""
    return [one for line, one in zip(node.branches, lines, strict=True) if line.when is not None]


def _timed(call: Callable[[], list[bool]]) -> tuple[float, list[bool] | None]:
    gc.collect()
    start = time.perf_counter()
    try:
        told = call()
    except UndecidedError:
        told = None
    return time.perf_counter() - start, told


def compare(
    what: str, build: Callable[[int], list[Pathway]], least: float | None, least_worst: float | None
) -> None:
    """Time both on 30 instances and print how many times faster ours is."""
    mine, peer, undecided = [], [], 0
    for seed in range(INSTANCES):
        pathways = build(seed)
        z3.main_ctx()
        taken, told = _timed(lambda: ours(pathways))  # noqa: B023
        other, expected = _timed(lambda: theirs(pathways))  # noqa: B023
        if told is None:
            undecided += 1
        elif told != expected:
            raise SystemExit(f"{what}, seed {seed}: the answers differ")
        mine.append(taken)
        peer.append(other)
    for kind, of, wanted in (("median", statistics.median, least), ("worst", max, least_worst)):
        ratio = of(peer) / of(mine)
        target = (
            ""
            if wanted is None
            else f"   at least {wanted:g}: {'yes' if ratio >= wanted else 'NO'}"
        )
        print(
            f"{what:<46} {kind:<7} {of(mine) * 1000:8.0f} ms   z3 {of(peer) * 1000:8.0f} ms   "
            f"{ratio:6.1f} times as fast{target}"
        )
    if undecided:
        print(f"{'':<46} {undecided} of {INSTANCES} ended undecided within the budget")


def main() -> None:
    """Measure and print."""
    compare("60 realistic decisions", realistic, 10, None)
    compare("a tree of 40 criteria, 150 lines", tree, 1, 0.5)
    compare("40 criteria, 40 lines, two tests a line", table(2), 3, None)
    compare("40 criteria, 40 lines, every criterion a line", table(40), 3, None)
    compare("40 criteria, 40 unrelated lines of three", table(3), None, None)


if __name__ == "__main__":
    main()
