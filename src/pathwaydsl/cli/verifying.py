"""`pathwaydsl verify`: every release is what was sealed."""

from pathlib import Path

import click

from pathwaydsl.cli.options import load, paths_argument, shown_from_here


@click.command("verify")
@paths_argument
def command(paths: tuple[Path, ...]) -> int:
    """Look at every release and its seal.

    PATHS are files and folders; without any, the current folder. Exits with 1 when a release is
    not what was sealed, or when something is left over from an interrupted release.
    """
    from pathwaydsl.project.verifying import verify
    from pathwaydsl.report.text import as_text
    from pathwaydsl.text.finding import Severity

    project = load(paths, checked=False)
    result = verify(project)
    shown = shown_from_here(project.root)
    click.echo(as_text(result.findings, project.sources, shown=shown), nl=False)
    click.echo(result.summary)
    return 1 if any(f.severity is Severity.ERROR for f in result.findings) else 0
