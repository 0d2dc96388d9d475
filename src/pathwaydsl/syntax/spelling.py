"""What parses but is not written as the language wants it: signs, dates, versions, repetitions.

The grammar is wider than the language here on purpose, so that such a slip costs one finding
and nothing of the tree.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date

from pathwaydsl.syntax.texts import wrong_escapes
from pathwaydsl.syntax.tree import Node, SyntaxFile, Token
from pathwaydsl.text.finding import Edit, Finding, Fix, Label
from pathwaydsl.text.rules import finding

SIGNS = {
    "AT_LEAST_SIGN": ">=",
    "AT_MOST_SIGN": "<=",
    "EQUAL": "=",
    "ARROW": "->",
    "DOTDOT": "..",
}
"""Terminals that have one right spelling."""

ONCE = frozenset(
    [
        "one_of",
        "any_of",
        "yes_or_no",
        "number",
        "whole_number",
        "may_be_unknown",
        "role",
        "rationale",
        "was",
        "replaces",
        "source",
        "drug_class",
        "kind",
        "trial",
        "enrolled",
        "published",
        "compares_arms",
        "eligible_when",
        "eligible_everyone",
        "retracted",
        "assessed",
        "clock",
        "estimate",
        "p_value",
        "follow_up",
        "immature",
        "descriptive",
        "exploratory",
        "certainty",
        "question",
        "priority",
        "status",
        "studied",
        "answered",
        "owner",
        "raised",
        "review",
        "meanwhile",
        "then",
        "version",
        "date",
        "supersedes",
        "population",
        "start_at",
        "grading",
        "searched",
        "license",
        "change_note",
        "measures",
        "within",
        "otherwise",
        "unknown",
        "first_match",
        "decided",
        "treat_regimen",
        "enter_pathway",
        "recommend",
        "ungraded",
        "good_practice",
        "supported_by",
        "extrapolates",
        "balance",
        "vote",
        "dissent",
        "flags",
    ]
)
"""Statements that stand once in their block."""

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_VERSION = re.compile(r"(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}")


def spelling_findings(file: SyntaxFile) -> Iterator[Finding]:
    """Findings about how things are written, in the order of the tree."""
    for node in file.root.walk():
        if node.children and node.children[0] == "":
            continue  # put together by a mend; what is wrong there is told already
        before: Token | None = None
        for part in node.children:
            if isinstance(part, Node):
                before = None
                continue
            check = _TOKENS.get(part.type)
            if check is not None:
                yield from check(file, part)
            elif part.type == "UNIT" and before is not None:
                yield from _blank_before_unit(file, before, part)
            before = part
        about = _NODES.get(node.kind)
        if about is not None:
            yield from about(file, node)
        elif node.kind.endswith("_block") or node.kind in {"question", "balance"}:
            yield from _repeated(file, node)


def _sign(file: SyntaxFile, token: Token) -> Iterator[Finding]:
    right = SIGNS[token.type]
    if token == "==":  # noqa: S105  a sign
        yield finding(
            "PW117",
            "`==` is not a sign of the language",
            file.span(token),
            help="write `=` before a number and `is` before a word",
        )
    elif token != right:
        span = file.span(token)
        yield finding(
            "PW117",
            f"`{token}` is not a sign of the language",
            span,
            help=f"write `{right}`",
            fixes=[Fix(f"write `{right}`", (Edit(span, right),))],
        )


def _not_equal(file: SyntaxFile, token: Token) -> Iterator[Finding]:
    yield finding(
        "PW117",
        f"`{token}` is not a sign of the language",
        file.span(token),
        help="write `is not` for a word, as in `her2 is not positive`; "
        "for a number write `not (lvef = 50 %)`",
    )


def _text(file: SyntaxFile, token: Token) -> Iterator[Finding]:
    span = file.span(token)
    if token[0] == "“":
        inner = token[1:-1]
        yield finding(
            "PW117",
            "curly quotation marks stand round this text",
            span,
            help='write straight ones: "…"',
            fixes=[Fix("write straight ones", (Edit(span, f'"{inner}"'),))],
        )
    elif "\\" in token:
        for start, end in wrong_escapes(token):
            yield finding(
                "PW121",
                f"`{token[start:end]}` means nothing in a text",
                file.source.span(span.start + start, span.start + end),
                help=r"write `\\` for a backslash",
            )


def _date(file: SyntaxFile, token: Token) -> Iterator[Finding]:
    if not token or (token.isdigit() and len(token) == 4):
        return
    match = _DATE.fullmatch(token)
    if match:
        try:
            date(*map(int, match.groups()))
        except ValueError:
            yield finding(
                "PW115",
                f"{token} is not a day of the calendar",
                file.span(token),
                help="write a day that exists, as 2025-12-24",
            )
        return
    yield finding(
        "PW115",
        f"`{token}` is not a date",
        file.span(token),
        help="write year, month and day, as 2025-12-24",
    )


def _whole_date(file: SyntaxFile, node: Node) -> Iterator[Finding]:
    """A year alone is enough for `published` and `retracted` only."""
    token = node.token("DATE_VALUE")
    if token is not None and token.isdigit() and len(token) == 4:
        yield finding(
            "PW115",
            f"`{token}` is a year, and here a day is needed",
            file.span(token),
            help="write year, month and day, as 2025-12-24",
        )


def _version(file: SyntaxFile, token: Token) -> Iterator[Finding]:
    if token and not _VERSION.fullmatch(token):
        yield finding(
            "PW116",
            f"`{token}` is not a version",
            file.span(token),
            help="write three whole numbers without leading zeros, "
            "as 2.0.0 (or 2025.12.1 for year, month and number)",
        )


def _numeral(file: SyntaxFile, token: Token) -> Iterator[Finding]:
    digits = token.removeprefix("-")
    if len(digits) > 1 and digits[0] == "0" and digits[1] != ".":
        yield finding(
            "PW114",
            f"`{token}` begins with a zero",
            file.span(token),
            help=f"write `{digits.lstrip('0') or '0'}`",
        )


def _blank_before_unit(file: SyntaxFile, number: Token, unit: Token) -> Iterator[Finding]:
    if number.end_pos == unit.start_pos and unit[0].isalpha() and number.type == "NUMERAL":
        span = file.span(number).to(file.span(unit))
        yield finding(
            "PW118",
            f"`{number}{unit}` has no blank between number and unit",
            span,
            help=f"write `{number} {unit}`",
            fixes=[Fix("put a blank", (Edit(span, f"{number} {unit}"),))],
        )


def _chain(file: SyntaxFile, node: Node) -> Iterator[Finding]:
    words = {token.type for token in node.tokens_of("AND", "OR")}
    if len(words) == 2:
        yield finding(
            "PW119",
            "`and` and `or` stand side by side, so it can be read in two ways",
            file.span(node),
            help="put parentheses round what belongs together: `a and (b or c)`",
        )


def _edition(file: SyntaxFile, node: Node) -> Iterator[Finding]:
    number = node.token("NUMERAL")
    if number is not None and number != "1":
        yield finding(
            "PW105",
            f"there is no edition {number} of the language",
            file.span(number),
            help="write `pathwaydsl 1`",
        )


def _repeated(file: SyntaxFile, block: Node) -> Iterator[Finding]:
    first: dict[str, Node] = {}
    for node in block.children:
        if not isinstance(node, Node):
            continue
        key = node.kind
        if key in {"question_part", "balance_part"}:
            key = str(node.children[0])
        elif key not in ONCE or node.children[0] == "":
            continue
        earlier = first.setdefault(key, node)
        if earlier is not node:
            word = " ".join(map(str, node.children[:1]))
            other = " ".join(map(str, earlier.children[:1]))
            told = "twice in this block" if word == other else f"beside `{other}`"
            yield finding(
                "PW124",
                f"`{word}` stands {told}",
                file.span(node),
                labels=[Label(file.span(earlier), "it stands here already")],
                help="keep one of the two",
            )


_TOKENS: dict[str, Callable[[SyntaxFile, Token], Iterator[Finding]]] = {
    **dict.fromkeys(SIGNS, _sign),
    "NOT_EQUAL": _not_equal,
    "TEXT": _text,
    "DATE_VALUE": _date,
    "VERSION_VALUE": _version,
    "NUMERAL": _numeral,
}
_NODES: dict[str, Callable[[SyntaxFile, Node], Iterator[Finding]]] = {
    "chain": _chain,
    "edition": _edition,
    **dict.fromkeys(("date", "raised", "review", "searched", "approved", "answered"), _whole_date),
}
