"""`pathwaydsl export`: a file in another format."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathwaydsl.cli.options import load, tell, write_atomically

if TYPE_CHECKING:
    from pathwaydsl.model.pathway import Document


@click.command("export")
@click.argument("form", metavar="FORMAT", type=click.Choice(["json", "flow"]))
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write; without it, standard output.",
)  # fmt: skip
def command(form: str, file: Path, output: Path | None) -> int:
    """Write a file in another format, with all it stands on.

    FORMAT is json, everything that the file means, or flow, the boxes of its pathway with every
    condition compiled to a table, in which other programs walk patients without knowing the
    language. Each has a JSON Schema that comes with the package. A file with errors is not
    exported.
    """
    if file.is_dir():
        raise click.UsageError(f"{file} is a folder: name one file.")
    project = load([file], checked=False)
    if project.errors:
        tell(project)
        return 1
    document = project.documents[project.asked[0]]
    text = _flow(document, file) if form == "flow" else _json(document)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_atomically(output, text.encode())
    return 0


def _json(document: "Document") -> str:
    from pathwaydsl.exchange.json_model import to_json

    return to_json(document)


def _flow(document: "Document", file: Path) -> str:
    from pathwaydsl.exchange.flow_table import flow_json
    from pathwaydsl.logic.diagrams import UndecidedError
    from pathwaydsl.logic.mentioned import MeaninglessError

    if document.pathway is None:
        raise click.ClickException(f"{file} holds no pathway, so it has no flow.")
    try:
        return flow_json(document.pathway)
    except (UndecidedError, RecursionError):
        message = f"{file} was not exported: its conditions ask for too much at once."
        raise click.ClickException(message) from None
    except MeaninglessError as error:
        message = f"{file} was not exported: `{error}` does not say what it means."
        raise click.ClickException(message) from None
