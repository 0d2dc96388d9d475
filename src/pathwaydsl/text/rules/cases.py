"""PW7: patient cases. What is wrong in how a case is written is found among the names."""

from pathwaydsl.text.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
