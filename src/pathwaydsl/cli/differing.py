"""`pathwaydsl diff`: what changed between two versions, and for whom."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathwaydsl.cli.options import as_of_option, coloured, shown_from_here, write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable

    from pathwaydsl.model.values import PartialDate
    from pathwaydsl.project.given_versions import GivenVersion, NotReadError
    from pathwaydsl.report.differences import Differences
    from pathwaydsl.text.finding import Finding
    from pathwaydsl.versions import Comparison

FORMATS = ("text", "json", "markdown", "html", "sarif", "github", "svg", "bump", "accept")
THRESHOLDS = ("major", "minor", "patch", "error", "warning", "any", "none")
_NEVER_FAIL = {"bump", "accept"}


@click.command("diff")
@click.argument("old")
@click.argument("new")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True,
    help="How it is written; `bump` says only the step that the changes need, `accept` writes "
    "entries for `--accepted`.",
)  # fmt: skip
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write; standard output without it.",
)  # fmt: skip
@click.option(
    "--fail-on", type=click.Choice(THRESHOLDS),
    help="From which step or level on the exit code is 1: any change without it; never for the "
    "formats `bump` and `accept`.",
)  # fmt: skip
@click.option(
    "--accepted", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FILE",
    help="Changes that a reviewer lets pass, with reason, author and expiry.",
)  # fmt: skip
@click.option(
    "--stdin-filename", metavar="NAME",
    help="The name that standard input stands for; its imports are relative to it.",
)  # fmt: skip
@as_of_option
def command(
    old: str,
    new: str,
    *,
    form: str,
    output: Path | None,
    fail_on: str | None,
    accepted: Path | None,
    stdin_filename: str | None,
    as_of: "PartialDate | None",
) -> int:
    """Say what changed from OLD to NEW, for which patients, and which version number that needs.

    OLD and NEW are each a file, a release as ID@VERSION, a file of a git revision as REV:path, or
    `-` for standard input. The imports of a revision are read from the same revision.

    First stands who now gets another advice. An accepted change stays in the report and asks for
    no step of the version number. Exit codes: 0 nothing at or above `--fail-on`, 1 findings, 2 it
    could not be compared.
    """
    from pathwaydsl.project.given_versions import NotReadError, version_given
    from pathwaydsl.report.differences import differences
    from pathwaydsl.versions import compare

    if old == new == "-":
        raise click.UsageError("Only one of the two can be standard input.")
    given = sys.stdin.buffer.read() if "-" in {old, new} else None
    try:
        before, after = (
            version_given(name, standard_input=given, input_name=stdin_filename)
            for name in (old, new)
        )
    except NotReadError as error:
        return _not_read(error)
    comparison = compare(
        before.pathway, after.pathway, old_others=before.others, new_others=after.others
    )
    findings: tuple[Finding, ...] = ()
    if accepted is not None:
        comparison, findings = _accepting(comparison, accepted, as_of)
    document = differences(comparison, old_name=old, new_name=new, findings=findings)
    text = _written(document, before, after, form, to_file=output is not None)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_atomically(output, text.encode())
    if not comparison.comparable:
        return 2
    return 1 if _reaches(document, fail_on or ("none" if form in _NEVER_FAIL else "any")) else 0


def _not_read(error: "NotReadError") -> int:
    """Say why a version could not be read."""
    from pathwaydsl.report.text import as_text, harmless

    if error.findings:
        click.echo(as_text(error.findings, error.sources), nl=False, err=True)
    advice = f" {error.advice}" if error.advice else ""
    advice += "." if advice and advice[-1] not in ".?" else ""
    click.echo(f"Error: {harmless(str(error))}.{harmless(advice)}", err=True)
    return 2


def _accepting(
    comparison: "Comparison", file: Path, as_of: "PartialDate | None"
) -> "tuple[Comparison, tuple[Finding, ...]]":
    from pathwaydsl.cli.options import today
    from pathwaydsl.versions.acceptance import accept, read_accepted

    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{file} cannot be read: {error}"
        raise click.ClickException(message) from None
    entries = read_accepted(text, file.name)
    outcome = accept(comparison, entries.value, file=file.name, as_of=as_of or today())
    return outcome.value, (*entries.findings, *outcome.findings)


def _reaches(document: "Differences", threshold: str) -> bool:
    """Whether something is at or above the threshold; what was not settled always is."""
    from pathwaydsl.text.finding import Severity
    from pathwaydsl.versions import Bump

    if threshold == "none":
        return False
    comparison = document.comparison
    left = [one for one in comparison.changes if one.accepted is None]
    if left and not document.verdict.settled:
        return True
    if threshold == "any":
        return bool(left or document.findings)
    if threshold in {"error", "warning"}:
        severity = Severity(threshold)
        return any(one.level.rank <= severity.rank for one in left) or any(
            found.severity.rank <= severity.rank for found in document.findings
        )
    return comparison.required >= Bump[threshold.upper()]


def _written(
    document: "Differences",
    before: "GivenVersion",
    after: "GivenVersion",
    form: str,
    *,
    to_file: bool,
) -> str:
    match form:
        case "json":
            from pathwaydsl.report.differences_json import as_json

            return as_json(document, before.sources, after.sources)
        case "markdown":
            from pathwaydsl.report.differences_markdown import as_markdown

            return as_markdown(document)
        case "html":
            from pathwaydsl.report.differences_html import as_html

            return as_html(document, picture=_picture(document, after, page=True))
        case "sarif":
            from pathwaydsl.report.differences_sarif import as_sarif

            return as_sarif(document, after.sources, shown=_shown(after))
        case "github":
            from pathwaydsl.report.differences_sarif import as_github

            return as_github(document, after.sources, shown=_shown(after))
        case "svg":
            return _picture(document, after, page=False) or ""
        case "bump":
            return f"{document.comparison.required.word}\n"
        case "accept":
            from pathwaydsl.versions.acceptance import written_accepted

            return written_accepted(document.comparison.changes)
        case _:
            from pathwaydsl.report.differences_text import as_text

            return as_text(document, colour=coloured() and not to_file)


def _picture(document: "Differences", after: "GivenVersion", *, page: bool) -> str | None:
    """Both versions as one picture; None for a page that has to do without.

    Raises:
        click.ClickException: If there is no picture and nothing but a picture was asked for.
    """
    from pathwaydsl.chart.engine import Failure
    from pathwaydsl.chart.overlay import overlay
    from pathwaydsl.project.interface import engine_of

    if not document.comparison.comparable and page:
        return None
    drawn = overlay(document.comparison, engine_of(after.project.configuration))
    if not isinstance(drawn, Failure):
        return drawn.embed("both", "pw-") if page else drawn.standalone("both")
    advice = f" ({drawn.help})" if drawn.help else ""
    message = f"The picture could not be drawn: {drawn.reason}{advice}."
    if page:
        click.echo(f"{message} The page has none.", err=True)
        return None
    raise click.ClickException(message)


def _shown(after: "GivenVersion") -> "Callable[[str], str]":
    """How a machine knows a file of the newer version."""
    import os

    workspace = os.environ.get("GITHUB_WORKSPACE")
    if after.root is None:
        return str
    return shown_from_here(after.root, Path(workspace or after.root))
