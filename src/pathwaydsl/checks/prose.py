"""Labels and prose: short, told apart, and nothing in them that a page must not carry."""

import html
import re
from collections.abc import Iterator

from attrs import fields

from pathwaydsl.checks.review import Review, place_of, quoted
from pathwaydsl.model.cases import Case
from pathwaydsl.model.evidence import Level, Result
from pathwaydsl.model.values import Code
from pathwaydsl.text.finding import Finding, Label
from pathwaydsl.text.rules import finding
from pathwaydsl.text.span import Span

LONGEST_LABEL = 80
"""Characters of a label that still fit a box of a flowchart."""

LABELS = frozenset({"label"})
PROSE = frozenset(
    {
        "abstain", "against", "assessed_by", "because", "benefits", "by", "change_note",
        "clock_from", "comparator", "compares", "considerations", "cost", "classes", "dissent",
        "equity", "extrapolates", "favours", "feasibility", "good_practice", "harms",
        "interests", "intervention", "license", "meanwhile", "name", "notes", "outcome", "owner",
        "population", "prognostic", "rationale", "role", "says", "text", "ungraded", "until",
        "values", "who",
    }
)  # fmt: skip
"""Fields that hold an author's text, wherever they hold text at all."""

_IDS = frozenset(
    {("Rating", "by"), ("Branch", "role"), ("Regimen", "drugs"), ("IsOneOf", "values")}
)
"""Fields of those names that hold ids or words of closed lists."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_HTML = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<!--|<!\[CDATA\[|<\?")
_UNSAFE_LINK = re.compile(
    r"(?:\]\(\s*<?|<|^\s*\[[^\]]+\]:\s*<?)[\s\x00-\x1f]*(javascript|vbscript|data|file)\s*:",
    re.IGNORECASE | re.MULTILINE,
)
_FIGURE = re.compile(
    r"\b(?:HR|OR|RR|[Hh]azard ratio|[Oo]dds ratio|[Rr]isk ratio|[Rr]elative risk)"
    r"(?:\s*(?:of|was|is|[=:,(]))*\s*\d"
    r"|\b[Pp]\s*[<=≤]\s*0?\.\d"
    r"|\b\d{2}\s*%\s*(?:CI\b|confidence interval)"
    r"|\bCI\s*[:=(\[]?\s*\d",
)


def labels(review: Review) -> Iterator[Finding]:
    """A label is short and more than its id; no two boxes of a pathway share one.

    Cases, levels and results stand in lists, where a longer one does no harm.
    """
    for parts in review.contents.values():
        for part in parts:
            label = getattr(part.value, "label", None)
            if not isinstance(label, str):
                continue
            if len(label) > LONGEST_LABEL and not isinstance(part.value, Case | Level | Result):
                yield finding(
                    "PW803",
                    f"This label has {len(label)} characters",
                    part.place,
                    help=f"Keep it to {LONGEST_LABEL}; the rest belongs into a `rationale`",
                )
            # Where no label is written, the model shows the id with blanks instead.
            if "-" in label and label == getattr(part.value, "id", None):
                yield finding(
                    "PW805",
                    f"The label {quoted(label)} only repeats the name",
                    part.place,
                    help="Write what a reader of the page should see",
                )
    for pathway in review.pathways:
        seen: dict[str, Span | None] = {}
        for node in pathway.node.values():
            key = " ".join(node.label.casefold().split())
            if not key:
                continue
            if key not in seen:
                seen[key] = node.span
                continue
            first = seen[key]
            yield finding(
                "PW804",
                f"Two boxes are called {quoted(node.label)}",
                place_of(node.span, pathway),
                labels=[Label(first, "the other one")] if first else [],
                help="Say in the label what tells them apart",
            )


_TEXTS: dict[type, tuple[str, ...]] = {}


def _texts_of(kind: type) -> tuple[str, ...]:
    if kind not in _TEXTS:
        _TEXTS[kind] = tuple(
            f.name
            for f in fields(kind)
            if (f.name in PROSE or f.name in LABELS) and (kind.__name__, f.name) not in _IDS
        )
    return _TEXTS[kind]


def prose(review: Review) -> Iterator[Finding]:
    """No text holds raw HTML, an unsafe link, a control character or a study's figures.

    One finding a text and kind of mistake.
    """
    for file, parts in review.contents.items():
        # Where characters were found that cannot be read, they have been told.
        read = file not in review.options.unread
        for part in parts:
            if isinstance(part.value, Code):
                if part.value.scheme == "url" and not part.value.value.startswith(
                    ("http://", "https://")
                ):
                    yield _unsafe(part.place)
                continue
            for name in _texts_of(type(part.value)):
                value = getattr(part.value, name)
                for text in value if isinstance(value, tuple) else (value,):
                    if isinstance(text, str):
                        yield from _in_text(text, part.place, is_label=name in LABELS, read=read)


def _in_text(text: str, place: Span, *, is_label: bool, read: bool) -> Iterator[Finding]:
    control = _CONTROL.search(text) if read else None
    if control is not None:
        yield finding(
            "PW808",
            f"This text holds the control character U+{ord(control[0]):04X}",
            place,
            help="Remove it",
        )
    if "<" in text or "](" in text or "]:" in text:
        if _UNSAFE_LINK.search(html.unescape(text)):
            yield _unsafe(place)
            return
        tag = _HTML.search(text)
        if tag is not None:
            yield finding(
                "PW806",
                f"This text holds HTML: `{tag[0][:40]}`",
                place,
                help="Write CommonMark; pages show HTML as it is written",
            )
    if not is_label:
        figure = _FIGURE.search(text)
        if figure is not None:
            yield finding(
                "PW810",
                f"This text holds a study's figures: “{_around(text, figure)}”",
                place,
                help="Write them in the `outcome` of the study, with their source, and cite it",
            )


def _around(text: str, match: re.Match[str]) -> str:
    end = min(len(text), match.end() + 12)
    return " ".join(text[match.start() : end].split())


def _unsafe(place: Span) -> Finding:
    return finding(
        "PW807",
        "This link leads to something other than a page or an address",
        place,
        help="Use `https:`, `http:` or `mailto:`",
    )
