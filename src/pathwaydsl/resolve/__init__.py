"""From syntax tree to model: names, values, units and places in the flow are resolved here."""

from pathwaydsl.resolve.resolver import ResolveOptions, resolve

__all__ = ["ResolveOptions", "resolve"]
