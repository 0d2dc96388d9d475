"""The Sphinx domain `pathway`: what can be referred to, and what pages tell each other.

All that survives a build stands in `data`, as plain values; `projects` and `drawings` live for
one build only and are never pickled.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Any, ClassVar, TypedDict, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from pathwaydsl.pages.document import Summary, Target
from pathwaydsl.pages.entries import Told
from pathwaydsl.pages.registers import TITLES
from pathwaydsl.sphinxext.charts import Chart, Drawings
from pathwaydsl.sphinxext.comparisons import Comparisons
from pathwaydsl.sphinxext.doctree import plain
from pathwaydsl.sphinxext.projects import Projects

logger = logging.getLogger(__name__)

KINDS = {
    "pathway": "pathway",
    "step": "step of a pathway",
    "gap": "evidence gap",
    "criterion": "criterion",
    "evidence": "study or document",
    "regimen": "regimen",
    "drug": "drug",
    "changes": "page of differences",
    "print": "page to print",
    "history": "history of a pathway",
    "review": "sheet to review changes with",
}
"""Kinds of things that can be referred to, each with a role of the same name."""


class Data(TypedDict):
    """What the domain keeps between builds.

    Attributes:
        objects: By `kind:name`, the documents it stands in with its anchor and title.
        summaries: By document, what an index says of each pathway on it.
        charts: By document, the flowcharts on it.
        told: By document, what each pathway on it gives to the registers.
        digests: By document and register, a digest of what it gives.
        lists: By document, the registers it holds; `pathways` is the list of all pathways.
        names: By document, the keys of `objects` that it told.
        unwell: Documents that are read anew at every build, because files had errors.
        awaited: By document, files that would change it if they were there.
        listed: By register, a digest of what it last showed.
    """

    objects: dict[str, dict[str, tuple[str, str]]]
    summaries: dict[str, tuple[Summary, ...]]
    charts: dict[str, tuple[Chart, ...]]
    told: dict[str, tuple[Told, ...]]
    digests: dict[str, dict[str, str]]
    lists: dict[str, tuple[str, ...]]
    names: dict[str, tuple[str, ...]]
    unwell: dict[str, bool]
    awaited: dict[str, tuple[str, ...]]
    listed: dict[str, str]


class PathwayDomain(Domain):
    """Pathways and what they are made of."""

    name = "pathway"
    label = "Clinical pathway"
    object_types: ClassVar[dict[str, ObjType]] = {
        kind: ObjType(label, kind) for kind, label in KINDS.items()
    }
    roles = {  # noqa: RUF012  as Domain types it
        kind: XRefRole(innernodeclass=nodes.inline, warn_dangling=True) for kind in KINDS
    }
    dangling_warnings = {  # noqa: RUF012  as Domain types it
        kind: f"there is no {label} %(target)s in these documents" for kind, label in KINDS.items()
    }
    initial_data: ClassVar[dict[str, Any]] = {
        "objects": {},
        "summaries": {},
        "charts": {},
        "told": {},
        "digests": {},
        "lists": {},
        "names": {},
        "unwell": {},
        "awaited": {},
        "listed": {},
    }
    data_version = 2

    @property
    def kept(self) -> Data:
        """The data, typed."""
        return cast("Data", self.data)

    @cached_property
    def projects(self) -> Projects:
        """The projects loaded in this build."""
        return Projects()

    @cached_property
    def drawings(self) -> Drawings:
        """The drawings of this build."""
        return Drawings()

    @cached_property
    def comparisons(self) -> Comparisons:
        """The comparisons of versions in this build."""
        return Comparisons()

    def draw(self, docnames: Iterable[str]) -> None:
        """Draw the charts of documents in one batch, and warn of those that cannot be drawn."""
        charts = self.kept["charts"]
        failed = self.drawings.draw({name: charts[name] for name in docnames if name in charts})
        for docname, failure in failed:
            help_ = f" ({failure.help})" if failure.help else ""
            logger.warning(
                "the flowchart could not be drawn: %s%s",
                failure.reason,
                help_,
                location=docname,
                type="pathway",
                subtype="chart",
            )

    # reading

    def note(self, target: Target, docname: str, anchor: str) -> None:
        """Write down that something can be referred to at an anchor of a document."""
        key = f"{target.kind}:{target.name}"
        self.kept["objects"].setdefault(key, {})[docname] = (anchor, plain(target.title))
        names = self.kept["names"]
        names[docname] = (*names.get(docname, ()), key)

    def note_page(self, summary: Summary, docname: str, told: Told) -> None:
        """Write down that a pathway is told in a document, and what it gives to the registers."""
        pages = self.kept["summaries"]
        pages[docname] = (*pages.get(docname, ()), summary)
        self.kept["told"][docname] = (*self.kept["told"].get(docname, ()), told)
        digests = self.kept["digests"].setdefault(docname, {})
        for register, given in (("pathways", (summary,)), *given_by(told)):
            seen = f"{digests.get(register, '')}{given!r}"
            digests[register] = hashlib.sha256(seen.encode("utf-8", "replace")).hexdigest()

    def note_list(self, register: str, docname: str) -> None:
        """Write down that a document holds a register."""
        lists = self.kept["lists"]
        lists[docname] = (*lists.get(docname, ()), register)

    def changed_lists(self) -> list[str]:
        """Documents whose registers would show something else by now; asked once in a build."""
        wanted = {register for registers in self.kept["lists"].values() for register in registers}
        now: dict[str, str] = {}
        for register in sorted(wanted):
            seen = hashlib.sha256()
            for docname, digests in sorted(self.kept["digests"].items()):
                seen.update(f"{docname} {digests.get(register, '')}\n".encode())
            now[register] = seen.hexdigest()
        before, self.kept["listed"] = self.kept["listed"], now
        changed = {register for register in now if before.get(register) != now[register]}
        return sorted(doc for doc, held in self.kept["lists"].items() if changed & set(held))

    @property
    def all_told(self) -> tuple[Told, ...]:
        """What every page gives to the registers, by document."""
        return tuple(each for _, all_ in sorted(self.kept["told"].items()) for each in all_)

    def note_chart(self, chart: Chart, docname: str) -> None:
        """Write down that a flowchart stands in a document."""
        charts = self.kept["charts"]
        charts[docname] = (*charts.get(docname, ()), chart)

    @property
    def all_summaries(self) -> tuple[tuple[str, Summary], ...]:
        """Every pathway with its document, by title."""
        found = [(doc, each) for doc, all_ in self.kept["summaries"].items() for each in all_]
        return tuple(sorted(found, key=lambda pair: (pair[1].title.lower(), pair[0], pair[1].id)))

    def clear_doc(self, docname: str) -> None:
        """Forget what a document told."""
        kept = self.kept
        for key in kept["names"].pop(docname, ()):
            places = kept["objects"].get(key, {})
            places.pop(docname, None)
            if not places:
                kept["objects"].pop(key, None)
        for part in ("summaries", "charts", "told", "digests", "lists", "unwell", "awaited"):
            self.data[part].pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: Mapping[str, Any]) -> None:
        """Take in what another process read."""
        kept, other = self.kept, cast("Data", otherdata)
        for docname in sorted(docnames):
            for key in other["names"].get(docname, ()):
                kept["objects"].setdefault(key, {})[docname] = other["objects"][key][docname]
            for part in (
                *("names", "summaries", "charts", "told", "digests"),
                *("lists", "unwell", "awaited"),
            ):
                if docname in otherdata[part]:
                    self.data[part][docname] = otherdata[part][docname]

    def check_consistency(self) -> None:
        """Say which pathways are told in several documents: links could lead to either."""
        for key, places in sorted(self.kept["objects"].items()):
            kind, _, name = key.partition(":")
            if kind == "pathway" and len(places) > 1:
                logger.warning(
                    "the pathway %s is shown in several documents: %s",
                    name,
                    ", ".join(sorted(places)),
                    location=max(places),
                    type="pathway",
                    subtype="duplicate",
                )

    # resolving

    def resolve_xref(  # noqa: PLR0917  as Sphinx calls it
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: addnodes.pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """A link to a thing; things of the same document come first."""
        del env
        found = self._find(typ, target, fromdocname)
        if found is None:
            return None
        docname, anchor, title = found
        anchor = node.get("anchor") or anchor
        if not node.get("refexplicit"):
            contnode = nodes.inline("", title, classes=contnode["classes"])
        return make_refnode(builder, fromdocname, docname, anchor, contnode, title)

    def resolve_any_xref(  # noqa: PLR0917  as Sphinx calls it
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: addnodes.pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Links for the role `any`."""
        found = []
        for kind in KINDS:
            link = self.resolve_xref(env, fromdocname, builder, kind, target, node, contnode)
            if link is not None:
                found.append((f"pathway:{kind}", link))
        return found

    def has(self, kind: str, name: str, fromdocname: str) -> bool:
        """Whether there is something to link to."""
        return self._find(kind, name, fromdocname) is not None

    def _find(self, kind: str, name: str, fromdocname: str) -> tuple[str, str, str] | None:
        here = [each.id for each in self.kept["summaries"].get(fromdocname, ())]
        for candidate in (*(f"{pathway}.{name}" for pathway in here), name):
            places = self.kept["objects"].get(f"{kind}:{candidate}")
            if places:
                docname = fromdocname if fromdocname in places else min(places)
                return docname, *places[docname]
        return None

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Everything that can be referred to, for search and for other projects."""
        for key, places in sorted(self.kept["objects"].items()):
            kind, _, name = key.partition(":")
            if kind in {"print", "review"}:
                continue
            docname = min(places)
            anchor, title = places[docname]
            # Versions are found by their pathway; a search by name leads to the working file.
            priority = -1 if "@" in name else 1 if kind == "pathway" else 0
            yield name, title, kind, docname, anchor, priority

    def get_full_qualified_name(self, node: nodes.Element) -> str | None:
        """The target as it is written down."""
        target = node.get("reftarget")
        return None if target is None else str(target)


def given_by(told: Told) -> Iterator[tuple[str, object]]:
    """What a page gives, by register; `effects` and `standings` beside them."""
    for register in TITLES:
        yield register, told.entries_of(register)
    yield "effects", told.effects
    yield "standings", told.standings


def pathway_domain(env: BuildEnvironment) -> PathwayDomain:
    """The domain of an environment."""
    return cast("PathwayDomain", env.domains["pathway"])
