"""PW1: reading a file: its characters, words, texts, blocks and edition."""

from pathwaydsl.text.finding import Severity
from pathwaydsl.text.rules.configuration import RULES as CONFIGURATION
from pathwaydsl.text.rules.formatting import RULES as FORMATTING
from pathwaydsl.text.rules.rule import Rule
from pathwaydsl.text.rules.suppressions import RULES as SUPPRESSIONS

ERROR = Severity.ERROR

_GOOD = """pathwaydsl 1

criterion lvef "Ejection fraction" {
  number 0..100 %
}
"""


def _bad(old: str, new: str) -> str:
    return _GOOD.replace(old, new)


CHARACTERS_TO_BLOCKS: tuple[Rule, ...] = (
    Rule(
        "PW101",
        "not-utf-8",
        ERROR,
        "The file is not encoded in UTF-8.",
        "Letters such as µ or é would come out as other letters, on another machine even as none.",
        _GOOD.replace("Ejection", "Éjection").encode("latin-1"),
        _GOOD,
    ),
    Rule(
        "PW102",
        "empty-file",
        ERROR,
        "The file holds nothing.",
        "An empty file is most often one that was not saved.",
        "\n",
        _GOOD,
    ),
    Rule(
        "PW103",
        "file-too-large",
        ERROR,
        "The file is larger than the limit.",
        "A pathway that a person can review is never that large; the limit is in pathwaydsl.toml.",
        "",
        _GOOD,
    ),
    Rule(
        "PW104",
        "unreadable-file",
        ERROR,
        "The file cannot be opened, or is not a file.",
        "What is not read is not checked.",
        "",
        _GOOD,
    ),
    Rule(
        "PW105",
        "edition",
        ERROR,
        "The file does not begin with `pathwaydsl 1`.",
        "The first line says in which edition of the language a file is written, "
        "so that it means the same in ten years.",
        _bad("pathwaydsl 1\n\n", ""),
        _GOOD,
    ),
    Rule(
        "PW106",
        "invisible-character",
        ERROR,
        "An invisible character stands in the file.",
        "It can make a line look different from what it says.",
        _bad("number 0", "number\u200b 0"),
        _GOOD,
    ),
    Rule(
        "PW107",
        "unclosed-text",
        ERROR,
        "A text in quotation marks is not closed.",
        "Where a text ends decides what the rest of the line says.",
        _bad('fraction"', "fraction"),
        _GOOD,
    ),
    Rule(
        "PW108",
        "unclosed-block",
        ERROR,
        "A block that was opened with a brace is not closed.",
        "Without its closing brace nobody can tell where a block ends.",
        _GOOD.removesuffix("}\n"),
        _GOOD,
    ),
    Rule(
        "PW109",
        "stray-brace",
        ERROR,
        "A closing brace stands where no block is open.",
        "It closes something too early, or nothing.",
        _GOOD + "}\n",
        _GOOD,
    ),
    Rule(
        "PW110",
        "unexpected",
        ERROR,
        "Something stands where the language has no place for it, or something is missing.",
        "What cannot be read is left out of every check.",
        _bad("0..100", "0 100"),
        _GOOD,
    ),
    Rule(
        "PW111",
        "unknown-statement",
        ERROR,
        "A statement begins with a word that does not begin one here.",
        "A statement that is not read is not checked, however right it is.",
        _bad("number", "numbr"),
        _GOOD,
    ),
    Rule(
        "PW112",
        "reserved-word",
        ERROR,
        "A word of the language is used as a name.",
        "A few words are kept for the language, so that a line is never read in two ways.",
        _bad("criterion lvef", "criterion within"),
        _GOOD,
    ),
    Rule(
        "PW113",
        "malformed-name",
        ERROR,
        "A name has capital letters, underscores or other signs.",
        "Names are small letters and digits joined by hyphens, so that nobody has to "
        "remember how one was written.",
        _bad("lvef", "LVEF"),
        _GOOD,
    ),
    Rule(
        "PW114",
        "malformed-number",
        ERROR,
        "A number is not written as a number.",
        "Numbers are exact: `0.62`, never `0,62` or `.62`.",
        _bad("0..100", "0..0100"),
        _GOOD,
    ),
    Rule(
        "PW115",
        "malformed-date",
        ERROR,
        "A date is not a day of the calendar written as 2025-12-24.",
        "Other ways of writing a date mean different days in different countries.",
        'pathwaydsl 1\n\nevidence asco "ASCO" {\n  kind guideline\n  published 2025-02-30\n}\n',
        'pathwaydsl 1\n\nevidence asco "ASCO" {\n  kind guideline\n  published 2025-02-28\n}\n',
    ),
    Rule(
        "PW116",
        "malformed-version",
        ERROR,
        "A version is not three whole numbers such as 2.0.0.",
        "Versions are compared, so they must all have the same form.",
        'pathwaydsl 1\n\npathway care "Care" {\n  version 1.2\n  date 2025-01-01\n  status draft\n'
        '  population "All"\n  eligible everyone\n  start at done\n\n  end done "Done"\n}\n',
        'pathwaydsl 1\n\npathway care "Care" {\n  version 1.2.0\n  date 2025-01-01\n'
        "  status draft\n"
        '  population "All"\n  eligible everyone\n  start at done\n\n  end done "Done"\n}\n',
    ),
    Rule(
        "PW117",
        "wrong-sign",
        ERROR,
        "A sign is written in a way the language does not have.",
        "One meaning, one spelling: `>=`, `<=`, `=`, `is not`, `->` and straight quotation marks.",
        _bad('"Ejection fraction"', "“Ejection fraction”"),
        _GOOD,
    ),
    Rule(
        "PW118",
        "missing-blank",
        ERROR,
        "A letter follows a number without a blank.",
        "In `10mg` and `1Omg` the eye does not see the difference.",
        _bad("0..100 %", "0..100kg"),
        _bad("0..100 %", "0..100 kg"),
    ),
    Rule(
        "PW119",
        "mixed-and-or",
        ERROR,
        "`and` and `or` stand side by side without parentheses.",
        "`a and b or c` is read in two ways; parentheses say which one is meant.",
        'pathwaydsl 1\n\ncriterion a "A" {\n  yes or no\n}\n\n'
        'condition c "C" means a and not a or a\n',
        'pathwaydsl 1\n\ncriterion a "A" {\n  yes or no\n}\n\n'
        'condition c "C" means (a and not a) or a\n',
    ),
    Rule(
        "PW120",
        "trailing-comma",
        ERROR,
        "Nothing follows a comma.",
        "Either the comma is too much or something was lost.",
        'pathwaydsl 1\n\ncriterion hr "Receptor" {\n  one of positive, negative,\n}\n',
        'pathwaydsl 1\n\ncriterion hr "Receptor" {\n  one of positive, negative\n}\n',
    ),
    Rule(
        "PW121",
        "wrong-escape",
        ERROR,
        "A backslash in a text is followed by something that means nothing.",
        r"In a text `\"`, `\\`, `\n`, `\t` and `\u{…}` have a meaning.",
        _bad("Ejection fraction", r"Ejection\ fraction"),
        _GOOD,
    ),
    Rule(
        "PW122",
        "nested-too-deep",
        ERROR,
        "Too many parentheses or blocks stand within each other.",
        "Nobody can read that, and reading it must not take for ever.",
        'pathwaydsl 1\n\ncriterion a "A" {\n  yes or no\n}\n\n'
        'condition c "C" means ' + "(" * 201 + "a" + ")" * 201 + "\n",
        'pathwaydsl 1\n\ncriterion a "A" {\n  yes or no\n}\n\ncondition c "C" means (a)\n',
    ),
    Rule(
        "PW124",
        "repeated-statement",
        ERROR,
        "A statement that stands once in its block stands there twice.",
        "Which of the two holds?",
        _bad("  number 0..100 %\n", "  number 0..100 %\n  may be unknown\n  may be unknown\n"),
        _bad("  number 0..100 %\n", "  number 0..100 %\n  may be unknown\n"),
    ),
    Rule(
        "PW126",
        "merge-marks",
        ERROR,
        "The file still holds the marks of a merge that was not finished.",
        "Both versions stand in it, and none of them holds.",
        _GOOD + "<<<<<<< HEAD\n=======\n>>>>>>> other\n",
        _GOOD,
    ),
)

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (*CHARACTERS_TO_BLOCKS, *SUPPRESSIONS, *CONFIGURATION, *FORMATTING),
        key=lambda rule: rule.code,
    )
)
