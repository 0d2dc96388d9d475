"""Pages of the manual that are written from the program itself while it is built.

A page that holds the line `<!-- rules: PW3 -->` gets a section for each rule of that theme.
The help of commands, which sphinx-click shows, has its backticks read as in Markdown.
"""

import re
from collections.abc import Iterator
from typing import Any

from sphinx.application import Sphinx

from pathwaydsl.text.rules import THEMES, theme
from pathwaydsl.text.rules.rule import Rule

RULES = re.compile(r"^<!-- rules: (PW\d) -->$", re.MULTILINE)
TABLE = "<!-- table of rules -->"


def setup(app: Sphinx) -> dict[str, bool]:
    """Fill the pages when their source is read."""
    app.connect("source-read", filled)
    for part in ("description", "epilog", "options", "arguments"):
        app.connect(f"sphinx-click-process-{part}", as_in_markdown)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def filled(app: Sphinx, docname: str, source: list[str]) -> None:
    """Put the rules where a page asks for them."""
    del app, docname
    text = RULES.sub(lambda asked: "\n".join(sections(asked[1])), source[0])
    source[0] = text.replace(TABLE, "\n".join(table()))


def as_in_markdown(app: Sphinx, context: Any, lines: list[str]) -> None:
    """Read what stands between backticks as code, and leave out what says nothing."""
    del app, context
    lines[:] = [
        re.sub(r"(?<!`)`([^`]+)`(?!`)", r"``\1``", line)
        for line in lines
        if line.strip() not in {"Optional argument(s)", "Optional argument", "Required argument"}
    ]


def table() -> Iterator[str]:
    """Every rule in one table, with a link to its section."""
    for prefix, (_, title) in THEMES.items():
        if not theme(prefix):
            continue
        yield from (f"## {title}", "", "| code | name | counts as | what it finds |")
        yield "| --- | --- | --- | --- |"
        for rule in theme(prefix):
            link = f"[{rule.code}](findings/{prefix.lower()}.md#{anchor(rule)})"
            summary = rule.summary.replace("|", "\\|")
            yield f"| {link} | `{rule.name}` | {rule.severity} | {summary} |"
        yield ""


def anchor(rule: Rule) -> str:
    """The stable address of a rule on its page."""
    return rule.code.lower()


def sections(prefix: str) -> Iterator[str]:
    """One section for each rule of a theme."""
    for rule in theme(prefix):
        yield from _section(rule)


def _section(rule: Rule) -> Iterator[str]:
    yield from (f"({anchor(rule)})=", f"## {rule.code} {rule.name}", "")
    yield from (f"Counts as: {rule.severity}.", "", rule.summary, "", rule.why, "")
    for name, text in rule.files:
        yield from _block(f"Beside it, in `{name}`:", text)
    yield from _block("This is found:", rule.bad)
    yield from _block("This is right:", rule.good)
    if rule.suppressible:
        yield "To accept it in one place, write a comment on the line above, with your reason: "
        yield f"`# allow {rule.code}: the reason`."
    else:
        yield "It cannot be accepted or lowered."
    yield ""


def _block(title: str, text: str | bytes) -> Iterator[str]:
    shown = text.decode(errors="replace") if isinstance(text, bytes) else text
    shown = "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in shown)
    longest = max((len(run) for run in re.findall(r"`+", shown)), default=0)
    fence = "`" * max(3, longest + 1)
    yield from (title, "")
    if shown.strip():
        yield from (f"{fence}pathway", shown.rstrip("\n"), fence, "")
    else:
        yield from ("an empty file", "")
