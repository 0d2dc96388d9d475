"""A project of the tests."""

extensions = ["myst_parser", "pathwaydsl.sphinxext"]
project = "Pathways"
html_theme = "basic"
html_copy_source = False
