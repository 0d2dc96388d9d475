"""Timing whole programs and functions: medians of several runs, taken in turn.

What is compared runs alternately, so that a machine that grows slow does not favour one.
"""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import time
import tracemalloc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


def programs(
    commands: Mapping[str, Sequence[str]], *, runs: int = 9, cwd: str | None = None
) -> dict[str, float]:
    """Median seconds of each command, as a process of its own."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    for turn in range(runs + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(
                command, cwd=cwd, env=environment, check=False, capture_output=True, timeout=600
            )
            if turn:  # the first turn fills the caches
                times[name].append(time.perf_counter() - start)
    return {name: statistics.median(taken) for name, taken in times.items() if taken}


def functions(calls: Mapping[str, Callable[[], object]], *, runs: int = 3) -> dict[str, float]:
    """Median seconds of each call in this process, the collector off while it runs."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(runs + 1):
        for name, call in calls.items():
            gc.collect()
            gc.disable()
            start = time.perf_counter()
            call()
            taken = time.perf_counter() - start
            gc.enable()
            if turn:
                times[name].append(taken)
    return {name: statistics.median(taken) for name, taken in times.items()}


def peak_megabytes(call: Callable[[], object]) -> float:
    """The most memory Python held for a call at any moment, in megabytes."""
    gc.collect()
    tracemalloc.start()
    kept = call()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    del kept
    return peak / 1_000_000


def row(what: str, seconds: float, peer: str, peer_seconds: float, most: float | None) -> None:
    """Print one comparison: what it took, beside whom, and the ratio with what is allowed."""
    ratio = seconds / peer_seconds
    target = "" if most is None else f"   at most {most:g}: {'yes' if ratio <= most else 'NO'}"
    print(
        f"{what:<44} {seconds * 1000:9.0f} ms   {peer:<32} {peer_seconds * 1000:9.0f} ms   "
        f"x {ratio:5.2f}{target}"
    )
