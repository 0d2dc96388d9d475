"""`pathwaydsl uses`: where a name is used."""

from pathlib import Path

import click

from pathwaydsl.cli.options import load, paths_argument, shown_from_here, tell


@click.command("uses")
@click.argument("name")
@paths_argument
def command(name: str, paths: tuple[Path, ...]) -> int:
    """Show where a criterion, drug, regimen, study, gap, box or pathway is used.

    NAME is its id. PATHS are files and folders; without any, the current folder.
    """
    from pathwaydsl.project.uses import find_uses, names_in
    from pathwaydsl.report.text import harmless
    from pathwaydsl.text.suggestion import nearest

    project = load(paths, checked=False)
    tell(project)
    found = find_uses(name, project.documents, project.files)
    if not found:
        guess = nearest(name, names_in(project.documents.values()))
        advice = f" Did you mean `{guess}`?" if guess else ""
        raise click.UsageError(f"Nothing here is called `{name}`.{advice}")
    here = shown_from_here(project.root)

    def shown(name: str) -> str:
        return harmless(here(name))

    for one in found:
        where = "comes with the language"
        if one.file in project.sources:
            place = project.sources[one.file].place(one.span.start)
            where = f"{shown(one.file)}:{place.line}:{place.column}"
        click.echo(f"{one.kind} {name} \u201c{harmless(one.label)}\u201d  {where}")
        for span in one.uses:
            source = project.sources[span.file]
            place = source.place(span.start)
            line = harmless(source.line(place.line).strip())[:120]
            click.echo(f"  {shown(span.file)}:{place.line}:{place.column}  {line}")
        if not one.uses:
            click.echo("  used nowhere")
    return 1 if project.errors else 0
