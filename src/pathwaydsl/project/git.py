"""Everything that git is asked for, in one place.

Git's own words are passed on where it refuses something; they name the file and the reason.
"""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from attrs import frozen

SECONDS = 120
"""How long a call of git may take."""

LABELS = ("ours", "base", "theirs")
"""What the three versions are called in conflict markers."""


QUIETLY = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
}
"""Git in its own words, asking nobody and fetching nothing."""


class GitError(Exception):
    """Git is not there or refused; the text says why, without a full stop at its end."""


@frozen
class Done:
    """What a call of git came to."""

    code: int
    output: bytes
    said: str

    @property
    def text(self) -> str:
        """Its output as text, without the last line break."""
        return self.output.decode(errors="surrogateescape").removesuffix("\n")


class NoGitError(GitError):
    """Git is not installed."""


def git(arguments: Sequence[str], *, folder: Path | None = None, given: bytes = b"") -> Done:
    """Run git, without a shell, a pager, or a network; any exit code is a result.

    Args:
        arguments: What git is asked.
        folder: Where, instead of in the current folder.
        given: What it reads from its standard input.

    Raises:
        NoGitError: If git is not installed.
        GitError: If it cannot be run.
    """
    try:
        done = subprocess.run(
            ["git", "--no-pager", *arguments],
            cwd=folder,
            input=given,
            capture_output=True,
            check=False,
            timeout=SECONDS,
            env={**os.environ, **QUIETLY},
        )
    except FileNotFoundError:
        message = "git is not installed here, or not on the path"
        raise NoGitError(message) from None
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        message = f"git could not be run: {error}"
        raise GitError(message) from None
    said = done.stderr.decode(errors="replace")
    return Done(done.returncode, done.stdout, said)


def asked(arguments: Sequence[str], *, folder: Path | None = None) -> str:
    """The output of git as text.

    Raises:
        GitError: If git says no.
    """
    done = git(arguments, folder=folder)
    if done.code:
        raise GitError(why(done))
    return done.text


def why(done: Done) -> str:
    """Why git refused, in its own words."""
    lines = [line.strip() for line in done.said.splitlines() if line.strip()]
    said = lines[0] if lines else f"git stopped with {done.code}"
    for word in ("fatal: ", "error: "):
        said = said.removeprefix(word)
    return said.rstrip(".")


def merge_file(base: Path, ours: Path, theirs: Path, marker: int) -> tuple[bytes, int]:
    """Git's own merge, line by line: the text, and how many conflicts are in it.

    Raises:
        GitError: If git cannot merge them, for example because one is not text.
    """
    names = [argument for label in LABELS for argument in ("-L", label)]
    files = [str(path) for path in (ours, base, theirs)]
    done = git(["merge-file", "-p", f"--marker-size={marker}", *names, "--", *files])
    if done.code < 0 or done.code > 127:  # more is no count of conflicts
        raise GitError(why(done))
    return done.output, done.code


def edit(file: Path) -> bool:
    """Open a file in the editor that git would take; whether the editor ended well.

    Raises:
        GitError: If there is no editor.
    """
    editor = asked(["var", "GIT_EDITOR"])
    try:
        done = subprocess.run(
            ["sh", "-c", f'{editor} "$@"', editor, str(file)],  # as git runs it
            check=False,
        )
    except OSError as error:
        message = f"the editor could not be run: {error}"
        raise GitError(message) from None
    return done.returncode == 0
