"""`pathwaydsl.toml`."""

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from pathwaydsl.model.values import PartialDate
from pathwaydsl.project.configuration import Configuration, Limits, read_configuration
from pathwaydsl.project.settings import SETTINGS, as_json_schema, as_markdown
from pathwaydsl.text.finding import Severity
from pathwaydsl.text.rules import all_rules, rule
from pathwaydsl.text.source import Source

ROOT = Path(__file__).parents[3]
SCHEMA = ROOT / "src/pathwaydsl/project/schema/pathwaydsl-toml.schema.json"
PAGE = ROOT / "docs/reference/configuration.md"


def _read(text):
    return read_configuration(Source("pathwaydsl.toml", text))


def _complaint(text):
    [found] = _read(text).findings
    assert found.rule == "PW131"
    source = Source("pathwaydsl.toml", text)
    return found, source.text[found.span.start : found.span.end]


def test_nothing_written_means_the_defaults():
    """An empty file is the defaults."""
    assert _read("").value == Configuration()
    assert _read("").findings == ()


def test_every_setting_is_read():
    """Each setting reaches the configuration."""
    suppressible = next(r.code for r in all_rules() if r.suppressible)
    outcome = _read(f"""
as-of = 2025-12-24
exclude = ["drafts/*"]
baseline = "quality/known.toml"

[rules]
{suppressible} = "off"

[units]
vials = ["vial"]

[gaps]
kinds = ["implementation"]

[chart]
engine = "dot"
dot = "/usr/bin/dot"

[site]
base-url = "https://example.org/pathways/"

[limits]
file-size = 1
nesting = 2
boxes = 3
engine-seconds = 4
engine-memory = 64
engine-output = 6
""")
    assert outcome.findings == ()
    got = outcome.value
    assert got.as_of == PartialDate(2025, 12, 24)
    assert got.exclude == ("drafts/*",)
    assert got.baseline == "quality/known.toml"
    assert got.severities == {suppressible: None}
    assert [(u.name, u.spellings, u.singular) for u in got.units] == [
        ("vials", ("vials", "vial"), "vial")
    ]
    assert got.gap_kinds == ("implementation",)
    assert (got.engine, got.dot) == ("dot", "/usr/bin/dot")
    assert got.base_url == "https://example.org/pathways/"
    assert got.limits == Limits(1, 2, 3, 4, 64, 6)


def test_a_rule_may_be_named_by_its_name():
    """A severity may stand under the rule's name."""
    chosen = next(r for r in all_rules() if r.suppressible)
    assert _read(f'rules."{chosen.name}" = "error"').value.severities == {
        chosen.code: Severity.ERROR
    }


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("as_of = 2025-12-24\n", "as_of", "there is no setting"),
        ("[gaps]\nkind = []\n", "kind", "has no setting `kind`"),
        ("[gap]\nkinds = []\n", "gap", "no table"),
        ("[chart]\nengine = 'neato'\n", "engine", "cannot be"),
        ("[limits]\nboxes = '600'\n", "boxes", "whole number is expected"),
        ("[limits]\nboxes = true\n", "boxes", "not true or false"),
        ("[limits]\nboxes = 0\n", "boxes", "at least 1"),
        ("[limits]\nnesting = 401\n", "nesting", "at most 400"),
        ("as-of = '2025-12-24'\n", "as-of", "date is expected"),
        ("baseline = '../known.toml'\n", "baseline", "below the project's root"),
        ("baseline = '/known.toml'\n", "baseline", "below the project's root"),
        ("baseline = 'pathwaydsl.toml'\n", "baseline", "below the project's root"),
        ("baseline = 'known.pathway'\n", "baseline", "below the project's root"),
        ("[site]\nbase-url = 'example.org'\n", "base-url", "not the address"),
        ("[site]\nbase-url = 'javascript://x'\n", "base-url", "not the address"),
        ("[site]\nbase-url = 'https://a/<script>'\n", "base-url", "not the address"),
        ("[rules]\nPW999 = 'off'\n", "PW999", "no rule"),
        ("[units]\nmg = []\n", "mg", "already"),
        ("[units]\n'a b' = []\n", "a b", "cannot be written"),
        ("[gaps]\nkinds = ['Big']\n", "kinds", "cannot be a word"),
        ("exclude = 'x'\n", "exclude", "list of texts"),
        ("limits = 3\n", "limits", "is a table"),
    ],
)
def test_a_mistake_is_one_finding_at_its_key(text, place, words):
    """An unknown key or a wrong value is one finding, at the key."""
    found, shown = _complaint(text)
    assert shown == place
    assert words in found.message.lower()


def test_what_is_no_toml_has_its_place():
    """A syntax error is one finding where it is."""
    text = "[gaps]\nkinds = [\n"
    [found] = _read(text).findings
    assert Source("", text).place(found.span.start).line >= 2
    assert "not TOML" in found.message


def test_a_misspelt_setting_is_suggested():
    """A near miss is named."""
    assert "`kinds`" in _complaint("[gaps]\nkind = []\n")[0].help
    assert "`gaps`" in _complaint("[gap]\nkinds = []\n")[0].help


def test_a_rule_about_treatment_cannot_be_lowered():
    """What may not be suppressed in a file may not be lowered here either."""
    found, _ = _complaint("[rules]\nPW131 = 'off'\n")
    assert "cannot be lowered" in found.message
    assert _read("[rules]\nPW131 = 'error'\n").findings == ()


def test_the_rule_is_in_the_catalogue():
    """PW131 is one of the rules."""
    assert rule("PW131").name == "bad-configuration"


def test_the_schema_and_the_page_are_current():
    """Schema and manual are what the table says."""
    assert json.loads(SCHEMA.read_text("utf-8")) == as_json_schema()
    assert PAGE.read_text("utf-8") == as_markdown()


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_every_example_of_the_manual_is_read(setting):
    """Each example is valid for the reader and for the schema."""
    text = setting.example if setting.name == "*" else f"{setting.name} = {setting.example}"
    if setting.section:
        text = f"[{setting.section}]\n{text}"
    known = {r.code for r in all_rules()}
    if setting.key == "rules.*" and "PW402" not in known:
        text = text.replace("PW402", next(r.code for r in all_rules() if r.suppressible))
    assert _read(text).findings == ()
    jsonschema.Draft202012Validator.check_schema(as_json_schema())
    written = tomllib.loads(text)
    jsonschema.validate(json.loads(json.dumps(written, default=str)), as_json_schema())
