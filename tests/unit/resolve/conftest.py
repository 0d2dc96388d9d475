"""Small texts to documents, with everything that was found on the way."""

from collections.abc import Callable

import pytest

from pathwaydsl.model.pathway import Document, Pathway
from pathwaydsl.resolve import ResolveOptions, resolve
from pathwaydsl.syntax.reader import imports, read
from pathwaydsl.text.finding import Finding
from pathwaydsl.text.source import Source

HEAD = """pathway example "Example" {
  version 1.0.0
  date 2025-01-01
  status draft
  population "Adults"
  eligible everyone
  start at care
"""

CRITERIA = """
criterion hr "Hormone receptors" {
  one of positive "hormone-receptor positive", low, negative
  may be unknown
}
criterion lvef "LVEF" { number 0..100 % may be unknown }
criterion interval "Interval" { number 0..600 months also never "no earlier therapy" }
criterion ecog "ECOG" { whole number 0..4 }
criterion sites "Sites" { any of brain, liver, bone also none "no site" }
criterion pregnant "Pregnant" { yes or no }
condition fit "Fit" means ecog <= 1
score risk "Risk" { 2 points when pregnant 1 point when ecog >= 2 -1 points when fit }
drug docetaxel "Docetaxel"
drug trastuzumab "Trastuzumab"
regimen thp "THP" { give docetaxel 75 mg/m2 IV every 3 weeks }
evidence study "A study" { kind trial }
"""


class Project:
    """What a set of texts resolved to."""

    def __init__(self, texts: dict[str, str], options: ResolveOptions) -> None:
        outcomes = {name: read(Source(name, text)) for name, text in texts.items()}
        files = {name: outcome.value for name, outcome in outcomes.items()}
        targets = {
            (name, use.path): use.path
            for name, file in files.items()
            for use in imports(file)
            if use.path in files
        }
        outcome = resolve(files, targets, options)
        self.texts = texts
        self.documents = outcome.value
        self.reading = tuple(f for read in outcomes.values() for f in read.findings)
        self.findings = outcome.findings

    @property
    def document(self) -> Document:
        """The document of the file `example.pathway`."""
        return self.documents["example.pathway"]

    @property
    def pathway(self) -> Pathway:
        """Its pathway."""
        assert self.document.pathway is not None
        return self.document.pathway

    @property
    def codes(self) -> list[str]:
        """The rules that found something, in the order of the text."""
        return [finding.rule for finding in self.findings]

    def said(self, finding: Finding) -> str:
        """The text a finding points at."""
        assert finding.span is not None
        return self.texts[finding.file][finding.span.start : finding.span.end]


Resolved = Callable[..., Project]


@pytest.fixture
def resolved() -> Resolved:
    """Resolve definitions (`library`), or a pathway's statements (`inside`), with other files."""

    def make(
        library: str = "",
        inside: str | None = None,
        cases: str = "",
        files: dict[str, str] | None = None,
        options: ResolveOptions = ResolveOptions(),  # noqa: B008  frozen
    ) -> Project:
        text = f"pathwaydsl 1\n{library}\n"
        if inside is not None:
            text += f"{HEAD}{inside}\n}}\n{cases}"
        project = Project({"example.pathway": text, **(files or {})}, options)
        assert not project.reading, [f.message for f in project.reading]
        return project

    return make


@pytest.fixture
def criteria() -> str:
    """Definitions to refer to, without a finding."""
    return CRITERIA


@pytest.fixture
def condition(resolved: Resolved) -> Callable[[str], Project]:
    """Resolve one expression over the criteria, as the condition `asked`."""

    def make(expression: str) -> Project:
        return resolved(f'{CRITERIA}condition asked "Asked" means {expression}\n')

    return make
