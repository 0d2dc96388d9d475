"""`pathwaydsl verify`: every release is what was sealed."""

from pathlib import Path

import click

from pathwaydsl.cli.options import load, paths_argument, shown_from_here
from pathwaydsl.cli.reporting import format_option, report


@click.command("verify")
@paths_argument
@click.option(
    "--signers", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
    help="Whose signatures count, as ssh writes it; else `allowed_signers` at the root.",
)  # fmt: skip
@format_option
def command(paths: tuple[Path, ...], signers: Path | None, form: str) -> int:
    """Look at every release and its seal.

    PATHS are files and folders; without any, the current folder. Exits with 1 when a release is
    not what was sealed, or when something is left over from an interrupted release.
    """
    from pathwaydsl.project.verifying import verify
    from pathwaydsl.report.text import as_text, harmless
    from pathwaydsl.text.finding import Severity

    project = load(paths, checked=False)
    result = verify(project, signers=signers)
    code = 1 if any(f.severity is Severity.ERROR for f in result.findings) else 0
    if form != "text":
        click.echo(report(project, form, result.findings), nl=False)
        return code
    shown = shown_from_here(project.root)
    click.echo(as_text(result.findings, project.sources, shown=shown), nl=False)
    for release, by in result.signed:
        said = f"signed by {by}" if by else "signed; nothing says whose signatures count"
        click.echo(f"{harmless(shown(release))}: {harmless(said)}")
    for release in result.unsigned:
        click.echo(f"{harmless(shown(release))}: not signed")
    click.echo(result.summary)
    return code
