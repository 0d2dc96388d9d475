"""The rules about rewriting: a file is only rewritten after its new form was checked."""

from pathwaydsl.text.finding import Severity
from pathwaydsl.text.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        code="PW132",
        name="formatting-check-failed",
        severity=Severity.ERROR,
        summary="The canonical form of a file did not pass its check, so the file was left alone.",
        why="A formatter must never change what a pathway says. Before a file is rewritten its "
        "new form is read again: the same words, the same statements, the same comments in the "
        "same order. No file is known that fails; one that does is a mistake of this tool, "
        "and the file stays as it is.",
        bad="",
        good="pathwaydsl 1\n",
    ),
    Rule(
        code="PW135",
        name="migration-check-failed",
        severity=Severity.ERROR,
        summary="The form of a file in the next edition did not pass its check, so the file was "
        "left alone.",
        why="Before a file of an older edition is rewritten, its new form is read again, with "
        "every comment in it. No file is known that fails; one that does is a mistake of this "
        "tool, and the file stays as it is.",
        bad="",
        good="pathwaydsl 1\n",
        suppressible=False,
    ),
    Rule(
        code="PW136",
        name="not-canonical",
        severity=Severity.WARNING,
        summary="A file is not in canonical form; only `fmt --check` tells this.",
        why="In one form for all, a change shows what was changed and nothing else.",
        bad="pathwaydsl 1\n\n\n",
        good="pathwaydsl 1\n",
    ),
)
"""The first two have no bad example, as no file is known that fails; the last is of `fmt` alone."""
