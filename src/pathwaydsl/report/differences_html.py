"""What changed as one self-contained HTML file: it asks for nothing from anywhere.

Every word of a file is escaped. Meaning never rests on colour alone: a word says the same.
"""

from collections.abc import Iterator, Sequence
from html import escape

from pathwaydsl.report.differences import FOR_WHOM, Differences
from pathwaydsl.report.differences_common import Told, in_sentences, said_once
from pathwaydsl.report.differences_lines import Line
from pathwaydsl.report.differences_patients import Way
from pathwaydsl.report.text import harmless
from pathwaydsl.versions.records import Level

_LOOKS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note", Level.OFF: "record"}
_SIGNS = {"lost": "-", "replaced": "→", "gained": "+"}
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

_STYLE = """
:root { color-scheme: light dark; --ink: #1f2429; --paper: #fff; --quiet: #555f6a; --line: #c9d0d6;
  --soft: #f4f6f8; --error: #8c1d18; --warning: #7a4300; --note: #1d4f8c; --fine: #00573f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ec; --paper: #131416; --quiet: #a9b4bf;
  --line: #454d55; --soft: #1d2126; --error: #ffb4ab; --warning: #ffb27d; --note: #9cc7ff;
  --fine: #7fe3c0; } }
@media print { :root { color-scheme: light; --ink: #000; --paper: #fff; --quiet: #444; --line: #999;
  --soft: #fff; --error: #000; --warning: #000; --note: #000; --fine: #000; }
  article, tr { break-inside: avoid; } h2, h3 { break-after: avoid; } nav { display: none; } }
body { font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; } h2 { margin-top: 2.5rem; }
h3 { font-size: 1rem; margin: 0 0 .5rem; }
a { color: inherit; }
.quiet { color: var(--quiet); }
.verdict { border: 2px solid var(--line); padding: .75rem 1rem; margin: 1rem 0; }
.verdict p { margin: .25rem 0; } .verdict strong { font-size: 1.15rem; }
.unchanged { border-color: var(--fine); } .undecided { border-color: var(--error); }
article { border-inline-start: .3rem solid var(--line); background: var(--soft);
  padding: .75rem 1rem; margin: 1rem 0; }
article.lost { border-color: var(--error); } article.replaced { border-color: var(--warning); }
article.gained { border-color: var(--fine); }
article p { margin: .4rem 0; } article ul { margin: .2rem 0; }
.ways { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 1rem; }
.ways ol { padding-inline-start: 1.5rem; margin: .25rem 0; }
.changes { list-style: none; padding: 0; } .changes > li { padding: .35rem 0;
  border-top: 1px solid var(--line); } .changes .changes { margin-inline-start: 1rem; }
.level { font-weight: 600; font-size: .85em; border: 1px solid currentColor; border-radius: .2rem;
  padding: 0 .3rem; }
.error { color: var(--error); } .warning { color: var(--warning); } .note { color: var(--note); }
.record { color: var(--quiet); }
figure { margin: 1rem 0; overflow-x: auto; background: #fff; color: #1f2429; }
figure svg { max-width: 100%; height: auto; }
"""


def as_html(document: Differences, *, picture: str | None = None) -> str:
    """The document as one HTML file.

    Args:
        document: What changed.
        picture: Both versions drawn as one, as SVG that is safe to stand in a page.
    """
    return "\n".join(_page(document, picture)) + "\n"


def _page(document: Differences, picture: str | None) -> Iterator[str]:
    title = _safe(document.title)
    yield "<!doctype html>"
    yield '<html lang="en"><head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title><style>{_STYLE}</style></head><body><main>"
    yield f"<h1>{title}</h1>"
    old, new = document.old, document.new
    dated = [f"{side.name}, {side.date}" if side.date else side.name for side in (old, new)]
    yield f'<p class="quiet">{_safe(dated[0])} → {_safe(dated[1])}</p>'
    yield from _verdict(document)
    yield from _contents(document)
    if document.patients or document.advice or document.notes:
        yield f'<section id="patients"><h2>{FOR_WHOM}</h2>'
        if document.notes:
            yield f"<ul>{_items(document.notes)}</ul>"
        if not document.patients:
            yield from _lines(document.advice)
        commons, people = said_once(document.patients)
        for common in commons:
            yield f'<div class="verdict" id="patients-{common.letter}">'
            yield from (f"<p>{_safe(sentence)}</p>" for sentence in in_sentences(common))
            yield "</div>"
        for told in people:
            yield from _patients(told)
        yield "</section>"
    if picture is not None:
        yield f'<section id="picture"><h2>Both versions as one picture</h2><figure>{picture}'
        yield "</figure></section>"
    for part in document.parts:
        yield f'<section id="{part.name}"><h2>{_safe(part.title)} ({part.number})</h2>'
        yield from _lines(part.lines)
        yield "</section>"
    yield "</main></body></html>"


def _verdict(document: Differences) -> Iterator[str]:
    verdict = document.verdict
    kind = "unchanged" if verdict.unchanged else "" if verdict.settled else "undecided"
    yield f'<div class="verdict {kind}"><p><strong>{_safe(verdict.statement)}</strong></p>'
    yield f"<p>{_safe(verdict.number)}</p><p>{_safe(verdict.counted)}</p>"
    for found in document.findings:
        word = _LOOKS[Level(found.severity.value)]
        said = f"{found.message}. {found.help or ''}".rstrip()
        yield f'<p><span class="level {word}">{word} {_safe(found.rule)}</span> {_safe(said)}</p>'
    yield "</div>"


def _contents(document: Differences) -> Iterator[str]:
    if len(document.parts) < 2:
        return
    yield "<nav><ul>"
    if document.patients:
        yield f'<li><a href="#patients">{FOR_WHOM}</a></li>'
    for part in document.parts:
        yield f'<li><a href="#{part.name}">{_safe(part.title)} ({part.number})</a></li>'
    yield "</ul></nav>"


def _patients(told: Told) -> Iterator[str]:
    patients = told.patients
    sign = _SIGNS[patients.kind]
    yield f'<article class="{patients.kind}"><h3>{sign} {_safe(patients.title)}</h3>'
    yield f"<p><b>{_safe(patients.told)}</b></p>"
    share = f" ({_safe(patients.share)})" if patients.share else ""
    always = _safe("; and ".join(told.always))
    if told.common is not None:
        name = f'<a href="#patients-{told.common.letter}">{told.common.name}</a>'
        always = f"{name}; and {always}" if always else name
    others = ("and others",) if patients.more else ()
    if patients.who or others:
        start = f"{always}; and one of" if always else "one of"
        yield f"<p><b>Who</b>{share}: {start}</p><ul>{_items((*patients.who, *others))}</ul>"
    else:
        yield f"<p><b>Who</b>{share}: {always}</p>"
    if told.values:
        yield f"<p><b>For instance:</b> {_safe('; '.join(told.values))}</p>"
    if len(patients.witness) > len(told.values):
        yield f'<p class="quiet">The same patient whole: {_safe("; ".join(patients.witness))}'
        yield "</p>"
    if told.way:
        yield f"<p><b>Both ways:</b> {_safe(' → '.join(told.way))}</p>"
    yield '<div class="ways">'
    yield from _way("Before", patients.old_way)
    yield from _way("Now", patients.new_way)
    yield "</div></article>"


def _way(title: str, way: Way) -> Iterator[str]:
    boxes = f"<ol>{_items(way.boxes)}</ol>" if way.boxes else "<p>no further</p>"
    stops = f'<p class="quiet">{_safe("; ".join(way.stops))}</p>' if way.stops else ""
    yield f"<div><b>{title}</b>{boxes}{stops}</div>"


def _lines(lines: Sequence[Line]) -> Iterator[str]:
    yield '<ul class="changes">'
    for line in lines:
        looks = _LOOKS[line.level]
        yield f'<li><span class="level {looks}">{line.level.said}</span> {_safe(line.message)}'
        remark = "; ".join(one for one in (_bump(line), line.remark) if one)
        yield f'<span class="quiet">({_safe(remark)})</span>'
        if line.subjects:
            yield f"<ul>{_items(line.subjects)}</ul>"
        if line.inside:
            yield from _lines(line.inside)
        yield "</li>"
    yield "</ul>"


def _bump(line: Line) -> str:
    return line.bump.word if line.bump else "no step of the version number"


def _items(texts: Sequence[str]) -> str:
    return "".join(f"<li>{_safe(one)}</li>" for one in texts)


def _safe(text: str) -> str:
    return escape(harmless(" ".join(text.split())))
