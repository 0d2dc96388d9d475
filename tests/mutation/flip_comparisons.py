"""Flips each comparison of `logic`, one at a time, and counts how many the tests notice.

Run it with `make mutation`. A flipped program runs in a copy of the sources, against the tests
that hold `logic` to brute force and to the solver. What survives is printed; what cannot be
noticed, because both programs do the same, stands in `SAME` with its reason. Exits with 1 below
95 %.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOGIC = Path("pathwaydsl/logic")
TESTS = (
    "tests/unit/logic/test_thresholds.py",
    "tests/unit/logic/test_against_solver.py",
    "tests/unit/logic/test_hard_questions.py",
    "tests/unit/logic/test_strands_and_gaps.py",
    "tests/unit/logic/test_handing_over.py",
    "tests/unit/logic/test_what_was_had.py",
    "tests/unit/checks/test_catalogue.py",
    "tests/unit/logic",
    "tests/unit/checks",
    "tests/unit/report/test_outcomes_formats.py",
    "tests/unit/exchange",
)
"""The quickest to notice first."""
LEAST = 0.95

FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.LtE: ast.Gt,
    ast.Gt: ast.LtE,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}

SAME: dict[tuple[str, str], str] = {}
"""Flips that make no difference to any answer: file and line as written, and why."""


def flips(source: str) -> list[tuple[int, str, str]]:
    """Every flipped program: line, the line as written, the whole text with one flip."""
    found = []
    tree = ast.parse(source)
    places = [
        (node, number)
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        for number in range(len(node.ops))
    ]
    lines = source.splitlines()
    for node, number in places:
        was = node.ops[number]
        node.ops[number] = FLIPPED[type(was)]()
        text = ast.unparse(tree)
        node.ops[number] = was
        found.append((node.lineno, lines[node.lineno - 1].strip(), text))
    return found


def noticed(name: str, text: str, tests: list[str], seconds: int) -> bool:
    """Whether the tests fail, or never end, with one file of `logic` replaced."""
    with tempfile.TemporaryDirectory() as folder:
        sources = Path(folder) / "src"
        shutil.copytree(ROOT / "src", sources, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(ROOT / "grammar", Path(folder) / "grammar")
        (sources / LOGIC / name).write_text(text, encoding="utf-8")
        environment = {
            **os.environ,
            "PYTHONPATH": str(sources),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HYPOTHESIS_STORAGE_DIRECTORY": folder,
        }
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
        try:
            run = subprocess.run(
                command,
                cwd=ROOT,
                env=environment,
                capture_output=True,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return True
    return run.returncode != 0


def main() -> int:
    """Flip, run, count and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", help="files of logic; all where none are given")
    parser.add_argument("--seconds", type=int, default=300, help="for one run of the tests")
    parser.add_argument("--sample", type=int, default=0, help="flip only so many, drawn at random")
    parser.add_argument("--seed", type=int, default=1, help="for the sample")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    tests = [str(ROOT / test) for test in TESTS]
    if noticed("__init__.py", '"""Unchanged."""\n', tests, options.seconds):
        print("the tests fail without any flip")
        return 2
    folder = ROOT / "src" / LOGIC
    names = options.files or sorted(path.name for path in folder.glob("*.py"))
    work = [
        (name, line, written, text)
        for name in names
        for line, written, text in flips((folder / name).read_text("utf-8"))
        if (name, written) not in SAME
    ]
    if options.sample:
        work = random.Random(options.seed).sample(work, min(options.sample, len(work)))
    told = []
    with ThreadPoolExecutor(options.jobs) as pool:
        runs = pool.map(lambda one: noticed(one[0], one[3], tests, options.seconds), work)
        for (name, line, written, _), seen in zip(work, runs, strict=True):
            told.append(seen)
            if not seen:
                print(f"survived: {name}:{line}: {written}", flush=True)
            if len(told) % 10 == 0:
                print(f"{len(told)} of {len(work)} tried", flush=True)
    share = sum(told) / len(told)
    print(f"{sum(told)} of {len(told)} flips noticed, {share:.1%}; {len(SAME)} make no difference")
    return 0 if share >= LEAST else 1


if __name__ == "__main__":
    raise SystemExit(main())
