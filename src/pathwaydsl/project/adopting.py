"""What was found in a project, beside the baseline that its root holds."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from attrs import frozen

from pathwaydsl.checks.suppression import apply
from pathwaydsl.project.baseline import Entry, Looked, compare, read_baseline, stale
from pathwaydsl.project.configuration import Configuration
from pathwaydsl.project.reading_files import read_source
from pathwaydsl.text.finding import Finding
from pathwaydsl.text.rules import finding
from pathwaydsl.text.source import Source


@frozen
class Adopted:
    """Findings beside a baseline.

    Attributes:
        findings: Those that count, sorted, with what is wrong with the baseline.
        known: Those that the baseline knows, sorted.
        entries: The entries of the baseline, or None where there is none that can be read.
        source: Its text, or None.
    """

    findings: tuple[Finding, ...]
    known: tuple[Finding, ...] = ()
    entries: tuple[Entry, ...] | None = None
    source: Source | None = None


def beside_baseline(
    findings: Sequence[Finding],
    root: Path,
    configuration: Configuration,
    looked: Callable[[str], Looked],
) -> Adopted:
    """Leave out of a run's findings what the baseline knows.

    Args:
        findings: All that was found.
        root: The root of the project.
        configuration: Says where the baseline is.
        looked: How far the run looked at a file.
    """
    name = configuration.baseline
    if not os.path.lexists(root / name):
        return Adopted(tuple(findings))
    path = Path(os.path.realpath(root / name))
    if not path.is_relative_to(root):
        message = f"{name} leads out of the project, so every finding counts"
        return Adopted(_sorted((*findings, finding("PW133", message, None, file=name))))
    reading = read_source(path, name, most_bytes=configuration.limits.file_size)
    if reading.value is None or reading.findings:
        return Adopted(_sorted((*findings, *map(_unread, reading.findings))), source=reading.value)
    outcome = read_baseline(reading.value)
    compared = compare(findings, outcome.value, looked)
    gone = stale(compared.gone, reading.value)
    told = apply({}, (gone,) if gone else (), configuration.severities)
    return Adopted(
        _sorted((*compared.new, *outcome.findings, *told)),
        compared.known,
        outcome.value,
        reading.value,
    )


def _unread(found: Finding) -> Finding:
    message = f"The baseline cannot be read, so every finding counts: {found.message}"
    return finding("PW133", message, found.span, file=found.file)


def _sorted(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda found: found.order))
