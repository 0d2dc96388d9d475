"""Directives that name what is not there: one warning each, and the rest is built."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("directive", "said"),
    [
        (".. pathway:: nowhere.pathway", "there is no pathway file nowhere.pathway"),
        (".. pathway-print:: nowhere.pathway", "there is no pathway file nowhere.pathway"),
        (".. pathway-changes:: nowhere.pathway", "there is no pathway file nowhere.pathway"),
        (
            ".. pathway-changes:: content/second.pathway\n   :old: 9.9.9",
            "there is no release 9.9.9 of the pathway second-line",
        ),
        (".. pathway-register:: cats", "there is no register cats; choose from gaps"),
        (":pathway:gap:`nobody-asked`", "there is no evidence gap nobody-asked"),
        (":pathway:pathway:`second-line@9.9.9`", "there is no pathway second-line@9.9.9"),
    ],
)
def test_what_is_not_there_is_one_warning(root, directive, said):
    """The page with the mistake is written, and so is every other."""
    built = root("basic")
    text = f":orphan:\n\nWrong\n=====\n\n{directive}\n"
    (built.source / "wrong.rst").write_text(text, "utf-8")
    built.build(nitpicky=False)
    assert len(built.warnings) == 1, built.warnings
    assert said in built.warnings[0]
    assert "wrong.rst:" in built.warnings[0]
    for name in ("wrong.html", "first.html", "second.html", "index.html"):
        assert (built.out / name).is_file()


def test_registers_stand_wherever_an_author_wants_them(root):
    """Each register can be put into any document, and is filled there."""
    built = root("basic")
    registers = ("gaps", "evidence", "criteria", "drugs", "regimens", "effects", "standings")
    places = "\n\n".join(f".. pathway-register:: {name}" for name in registers)
    text = f":orphan:\n\nRegisters\n=========\n\n{places}\n"
    (built.source / "registers.rst").write_text(text, "utf-8")
    built.build()
    assert built.warnings == []
    page = (built.out / "registers.html").read_text("utf-8")
    assert "Alphamab with betataxel" in page
    assert 'href="first.html#first-line--gap--nobody-knows"' in page
    assert 'class="pathway-plot"' in page
    built.build()
    assert built.read == []
