"""From text to a syntax tree: the only part that knows the parser library.

Reading always gives a tree; what could not be read stands in it as `error` nodes.
"""
