"""Authoring: releases, their seals, and other edits of syntax trees.

What happens is decided on the model, done to the tree's text, and printed through `formatting`,
so that comments survive.
"""
