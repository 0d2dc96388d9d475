"""Drawing charts: flows in, drawings or failures out, in as few runs of the engine as can be."""

from collections.abc import Callable, Sequence

from attrs import frozen

from pathwaydsl.chart.boxes import Flow
from pathwaydsl.chart.cache import ChartCache
from pathwaydsl.chart.dot import Sheet, Wordings, sheet_of
from pathwaydsl.chart.engine import EngineSettings, Failure, engine_version, lay_out
from pathwaydsl.chart.lettering import only_latin
from pathwaydsl.chart.picture import Picture, picture_of
from pathwaydsl.chart.svg import packing_of, size_of, written_svg


@frozen
class Drawing:
    """A chart with places; `embed` and `standalone_svg` make SVG of it."""

    flow: Flow
    sheet: Sheet
    picture: Picture

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        return size_of(packing_of(self.sheet, self.picture))

    @property
    def svg(self) -> str:
        """The chart as SVG, without links."""
        return embed(self, "", lambda _: None)


def draw(
    flows: Sequence[tuple[str, Flow]],
    engine: EngineSettings | None = None,
    cache: ChartCache | None = None,
) -> dict[str, Drawing | Failure]:
    """Every flow as a drawing, or why there is none, by the names given.

    Drawings that the cache holds are not drawn again; failures are always tried again.
    """
    return draw_sheets([(name, flow, None) for name, flow in flows], engine, cache)


def draw_sheets(
    sheets: Sequence[tuple[str, Flow, Wordings | None]],
    engine: EngineSettings | None = None,
    cache: ChartCache | None = None,
) -> dict[str, Drawing | Failure]:
    """The same for flows with other wordings than their own."""
    settings = engine if engine is not None else EngineSettings()
    version = engine_version(settings)
    if isinstance(version, Failure):
        return {name: version for name, _, _ in sheets}
    drawn: dict[str, Drawing | Failure] = {}
    waiting: list[tuple[str, Flow, Sheet, str]] = []
    for name, flow, wordings in sheets:
        refused = _refused(flow, settings)
        if refused is not None:
            drawn[name] = refused
            continue
        sheet = sheet_of(flow, lettered=False, wordings=wordings)
        key = ChartCache.key(sheet.source, version)
        kept = cache.get(key) if cache is not None else None
        known = _drawing(flow, sheet, kept) if kept is not None else None
        if isinstance(known, Drawing):
            drawn[name] = known
        else:
            waiting.append((name, flow, sheet, key))
    results = lay_out([sheet.source for _, _, sheet, _ in waiting], settings)
    for (name, flow, sheet, key), result in zip(waiting, results, strict=True):
        drawing = result if isinstance(result, Failure) else _drawing(flow, sheet, result)
        drawn[name] = drawing
        if cache is not None and isinstance(drawing, Drawing) and isinstance(result, bytes):
            cache.put(key, result)
    return {name: drawn[name] for name, _, _ in sheets}


def _refused(flow: Flow, settings: EngineSettings) -> Failure | None:
    if not flow.boxes:
        return Failure("it has no boxes")
    if len(flow.boxes) > settings.boxes:
        return Failure(
            f"it has {len(flow.boxes)} boxes, and a chart may have {settings.boxes}",
            "the outline is shown in its place",
        )
    return None


def _drawing(flow: Flow, sheet: Sheet, content: bytes) -> Drawing | Failure:
    """The drawing in what the engine wrote, if everything is in it."""
    picture = picture_of(content)
    if picture is None:
        return Failure("the layout engine wrote something that is no drawing")
    if any(not picture.outlines.get(placed.dot_id) for placed in sheet.placed):
        return Failure("the layout engine left boxes out")
    return Drawing(flow, sheet, picture)


def embed(drawing: Drawing, prefix: str, link_of: Callable[[str], str | None]) -> str:
    """The chart as SVG for a page.

    Args:
        drawing: The chart.
        prefix: Stands before every id; another one for each place where the chart is shown.
        link_of: The address of a node by its id, or None; only safe addresses become links.
    """
    return written_svg(drawing.flow, drawing.sheet, drawing.picture, prefix=prefix, link_of=link_of)


def standalone_svg(drawing: Drawing, link_of: Callable[[str], str | None] = lambda _: None) -> str:
    """The chart as a file of its own, in light, dark and print."""
    svg = written_svg(
        drawing.flow,
        drawing.sheet,
        drawing.picture,
        prefix="pw-",
        link_of=link_of,
        standalone=True,
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{svg}\n'


def dot_source(flow: Flow) -> str:
    """The chart as DOT source, for other tools."""
    return sheet_of(flow).source


def png(flow: Flow, engine: EngineSettings | None = None) -> bytes | Failure:
    """The chart as PNG; refused where the engine would draw empty boxes for letters."""
    settings = engine if engine is not None else EngineSettings()
    source = _lettered(flow, settings)
    return source if isinstance(source, Failure) else lay_out([source], settings, "png")[0]


def _lettered(flow: Flow, settings: EngineSettings) -> str | Failure:
    """The source of a PNG, or why there can be none."""
    refused = _refused(flow, settings)
    if refused is not None:
        return refused
    sheet = sheet_of(flow)
    words = "".join(line.text for placed in sheet.placed for line in placed.block.lines)
    if settings.command is None and not only_latin(words):
        return Failure(
            "PNG cannot show letters other than Latin, Greek and Cyrillic here",
            "write SVG, which shows every script",
        )
    return sheet.source


def pngs(
    flows: Sequence[tuple[str, Flow]],
    engine: EngineSettings | None = None,
    cache: ChartCache | None = None,
) -> dict[str, bytes | Failure]:
    """Every flow as PNG, by the names given, in as few runs of the engine as can be."""
    settings = engine if engine is not None else EngineSettings()
    version = engine_version(settings)
    if isinstance(version, Failure):
        return {name: version for name, _ in flows}
    made: dict[str, bytes | Failure] = {}
    waiting: list[tuple[str, str, str]] = []
    for name, flow in flows:
        source = _lettered(flow, settings)
        if isinstance(source, Failure):
            made[name] = source
            continue
        key = ChartCache.key(source, version, "png")
        kept = cache.get(key) if cache is not None else None
        if kept is not None:
            made[name] = kept
        else:
            waiting.append((name, source, key))
    results = lay_out([source for _, source, _ in waiting], settings, "png")
    for (name, _, key), result in zip(waiting, results, strict=True):
        made[name] = result
        if cache is not None and isinstance(result, bytes):
            cache.put(key, result)
    return made


def pdf(flow: Flow, engine: EngineSettings | None = None) -> bytes | Failure:
    """The chart as PDF: by the system's `dot` where there is one, else by `typst`."""
    settings = engine if engine is not None else EngineSettings()
    refused = _refused(flow, settings)
    if refused is not None:
        return refused
    system = EngineSettings(
        command=settings.command or "dot",
        seconds=settings.seconds,
        memory=settings.memory,
        output=settings.output,
    )
    if not isinstance(engine_version(system), Failure):
        return lay_out([sheet_of(flow).source], system, "pdf")[0]
    try:
        import typst  # noqa: PLC0415  an extra
    except ImportError:
        return Failure("PDF needs one more package", "pip install 'pathwaydsl[pdf]'")
    drawing = draw([("chart", flow)], settings)["chart"]
    if isinstance(drawing, Failure):
        return drawing
    return _typeset(typst, drawing)


def _typeset(typst: object, drawing: Drawing) -> bytes | Failure:
    """One page of the size of the chart."""
    width, height = drawing.size
    page = (
        f"#set page(width: {width:g}pt, height: {height:g}pt, margin: 0pt)\n"
        f'#image(bytes(sys.inputs.svg), format: "svg", width: {width:g}pt)\n'
    )
    try:
        result = typst.compile(  # type: ignore[attr-defined]
            page.encode(), sys_inputs={"svg": drawing.svg}, format="pdf"
        )
    except Exception as error:  # noqa: BLE001  it has no root of its own for what it raises
        return Failure(f"typst could not write the PDF: {error}")
    return bytes(result)
