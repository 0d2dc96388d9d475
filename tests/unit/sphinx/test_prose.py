"""CommonMark comes out as nodes, and nothing of it as HTML."""

from __future__ import annotations

import pytest

docutils = pytest.importorskip("docutils")

from docutils import nodes  # noqa: E402  after the skip

from pathwaydsl.sphinxext.prose import is_safe, prose_nodes  # noqa: E402


def made(text):
    return nodes.container("", *prose_nodes(text))


def test_paragraphs_lists_and_emphasis_are_nodes():
    """What CommonMark can say, docutils can say."""
    root = made("One *two* **three** `four`\n\n- a\n- b\n\n3. c\n\n> quoted\n\n    code\n\n# Title")
    for kind in (
        nodes.emphasis,
        nodes.strong,
        nodes.literal,
        nodes.bullet_list,
        nodes.block_quote,
        nodes.literal_block,
    ):
        assert next(iter(root.findall(kind)), None) is not None, kind
    assert next(iter(root.findall(nodes.enumerated_list)))["start"] == 3


def test_html_is_text():
    """Tags and comments are shown as they were written."""
    source = "<script>alert(1)</script>\n\na <b>b</b> <!-- c -->"
    root = made(source)
    assert next(iter(root.findall(nodes.raw)), None) is None
    assert root.astext() == source


@pytest.mark.parametrize(
    "url", ["https://a.example/x?y=1:2", "http://a.example", "mailto:a@b.example", "#x", "a/b.html"]
)
def test_harmless_links_stay(url):
    """Web, mail and relative addresses are links."""
    assert is_safe(url)
    assert next(iter(made(f"[x]({url})").findall(nodes.reference)))["refuri"] == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example/x",
        "java\tscript:alert(1)",
        " javascript:alert(1)",
        "x:y",
    ],
)
def test_other_links_lose_their_address(url):
    """What else an address may be is refused, and the words stay."""
    assert not is_safe(url)
    root = made(f"[words](<{url}>)")
    assert next(iter(root.findall(nodes.reference)), None) is None
    assert "words" in root.astext()


def test_pictures_become_their_words():
    """A page asks nothing of other computers."""
    root = made("![a scan](https://evil.example/pixel.png)")
    assert next(iter(root.findall(nodes.image)), None) is None
    assert root.astext() == "a scan"
