"""Findings for people."""

import re

from pathwaydsl.report.counts import count
from pathwaydsl.report.text import as_text, cells, harmless, summary
from pathwaydsl.text.finding import Label
from pathwaydsl.text.rules import finding
from pathwaydsl.text.source import Source


def _found(source, word, **options):
    start = source.text.index(word)
    return finding("PW101", "this is wrong", source.span(start, start + len(word)), **options)


def _text_of(source, *findings, **options):
    return as_text(findings, {source.name: source}, **options)


def test_an_excerpt_has_line_number_and_caret():
    """The line, a caret under the place, and the help."""
    source = Source("a.pathway", "pathwaydsl 1\n\nfoo bar baz\n")
    text = _text_of(source, _found(source, "bar", help="Write `b`."))
    assert text == (
        "error: This is wrong [PW101 not-utf8]\n"
        " --> a.pathway:3:5\n"
        "  |\n"
        "3 | foo bar baz\n"
        "  |     ^^^\n"
        "  = help: Write `b`.\n"
        "\n"
    ).replace("not-utf8", re.search(r"PW101 ([a-z0-9-]+)", text)[1])


def test_a_second_place_is_shown_with_its_words():
    """A labelled place has its own excerpt."""
    source = Source("a.pathway", "one\ntwo\n")
    label = Label(source.span(4, 7), "first here")
    text = _text_of(source, _found(source, "one", labels=[label]))
    assert "a.pathway:2:1" in text
    assert "--- first here" in text


def test_wide_letters_and_tabs_keep_the_caret_in_place():
    """The caret stands under the place in the columns of a terminal."""
    source = Source("a", "\t\u5bb6\u0301 bar")
    lines = _text_of(source, _found(source, "bar")).splitlines()
    line, caret = lines[3].partition("| ")[2], lines[4].partition("| ")[2]
    assert cells(line.partition("bar")[0]) == caret.index("^")


def test_a_place_at_the_end_of_the_file_is_shown():
    """An empty place has one caret."""
    source = Source("a", "abc")
    text = _text_of(source, finding("PW101", "ends", source.span(3, 3)))
    assert "  |    ^\n" in text


def test_a_long_line_is_cut_around_the_place():
    """A label of a megabyte does not fill the terminal."""
    source = Source("a", f"{'x' * 500_000}bar{'y' * 500_000}")
    text = _text_of(source, _found(source, "bar"))
    assert len(text) < 600
    assert "\u2026" in text
    lines = text.splitlines()
    assert lines[3].partition("| ")[2].index("bar") == lines[4].partition("| ")[2].index("^")


def test_control_characters_never_reach_the_terminal():
    """Escape, NUL and direction marks are made visible."""
    source = Source("a", "\x1b[31mfoo\x00\u202e")
    text = _text_of(source, finding("PW101", "a \x1b[0m b", source.span(5, 8)))
    assert not set(text) & {"\x1b", "\x00", "\u202e"}
    assert harmless("\u202e") == "\\u{202e}"


def test_colour_only_when_asked():
    """No escape sequence without colour, some with it."""
    source = Source("a", "foo")
    assert "\x1b" not in _text_of(source, _found(source, "foo"))
    assert "\x1b" in _text_of(source, _found(source, "foo"), colour=True)


def test_a_finding_without_a_place_names_its_file():
    """A file that could not be read is still named."""
    text = as_text([finding("PW104", "there is no file x", None, file="x")], {})
    assert " --> x\n" in text


def test_names_can_be_shown_otherwise():
    """The caller says how a file's name is printed."""
    source = Source("a", "foo")
    assert "../a:1:1" in _text_of(source, _found(source, "foo"), shown=lambda name: f"../{name}")


def test_the_summary_counts():
    """One line says how many, in words."""
    source = Source("a", "foo")
    assert summary(count([], 1)) == "No findings in 1 file."
    assert summary(count([_found(source, "foo")] * 2, 3)) == "2 errors in 3 files."
