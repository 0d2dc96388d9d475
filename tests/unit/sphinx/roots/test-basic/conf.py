"""A project of the tests."""

extensions = ["pathwaydsl.sphinxext"]
project = "Pathways"
html_theme = "basic"
html_copy_source = False
pathway_paths = ["content"]
