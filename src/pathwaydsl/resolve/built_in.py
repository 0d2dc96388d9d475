"""The grading schemes that come with the language, read from their own file."""

from functools import cache
from importlib import resources

from pathwaydsl.model.evidence import Scheme
from pathwaydsl.model.units import unit_table
from pathwaydsl.resolve.closures import names_in
from pathwaydsl.resolve.evidence import scheme_of
from pathwaydsl.resolve.scope import Definition, Names, Scope
from pathwaydsl.syntax.reader import read
from pathwaydsl.text.source import Source

FILE = "schemes.pathway"
"""Name of the file that holds them, beside this module."""


@cache
def built_in_names() -> Names:
    """The built-in schemes by kind and name, with their models."""
    text = (resources.files("pathwaydsl.resolve") / FILE).read_text(encoding="utf-8")
    file = read(Source(f"(built in)/{FILE}", text)).value
    names = names_in(file, {})
    scope = Scope(file, names.own, unit_table(), {})
    for definition in names.own["scheme"].values():
        definition.value = scheme_of(scope, definition, built_in=True)
    return {"scheme": names.own["scheme"]}


@cache
def built_in_schemes() -> tuple[Scheme, ...]:
    """The built-in schemes, sorted by id."""
    table: dict[str, Definition] = built_in_names()["scheme"]
    return tuple(table[name].value for name in sorted(table))
