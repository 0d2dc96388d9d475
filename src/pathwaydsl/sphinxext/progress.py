"""Sphinx's status as a progress bar."""

import io
import re
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn


class Bar(io.TextIOBase):
    """Sphinx's status as a progress bar on a terminal, and as nothing elsewhere."""

    _STEP = re.compile(r"(.+?)\.\.\. *\[ *(\d+)%\]")

    def __init__(self, console: Console | None) -> None:
        super().__init__()
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        if console is not None and console.is_terminal:
            self._progress = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                TaskProgressColumn(),
                console=console,
                transient=True,
            )

    def __enter__(self) -> Self:
        if self._progress is not None:
            self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()

    def write(self, text: str, /) -> int:
        """Take a line of status."""
        if self._progress is not None:
            for step, percent in self._STEP.findall(uncoloured(text)):
                name = step.strip().rpartition("\r")[2]
                if name not in self._tasks:
                    self._tasks[name] = self._progress.add_task(name.capitalize(), total=100)
                self._progress.update(self._tasks[name], completed=int(percent))
        return len(text)


def uncoloured(line: str) -> str:
    """A line of a terminal without its colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", line)
