"""Whatever a file looks like, its canonical form keeps every token and every comment."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.syntax.test_reference import ROWS, in_frame

from pathwaydsl.formatting import safe
from pathwaydsl.formatting.printer import format_file
from pathwaydsl.formatting.trivia import comments_of
from pathwaydsl.syntax.reader import read
from pathwaydsl.syntax.texts import text_value
from pathwaydsl.syntax.tree import Node, SyntaxFile, Token
from pathwaydsl.text.source import Source

PATHWAYS = Path(__file__).parents[3] / "pathways"

SIGNS = frozenset({"LBRACE", "RBRACE", "LPAR", "RPAR", "COMMA", "DAY_COMMA", "DOTDOT", "ARROW"})
"""Signs that need no blank beside them."""

blanks = st.sampled_from([" ", "  ", "\t", "\u00a0", "\u202f ", "\n", "\n\n", "\r\n", " \n\n\n  "])
comments = st.builds(
    lambda before, text, after: f"{before}# {text}\n{after}",
    blanks,
    st.sampled_from(
        ['say "x', "} {", "when a -> b", "# more", "é ≥ 3", "", 'a """', "allow PW402: x"]
    ),
    st.sampled_from(["", "  ", "\n", "\n\n\n\t"]),
)
between_words = st.one_of(
    blanks, blanks, blanks, comments, st.builds(str.__add__, comments, comments)
)


def definitions() -> list[list[Token]]:
    """The tokens of every definition of the shipped files, and of every row of the reference."""
    found = []
    texts = [path.read_text("utf-8") for path in sorted(PATHWAYS.rglob("*.pathway"))]
    texts += [in_frame(frame, written) for _, frame, written, _ in ROWS]
    for text in texts:
        root = read(Source("a.pathway", text)).value.root
        found += [list(part.tokens()) for part in root.children[1:] if isinstance(part, Node)]
    return found


DEFINITIONS = definitions()


@st.composite
def respaced(draw: st.DrawFn, between: st.SearchStrategy[str] = between_words) -> str:
    """A file of real definitions with other blanks, and comments anywhere between tokens."""
    chosen = draw(st.lists(st.sampled_from(DEFINITIONS), min_size=1, max_size=3))
    pieces = [draw(st.sampled_from(["", "\n", "# top\n\n# more\n"])), "pathwaydsl", " ", "1"]
    before = ""
    for tokens in chosen:
        for token in tokens:
            kind = token.type
            if kind == "UNIT":
                space = "" if str(token) == "%" and draw(st.booleans()) else " "
            elif (kind in SIGNS or before in SIGNS) and draw(st.booleans()):
                space = ""
            else:
                space = draw(between)
            pieces += [space, str(token)]
            before = kind
    pieces.append(draw(st.sampled_from(["", "\n", "\n\n\n", " # end", "\n\n# end\n"])))
    return "".join(pieces)


def parsed(text: str) -> SyntaxFile:
    """The file, which must read without findings of severity error."""
    outcome = read(Source("a.pathway", text))
    assert not [found for found in outcome.findings if found.rule != "PW124"]
    return outcome.value


def shape(part: Node | Token) -> object:
    """Kinds and words of a tree; what a text means instead of how it is indented."""
    if isinstance(part, Node):
        return str(part.kind), tuple(shape(child) for child in part.children)
    return part.type, text_value(part) if part.type == "TEXT" else str(part)


@given(respaced())
def test_tree_and_comments_stay(text: str) -> None:
    """Same tree, same words, same comments in the same order, and a form that stays."""
    file = parsed(text)
    printed = format_file(file)
    again = parsed(printed)
    assert shape(again.root) == shape(file.root)
    assert list(comments_of(again)) == list(comments_of(file))
    assert format_file(again) == printed


@given(respaced(blanks))
def test_blanks_make_no_difference(text: str) -> None:
    """Empty lines aside, the form depends on words and comments only."""
    file = parsed(text)
    pieces = []
    position = 0
    for token in file.root.tokens():
        between = text[position : token.start_pos]
        pieces += [between.strip(), "\n" if "#" in between else " ", str(token)]
        position = token.end_pos
    plain = "".join([*pieces, "\n", text[position:].strip()]).lstrip()

    def lines(printed: str) -> list[str]:
        return [line for line in printed.replace("\r", "").split("\n") if line.strip()]

    printed, plainly = format_file(file), format_file(parsed(plain))
    if "#" not in text or "#" not in text[position:]:
        assert lines(printed) == lines(plainly)


@given(respaced())
def test_what_comes_out_is_tidy(text: str) -> None:
    """No blanks end a line, no two empty lines follow each other, one line break ends the file."""
    printed = format_file(parsed(text))
    outside = printed if '"""' not in printed else ""
    assert printed.endswith("\n")
    assert not printed.endswith("\n\n")
    lines = [line.rstrip("\r") for line in outside.split("\n")]
    assert all(line == line.rstrip() for line in lines)
    assert "\n\n\n" not in "\n".join(lines)


@given(respaced())
def test_the_checked_form_is_given_out(text: str) -> None:
    """The run-time check agrees: no real file is refused."""
    outcome = safe.formatted(Source("a.pathway", text))
    if outcome.value is None:
        assert {found.rule for found in outcome.findings} == {"PW124"}
