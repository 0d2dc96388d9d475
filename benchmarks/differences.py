"""Two versions of a pathway: pairing and telling the changes, beside a general tool; and whole.

A tenth of the boxes is edited, 2 % have another id, the order is shuffled. `deepdiff` gets the
same models in memory and is told to pair by id; it cannot know of the new ids. Whole processes:
`diff` of a pair beside a bare `check` of one of them.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve
from corpus import pathway as text_of
from deepdiff import DeepDiff
from deepdiff.helper import CannotCompare
from timing import functions, programs, row

from pathwaydsl.resolve import resolve
from pathwaydsl.syntax.reader import read
from pathwaydsl.text.source import Source
from pathwaydsl.versions.comparison import compare

if TYPE_CHECKING:
    from pathwaydsl.model.pathway import Pathway

EDITED, RENAMED = 0.1, 0.02
MOST_FOR_DEEPDIFF = 5_000
NEAR = 20_000
"""Up to so many boxes the time has to stay near linear."""


def pair(boxes: int) -> tuple[Pathway, Pathway, dict[str, str]]:
    """Two versions, and the new id of each box that got one."""
    text = text_of("size", boxes)
    edited, names = edited_text(text)
    return model(text), shuffled(model(edited)), names


def edited_text(text: str) -> tuple[str, dict[str, str]]:
    """The text with a tenth of its treatments and looks edited, and some ids changed."""
    chance = random.Random(5)  # noqa: S311  the same every time
    numbers = range(text.count("  treat treat-"))
    lines = text.split("\n")
    edits = set(chance.sample(numbers, max(1, int(3 * EDITED * len(numbers)))))
    named = chance.sample(sorted(set(numbers) - edits), max(1, int(3 * RENAMED * len(numbers))))
    names = {f"treat-{number}": f"therapy-{number}-anew" for number in named}
    here = ""
    for place, line in enumerate(lines):
        words = line.split()
        if words[:1] == ["treat"]:
            here = words[1].removeprefix("treat-")
        if words[:1] == ["monitor"] and int(here) in edits:
            lines[place] = line.replace("every 12 weeks", "every 8 weeks")
        if words and words[-1] in names:
            lines[place] = line.replace(words[-1], names[words[-1]])
        elif words[:1] == ["treat"] and words[1] in names:
            lines[place] = line.replace(f"treat {words[1]} ", f"treat {names[words[1]]} ")
    return "\n".join(lines), names


def model(text: str) -> Pathway:
    """The pathway of a text."""
    tree = read(Source("a.pathway", text)).value
    found = resolve({"a.pathway": tree}, {}).value["a.pathway"].pathway
    if found is None:
        raise ValueError("no pathway in it")
    return found


def shuffled(found: Pathway) -> Pathway:
    """The same with its boxes in another order."""
    nodes = list(found.nodes)
    random.Random(6).shuffle(nodes)  # noqa: S311
    return evolve(found, nodes=tuple(nodes))


def by_id(one: Any, other: Any, _level: Any = None) -> bool:
    """Whether two values stand for one thing, for deepdiff."""
    try:
        return bool(one.id == other.id)
    except AttributeError:
        raise CannotCompare from None


def general(old: Pathway, new: Pathway) -> object:
    """The same models, compared by deepdiff."""
    return DeepDiff(list(old.nodes), list(new.nodes), iterable_compare_func=by_id)


def main() -> None:
    """Measure and print."""
    sizes = [int(one) for one in sys.argv[1:]] or [1_000, 5_000, NEAR]
    taken: dict[int, float] = {}
    for boxes in sizes:
        old, new, names = pair(boxes)
        told = compare(old, new, advice=False)
        missed = [name for name in names if told.nodes.get(name) != names[name]]
        calls = {"ours": lambda old=old, new=new: compare(old, new, advice=False)}
        if boxes <= MOST_FOR_DEEPDIFF:
            calls["deepdiff"] = lambda old=old, new=new: general(old, new)
        times = functions(calls, runs=3)
        taken[boxes] = times["ours"]
        print(f"{len(old.nodes)} boxes, {len(told.changes)} changes, {len(names)} ids changed")
        print(f"  ids found again: {len(names) - len(missed)} of {len(names)}")
        if "deepdiff" in times:
            row("pair and tell", times["ours"], "deepdiff by id", times["deepdiff"], 1)
        else:
            print(f"  pair and tell: {times['ours']:.2f} s")
    if len(taken) > 1:
        small, large = min(taken), max(taken)
        row(f"a box of {large}", taken[large] / large, f"a box of {small}", taken[small] / small, 2)
    whole(200)


def whole(boxes: int) -> None:
    """`diff` of a pair beside `check` of one, as processes."""
    with tempfile.TemporaryDirectory() as folder:
        text = text_of("size", boxes)
        old, new = Path(folder) / "old.pathway", Path(folder) / "new.pathway"
        old.write_text(text)
        new.write_text(edited_text(text)[0].replace("version 1.0.0", "version 2.0.0"))
        program = [sys.executable, "-m", "pathwaydsl"]
        times = programs(
            {
                "check": [*program, "check", str(old)],
                "diff": [*program, "diff", str(old), str(new)],
            },
            runs=5,
        )
    print(f"{boxes} boxes, whole processes")
    row("diff of both", times["diff"], "check of one", times["check"], 4)


if __name__ == "__main__":
    main()
