"""`pathwaydsl check`: every finding."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathwaydsl.cli.options import as_of_option, load, paths_argument, today
from pathwaydsl.cli.reporting import format_option, known_said, report

if TYPE_CHECKING:
    from pathwaydsl.model.values import PartialDate


@click.command("check")
@paths_argument
@format_option
@as_of_option
@click.option(
    "--notes", is_flag=True,
    help="Also list what is not wrong: whom each `otherwise` takes, cautions, what nobody asked.",
)  # fmt: skip
@click.option(
    "--baseline/--no-baseline",
    default=True,
    help="Whether findings that the project's baseline knows are left out.",
)
@click.option("-W", "--warnings-as-errors", is_flag=True, help="Exit with 1 for warnings too.")
def command(
    paths: tuple[Path, ...],
    form: str,
    as_of: "PartialDate | None",
    *,
    notes: bool,
    baseline: bool,
    warnings_as_errors: bool,
) -> int:
    """Check pathways and report every finding.

    PATHS are files and folders; without any, the current folder. Imports are read along.
    Exits with 1 when there is an error. As JSON, notes are always told.
    """
    from pathwaydsl.project.version_steps import with_steps

    otherwise = today() if form == "text" and sys.stdout.isatty() else None
    project = load(paths, as_of=as_of, otherwise_as_of=otherwise, baseline=baseline)
    project = with_steps(project)
    if otherwise is not None and project.as_of == otherwise and as_of is None:
        click.echo(f"Dates are counted to today, {project.as_of} (--as-of changes that).", err=True)
    with_notes = notes or form == "json"
    told = project.with_notes if with_notes else project.findings
    text = report(project, form, told)
    if form == "text" and project.listed and not notes:
        number = len(project.listed)
        more = "note is" if number == 1 else "notes are"
        text = f"{text.rstrip()} {number} more {more} shown with --notes.\n"
    if form == "text" and project.known:
        text = f"{text.rstrip()} {known_said(project)}\n"
    click.echo(text, nl=False)
    return 1 if project.errors or (warnings_as_errors and project.warnings) else 0
