"""`pathwaydsl test`: every patient case, and what the cases cover."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathwaydsl.cli.options import load, paths_argument, shown_from_here, write_atomically
from pathwaydsl.cli.reporting import FORMATS, report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pathwaydsl.cases.judging import CaseResult
    from pathwaydsl.project.loading import Project
    from pathwaydsl.text.finding import Finding


@click.command("test")
@paths_argument
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True,
    help="How the results are written; as sarif, github and markdown those that went wrong.",
)  # fmt: skip
@click.option(
    "--junit", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="Write the results as JUnit XML, too.",
)  # fmt: skip
@click.option(
    "--suggest", is_flag=True,
    help="Write cases for what no case exercises, as text to paste, instead of the results.",
)  # fmt: skip
def command(paths: tuple[Path, ...], form: str, junit: Path | None, *, suggest: bool) -> int:
    """Run the patient cases and show which branches, boxes, gaps and limits no case exercises.

    PATHS are files and folders; without any, the current folder. Exits with 1 when a case fails
    or a file could not be read.

    With --suggest, each suggested case was walked and passes as it stands; what no case was found
    for is said in comments. What is expected is what the pathway does now: read it before you
    paste it.
    """
    from pathwaydsl.cases.coverage import coverage_of
    from pathwaydsl.report import cases_json, cases_text

    project = load(paths)
    unread = _unread(project)
    if form in {"text", "json"}:
        _tell(project, unread)
    cases = {name: found for name, found in project.cases.items() if name in project.asked}
    coverages = {}
    for name, found in cases.items():
        pathway = project.documents[name].pathway
        if pathway is not None:
            coverages[name] = coverage_of(pathway, found)
    if suggest and form != "text":
        raise click.UsageError("--suggest writes text to paste, no --format.")
    if junit is not None:
        write_atomically(junit, cases_json.as_junit(cases, project.sources))
    if suggest:
        click.echo(_suggested(project, cases), nl=False)
    elif form == "json":
        click.echo(cases_json.as_json(cases, coverages, project.sources), nl=False)
    elif form != "text":
        wrong = {one for found in cases.values() for result in found for one in result.findings}
        told = sorted({*wrong, *unread}, key=lambda one: one.order)
        click.echo(report(project, form, told), nl=False)
    else:
        shown = shown_from_here(project.root)
        click.echo(cases_text.as_text(cases, coverages, project.sources, shown=shown), nl=False)
        click.echo(cases_text.summary(cases))
    failed = any(not result.passed for found in cases.values() for result in found)
    return 1 if failed or unread else 0


def _suggested(project: "Project", cases: "Mapping[str, tuple[CaseResult, ...]]") -> str:
    """Suggested cases for each file."""
    from pathwaydsl.cases.suggesting import suggestions
    from pathwaydsl.report.cases_suggested import as_text

    shown = shown_from_here(project.root)
    others = {each.pathway.id: each.pathway for each in project.documents.values() if each.pathway}
    told = []
    for name, results in cases.items():
        pathway = project.documents[name].pathway
        if pathway is not None:
            found = suggestions(pathway, results, others)
            told.append(as_text(found, pathway.library, name=shown(name)))
    return "\n".join(told)


def _unread(project: "Project") -> "tuple[Finding, ...]":
    """The errors for which cases could not be run."""
    return tuple(found for found in project.errors if found.rule.startswith(("PW1", "PW2")))


def _tell(project: "Project", unread: "tuple[Finding, ...]") -> None:
    if not unread:
        return
    from pathwaydsl.report.counts import count
    from pathwaydsl.report.text import as_text, summary

    text = as_text(unread, project.sources, shown=shown_from_here(project.root))
    click.echo(text + summary(count(unread, len(project.asked))), err=True)
    click.echo("Cases of pathways with these errors were not run.", err=True)
