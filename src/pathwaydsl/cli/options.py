"""What several commands share: paths, dates, the terminal, and how findings are told.

Messages go to standard error; standard output holds the result alone.
"""

import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from pathwaydsl.model.values import PartialDate
    from pathwaydsl.project.loading import Project


Command = TypeVar("Command", bound=Callable[..., Any])


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> "PartialDate | None":
    """A day, as `2025-12-24`."""
    from pathwaydsl.model.values import PartialDate

    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        message = f"`{value}` is not a day; write it as 2025-12-24"
        raise click.BadParameter(message, ctx, param) from None
    return PartialDate(day.year, day.month, day.day)


def as_of_option(command: Command) -> Command:
    """`--as-of DATE`."""
    says = "The date that everything relative to today is counted to."
    return click.option("--as-of", callback=_day, metavar="DATE", help=says)(command)


class _Path(click.Path):
    """A file or folder; an empty name, most often a variable that was not set, is none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path.

        Raises:
            click.BadParameter: If the name is empty.
        """
        if not value:
            message = "an empty name names no file; leave it out for the current folder"
            raise click.BadParameter(message, ctx, param)
        return super().convert(value, param, ctx)


def paths_argument(command: Command) -> Command:
    """Any number of files and folders; whether they can be read is told by findings."""
    return click.argument("paths", nargs=-1, type=_Path(path_type=Path))(command)


def date_of_build() -> "PartialDate | None":
    """The date of `SOURCE_DATE_EPOCH`, or None.

    Raises:
        click.UsageError: If it is set to something that is no moment.
    """
    from pathwaydsl.model.values import PartialDate

    written = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not written:
        return None
    try:
        day = datetime.fromtimestamp(int(written), tz=UTC).date()
    except (ValueError, OverflowError, OSError):
        message = "SOURCE_DATE_EPOCH is not a number of seconds since 1970"
        raise click.UsageError(message) from None
    return PartialDate(day.year, day.month, day.day)


def today() -> "PartialDate":
    """The day it is here."""
    from pathwaydsl.model.values import PartialDate

    day = date.today()  # noqa: DTZ011  the author's own day
    return PartialDate(day.year, day.month, day.day)


def coloured() -> bool:
    """Whether standard output is a terminal that shows colour."""
    wanted = "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    return wanted and sys.stdout.isatty()


def load(
    paths: Sequence[Path],
    *,
    as_of: "PartialDate | None" = None,
    otherwise_as_of: "PartialDate | None" = None,
    checked: bool = True,
    baseline: bool = True,
) -> "Project":
    """Load a project; no paths stand for the current folder.

    Raises:
        click.UsageError: If the paths belong to different projects.
    """
    from pathwaydsl.project.finding_files import DifferentProjectsError
    from pathwaydsl.project.loading import load_project

    try:
        return load_project(
            list(paths) or [Path()],
            as_of=as_of or date_of_build(),
            otherwise_as_of=otherwise_as_of,
            checked=checked,
            baseline=baseline,
        )
    except DifferentProjectsError as error:
        one, other = error.args
        message = f"these files belong to different projects, {one} and {other}: run once for each"
        raise click.UsageError(message) from None


def findings_told(project: "Project", *, only_errors: bool = False) -> str:
    """Findings as text, without a line break at the end; empty where there are none."""
    from pathwaydsl.report.counts import count
    from pathwaydsl.report.text import as_text, summary

    findings = project.errors if only_errors else project.findings
    if not findings:
        return ""
    text = as_text(findings, project.sources, shown=shown_from_here(project.root))
    return text + summary(count(findings, len(project.asked)))


def tell(project: "Project") -> None:
    """Write errors to standard error, for commands whose result is something else."""
    told = findings_told(project, only_errors=True)
    if told:
        click.echo(told, err=True)


class shown_from_here:  # noqa: N801  reads as a function where it is used
    """How a file's name is printed: relative to the current folder, or to another one."""

    def __init__(self, root: Path, here: Path | None = None) -> None:
        self.root = root
        self.here = Path(os.path.realpath(here or Path.cwd()))

    def __call__(self, name: str) -> str:
        """The name to print."""
        path = self.root / name
        try:
            return path.relative_to(self.here).as_posix()
        except ValueError:
            return Path(os.path.relpath(path, self.here)).as_posix()


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file under a temporary name beside it and move it into place, keeping its mode.

    A link stays a link; what it leads to is written. A device or a pipe is written to as it is,
    never replaced by a file.

    Raises:
        click.ClickException: If it cannot be written; then nothing has changed.
    """
    import contextlib
    import tempfile

    target = Path(os.path.realpath(path))
    temporary = ""
    try:
        if target.exists() and not target.is_file():
            # Without blocking, a pipe that nobody reads is refused instead of waited for.
            number = os.open(target, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
            os.set_blocking(number, True)
            with os.fdopen(number, "wb") as file:
                file.write(content)
            return
        mode = target.stat().st_mode & 0o7777 if target.exists() else None
        number, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if mode is None:
            mask = os.umask(0)
            os.umask(mask)
            mode = 0o666 & ~mask
        os.chmod(temporary, mode)  # noqa: PTH101  beside the other calls of os
        os.replace(temporary, target)  # noqa: PTH105
    except OSError as error:
        if temporary:
            with contextlib.suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108
        message = f"{path} cannot be written: {error.strerror or error}"
        raise click.ClickException(message) from None
