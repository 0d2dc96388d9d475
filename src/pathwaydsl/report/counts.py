"""How many findings there are, of each severity."""

from collections.abc import Iterable

from attrs import frozen

from pathwaydsl.text.finding import Finding, Severity


@frozen
class Counts:
    """Findings by severity, and the number of files looked at."""

    errors: int
    warnings: int
    notes: int
    files: int

    @property
    def total(self) -> int:
        """All findings."""
        return self.errors + self.warnings + self.notes

    @property
    def by_severity(self) -> tuple[tuple[Severity, int], ...]:
        """Each severity with its number, errors first."""
        numbers = (self.errors, self.warnings, self.notes)
        return tuple(zip(Severity, numbers, strict=True))


def count(findings: Iterable[Finding], files: int) -> Counts:
    """Count findings by severity."""
    numbers = dict.fromkeys(Severity, 0)
    for found in findings:
        numbers[found.severity] += 1
    return Counts(
        errors=numbers[Severity.ERROR],
        warnings=numbers[Severity.WARNING],
        notes=numbers[Severity.INFO],
        files=files,
    )
