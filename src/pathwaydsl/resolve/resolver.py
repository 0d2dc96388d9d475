"""From the trees of a project's files to their documents, each file's definitions made once.

The result is always whole: what has a finding is left out or left as written, and nothing raises.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from attrs import evolve, frozen

from pathwaydsl.model.criteria import Impossible
from pathwaydsl.model.pathway import Document, Library, Pathway
from pathwaydsl.model.units import Unit, unit_table
from pathwaydsl.resolve.built_in import built_in_names, built_in_schemes
from pathwaydsl.resolve.cases import case_of
from pathwaydsl.resolve.circles import break_circles
from pathwaydsl.resolve.closures import Closures, FileNames, names_in
from pathwaydsl.resolve.criteria import criterion_of
from pathwaydsl.resolve.definitions import condition_of, drug_of, impossible_of, score_of
from pathwaydsl.resolve.evidence import evidence_of, scheme_of
from pathwaydsl.resolve.gaps import file_gap_of
from pathwaydsl.resolve.head import boxes_in, pathway_of
from pathwaydsl.resolve.regimens import regimen_of
from pathwaydsl.resolve.scope import Definition, Scope
from pathwaydsl.resolve.words import DEFINITION_KINDS
from pathwaydsl.syntax.tree import SyntaxFile
from pathwaydsl.text.finding import Finding, Label, Outcome
from pathwaydsl.text.rules import finding
from pathwaydsl.text.suggestion import nearest

RELEASES = "releases"
"""Folder of frozen versions: a pathway stands there again under its own id."""


@frozen
class ResolveOptions:
    """What the project adds: units, kinds of evidence gaps, and pathways not among the files.

    Attributes:
        elsewhere: Ids of pathways that may be entered although no file here holds them.
    """

    units: tuple[Unit, ...] = ()
    gap_kinds: tuple[str, ...] = ()
    elsewhere: frozenset[str] = frozenset()


_FIRST: dict[str, Callable[[Scope, Definition], Any]] = {
    "criterion": criterion_of,
    "scheme": scheme_of,
}
"""Kinds that others look into; made for every file before anything else."""

_THEN: dict[str, Callable[[Scope, Definition], Any]] = {
    "condition": condition_of,
    "score": score_of,
    "drug": drug_of,
    "regimen": regimen_of,
    "evidence": evidence_of,
    "gap": file_gap_of,
}

_FIELDS = {
    "criterion": "criteria",
    "condition": "conditions",
    "score": "scores",
    "drug": "drugs",
    "regimen": "regimens",
    "evidence": "evidence",
    "scheme": "schemes",
    "gap": "gaps",
}
"""Where the library keeps each kind."""

_DEFAULT = ResolveOptions()


def resolve(
    files: Mapping[str, SyntaxFile],
    targets: Mapping[tuple[str, str], str],
    options: ResolveOptions = _DEFAULT,
) -> Outcome[Mapping[str, Document]]:
    """Make the documents of all files.

    Args:
        files: Every file that was read, by name.
        targets: For a file and a path as written in its `use`, the name of the file used;
            absent where that could not be loaded, which the loader reports.
        options: What the configuration adds.

    Returns:
        A document for each file, and what is wrong with names, values and units.
    """
    names = {name: names_in(file, targets) for name, file in sorted(files.items())}
    closures = Closures(names, built_in_names())
    scopes = _scopes(names, closures, options)
    _make(names, scopes, _FIRST)
    _make(names, scopes, _THEN)
    impossible = {
        name: tuple(r for node in own.impossible if (r := impossible_of(scopes[name], node)))
        for name, own in names.items()
    }
    break_circles(
        (
            definition
            for own in names.values()
            for kind in ("condition", "score")
            for definition in own.own.get(kind, {}).values()
        ),
        scopes,
    )
    libraries = _Libraries(names, impossible)
    documents: dict[str, Document] = {}
    for name, own in names.items():
        library = libraries.of(closures.closure(name))
        documents[name] = _document(own, scopes[name], library, libraries.own(name))
    findings: list[Finding] = list(closures.twice())
    for name, own in names.items():
        scopes[name].finish()
        findings.extend(own.findings)
        findings.extend(scopes[name].findings)
    findings.extend(_built_in_again(names))
    return Outcome(documents, tuple(sorted(findings, key=lambda found: found.order)))


# --- scopes ---


def _scopes(
    names: Mapping[str, FileNames], closures: Closures, options: ResolveOptions
) -> dict[str, Scope]:
    units = unit_table(options.units)
    extra = frozenset(spelling for unit in options.units for spelling in unit.spellings)
    pathways: dict[str, Definition] = {}
    elsewhere: dict[tuple[str, str], str] = {}
    for name, own in names.items():
        for definition in own.pathways[:1]:
            pathways.setdefault(str(definition.name), definition)
        for kind, table in own.own.items():
            for defined in table:
                elsewhere.setdefault((kind, defined), name)
    scopes = {}
    for name, own in names.items():
        closure = closures.closure(name)
        scope = Scope(
            own.file,
            closures.visible(name),
            units,
            pathways,
            silent=frozenset().union(*(names[file].file.broken for file in closure)),
            open=any(_unsure(names[file]) for file in closure),
            extra_units=extra,
            gap_kinds=options.gap_kinds,
            elsewhere=elsewhere,
            other_pathways=options.elsewhere,
        )
        scopes[name] = scope
        _check_uses(scope, own, closures)
    _check_pathways(names, scopes)
    return scopes


def _unsure(own: FileNames) -> bool:
    """Whether something that a file uses is missing, so that names may be missing with it."""
    return "use" in own.file.broken or any(target is None for _, target in own.uses)


def _check_uses(scope: Scope, own: FileNames, closures: Closures) -> None:
    """Every name that a `use` asks for is defined in that file or in what it uses."""
    statements = own.file.root.children_of("use")
    asked = [node for node in statements if node.token("TEXT") is not None]
    absent: set[str] = set()
    for node, (use, target) in zip(asked, own.uses, strict=False):
        listing = node.child("names")
        if listing is None:
            continue
        tokens = scope.distinct(listing.tokens_of("NAME"))
        if target is None:
            absent.update(map(str, tokens))
            continue
        visible = closures.visible(target)
        known = {name for table in visible.values() for name in table}
        for token in tokens:
            if str(token) not in known and str(token) not in scope.silent:
                absent.add(str(token))
                scope.report(
                    "PW201",
                    f"{use.path} defines nothing called `{token}`",
                    token,
                    f"Did you mean `{guess}`?" if (guess := nearest(token, known)) else None,
                    write=guess,
                )
    if absent:
        scope.silent |= absent


def _check_pathways(names: Mapping[str, FileNames], scopes: Mapping[str, Scope]) -> None:
    """One pathway a file, one file a pathway (frozen versions aside)."""
    first: dict[str, Definition] = {}
    for name, own in names.items():
        for definition in own.pathways[1:]:
            scopes[name].report(
                "PW226",
                f"A second pathway, `{definition.name}`, stands in this file",
                definition.name,
                "Move it into a file of its own.",
                [Label(own.pathways[0].span, "the first one")],
            )
        if RELEASES in name.split("/"):
            continue
        for definition in own.pathways[:1]:
            other = first.setdefault(str(definition.name), definition)
            if other is not definition:
                scopes[name].report(
                    "PW202",
                    f"There are two pathways `{definition.name}`",
                    definition.name,
                    "Give one of them another name.",
                    [Label(other.span, f"here too, in {other.span.file}")],
                )


def _make(
    names: Mapping[str, FileNames],
    scopes: Mapping[str, Scope],
    builders: Mapping[str, Callable[[Scope, Definition], Any]],
) -> None:
    for name, own in names.items():
        scope = scopes[name]
        for kind, build in builders.items():
            for definition in own.own.get(kind, {}).values():
                definition.value = build(scope, definition)


def _built_in_again(names: Mapping[str, FileNames]) -> Iterable[Finding]:
    built_in = built_in_names()["scheme"]
    for own in names.values():
        for name, definition in own.own.get("scheme", {}).items():
            if name in built_in:
                yield finding(
                    "PW202",
                    f"The grading scheme `{name}` comes with the language",
                    definition.span,
                    help="Leave this definition out, or give it another name.",
                )


# --- documents ---


class _Libraries:
    """Libraries by the files they are made of, so that pathways on the same files share one."""

    def __init__(
        self, names: Mapping[str, FileNames], impossible: Mapping[str, tuple[Impossible, ...]]
    ) -> None:
        self._names = names
        self._impossible = impossible
        self._made: dict[tuple[str, ...], Library] = {}
        self._defining = {
            name for name, own in names.items() if any(own.own.values()) or impossible[name]
        }

    def own(self, file: str) -> Library:
        """What one file defines itself."""
        if file not in self._defining:
            return Library()
        return self._library((file,), ())

    def of(self, closure: tuple[str, ...]) -> Library:
        """Every definition of some files, and the schemes that come with the language."""
        key = tuple(file for file in closure if file in self._defining)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._library(key, built_in_schemes())
        return made

    def _library(self, files: tuple[str, ...], schemes: tuple[Any, ...]) -> Library:
        fields: dict[str, tuple[Any, ...]] = {}
        for kind in DEFINITION_KINDS:
            table: dict[str, Any] = {}
            for file in files:
                for name, definition in self._names[file].own.get(kind, {}).items():
                    table.setdefault(name, definition.value)
            if kind == "scheme":
                for scheme in schemes:
                    table.setdefault(scheme.id, scheme)
            fields[_FIELDS[kind]] = tuple(table[name] for name in sorted(table))
        fields["impossible"] = tuple(rule for file in files for rule in self._impossible[file])
        return Library(**fields)


def _document(own: FileNames, scope: Scope, library: Library, defined: Library) -> Document:
    pathway: Pathway | None = None
    if own.pathways:
        boxes_in(scope, own.pathways[0])
        pathway = pathway_of(scope, own.pathways[0], library)
    elif own.cases and own.file.whole:
        scope.report(
            "PW227",
            "A case needs a pathway in its file",
            own.cases[0].children[0],
            "Move it into the file of the pathway it walks.",
        )
    cases = tuple(case_of(scope, node, pathway) for node in own.cases if pathway is not None)
    if pathway is not None and cases:
        pathway = evolve(pathway, cases=cases)
    return Document(own.file.source.name, library, defined, pathway)
