"""Pathway files in colour: a lexer for Pygments, so for Sphinx, rich and many other tools.

The words are those of `grammar/keywords.lark`, so that a new keyword is coloured by itself; only
which of them belong to conditions, and which open a definition, is said here.
"""

import re
from collections.abc import Callable
from typing import Any, ClassVar

from pygments.lexer import RegexLexer, bygroups
from pygments.token import (
    Comment,
    Generic,
    Keyword,
    Literal,
    Name,
    Number,
    Operator,
    Punctuation,
    String,
    Whitespace,
)

from pathwaydsl.model.units import UNITS
from pathwaydsl.syntax.words import keywords, reserved_words

DEFINITIONS = frozenset({
    "case", "condition", "criterion", "drug", "evidence", "gap", "impossible", "pathway",
    "pathwaydsl", "regimen", "scheme", "score", "use",
})  # fmt: skip
"""Words that open a definition of a file."""

BOXES = frozenset({
    "act", "assess", "choose", "decide", "during", "end", "enter", "together", "treat",
})  # fmt: skip
"""Words that open a box of the flowchart."""

CONDITIONS = frozenset({
    "and", "excludes", "from", "had", "in", "includes", "is", "known", "least", "not", "of", "or",
    "to", "under", "unknown",
})  # fmt: skip
"""Words that conditions are made of."""

END = r"(?![A-Za-z0-9_]|-[A-Za-z0-9_])"
"""A word ends where a name would end."""

_STATEMENTS = reserved_words() - DEFINITIONS - BOXES - CONDITIONS
_IN_CONTEXT = frozenset(keywords().values()) - reserved_words()
_RESERVED = "|".join(sorted(reserved_words(), key=len, reverse=True))
_NAME = rf"(?!(?:{_RESERVED}){END})[a-z][a-z0-9]*(?:-[a-z0-9]+)*{END}"
_UNITS = "|".join(
    re.escape(spelling)
    for spelling in sorted((s for unit in UNITS for s in unit.spellings), key=len, reverse=True)
)


_groups: Callable[..., Any] = bygroups


def _one_of(chosen: frozenset[str]) -> str:
    """A pattern for these words, the longest first."""
    return rf"(?:{'|'.join(sorted(chosen, key=lambda word: (-len(word), word)))}){END}"


class PathwayLexer(RegexLexer):
    """Colours `.pathway` files; what the language does not know is marked, never refused."""

    name = "Pathway"
    aliases: ClassVar[list[str]] = ["pathway"]
    filenames: ClassVar[list[str]] = ["*.pathway"]
    mimetypes: ClassVar[list[str]] = ["text/x-pathway"]
    url = ""
    flags = re.MULTILINE

    tokens: ClassVar[dict[str, list[Any]]] = {
        "root": [
            (r"\s+", Whitespace),
            (r"#.*$", Comment.Single),
            (r'"""', String.Doc, "long text"),
            (r'"', String, "text"),
            (r"NCT\d{8}" + END, String.Symbol),
            (r"[a-z][a-z0-9-]*:[^\s,{}\"]+", String.Symbol),
            (r"\d{4}-\d{2}-\d{2}" + END, Literal.Date),
            (r"\d+\.\d+\.\d+" + END, Number),
            (
                rf"(-?\d+(?:\.\d+)?)([ \u00a0\u202f]?)({_UNITS})(?![A-Za-z0-9_/])",
                _groups(Number, Whitespace, Keyword.Type),
            ),
            (r"-?\d+(?:\.\d+)?(?=\.\.|[^A-Za-z0-9_.]|$)", Number),
            (
                rf"({_one_of(DEFINITIONS | BOXES)})(\s+)({_NAME})",
                _groups(Keyword.Declaration, Whitespace, Name.Function),
            ),
            (_one_of(DEFINITIONS | BOXES), Keyword.Declaration),
            (_one_of(CONDITIONS), Operator.Word),
            (_one_of(_STATEMENTS), Keyword),
            (rf"(->)(\s*)({_NAME})", _groups(Operator, Whitespace, Name.Function)),
            (_one_of(_IN_CONTEXT), Keyword.Pseudo),
            (_NAME, Name),
            (r"->|<=|>=|=|<|>|\.\.", Operator),
            (r"[{}(),]", Punctuation),
            (r"[A-Za-z0-9][A-Za-z0-9-]*", Name.Constant),
            (r"\S", Generic.Error),
        ],
        "text": [
            (r"\\(?:u\{[0-9a-fA-F]*\}|.)", String.Escape),
            (r'[^"\\\n]+', String),
            (r'"', String, "#pop"),
        ],
        "long text": [
            (r'"""', String.Doc, "#pop"),
            (r'[^"]+|"', String.Doc),
        ],
    }
