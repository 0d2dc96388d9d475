"""Following `use`: from a path as written to a file inside the project's root.

Whatever a path says, no file outside the root is opened because of it.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import frozen

from pathwaydsl.project.finding_files import SUFFIX
from pathwaydsl.text.finding import Finding, Label
from pathwaydsl.text.rules import finding
from pathwaydsl.text.span import Span
from pathwaydsl.text.suggestion import nearest


@frozen
class Link:
    """One `use` that led to a file."""

    source: str
    written: str
    target: str
    span: Span


def locate(written: str, importer: Path, root: Path, span: Span) -> Path | Finding:
    """The real path of the file that a `use` names, or what is wrong with it."""
    if "\0" in written or not written.strip():
        return finding("PW203", "The path of this `use` names no file", span)
    if "\\" in written:
        advice = f'Write `use "{written.replace(chr(92), "/")}"`: paths are written with `/`'
        return finding("PW203", f"There is no file {written}", span, help=advice)
    real = Path(os.path.realpath(importer.parent / written))
    if not real.is_relative_to(root):
        plainly = not Path(os.path.normpath(importer.parent / written)).is_relative_to(root)
        message = f"{written} lies outside the project" + ("" if plainly else ", through a link")
        advice = "Copy the file into the project, or put pathwaydsl.toml into a folder above both"
        return finding("PW205", message, span, help=advice)
    try:
        if real.is_file():
            return real
        if real.is_dir():
            advice = f"Name the file in it, such as `{written.rstrip('/')}/criteria{SUFFIX}`"
            return finding("PW203", f"{written} is a folder, not a file", span, help=advice)
        if real.exists():
            return finding("PW203", f"{written} is not a plain file", span)
        return finding("PW203", f"There is no file {written}", span, help=_guess(written, real))
    except OSError as error:
        return finding("PW203", f"{written} cannot be opened: {error.strerror}", span)


def _guess(written: str, real: Path) -> str | None:
    try:
        names = [entry.name for entry in os.scandir(real.parent) if entry.name.endswith(SUFFIX)]
    except OSError:
        return "The folder does not exist either; the path is relative to this file"
    if f"{real.name}{SUFFIX}" in names:
        return f'Write `use "{written}{SUFFIX}"`'
    guess = nearest(real.name, names)
    folder = written.rpartition("/")[0]
    return f"Did you mean `{f'{folder}/' if folder else ''}{guess}`?" if guess else None


def cycles(links: Sequence[Link]) -> tuple[tuple[Link, ...], ...]:
    """The cycles of imports, each once, as the links that lead around, closing one last.

    Leaving out the last link of each leaves no cycle.
    """
    ways: dict[str, dict[str, Link]] = {}
    for link in sorted(links, key=lambda one: (one.source, one.span)):
        ways.setdefault(link.source, {}).setdefault(link.target, link)
    found: list[tuple[Link, ...]] = []
    done: set[str] = set()
    for start in ways:
        if start not in done:
            _search(start, ways, done, found)
    return tuple(found)


def _search(
    start: str,
    ways: Mapping[str, Mapping[str, Link]],
    done: set[str],
    found: list[tuple[Link, ...]],
) -> None:
    trail: list[Link] = []
    on_trail = [start]
    waiting = [iter(ways.get(start, {}).values())]
    while waiting:
        link = next(waiting[-1], None)
        if link is None:
            waiting.pop()
            done.add(on_trail.pop())
            if trail:
                trail.pop()
        elif link.target in on_trail:
            found.append((*trail[on_trail.index(link.target) :], link))
        elif link.target not in done:
            trail.append(link)
            on_trail.append(link.target)
            waiting.append(iter(ways.get(link.target, {}).values()))


def cycle_finding(cycle: Sequence[Link]) -> Finding:
    """The one finding about a cycle of imports, at the `use` that closes it."""
    closing = cycle[-1]
    if len(cycle) == 1:
        return finding("PW204", f"{closing.source} uses itself", closing.span)
    names = " uses ".join((*(link.source for link in cycle), closing.target))
    return finding(
        "PW204",
        f"These files use each other in a circle: {names}",
        closing.span,
        labels=[Label(link.span, f"uses {link.target}") for link in cycle[:-1]],
        help="Move what both need into a file of its own, and use that from both",
    )
