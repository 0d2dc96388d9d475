"""Good files, written from the reference alone: no finding, and the canonical form beside them.

`pytest --rewrite` writes the canonical forms anew; read them before you commit them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pathwaydsl.exchange.json_model import from_json, to_json
from pathwaydsl.formatting.safe import formatted
from pathwaydsl.project.loading import load_project
from pathwaydsl.text.source import Source

HERE = Path(__file__).parent
FILES = sorted(HERE.rglob("*.pathway"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_good_file_has_no_findings(path):
    """However it is spaced and commented, a good file is read and checked without a finding."""
    assert load_project([path]).findings == ()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_canonical_form_of_a_good_file(path, expected):
    """Every file has one canonical form, which keeps its comments."""
    source = Source(path.name, path.read_text("utf-8-sig"))
    outcome = formatted(source)
    assert outcome.findings == ()
    expected(path.with_suffix(".canonical"), outcome.value)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_good_file_goes_through_json_and_back(path):
    """What a file means is the same after JSON, whatever constructs it holds."""
    for document in load_project([path]).documents.values():
        assert from_json(to_json(document)) == document
