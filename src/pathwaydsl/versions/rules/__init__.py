"""The catalogue of changes, one module a theme; reference page and tests come from it."""

from collections.abc import Mapping
from types import MappingProxyType

from pathwaydsl.versions.rules.rule import ChangeRule

RULES: tuple[ChangeRule, ...] = ()
"""Every rule, in reading order."""

BY_ID: Mapping[str, ChangeRule] = MappingProxyType({rule.id: rule for rule in RULES})
