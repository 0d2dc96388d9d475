"""The units and kinds of gaps of a project, written into a release as comments at its top.

The language has no statement for them: they are agreed in `pathwaydsl.toml`. A release must be read
without that file, so it says which words of it it uses.
"""

import re

from attrs import evolve

from pathwaydsl.model.units import Unit
from pathwaydsl.resolve import ResolveOptions

_UNIT = "# unit of the project: "
_KIND = "# kind of gap of the project: "
_MOST = 200
"""How many words are read at most."""


def with_words(text: str, options: ResolveOptions) -> str:
    """A flat text with the words of the project that occur in it, below its first line."""
    used = frozenset(re.findall(r"[^\s\"#{}(),]+", text))
    units = [unit for unit in options.units if not used.isdisjoint(unit.spellings)]
    lines = [f"{_UNIT}{', '.join(unit.spellings)}\n" for unit in units]
    lines += [f"{_KIND}{kind}\n" for kind in options.gap_kinds if kind in used]
    first, end, rest = text.partition("\n")
    return f"{first}{end}\n{''.join(lines)}\n{rest}" if lines else text


def knowing_words(options: ResolveOptions, text: str) -> ResolveOptions:
    """The options with the words that stand at the top of a release; those come first."""
    units: list[Unit] = []
    kinds: list[str] = []
    for line in text.split("\n")[1 : _MOST + 1]:
        if line.startswith(_UNIT):
            spellings = tuple(dict.fromkeys(line.removeprefix(_UNIT).strip().split(", ")))
            if all(spellings):
                units.append(Unit(spellings[0], spellings, spellings[min(1, len(spellings) - 1)]))
        elif line.startswith(_KIND):
            kinds.append(line.removeprefix(_KIND).strip())
        elif line.strip() and not line.startswith("#"):
            break
    if not units and not kinds:
        return options
    return evolve(
        options,
        units=(*units, *options.units),
        gap_kinds=tuple(dict.fromkeys((*kinds, *options.gap_kinds))),
    )
