"""The table of rules, one module a theme; reference page, `explain` and tests come from it."""

from collections.abc import Sequence
from functools import cache
from importlib import import_module

from pathwaydsl.text.finding import Finding, Fix, Label, Severity
from pathwaydsl.text.rules.rule import Rule
from pathwaydsl.text.span import Span

THEMES = {
    "PW1": ("reading", "Reading: encoding, words, texts, blocks, edition"),
    "PW2": ("names", "Names, imports, kinds, values, units"),
    "PW3": ("flow", "Flow: how patients go through the pathway"),
    "PW4": ("evidence", "Evidence and safety"),
    "PW5": ("gaps", "Evidence gaps"),
    "PW6": ("versions", "Versions and dates"),
    "PW7": ("cases", "Cases"),
    "PW8": ("prose", "Prose and labels"),
}


@cache
def theme(prefix: str) -> tuple[Rule, ...]:
    """The rules of one theme, `PW1` to `PW8`, in the order of their codes."""
    module = import_module(f"pathwaydsl.text.rules.{THEMES[prefix][0]}")
    rules: tuple[Rule, ...] = module.RULES
    return rules


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of their codes."""
    return tuple(rule for prefix in THEMES for rule in theme(prefix))


@cache
def _by_code(prefix: str) -> dict[str, Rule]:
    return {rule.code: rule for rule in theme(prefix)}


def rule(code: str) -> Rule:
    """The rule of a code.

    Raises:
        KeyError: If there is none.
    """
    return _by_code(code[:3])[code]


def rule_named(name: str) -> Rule | None:
    """The rule of a code or a name, in any case, or None."""
    wanted = name.strip().lower()
    return next((r for r in all_rules() if wanted in {r.code.lower(), r.name}), None)


def finding(
    code: str,
    message: str,
    span: Span | None,
    *,
    file: str | None = None,
    labels: Sequence[Label] = (),
    help: str | None = None,  # noqa: A002  the word findings use for it
    fixes: Sequence[Fix] = (),
    severity: Severity | None = None,
) -> Finding:
    """A finding of a rule, with the rule's severity unless another is given.

    Raises:
        KeyError: If no rule has that code.
        ValueError: If neither a span nor a file is given.
    """
    name = file if file is not None else span.file if span is not None else None
    if name is None:
        raise ValueError(code)
    return Finding(
        rule=code,
        severity=severity or rule(code).severity,
        message=(message if message.startswith(f"{name} ") else _begun(message)).removesuffix("."),
        file=name,
        span=span,
        labels=tuple(labels),
        help=_ended(_begun(help)) if help else None,
        fixes=tuple(fixes),
    )


def _begun(sentence: str) -> str:
    """A sentence with its first letter written large, unless it begins with a file's name."""
    first = sentence.split(maxsplit=1)[:1]
    if first and ("/" in first[0] or "." in first[0].rstrip(".")):
        return sentence
    return sentence[:1].upper() + sentence[1:]


def _ended(sentence: str) -> str:
    """A sentence with its full stop."""
    return sentence if sentence.endswith((".", "?", "!", ":", "…", ")")) else f"{sentence}."
