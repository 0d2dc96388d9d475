"""Telling git to use us for pathway files, and taking that back.

Only settings of our own are written and only those are taken out. A setting of the same name that
somebody else made stays, and it is said that it is in the way.
"""

import os
import re
import shlex
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from attrs import frozen

from pathwaydsl.project.disk import RealDisk
from pathwaydsl.project.git import GitError, asked, git, why
from pathwaydsl.project.git_attributes import (
    DRIVER,
    has_line,
    settings_were_torn,
    with_line,
    without_line,
)

_CALLS = re.compile(r"pathwaydsl['\"]? git (textconv|merge-driver|mergetool)\b")
"""What a command of ours looks like, whatever program runs it."""

_NAME = "clinical pathways, statement by statement"
_HUNKS = (
    r"^[[:blank:]]*((pathway|criterion|condition|score|drug|regimen|evidence|scheme|outcome|case"
    r'|assess|decide|choose|treat|act|together|enter|gap|end)[[:blank:]]+[a-z0-9-]*[[:blank:]]*".*)$'
)


@frozen
class Place:
    """Where settings are kept: those of a repository or those of a person.

    Attributes:
        option: What git calls it.
        attributes: The file of attributes that belongs to it.
        settings: The file of the settings.
        said: What it is called in messages.
    """

    option: str
    attributes: Path
    settings: Path
    said: str


@frozen
class State:
    """What stands in a place.

    Attributes:
        there: Settings that are as they should be.
        missing: Settings that are not there.
        foreign: Settings of somebody else, with what they say.
        line: Whether the attributes name our drivers.
        runs: Whether the program that the settings name can still be run.
    """

    there: tuple[str, ...]
    missing: tuple[str, ...]
    foreign: tuple[tuple[str, str], ...]
    line: bool
    runs: bool

    @property
    def word(self) -> str:
        """How it stands, in a few words."""
        if not self.there and not self.line:
            return "not enabled"
        if self.missing or self.foreign or not self.line:
            return "partly enabled"
        return "enabled" if self.runs else "enabled, but its program is not there"


def settings() -> dict[str, str]:
    """The settings that are written, by name.

    Every command falls back to git's own way when our program cannot be run, so that a removed or
    broken installation never stops git.
    """
    program = " ".join(
        shlex.quote(part) for part in (Path(sys.executable).as_posix(), "-P", "-m", "pathwaydsl")
    )
    merging = program.replace("%", "%%")
    return {
        f"diff.{DRIVER}.textconv": f'f() {{ {program} git textconv "$1" || cat "$1"; }}; f',
        f"diff.{DRIVER}.xfuncname": _HUNKS,
        f"merge.{DRIVER}.name": _NAME,
        f"merge.{DRIVER}.driver": (
            f'f() {{ {merging} git merge-driver "$@"; case $? in 0) return 0 ;; 10) return 1 ;; '
            'esac; echo "pathwaydsl could not be run: $5 is merged line by line" >&2; '
            'git merge-file --marker-size="$4" -L ours -L base -L theirs "$2" "$1" "$3"; }; '
            "f %O %A %B %L %P"
        ),
        f"mergetool.{DRIVER}.cmd": f'{program} git mergetool "$BASE" "$LOCAL" "$REMOTE" "$MERGED"',
        f"mergetool.{DRIVER}.trustExitCode": "true",
    }


def place(*, everywhere: bool) -> Place:
    """Where the settings go: of the repository here, or of the person for all repositories.

    Raises:
        GitError: If there is no repository here, or no git.
    """
    if everywhere:
        said = git(["config", "--global", "--type=path", "core.attributesFile"])
        if not said.code and said.text:
            attributes = Path(said.text)
        else:
            home = os.environ.get("XDG_CONFIG_HOME") or ""
            folder = Path(home) if home else _home() / ".config"
            attributes = folder / "git" / "attributes"
        return Place("--global", attributes, _persons_settings(), "all your repositories")
    done = git(["rev-parse", "--git-path", "info/attributes"])
    if done.code:
        if "not a git repository" in done.said:
            message = (
                "there is no git repository here: run it inside one, or with --global for all "
                "your repositories"
            )
            raise GitError(message)
        raise GitError(why(done))
    config = asked(["rev-parse", "--git-path", "config"])
    files = [Path(os.path.abspath(name)) for name in (done.text, config)]  # noqa: PTH100
    return Place("--local", files[0], files[1], "this repository")


def _persons_settings() -> Path:
    """Where git writes the settings of a person."""
    if given := os.environ.get("GIT_CONFIG_GLOBAL"):
        return Path(given)
    usual = _home() / ".gitconfig"
    home = os.environ.get("XDG_CONFIG_HOME") or ""
    other = (Path(home) if home else _home() / ".config") / "git" / "config"
    return other if other.exists() and not usual.exists() else usual


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:
        message = "there is no home folder in which git keeps your settings"
        raise GitError(message) from None


def state(where: Place) -> State:
    """What stands in a place.

    Raises:
        GitError: If its settings cannot be read.
    """
    wanted = settings()
    found = _values(where, wanted)
    there = tuple(name for name in wanted if name in found and _ours(name, found[name], wanted))
    foreign = tuple((name, found[name]) for name in wanted if name in found and name not in there)
    missing = tuple(name for name in wanted if name not in found)
    content = _read(where.attributes)
    line = content is not None and has_line(content)
    programs = {_program(found[name]) for name in there if _CALLS.search(found[name])}
    runs = all(program is None or os.access(program, os.X_OK) for program in programs)
    return State(there, missing, foreign, line, runs)


def _program(command: str) -> str | None:
    """The program that a command of ours runs."""
    try:
        words = shlex.split(command.removeprefix("f() {").split(";")[0])
    except ValueError:
        return None
    return words[0].replace("%%", "%") if words else None


def _values(where: Place, wanted: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in wanted:
        done = git(["config", where.option, "--get", name])
        if done.code == 0:
            found[name] = done.text
        elif done.code != 1:
            raise GitError(why(done))
    return found


def _ours(name: str, value: str, wanted: Mapping[str, str]) -> bool:
    return value == wanted[name] or bool(_CALLS.search(value))


def _read(path: Path) -> bytes | None:
    try:
        return RealDisk().read(path)
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror or error}"
        raise GitError(message) from None


def enable(where: Place) -> State:
    """Write the settings that are not there yet; what could not be finished is taken back.

    Raises:
        GitError: If something is in the way; then everything is as it was.
    """
    wanted = settings()
    now = state(where)
    if now.foreign:
        name, value = now.foreign[0]
        message = (
            f"`{name}` is set to something else already: {value!r}. Nothing was changed. To use "
            f"pathwaydsl instead, run `git config {where.option} --unset {name}` first"
        )
        raise GitError(message)
    before = _values(where, wanted)
    ended = (_read(where.settings) or b"\n").endswith(b"\n")
    done: list[str] = []
    try:
        for name, value in wanted.items():
            if before.get(name) != value:
                asked(["config", where.option, name, value])
                done.append(name)
        _write(where.attributes, with_line(_read(where.attributes), settings_torn=not ended))
    except GitError:
        for name in reversed(done):
            with suppress(GitError):
                _set_back(where, name, before.get(name))
        raise
    return state(where)


def _set_back(where: Place, name: str, value: str | None) -> None:
    if value is None:
        asked(["config", where.option, "--unset", name])
    else:
        asked(["config", where.option, name, value])


def disable(where: Place) -> State:
    """Take out every setting of ours, and nothing else.

    Raises:
        GitError: If something cannot be taken out; running it again goes on from there.
    """
    content = _read(where.attributes)
    if content is not None:
        left = without_line(content)
        if left != content:
            _write(where.attributes, left)
    there = state(where).there
    for name in there:
        asked(["config", where.option, "--unset", name])
    for section in dict.fromkeys(name.rpartition(".")[0] for name in there):
        pattern = f"^{section.replace('.', '[.]')}[.]"
        if git(["config", where.option, "--get-regexp", pattern]).code == 1:
            # Git leaves the heading of a section behind when a comment stands above it.
            git(["config", where.option, "--remove-section", section])
    if content is not None and settings_were_torn(content):
        _write(where.settings, (_read(where.settings) or b"").removesuffix(b"\n"))
    return state(where)


def _write(path: Path, content: bytes | None) -> None:
    """Write a file of attributes in one step, or remove it; a link stays a link."""
    disk = RealDisk()
    target = Path(os.path.realpath(path))
    try:
        if content is None:
            disk.remove(target)
        elif disk.read(target) != content:
            fresh = target.parent / f".{target.name}.pathwaydsl"
            disk.make_folder(target.parent)
            disk.write(fresh, content)
            disk.replace(fresh, target)
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror or error}"
        raise GitError(message) from None


def attributes_here() -> Mapping[str, str]:
    """What the attributes in force here say about pathway files, wherever they stand."""
    done = git(["check-attr", "diff", "merge", "--", f"example{'.pathway'}"])
    if done.code:
        return {}
    found = (line.rpartition(": ") for line in done.text.splitlines())
    return {before.rpartition(": ")[2]: value for before, _, value in found}
