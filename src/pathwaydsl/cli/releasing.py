"""`pathwaydsl release`: freeze the working file."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathwaydsl.cli.options import load, shown_from_here
from pathwaydsl.cli.reporting import format_option, reported

if TYPE_CHECKING:
    from pathwaydsl.project.preparing import Prepared, RefusedError, Wish
    from pathwaydsl.project.releasing import Ended


@click.command("release")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--bump", type=click.Choice(["major", "minor", "patch", "auto"]),
    help="How far the number moves from the last release; without it, the file's own number.",
)  # fmt: skip
@click.option("--note", metavar="TEXT", help="What changed; written as the change note.")
@click.option(
    "--sign", "key", type=click.Path(path_type=Path), metavar="KEY",
    help="Sign the seal with this ssh key.",
)  # fmt: skip
@format_option
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would be released.")
def command(
    file: Path, bump: str | None, note: str | None, key: Path | None, form: str, *, dry_run: bool
) -> int:
    """Freeze a working file as a release.

    The release is one self-contained file with a seal. The working file then becomes the next
    version. Nothing is released when a check or a case fails or the number is too small, and
    nothing is ever written over. An interrupted release is ended by the same command.
    """
    from pathwaydsl.project.preparing import RefusedError, Wish
    from pathwaydsl.project.releasing import BusyError, ReleaseError
    from pathwaydsl.project.signatures import SigningError

    if note is not None and not note.strip():
        raise click.UsageError("The note is empty; leave `--note` out.")
    try:
        return _release(file, Wish(bump, note), key, dry_run=dry_run)
    except RefusedError as refused:
        return _refused(file, refused, form)
    except BusyError:
        message = "Somebody else is releasing this pathway right now. Try again when they are done."
        raise click.ClickException(message) from None
    except (ReleaseError, SigningError) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        message = f"{error.filename or file} cannot be read: {error.strerror or error}"
        raise click.ClickException(message) from None


def _release(file: Path, wish: "Wish", key: Path | None, *, dry_run: bool) -> int:
    from attrs import evolve

    from pathwaydsl.project.disk import RealDisk
    from pathwaydsl.project.preparing import folder_of, prepare
    from pathwaydsl.project.releasing import begin, begun, end, locked
    from pathwaydsl.project.signatures import sign

    if file.is_dir():
        raise click.UsageError(f"{file} is a folder; name the file to release.")
    first = load([file], checked=False)
    folder = folder_of(first, first.asked[0])
    if dry_run:
        project = load([file], baseline=False)
        _say_would(prepare(project, project.asked[0], wish))
        return 0
    if not folder.exists():
        # Nothing was ever released, so nothing can be in the way: refuse before making a folder.
        project = load([file], baseline=False)
        prepare(project, project.asked[0], wish)
    disk = RealDisk()
    working = first.paths[first.asked[0]]
    with locked(folder):
        journal = begun(folder, disk)
        if journal is not None:
            ended = end(working, folder, journal, disk)
            click.echo("A release was begun before and not ended; it is now.", err=True)
            _say(ended, working)
            return 0
        project = load([file], baseline=False)
        prepared = prepare(project, project.asked[0], wish)
        journal = prepared.journal
        if key is not None:
            journal = evolve(journal, signature=sign(journal.seal.line, key))
        begin(folder, journal, disk)
        ended = end(working, folder, journal, disk)
    _say(ended, working)
    if prepared.unapproved:
        click.echo("It is published, but nobody has approved it.", err=True)
    for pathway in prepared.unreleased:
        click.echo(f"It enters {pathway}, which has no release yet.", err=True)
    return 0


def _say(ended: "Ended", working: Path) -> None:
    click.echo(f"Released {ended.version}: {_short(ended.file)}")
    if ended.working_left:
        click.echo(
            f"{_short(working)} had changed since and was left as it is: write its next version "
            f"and `supersedes {ended.version}`.",
            err=True,
        )
    else:
        click.echo(f"{_short(working)} is the next version now, a draft.", err=True)


def _say_would(prepared: "Prepared") -> None:
    file = prepared.folder / prepared.journal.name
    click.echo(f"Would release {prepared.journal.version}: {_short(file)}")
    click.echo(f"Fingerprint of the review sheet: {prepared.fingerprint}")
    if prepared.required is not None:
        step = prepared.required.word
        click.echo(f"Since {prepared.previous}, the changes need this step: {step}.", err=True)


def _short(path: Path) -> str:
    from pathwaydsl.report.text import harmless

    return harmless(shown_from_here(path.parent)(path.name))


def _refused(file: Path, refused: "RefusedError", form: str) -> int:
    from pathwaydsl.project.finding_files import root_of
    from pathwaydsl.report.text import as_text

    root = root_of([file])
    if form != "text":
        name = shown_from_here(file.parent, root)(file.name)
        told = reported(refused.findings, refused.sources, form, root=root, files=[name])
        click.echo(told, nl=False)
    elif refused.findings:
        shown = shown_from_here(root)
        text = as_text(refused.findings, refused.sources, shown=shown)
        click.echo(text, nl=False, err=True)
    click.echo(str(refused), err=True)
    return 1
