"""Findings in each of the formats that a command offers."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pathwaydsl.cli.options import coloured, shown_from_here

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathwaydsl.project.loading import Project
    from pathwaydsl.text.finding import Finding

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
    workspace = os.environ.get("GITHUB_WORKSPACE")
    match form:
        case "json":
            from pathwaydsl.report.json_report import as_json

            return as_json(
                told,
                project.sources,
                files_checked=project.asked,
                as_of=None if project.as_of is None else str(project.as_of),
            )
        case "sarif":
            from pathwaydsl.report.sarif import as_sarif

            shown = shown_from_here(project.root, Path(workspace or project.root))
            return as_sarif(told, project.sources, shown=shown)
        case "github":
            from pathwaydsl.report.github import as_github

            shown = shown_from_here(project.root, Path(workspace) if workspace else None)
            return as_github(told, project.sources, shown=shown)
        case "markdown":
            from pathwaydsl.report.markdown import as_markdown

            shown = shown_from_here(project.root, Path(workspace or project.root))
            return as_markdown(told, project.sources, files_checked=len(project.asked), shown=shown)
        case _:
            from pathwaydsl.report.counts import count
            from pathwaydsl.report.text import as_text, summary

            colour = coloured()
            shown = shown_from_here(project.root)
            text = as_text(told, project.sources, colour=colour, shown=shown)
            return f"{text}{summary(count(told, len(project.asked)), colour=colour)}\n"
