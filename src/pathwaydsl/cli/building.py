"""`pathwaydsl build`: the site."""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathwaydsl.cli.options import as_of_option, findings_told, load, paths_argument

if TYPE_CHECKING:
    from pathwaydsl.model.values import PartialDate
    from pathwaydsl.project.loading import Project
    from pathwaydsl.sphinxext.site import SiteReport

NEEDED = ("sphinx", "furo", "myst_parser")
"""What the extra `site` brings."""


@click.command("build")
@paths_argument
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), default="site",
    show_default=True, help="The folder to write the site to.",
)  # fmt: skip
@click.option("--title", default="Clinical pathways", show_default=True, help="Its title.")
@click.option(
    "--base-url",
    metavar="URL",
    help="The address the site will have, for its feed and for search engines; "
    "else `base-url` of `[site]` in pathwaydsl.toml.",
)
@click.option("--charts/--no-charts", default=True, help="Whether flowcharts are drawn.")
@click.option("-W", "--warnings-as-errors", is_flag=True, help="Exit with 1 for warnings too.")
@as_of_option
def command(
    paths: tuple[Path, ...],
    output: Path,
    title: str,
    as_of: "PartialDate | None",
    base_url: str | None,
    *,
    charts: bool,
    warnings_as_errors: bool,
) -> int:
    """Build the site: an index, registers, and pages for each pathway and its releases.

    PATHS are files and folders; without any, the current folder. Where a file has an error
    nothing is written; a release that is not what was sealed is left out. A second build does only
    what is new.
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        click.echo(
            "`pathwaydsl build` needs further packages. Install them with:\n\n"
            "    pip install 'pathwaydsl[site]'",
            err=True,
        )
        return 2
    from pathwaydsl.project.configuration import is_address
    from pathwaydsl.project.releases import with_unreadable
    from pathwaydsl.project.unchanged import Told, keep, told_before

    if base_url is not None and not is_address(base_url):
        raise click.UsageError(
            f"{base_url!r} is not the address of a site; write all of it, such as "
            "https://example.org/pathways/."
        )
    options = {
        "base_url": base_url,
        "charts": charts,
        "title": title,
        "as_of": str(as_of),
        "epoch": os.environ.get("SOURCE_DATE_EPOCH"),
        "warnings_as_errors": warnings_as_errors,
        "from": str(Path.cwd()),
    }
    before = told_before(output, paths, options)
    if before is not None:
        click.echo(before.text, err=True)
        return before.code
    project = load(paths, as_of=as_of)
    project = with_unreadable(project)
    told = findings_told(project)
    if told:
        click.echo(told, err=True)
    if any(not project.about_releases(found) for found in project.errors):
        click.echo("No site was written, because of the errors above.", err=True)
        return 1
    if not any(document.pathway for document in project.documents.values()):
        raise click.ClickException("There is no pathway in these files, so there is no page.")
    report = _built(project, output, title, charts=charts, base_url=base_url)
    for warning in report.warnings:
        click.echo(warning, err=True)
    if report.problem is not None:
        raise click.ClickException(f"The site could not be built: {report.problem}")
    pages = f"{report.pages} {'page' if report.pages == 1 else 'pages'}"
    done = f"{pages} in {output}; start at {report.index}"
    click.echo(done, err=True)
    strict = warnings_as_errors and (report.warnings or project.warnings)
    code = 1 if project.errors or strict else 0
    if not report.warnings:
        keep(
            output,
            paths,
            options,
            root=project.root,
            files=[
                *project.paths.values(),
                *project.release_files,
                project.root / project.configuration.baseline,
            ],
            exclude=project.configuration.exclude,
            told=Told(f"{told}\n{done}".strip(), code),
        )
    return code


def _built(
    project: "Project", output: Path, title: str, *, charts: bool, base_url: str | None
) -> "SiteReport":
    from rich.console import Console

    from pathwaydsl.sphinxext.site import build_site

    return build_site(
        project,
        output,
        title=title,
        console=Console(stderr=True),
        charts=charts,
        base_url=base_url,
    )
