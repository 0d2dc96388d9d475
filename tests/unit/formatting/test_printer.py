"""The canonical form, construct by construct."""

from pathlib import Path
from textwrap import dedent

import pytest

from pathwaydsl.formatting import safe
from pathwaydsl.formatting.printer import format_file
from pathwaydsl.syntax.reader import read
from pathwaydsl.text.source import Source

ROOT = Path(__file__).parents[3]
PATHWAYS = ROOT / "pathways"
SCHEMES = ROOT / "src" / "pathwaydsl" / "resolve" / "schemes.pathway"


def printed(text: str) -> str:
    return format_file(read(Source("a.pathway", text)).value)


def test_one_statement_a_line_with_two_columns_of_indent() -> None:
    """Statements stand on lines of their own, blocks two columns deeper."""
    assert printed(
        'pathwaydsl 1 criterion lvef "Ejection fraction"{number 0..100% may be unknown}'
    ) == (
        "pathwaydsl 1\n"
        'criterion lvef "Ejection fraction" {\n'
        "  number 0..100 %\n"
        "  may be unknown\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("means lvef>=50%", "means lvef >= 50 %"),
        ("means lvef  <\u00a050\u202f%", "means lvef < 50 %"),
        ("means lvef in 40 .. 50 %", "means lvef in 40..50 %"),
        ("means hr in{ positive ,low }", "means hr in {positive, low}"),
        ("means not( a or( b and c ) )", "means not (a or (b and c))"),
        (
            "means at least 2 of( a ,b,c )",
            "means at least 2 of (a, b, c)",
        ),
        ("means\n\n\n    a", "means a"),
    ],
)
def test_blanks_between_words(written: str, canonical: str) -> None:
    """One blank between words, none before commas, inside parentheses, sets and ranges."""
    assert printed(f'pathwaydsl 1\ncondition x "X" {written}\n') == (
        f'pathwaydsl 1\ncondition x "X" {canonical}\n'
    )


def test_a_block_without_statements_closes_where_it_opens() -> None:
    """`{}` stays on its line; with a comment inside it opens up."""
    assert printed(
        'pathwaydsl 1\ndrug a "A" {\n\n}\ndrug b "B" { # later\n}\ndrug c "C" {\n#x\n}'
    ) == ('pathwaydsl 1\ndrug a "A" {}\ndrug b "B" { # later\n}\ndrug c "C" {\n  #x\n}\n')


def test_empty_lines_are_kept_one_at_a_time() -> None:
    """Runs of empty lines become one; none stays after `{`, before `}` or at the ends."""
    text = """

    # top


    pathwaydsl 1



    drug a "A" {

      class "x"


      class "y"

      # end

    }
    drug b "B"


    """
    assert printed(dedent(text)) == dedent("""\
        # top

        pathwaydsl 1

        drug a "A" {
          class "x"

          class "y"

          # end
        }
        drug b "B"
        """)


def test_comments_stay_where_they_stand() -> None:
    """A comment at the end of a line stays there, one on its own line too."""
    text = """\
        # first
        pathwaydsl 1 # edition
        drug a # name
          "A" # label
          { # open
            # above
            class "x"   # beside
            # last
        } # closed
        # end"""
    assert printed(dedent(text)) == dedent("""\
        # first
        pathwaydsl 1 # edition
        drug a # name
          "A" # label
          { # open
          # above
          class "x" # beside
          # last
        } # closed
        # end
        """)


def test_comments_inside_lists_break_the_line() -> None:
    """After a comment inside a statement the statement goes on, one level deeper."""
    text = 'pathwaydsl 1\nuse a, # one\n# two\nb\n, c from "x.pathway"\n'
    assert printed(text) == 'pathwaydsl 1\nuse a, # one\n  # two\n  b, c from "x.pathway"\n'


def test_a_number_sign_in_a_text_is_no_comment() -> None:
    """Texts with `#` are left alone."""
    text = 'pathwaydsl 1\ndrug a "A # B" {\n  class "#x" # y "z"\n}\n'
    assert printed(text) == text


def test_then_every_stays_beside_its_monitor() -> None:
    """The later intervals of a `monitor` stand on its line."""
    text = """\
        pathwaydsl 1
        pathway care "P" {
          treat t "T" {
            monitor lvef every 6 weeks for 6 months
            then every 12 weeks
              then every 6 months
            then x
          }
        }
        """
    assert (
        "    monitor lvef every 6 weeks for 6 months then every 12 weeks then every 6 months\n"
        "    then x\n"
    ) in printed(dedent(text))


def test_the_dose_after_a_loading_dose_stays_on_its_line() -> None:
    """`then DOSE` belongs to its `give`."""
    text = 'pathwaydsl 1\nregimen r "R" {give a 8 mg/kg IV once\n then 6 mg/kg every 3 weeks}'
    assert "  give a 8 mg/kg IV once then 6 mg/kg every 3 weeks\n" in printed(text)


def test_long_lists_break_after_commas() -> None:
    """A list longer than the line goes on below, as many parts a line as fit."""
    names = ", ".join(f"criterion-number-{n}" for n in range(8))
    lines = printed(f'pathwaydsl 1\nuse {names} from "a.pathway"\n').splitlines()[1:]
    assert len(lines) == 2
    assert lines[0].endswith(",")
    assert lines[1].startswith("  criterion-number-")
    assert all(len(line) <= 100 for line in lines)


def test_long_conditions_break_before_and_or() -> None:
    """Each part of a long condition has its line; an inner group only where it must."""
    text = (
        "pathwaydsl 1\n"
        "impossible when first-long-criterion is positive and (second-long-criterion >= 12 months "
        'or third-long-criterion is never) and fourth-long-criterion < 50 % because "why"\n'
    )
    assert printed(text) == (
        "pathwaydsl 1\n"
        "impossible when first-long-criterion is positive\n"
        "  and (second-long-criterion >= 12 months or third-long-criterion is never)\n"
        "  and fourth-long-criterion < 50 %\n"
        '  because "why"\n'
    )


def test_prose_alone_breaks_nothing() -> None:
    """However long a text is, the statement stays on its line."""
    text = (
        f'pathwaydsl 1\ndrug a "A" {{\n  caution when b or c because "{"x" * 300}" cite d, e\n}}\n'
    )
    assert printed(text) == text


def test_labelled_values_stand_one_a_line_when_they_are_many() -> None:
    """A closed list that does not fit a line has one value a line."""
    values = [f'value-{n} "The label of value {n}"' for n in range(5)]
    text = f'pathwaydsl 1\ncriterion a "A" {{\n  one of {", ".join(values)}\n}}\n'
    joined = ",\n    ".join(values)
    assert printed(text) == f'pathwaydsl 1\ncriterion a "A" {{\n  one of {joined}\n}}\n'


def test_levels_of_an_axis() -> None:
    """Levels stand on one line if they fit, else one a line."""
    assert printed('pathwaydsl 1\nscheme s "S" {axis a{high "H",low "L"}}') == (
        'pathwaydsl 1\nscheme s "S" {\n  axis a { high "H", low "L" }\n}\n'
    )
    levels = [f'l{n} "{"long label " * 3}"' for n in range(4)]
    inner = ",\n    ".join(levels)
    assert printed(f'pathwaydsl 1\nscheme s "S" {{axis a {{{",".join(levels)}}}}}') == (
        f'pathwaydsl 1\nscheme s "S" {{\n  axis a {{\n    {inner}\n  }}\n}}\n'
    )


def test_texts_of_several_lines_move_with_their_statement() -> None:
    """The lines of a text move together; what they mean stays the same."""
    text = (
        'pathwaydsl 1\ndrug a "A" {\n      rationale """\n'
        '         one\n           two  \n\n         three\n         """\n}\n'
    )
    assert printed(text) == (
        'pathwaydsl 1\ndrug a "A" {\n  rationale """\n  one\n    two  \n\n  three\n  """\n}\n'
    )


def test_line_breaks_are_those_of_the_first_line() -> None:
    """A file with carriage returns keeps them throughout, also within texts."""
    text = 'pathwaydsl 1\r\ndrug a "A" {\r\n  rationale """\r\n  x\r\n  y\r\n  """ # z\r\n}\r\n'
    assert printed(text) == text
    assert printed(text.replace("\r\n", "\n", 1)).count("\r") == 0


def test_the_file_ends_with_one_line_break() -> None:
    """One line break ends the file, whatever stood there."""
    assert printed("pathwaydsl 1") == printed("pathwaydsl 1\n\n\n") == "pathwaydsl 1\n"


@pytest.mark.parametrize(
    "path", [*sorted(PATHWAYS.rglob("*.pathway")), SCHEMES], ids=lambda p: p.stem
)
def test_shipped_pathways_are_in_canonical_form(path: Path) -> None:
    """Every file of `pathways/`, and the built-in schemes, are their own canonical form."""
    text = path.read_bytes().decode()
    assert safe.formatted(Source(path.name, text)).value == text
