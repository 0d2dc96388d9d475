"""`pathwaydsl migrate`: files of an older edition of the language."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathwaydsl.cli.canonical import content_of, difference, tell_findings, working_files
from pathwaydsl.cli.options import paths_argument, write_atomically

if TYPE_CHECKING:
    from pathwaydsl.authoring.migrating import Migrated


@click.command("migrate")
@paths_argument
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
def command(paths: tuple[Path, ...], *, check: bool, diff: bool) -> int:
    """Bring files of an older edition of the language to the newest.

    PATHS are files and folders; without any, the current folder. Comments, order and blank lines
    stay yours. Where one file cannot be brought over, none is written. Sealed releases are never
    rewritten.
    """
    from pathwaydsl.syntax.edition import EDITION

    failed = 0
    changes: list[tuple[Path, bytes, bytes]] = []
    steps: dict[int, str] = {}
    looked = 0
    for path in list(working_files(paths or (Path(),))):
        looked += 1
        content = content_of(path, str(path))
        result = None if content is None else _migrated(content, str(path))
        if content is None or result is None:
            failed += 1
        elif result.steps:
            steps |= {step.edition: step.says for step in result.steps}
            bom = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
            changes.append((path, content, bom + result.text.encode()))
    if failed:
        number = "one file" if failed == 1 else f"{failed} files"
        click.echo(f"Nothing was written, because of {number}.", err=True)
        return 1
    if not changes:
        number = "1 file is" if looked == 1 else f"{looked} files are"
        only = "the only one there is" if EDITION == 1 else "the newest"
        click.echo(f"{number} written in edition {EDITION} of the language, {only}.", err=True)
        return 0
    for edition, says in sorted(steps.items()):
        click.echo(f"From edition {edition} to {edition + 1}: {says}", err=True)
    for path, content, after in changes:
        _settle(path, content, after, check=check, diff=diff)
    return 1 if check or diff else 0


def _migrated(content: bytes, name: str) -> "Migrated | None":
    """A file in the newest edition, or None if it is left alone; findings are told."""
    from pathwaydsl.authoring import migrating
    from pathwaydsl.project.configuration import Limits
    from pathwaydsl.project.reading_files import decode

    decoded = decode(content, name, most_bytes=Limits().file_size)
    if decoded.value is None or decoded.findings:
        tell_findings(decoded.findings, decoded.value)
        return None
    outcome = migrating.migrate(decoded.value, steps=migrating.STEPS)
    if outcome.value is None:
        tell_findings(outcome.findings, decoded.value)
    return outcome.value


def _settle(path: Path, content: bytes, after: bytes, *, check: bool, diff: bool) -> None:
    from pathwaydsl.report.text import harmless

    name = harmless(str(path))
    if diff:
        click.echo(difference(content, after, path.as_posix()), nl=False)
    if check:
        click.echo(f"{name} would change", err=True)
    if not check and not diff:
        write_atomically(path, after)
        click.echo(f"{name} changed", err=True)
