"""Small pathways written as text."""

import pytest

from pathwaydsl.resolve import resolve
from pathwaydsl.syntax.reader import read
from pathwaydsl.text.source import Source


@pytest.fixture
def pathway_of():
    """A function that reads a pathway from text."""

    def build(text):
        tree = read(Source("example.pathway", text)).value
        return (
            resolve({"example.pathway": tree}, ("example.pathway",))
            .value["example.pathway"]
            .pathway
        )

    return build
