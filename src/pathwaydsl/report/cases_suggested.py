"""Suggested cases as text to paste into a file, with what remains as comments."""

from pathwaydsl.cases.suggesting import Suggestions, case_as_written
from pathwaydsl.formatting.safe import formatted
from pathwaydsl.model.pathway import Library
from pathwaydsl.report.text import harmless
from pathwaydsl.text.source import Source

_KINDS = {"box": "coming to", "branch": "the line", "gap": "the gap", "threshold": "the limit"}

_HEAD = "pathwaydsl 1\n\n"


def as_text(found: Suggestions, library: Library, *, name: str) -> str:
    """The cases in canonical form, ready to paste; what remains stands in comments.

    Args:
        found: What was found.
        library: What its values mean.
        name: How the file is called, for the comment on top.
    """
    lines: list[str] = []
    if found.cases:
        cases = "\n".join(case_as_written(each.case, library) for each in found.cases)
        lines += [_comment(f"For {name}: cases for what no case exercises so far."), ""]
        lines += [canonical(cases)]
    else:
        lines.append(_comment(f"For {name}: there is no case to suggest."))
    lines += [
        _comment(f"No case for {_KINDS[each.part.kind]} {each.part.says}: {each.why}.")
        for each in found.remaining
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def canonical(cases: str) -> str:
    """Cases in canonical form."""
    text = formatted(Source("cases.pathway", _HEAD + cases)).value
    return (text or _HEAD + cases).removeprefix(_HEAD)


def _comment(text: str) -> str:
    return f"# {' '.join(harmless(text).split())}"
