"""Charts as SVG: safe, the same every time, and readable without colours."""

import pickle
import re

import pytest
from attrs import evolve
from lxml import etree

from pathwaydsl.chart import drawing as charts
from pathwaydsl.chart.boxes import MAX_BOXES
from pathwaydsl.chart.cache import ChartCache
from pathwaydsl.chart.drawing import Drawing, draw, embed, standalone_svg
from pathwaydsl.chart.engine import EngineSettings, Failure, lay_out
from pathwaydsl.chart.lettering import width, wrapped
from pathwaydsl.chart.shapes import SHAPES
from pathwaydsl.chart.svg import safe_link
from pathwaydsl.model.nodes import NODE_KINDS

HOSTILE = [
    "<script>alert(1)</script>",
    "</text></g></svg><img src=x onerror=alert(1)>",
    '"]; n1 [image="/etc/passwd"]; x [label="',
    "back\\slash \\N \\G \\l \\",
    "javascript:alert(1)",
    "two\nlines\r\nand\ttabs",
    "nul \x00 bell \x07 escape \x1b",
    "&amp; &lt;b&gt; &#60; &",
    "<B>bold</B><TABLE><TR>",
    "<![CDATA[x]]> <!-- y -->",
    "סרטן שד גרורתי",
    "سرطان الثدي النقيلي",
    "转移性乳腺癌的一线全身治疗方案选择与评估以及后续治疗",
    "स्तन कैंसर 🩺",
    "\u202eright to left\u202c",
    "\ud800 lone surrogate",
    "x" * 1_000_000,
    "word " * 200_000,
    " ",
]


def nothing(_):
    """No links."""


def drawn(flow):
    """The drawing of a flow."""
    drawing = draw([("x", flow)])["x"]
    assert isinstance(drawing, Drawing), drawing
    return drawing


def texts(svg):
    """Every line of text, in order."""
    root = etree.fromstring(svg.encode())
    return [element.text or "" for element in root.iter("{*}text")]


@pytest.mark.parametrize("label", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_label_is_only_text(relabelled, label):
    """Whatever an author writes, the SVG has the elements and attributes we write."""
    svg = standalone_svg(drawn(relabelled(first_drug=label)), nothing)
    root = etree.fromstring(svg.encode())
    tags = {etree.QName(element).localname for element in root.iter()}
    assert tags <= {
        "svg", "title", "desc", "style", "g", "a", "path", "polygon", "polyline", "ellipse", "text",
    }  # fmt: skip
    names = {name for element in root.iter() for name in element.attrib}
    assert names <= {
        "class", "viewBox", "width", "height", "font-family", "role", "aria-roledescription",
        "aria-labelledby", "aria-describedby", "aria-hidden",
        "data-from", "data-to", "id", "d", "points", "cx", "cy", "rx",
        "ry", "fill", "stroke", "stroke-width", "stroke-dasharray", "transform", "x", "y",
        "font-size", "font-weight", "text-anchor", "textLength", "lengthAdjust",
    }  # fmt: skip
    assert len(svg) < 100_000


def test_labels_are_shown_as_they_are_written(relabelled):
    """Entities and markup in a label are shown, not interpreted."""
    shown = texts(drawn(relabelled(first_drug="a &amp; <b> \\N")).svg)
    assert "a &amp; <b> \\N" in shown


def test_the_same_flow_gives_the_same_bytes(flow):
    """Two drawings of one flow do not differ."""
    assert standalone_svg(drawn(flow)) == standalone_svg(drawn(flow))


def test_a_chart_drawn_among_others_is_the_same_as_drawn_alone(relabelled):
    """How charts share runs of the engine does not show."""
    flows = [(str(number), relabelled(heart=f"Question {number}?")) for number in range(9)]
    for settings in (EngineSettings(batch=4, workers=2), EngineSettings(workers=1)):
        together = draw(flows, settings)
        assert list(together) == [name for name, _ in flows]
        for name, flow in flows[::4]:
            assert together[name].svg == drawn(flow).svg


def test_every_kind_has_a_shape_a_word_and_a_class(flow):
    """Kinds differ in more than colour."""
    shapes = [tuple(sorted(SHAPES[kind].attributes.items())) for kind in NODE_KINDS]
    styles = [SHAPES[kind].style for kind in NODE_KINDS]
    assert len(set(zip(shapes, styles, strict=True))) == len(NODE_KINDS)
    svg = drawn(flow).svg
    for box in flow.boxes:
        assert f"pw-box pw-{box.kind}" in svg
        if box.kind != "gap":
            assert any(box.word.upper() in line for line in texts(svg))


def test_a_gap_stands_out(flow):
    """A gap says so in large letters, and has a thick dashed outline that nothing else has."""
    svg = drawn(flow).svg
    assert "EVIDENCE GAP G3" in texts(svg)
    pens = {kind: shape.pen for kind, shape in SHAPES.items()}
    assert pens["gap"] == max(pens.values())
    assert SHAPES["gap"].dashes is not None
    assert "GAPS G1, G2" in texts(svg)


def test_the_key_explains_every_kind_and_lists_every_gap(flow):
    """A reader who has never seen such a chart finds each word in it explained."""
    key = [line.text for line in drawn(flow).sheet.placed[-1].block.lines]
    for box in flow.boxes:
        word = "At any time" if box.kind == "during" else box.word
        assert word.upper() in key
    for gap in flow.gaps:
        assert key[key.index(gap.number) + 1] == gap.label


def test_strength_stands_on_a_treatment(flow):
    """How strongly a treatment is recommended is said in words."""
    assert "Strong recommendation" in texts(drawn(flow).svg)


def test_no_raw_id_is_shown(flow):
    """A reader meets labels, never ids."""
    shown = " ".join(texts(drawn(flow).svg))
    for node_id in ("first-drug", "nobody-knows", "work-up", "heart-failure", "during-1"):
        assert node_id not in shown
    assert not re.search(r"\b[nel]\d+\b", shown)


def test_text_stays_inside_its_box(flow):
    """Every line is narrower than the box it stands in."""
    drawing = drawn(flow)
    for placed in drawing.sheet.placed:
        points = [p for o in drawing.picture.outlines[placed.dot_id] for p in o.points()]
        broad = max(x for x, _ in points) - min(x for x, _ in points)
        high = max(y for _, y in points) - min(y for _, y in points)
        assert placed.block.width <= broad
        assert placed.block.height <= high


def test_boxes_do_not_overlap(flow):
    """Each box has its own place, also after parts were moved."""
    svg = drawn(flow)
    places = []
    packing = charts.packing_of(svg.sheet, svg.picture)
    for placed in svg.sheet.placed:
        dx, dy = packing.moves[placed.dot_id]
        points = [p for o in svg.picture.outlines[placed.dot_id] for p in o.points()]
        xs, ys = [x + dx for x, _ in points], [y + dy for _, y in points]
        places.append((min(xs), min(ys), max(xs), max(ys)))
    for index, (left, top, right, bottom) in enumerate(places):
        assert left >= -0.01
        assert top >= -0.01
        assert right <= packing.width + 0.01
        assert bottom <= packing.height + 0.01
        for other_left, other_top, other_right, other_bottom in places[index + 1 :]:
            apart = right <= other_left + 1 or other_right <= left + 1
            assert apart or bottom <= other_top + 1 or other_bottom <= top + 1


def test_a_drawing_can_be_kept_by_sphinx(flow):
    """A drawing survives pickling, with everything that was looked up in it."""
    drawing = drawn(flow)
    assert flow.box
    assert flow.exits
    assert pickle.loads(pickle.dumps(drawing)).svg == drawing.svg  # noqa: S301  our own bytes


def test_links_and_ids_of_a_page(flow):
    """Boxes link where the page says; ids bear the prefix of their occurrence."""
    svg = embed(drawn(flow), "chart-2-", lambda node: f"#node-{node}")
    root = etree.fromstring(svg.encode())
    links = [element.get("href") for element in root.iter("{*}a")]
    assert "#node-first-drug" in links
    assert links.count("#node-done") == 3
    assert all(e.get("id").startswith("chart-2-") for e in root.iter() if e.get("id"))
    assert root.get("role") == "graphics-document document"
    assert all(element.get("aria-label") for element in root.iter("{*}a"))
    assert root.get("aria-labelledby") == "chart-2-title"


def test_without_links_it_is_an_image_with_a_name(flow):
    """A chart without links is one picture for assistive technology."""
    root = etree.fromstring(drawn(flow).svg.encode())
    assert root.get("role") == "img"
    assert root[0].text == "An example"
    assert root[1].text.startswith("Flowchart with 11 boxes, 1 of them evidence gap. It starts at")


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", " javascript:x", "java\nscript:x",
     "//evil.example", "vbscript:x", "file:///etc/passwd", "\\\\host", ""],
)  # fmt: skip
def test_unsafe_addresses_never_become_links(flow, address):
    """Only http, https, mailto, relative addresses and anchors become links."""
    assert safe_link(address) is None
    assert "<a " not in embed(drawn(flow), "p", lambda _: address)


@pytest.mark.parametrize(
    "address", ["#x", "page.html#x", "https://x.example/?a=1&b=2", "mailto:a@b.example"]
)
def test_safe_addresses_become_links(address):
    """Addresses of the allowed kinds are kept."""
    assert safe_link(address) == address


def test_a_file_of_its_own_has_style_for_dark_and_print(flow):
    """A stand-alone SVG follows the system and prints black; one in a page has no style."""
    svg = standalone_svg(drawn(flow))
    assert "prefers-color-scheme: dark" in svg
    assert "@media print" in svg
    assert "var(--pw-treat-fill" in svg
    assert "<style" not in drawn(flow).svg


def test_too_many_boxes_are_refused_with_the_limit(flow):
    """Over 600 boxes there is no chart, and the reason says how many there may be."""
    many = tuple(evolve(flow.boxes[0], id=f"b{number}") for number in range(MAX_BOXES + 1))
    failure = draw([("x", evolve(flow, boxes=many, arrows=()))])["x"]
    assert isinstance(failure, Failure)
    assert "601 boxes" in failure.reason
    assert "600" in failure.reason
    assert "outline" in failure.help


def test_drawings_are_kept_and_failures_are_not(flow, tmp_path):
    """A kept drawing needs no engine; a failure is tried again."""
    cache = ChartCache(tmp_path / "charts")
    broken = EngineSettings(command=str(tmp_path / "no-such-engine"))
    assert isinstance(draw([("x", flow)], broken, cache)["x"], Failure)
    assert not (tmp_path / "charts").exists()
    first = draw([("x", flow)], cache=cache)["x"]
    assert len([path for path in cache.folder.rglob("*") if path.is_file()]) == 1
    stopped = EngineSettings(seconds=0.000001)
    assert draw([("x", flow)], stopped, cache)["x"].svg == first.svg


def test_a_damaged_kept_drawing_is_drawn_again(flow, tmp_path):
    """What is in the cache is read as carefully as what the engine writes."""
    cache = ChartCache(tmp_path)
    first = draw([("x", flow)], cache=cache)["x"]
    kept = next(path for path in tmp_path.rglob("*") if path.is_file())
    kept.write_bytes(b"<svg")
    assert draw([("x", flow)], cache=cache)["x"].svg == first.svg


def test_png_is_drawn_where_letters_can_be(flow, relabelled):
    """PNG is refused where the engine would draw empty boxes for letters."""
    assert charts.png(flow).startswith(b"\x89PNG")
    for label in ("乳腺癌", "سرطان", "कैंसर", "🩺"):
        refused = charts.png(relabelled(first_drug=label))
        assert isinstance(refused, Failure)
        assert "SVG" in refused.help
    assert charts.png(relabelled(first_drug="β ≥ ё é")).startswith(b"\x89PNG")


def test_pdf_is_written_or_says_what_to_install(flow, monkeypatch):
    """PDF comes from the system's dot or from typst; else the reason names the pip command."""
    made = charts.pdf(flow)
    assert isinstance(made, Failure) or made.startswith(b"%PDF")
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    none = charts.pdf(flow, EngineSettings(command="no-such-engine"))
    assert none == Failure("PDF needs one more package", "pip install 'pathwaydsl[pdf]'")


def test_only_safe_words_reach_the_engine(relabelled):
    """In the DOT source an author's text stands escaped inside labels, nowhere else."""
    source = charts.dot_source(relabelled(first_drug='"><IMG SRC="x"/>', heart="\\N"))
    assert "IMG SRC=" not in source.replace("&lt;IMG SRC=&quot;", "")
    assert "first-drug" not in source
    assert lay_out([source], EngineSettings())[0].endswith(b"</svg>\n")


def test_numbers_stay_with_their_units():
    """A line never breaks between a number and what follows it."""
    assert wrapped("below 12 months or 50 % of all", 64, 10) == (
        "below",
        "12 months or",
        "50 % of all",
    )


def test_east_asian_text_wraps_and_has_its_width():
    """East Asian letters are a full square wide, and a line may break between them."""
    lines = wrapped("转移性乳腺癌的一线治疗", 60, 10)
    assert len(lines) == 3
    assert all(width(line, 10) <= 60 for line in lines)
    assert width("转", 10) >= 10
