"""Exact reasoning about patients: which values, who arrives where, nothing guessed."""
