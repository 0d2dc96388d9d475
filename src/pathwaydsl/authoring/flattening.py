"""Flattening: one pathway file with every definition it uses, as one canonical text.

A flattened file means what the pathway meant on its own date: results published later stay out,
and each pathway it enters is named with its version. What comes out is read again and has to mean
the same before it is given out.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve, frozen

from pathwaydsl.authoring.flat_text import KINDS, Changes, flat_text
from pathwaydsl.authoring.project_words import knowing_words, with_words
from pathwaydsl.checks.contents import Part, parts
from pathwaydsl.checks.uses import Use, uses_in
from pathwaydsl.formatting.safe import formatted
from pathwaydsl.logic.mentioned import mentioned
from pathwaydsl.model.cases import Expect
from pathwaydsl.model.criteria import Impossible
from pathwaydsl.model.knowledge import as_known
from pathwaydsl.model.nodes import Enter
from pathwaydsl.model.nodes import Node as PathwayNode
from pathwaydsl.model.pathway import Document, Library, Pathway
from pathwaydsl.model.values import Version
from pathwaydsl.resolve import ResolveOptions, resolve
from pathwaydsl.syntax.reader import read
from pathwaydsl.syntax.tree import SyntaxFile
from pathwaydsl.text.finding import Finding, Outcome, Severity
from pathwaydsl.text.rules import finding
from pathwaydsl.text.source import Source
from pathwaydsl.text.span import Span

_SPAN = Span("", 0, 0)
_DEFAULT = ResolveOptions()


@frozen
class Flattened:
    """A pathway file with all it uses.

    Attributes:
        text: The canonical text.
        document: What the text means, read again.
    """

    text: str
    document: Document


def flatten(
    file: SyntaxFile,
    files: Mapping[str, SyntaxFile],
    document: Document,
    *,
    entered: Mapping[str, Version] | None = None,
    options: ResolveOptions = _DEFAULT,
    name: str | None = None,
) -> Outcome[Flattened | None]:
    """A pathway file with every definition it uses, as one canonical text.

    Args:
        file: The file that holds the pathway, read whole and without errors.
        files: Every file of the run by name.
        document: What `file` means.
        entered: The version of each pathway that it enters, where none is written.
        options: The units and kinds of gaps that the project adds.
        name: The name of the new file; that of `file` if None.

    Returns:
        None, with a finding, where the text would not mean the same. That is a mistake of the
        tool: nothing may be written then.
    """
    pathway = document.pathway
    if pathway is None:
        return Outcome(None, (_refused(file.source.name, "there is no pathway in it"),))
    versions = dict(entered or {})
    library = _used_library(pathway)
    target = name or file.source.name
    text = with_words(flat_text(file, files, library, Changes(pathway.date, versions)), options)
    outcome = formatted(Source(target, text))
    if outcome.value is None:
        return Outcome(None, tuple(f for f in outcome.findings if f.severity is Severity.ERROR))
    again = alone(Source(target, outcome.value))
    wanted = _known(evolve(pathway, library=library), versions)
    if any(f.severity is Severity.ERROR for f in again.findings) or not same(
        again.value.pathway, wanted
    ):
        return Outcome(None, (_refused(file.source.name, "it would not mean the same"),))
    return Outcome(Flattened(outcome.value, again.value))


def alone(source: Source, options: ResolveOptions = _DEFAULT) -> Outcome[Document]:
    """What a file means by itself; the pathways that it enters need not be there.

    Args:
        source: The file. Words of a project that it names at its top count before all others.
        options: The units and kinds of gaps that the project adds.
    """
    options = knowing_words(options, source.text)
    outcome = read(source)
    file = outcome.value
    entered = frozenset(
        str(name)
        for node in file.root.walk()
        if node.kind == "enter_pathway"
        for name in node.tokens_of("NAME")
    )
    resolved = resolve({source.name: file}, {}, evolve(options, elsewhere=entered))
    return Outcome(resolved.value[source.name], (*outcome.findings, *resolved.findings))


def same(one: Pathway | None, other: Pathway | None) -> bool:
    """Whether two pathways are equal but for the files they stand in."""
    if one is None or other is None:
        return one is other
    return evolve(one, file="") == evolve(other, file="")


def _refused(name: str, why: str) -> Finding:
    return finding(
        "PW132",
        f"{name} cannot be written with all it uses in one file: {why}",
        None,
        file=name,
        help="This is a mistake of the tool, not of the file: please report it with the file",
    )


# --- what is used ---


def _used_library(pathway: Pathway) -> Library:
    """The definitions that a pathway uses, directly or through others."""
    library = pathway.library
    used: set[Use] = set()
    waiting: list[Use] = list(_uses(parts((pathway, pathway.cases), default=_SPAN)))
    impossible: list[Impossible] = []
    while True:
        while waiting:
            use = waiting.pop()
            if use in used:
                continue
            used.add(use)
            definition = _definition(library, use)
            if definition is not None:
                waiting.extend(_uses(parts(definition, default=_SPAN)))
        more = [
            rule
            for rule in library.impossible
            if rule not in impossible and _in_use(rule, library, used)
        ]
        if not more:
            break
        impossible += more
        waiting.extend(_uses(parts(tuple(more), default=_SPAN)))
    kept: dict[str, Any] = {
        field: tuple(
            item
            for item in getattr(library, field)
            if (kind, item.id) in used or getattr(item, "built_in", False)
        )
        for kind, field in KINDS
        if kind != "impossible"
    }
    rules = tuple(rule for rule in library.impossible if rule in impossible)
    return Library(impossible=rules, **kept)


def _uses(found: Iterable[Part]) -> Iterator[Use]:
    listed = tuple(found)
    yield from uses_in(listed)
    for part in listed:
        if isinstance(part.value, Expect):
            for name in part.value.nodes:
                yield "gap", name


def _definition(library: Library, use: Use) -> object | None:
    kind, name = use
    tables: Mapping[str, Mapping[str, Any]] = {
        "criterion": library.criterion,
        "condition": library.condition,
        "score": library.score,
        "drug": library.drug,
        "regimen": library.regimen,
        "scheme": library.scheme,
        "evidence": library.study,
        "gap": library.gap,
    }
    return tables[kind].get(name)


def _in_use(rule: Impossible, library: Library, used: set[Use]) -> bool:
    """Whether a rule of a library is about criteria that are all in use."""
    asked = mentioned([rule.when], library)
    return all(("criterion", name) in used for name in asked.criteria)


# --- what was known, and which version is entered ---


def _known(pathway: Pathway, versions: Mapping[str, Version]) -> Pathway:
    """The pathway as it was known on its own date, with the versions that it enters."""
    nodes = tuple(_entering(node, versions) for node in pathway.nodes)
    return evolve(as_known(pathway), nodes=nodes)


def _entering(node: PathwayNode, versions: Mapping[str, Version]) -> PathwayNode:
    match node:
        case Enter(pathway=str() as name, version=None) if name in versions:
            return evolve(node, version=versions[name])
        case _:
            return node
