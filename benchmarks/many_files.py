"""Whether several processes would pay for many files: `python benchmarks/many_files.py [FILES]`.

They do not, see docs/adr/0028. `fmt` of many files in one process and in two, and for `check` the
share of its time that could be handed out. What a process hands back has to be packed and
unpacked, which is measured.
"""

from __future__ import annotations

import gc
import pickle
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import corpus
import timing

from pathwaydsl.formatting.safe import formatted
from pathwaydsl.project import loading
from pathwaydsl.syntax.reader import read
from pathwaydsl.text.source import Source


def canonical(source: Source) -> str | None:
    """The canonical form of a file."""
    return formatted(source).value


def name_of(number: int) -> str:
    """A name of letters alone."""
    return "p" + "".join(chr(97 + number // 26**place % 26) for place in range(3))


def formatting(number: int) -> None:
    """Canonical form of so many files, in this process and in two others."""
    names = [name_of(one) for one in range(number)]
    given = [Source(f"{name}.pathway", corpus.pathway(name, 30)) for name in names]

    def in_two() -> None:
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            list(pool.map(canonical, given, chunksize=max(1, number // 16)))

    calls = {"one": lambda: [canonical(source) for source in given], "two": in_two}
    times = timing.functions(calls, runs=1)
    size = sum(len(source.text) for source in given)
    timing.row(f"fmt of {number} files, {size:,} characters, in two", times["two"],
               "in one process", times["one"], 0.8)  # fmt: skip


def checking(number: int) -> None:
    """What of a check could be done elsewhere, and what it costs to bring it back."""
    with tempfile.TemporaryDirectory() as folder:
        for one in range(number):
            text = corpus.pathway(name_of(one), 30)
            Path(folder, f"{name_of(one)}.pathway").write_text(text, "utf-8")
        Path(folder, "pathwaydsl.toml").write_text("", "utf-8")
        start = time.perf_counter()
        project = loading.load_project([Path(folder)])
        whole = time.perf_counter() - start
        gc.disable()  # as loading does
        sources = [Source(s.name, s.text) for s in project.sources.values() if s.text]
        start = time.perf_counter()
        trees = [read(source).value for source in sources]
        reading = time.perf_counter() - start
        start = time.perf_counter()
        pickle.loads(pickle.dumps(trees))  # noqa: S301  our own values
        packing = time.perf_counter() - start
        gc.enable()
    timing.row(f"check of {number} files: reading them", reading, "all of it", whole, None)
    timing.row("  to send the trees to a process and back", packing, "reading them", reading, None)


if __name__ == "__main__":
    for count in map(int, sys.argv[1:] or ["10", "100", "300"]):
        formatting(count)
        checking(count)
