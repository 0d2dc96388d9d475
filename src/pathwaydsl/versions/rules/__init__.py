"""The catalogue of changes, one module a theme; reference page and tests come from it."""

from collections.abc import Mapping
from types import MappingProxyType

from pathwaydsl.versions.rules import (
    advice,
    conditions,
    drugs,
    flow,
    gaps,
    questions,
    record,
    studies,
)
from pathwaydsl.versions.rules.rule import ChangeRule

RULES: tuple[ChangeRule, ...] = tuple(
    sorted(
        (
            *flow.RULES,
            *drugs.RULES,
            *conditions.RULES,
            *questions.RULES,
            *advice.RULES,
            *studies.RULES,
            *gaps.RULES,
            *record.RULES,
        ),
        key=lambda rule: (rule.section.rank, rule.level.rank),
    )
)
"""Every rule, in reading order."""

BY_ID: Mapping[str, ChangeRule] = MappingProxyType({rule.id: rule for rule in RULES})
