"""The grammar as a whole: its terminals, its keywords, its words, and that it is unambiguous."""

import re
from functools import cache

import pytest
from lark.parsers.lalr_analysis import LALR_Analyzer
from tests.unit.syntax.test_reference import FRAMES, ROWS, in_frame

from pathwaydsl.model.evidence import EVIDENCE_KINDS
from pathwaydsl.model.gaps import GAP_KINDS, GAP_PRIORITIES, GAP_STATUSES
from pathwaydsl.model.pathway import STATUSES
from pathwaydsl.model.recommendations import STRENGTHS
from pathwaydsl.model.regimens import ROUTES
from pathwaydsl.model.units import UNITS
from pathwaydsl.syntax.grammar import grammar_text, new_parser, parser
from pathwaydsl.syntax.reader import read
from pathwaydsl.syntax.words import NEVER_NAMED, in_words, keywords, reserved_words
from pathwaydsl.text.source import Source

KEYWORDS = sorted(keywords().items())

NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")

OPENING = {
    "title": ("act", "advise", "decide", "drug", "gap", "treat", "when", "otherwise", "version"),
    "words of expressions": ("and", "or", "not", "in", "is", "known", "unknown", "had"),
}

SCHEDULE_WORDS = ("once", "daily", "weekly", "monthly", "twice", "times", "cycle", "cycles")
LEVELS = (
    "high",
    "moderate",
    "low",
    "very-low",
    "weak",
    "intermediate",
    "insufficient",
    "committee",
)
CLOSED_LIST_WORDS = sorted(
    {
        *EVIDENCE_KINDS,
        *GAP_KINDS,
        *GAP_PRIORITIES,
        *GAP_STATUSES,
        *STATUSES,
        *STRENGTHS,
        *SCHEDULE_WORDS,
        *LEVELS,
        *ROUTES,
        *(spelling for unit in UNITS for spelling in unit.spellings if NAME.fullmatch(spelling)),
    }
)


@cache
def row_with(terminal: str) -> tuple[str, int, int] | None:
    """A whole text of the reference that holds this keyword, and where it stands in it."""
    for _, frame, written, _ in ROWS:
        text = in_frame(frame, written)
        for token in parser().parse(text).tokens():
            if token.type == terminal:
                return text, token.start_pos, token.end_pos
    return None


def test_the_grammar_has_no_conflicts() -> None:
    """Strict analysis finds neither shift/reduce nor reduce/reduce conflicts.

    It is the analysis alone: comparing every terminal with every other takes minutes.
    """
    LALR_Analyzer(new_parser().parser.parser_conf, strict=True).compute_lalr()


def test_no_terminal_is_anonymous() -> None:
    """Every terminal has a name, so messages can speak of it."""
    assert not [t.name for t in new_parser().terminals if t.name.startswith("__")]


@pytest.mark.parametrize("name", sorted({t.name for t in new_parser().terminals} - NEVER_NAMED))
def test_every_terminal_has_words_for_authors(name: str) -> None:
    """A message never shows the name of a terminal."""
    said = in_words(name)
    assert said
    assert name not in said or said == "`AUC`"


@pytest.mark.parametrize(("terminal", "word"), KEYWORDS, ids=[word for _, word in KEYWORDS])
@pytest.mark.parametrize("ending", ["x", "-x", "2", "-2"])
def test_a_longer_word_is_a_name_where_a_name_may_stand(
    terminal: str, word: str, ending: str
) -> None:
    """`whenever` and `when-ready` are names of definitions and in expressions."""
    longer = f"{word}{ending}"
    text = f'pathwaydsl 1\ncondition {longer} "C" means {longer} and had {longer}\n'
    outcome = read(Source("a.pathway", text))
    assert outcome.findings == ()
    tokens = list(outcome.value.root.tokens())
    assert [token.type for token in tokens if token == longer] == ["NAME"] * 3
    assert terminal


@pytest.mark.parametrize(("terminal", "word"), KEYWORDS, ids=[word for _, word in KEYWORDS])
@pytest.mark.parametrize("ending", ["x", "-x", "2", "_x", "X"])
def test_a_longer_word_is_never_the_keyword(terminal: str, word: str, ending: str) -> None:
    """Where the keyword belongs, a longer word is not read as the keyword and a rest."""
    found = row_with(terminal)
    assert found is not None, f"no text of the reference holds `{word}`"
    text, start, end = found
    assert text[start:end] == word
    changed = f"{text[:end]}{ending}{text[end:]}"
    outcome = read(Source("a.pathway", changed))
    as_keyword = [
        token
        for token in outcome.value.root.tokens()
        if token.type == terminal and token.start_pos == start
    ]
    assert outcome.findings or not as_keyword


@pytest.mark.parametrize("word", CLOSED_LIST_WORDS)
def test_a_word_of_a_closed_list_is_a_value(word: str) -> None:
    """A criterion may have any of them among its values."""
    text = (
        f'pathwaydsl 1\ncriterion c "C" {{ one of {word}, other also {word}-2 }}\n'
        f'condition zz "D" means c is {word} or c in {{other, {word}}} or c is not {word}\n'
        f'case "K" {{ given c is {word} }}\n'
    )
    outcome = read(Source("a.pathway", text))
    assert outcome.findings == ()
    values = [token for token in outcome.value.root.tokens() if token == word]
    assert {token.type for token in values} == {"WORD"}


@pytest.mark.parametrize("word", CLOSED_LIST_WORDS)
def test_a_word_of_a_closed_list_is_a_name(word: str) -> None:
    """A node, a criterion, a drug and a gap may be called so, wherever they are named."""
    template = """pathwaydsl 1
use WORD_HERE from "a.pathway"
criterion WORD_HERE "C" { whole number 0..4 }
drug WORD_HERE "D"
regimen WORD_HERE "R" { give WORD_HERE 5 mg PO daily when WORD_HERE = 2 }
pathway WORD_HERE "P" {
  start at WORD_HERE
  eligible when WORD_HERE = 0
  assess WORD_HERE "A" { measures WORD_HERE, b flags WORD_HERE then WORD_HERE }
  treat WORD_HERE "T" {
    regimen WORD_HERE
    monitor WORD_HERE every 3 weeks
    within 3 weeks of WORD_HERE
    sets WORD_HERE = 1
    then WORD_HERE
  }
  decide WORD_HERE "D" {
    when WORD_HERE >= 2 -> WORD_HERE flags WORD_HERE
    when had WORD_HERE -> b
    unknown -> WORD_HERE
  }
  choose WORD_HERE "O" { option WORD_HERE when not WORD_HERE option b }
  during WORD_HERE { when WORD_HERE = 3 -> WORD_HERE }
}
case "K" {
  given WORD_HERE = 2
  at WORD_HERE given WORD_HERE
  at WORD_HERE choose WORD_HERE
  expect WORD_HERE later WORD_HERE
}
"""
    outcome = read(Source("a.pathway", template.replace("WORD_HERE", word)))
    assert outcome.findings == ()
    named = [
        token for token in outcome.value.root.tokens() if token == word and token.type == "NAME"
    ]
    assert len(named) == template.count("WORD_HERE")


@pytest.mark.parametrize("word", sorted(reserved_words()))
def test_a_reserved_word_is_refused_as_a_name_with_a_suggestion(word: str) -> None:
    """The finding says that the word belongs to the language and offers another name."""
    findings = read(Source("a.pathway", f'pathwaydsl 1\ndrug {word} "D"\n')).findings
    assert [found.rule for found in findings] == ["PW112"]
    assert f"`{word}`" in findings[0].message
    assert findings[0].help


@pytest.mark.parametrize("word", sorted(reserved_words() - {"not", "known", "unknown"}))
def test_a_reserved_word_may_be_a_value(word: str) -> None:
    """Only `not`, `known` and `unknown` are kept from values."""
    text = f'criterion c "C" {{ one of {word}, b }}\ncondition zz "D" means c is {word}\n'
    text = f"pathwaydsl 1\n{text}"
    assert read(Source("a.pathway", text)).findings == ()


def test_reserved_words_are_words_of_the_grammar() -> None:
    """The list that names refuse holds keywords only, and every word that opens a statement."""
    assert reserved_words() <= set(keywords().values())
    for words in (OPENING["title"], OPENING["words of expressions"]):
        assert set(words) <= reserved_words()


def test_keywords_are_sorted_and_alike() -> None:
    """Each keyword is its terminal's name in small letters, with the same boundary."""
    rows = re.findall(r"^(\w+)\.5: /([a-z-]+)(\(.*)/$", grammar_text("keywords.lark"), re.MULTILINE)
    assert [name for name, _, _ in rows] == sorted(name for name, _, _ in rows)
    assert len({boundary for _, _, boundary in rows}) == 1
    for name, word, _ in rows:
        assert name.removeprefix("KW_").lower().replace("_", "-") == word


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f", "\t", "\r\n", " \n ", " # \"a\" { 'b' \n"])
def test_anything_blank_separates_words(blank: str) -> None:
    """No-break blanks, tabs, line breaks and comments with quotation marks stand between words."""
    text = blank.join(["pathwaydsl 1", "drug", "d", '"D"', "{", "class", '"x"', "}"])
    outcome = read(Source("a.pathway", text))
    assert outcome.findings == ()
    assert [str(t) for t in outcome.value.root.tokens()][2:] == [
        "drug", "d", '"D"', "{", "class", '"x"', "}",
    ]  # fmt: skip


def test_every_frame_is_used() -> None:
    """The table of frames holds nothing that no row stands in."""
    assert {row[1] for row in ROWS} | {"case"} == set(FRAMES)
