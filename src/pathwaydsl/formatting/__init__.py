"""The one canonical form of a pathway file, and the checks before a file is rewritten.

The author's order, comments and blank lines are kept; there are no options.
"""
