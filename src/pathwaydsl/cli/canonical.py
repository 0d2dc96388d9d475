"""`pathwaydsl fmt`: canonical form."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathwaydsl.cli.options import coloured, paths_argument, write_atomically
from pathwaydsl.cli.reporting import FORMATS

if TYPE_CHECKING:
    from pathwaydsl.text.finding import Finding, Outcome
    from pathwaydsl.text.source import Source


@click.command("fmt")
@paths_argument
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
@click.option(
    "--stdin-filename", metavar="NAME", default="-",
    help="The name of the file given on standard input, for messages.",
)  # fmt: skip
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How --check writes what it finds.",
)
def command(
    paths: tuple[Path, ...], *, check: bool, diff: bool, stdin_filename: str, form: str
) -> int:
    """Write files in canonical form.

    PATHS are files and folders; without any, the current folder. `-` formats standard input.
    Comments, order and blank lines stay yours. A file with a mistake in it is left alone, and so
    is a sealed release.
    """
    if form != "text" and (diff or not check or "-" in map(str, paths)):
        raise click.UsageError("--format is for --check of files, without --diff.")
    if [str(path) for path in paths] == ["-"]:
        return _standard_input(stdin_filename, check=check, diff=diff)
    if any(str(path) == "-" for path in paths):
        raise click.UsageError("`-` stands for standard input and stands alone.")
    if form != "text":
        return _reported(paths, form)
    changed, failed, unchanged = 0, 0, 0
    for path in list(working_files(paths or (Path(),))):
        content = content_of(path, str(path))
        if content is None:
            failed += 1
            continue
        formatted = _formatted(content, str(path))
        if formatted is None:
            failed += 1
        elif formatted == content:
            unchanged += 1
        else:
            changed += 1
            _settle(path, content, formatted, check=check, diff=diff)
    verb = "would change" if check or diff else "changed"
    click.echo(f"{changed} {verb}, {unchanged} already in canonical form.", err=True)
    return 1 if failed or (changed and (check or diff)) else 0


def _reported(paths: tuple[Path, ...], form: str) -> int:
    """Write what would change as findings; names are relative to the current folder."""
    from pathwaydsl.cli.options import shown_from_here
    from pathwaydsl.cli.reporting import reported
    from pathwaydsl.project.configuration import Limits
    from pathwaydsl.project.reading_files import read_source
    from pathwaydsl.text.rules import finding

    found: list[Finding] = []
    sources: dict[str, Source] = {}
    files: list[str] = []
    for path in working_files(paths or (Path(),)):
        name = shown_from_here(Path.cwd())(os.path.realpath(path))
        files.append(name)
        outcome = read_source(path, name, most_bytes=Limits().file_size)
        if outcome.value is not None:
            sources[name] = outcome.value
        if outcome.value is None or outcome.findings:
            found += outcome.findings
            continue
        content = path.read_bytes()
        result = _canonical(content, name)
        found += result.findings
        if result.value is not None and result.value != content:
            message = "The file is not in canonical form"
            found.append(finding("PW136", message, None, file=name, help="Run `pathwaydsl fmt`"))
    found.sort(key=lambda one: one.order)
    click.echo(reported(found, sources, form, root=Path.cwd(), files=files), nl=False)
    return 1 if found else 0


def _refuse(error: OSError) -> None:
    raise error


def working_files(paths: tuple[Path, ...]) -> Iterator[Path]:
    """Each file that may be rewritten, once; sealed releases are left out.

    Raises:
        click.ClickException: If a folder cannot be read or holds no pathway file.
    """
    from pathwaydsl.project.finding_files import is_sealed, pathway_files, root_of

    seen: set[str] = set()
    for path in paths:
        try:
            found = (
                pathway_files(path, root_of([path]), missed=_refuse)
                if os.path.isdir(path)  # noqa: PTH112
                else [path]
            )
        except OSError as error:
            name = error.filename or path
            raise click.ClickException(f"{name} cannot be read: {error.strerror}") from None
        if not found:
            message = f"There is no pathway file in the folder {path.resolve().name}."
            raise click.ClickException(message)
        for file in found:
            real = os.path.realpath(file)
            if real in seen or is_sealed(Path(real)):
                continue
            seen.add(real)
            yield file


def content_of(path: Path, name: str) -> bytes | None:
    """The bytes of a file that may be formatted; findings are told."""
    from pathwaydsl.project.configuration import Limits
    from pathwaydsl.project.reading_files import read_source

    outcome = read_source(path, name, most_bytes=Limits().file_size)
    if outcome.findings:
        tell_findings(outcome.findings, outcome.value)
        return None
    return path.read_bytes()


def _formatted(content: bytes, name: str) -> bytes | None:
    """The canonical bytes, or None if the file is left alone; findings are told."""
    from pathwaydsl.project.configuration import Limits
    from pathwaydsl.project.reading_files import decode
    from pathwaydsl.report.text import harmless

    result = _canonical(content, name)
    if result.value is None:
        tell_findings(result.findings, decode(content, name, most_bytes=Limits().file_size).value)
        click.echo(f"{harmless(name)} is left as it is.", err=True)
    return result.value


def _canonical(content: bytes, name: str) -> "Outcome[bytes | None]":
    """The canonical bytes, or None where the file is left alone because of the findings.

    A file whose first line ends as on Windows keeps such line ends; the byte-order mark goes.
    """
    from pathwaydsl.formatting.safe import formatted
    from pathwaydsl.project.configuration import Limits
    from pathwaydsl.project.reading_files import decode
    from pathwaydsl.text.finding import Outcome

    decoded = decode(content, name, most_bytes=Limits().file_size)
    if decoded.value is None or decoded.findings:
        return Outcome(None, decoded.findings)
    result = formatted(decoded.value)
    if result.value is None:
        return Outcome(None, result.findings)
    text = result.value.replace("\r\n", "\n")
    if content.partition(b"\n")[0].endswith(b"\r"):
        text = text.replace("\n", "\r\n")
    return Outcome(text.encode())


def _settle(path: Path, content: bytes, formatted: bytes, *, check: bool, diff: bool) -> None:
    from pathwaydsl.report.text import harmless

    if diff:
        click.echo(difference(content, formatted, path.as_posix()), nl=False)
    if check:
        click.echo(f"{harmless(str(path))} would change", err=True)
    if not check and not diff:
        write_atomically(path, formatted)
        click.echo(f"{harmless(str(path))} changed", err=True)


def _standard_input(name: str, *, check: bool, diff: bool) -> int:
    content = sys.stdin.buffer.read()
    formatted = _formatted(content, name)
    if formatted is None:
        return 1
    if diff:
        click.echo(difference(content, formatted, name), nl=False)
    elif not check:
        sys.stdout.buffer.write(formatted)
        sys.stdout.buffer.flush()
    return 1 if formatted != content and (check or diff) else 0


def difference(content: bytes, formatted: bytes, name: str) -> str:
    """What would change, as `diff -u` writes it; coloured on a terminal."""
    from difflib import unified_diff

    from pathwaydsl.report.text import harmless

    name = harmless(name)
    old = content.decode().splitlines(keepends=True)
    new = formatted.decode().splitlines(keepends=True)
    lines = [
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in unified_diff(old, new, f"a/{name}", f"b/{name}")
    ]
    if not coloured():
        return "".join(lines)
    colours = {"+": "32", "-": "31", "@": "36"}
    return "".join(
        f"\x1b[{colours[line[0]]}m{line.rstrip()}\x1b[0m\n" if line[0] in colours else line
        for line in lines
    )


def tell_findings(findings: "tuple[Finding, ...]", source: "Source | None") -> None:
    """Write findings about one file to standard error."""
    from pathwaydsl.report.text import as_text

    sources = {} if source is None else {source.name: source}
    click.echo(as_text(findings, sources), nl=False, err=True)
