"""Pathways in other formats, one module a format."""
