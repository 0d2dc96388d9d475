"""Anchors of a page: stable addresses made of ids.

An id never holds two hyphens in a row, so a pair of them keeps the parts apart, and every anchor
begins with the pathway's id, so that several pathways can stand on one page.
"""


def step(pathway: str, node: str) -> str:
    """Where a step stands in the outline."""
    return f"{pathway}--{node}"


def section(pathway: str, name: str) -> str:
    """Where a part of the page begins."""
    return f"{pathway}--section--{name}"


def recommendation(pathway: str, node: str) -> str:
    """Where a recommendation is told in full."""
    return f"{pathway}--recommendation--{node}"


def evidence(pathway: str, name: str) -> str:
    """Where a study or document is told with its results."""
    return f"{pathway}--evidence--{name}"


def gap(pathway: str, name: str) -> str:
    """Where an evidence gap is told in full."""
    return f"{pathway}--gap--{name}"


def criterion(pathway: str, name: str) -> str:
    """Where a criterion is told with its answers."""
    return f"{pathway}--criterion--{name}"


def regimen(pathway: str, name: str) -> str:
    """Where a regimen is told with its doses; the first time it stands on the page."""
    return f"{pathway}--regimen--{name}"
