"""The functions of the public Python interface: load, check, walk and render.

They do what the commands do, and give values instead of printing.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Literal, assert_never

from pathwaydsl.cases.answers import NoAnswerError, answer
from pathwaydsl.cases.walk import Walk
from pathwaydsl.cases.walker import walk as walk_case
from pathwaydsl.chart.drawing import Drawing, dot_source, draw, pdf, png, standalone_svg
from pathwaydsl.chart.engine import EngineSettings, Failure
from pathwaydsl.chart.flow import flow_of
from pathwaydsl.model.cases import Case, Chosen
from pathwaydsl.model.cases import Given as GivenStep
from pathwaydsl.model.nodes import Assignment, Choose
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.model.values import PartialDate
from pathwaydsl.project.configuration import Configuration
from pathwaydsl.project.loading import Project, load_project
from pathwaydsl.text.finding import Finding
from pathwaydsl.text.suggestion import listed

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


Given = str | bool | int | Decimal | None | Collection[str]
"""A value of a criterion: text as on the command line, `None` for unknown, names for a set."""


def walk(
    pathway: Pathway,
    case: Case | None = None,
    *,
    given: Mapping[str, Given] = MappingProxyType({}),
    choose: Mapping[str, str] = MappingProxyType({}),
) -> Walk:
    """Walk one patient through a pathway.

    Args:
        pathway: A resolved pathway, such as `project.documents[name].pathway`.
        case: A case of the pathway, or any other; without it a patient without values.
        given: More values from the start, by criterion.
        choose: The option that is taken at a box, by box.

    Returns:
        The walk: its steps with the reason for each, and why it goes no further. A value that is
        needed and not given stops it; nothing is assumed.

    Raises:
        ValueError: If a criterion, a box or a value does not exist; its text says what does.
    """
    steps = case.steps if case is not None else ()
    values = tuple(_assignment(pathway, name, value) for name, value in given.items())
    for box, option in choose.items():
        node = pathway.node.get(box)
        options = [each.target for each in node.options] if isinstance(node, Choose) else []
        if option not in options:
            offered = listed((f"`{each}`" for each in options), "and") or "none"
            raise ValueError(f"`{option}` is no option of `{box}`; its options: {offered}")
    chosen = tuple(Chosen(box, option) for box, option in choose.items())
    start = (GivenStep(values),) if values else ()
    label = case.label if case is not None else "walk"
    return walk_case(pathway, Case(label, (*start, *steps, *chosen)))


def _assignment(pathway: Pathway, name: str, value: Given) -> Assignment:
    match value:
        case None:
            text = "unknown"
        case bool():
            text = "yes" if value else "no"
        case str():
            text = value
        case int() | Decimal():
            text = f"{value}"
        case _:
            text = ",".join(sorted(value))
    try:
        return answer(f"{name}={text}", pathway.library)
    except NoAnswerError as error:
        raise ValueError(error.message) from None


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
