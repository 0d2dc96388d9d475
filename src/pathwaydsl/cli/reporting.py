"""Findings in each of the formats that a command offers."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathwaydsl.cli.options import Command, coloured, shown_from_here

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pathwaydsl.project.loading import Project
    from pathwaydsl.text.finding import Finding
    from pathwaydsl.text.source import Source

FORMATS = ("text", "json", "sarif", "github", "markdown")
"""What `--format` takes wherever findings come out."""


def known_said(project: "Project") -> str:
    """How many findings the baseline knows, as a sentence."""
    number = len(project.known)
    more = "more is known from" if number == 1 else "more are known from"
    return f"{number} {more} {project.configuration.baseline}."


def report(project: "Project", form: str, findings: "Sequence[Finding] | None" = None) -> str:
    """A report of findings, with a line break at its end.

    Args:
        project: Where they were found.
        form: One of `FORMATS`.
        findings: Those to report; all of the project's where none are given.
    """
    told = project.findings if findings is None else findings
    return reported(
        told,
        project.sources,
        form,
        root=project.root,
        files=project.asked,
        as_of=None if project.as_of is None else str(project.as_of),
    )


def reported(
    told: "Sequence[Finding]",
    sources: "Mapping[str, Source]",
    form: str,
    *,
    root: Path,
    files: "Sequence[str]",
    as_of: str | None = None,
) -> str:
    """A report of findings without a project, with a line break at its end.

    Args:
        told: The findings, in the order of the report.
        sources: Texts of the files, by name.
        form: One of `FORMATS`.
        root: What the names of files are relative to.
        files: Names of the files that were asked for.
        as_of: The date that everything relative to today was counted to.
    """
    workspace = os.environ.get("GITHUB_WORKSPACE")
    match form:
        case "json":
            from pathwaydsl.report.json_report import as_json

            return as_json(told, sources, files_checked=files, as_of=as_of)
        case "sarif":
            from pathwaydsl.report.sarif import as_sarif

            shown = shown_from_here(root, Path(workspace or root))
            return as_sarif(told, sources, shown=shown)
        case "github":
            from pathwaydsl.report.github import as_github

            shown = shown_from_here(root, Path(workspace) if workspace else None)
            return as_github(told, sources, shown=shown)
        case "markdown":
            from pathwaydsl.report.markdown import as_markdown

            shown = shown_from_here(root, Path(workspace or root))
            return as_markdown(told, sources, files_checked=len(files), shown=shown)
        case _:
            from pathwaydsl.report.counts import count
            from pathwaydsl.report.text import as_text, summary

            colour = coloured()
            text = as_text(told, sources, colour=colour, shown=shown_from_here(root))
            return f"{text}{summary(count(told, len(files)), colour=colour)}\n"


def format_option(command: Command) -> Command:
    """`--format FORMAT` for findings."""
    return click.option(
        "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True,
        help="How findings are written.",
    )(command)  # fmt: skip
