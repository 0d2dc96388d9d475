"""The layout engine, run as a program of its own under limits of time, memory and output.

The one place in `chart` that starts a program. Whatever the engine does - missing, crashing,
hanging, refusing one chart, writing without end - comes back as a `Failure`, never as an exception.
"""

import importlib.metadata
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Literal

from attrs import frozen

from pathwaydsl.chart.boxes import MAX_BOXES

Format = Literal["svg", "png", "pdf"]

PURE = "graphviz-pure"
"""The engine that comes with pathwaydsl."""

_LOOK = 0.25
"""Seconds between looks at how much has been written."""


@frozen(kw_only=True)
class EngineSettings:
    """Which engine, and its limits.

    Attributes:
        command: A program to run instead of the one that comes with pathwaydsl, such as `dot`:
            a name on the search path or a path.
        seconds: Wall time for one run; a run draws several charts.
        memory: Bytes of address space for one run, where the system has such a limit (Linux).
        output: Bytes one drawing may have.
        workers: Runs at a time; None means one for each core.
        batch: Charts in one run at most.
        boxes: Boxes one chart may have; above, it is not drawn.
    """

    command: str | None = None
    seconds: float = 30.0
    memory: int = 2_000_000_000
    output: int = 20_000_000
    workers: int | None = None
    batch: int = 64
    boxes: int = MAX_BOXES


@frozen
class Failure:
    """Why there is no drawing, in words that end a sentence."""

    reason: str
    help: str | None = None


def lay_out(
    sources: Sequence[str],
    engine: EngineSettings,
    format: Format = "svg",  # noqa: A002
) -> tuple[bytes | Failure, ...]:
    """What the engine draws of each DOT source, in their order.

    A chart that the engine cannot draw is found and reported alone; the others are drawn.
    """
    program = _program(engine.command)
    if isinstance(program, Failure):
        return tuple(program for _ in sources)
    if not sources:
        return ()
    workers = min(engine.workers or os.cpu_count() or 1, len(sources))
    size = min(engine.batch, -(-len(sources) // workers))
    batches = [sources[start : start + size] for start in range(0, len(sources), size)]
    run = _Run(program, engine, format)
    if workers == 1:
        results = [run.drawn(batch) for batch in batches]
    else:
        with ThreadPoolExecutor(workers) as pool:
            results = list(pool.map(run.drawn, batches))
    return tuple(result for batch in results for result in batch)


def engine_version(engine: EngineSettings) -> str | Failure:
    """Name and version of the engine, as caches and pages say it."""
    if engine.command is None:
        try:
            return f"{PURE} {importlib.metadata.version(PURE)}"
        except importlib.metadata.PackageNotFoundError:
            return _missing(None)
    program = _program(engine.command)
    return program if isinstance(program, Failure) else _asked_version(program)


_SECONDS_FOR_VERSION = 10.0


@lru_cache(maxsize=8)
def _asked_version(program: str) -> str | Failure:
    silent = Failure(f"the layout engine {program} does not say its version")
    try:
        started = subprocess.Popen(
            [program, "-V"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=os.name == "posix",
        )
    except OSError:
        return silent
    with started:
        try:
            answer, _ = started.communicate(timeout=_SECONDS_FOR_VERSION)
        except BaseException as error:
            _stop(started)
            if isinstance(error, subprocess.TimeoutExpired):
                return silent
            raise
    said = answer.decode("utf-8", "replace")
    found = re.search(r"\d+\.\d+[\w.]*", said)
    return f"{Path(program).name} {found.group() if found else 'of unknown version'}"


def _program(command: str | None) -> str | Failure:
    """The path of the engine."""
    if command is not None:
        found = shutil.which(command)
        return found if found is not None else _missing(command)
    try:
        files = importlib.metadata.distribution(PURE).files or ()
    except importlib.metadata.PackageNotFoundError:
        return _missing(None)
    for file in files:
        if Path(file.name).stem == PURE and file.suffix in {"", ".exe"}:
            path = Path(str(file.locate())).resolve()
            if path.is_file():
                return str(path)
    return _missing(None)


def _missing(command: str | None) -> Failure:
    if command is not None:
        return Failure(
            f"the layout engine “{command}” was not found",
            "name an installed one in pathwaydsl.toml, or leave the setting out",
        )
    return Failure("the layout engine is not installed", f"pip install {PURE}")


@frozen
class _Run:
    """Draws batches of charts with one program."""

    program: str
    engine: EngineSettings
    format: Format

    def drawn(self, sources: Sequence[str]) -> list[bytes | Failure]:
        """One batch, in as many runs as the charts that fail make necessary."""
        try:
            with tempfile.TemporaryDirectory(prefix="pathwaydsl-") as folder:
                names = []
                for number, source in enumerate(sources):
                    path = Path(folder, f"c{number}.gv")
                    path.write_bytes(source.encode("utf-8", "replace"))
                    names.append(path)
                return self._batch(names)
        except OSError as error:
            reason = f"the layout engine could not be run: {error.strerror or error}"
            return [Failure(reason) for _ in sources]

    def _batch(self, names: Sequence[Path]) -> list[bytes | Failure]:
        outputs = [name.with_name(f"{name.name}.{self.format}") for name in names]
        for output in outputs:
            output.unlink(missing_ok=True)
        trouble = self._run(names)
        read = [self._read(output) for output in outputs]
        if trouble is None and not any(isinstance(each, Failure) for each in read):
            return read
        if len(names) == 1:
            return [trouble or read[0]]
        cut = self._suspect(read)
        if cut is None:
            middle = len(names) // 2
            return self._batch(names[:middle]) + self._batch(names[middle:])
        results = self._batch(names[:cut]) if cut else []
        results += self._batch(names[cut : cut + 1])
        return results + (self._batch(names[cut + 1 :]) if cut + 1 < len(names) else [])

    @staticmethod
    def _suspect(read: Sequence[bytes | Failure]) -> int | None:
        """The first chart without a whole drawing: where the engine stopped."""
        return next((i for i, each in enumerate(read) if isinstance(each, Failure)), None)

    def _read(self, output: Path) -> bytes | Failure:
        try:
            if output.stat().st_size > self.engine.output:
                return self._too_large()
            content = output.read_bytes()
        except OSError:
            return Failure("the layout engine wrote no drawing")
        if self.format == "svg" and not content.rstrip().endswith(b"</svg>"):
            return Failure("the layout engine stopped in the middle of the drawing")
        return content or Failure("the layout engine wrote an empty drawing")

    def _too_large(self) -> Failure:
        size = self.engine.output / 1_000_000
        return Failure(f"the drawing is larger than {size:g} MB, the limit for one chart")

    def _run(self, names: Sequence[Path]) -> Failure | None:
        """One run over these files; what went wrong, or None."""
        folder = names[0].parent
        command = [self.program, f"-T{self.format}", "-O", *(name.name for name in names)]
        if Path(self.program).stem == PURE:
            command.insert(1, "-q")
        posix = os.name == "posix"
        started = subprocess.Popen(
            command,
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=posix,
        )
        with started:
            self._limit(started.pid)
            try:
                code = self._watched(started, folder)
            except BaseException:
                _stop(started)
                raise
            if isinstance(code, Failure):
                _stop(started)
                return code
        if code == 0:
            return None
        if posix and code == -signal.SIGXFSZ:
            return self._too_large()
        return Failure(
            "the layout engine crashed"
            if code < 0 or code > 1
            else "the layout engine could not draw it"
        )

    def _watched(self, started: "subprocess.Popen[bytes]", folder: Path) -> int | Failure:
        """How the run ended, or which limit it went over."""
        end = time.monotonic() + self.engine.seconds
        while True:
            left = end - time.monotonic()
            try:
                return started.wait(max(0.0, min(_LOOK, left)))
            except subprocess.TimeoutExpired:
                if left <= _LOOK:
                    limit = f"{self.engine.seconds:g} seconds"
                    return Failure(f"the layout engine took longer than {limit}")
            if any(_size(path) > self.engine.output for path in folder.glob(f"*.{self.format}")):
                return self._too_large()

    def _limit(self, pid: int) -> None:
        """Memory and output limits, set from outside so that no code runs between fork and exec."""
        if sys.platform != "linux":
            return
        import resource  # noqa: PLC0415  there is none on other systems

        try:
            resource.prlimit(pid, resource.RLIMIT_AS, (self.engine.memory, self.engine.memory))
            limit = self.engine.output + 1
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (limit, limit))
            resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))
        except (OSError, ValueError):
            return


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _stop(started: "subprocess.Popen[bytes]") -> None:
    """End the engine and whatever it started."""
    try:
        if os.name == "posix":
            os.killpg(started.pid, signal.SIGKILL)
        else:
            started.kill()
    except (OSError, ProcessLookupError):
        started.kill()
    started.wait()


def _environment() -> Mapping[str, str]:
    """Our environment without what changes a drawing."""
    changing = {"DOTFONTPATH", "GDFONTPATH", "GV_FILE_PATH", "FONTCONFIG_FILE"}
    kept = {name: value for name, value in os.environ.items() if name not in changing}
    return {**kept, "LC_ALL": "C"}
