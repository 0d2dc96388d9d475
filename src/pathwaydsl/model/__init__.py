"""The resolved, frozen model: what a pathway says, with no syntax left in it.

References are ids; `Library` and `Pathway` find what they name.
Spans say where a thing was written and take no part in comparisons.
"""
