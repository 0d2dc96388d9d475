"""A block whose opening brace was forgotten, found by the indentation of what follows.

Asked only where a file closes more blocks than it opens.
The brace is put in the place of the line break, so that all offsets stay those of the file.
"""

import re

from pathwaydsl.syntax.words import keywords
from pathwaydsl.text.finding import Edit, Finding, Fix
from pathwaydsl.text.rules import finding
from pathwaydsl.text.source import Source

_PARTS = re.compile(
    r'"""[^\\"]*(?:(?:\\.|"(?!""))[^\\"]*)*"""|"(?!"")[^"\\\n]*(?:\\.[^"\\\n]*)*"|#[^\n]*',
    re.DOTALL,
)
_HEADER = re.compile(
    r"^(?P<indent>[ \t]*)(?P<word>criterion|score|drug|regimen|evidence|scheme|gap|pathway|case"
    r"|outcome|question|balance|axis|assess|decide|choose|treat|act|together|enter|end|during)\b"
    r"(?P<rest>[^\n{},]*)\n(?=(?:[ \t]*\n)*(?P<next>[ \t]*)(?P<first>[a-z-]+))",
    re.MULTILINE,
)


def with_opening_braces(source: Source, text: str) -> tuple[str, tuple[Finding, ...]]:
    """The text with forgotten opening braces put in, and a finding for each."""
    bare = _PARTS.sub(lambda match: re.sub(r"[^\n]", "_", match[0]), text)
    missing = bare.count("}") - bare.count("{")
    if missing <= 0:
        return text, ()
    found: list[Finding] = []
    openers = set(keywords().values())
    for match in _HEADER.finditer(bare):
        deeper = len(match["next"].expandtabs()) > len(match["indent"].expandtabs())
        if not deeper or match["first"] not in openers or len(found) == missing:
            continue
        end = match.end("rest")
        start = match.start("word")
        text = f"{text[:end]}{{{text[end + 1 :]}"
        found.append(
            finding(
                "PW110",
                f"the block of `{match['word']}` is not opened",
                source.span(start, start + len(match["word"])),
                help="write `{` at the end of this line",
                fixes=[Fix("open the block", (Edit(source.span(end, end), " {"),))],
            )
        )
    return text, tuple(found)
