"""What LaTeX and the plain forms get: every place they link to, and no picture."""

from __future__ import annotations

import re


def test_every_reference_in_latex_has_its_label(root):
    """No link of the PDF leads nowhere."""
    text = root("basic", "latex").build().text("pathways.tex")
    labels = set(re.findall(r"\\label\{\\detokenize\{([^}]*)\}\}", text))
    labels |= set(re.findall(r"\\hypertarget\{([^}]*)\}", text))
    links = set(re.findall(r"\\hyperref\[\\detokenize\{([^}]*)\}\]", text))
    assert "first:first-line--heart" in links
    assert links <= labels


def test_no_empty_place_of_a_picture(root):
    """The heading of the flowchart goes with it, and the outline stays."""
    text = root("basic", "latex").build().text("pathways.tex")
    assert "Flowchart" not in text
    assert "The flow, step by step" in text
