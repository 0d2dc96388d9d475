"""The manual, built by Sphinx with the extension it describes.

The findings and the command line are made from the program itself while the manual is built, so
that they cannot say anything else.
"""

import sys
from importlib.metadata import version as installed
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "pathwaydsl"
author = "The pathwaydsl authors"
release = version = installed("pathwaydsl")
language = "en"

extensions = ["myst_parser", "sphinx_click", "pathwaydsl.sphinxext", "made_from_the_program"]
pathway_paths = ["examples"]

exclude_patterns = ["pictures"]
nitpicky = True

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
highlight_language = "none"

html_theme = "furo"
html_title = "pathwaydsl manual"
html_show_copyright = False
html_show_sphinx = False
html_copy_source = False
html_static_path = ["_static"]
html_css_files = ["manual.css"]
html_theme_options = {"navigation_with_keys": False}
