"""Whatever a file holds, loading it says what is wrong and never fails."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathwaydsl.project.loading import load_project
from pathwaydsl.report.github import as_github
from pathwaydsl.report.json_report import as_json
from pathwaydsl.report.text import as_text

CONTENT = Path(__file__).parents[3] / "pathways"
WORDS = re.findall(
    r'"[^"]*"|[\w.-]+|[^\s\w]',
    (CONTENT / "her2-mbc" / "second-line.pathway").read_text("utf-8"),
)
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(['"', '"""', "{", "}", "(", ")", "#", "\0", "\u202e", "\ufeff", "\r", "use"]),
    st.text(max_size=5),
)


def _reported(folder):
    project = load_project([folder])
    for found in project.findings:
        if found.span is not None and found.file in project.sources:
            length = len(project.sources[found.file].text)
            assert 0 <= found.span.start <= found.span.end <= length
    as_text(project.findings, project.sources, colour=True)
    as_json(project.findings, project.sources)
    as_github(project.findings, project.sources)
    return project


@pytest.fixture
def folder(tmp_path):
    """A project of its own."""
    (tmp_path / "pathwaydsl.toml").write_text("")
    return tmp_path


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200))
def test_any_bytes_are_told(folder, content):
    """Any bytes at all make findings, never an exception."""
    (folder / "a.pathway").write_bytes(content)
    assert _reported(folder).errors


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(PIECES, max_size=60))
def test_any_words_are_told(folder, pieces):
    """The language's own words in any order make findings, never an exception."""
    text = "pathwaydsl 1\n" + " ".join(pieces)
    (folder / "a.pathway").write_bytes(text.encode(errors="surrogatepass"))
    _reported(folder)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_configuration_is_told(folder, text):
    """Any text as configuration makes findings, never an exception."""
    (folder / "a.pathway").write_text("pathwaydsl 1\n")
    (folder / "pathwaydsl.toml").write_text(text, encoding="utf-8", newline="")
    _reported(folder)


@pytest.mark.parametrize("seed", range(6))
def test_real_files_with_stretches_missing_are_told(folder, seed):
    """Real content with a stretch cut out of it makes findings, never an exception."""
    text = (CONTENT / "her2-mbc" / "second-line.pathway").read_text("utf-8")
    for step in range(8):
        start = (seed * 2_741 + step * 1_933) % len(text)
        (folder / "a.pathway").write_text(text[:start] + text[start + 37 * (step + 1) :], "utf-8")
        assert _reported(folder).errors
