"""Each bad file with exactly the findings that stand beside it.

`pytest --rewrite` writes the expected findings anew; read them before you commit them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pathwaydsl.project.loading import load_project
from pathwaydsl.report.text import as_text

HERE = Path(__file__).parent


@pytest.mark.parametrize("path", sorted(HERE.glob("*.pathway")), ids=lambda path: path.stem)
def test_findings_of_a_bad_file(path, expected, tmp_path):
    """A bad file is reported as the text beside it says."""
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    project = load_project([copy])
    assert project.findings
    expected(path.with_suffix(".txt"), as_text(project.findings, project.sources))
