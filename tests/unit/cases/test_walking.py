"""How a patient goes through a pathway, sentence by sentence of the reference."""

import pytest

from pathwaydsl.cases.walk import StopKind

ENDS = """
act care "Care" {
  good-practice because "An example"
  then done
}

act other "Other care" {
  good-practice because "An example"
  then done
}

end done "Done"
"""

HEART = (
    """
assess look "Look" {
  measures lvef, fever, interval, sites, response, lines, pregnant
  then heart
}

decide heart "Strong enough?" {
  when lvef >= 50 % -> care
  when lvef < 50 % -> other
  unknown -> echo
}

assess echo "Echo" {
  measures lvef
  then heart
}
"""
    + ENDS
)


def stops(result):
    """Where the walk stops, and why."""
    return [(stop.kind.value, stop.node) for stop in result.walk.stops]


def test_values_from_the_start_are_those_of_the_first_measurement(results_of):
    """The first `assess` finds what `given` says, and keeps it."""
    (result,) = results_of(HEART, "given lvef = 62 %\nexpect care")
    assert result.walk.way == ("look", "heart", "care", "done")
    assert result.walk.ended_at == "done"


def test_measuring_again_forgets(results_of):
    """A second measurement without a value leaves it missing."""
    (result,) = results_of(HEART, "given lvef is unknown\nexpect stuck at heart without lvef")
    assert result.passed
    assert result.walk.way == ("look", "heart", "echo", "heart")


def test_a_visit_has_its_values(results_of):
    """`at NODE given` sets values at that visit."""
    (result,) = results_of(HEART, "given lvef is unknown\nat echo given lvef = 40 %\nexpect other")
    assert result.passed


def test_each_time_it_stands_is_one_visit_more(results_of):
    """The first, second and third `at` are for the first, second and third visit."""
    (result,) = results_of(
        HEART,
        """given lvef is unknown
        at echo given lvef is unknown
        at echo given lvef is unknown
        at echo given lvef = 70 %
        expect only care then done""",
    )
    assert result.passed
    assert result.walk.way.count("echo") == 3


def test_with_none_left_the_walk_stops_there(results_of):
    """What was expected is judged on the way so far."""
    (result,) = results_of(
        HEART, "given lvef is unknown\nat echo given lvef is unknown\nexpect heart later echo"
    )
    assert result.passed
    assert stops(result) == [("nothing-given", "echo")]
    assert result.walk.way[-1] == "echo"


def test_missing_is_not_unknown(results_of):
    """A value that is not given does not go to `unknown`: the decision stops the walk."""
    (result,) = results_of(HEART, "given fever\nexpect echo")
    assert not result.passed
    assert stops(result) == [("missing", "heart")]
    assert "“LVEF” is not given" in result.findings[0].message
    assert "Give `lvef`" in result.findings[0].help


def test_what_is_not_needed_may_be_missing(passes):
    """A decision asks only for what it needs: one part that is false settles an `and`."""
    boxes = (
        """
assess look "Look" {
  measures lvef, fever
  then choice
}

decide choice "Fever and weak?" {
  when fever and lvef < 50 % -> care
  when not (fever and lvef < 50 %) -> other
}
"""
        + ENDS
    )
    assert passes(boxes, "given not fever\nexpect other", "given lvef = 20 %\nexpect care") == [
        True,
        False,
    ]


def test_otherwise_takes_those_for_whom_all_else_is_false(results_of):
    """Who cannot be told goes to `unknown`, not to `otherwise`."""
    boxes = (
        """
assess look "Look" {
  measures lvef
  then choice
}

decide choice "Weak?" {
  when lvef < 50 % -> care
  otherwise -> other
  unknown -> late
}

end late "Not known"
"""
        + ENDS
    )
    results = results_of(
        boxes,
        "given lvef = 50 %\nexpect other",
        "given lvef is unknown\nexpect end at late",
        "given lvef = 49.9 %\nexpect care",
    )
    assert [result.passed for result in results] == [True, True, True]


def test_no_way_for_the_unknown_is_told(results_of):
    """Without `unknown`, a patient who cannot be told has no way on, `otherwise` or not."""
    boxes = HEART.replace("  unknown -> echo\n", "  otherwise -> done\n")
    (result,) = results_of(boxes, "given lvef is unknown\nexpect look")
    assert not result.passed
    assert stops(result) == [("no-branch", "heart")]


FIRST = (
    """
assess look "Look" {
  measures fever, pregnant
  then choice
}

decide choice "What first?" {
  first match
  when fever -> care
  when pregnant -> other
  otherwise -> done
  unknown -> late
}

end late "Not known"
"""
    + ENDS
)


@pytest.mark.parametrize(
    ("given", "target"),
    [
        ("fever, pregnant", "care"),
        ("not fever, pregnant", "other"),
        ("not fever, not pregnant", "done"),
        ("fever is unknown, pregnant", "late"),
    ],
)
def test_first_match_takes_the_first_true_line(results_of, given, target):
    """A line that cannot be told leads to `unknown`, even if a later line is true."""
    (result,) = results_of(FIRST, f"given {given}\nexpect {target}")
    assert result.passed
    assert result.walk.way[2] == target


def test_first_match_needs_every_line_above(results_of):
    """A missing value of a line above stops the walk."""
    (result,) = results_of(FIRST, "given pregnant\nexpect stuck at choice without fever")
    assert result.passed


def test_two_true_branches_are_told(results_of):
    """Where more than one branch is true, the patient has no way on."""
    boxes = HEART.replace("lvef < 50 %", "lvef <= 50 %")
    (result,) = results_of(boxes, "given lvef = 50 %\nexpect look")
    assert stops(result) == [("several-branches", "heart")]
    assert "LVEF is 50 %" in result.findings[0].message


CHOICE = (
    """
assess look "Look" {
  measures fever, lvef
  then pick
}

choose pick "Which?" {
  option care
  option other when fever
}
"""
    + ENDS
)


def test_a_single_open_option_is_taken_by_itself(results_of):
    """Nobody has to choose where nothing is to choose."""
    (result,) = results_of(CHOICE, "given not fever\nexpect only care then done")
    assert result.passed


def test_several_open_options_wait_for_a_choice(results_of):
    """`preferred` or not, the walk takes none by itself."""
    stopped, chosen = results_of(
        CHOICE.replace("option care", "option care preferred"),
        "given fever\nexpect care",
        "given fever\nat pick choose other\nexpect only other then done",
    )
    assert not stopped.passed
    assert stops(stopped) == [("not-chosen", "pick")]
    assert "Write `at pick choose care`" in stopped.findings[0].help
    assert chosen.passed


def test_an_option_that_is_not_open_cannot_be_taken(results_of):
    """The case fails, whatever it expects."""
    (result,) = results_of(CHOICE, "given not fever\nat pick choose other\nexpect look")
    assert stops(result) == [("closed-option", "pick")]
    assert not result.passed


def test_an_unknown_condition_does_not_open_an_option(results_of):
    """An option is open only if its condition is true."""
    (result,) = results_of(CHOICE, "given fever is unknown\nexpect care")
    assert result.passed


def test_a_missing_value_of_an_option_stops_the_walk(results_of):
    """Whether only one option is open cannot be told."""
    (result,) = results_of(CHOICE, "given lvef = 3 %\nexpect stuck at pick without fever")
    assert result.passed


def test_no_open_option_is_told(results_of):
    """Who has no open option has no way on."""
    boxes = CHOICE.replace("option care\n", "option care when fever\n")
    (result,) = results_of(boxes, "given not fever\nexpect look")
    assert stops(result) == [("no-option", "pick")]


LOOP = """
assess look "Look" {
  measures response, lvef
  then therapy
}

treat therapy "Therapy" {
  regimen both
  recommend for strong
  flags unclear
  then check
}

assess check "Check" {
  measures response
  then course
}

decide course "How does it go?" {
  when response is progression -> next
  when response in {partial, stable} -> therapy
  unknown -> check
}

during therapy {
  when pregnant -> done
  when fever -> toxicity
  when lvef < 50 % -> hold
}

assess hold "Hold" {
  measures lvef
  then better
}

decide better "Better?" {
  when lvef >= 50 % -> resume
  when lvef < 50 % -> done
  unknown -> hold
}

act toxicity "Adjust" {
  good-practice because "An example"
  then resume
}

act next "Next" {
  good-practice because "An example"
  then done
}

end done "Done"
"""


def test_something_happens_and_the_patient_returns(results_of):
    """`during NODE given` makes it happen, `resume` leads back to the box that was left."""
    (result,) = results_of(
        LOOP,
        """given response is stable, lvef = 60 %
        during therapy given lvef = 40 %
        at hold given lvef = 55 %
        at check given response is progression
        expect only therapy then therapy then next then done""",
    )
    assert result.passed
    assert result.walk.way == (
        "look", "therapy", "hold", "better", "therapy", "check", "course", "next", "done",
    )  # fmt: skip


AGAIN = LOOP.replace("during therapy {", "during therapy, check {")


def test_coming_back_to_an_assess_measures_anew(results_of):
    """`resume` into an `assess` is a visit: it takes the next values, and stops without any."""
    start = """given response is stable, lvef = 60 %, not pregnant, not fever
        at check given response is partial
        during check given fever
        """
    results = results_of(
        AGAIN,
        start + "at check given response is progression\nexpect only therapy then toxicity then "
        "next then done",
        start + "expect therapy later toxicity",
    )
    assert [result.passed for result in results] == [True, True]
    assert stops(results[1]) == [("nothing-given", "check")]
    assert results[1].walk.way[-2:] == ("toxicity", "check")


def test_the_first_true_line_of_during_counts(results_of):
    """A later line is not asked."""
    (result,) = results_of(
        LOOP,
        "given response is stable, lvef = 60 %\nduring therapy given pregnant, fever\n"
        "expect only therapy then done",
    )
    assert result.passed


def test_what_was_answered_does_not_happen_again(results_of):
    """After `resume` the same value, found once, does not send the patient away again."""
    (result,) = results_of(
        LOOP,
        """given response is stable, lvef = 60 %
        during therapy given fever
        at check given response is progression
        expect only therapy then toxicity then therapy then next then done""",
    )
    assert result.passed


def test_it_may_happen_twice(results_of):
    """The second `during` is for the next visit."""
    (result,) = results_of(
        LOOP,
        """given response is stable, lvef = 60 %
        during therapy given fever
        during therapy given fever
        at check given response is progression
        expect only therapy then toxicity then therapy then toxicity then therapy
          then next then done""",
    )
    assert result.passed


def test_everyone_else_goes_on(results_of):
    """What happens without fulfilling a line changes nothing about the way."""
    (result,) = results_of(
        LOOP,
        """given response is stable, lvef = 60 %
        during therapy given lvef = 50 %
        at check given response is progression
        expect only therapy then next then done""",
    )
    assert result.passed


def test_a_loop_goes_on_for_as_long_as_values_are_given(results_of):
    """Each visit takes the next values."""
    (result,) = results_of(
        LOOP,
        """given response is stable, lvef = 60 %
        at check given response is partial
        at check given response is unknown
        at check given response is progression
        expect therapy later therapy later next
        expect end at done""",
    )
    assert result.passed


def test_a_flag_is_met_where_it_is_pinned_or_arrived_at(results_of):
    """Boxes, branches and the gaps themselves flag."""
    boxes = HEART.replace("-> care\n", '-> care "Strong" flags unclear\n').replace(
        "unknown -> echo", "unknown -> unclear"
    )
    results = results_of(
        boxes,
        "given lvef = 60 %\nexpect flagged unclear",
        "given lvef is unknown\nexpect flagged unclear\nexpect only unclear\nexpect end at unclear",
        "given lvef = 40 %\nexpect flagged unclear",
    )
    assert [result.passed for result in results] == [True, True, False]


GAPS = """
assess look "Look" {
  measures fever
  then ask
}

gap ask "Which?" {
  status open
  then next
}

treat next "Next" {
  regimen alone
  recommend for strong
  sets lines = 2, response is stable, sites is {brain, liver}, pregnant
  then counted
}

decide counted "How many?" {
  when lines >= 2 and response is stable and sites includes brain and pregnant -> onward
  otherwise -> done
}

enter onward "Onward" {
  pathway example
}

end done "Done"
"""


def test_gaps_lead_on_and_sets_changes_values(results_of):
    """A gap with `then` is come to and left; `sets` holds when the box is left; `enter` ends."""
    (result,) = results_of(
        GAPS,
        "given not fever\nexpect only ask then next then onward\n"
        "expect end at onward\nexpect flagged ask",
    )
    assert result.passed
    assert result.walk.ended_at == "onward"


def test_had_is_true_from_the_treatment_on(results_of):
    """A drug was had if any regimen with it was."""
    boxes = """
assess look "Look" {
  measures fever
  then before
}

decide before "Had it?" {
  when had alone -> done
  when not had alone -> next
}

treat next "Next" {
  regimen alone
  recommend for strong
  then after
}

decide after "Had what?" {
  when had trastuzumab and had alone and not had docetaxel and not had both -> good
  otherwise -> done
}

end good "Good"

end done "Done"
"""
    (result,) = results_of(boxes, "given fever\nexpect only next then good")
    assert result.passed


TOGETHER = """
assess look "Look" {
  measures fever, pregnant
  then team
}

together team "Team" {
  do imaging
  do talk
  then meet
}

assess imaging "Imaging" {
  measures lvef
  then meet
}

act talk "Talk" {
  good-practice because "An example"
  then ask
}

decide ask "Enough?" {
  when pregnant -> lost
  when not pregnant -> meet
}

gap lost "Lost" {
  status open
}

assess meet "Meet" {
  measures response
  then done
}

end done "Done"
"""


def test_strands_are_all_walked_before_the_way_goes_on(results_of):
    """The patient arrives once, when every strand is done."""
    (result,) = results_of(TOGETHER, "given not pregnant, lvef = 3 %\nexpect end at done")
    assert result.passed
    assert result.walk.way == ("look", "team", "imaging", "talk", "ask", "meet", "done")


def test_a_strand_that_ends_in_a_gap_is_not_done(results_of):
    """Then nobody goes on by `then`, but the other strands are walked."""
    (result,) = results_of(
        TOGETHER, "given pregnant\nexpect never meet\nexpect only talk then lost"
    )
    assert result.passed
    assert stops(result) == [("end", "lost")]


def test_a_strand_may_be_stuck(results_of):
    """A missing value in a strand stops the walk there."""
    (result,) = results_of(TOGETHER, "given fever\nexpect stuck at ask without pregnant")
    assert result.passed


def test_a_walk_always_stops(results_of):
    """A way that goes round for ever is broken off and named."""
    boxes = """
act look "Look" {
  good-practice because "An example"
  then again
}

act again "Again" {
  good-practice because "An example"
  then look
}
"""
    (result,) = results_of(boxes, "expect again")
    assert not result.passed
    assert stops(result) == [("endless", "look")]
    assert "round and round: “Look” and “Again”" in result.findings[0].message


def test_strands_within_strands_stop_too(results_of):
    """A strand that leads to its own start is broken off."""
    boxes = """
together look "Look" {
  do look
  do done
  then done
}

end done "Done"
"""
    (result,) = results_of(boxes, "expect look")
    assert StopKind.ENDLESS in {stop.kind for stop in result.walk.stops}


def test_a_return_without_a_start_is_told(results_of):
    """`resume` on a way that no `during` began leads nowhere."""
    boxes = HEART.replace("unknown -> echo", "unknown -> resume")
    (result,) = results_of(boxes, "given lvef is unknown\nexpect look")
    assert stops(result) == [("nothing-to-resume", "heart")]


def test_every_kind_of_value_can_be_given(results_of):
    """Named values, numbers, sets, yes and no, and unknown."""
    boxes = (
        """
assess look "Look" {
  measures interval, lines, sites, pregnant, fever, response
  then choice
}

decide choice "All as given?" {
  when interval is never and lines = 0 and sites is {brain, bone} and sites excludes liver
    and not pregnant and fever is unknown and response in {partial, stable} -> care
  otherwise -> other
}
"""
        + ENDS
    )
    (result,) = results_of(
        boxes,
        "given interval is never, lines = 0, sites is {brain, bone}, not pregnant,\n"
        "  fever is unknown, response is stable\nexpect care",
    )
    assert result.passed


def test_a_way_round_that_changes_something_is_no_endless_one(results_of):
    """Only where nothing at all has changed the walk is broken off at once."""
    boxes = """
assess look "Look" {
  measures fever
  then former
}

treat former "First" {
  regimen alone
  recommend for strong
  then which
}

decide which "Had both?" {
  when had both -> done
  when not had both -> other
}

treat other "Second" {
  regimen both
  recommend for strong
  then former
}

end done "Done"
"""
    (result,) = results_of(boxes, "expect only former then other then former then done")
    assert result.passed


def test_something_that_happens_on_every_round_is_broken_off(results_of):
    """A line of `during` that is always true and leads back to its own box."""
    boxes = """
treat look "Look" {
  regimen alone
  recommend for strong
  then done
}

during look {
  when fever -> hold
}

act hold "Hold" {
  good-practice because "An example"
  then fresh
}

treat fresh "Fresh" {
  regimen both
  recommend for strong
  sets fever
  then look
}

end done "Done"
"""
    (result,) = results_of(boxes, "given fever\nexpect hold")
    assert [stop.kind for stop in result.walk.stops] == [StopKind.ENDLESS]
    assert all(f"“{box}”" in result.findings[0].message for box in ("Look", "Hold", "Fresh"))
