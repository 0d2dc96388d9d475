"""Two versions in three drawings of one layout."""

import re

import pytest
from lxml import etree

from pathwaydsl.chart.engine import EngineSettings, Failure
from pathwaydsl.chart.overlay import SIGNS, Overlay, overlay
from pathwaydsl.chart.union import MARKS, union_of
from pathwaydsl.resolve import resolve
from pathwaydsl.syntax.reader import read
from pathwaydsl.text.source import Source
from pathwaydsl.versions.comparison import compare

SVG = "{http://www.w3.org/2000/svg}"

OLD = """\
pathwaydsl 1

criterion well "Well" {
  yes or no
}
drug tablet "Tablet" {}
drug capsule "Capsule" {}
regimen tablets "Tablets" { give tablet 1 mg PO every 21 days }
regimen capsules "Capsules" { give capsule 2 mg PO every 21 days }

pathway example "An example" {
  version 1.0.0
  date 2020-02-01
  status draft
  population "Adults"
  eligible everyone
  start at look

  assess look "Look" { measures well then ask }

  decide ask "Fit enough?" {
    when well -> care
    otherwise -> wait
  }

  treat care "Care" { regimen tablets recommend for conditional then done }
  act wait "Wait" { good-practice because "it helps" then done }
  end done "Done"
}
"""

NEW = (
    OLD.replace("version 1.0.0", "version 2.0.0")
    .replace("otherwise -> wait", "otherwise -> other")
    .replace(
        '  act wait "Wait" { good-practice because "it helps" then done }\n',
        '  treat other "Another care" { regimen capsules recommend for conditional then done }\n',
    )
    .replace("give tablet 1 mg", "give tablet 3 mg")
    .replace('"Fit enough?"', '"Well enough?"')
)


def pathway(text):
    outcome = read(Source("example.pathway", text))
    assert not outcome.findings, outcome.findings
    tree = outcome.value
    files = {"example.pathway": tree}
    return resolve(files, ("example.pathway",)).value["example.pathway"].pathway


def drawn(old=OLD, new=NEW):
    made = overlay(compare(pathway(old), pathway(new), advice=False))
    assert isinstance(made, Overlay), made
    return made


def boxes(svg):
    """By id of a box, its group."""
    root = etree.fromstring(svg.encode())
    return {
        group.get("id"): group
        for group in root.iter(f"{SVG}g")
        if "pw-box" in group.get("class", "")
    }


def outline(group):
    """Where a box is and what shape it has."""
    shape = next(each for each in group.iter() if each.get("class") == "pw-shape")
    numbers = [shape.get(name) for name in ("d", "points", "cx", "cy", "rx", "ry")]
    return group.get("transform"), numbers


def words(group):
    return " ".join(text.text for text in group.iter(f"{SVG}text"))


def test_the_same_box_is_at_the_same_place_in_all_three():
    """Place, shape and size of a box are those of the one layout, and so is the sheet."""
    made = drawn()
    old, new, both = (boxes(svg) for svg in (made.old_svg, made.new_svg, made.overlay_svg))
    assert set(old) | set(new) == set(both)
    assert set(old) & set(new)
    for some in (old, new):
        for name, group in some.items():
            assert outline(group) == outline(both[name])
    views = {
        etree.fromstring(svg.encode()).get("viewBox")
        for svg in (made.old_svg, made.new_svg, made.overlay_svg)
    }
    assert len(views) == 1


def test_each_version_shows_what_it_has_and_no_more():
    """A box that is new is not in the old drawing, nor one that is gone in the new one."""
    made = drawn()
    assert "Another care" not in made.old_svg
    assert "Wait" in made.old_svg
    assert "Wait" not in made.new_svg
    assert "Another care" in made.overlay_svg
    assert "Wait" in made.overlay_svg


def test_marks_are_told():
    """New, gone, changed by its words, changed by a dose that no box shows, and unchanged."""
    union = union_of(compare(pathway(OLD), pathway(NEW), advice=False))
    marks = {
        both.new.node if both.new else both.old.node: both.mark for both in union.boxes.values()
    }
    assert marks["other"] == "added"
    assert marks["wait"] == "removed"
    assert marks["ask"] == "changed"
    assert marks["care"] == "changed"
    assert marks["look"] == "same"


def test_marks_never_stand_by_colour_alone():
    """Every mark has a sign and a word in the box, a frame of its own line, and is spoken."""
    made = drawn()
    lines = set()
    for group in boxes(made.overlay_svg).values():
        mark = re.search(r"pw-mark-(\w+)", group.get("class"))
        if mark is None or mark[1] == "same":
            continue
        assert SIGNS[mark[1]] in words(group)
        frame = next(each for each in group.iter() if each.get("class") == "pw-frame")
        lines.add((mark[1], frame.get("stroke-dasharray"), frame.get("stroke-width")))
        assert group.find(f"{SVG}title").text.startswith(("New.", "Gone.", "Changed."))
    assert {mark for mark, *_ in lines} == {"added", "removed", "changed"}
    assert (
        len({look for _, *look in [(m, d, w) for m, d, w in lines] for look in [tuple(look)]}) == 3
    )


def test_signs_and_lines_of_marks_differ():
    """No two marks share a sign."""
    assert len({SIGNS[mark] for mark in MARKS}) == len(MARKS)


def test_what_is_unchanged_is_quiet():
    """It bears no sign and no frame, and the grey of what is as it was."""
    made = drawn()
    quiet = [g for g in boxes(made.overlay_svg).values() if "pw-mark-same" in g.get("class")]
    assert quiet
    for group in quiet:
        assert not [each for each in group.iter() if each.get("class") == "pw-frame"]
    assert not drawn(OLD, OLD.replace("version 1.0.0", "version 1.0.1")).union.count("changed")


def test_two_equal_versions_have_no_marks():
    """Nothing stands out where nothing changed, and that is said."""
    made = drawn(OLD, OLD)
    assert made.said == "No box changed."
    assert 'pw-frame"' not in made.overlay_svg


def test_the_key_says_what_signs_mean():
    """Every sign in the picture is in its key; the old one does not explain what is new."""
    made = drawn()
    assert "only in the newer version" in made.overlay_svg
    assert "only in the older version" in made.overlay_svg
    assert "only in the newer version" not in made.old_svg
    assert "only in the older version" not in made.new_svg


def test_those_who_cannot_see_it_are_told():
    """Title and description name both versions and how much changed."""
    root = etree.fromstring(drawn().overlay_svg.encode())
    assert "version 1.0.0 and version 2.0.0" in root.findtext(f"{SVG}title")
    assert "Boxes: 1 gone, 1 new, 2 changed." in root.findtext(f"{SVG}desc")


def test_hostile_labels_are_words():
    """Markup in the label of either version never becomes markup."""
    bad = "<script>alert(1)</script>]]>&amp;"
    made = drawn(OLD.replace('"Wait"', f'"{bad}"'), NEW.replace('"Another care"', f'"{bad} x"'))
    for svg in (made.old_svg, made.new_svg, made.overlay_svg):
        root = etree.fromstring(svg.encode())
        assert not list(root.iter(f"{SVG}script"))
        assert bad[:8] in "".join(root.itertext())


def test_the_same_comparison_gives_the_same_bytes():
    """Drawings do not depend on anything but the two versions."""
    assert drawn().overlay_svg == drawn().overlay_svg


def test_a_box_of_another_kind_is_gone_and_new():
    """What was an action and is an end is not the same box."""
    text = OLD.replace(
        'act wait "Wait" { good-practice because "it helps" then done }', 'end wait "Wait"'
    )
    union = union_of(compare(pathway(OLD), pathway(text), advice=False))
    assert (union.count("added"), union.count("removed")) == (1, 1)


def test_a_failing_engine_is_told():
    """There is a reason instead of a drawing."""
    comparison = compare(pathway(OLD), pathway(NEW), advice=False)
    made = overlay(comparison, EngineSettings(command="no-such-engine"))
    assert isinstance(made, Failure)


@pytest.mark.parametrize("swapped", [False, True])
def test_marks_mirror(swapped):
    """Seen the other way round, what is new is gone."""
    old, new = (NEW, OLD) if swapped else (OLD, NEW)
    union = union_of(compare(pathway(old), pathway(new), advice=False))
    assert union.count("added") == union.count("removed") == 1
    assert union.count("changed") == 2
