"""`pathwaydsl check`: every finding."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathwaydsl.cli.options import (
    as_of_option,
    coloured,
    load,
    paths_argument,
    shown_from_here,
    today,
)

if TYPE_CHECKING:
    from pathwaydsl.model.values import PartialDate
    from pathwaydsl.project.loading import Project


@click.command("check")
@paths_argument
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github"]), default="text",
    show_default=True, help="How findings are written.",
)  # fmt: skip
@as_of_option
@click.option("-W", "--warnings-as-errors", is_flag=True, help="Exit with 1 for warnings too.")
def command(
    paths: tuple[Path, ...], form: str, as_of: "PartialDate | None", *, warnings_as_errors: bool
) -> int:
    """Check pathways and report every finding.

    PATHS are files and folders; without any, the current folder. Imports are read along.
    Exits with 1 when there is an error.
    """
    otherwise = today() if form == "text" and sys.stdout.isatty() else None
    project = load(paths, as_of=as_of, otherwise_as_of=otherwise)
    if otherwise is not None and project.as_of == otherwise and as_of is None:
        click.echo(f"Dates are counted to today, {project.as_of} (--as-of changes that).", err=True)
    click.echo(_report(project, form), nl=False)
    return 1 if project.errors or (warnings_as_errors and project.warnings) else 0


def _report(project: "Project", form: str) -> str:
    match form:
        case "json":
            from pathwaydsl.report.json_report import as_json

            return as_json(
                project.findings,
                project.sources,
                files_checked=project.asked,
                as_of=None if project.as_of is None else str(project.as_of),
            )
        case "github":
            from pathwaydsl.report.github import as_github

            workspace = os.environ.get("GITHUB_WORKSPACE")
            shown = shown_from_here(project.root, Path(workspace) if workspace else None)
            return as_github(project.findings, project.sources, shown=shown)
        case _:
            from pathwaydsl.report.counts import count
            from pathwaydsl.report.text import as_text, summary

            colour = coloured()
            shown = shown_from_here(project.root)
            text = as_text(project.findings, project.sources, colour=colour, shown=shown)
            counts = count(project.findings, len(project.asked))
            return f"{text}{summary(counts, colour=colour)}\n"
