"""The document model of a page: sections, blocks and the pieces of a line.

Every text is an author's or ours and stays plain text; only `Prose` holds CommonMark, which
whoever shows the page must read with raw HTML off.
"""

from typing import Literal

from attrs import frozen

from pathwaydsl.chart.flow import Flow

Style = Literal["plain", "strong", "quiet", "badge", "gap", "danger", "for", "against"]
"""How a piece of a line stands out; always beside a word, never instead of one."""


@frozen
class Words:
    """Plain text."""

    text: str
    style: Style = "plain"


@frozen
class Link:
    """A link to an anchor of the same page."""

    anchor: str
    text: str
    style: Style = "plain"


@frozen
class Outside:
    """A link to an address outside the site; the address is of an allowed scheme."""

    url: str
    text: str


@frozen
class Elsewhere:
    """A link to something that may stand on another page; `text` if it is found nowhere.

    Attributes:
        pathway: The name of what is linked to: a pathway's id, `id@1.0.0` for a release of it,
            or the name of a thing of another kind.
        text: What the reader sees.
        kind: What is linked to.
        anchor: A place on the page it stands on, or empty for its own.
        optional: Whether the entry of a list that holds the link goes where there is no page.
    """

    pathway: str
    text: str
    kind: "TargetKind" = "pathway"
    anchor: str = ""
    optional: bool = False


Piece = Words | Link | Outside | Elsewhere
Line = tuple[Piece, ...]


@frozen
class Paragraph:
    """A line of its own; `role` says what it is for, for whoever styles it."""

    line: Line
    role: str = ""


@frozen
class Prose:
    """Several paragraphs of an author's CommonMark."""

    text: str


@frozen
class Fact:
    """A term and what is said of it."""

    term: str
    blocks: "tuple[Block, ...]"


@frozen
class Facts:
    """Terms with what is said of each."""

    rows: tuple[Fact, ...]
    role: str = ""


@frozen
class Item:
    """An entry of a list; with `anchor` it can be linked to, as the thing `target` names.

    `aliases` are anchors it had before it was renamed.
    """

    blocks: "tuple[Block, ...]"
    anchor: str | None = None
    target: "Target | None" = None
    role: str = ""
    aliases: tuple[str, ...] = ()


@frozen
class Listing:
    """A list, numbered or not."""

    items: tuple[Item, ...]
    numbered: bool = False
    role: str = ""


@frozen
class Table:
    """A table: `header` names the columns, `widths` are their shares."""

    header: tuple[str, ...]
    rows: "tuple[tuple[tuple[Block, ...], ...], ...]"
    widths: tuple[int, ...]
    role: str = ""


@frozen
class Notice:
    """A passage set apart under a title that says what it is.

    Attributes:
        kind: `gap`, `danger` for contraindications, `caution`, or `note`.
        anchor: What it is linked by, or None.
        target: The thing that can be referred to here, or None.
        aliases: Anchors it had before it was renamed.
    """

    kind: Literal["gap", "danger", "caution", "note"]
    title: str
    blocks: "tuple[Block, ...]"
    anchor: str | None = None
    target: "Target | None" = None
    aliases: tuple[str, ...] = ()


@frozen
class Flowchart:
    """The place of the picture; `outline` is the anchor of the same flow in words.

    `files` says whether it can be downloaded from here.
    """

    pathway: str
    caption: str
    outline: str
    files: bool = True


@frozen
class Drawn:
    """A small picture that says what `beside` it, a table, says; SVG that `chart` wrote."""

    svg: str
    beside: "tuple[Block, ...]"


@frozen
class Chart:
    """A flowchart that is drawn already, in its frame; SVG that `chart` wrote.

    Attributes:
        name: Unique on the page.
        caption: What it shows; said to those who cannot see it too.
        on_paper: Whether it is made to be printed, in parts where it is high.
    """

    svg: str
    name: str
    caption: str
    on_paper: bool = False


@frozen
class Folded:
    """A passage that is closed until a reader opens it, under a line that says what is in it."""

    title: str
    blocks: "tuple[Block, ...]"


Block = Paragraph | Prose | Facts | Listing | Table | Notice | Flowchart | Drawn | Chart | Folded


TargetKind = Literal[
    "pathway",
    "step",
    "gap",
    "criterion",
    "evidence",
    "regimen",
    "drug",
    "changes",
    "print",
    "history",
    "review",
]
"""What can be referred to from other pages."""


@frozen
class Target:
    """A thing that can be referred to: `name` is unique within its kind and pathway."""

    kind: TargetKind
    name: str
    title: str


@frozen
class Section:
    """A titled part of a page; `role` names its content, as `outline` or `evidence`.

    `aliases` are anchors it had before it was renamed.
    """

    anchor: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: "tuple[Section, ...]" = ()
    role: str = ""
    target: Target | None = None
    aliases: tuple[str, ...] = ()


@frozen
class Summary:
    """What an index says of a pathway."""

    id: str
    title: str
    version: str
    status: str
    date: str
    population: str
    open_gaps: int
    steps: int
    last_change: str = ""


@frozen
class Page:
    """A page: the whole of it is one section.

    Attributes:
        summary: Its line in an index, or None where no index lists it.
        flow: What its flowchart draws, or None without one.
    """

    root: Section
    summary: Summary | None = None
    flow: Flow | None = None


def text_of(line: Line) -> str:
    """The text of a line, without its links and styles."""
    return "".join(piece.text for piece in line)


def plain(text: str) -> tuple[Paragraph]:
    """One paragraph of plain text."""
    return (Paragraph((Words(text),)),)


def joined(pieces: "tuple[Line, ...]", between: str = ", ") -> Line:
    """Lines set one after another with a separator."""
    line: list[Piece] = []
    for index, part in enumerate(pieces):
        if index:
            line.append(Words(between))
        line.extend(part)
    return tuple(line)
