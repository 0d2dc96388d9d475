"""`pathwaydsl outcomes`: who gets what on a pathway."""

from pathlib import Path

import click

from pathwaydsl.cli.options import load, tell


@click.command("outcomes")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "csv", "markdown"]), default="text",
    show_default=True, help="How it is written.",
)  # fmt: skip
def command(file: Path, form: str) -> int:
    """Say for each treatment, choice, gap and end of the pathway in FILE who comes to it.

    On top stands whether every eligible patient has an answer. That is said only where it is
    proved; otherwise what stands in the way is named, and the exit code is 1.

    Patients are told by the values last measured, from one answer to the next. A share is one of
    the declared input space, that is of all combinations of values, never of patients. It stands
    only where nothing is measured again, set, or may happen at any time before.
    """
    from pathwaydsl.logic.outcomes import outcomes
    from pathwaydsl.report.outcomes_json import as_csv, as_json
    from pathwaydsl.report.outcomes_text import as_markdown, as_text
    from pathwaydsl.report.outcomes_words import in_the_way

    if file.is_dir():
        raise click.UsageError(f"{file} is a folder: name one file.")
    project = load([file])
    name = project.asked[0]
    document = project.documents.get(name)
    unread = any(found.rule.startswith(("PW1", "PW2")) for found in project.errors)
    if unread or document is None:
        tell(project)
        return 1
    if document.pathway is None:
        raise click.ClickException(f"{file} holds no pathway, so nobody gets anything by it.")
    others = {each.pathway.id: each.pathway for each in project.documents.values() if each.pathway}
    found = outcomes(document.pathway, others)
    ways = in_the_way(found, project.findings)
    match form:
        case "json":
            text = as_json(found, ways)
        case "csv":
            text = as_csv(found)
        case "markdown":
            text = as_markdown(found, ways)
        case _:
            text = as_text(found, ways)
    click.echo(text, nl=False)
    return 1 if ways else 0
