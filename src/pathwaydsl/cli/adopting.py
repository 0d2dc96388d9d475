"""`pathwaydsl baseline`: what is found now is known, and only new findings count."""

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathwaydsl.cli.options import (
    as_of_option,
    load,
    paths_argument,
    shown_from_here,
    today,
    write_atomically,
)

if TYPE_CHECKING:
    from pathwaydsl.model.values import PartialDate
    from pathwaydsl.project.baseline import Entry
    from pathwaydsl.project.loading import Project
    from pathwaydsl.text.finding import Finding


@click.command("baseline")
@paths_argument
@as_of_option
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if it would change.")
def command(paths: tuple[Path, ...], as_of: "PartialDate | None", *, check: bool) -> int:
    """Write down what is found now, so that `check` and `build` count only what is new.

    PATHS are files and folders; without any, the current folder. The file is
    `pathwaydsl-baseline.toml` at the project's root, or what `baseline` in `pathwaydsl.toml`
    says. What was written down before about other files stays.

    What concerns who gets which treatment, what could not be read and what is wrong with a
    release is never part of it: these findings are named and stay. A release counts every finding.
    """
    from pathwaydsl.project.baseline import baseline_of, may_stand, written

    otherwise = today() if sys.stdout.isatty() else None
    project = load(paths, as_of=as_of, otherwise_as_of=otherwise)
    _refuse_unless_read(project)
    before = project.baseline or ()
    counting = [f for f in project.findings if f.rule not in {"PW133", "PW134"}]
    found = sorted((*counting, *project.known), key=lambda one: one.order)
    entries = baseline_of(found, before, project.looked)
    left = [one for one in found if not may_stand(one)]
    path = project.root / project.configuration.baseline
    text = written(entries)
    there = project.sources.get(project.configuration.baseline)
    changes = there.text != text if there is not None else bool(entries)
    if changes and not check:
        _make_folder(path.parent)
        write_atomically(path, text.encode())
    _say(project, path, entries, changed=changes, check=check)
    _say_left(left)
    return 1 if check and changes else 0


def _make_folder(folder: Path) -> None:
    """Make the folder of the baseline.

    Raises:
        click.ClickException: If it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{folder} cannot be made: {error.strerror or error}"
        raise click.ClickException(message) from None


def _refuse_unless_read(project: "Project") -> None:
    """A baseline that cannot be read may hold what nobody wants to lose.

    Raises:
        click.ClickException: If there is one.
    """
    from pathwaydsl.report.text import as_text

    broken = [one for one in project.findings if one.rule == "PW133"]
    if broken:
        text = as_text(broken, project.sources, shown=shown_from_here(project.root))
        name = project.configuration.baseline
        raise click.ClickException(f"{name} was left as it is.\n\n{text.rstrip()}")


def _say(
    project: "Project", path: Path, entries: "tuple[Entry, ...]", *, changed: bool, check: bool
) -> None:
    from pathwaydsl.report.text import harmless

    number = sum(entry.count for entry in entries)
    known = f"{number} {'finding' if number == 1 else 'findings'}"
    shown = harmless(shown_from_here(project.root)(path.relative_to(project.root).as_posix()))
    if not changed:
        nothing = "Nothing is found that a baseline could hold; none is written."
        said = f"{shown} holds {known}, as before." if path.exists() else nothing
    elif check:
        said = f"{shown} would change: it would hold {known}."
    elif number:
        said = f"{shown} holds {known}; from now on only new ones count."
    else:
        said = f"{shown} is empty now: you can remove it."
    click.echo(said)


def _say_left(left: "list[Finding]") -> None:
    """Name what stays, rule by rule."""
    from pathwaydsl.text.rules import rule

    if not left:
        return
    one = len(left) == 1
    click.echo(
        f"{len(left)} {'finding stays' if one else 'findings stay'} out of it and "
        f"{'counts' if one else 'count'} as before:",
        err=True,
    )
    numbers = Counter(found.rule for found in left)
    for code, number in sorted(numbers.items()):
        times = "" if number == 1 else f", {number} times"
        click.echo(f"  {code} {rule(code).name}{times}", err=True)
    click.echo("`pathwaydsl check` says where they are.", err=True)
