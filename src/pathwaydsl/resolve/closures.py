"""Which names each file defines, which it can see, and which files it stands on.

`use` goes through: a file hands on what it uses itself. A name means one thing in a closure.
"""

from collections.abc import Iterable, Mapping

from attrs import Factory, define

from pathwaydsl.resolve.scope import Definition, Names
from pathwaydsl.resolve.words import DEFINITION_KINDS, kind_in_words
from pathwaydsl.syntax.reader import imports
from pathwaydsl.syntax.tree import Import, Node, SyntaxFile, Token
from pathwaydsl.text.finding import Finding, Label
from pathwaydsl.text.rules import finding

_KINDS = frozenset(DEFINITION_KINDS)


@define(eq=False)
class FileNames:
    """What one file defines and uses.

    Attributes:
        uses: Its imports with the file each leads to; None where that could not be loaded.
        pathways: Pathways in it; all but the first are a finding.
        nameless: Definitions whose name could not be read, as they may be what others mean.
    """

    file: SyntaxFile
    uses: list[tuple[Import, str | None]]
    own: Names = Factory(dict)
    pathways: list[Definition] = Factory(list)
    impossible: list[Node] = Factory(list)
    cases: list[Node] = Factory(list)
    findings: list[Finding] = Factory(list)


def names_in(file: SyntaxFile, targets: Mapping[tuple[str, str], str]) -> FileNames:
    """The definitions of a file by kind and name; a name defined twice is a finding."""
    name = file.source.name
    uses = [(use, targets.get((name, use.path))) for use in imports(file)]
    found = FileNames(file, uses)
    for node in file.root.children:
        if not isinstance(node, Node):
            continue
        kind = node.kind
        if kind in _KINDS:
            token = node.token("NAME")
            if token:
                _define(found, kind, token, node)
        elif kind == "pathway":
            token = node.token("NAME")
            if token:
                found.pathways.append(Definition(kind, token, node, file))
        elif kind == "impossible":
            found.impossible.append(node)
        elif kind == "case":
            found.cases.append(node)
    return found


def _define(found: FileNames, kind: str, token: Token, node: Node) -> None:
    own = Definition(kind, token, node, found.file)
    first = found.own.setdefault(kind, {}).setdefault(str(token), own)
    if first is not own:
        found.findings.append(_twice(first, own))


def _twice(first: Definition, second: Definition) -> Finding:
    where = "here too" if first.file is second.file else f"here too, in {first.span.file}"
    return finding(
        "PW202",
        f"There are two definitions of the {kind_in_words(second.kind).split(' ', 1)[1]} "
        f"`{second.name}`",
        second.span,
        labels=[Label(first.span, where)],
        help="Give one of them another name, or keep one and use it from both places.",
    )


class Closures:
    """Visible names and closures of every file, each made once."""

    def __init__(self, files: Mapping[str, FileNames], built_in: Names) -> None:
        self._files = files
        self._built_in = built_in
        self._visible: dict[str, Names] = {}
        self._closure: dict[str, tuple[str, ...]] = {}
        for name in files:
            self._walk(name)

    def visible(self, file: str) -> Names:
        """The names that a file can see, its own among them."""
        return self._visible[file]

    def closure(self, file: str) -> tuple[str, ...]:
        """A file and every file it stands on, in the order of their names."""
        return self._closure[file]

    def _walk(self, start: str) -> None:
        """Make a file's names after those of the files it uses, without recursion."""
        waiting = [(start, False)]
        open_ = set()
        while waiting:
            name, ready = waiting.pop()
            if ready:
                self._make(name)
                open_.discard(name)
            elif name not in self._visible and name not in open_:
                open_.add(name)
                waiting.append((name, True))
                waiting.extend(
                    (target, False)
                    for _, target in reversed(self._files[name].uses)
                    if target is not None and target in self._files
                )

    def _make(self, name: str) -> None:
        names = self._files[name]
        parts: list[Names] = []
        closure = {name}
        for use, target in names.uses:
            if target is None or target not in self._visible:
                continue
            closure.update(self._closure[target])
            parts.append(_only(self._visible[target], use.names))
        self._closure[name] = tuple(sorted(closure))
        self._visible[name] = {
            kind: _merged(
                names.own.get(kind, {}),
                [part[kind] for part in parts if part.get(kind)],
                self._built_in.get(kind, {}),
            )
            for kind in DEFINITION_KINDS
        }

    def twice(self) -> Iterable[Finding]:
        """Names that mean two things in one closure, each once."""
        seen: set[tuple[str, str]] = set()
        compared: set[tuple[str, ...]] = set()
        for files in self._closure.values():
            if len(files) < 2 or files in compared:
                continue
            compared.add(files)
            for kind in DEFINITION_KINDS:
                tables = [(file, self._files[file].own.get(kind)) for file in files]
                first: dict[str, Definition] = {}
                for _, table in tables:
                    for name, own in (table or {}).items():
                        other = first.setdefault(name, own)
                        if other is not own and (kind, name) not in seen:
                            seen.add((kind, name))
                            yield _twice(other, own)


def _only(names: Names, wanted: tuple[str, ...] | None) -> Names:
    if wanted is None:
        return names
    return {
        kind: {name: table[name] for name in wanted if name in table}
        for kind, table in names.items()
    }


def _merged(
    own: dict[str, Definition],
    parts: list[dict[str, Definition]],
    built_in: dict[str, Definition],
) -> dict[str, Definition]:
    """One table of names; shared as it is where nothing is added to it."""
    if not own and len(parts) == 1:
        return parts[0]
    if not own and not parts:
        return built_in
    table = dict(built_in)
    for part in reversed(parts):
        table.update(part)
    table.update(own)
    return table
