"""Laws of merging, on a real pathway with random edits."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathwaydsl.authoring.merge_items import cut
from pathwaydsl.authoring.merging import merge, whole

FILE = Path(__file__).parents[3] / "pathways" / "her2-mbc" / "cns.pathway"

LABEL = re.compile(r'^(?P<opening>\w+ [a-z0-9-]+ ")')


def pieces_of(text):
    """What stands above the statements of the pathway, the statements, and what stands below."""
    file = whole(text)
    assert file is not None
    (pathway,) = file.root.children_of("pathway")
    block = pathway.child("pathway_block")
    assert block is not None
    start, end = block.start + 1, block.end - 1
    found = cut(block.children[1:-1], text, start, end)
    return text[:start], [item.lead + item.text for item in found.items], found.tail + text[end:]


SHOWN = 30
"""How many statements of the pathway are enough to try the laws on."""

ABOVE, ALL, _ = pieces_of(FILE.read_text(encoding="utf-8"))
ITEMS, BELOW = ALL[:SHOWN], "\n}\n"
BASE = ABOVE + "".join(ITEMS) + BELOW
BOXES = [at for at, item in enumerate(ITEMS) if LABEL.match(item.strip())]


def label(item):
    """Another label."""
    lead, text = item[: len(item) - len(item.lstrip())], item.lstrip()
    return lead + LABEL.sub(r"\g<opening>New: ", text, count=1)


def comment(item):
    """A comment above."""
    return item.replace(item.strip(), f"# seen\n  {item.strip()}", 1)


def drop(_item):
    """The statement taken out."""
    return ""


def follow(item):
    """Another box below it, with the name of this one in its own."""
    name = item.split()[1]
    return f'{item}\n\n  end after-{name} "After"'


EDITS = {"label": label, "comment": comment, "drop": drop, "follow": follow}


def after(edits):
    """The text after edits, told by the number of the statement."""
    items = [EDITS[edits[at]](item) if at in edits else item for at, item in enumerate(ITEMS)]
    return ABOVE + "".join(items) + BELOW


some_edits = st.dictionaries(st.sampled_from(BOXES), st.sampled_from(sorted(EDITS)), max_size=4)
quick = settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@quick
@given(some_edits)
def test_who_changed_nothing_changes_nothing(edits):
    """One side's edits come out as they went in, to the byte; so do edits both sides made."""
    text = after(edits)
    for ours, theirs in ((text, BASE), (BASE, text), (text, text)):
        merged = merge(BASE, ours, theirs)
        assert merged is not None
        assert (merged.text, merged.conflicts) == (text, ())


@quick
@given(some_edits)
def test_layout_alone_is_no_change(edits):
    """A side that only laid the file out otherwise does not get in the way of the other one."""
    text = after(edits)
    odd = re.sub(r"(?m)^( +)then ", r"\1then   ", BASE.replace("{\n", "{\n\n"))
    for ours, theirs in ((text, odd), (odd, text)):
        merged = merge(BASE, ours, theirs)
        assert merged is not None
        assert merged.conflicts == ()
        assert merged.text.split() == text.split()


@quick
@given(some_edits, some_edits)
def test_independent_edits_merge_to_a_file_that_has_both(mine, yours):
    """Whatever two people do to different boxes, the merged file is the one with both."""
    yours = {at: edit for at, edit in yours.items() if at not in mine}
    wanted = after({**mine, **yours})
    for one, other in ((mine, yours), (yours, mine)):
        merged = merge(BASE, after(one), after(other))
        assert merged is not None
        assert merged.conflicts == ()
        assert merged.text.split() == wanted.split()


@quick
@given(some_edits, some_edits)
def test_the_sides_may_be_called_either_way(mine, yours):
    """The same conflicts come out, and each side is found again whole by taking it everywhere."""
    one = merge(BASE, after(mine), after(yours))
    other = merge(BASE, after(yours), after(mine))
    assert one is not None
    assert other is not None
    assert len(one.conflicts) == len(other.conflicts)
    clash = [at for at in mine if at in yours and mine[at] != yours[at]]
    quiet = {frozenset({"label", "comment"}), frozenset({"label", "follow"}),
             frozenset({"comment", "follow"})}  # fmt: skip
    loud = [at for at in clash if frozenset({mine[at], yours[at]}) not in quiet
            and frozenset({mine[at], yours[at]}) != {"drop", "follow"}]  # fmt: skip
    assert len(one.conflicts) == len(loud)
    if not one.conflicts:
        assert sorted(one.text.split()) == sorted(other.text.split())


@pytest.mark.parametrize("kind", ["measures", "evidence"])
def test_every_list_of_a_real_pathway_takes_a_name_from_each_side(kind):
    """Added at the beginning by one side and at the end by the other one, both are there."""
    base = FILE.with_name("second-line.pathway").read_text(encoding="utf-8")
    lists = list(re.finditer(rf"(?m)^    {kind} ((?:[a-z0-9-]+,\s+)*[a-z0-9-]+)$", base))
    assert lists
    for found in lists[:2]:
        ours = base[: found.start(1)] + "first-name, " + base[found.start(1) :]
        theirs = base[: found.end(1)] + ", last-name" + base[found.end(1) :]
        merged = merge(base, ours, theirs)
        assert merged is not None
        assert merged.conflicts == ()
        both = base[: found.start(1)] + "first-name, " + found[1] + ", last-name"
        assert merged.text.split() == (both + base[found.end(1) :]).split()
