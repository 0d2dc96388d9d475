"""A rule of the catalogue as text: what it finds, why it matters, a bad and a good example."""

from collections.abc import Iterator
from textwrap import fill, indent

from pathwaydsl.report.text import harmless
from pathwaydsl.text.rules.rule import Rule


def explain(rule: Rule) -> str:
    """The rule for a terminal, with a line break at its end."""
    return "\n".join(_lines(rule)) + "\n"


def _lines(rule: Rule) -> Iterator[str]:
    yield f"{rule.code} {rule.name} ({rule.severity})"
    yield ""
    yield fill(rule.summary, 88)
    yield ""
    yield fill(rule.why, 88)
    for name, text in rule.files:
        yield from _example(f"Beside the example, in {name}:", text)
    yield from _example("This is found:", rule.bad)
    yield from _example("This is right:", rule.good)
    yield ""
    if rule.on_request:
        yield "It is information: `pathwaydsl check --notes` shows it, and no check fails for it."
        yield ""
    if rule.suppressible:
        yield f"To allow it in one place, write above the line:  # allow {rule.code}: the reason"
    else:
        yield "It cannot be allowed or lowered."


def _example(title: str, text: str | bytes) -> Iterator[str]:
    shown = text.decode(errors="replace") if isinstance(text, bytes) else text
    yield ""
    yield title
    yield ""
    yield indent(harmless(shown.rstrip("\n"), keep="\n") or "(an empty file)", "    ")
