"""`pathwaydsl export`: a file in another format."""

from pathlib import Path

import click

from pathwaydsl.cli.options import load, tell, write_atomically


@click.command("export")
@click.argument("form", metavar="FORMAT", type=click.Choice(["json"]))
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write; without it, standard output.",
)  # fmt: skip
def command(form: str, file: Path, output: Path | None) -> int:  # noqa: ARG001  one format so far
    """Write a file in another format, with all it stands on.

    FORMAT is json; its JSON Schema comes with the package. A file with errors is not exported.
    """
    from pathwaydsl.exchange.json_model import to_json

    if file.is_dir():
        raise click.UsageError(f"{file} is a folder: name one file.")
    project = load([file], checked=False)
    if project.errors:
        tell(project)
        return 1
    text = to_json(project.documents[project.asked[0]])
    if output is None:
        click.echo(text, nl=False)
    else:
        write_atomically(output, text.encode())
    return 0
