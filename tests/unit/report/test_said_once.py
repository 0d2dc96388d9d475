"""What many patients of a page of differences have in common."""

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from pathwaydsl.report.differences_common import in_sentences, said_once
from pathwaydsl.report.differences_patients import Met, Patients, Way

CONDITIONS = tuple(f"The criterion with the long name {i} is {i} or more" for i in range(9))
PLAIN = Patients(
    "lost",
    (Met("act", "Action", "x", "X"),),
    (),
    (),
    (),
    more=False,
    share=None,
    values=("a is 1", "b is 2"),
    witness=("a is 1", "b is 2"),
    shared=("One", "Two", "Three"),
    old_way=Way((), ()),
    new_way=Way((), ()),
)

people = st.lists(
    st.lists(st.sampled_from(CONDITIONS), unique=True).map(
        lambda always: evolve(PLAIN, always=tuple(sorted(always)))
    ),
    max_size=12,
)


@given(people)
def test_nothing_is_left_out_by_saying_it_once(patients: list[Patients]) -> None:
    """A letter and what is left beside it are all conditions, values and boxes again."""
    commons, told = said_once(patients)
    assert [one.patients for one in told] == patients
    for one in told:
        common = one.common
        assert common is None or common in commons
        before = common.always if common else ()
        assert sorted((*before, *one.always)) == sorted(one.patients.always)
        assert sorted((*(common.values if common else ()), *one.values)) == ["a is 1", "b is 2"]
        assert (*(common.start if common else ()), *one.shared) == ("One", "Two", "Three")


def test_a_letter_stands_for_what_three_have_in_common() -> None:
    """What three differences begin with is told once, and each then names the letter."""
    three = [evolve(PLAIN, always=(*CONDITIONS[:4], CONDITIONS[i])) for i in (5, 6, 7)]
    (common,), told = said_once(three)
    assert common.always == CONDITIONS[:4]
    assert told[0].conditions == ("patients A", CONDITIONS[5])
    assert next(in_sentences(common)).startswith("Patients A: The criterion")
    assert said_once(three[:2])[0] == ()
