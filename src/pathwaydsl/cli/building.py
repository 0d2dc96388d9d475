"""`pathwaydsl build`: the site."""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathwaydsl.cli.options import as_of_option, load, paths_argument, tell

if TYPE_CHECKING:
    from pathwaydsl.model.values import PartialDate

NEEDED = ("sphinx", "furo", "myst_parser")
"""What the extra `site` brings."""


@click.command("build")
@paths_argument
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), default="site",
    show_default=True, help="The folder to write the site to.",
)  # fmt: skip
@click.option("--title", default="Clinical pathways", show_default=True, help="Its title.")
@click.option("-W", "--warnings-as-errors", is_flag=True, help="Exit with 1 for warnings too.")
@as_of_option
def command(
    paths: tuple[Path, ...],
    output: Path,
    title: str,
    as_of: "PartialDate | None",
    *,
    warnings_as_errors: bool,
) -> int:
    """Build the site: an index and a page for each pathway, with its flowchart.

    PATHS are files and folders; without any, the current folder. Where a file has an error
    nothing is written. A second build does only what is new.
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        click.echo(
            "`pathwaydsl build` needs further packages. Install them with:\n\n"
            "    pip install 'pathwaydsl[site]'",
            err=True,
        )
        return 2
    project = load(paths, as_of=as_of)
    tell(project, only_errors=False)
    if project.errors:
        click.echo("No site was written, because of the errors above.", err=True)
        return 1
    if not any(document.pathway for document in project.documents.values()):
        raise click.ClickException("There is no pathway in these files, so there is no page.")
    from rich.console import Console

    from pathwaydsl.sphinxext.site import build_site

    report = build_site(project, output, title=title, console=Console(stderr=True))
    for warning in report.warnings:
        click.echo(warning, err=True)
    if report.problem is not None:
        raise click.ClickException(f"The site could not be built: {report.problem}")
    pages = f"{report.pages} {'page' if report.pages == 1 else 'pages'}"
    click.echo(f"{pages} in {output}; start at {report.index}", err=True)
    return 1 if warnings_as_errors and (report.warnings or project.warnings) else 0
