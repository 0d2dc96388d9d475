"""The colours of charts: light, dark and printed, as data and as CSS.

No meaning hangs on a colour: every kind has its own shape and word. Hues are those of Okabe and
Ito, which readers with any common colour blindness can tell apart; text stands out from what is
behind it by at least 4.5 to 1 and lines by at least 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11).
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from attrs import frozen


@frozen
class Paint:
    """The colours of one kind: inside, outline, text."""

    fill: str
    line: str
    ink: str


@frozen
class Palette:
    """All colours of a chart for one medium."""

    paper: str
    kinds: Mapping[str, Paint]

    def variables(self) -> Iterator[tuple[str, str]]:
        """CSS custom properties with their values, in a fixed order."""
        yield "--pw-paper", self.paper
        for kind, paint in self.kinds.items():
            yield f"--pw-{kind}-fill", paint.fill
            yield f"--pw-{kind}-line", paint.line
            yield f"--pw-{kind}-ink", paint.ink


def _palette(paper: str, rows: str) -> Palette:
    kinds = {}
    for row in rows.strip().splitlines():
        kind, fill, line, ink = row.split()
        kinds[kind] = Paint(fill, line, ink)
    return Palette(paper, MappingProxyType(kinds))


LIGHT = _palette(
    "#ffffff",
    """
    assess   #e4f1fa #0072b2 #0b2536
    decide   #fdf5d3 #86690a #2b2200
    choose   #f8e7f2 #a0417c #3a0f2b
    treat    #d2efe3 #00694e #00261c
    act      #eceff3 #4c5b6b #1a2129
    together #ffffff #4c5b6b #1a2129
    enter    #e8e8fb #4a4fb0 #17194a
    gap      #fff0e3 #b84300 #4a1b00
    end      #e6e6e6 #444444 #1c1c1c
    during   #ffffff #555f6a #1a2129
    resume   #ffffff #555f6a #1a2129
    goto     #ffffff #555f6a #1a2129
    key      #ffffff #8a939c #1a2129
    flag     #b84300 #b84300 #ffffff
    arrow    #ffffff #4a545e #1a2129
    added    #ffffff #00694e #004a37
    removed  #ffffff #b3261e #8c1d17
    changed  #ffffff #0b5c9e #084878
    moved    #ffffff #7a4a9e #5d3579
    renamed  #ffffff #7a4a9e #5d3579
    same     #ffffff #8a939c #555f6a
    """,
)

DARK = _palette(
    "#131416",
    """
    assess   #10293a #56b4e9 #e4f2fb
    decide   #332b09 #e6cf4a #fbf4d2
    choose   #3a1a2f #e08fc0 #fbe6f3
    treat    #0b3a2c #3fd0a0 #ddf8ed
    act      #262c33 #a3b1bf #eef2f6
    together #131416 #a3b1bf #eef2f6
    enter    #22244d #a5a9f5 #ececff
    gap      #40200a #ff9a52 #ffe9d9
    end      #333333 #bdbdbd #f2f2f2
    during   #131416 #a3b1bf #eef2f6
    resume   #131416 #a3b1bf #eef2f6
    goto     #131416 #a3b1bf #eef2f6
    key      #131416 #7d8791 #eef2f6
    flag     #ff9a52 #ff9a52 #2a1000
    arrow    #131416 #aeb9c4 #eef2f6
    added    #131416 #3fd0a0 #8be8c9
    removed  #131416 #ff8a80 #ffb3ac
    changed  #131416 #56b4e9 #a8d8f5
    moved    #131416 #c9a2ec #dcc4f4
    renamed  #131416 #c9a2ec #dcc4f4
    same     #131416 #7d8791 #aeb9c4
    """,
)

PRINT = _palette(
    "#ffffff",
    """
    assess   #ffffff #000000 #000000
    decide   #ffffff #000000 #000000
    choose   #ffffff #000000 #000000
    treat    #e9e9e9 #000000 #000000
    act      #ffffff #000000 #000000
    together #ffffff #000000 #000000
    enter    #ffffff #000000 #000000
    gap      #ffffff #000000 #000000
    end      #ffffff #000000 #000000
    during   #ffffff #000000 #000000
    resume   #ffffff #000000 #000000
    goto     #ffffff #000000 #000000
    key      #ffffff #666666 #000000
    flag     #222222 #222222 #ffffff
    arrow    #ffffff #222222 #000000
    added    #ffffff #000000 #000000
    removed  #ffffff #000000 #000000
    changed  #ffffff #000000 #000000
    moved    #ffffff #000000 #000000
    renamed  #ffffff #000000 #000000
    same     #ffffff #777777 #555555
    """,
)

MARKS = ("added", "removed", "changed", "moved", "renamed", "same")
"""What became of a box or an arrow between two versions; kinds of paint of their own."""

FONTS = "Helvetica, Arial, 'Liberation Sans', 'Noto Sans', 'DejaVu Sans', sans-serif"

_DARK_THEMES = (
    'html[data-theme="dark"] .pw-chart',
    'body[data-theme="dark"] .pw-chart',
    '[data-md-color-scheme="slate"] .pw-chart',
)
_AUTO = 'body:not([data-theme="light"]) .pw-chart'


def _set(selector: str, palette: Palette) -> str:
    values = "; ".join(f"{name}: {value}" for name, value in palette.variables())
    return f"{selector} {{ {values} }}\n"


def rules() -> str:
    """What each part of a chart takes its colour from; values given here are the light ones."""
    lines = [
        ".pw-chart { max-width: 100%; height: auto }",
        f".pw-chart text {{ font-family: {FONTS} }}",
        ".pw-chart a { text-decoration: none }",
        ".pw-chart a:hover .pw-title, .pw-chart a:focus .pw-title { text-decoration: underline }",
        ".pw-chart a:focus-visible { outline: 3px solid currentColor; outline-offset: 2px }",
        f".pw-chart .pw-paper {{ fill: var(--pw-paper, {LIGHT.paper}) }}",
    ]
    marked: list[str] = []
    for kind, paint in LIGHT.kinds.items():
        fill = f"fill: var(--pw-{kind}-fill, {paint.fill})"
        line = f"stroke: var(--pw-{kind}-line, {paint.line})"
        ink = f"fill: var(--pw-{kind}-ink, {paint.ink})"
        if kind == "arrow":
            head = f"fill: var(--pw-{kind}-line, {paint.line})"
            lines.append(f".pw-chart .pw-arrow .pw-line {{ fill: none; {line} }}")
            lines.append(f".pw-chart .pw-arrow .pw-head {{ {head}; {line} }}")
            lines.append(f".pw-chart .pw-label text {{ {ink} }}")
        elif kind in MARKS:
            marked.extend(_marked(kind, fill, line, ink, paint))
        elif kind != "flag":
            lines.append(f".pw-chart .pw-{kind} .pw-shape {{ {fill}; {line} }}")
            lines.append(f".pw-chart .pw-{kind} .pw-fold {{ fill: none; {line} }}")
            lines.append(f".pw-chart .pw-{kind} text {{ {ink} }}")
    lines.extend(marked)
    flag = LIGHT.kinds["flag"]
    lines.append(f".pw-chart g .pw-flag {{ fill: var(--pw-flag-fill, {flag.fill}) }}")
    lines.append(f".pw-chart g g text.pw-flag-text {{ fill: var(--pw-flag-ink, {flag.ink}) }}")
    return "\n".join(lines) + "\n"


def _marked(mark: str, fill: str, line: str, ink: str, paint: Paint) -> Iterator[str]:
    """The look of what became of boxes and arrows, over the look of their kind."""
    here = f".pw-chart .pw-mark-{mark}"
    head = f"fill: var(--pw-{mark}-line, {paint.line}); {line}"
    yield f"{here}.pw-arrow .pw-line {{ fill: none; {line} }}"
    yield f"{here}.pw-arrow .pw-head {{ {head} }}"
    if mark == "same":
        yield f"{here}.pw-box .pw-shape {{ {fill}; {line} }}"
        yield f"{here}.pw-box .pw-fold {{ fill: none; {line} }}"
        yield f"{here}.pw-box text, {here}.pw-label text {{ {ink} }}"
        yield f"{here}.pw-box .pw-flag, {here}.pw-label .pw-flag {{ {fill} }}"
        yield f"{here} text.pw-flag-text {{ {ink} }}"
    else:
        yield f"{here} .pw-frame {{ fill: none; {line} }}"
        yield f"{here} text.pw-sign {{ {ink} }}"


def page_css() -> str:
    """The style of charts inside pages: follows the theme a reader chose, and prints black."""
    return (
        rules()
        + "".join(_set(selector, DARK) for selector in _DARK_THEMES)
        + f"@media (prefers-color-scheme: dark) {{ {_set(_AUTO, DARK).rstrip()} }}\n"
        + f"@media print {{ {_set('body .pw-chart.pw-chart.pw-chart', PRINT).rstrip()} }}\n"
    )


def standalone_css() -> str:
    """The style inside an SVG file of its own: follows the system, and prints black."""
    return (
        rules()
        + f"@media (prefers-color-scheme: dark) {{ {_set('.pw-chart', DARK).rstrip()} }}\n"
        + f"@media print {{ {_set('.pw-chart.pw-chart', PRINT).rstrip()} }}\n"
    )
