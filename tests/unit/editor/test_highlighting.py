"""Pathway files in colour."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments.lexers import get_lexer_by_name, get_lexer_for_filename
from pygments.token import Error, Generic, Keyword, Name, Number, Operator, String

from pathwaydsl.editor.highlighting import BOXES, CONDITIONS, DEFINITIONS, PathwayLexer
from pathwaydsl.syntax.words import keywords, reserved_words
from pathwaydsl.text.rules import all_rules

LEXER = PathwayLexer(stripnl=False, ensurenl=False)
SHIPPED = sorted((Path(__file__).parents[3] / "pathways").rglob("*.pathway"))
WORDS = (Keyword, Operator.Word)


def tokens(text: str) -> list:
    return list(LEXER.get_tokens(text))


def kind_of(text: str, word: str):
    return next(kind for kind, value in tokens(text) if value == word)


def test_pygments_finds_the_lexer():
    """It is registered under the language's name and the ending of its files."""
    assert isinstance(get_lexer_by_name("pathway"), PathwayLexer)
    assert isinstance(get_lexer_for_filename("first-line.pathway"), PathwayLexer)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_nothing_in_a_shipped_pathway_is_strange(path):
    """Every word of the shipped pathways is known."""
    assert [value for kind, value in tokens(path.read_text("utf-8")) if kind is Generic.Error] == []


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_good_examples_are_known_and_bad_ones_are_shown(rule):
    """A good example holds nothing strange, and a bad one is never refused."""
    assert Generic.Error not in {kind for kind, _ in tokens(rule.good)}
    if isinstance(rule.bad, str):
        assert Error not in {kind for kind, _ in tokens(rule.bad)}


@given(st.text())
def test_every_text_is_kept(text):
    """Whatever the text, the tokens joined are the text, and none is an error."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    found = tokens(text)
    assert "".join(value for _, value in found) == text
    assert Error not in {kind for kind, _ in found}


@pytest.mark.parametrize("word", sorted(reserved_words()))
def test_every_word_of_the_language_is_coloured(word):
    """A reserved word is a keyword, and a name that begins with it is not."""
    assert kind_of(word, word) in Keyword or kind_of(word, word) is Operator.Word
    assert kind_of(f"{word}-two", f"{word}-two") is Name


def test_the_groups_hold_words_of_the_language_only():
    """What opens a definition or a box, or stands in a condition, is a reserved word."""
    assert reserved_words() >= DEFINITIONS | BOXES | CONDITIONS
    assert not DEFINITIONS & BOXES
    assert not CONDITIONS & (DEFINITIONS | BOXES)
    assert set(keywords().values()) >= reserved_words()


def test_names_values_and_texts_are_told_apart():
    """A name after its opening word, a quantity with its unit, a text with its escapes."""
    text = 'decide heart "A \\"strong\\" one?" {\n  when lvef >= 50 % -> go\n}\n'
    assert kind_of(text, "heart") is Name.Function
    assert kind_of(text, "go") is Name.Function
    assert kind_of(text, "50") is Number
    assert kind_of(text, "%") is Keyword.Type
    assert kind_of(text, '\\"') is String.Escape
