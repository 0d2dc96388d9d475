"""Tests of the ways through a pathway."""

import time

from pathwaydsl.model.evidence import Evidence
from pathwaydsl.model.expressions import Holds
from pathwaydsl.model.gaps import Gap
from pathwaydsl.model.nodes import (
    RESUME,
    Act,
    Branch,
    Choose,
    Decide,
    During,
    End,
    GapNode,
    Option,
    Together,
    Within,
)
from pathwaydsl.model.values import Quantity
from pathwaydsl.text.span import Span


def act(name, then, **more):
    """An `act` that is labelled like its id."""
    return Act(id=name, label=name.title(), then=then, span=Span("example.pathway", 0, 1), **more)


def choose(name, *targets):
    """A choice among boxes."""
    options = tuple(Option(target=target) for target in targets)
    return Choose(id=name, label=name.title(), options=options)


def end(name="done"):
    """An end."""
    return End(id=name, label=name.title())


def codes(findings):
    """The rules of findings."""
    return [one.rule for one in findings]


def test_nothing_is_found_in_a_way_to_an_end(pathway, found):
    """A pathway whose boxes all lie on a way to an end has no finding."""
    assert found(pathway(act("a", "b"), act("b", "done"), end())) == []


def test_only_the_first_of_a_stretch_nobody_reaches_is_told(pathway, found):
    """Boxes that hang on an unreachable box are not findings of their own."""
    made = pathway(act("a", "done"), act("x", "y"), act("y", "z"), act("z", "done"), end())
    (one,) = found(made)
    assert (one.rule, one.message) == ("PW312", "Nobody gets to “X”")


def test_a_way_that_is_not_written_may_be_the_one_that_is_missing(pathway, found):
    """While a `then` or its box is missing, what hangs on it is not called unreachable."""
    made = pathway(act("a", None), act("x", "done"), end())
    assert codes(found(made)) == ["PW313"]
    assert found(pathway(act("a", "nowhere"), act("x", "done"), end())) == []


def test_an_unreachable_circle_is_one_finding(pathway, found):
    """Two boxes that lead only to one another are one stretch."""
    made = pathway(act("a", "done"), choose("x", "y", "done"), act("y", "x"), end())
    assert codes(found(made)) == ["PW312"]


def test_without_a_start_nobody_asks_who_gets_where(pathway, found):
    """A missing start is the only finding about the start."""
    assert codes(found(pathway(act("a", "done"), end(), start=None))) == ["PW310"]


def test_a_start_that_does_not_exist_is_left_to_the_names(pathway, found):
    """A start that is no box is reported where names are resolved."""
    assert found(pathway(act("a", "done"), end(), start="b")) == []


def test_targets_that_do_not_exist_are_left_to_the_names(pathway, found):
    """A way to a box that does not exist counts as one that ends well."""
    assert found(pathway(act("a", "nowhere"))) == []


def test_a_circle_without_a_way_out_is_one_dead_end(pathway, found):
    """Boxes that lead into a circle without a way out are not findings of their own."""
    made = pathway(act("a", "b"), act("b", "c"), act("c", "d"), act("d", "c"))
    (one,) = found(made)
    assert one.rule == "PW314"
    assert "“C” and “D”" in one.message


def test_a_missing_then_is_not_a_dead_end_too(pathway, found):
    """A box without `then` is one finding, however many lead to it."""
    assert codes(found(pathway(act("a", "b"), act("b", None)))) == ["PW313"]


def test_a_loop_without_time_is_one_finding(pathway, found):
    """A loop is one finding, also if nobody leaves it."""
    nodes = choose("a", "b", "b2"), choose("b", "a", "b2"), choose("b2", "a", "b")
    assert codes(found(pathway(*nodes))) == ["PW315"]


def test_a_choice_with_one_option_is_none(pathway, found):
    """A choice among one thing is told, with the box to lead to instead."""
    (one,) = found(pathway(choose("a", "done"), end()))
    assert one.rule == "PW318"
    assert "`done`" in one.help


def test_a_loop_through_an_act_passes_time(pathway, found):
    """Time passes in an `act`."""
    assert found(pathway(choose("a", "b", "done"), act("b", "a"), end())) == []


def test_a_gap_with_then_passes_no_time(pathway, found):
    """Patients leave a gap with `then` at once."""
    gap = GapNode(id="g", label="Which?", gap=Gap(id="g", label="Which?", then="a"))
    made = pathway(choose("a", "g", "done"), gap, end())
    assert "PW315" in codes(found(made))


def test_a_together_is_left_when_its_slowest_strand_is_done(pathway, found):
    """A loop through a `together` passes time as soon as one strand does."""
    together = Together(id="t", label="Both", strands=("a", "b"), then="c")
    nodes = (together, choose("a", "c"), act("b", "c"), choose("c", "t", "done"), end())
    assert codes(found(pathway(*nodes))) == ["PW318"]
    quick = (together, choose("a", "c"), choose("b", "c"), choose("c", "t", "done"), end())
    assert "PW315" in codes(found(pathway(*quick)))


def test_a_strand_that_leaves_is_told_where_it_leaves(pathway, found):
    """The way out is the step onto what lies behind the `together`."""
    together = Together(id="t", label="Both", strands=("a", "b"), then="c")
    made = pathway(together, act("a", "c"), act("b", "later"), act("c", "later"),
                   act("later", "done"), end())  # fmt: skip
    (one,) = found(made)
    assert one.rule == "PW322"
    assert "leaves it at “B” and ends with “Done”" in one.message


def test_a_strand_that_goes_back_is_told(pathway, found):
    """A strand does not start its own `together` again."""
    together = Together(id="t", label="Both", strands=("a", "b"), then="done")
    made = pathway(together, choose("a", "done", "t"), act("b", "done"), end())
    assert codes(found(made)) == ["PW322"]


def test_a_box_of_two_strands_is_one_finding(pathway, found):
    """A box that two strands share is told once."""
    together = Together(id="t", label="Both", strands=("a", "b"), then="done")
    made = pathway(together, act("a", "x"), act("b", "x"), act("x", "done"), end())
    assert codes(found(made)) == ["PW323"]


def test_a_strand_may_end_in_a_gap(pathway, found):
    """A gap without `then` is a good end of a strand."""
    gap = GapNode(id="g", label="Which?", gap=Gap(id="g", label="Which?"))
    together = Together(id="t", label="Both", strands=("a", "b"), then="done")
    made = pathway(together, choose("a", "done", "g"), act("b", "done"), gap, end())
    assert not {"PW321", "PW322", "PW323", "PW324"} & set(codes(found(made)))


def within(of):
    """Two weeks from a box."""
    return Within(quantity=Quantity(2, "weeks"), of=of)


def test_time_is_counted_from_a_box_on_every_way(pathway, found):
    """`within` may count from a box on every way here, and from no other."""
    for of, expected in (("a", []), ("b", ["PW326"]), ("d", ["PW326"])):
        made = pathway(act("a", "q"), choose("q", "b", "c"), act("b", "d"), act("c", "d"),
                       act("d", "done", within=within(of)), end())  # fmt: skip
        assert codes(found(made)) == expected, of


def test_every_strand_lies_behind_whoever_left_a_together(pathway, found):
    """Behind a `together`, time may be counted from a box on every way of any strand."""
    together = Together(id="t", label="Both", strands=("a", "b"), then="c")
    made = pathway(together, act("a", "c"), choose("b", "b1", "c"), act("b1", "c"),
                   act("c", "done", within=within("a")), end())  # fmt: skip
    assert found(made) == []
    made = pathway(together, act("a", "c"), choose("b", "b1", "c"), act("b1", "c"),
                   act("c", "done", within=within("b1")), end())  # fmt: skip
    assert codes(found(made)) == ["PW326"]


def test_a_box_of_an_inner_together_lies_behind_the_outer(pathway, found):
    """Behind two `together`, one inside the other, a box on every way inside lies behind."""
    outer = Together(id="t", label="Both", strands=("u", "b"), then="c")
    inner = Together(id="u", label="Inner", strands=("x", "y"), then="v")
    inside = (inner, act("x", "v"), act("y", "v"), act("v", "c"), act("b", "c"))
    made = pathway(outer, *inside, act("c", "done", within=within("x")), end())
    assert found(made) == []
    made = pathway(outer, *inside[:-1], act("b", "c", within=within("x")), act("c", "done"), end())
    assert codes(found(made)) == ["PW326"]


def test_resume_stands_only_behind_a_during(pathway, found):
    """A box that every patient reaches by a `during` may resume, and only such a box."""
    during = During(nodes=("a",), branches=(Branch(target="x", when=Holds("ill")),))
    made = pathway(act("a", "done"), act("x", RESUME), end(), durings=(during,))
    assert found(made) == []
    made = pathway(choose("q", "a", "x"), act("a", "done"), act("x", RESUME), end(),
                   durings=(during,))  # fmt: skip
    assert codes(found(made)) == ["PW327"]


def test_a_stray_resume_is_one_finding(pathway, found):
    """What would lie behind a box that resumes by mistake is not told on top of it."""
    assert codes(found(pathway(act("x", RESUME), end()))) == ["PW327"]


def test_the_same_condition_twice_is_told_once(pathway, found):
    """Two lines of a decision with the same condition are one finding, at the second."""
    lines = tuple(Branch(target=t, when=Holds("ill"), span=Span("example.pathway", i, i + 1))
                  for i, t in enumerate(("a", "done")))  # fmt: skip
    made = pathway(Decide(id="q", label="Q", branches=lines), act("a", "done"), end())
    (one,) = found(made)
    assert (one.rule, one.span.start) == ("PW319", 1)


def test_files_with_reading_errors_are_left_alone(pathway, found):
    """Where something could not be read, nothing is said about what is missing."""
    made = pathway(act("a", None), start=None, version=None)
    assert found(made, unread=frozenset({"example.pathway"})) == []


def test_names_in_broken_statements_count_as_used(pathway, found, library):
    """A definition named in a statement that could not be read is not called unused."""
    study = Evidence(id="study", label="A study")
    made = pathway(act("a", "done"), end(), library=library(evidence=[study]))
    assert codes(found(made)) == ["PW440"]
    assert found(made, broken_names=frozenset({"study"})) == []


def test_ten_thousand_boxes_are_checked_quickly(pathway, found):
    """The cost grows with the boxes, not with their square."""

    def spent(count):
        nodes = []
        for i in range(count // 4):
            follower = f"q{i + 1}" if i + 1 < count // 4 else "done"
            nodes += [choose(f"q{i}", f"a{i}", f"b{i}"), act(f"a{i}", f"c{i}")]
            nodes += [act(f"b{i}", f"c{i}"), act(f"c{i}", follower, within=within(f"q{i}"))]
        made = pathway(*nodes, end())
        start = time.process_time()
        assert found(made) == []
        return time.process_time() - start

    small, large = spent(1000), spent(10_000)
    assert large < 40 * max(small, 0.01)
