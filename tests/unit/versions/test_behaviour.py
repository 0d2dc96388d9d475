"""What the behavioural difference says about small pathways."""

from fractions import Fraction

import pytest

from pathwaydsl.model.nodes import Assignment
from pathwaydsl.versions import Bump, compare
from pathwaydsl.versions.behaviour import behaviour

OLD = """pathwaydsl 1

criterion interval "Time since treatment" {
  number 0..100 months
  also never "never treated"
  may be unknown
}

criterion response "Response" {
  one of stable "stable", growing "growing"
  may be unknown
}

drug aspirin "Aspirin"

drug heparin "Heparin"

regimen one "First medicine" { give aspirin 1 mg once }

regimen two "Second medicine" { give heparin 1 mg once }

pathway example "Example" {
  version 1.0.0
  date 2026-01-01
  status draft
  population "Nobody"
  eligible everyone
  start at look

  assess look "Look" { measures interval then how-long }

  decide how-long "How long?" {
    when interval >= 12 months -> first
    when interval is never -> first
    when interval < 12 months -> second
    unknown -> look
  }

  treat first "First treatment" { regimen one good-practice because "x" then check }

  treat second "Second treatment" { regimen two good-practice because "x" then check }

  assess check "Check" { measures response then course }

  decide course "How does it go?" {
    when response is stable -> done
    otherwise -> second
    unknown -> check
  }

  end done "Done"
}
"""


@pytest.fixture
def compared(pathway_of):
    """A function that compares two texts; boxes go by their ids."""

    def build(new, pairs=None, **options):
        old = pathway_of(OLD)
        changed = pathway_of(new)
        if pairs is None:
            pairs = {node.id: node.id for node in old.nodes if node.id in changed.node}
        return behaviour(old, changed, pairs, **options)

    return build


def told(found):
    return [(one.kind, one.subject.kind, one.subject.id, one.whom.words) for one in found]


def test_the_same_text_changes_nothing(compared):
    """That nobody's advice changes is proved and said."""
    found = compared(OLD)
    assert found.unchanged is True
    assert found.decided
    assert not found.differences
    assert found.why == "No patient's advice changes."


def test_a_rewritten_decision_changes_nothing(compared):
    """A decision taken in two, in other words, is proved to be the same."""
    new = OLD.replace(
        """    when interval >= 12 months -> first
    when interval is never -> first
    when interval < 12 months -> second
    unknown -> look
""",
        """    when interval is never -> first
    when interval < 12 months -> second
    otherwise -> first
    unknown -> look
""",
    )
    assert new != OLD
    found = compared(new)
    assert found.unchanged is True
    assert [(line.role, line.kind, line.words) for line in found.lines] == [
        ("otherwise", "gained", "Time since treatment is 12 months or more")
    ]


def test_a_moved_threshold_tells_who_gets_another_treatment(compared):
    """The patients between the thresholds, with one of them walked in both versions."""
    found = compared(OLD.replace("12 months", "6 months"))
    replaced = [one for one in found.differences if one.kind == "replaced"]
    assert [(one.old.id, one.new.id) for one in replaced] == [("second", "first")]
    assert replaced[0].whom.words == "Time since treatment is from 6 to under 12 months"
    assert replaced[0].whom.share == Fraction(6, 300)
    assert replaced[0].whom.old_way.way[:3] == ("look", "how-long", "second")
    assert replaced[0].whom.new_way.way[:3] == ("look", "how-long", "first")
    value = replaced[0].whom.witness.value("interval")
    assert 6 < value.number < 12
    assert found.unchanged is False


def test_a_new_answer_is_told_in_a_note(compared):
    """What nobody could answer before is gained by those who answer it, and explained."""
    new = OLD.replace('growing "growing"\n  may', 'growing "growing", gone "gone"\n  may').replace(
        "response is stable", "response in {stable, gone}"
    )
    found = compared(new)
    assert found.notes == ("“Response” can newly be “gone”: nobody could be that before.",)
    assert {one[:3] for one in told(found.differences)} == {("gained", "end", "done")}
    assert [one.answers for one in found.differences] == [True]
    assert found.why.startswith("Only patients with an answer that one of the versions")


def test_a_new_answer_gives_nobody_else_another_treatment(compared):
    """Who can newly be told of comes to every box behind; nobody of before comes to less."""
    new = OLD.replace('also never "never', 'also soon "soon"\n  also never "never').replace(
        "when interval is never", "when interval in {soon, never}"
    )
    found = compared(new)
    assert found.differences
    assert all(one.answers and one.kind == "gained" for one in found.differences)
    assert all("soon" in one.whom.words for one in found.differences)


def test_what_only_one_version_gives_makes_nobody_another_patient(compared):
    """That a new drug was had on the way does not set patients apart at the boxes behind it."""
    new = OLD.replace(
        'drug heparin "Heparin"', 'drug heparin "Heparin"\n\ndrug dalteparin "Dalteparin"'
    )
    new = new.replace(
        'regimen two "Second medicine" { give heparin 1 mg once }',
        'regimen two "Second medicine" { give heparin 1 mg once give dalteparin 1 mg once }',
    ).replace(
        "when response is stable -> done",
        "when response is stable and not had dalteparin -> done\n"
        "    when response is stable and had dalteparin -> done",
    )
    assert compared(new).differences == ()


def test_a_new_unknown_is_told_in_a_note(compared, pathway_of):
    """A criterion that may newly be unknown has patients the old version did not know."""
    old = pathway_of(
        OLD.replace('growing "growing"\n  may be unknown', 'growing "growing"').replace(
            "    otherwise -> second\n    unknown -> check", "    otherwise -> second"
        )
    )
    new = pathway_of(OLD)
    found = behaviour(old, new, {node.id: node.id for node in old.nodes})
    assert found.notes == ("“Response” may newly be unknown.",)
    assert found.unchanged is not True


def test_another_unit_makes_two_questions(compared):
    """Values in another unit are not compared, and it is said."""
    found = compared(OLD.replace("0..100 months", "0..400 weeks").replace("12 months", "52 weeks"))
    assert any("cannot be compared" in note for note in found.notes)
    assert found.unchanged is not True


def test_what_is_asked_in_one_version_only_is_told(compared):
    """Asking more treats nobody otherwise, and is said."""
    new = OLD.replace(
        "criterion response", 'criterion mood "Mood" { yes or no }\n\ncriterion response'
    )
    new = new.replace("measures interval then", "measures interval, mood then")
    found = compared(new)
    assert found.unchanged is True
    assert found.notes == (
        "“Mood” is asked in the new version only; in the old one it may have any value.",
    )


def test_an_inserted_box_is_gained_and_nothing_is_lost(compared):
    """A new action on the way is a gain for everyone who comes to it."""
    new = OLD.replace("unknown -> look\n  }", "unknown -> look\n  }\n").replace(
        "when interval >= 12 months -> first", "when interval >= 12 months -> talk"
    )
    new = new.replace(
        '  treat first "First',
        '  act talk "Talk" { good-practice because "x" then first }\n\n  treat first "First',
    )
    found = compared(new)
    gained = [one for one in told(found.differences) if one[0] in {"gained", "lost"}]
    assert gained == [("gained", "act", "talk", "Time since treatment is 12 months or more")]


def test_past_the_budget_nothing_is_called_unchanged(compared):
    """Undecided is not unchanged."""
    found = compared(OLD, budget=40)
    assert not found.decided
    assert found.unchanged is None
    assert found.why.startswith("Not decided")


def test_a_renamed_regimen_is_the_same(compared):
    """`was` makes one regimen of two names."""
    new = OLD.replace("regimen one good", "regimen first-medicine good").replace(
        'regimen one "First medicine" {', 'regimen first-medicine "First medicine" { was one'
    )
    assert compared(new).unchanged is True


def test_a_repeated_measurement_is_answered_alike(compared):
    """The witness of a later difference answers what is asked before it in both versions."""
    new = OLD.replace(
        "when response is stable -> done\n    otherwise -> second",
        "when response is stable -> done\n    otherwise -> first",
    )
    found = compared(new)
    (one,) = [one for one in found.differences if one.kind == "replaced"]
    assert (one.old.id, one.new.id) == ("second", "first")
    old_given = [step.given for step in one.whom.old_way.steps if step.given]
    new_given = [step.given for step in one.whom.new_way.steps if step.given]
    assert old_given[:2] == new_given[:2]
    assert Assignment("response", named="growing") in old_given[1]


def test_a_decision_in_other_words_is_told_apart_from_one_that_changed(pathway_of):
    """The proof that a decision sends everybody on as before stands beside a real change."""
    new = OLD.replace("    when interval is never -> first\n", "").replace(
        "when interval >= 12 months ->", "when interval >= 12 months or interval is never ->"
    )
    new = new.replace("version 1.0.0", "version 2.0.0")
    other = new.replace("when response is stable -> done", "when response is growing -> done")
    comparison = compare(pathway_of(OLD), pathway_of(other))
    assert comparison.behaviour.unchanged is False
    assert comparison.behaviour.rewritten == {"how-long"}
    by_box = {}
    for one in comparison.changes:
        by_box.setdefault(one.subject.id, []).append(one)
    assert {one.effect for one in by_box["how-long"]} == {"none"}
    assert all(one.bump <= Bump.PATCH for one in by_box["how-long"])
    assert max(one.bump for one in by_box["course"]) is Bump.MAJOR


def test_a_line_that_only_newcomers_take_otherwise_is_no_rewriting(pathway_of):
    """Everyone who comes to a decision in either version is asked, not only those in both."""
    new = OLD.replace("when interval < 12 months -> second", "when interval < 12 months -> check")
    old = pathway_of(OLD)
    found = behaviour(old, pathway_of(new), {node.id: node.id for node in old.nodes})
    assert found.rewritten == {"course"}


def test_an_option_that_only_one_version_offers_is_not_chosen_in_the_other(pathway_of):
    """The other version goes on by the one option it has, where there is one."""
    old = OLD.replace("when interval is never -> first", "when interval is never -> which")
    old = old.replace(
        '  treat first "First', '  choose which "Which?" { option first }\n\n  treat first "First'
    )
    new = old.replace("{ option first }", "{ option first option second }")
    before, now = pathway_of(old), pathway_of(new)
    found = behaviour(before, now, {node.id: node.id for node in before.nodes})
    (one,) = [d for d in found.differences if d.subject.kind == "option"]
    assert one.whom.new_way.way[:4] == ("look", "how-long", "which", "second")
    assert one.whom.old_way.way[:4] == ("look", "how-long", "which", "first")
