"""The functions of the public Python interface: load, check and render.

They do what the commands do, and give values instead of printing.
"""

from collections.abc import Sequence
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Literal, assert_never

from pathwaydsl.chart.drawing import Drawing, dot_source, draw, pdf, png, standalone_svg
from pathwaydsl.chart.engine import EngineSettings, Failure
from pathwaydsl.chart.flow import flow_of
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.model.values import PartialDate
from pathwaydsl.project.configuration import Configuration
from pathwaydsl.project.loading import Project, load_project
from pathwaydsl.text.finding import Finding

Format = Literal["svg", "png", "pdf", "dot"]


class RenderError(Exception):
    """A flowchart that could not be drawn.

    Attributes:
        reason: Why, as the end of a sentence.
        help: What to do about it, or None.
    """

    def __init__(self, reason: str, help: str | None = None) -> None:  # noqa: A002
        super().__init__(reason)
        self.reason = reason
        self.help = help


def load(*paths: str | PathLike[str], as_of: date | None = None) -> Project:
    """Load and check files, and every pathway file below folders, with all they import.

    Args:
        paths: Files and folders; none stand for the current folder.
        as_of: The date that everything relative to today is counted to; without it that of
            `pathwaydsl.toml`, and without one nothing is found that is relative to today.

    Returns:
        The project: its documents, each with a pathway or without, and its findings. What is
        wrong with a file is among the findings and never raised.

    Raises:
        DifferentProjectsError: If the paths lie in different projects.
    """
    return load_project(_paths(paths), as_of=_day(as_of))


def check(*paths: str | PathLike[str], as_of: date | None = None) -> tuple[Finding, ...]:
    """Every finding of files and folders, sorted; arguments as for `load`."""
    return load(*paths, as_of=as_of).findings


def render(
    pathway: Pathway,
    format: Format = "svg",  # noqa: A002  the word of the command line
    *,
    configuration: Configuration | None = None,
) -> bytes:
    """Draw the flowchart of a pathway.

    Args:
        pathway: A resolved pathway, such as `project.documents[name].pathway`.
        format: `svg`, `png`, `pdf` or `dot`.
        configuration: Which engine to use, and its limits; `project.configuration`.

    Raises:
        RenderError: If it could not be drawn.
    """
    flow = flow_of(pathway)
    engine = engine_of(configuration or Configuration())
    result: bytes | Failure
    match format:
        case "dot":
            result = dot_source(flow).encode()
        case "svg":
            drawing = draw([(pathway.id, flow)], engine)[pathway.id]
            result = standalone_svg(drawing).encode() if isinstance(drawing, Drawing) else drawing
        case "png":
            result = png(flow, engine)
        case "pdf":
            result = pdf(flow, engine)
        case _:
            assert_never(format)
    if isinstance(result, Failure):
        raise RenderError(result.reason, result.help)
    return result


def engine_of(configuration: Configuration) -> EngineSettings:
    """The layout engine that a configuration asks for, with its limits."""
    limits = configuration.limits
    return EngineSettings(
        command=configuration.dot if configuration.engine == "dot" else None,
        seconds=limits.engine_seconds,
        memory=limits.engine_memory * 1_000_000,
        output=limits.engine_output,
        boxes=limits.boxes,
    )


def _paths(paths: Sequence[str | PathLike[str]]) -> list[Path]:
    return [Path(path) for path in paths] or [Path()]


def _day(day: date | None) -> PartialDate | None:
    return None if day is None else PartialDate(day.year, day.month, day.day)
