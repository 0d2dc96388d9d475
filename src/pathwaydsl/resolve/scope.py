"""What the names in one file can mean, and the findings about them.

A name that nobody defined gives one finding a file and kind; its other places are labels.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import define, field

from pathwaydsl.model.criteria import Criterion
from pathwaydsl.model.evidence import Scheme
from pathwaydsl.model.units import Unit
from pathwaydsl.resolve.words import kind_in_words
from pathwaydsl.syntax.tree import Node, Part, SyntaxFile, Token
from pathwaydsl.text.finding import Edit, Finding, Fix, Label
from pathwaydsl.text.rules import finding
from pathwaydsl.text.span import Span
from pathwaydsl.text.suggestion import listed, nearest

Names = dict[str, dict[str, "Definition"]]
"""Definitions by kind, then by name."""

GUESSES = 50
"""For how many missing names of a file the nearest name is looked for."""


@define(eq=False)
class Definition:
    """A named thing where it is written.

    Attributes:
        value: Its model, once that is made.
        line: The numbers a score can take, once they are asked for.
    """

    kind: str
    name: Token
    node: Node
    file: SyntaxFile
    value: Any = None
    line: Any = None

    @property
    def span(self) -> Span:
        """Where its name stands."""
        return self.file.span(self.name)


@define(eq=False)
class Scope:
    """One file's view of all names, and what was found while reading it."""

    file: SyntaxFile
    visible: Names
    units: Mapping[str, Unit]
    pathways: Mapping[str, Definition]
    silent: frozenset[str] = frozenset()
    open: bool = False
    extra_units: frozenset[str] = frozenset()
    gap_kinds: tuple[str, ...] = ()
    elsewhere: Mapping[tuple[str, str], str] = field(factory=dict)
    other_pathways: frozenset[str] = frozenset()
    nodes: dict[str, Definition] = field(factory=dict)
    findings: list[Finding] = field(factory=list)
    _unknown: dict[tuple[str, str], list[Span]] = field(factory=dict)
    _two: dict[str, list[Span]] = field(factory=dict)
    _unknown_kinds: dict[tuple[str, str], tuple[str, ...]] = field(factory=dict)

    def span(self, part: Part) -> Span:
        """Where a part of the tree stands."""
        if isinstance(part, Node):
            return Span(self.file.source.name, part.start, part.end)
        return Span(self.file.source.name, part.start_pos, part.end_pos)

    def report(
        self,
        code: str,
        message: str,
        part: Part,
        advice: str | None = None,
        labels: Iterable[Label] = (),
        *,
        write: str | None = None,
    ) -> None:
        """Add a finding about a part of the tree; `write` is what may stand in its place."""
        span = self.span(part)
        fixes = [Fix(f"write `{write}`", (Edit(span, write),))] if write is not None else []
        self.findings.append(
            finding(code, message, span, labels=tuple(labels), help=advice, fixes=fixes)
        )

    # --- names ---

    def peek(self, kind: str, name: str) -> Definition | None:
        """The definition of a kind with that name, without a word if there is none."""
        return self.visible.get(kind, {}).get(name)

    def find(self, token: Token | None, *kinds: str) -> Definition | None:
        """The definition that a name means, of the first of these kinds that has it.

        None, with a finding unless one stands already, when there is no such definition.
        """
        if not token:
            return None
        name = str(token)
        for kind in kinds:
            found = self.visible.get(kind, {}).get(name)
            if found is not None:
                return found
        self.missing(token, kinds)
        return None

    def box(self, token: Token | None) -> Definition | None:
        """The node of this pathway that a name means, with a finding if there is none."""
        if not token:
            return None
        found = self.nodes.get(str(token))
        if found is None:
            self.missing(token, ("box",))
        return found

    def name_of(self, token: Token | None, *kinds: str) -> str | None:
        """The name as written, after a finding if nothing of these kinds has it."""
        if not token:
            return None
        self.find(token, *kinds)
        return str(token)

    def names_of(self, node: Node | None, *kinds: str) -> tuple[str, ...]:
        """The names of a list as written, each checked; a name written twice counts once."""
        if node is None:
            return ()
        tokens = self.distinct(written_names(node))
        for token in tokens:
            self.find(token, *kinds)
        return tuple(str(token) for token in tokens)

    def distinct(self, tokens: Iterable[Token]) -> list[Token]:
        """The tokens without repetitions, with a finding for each repetition."""
        seen: dict[str, Token] = {}
        for token in tokens:
            if not token:
                continue
            first = seen.setdefault(str(token), token)
            if first is not token:
                self.report(
                    "PW216",
                    f"`{token}` stands twice in this list",
                    token,
                    "Leave it out here.",
                    [Label(self.span(first), "first here")],
                )
        return list(seen.values())

    def missing(self, token: Token, kinds: tuple[str, ...]) -> None:
        """Note that nothing of these kinds has this name."""
        name = str(token)
        if name in self.silent:
            return
        key = (name, kinds[0])
        places = self._unknown.setdefault(key, [])
        places.append(self.span(token))
        self._unknown_kinds.setdefault(key, kinds)

    def two_meanings(self, token: Token) -> None:
        """Note that a name is a criterion and a condition where either may stand."""
        places = self._two.setdefault(str(token), [])
        places.append(self.span(token))

    def finish(self) -> None:
        """Turn the names that nobody defined into findings."""
        for number, ((name, kind), places) in enumerate(self._unknown.items()):
            kinds = self._unknown_kinds[name, kind]
            first, *others = sorted(places)
            labels = tuple(Label(span, "here too") for span in others)
            other = self._other_kind(name, kinds)
            wanted = listed(_kind_words(kinds))
            if self.open:
                continue  # what could not be brought in may define it
            if other is not None:
                said = kind_in_words(other.kind)
                if not (isinstance(other.value, Scheme) and other.value.built_in):
                    labels = (Label(other.span, f"defined here as {said}"), *labels)
                message = f"`{name}` is {said}; {wanted} is asked for here"
                self.findings.append(finding("PW207", message, first, labels=labels))
            else:
                guess, fix = self._guess(name, kinds, places) if number < GUESSES else (None, None)
                self.findings.append(
                    finding(
                        "PW201",
                        f"There is no {_no_article(wanted)} `{name}`",
                        first,
                        labels=labels,
                        help=guess,
                        fixes=(fix,) if fix else (),
                    )
                )
        self._unknown.clear()
        for name, places in self._two.items():
            first, *others = sorted(places)
            self.findings.append(
                finding(
                    "PW233",
                    f"`{name}` is a criterion and a condition here",
                    first,
                    labels=tuple(Label(span, "here too") for span in others),
                    help="Give one of them another name.",
                )
            )
        self._two.clear()

    def _other_kind(self, name: str, kinds: tuple[str, ...]) -> Definition | None:
        if name in self.nodes and "box" not in kinds:
            return self.nodes[name]
        for kind, table in self.visible.items():
            if kind not in kinds and name in table:
                return table[name]
        return self.pathways.get(name) if "pathway" not in kinds else None

    def _guess(
        self, name: str, kinds: tuple[str, ...], places: Iterable[Span]
    ) -> tuple[str | None, Fix | None]:
        """What the author may have meant: the advice, and the mend if it is another name."""
        for kind in kinds:
            file = self.elsewhere.get((kind, name))
            if file is not None:
                return f"It is defined in {file}; add a `use` of that file at the top.", None
        words: set[str] = set()
        for kind in kinds:
            if kind == "box":
                words.update(self.nodes)
            elif kind == "pathway":
                words.update(self.pathways)
            else:
                words.update(self.visible.get(kind, {}))
                # The gaps of a pathway are among its boxes.
                words.update(name for name, box in self.nodes.items() if box.kind == kind)
        guess = nearest(name, words)
        if guess is not None:
            edits = tuple(Edit(place, guess) for place in sorted(places))
            fix = Fix(f"write `{guess}`", edits)
            return f"Did you mean `{guess}`?", fix
        if kinds == ("box",):
            advice = f'Write what follows, such as `act {name} "…"`, or name a box that is there.'
            return advice, None
        if not words and kinds[0] != "pathway":
            return (
                f"Define it, or bring it in with a `use` at the top: `{kinds[0]} {name}`.",
                None,
            )
        return None, None

    # --- what names stand for ---

    def criterion(self, token: Token | None) -> Criterion | None:
        """The criterion that a name means, with a finding if there is none."""
        found = self.find(token, "criterion")
        return found.value if found is not None else None

    def scheme(self, token: Token | None) -> Scheme | None:
        """The grading scheme that a name means, with a finding if there is none."""
        found = self.find(token, "scheme")
        return found.value if found is not None else None

    def pathway(self, token: Token | None) -> str | None:
        """The id of a pathway of the project, with a finding if there is none."""
        if not token:
            return None
        if str(token) not in self.pathways and str(token) not in self.other_pathways:
            self.missing(token, ("pathway",))
        return str(token)


def written_names(node: Node) -> list[Token]:
    """The names of a list, as far as its commas were written and not put in by repair."""
    found = []
    for part in node.children:
        if isinstance(part, Node):
            continue
        if not part and part.type == "COMMA":
            break
        if part.type == "NAME":
            found.append(part)
    return found


def _kind_words(kinds: Iterable[str]) -> list[str]:
    return ["a box of this pathway" if kind == "box" else kind_in_words(kind) for kind in kinds]


def _no_article(words: str) -> str:
    return (
        words.removeprefix("an ")
        .removeprefix("a ")
        .replace(" or an ", " or ")
        .replace(" or a ", " or ")
        .replace(", a ", ", ")
    )
