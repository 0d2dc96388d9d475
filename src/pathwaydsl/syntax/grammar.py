"""The parser of the language, made once a process from `grammar/`.

The parse table takes a quarter of a second to make, so it is kept in the user's own cache
folder, as plain data (never code), under a key of everything it depends on.
A table that is missing, foreign or damaged is made anew; nothing else depends on it.
"""

import hashlib
import marshal
import os
import sys
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import lark
import lark.lexer
from lark.grammar import Rule
from lark.lexer import TerminalDef

from pathwaydsl.syntax.tree import Node

_from_table: Any = lark.Lark._load_from_dict  # noqa: SLF001  the one way without pickle

GRAMMAR_FILES = ("pathway.lark", "terminals.lark", "keywords.lark")
"""The files of the grammar; the first one imports the others."""

_OPTIONS: dict[str, Any] = {
    "parser": "lalr",
    "lexer": "contextual",
    "keep_all_tokens": True,
    "maybe_placeholders": False,
    "propagate_positions": False,
}


def grammar_text(name: str) -> str:
    """The text of a grammar file: from the package, or beside it in a source checkout."""
    shipped = resources.files("pathwaydsl") / "grammar" / name
    if shipped.is_file():
        return shipped.read_text(encoding="utf-8")
    return (Path(__file__).parents[3] / "grammar" / name).read_text(encoding="utf-8")


def new_parser(**options: Any) -> lark.Lark:
    """A parser made from the grammar, without the kept table.

    The check of every terminal against every other takes minutes and is the tests' business.
    """

    def beside(_base: object, path: str) -> tuple[str, str]:
        return path, grammar_text(Path(path).name)

    installed = lark.lexer.has_interegular
    lark.lexer.has_interegular = False
    try:
        return lark.Lark(
            grammar_text(GRAMMAR_FILES[0]),
            import_paths=[beside],
            source_path="pathway.lark",
            **{**_OPTIONS, **options},
        )
    finally:
        lark.lexer.has_interegular = installed


@cache
def parser() -> lark.Lark:
    """The parser; its trees are `syntax.tree.Node`."""
    path = _table_path()
    loaded = _loaded(path)
    if loaded is not None:
        return loaded
    made = new_parser(tree_class=Node)
    _keep(made, path)
    return made


def _table_path() -> Path | None:
    key = hashlib.sha256()
    for name in GRAMMAR_FILES:
        key.update(grammar_text(name).encode())
    key.update(f"{lark.__version__} {sys.version} 1".encode())
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        folder = Path(base) if base else Path.home() / ".cache"
    except RuntimeError:
        return None
    return folder / "pathwaydsl" / f"parse-table-{key.hexdigest()[:32]}"


def _loaded(path: Path | None) -> lark.Lark | None:
    if path is None:
        return None
    try:
        stored = path.read_bytes()
        digest, table = stored[:32], stored[32:]
        if hashlib.sha256(table).digest() != digest:
            return None
        data, memo = marshal.loads(table)  # noqa: S302  plain data, checked against its digest
        loaded: lark.Lark = _from_table(data, memo, tree_class=Node)
    except (OSError, ValueError, EOFError, TypeError, KeyError, AttributeError):
        return None
    return loaded


def _keep(made: lark.Lark, path: Path | None) -> None:
    if path is None:
        return
    try:
        data, memo = made.memo_serialize([TerminalDef, Rule])
        data["options"] = {
            n: v for n, v in data["options"].items() if n not in {"tree_class", "import_paths"}
        }
        table = marshal.dumps(_plain((data, memo)))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        fresh.write_bytes(hashlib.sha256(table).digest() + table)
        fresh.replace(path)
    except (OSError, ValueError):
        return


def _plain(value: Any) -> Any:
    """The same data without the parser library's own kinds of string and container."""
    match value:
        case str():
            return str.__str__(value) if type(value) is str else str(value)
        case dict():
            return {_plain(key): _plain(inner) for key, inner in value.items()}
        case tuple():
            return tuple(_plain(inner) for inner in value)
        case list():
            return [_plain(inner) for inner in value]
        case set() | frozenset():
            return sorted(_plain(inner) for inner in value)
        case _:
            return value
