"""Every rule about names finds its bad example and nothing else."""

import pytest

from pathwaydsl.resolve import resolve
from pathwaydsl.syntax.reader import imports, read
from pathwaydsl.text.rules.names import RULES
from pathwaydsl.text.source import Source

LOADED = {"PW203", "PW204", "PW205"}
"""Rules about files, told by who loads them."""


def _found(text, files):
    outcomes = {n: read(Source(n, t)) for n, t in (("example.pathway", text), *files)}
    trees = {name: outcome.value for name, outcome in outcomes.items()}
    targets = {
        (name, use.path): use.path
        for name, file in trees.items()
        for use in imports(file)
        if use.path in trees
    }
    found = [f for outcome in outcomes.values() for f in outcome.findings]
    return [f.rule for f in (*found, *resolve(trees, targets).findings)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_examples_of_the_rules(rule):
    """The bad example has exactly its finding, the good one none."""
    bad = [] if rule.code in LOADED else [rule.code]
    assert _found(rule.bad, rule.files) == bad
    assert _found(rule.good, rule.files) == []
