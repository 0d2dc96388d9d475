"""`pathwaydsl log`: the releases of a pathway, and what each of them changed."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathwaydsl.cli.options import coloured

if TYPE_CHECKING:
    from pathwaydsl.model.pathway import Pathway
    from pathwaydsl.model.values import Version
    from pathwaydsl.versions import Comparison


@click.command("log")
@click.argument("pathway", metavar="ID")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text",
    show_default=True, help="How it is written.",
)  # fmt: skip
def command(pathway: str, form: str) -> int:
    """Show the releases of the pathway ID, and its working file where it has moved on.

    For each it says what changed, how many gaps were open, and the number the changes needed;
    then the life of each gap and each recommendation.
    """
    from pathwaydsl.report import history_report
    from pathwaydsl.versions import compare
    from pathwaydsl.versions.history import history

    versions, others = _versions(pathway)

    def compared(old: "Pathway", new: "Pathway") -> "Comparison":
        return compare(old, new, old_others=others[old.version], new_others=others[new.version])

    told = history(versions, compare=compared)
    match form:
        case "json":
            text = history_report.as_json(told)
        case "markdown":
            text = history_report.as_markdown(told)
        case _:
            text = history_report.as_text(told, colour=coloured())
    click.echo(text, nl=False)
    return 0


def _versions(pathway: str) -> "tuple[list[Pathway], dict[Version | None, dict[str, Pathway]]]":
    """The releases, and the working file where its version is none of theirs.

    Raises:
        click.ClickException: If there is none, or one of them cannot be read.
    """
    from pathwaydsl.project.given_versions import of_release, unread, with_releases
    from pathwaydsl.project.releases import releases_of, unreadable_releases
    from pathwaydsl.text.suggestion import listed, nearest

    project = with_releases(pathway, Path.cwd())
    for broken in unreadable_releases(project):
        click.echo(f"{broken.message}. It is left out.", err=True)
    releases = [of_release(one, project) for one in releases_of(project).get(pathway, ())]
    versions = [one.pathway for one in releases]
    others: dict[Version | None, dict[str, Pathway]]
    others = {one.pathway.version: dict(one.others) for one in releases}
    working = [d.pathway for d in project.documents.values() if d.pathway is not None]
    entered = {one.id: one for one in working}
    mine = entered.get(pathway)
    if mine is not None and mine.version not in others:
        if any(found.file == mine.file for found in unread(project)):
            click.echo(f"{mine.file} cannot be read whole and is left out.", err=True)
        else:
            versions.append(mine)
            others[mine.version] = entered
    if not versions:
        known = sorted({*releases_of(project), *entered})
        guess = nearest(pathway, known)
        advice = (
            f"Did you mean {guess}?"
            if guess
            else f"There are: {listed(known, 'and')}."
            if known
            else "There is no pathway here."
        )
        message = f"There is no pathway `{pathway}`. {advice}"
        raise click.ClickException(message)
    return versions, others
