"""`pathwaydsl git`: comparing and merging pathways in git."""

import sys
from pathlib import Path

import click


@click.group("git", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Let git compare and merge pathways statement by statement.

    `git diff` and `git log -p` then show what changed and not how it is laid out; `git merge`,
    `git rebase`, `git stash` and `git cherry-pick` put together what has nothing to do with each
    other, and look at the result again. What git does without pathwaydsl stays as it is.
    """


_everywhere = click.option(
    "--global", "everywhere", is_flag=True,
    help="For all your repositories, not only for this one.",
)  # fmt: skip

_ADD = (
    "A merge of several files is not looked at as a whole by itself, because this repository has "
    "hooks of its own: let its `pre-merge-commit` run `pathwaydsl git merged`."
)
_HOOK = {
    "there": "merges of several files: looked at as a whole",
    "missing": "merges of several files: not looked at as a whole",
    "foreign": "merges of several files: there are other hooks; add `pathwaydsl git merged` there",
}
_MEND = (
    "Mend this, `git add` the files and commit. `git merge --abort` takes a merge back that is "
    "not committed."
)


@command.command("enable")
@_everywhere
def enable_command(*, everywhere: bool) -> int:
    """Tell git to use pathwaydsl for pathway files."""
    from pathwaydsl.project.git import GitError
    from pathwaydsl.project.git_hook import enable_hook
    from pathwaydsl.project.git_setup import enable, place

    try:
        where = place(everywhere=everywhere)
        enable(where)
        hook = "" if everywhere else enable_hook()
    except GitError as error:
        raise _failed(error) from None
    click.echo(f"git now compares and merges pathways with pathwaydsl in {where.said}.")
    if hook == "foreign":
        click.echo(_ADD, err=True)
    return 0


@command.command("disable")
@_everywhere
def disable_command(*, everywhere: bool) -> int:
    """Take out what `enable` wrote, and nothing else."""
    from pathwaydsl.project.git import GitError
    from pathwaydsl.project.git_hook import disable_hook
    from pathwaydsl.project.git_setup import disable, place

    try:
        where = place(everywhere=everywhere)
        left = disable(where)
        if not everywhere:
            disable_hook()
    except GitError as error:
        raise _failed(error) from None
    click.echo(f"git no longer uses pathwaydsl in {where.said}.")
    for name, _ in left.foreign:
        click.echo(f"`{name}` is somebody else's and was left as it is.", err=True)
    return 0


@command.command("status")
def status_command() -> int:
    """Say whether git uses pathwaydsl here; exits with 1 where it does not."""
    from pathwaydsl.project.git import GitError
    from pathwaydsl.project.git_attributes import DRIVER
    from pathwaydsl.project.git_hook import hook_state
    from pathwaydsl.project.git_setup import attributes_here, place, state
    from pathwaydsl.report.text import harmless

    words = []
    try:
        for everywhere in (False, True):
            try:
                where = place(everywhere=everywhere)
            except GitError as error:
                if everywhere:
                    raise
                click.echo(f"here: {harmless(str(error))}")
                continue
            found = state(where)
            words.append(found.word)
            click.echo(f"{where.said}: {found.word}")
            if found.word == "partly enabled":
                missing = [*found.missing, *([] if found.line else ["the attributes"])]
                for name in missing:
                    click.echo(f"  missing: {name}")
            for name, value in found.foreign:
                click.echo(f"  somebody else's: {name} = {harmless(value)}")
            if not everywhere:
                click.echo(_HOOK[hook_state()])
    except GitError as error:
        raise _failed(error) from None
    if "enabled" not in words:
        return 1
    others = {k: v for k, v in attributes_here().items() if v != DRIVER}
    for name, value in sorted(others.items()):
        click.echo(f"  but other attributes set `{name}` to `{harmless(value)}` for pathways")
    return 1 if others else 0


@command.command("merged")
def merged_command() -> int:
    """Look at a merge as a whole: at what only its files together do.

    That is the merge that is under way, or else the last commit. Exits with 10 when the two sides
    together do something wrong that neither does alone. `enable` lets git run this by itself
    before it commits a merge that went well.
    """
    from pathwaydsl.project.git import GitError, asked
    from pathwaydsl.project.git_hook import STOPS
    from pathwaydsl.project.git_merged import merged_files, sides

    try:
        top = Path(asked(["rev-parse", "--show-toplevel"]))
        merge = sides(top)
        if merge is None:
            click.echo("The last commit is no merge, and none is under way.")
            return 0
        found = list(merged_files(top, merge))
    except (GitError, OSError) as error:
        raise _failed(error) from None
    for name, looked in found:
        _tell(name, tuple(clash.message for clash in looked.clashes), looked.notes)
    if any(looked.clashes for _, looked in found):
        click.echo(_MEND, err=True)
        return STOPS
    return 0


@command.command("textconv")
@click.argument("file", type=click.Path(path_type=Path))
def textconv_command(file: Path) -> int:
    """Print a file in canonical form, or as it is where it cannot be read."""
    try:
        content = file.read_bytes()
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror or error}"
        raise click.ClickException(message) from None
    try:
        from pathwaydsl.project.git_merging import shown

        text = shown(content)
    except Exception:  # noqa: BLE001  git must show something, whatever is wrong with us
        text = content
    sys.stdout.buffer.write(text)
    sys.stdout.buffer.flush()
    return 0


@command.command("merge-driver")
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("ours", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
@click.argument("marker", type=click.IntRange(1, 1000))
@click.argument("name")
def driver_command(base: Path, ours: Path, theirs: Path, marker: int, name: str) -> int:
    """Merge one file for git, into OURS; exits with 10 for conflicts.

    Git runs this by itself. Any other exit code than 0 and 10 tells git's settings to merge line
    by line instead; OURS is then as it was.
    """
    from pathwaydsl.project.git import GitError
    from pathwaydsl.project.git_merging import CONFLICT, Versions, driven

    try:
        found = driven(Versions(base, ours, theirs, name, marker))
    except (GitError, OSError) as error:
        raise _failed(error) from None
    _tell(name, found.conflicts, found.notes)
    _write(ours, found.content)
    return CONFLICT if found.conflicts else 0


@command.command("mergetool")
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("local", type=click.Path(path_type=Path))
@click.argument("remote", type=click.Path(path_type=Path))
@click.argument("merged", type=click.Path(path_type=Path))
def mergetool_command(base: Path, local: Path, remote: Path, merged: Path) -> int:
    """Merge again and open what is left in the editor; for `git mergetool --tool=pathway`.

    Exits with 0 when no conflict is left and the file can be read.
    """
    from pathwaydsl.project.git import GitError, edit
    from pathwaydsl.project.git_merging import Versions, driven, settled

    try:
        if not base.exists():
            base.write_bytes(b"")
        found = driven(Versions(base, local, remote, merged.as_posix()))
        _tell(merged.as_posix(), found.conflicts, found.notes)
        _write(merged, found.content)
        if not found.conflicts:
            return 0
        if not edit(merged):
            return 1
        left = settled(merged.read_bytes())
    except (GitError, OSError) as error:
        raise _failed(error) from None
    if left is not None:
        click.echo(f"{_plain(merged.as_posix())}: {left}", err=True)
        return 1
    return 0


def _write(path: Path, content: bytes) -> None:
    """Write in one step, so that a stop in between leaves the file as it was."""
    from pathwaydsl.cli.options import write_atomically

    if path.read_bytes() != content:
        write_atomically(path, content)


def _tell(name: str, conflicts: tuple[str, ...], notes: tuple[str, ...]) -> None:
    for message in conflicts:
        click.echo(f"{_plain(name)}: Conflict: {_plain(message)}.", err=True)
    for message in notes:
        click.echo(f"{_plain(name)}: {_plain(message)}.", err=True)


def _plain(text: str) -> str:
    from pathwaydsl.report.text import harmless

    return harmless(text)


def _failed(error: Exception) -> click.ClickException:
    text = _plain(str(error))
    return click.ClickException(f"{text[:1].upper()}{text[1:]}.")
