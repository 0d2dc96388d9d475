"""Pages of the manual that are written from the program itself while it is built.

A page that holds the line `<!-- rules: PW3 -->` gets a section for each rule of that theme,
`<!-- changes: dose -->` one for each rule about changes of that section.
The help of commands, which sphinx-click shows, has its backticks read as in Markdown.
"""

import difflib
import re
from collections.abc import Iterator
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from pathwaydsl.text.rules import THEMES, theme
from pathwaydsl.text.rules.rule import Rule
from pathwaydsl.versions.records import Bump, Section
from pathwaydsl.versions.rules import RULES as RULES_OF_CHANGES
from pathwaydsl.versions.rules.rule import ChangeRule

RULES = re.compile(r"^<!-- rules: (PW\d) -->$", re.MULTILINE)
TABLE = "<!-- table of rules -->"
CHANGES = re.compile(r"^<!-- changes: ([a-z]+) -->$", re.MULTILINE)
TABLE_OF_CHANGES = "<!-- table of changes -->"


def setup(app: Sphinx) -> dict[str, bool]:
    """Fill the pages when their source is read."""
    app.connect("env-get-outdated", never_old)
    app.connect("source-read", filled)
    for part in ("description", "epilog", "options", "arguments"):
        app.connect(f"sphinx-click-process-{part}", as_in_markdown)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def never_old(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """The pages that the program writes, which are made anew whenever it may have changed."""
    del app, added, changed
    made = ("reference/findings", "reference/changes", "reference/command-line")
    return sorted(name for name in env.all_docs if name.startswith(made) and name not in removed)


def filled(app: Sphinx, docname: str, source: list[str]) -> None:
    """Put the rules where a page asks for them."""
    del app, docname
    text = RULES.sub(lambda asked: "\n".join(sections(asked[1])), source[0])
    text = CHANGES.sub(lambda asked: "\n".join(changes(Section(asked[1]))), text)
    if TABLE in text:
        text = text.replace(TABLE, "\n".join(table()))
    if TABLE_OF_CHANGES in text:
        text = text.replace(TABLE_OF_CHANGES, "\n".join(table_of_changes()))
    source[0] = text


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
    if rule.bad or rule.name == "empty-file":
        yield from _block("This is found:", rule.bad, shown_as="bad")
    else:
        yield from ("It cannot be shown in a file.", "")
    yield from _block("This is right:", rule.good, shown_as="good")
    if rule.on_request:
        yield "It is information: `pathwaydsl check --notes` shows it, and no check fails for it."
        yield ""
    if rule.suppressible:
        yield "To accept it in one place, write a comment on the line above, with your reason: "
        yield f"`# allow {rule.code}: the reason`."
    else:
        yield "It cannot be accepted or lowered."
    yield ""


def table_of_changes() -> Iterator[str]:
    """Every rule about changes in one table a section, with a link to each."""
    for section in Section:
        rules = [rule for rule in RULES_OF_CHANGES if rule.section is section]
        if not rules:
            continue
        yield from (f"## {section.title}", "", "| what happened | name | counts as | asks for |")
        yield "| --- | --- | --- | --- |"
        for rule in rules:
            link = f"[{rule.title}](changes/{section.value}.md#{rule.id})"
            yield f"| {link} | `{rule.id}` | {rule.level} | {rule.bump.word} |"
        yield ""


def changes(section: Section) -> Iterator[str]:
    """One part for each rule about changes of a section."""
    for rule in RULES_OF_CHANGES:
        if rule.section is section:
            yield from _change(rule)


def _change(rule: ChangeRule) -> Iterator[str]:
    yield from (f"({rule.id})=", f"## {rule.title}", "")
    yield from (f"Name: `{rule.id}`. Counts as: {rule.level}. Asks for: {_bump(rule)}.", "")
    yield from (rule.rationale, "")
    if rule.by_advice:
        yield "Where it is proved that no patient's advice changes, a patch is enough."
    if not rule.acceptable:
        yield "It cannot be accepted away."
    if rule.mirror and rule.mirror != rule.id:
        yield f"The other way round it is `{rule.mirror}`."
    yield ""
    lines = difflib.unified_diff(rule.before.splitlines(), rule.after.splitlines(), "", "", n=2)
    shown = (line for line in list(lines)[2:] if not line.startswith("@@"))
    yield from ("```diff", *shown, "```", "")


def _bump(rule: ChangeRule) -> str:
    if rule.bump is Bump.NONE:
        return "no new number"
    return f"a new {rule.bump.word} version"


def _block(title: str, text: str | bytes, *, shown_as: str = "") -> Iterator[str]:
    shown = text.decode(errors="replace") if isinstance(text, bytes) else text
    shown = "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in shown)
    longest = max((len(run) for run in re.findall(r"`+", shown)), default=0)
    fence = "`" * max(3, longest + 1)
    yield from (title, "")
    if shown.strip():
        yield from (f"{fence}{{code-block}} pathway", f":class: {shown_as or 'beside'}", "")
        yield from (shown.rstrip("\n"), fence, "")
    else:
        yield from ("an empty file", "")
