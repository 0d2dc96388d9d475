"""The shipped pathways as JSON and back."""

import json
from pathlib import Path

import jsonschema
import pytest

from pathwaydsl.exchange.json_model import from_json, schema, to_json
from pathwaydsl.project.loading import load_project

CONTENT = Path(__file__).parents[3] / "pathways"


@pytest.fixture(scope="module")
def project():
    """The shipped content, releases asked for by name, for a folder alone leaves them out."""
    return load_project([CONTENT, *CONTENT.rglob("releases/*/*.pathway")], checked=False)


@pytest.mark.parametrize(
    "name", sorted(path.relative_to(CONTENT).as_posix() for path in CONTENT.rglob("*.pathway"))
)
def test_each_shipped_file_comes_back_equal(project, name):
    """Export validates against the published schema and reads back as it was."""
    [file] = [file for file in project.documents if file.endswith(name)]
    text = to_json(project.documents[file])
    validator = jsonschema.Draft202012Validator(schema())
    assert not list(validator.iter_errors(json.loads(text)))
    assert from_json(text) == project.documents[file]
