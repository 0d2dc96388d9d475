"""What is checked before a file is rewritten."""

import pytest

from pathwaydsl.formatting import safe
from pathwaydsl.formatting.trivia import comments_of
from pathwaydsl.syntax.reader import read
from pathwaydsl.text.source import Source

FILE = 'pathwaydsl 1\n# a\ndrug b "B" {\n class "x" # c\n}\n'


@pytest.mark.parametrize(
    "broken",
    ['pathwaydsl 1\ndrug b "B" {\n  class\n}\n', "pathwaydsl 1\ndrug b {\n", "", 'drug b "B"\n'],
)
def test_a_file_with_a_reading_error_is_left_alone(broken: str) -> None:
    """Nothing is formatted that could not be read whole; the findings say why."""
    outcome = safe.formatted(Source("a.pathway", broken))
    assert outcome.value is None
    assert outcome.findings


@pytest.mark.parametrize(
    ("spoiled", "said"),
    [
        (lambda text: text.replace('"x"', '"y"'), "every statement"),
        (lambda text: text.replace("# c", ""), "every comment"),
        (lambda text: text.replace("}", ""), "readable"),
        (lambda text: text.replace("\n", "\n\n\n"), "formatted again"),
    ],
)
def test_a_canonical_form_that_changes_the_file_is_refused(
    monkeypatch: pytest.MonkeyPatch, spoiled: object, said: str
) -> None:
    """A printer that loses or changes something is found out, and the file left as it is."""
    honest = safe.format_file
    monkeypatch.setattr(safe, "format_file", lambda file: spoiled(honest(file)))  # type: ignore[operator]
    outcome = safe.formatted(Source("a.pathway", FILE))
    assert outcome.value is None
    (found,) = outcome.findings
    assert found.rule == "PW132"
    assert said in found.message


def test_comments_come_in_order() -> None:
    """Comments are told from number signs in texts, and come in the order of the text."""
    text = '# 1\npathwaydsl 1 # 2\ndrug a # 3\n "# no" {\n # 4\n}\n# 5  '
    file = read(Source("a.pathway", text)).value
    assert list(comments_of(file)) == ["# 1", "# 2", "# 3", "# 4", "# 5"]
