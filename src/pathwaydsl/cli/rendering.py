"""`pathwaydsl render`: one flowchart."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from pathwaydsl.cli.options import load, tell, write_atomically

if TYPE_CHECKING:
    from pathwaydsl.project.interface import Format

FORMATS = ("svg", "png", "pdf", "dot")


@click.command("render")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True,
    help="Where to write; its ending says the format: .svg, .png, .pdf or .dot.",
)  # fmt: skip
def command(file: Path, output: Path) -> int:
    """Draw the flowchart of one pathway.

    A file with errors is not drawn.
    """
    form = output.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        endings = ", ".join(f".{ending}" for ending in FORMATS)
        raise click.UsageError(f"{output} has none of the endings {endings}.")
    if file.is_dir():
        raise click.UsageError(f"{file} is a folder: name one file.")
    from pathwaydsl.project.interface import RenderError, render

    project = load([file])
    if project.errors:
        tell(project)
        return 1
    pathway = project.documents[project.asked[0]].pathway
    if pathway is None:
        raise click.ClickException(f"{file} holds no pathway, so there is nothing to draw.")
    try:
        drawn = render(pathway, cast("Format", form), configuration=project.configuration)
    except RenderError as error:
        advice = f" ({error.help})" if error.help else ""
        message = f"The flowchart could not be drawn: {error.reason}{advice}."
        raise click.ClickException(message) from None
    write_atomically(output, drawn)
    return 0
