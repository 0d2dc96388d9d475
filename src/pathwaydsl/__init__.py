"""Clinical pathways as text: the public Python interface.

`load` reads files, `check` gives their findings, `walk` takes one patient through a pathway,
`render` draws it, `compare` says what changed between two versions, and the classes of the model
say what it holds. What stands in `__all__` is stable; everything else may change.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathwaydsl.cases.walk import Step, Stop, Walk
    from pathwaydsl.model.cases import Case
    from pathwaydsl.model.criteria import Condition, Criterion, Score
    from pathwaydsl.model.evidence import Evidence, Result, Scheme
    from pathwaydsl.model.expressions import Expression
    from pathwaydsl.model.gaps import Gap
    from pathwaydsl.model.nodes import Node
    from pathwaydsl.model.pathway import Document, Library, Pathway
    from pathwaydsl.model.recommendations import Recommendation
    from pathwaydsl.model.regimens import Drug, Regimen
    from pathwaydsl.model.values import Code, PartialDate, Quantity, Version
    from pathwaydsl.project.interface import check, load, render, walk
    from pathwaydsl.project.loading import Project
    from pathwaydsl.text.finding import Finding, Severity
    from pathwaydsl.text.source import Source
    from pathwaydsl.text.span import Span
    from pathwaydsl.versions import Bump, Change, Comparison, compare

    __version__: str

__all__ = [
    "Bump",
    "Case",
    "Change",
    "Code",
    "Comparison",
    "Condition",
    "Criterion",
    "Document",
    "Drug",
    "Evidence",
    "Expression",
    "Finding",
    "Gap",
    "Library",
    "Node",
    "PartialDate",
    "Pathway",
    "Project",
    "Quantity",
    "Recommendation",
    "Regimen",
    "Result",
    "Scheme",
    "Score",
    "Severity",
    "Source",
    "Span",
    "Step",
    "Stop",
    "Version",
    "Walk",
    "__version__",
    "check",
    "compare",
    "load",
    "render",
    "walk",
]

_HOMES = {
    "project.interface": ("check", "load", "render", "walk"),
    "cases.walk": ("Step", "Stop", "Walk"),
    "model.cases": ("Case",),
    "model.criteria": ("Condition", "Criterion", "Score"),
    "model.evidence": ("Evidence", "Result", "Scheme"),
    "model.expressions": ("Expression",),
    "model.gaps": ("Gap",),
    "model.nodes": ("Node",),
    "model.pathway": ("Document", "Library", "Pathway"),
    "model.recommendations": ("Recommendation",),
    "model.regimens": ("Drug", "Regimen"),
    "model.values": ("Code", "PartialDate", "Quantity", "Version"),
    "project.loading": ("Project",),
    "text.finding": ("Finding", "Severity"),
    "text.source": ("Source",),
    "text.span": ("Span",),
    "versions": ("Bump", "Change", "Comparison", "compare"),
}
"""Where each public name lives; a part is imported when one of its names is asked for."""


def __getattr__(name: str) -> Any:
    """Import a public name when it is asked for."""
    if name == "__version__":
        from importlib.metadata import version

        return version("pathwaydsl")
    home = next((home for home, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module 'pathwaydsl' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"pathwaydsl.{home}"), name)


def __dir__() -> list[str]:
    """The public names."""
    return __all__
