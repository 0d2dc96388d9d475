"""Parts of a chart are moved whole, into free room, without touching."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from pathwaydsl.chart.packing import Part, packed, parts_of

sizes = st.tuples(st.floats(5, 900), st.floats(5, 900))


def part(name, size, at=(0.0, 0.0)):
    """A part that is one rectangle."""
    return Part(frozenset({name}), ((at[0], at[1], at[0] + size[0], at[1] + size[1]),))


@given(sizes, st.lists(sizes, max_size=6))
def test_parts_never_touch(main, others):
    """However large the parts are, none lies on another, and all lie on the sheet."""
    parts = [part("main", main, (50, -70))]
    parts += [part(f"p{number}", size, (-30, 20)) for number, size in enumerate(others)]
    packing = packed(parts[0], parts[1:])
    places = []
    for each in parts:
        (name,) = each.ids
        left, top, right, bottom = each.bounds
        x, y = packing.moves[name]
        places.append((left + x, top + y, right + x, bottom + y))
    for left, top, right, bottom in places:
        assert left >= -1e-6
        assert top >= -1e-6
        assert right <= packing.width + 1e-6
        assert bottom <= packing.height + 1e-6
    for one, other in combinations(places, 2):
        beside = one[2] < other[0] or other[2] < one[0]
        assert beside or one[3] < other[1] or other[3] < one[1]


def test_free_room_beside_the_main_flow_is_used():
    """A list goes into the empty corner, not below."""
    main = Part(frozenset({"m"}), ((0, 0, 100, 400), (0, 380, 600, 400)))
    packing = packed(main, [part("k", (300, 200))])
    assert (packing.width, packing.height) == (600, 400)


def test_what_hangs_together_is_one_part():
    """Parts are found by the lines between boxes."""
    found = parts_of(["a", "b", "c", "d"], [("a", "c"), ("d", "c")])
    assert found == (frozenset("acd"), frozenset("b"))
