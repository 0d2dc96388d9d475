"""What stands in the manual between fences: files, terminals, pathways."""

import re
from pathlib import Path

from attrs import frozen

DOCS = Path(__file__).parents[3] / "docs"

FENCE = re.compile(
    r"^(?P<ticks>`{3,})(?P<kind>\{?[a-z-]+\}?)?(?: (?P<argument>[^\n]*))?\n"
    r"(?P<body>.*?)^(?P=ticks)$",
    re.MULTILINE | re.DOTALL,
)


@frozen
class Fence:
    """One fenced block.

    Attributes:
        kind: Its language, also where it is written as a `{code-block}`.
        caption: Its caption, or an empty text.
        bad: Whether it is shown as an example of a mistake.
        text: What stands in it.
        place: The page and the line.
    """

    kind: str
    caption: str
    bad: bool
    text: str
    place: str

    @property
    def page(self) -> str:
        """The page, relative to the folder of the manual."""
        return self.place.partition(":")[0]


def fences(page: Path) -> list[Fence]:
    """The fenced blocks of a page, in its order."""
    text = page.read_text("utf-8")
    return [_fence(found, page, text) for found in FENCE.finditer(text)]


def pages() -> list[Path]:
    """Every page of the manual."""
    return sorted(DOCS.rglob("*.md"))


def _fence(found: re.Match[str], page: Path, text: str) -> Fence:
    kind, body = found["kind"] or "", found["body"]
    options: dict[str, str] = {}
    if kind == "{code-block}":
        kind = (found["argument"] or "").strip()
        while option := re.match(r":([a-z]+): ?([^\n]*)\n", body):
            options[option[1]] = option[2].strip('"')
            body = body[option.end() :]
    line = text.count("\n", 0, found.start()) + 1
    return Fence(
        kind,
        options.get("caption", ""),
        "bad" in options.get("class", ""),
        body,
        f"{page.relative_to(DOCS)}:{line}",
    )
