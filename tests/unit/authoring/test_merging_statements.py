"""Three versions of a file become one; what cannot become one is shown."""

import pytest

from pathwaydsl.authoring.merging import Merged, merge, whole

BASE = """\
# who keeps this file
pathwaydsl 1

# where it is from
criterion lvef "Ejection fraction" {
  number 0..100 %
  may be unknown
}

criterion hr "Hormone receptor" { one of positive, negative }

pathway example "An example" {
  version 1.0.0
  date 2025-01-02
  status draft
  population "Adults"
  eligible everyone
  start at baseline

  assess baseline "Baseline" {
    measures lvef, hr  # asked of everyone
    then heart
  }

  # the heart comes first
  decide heart "Can the heart carry it?" {
    when lvef >= 50 % -> care "Yes" flags why
    when lvef < 50 % -> refer
    unknown -> echo
  }

  decide receptor "Which receptor?" {
    first match
    when hr is positive -> care
    otherwise -> refer
  }

  act care "Care" {
    evidence emilia, cleopatra
    monitor "weight" every 4 weeks
    then every 8 weeks
    then done
  }

  act refer "Refer" {
    then done
  }

  act echo "Echocardiogram" {
    then heart
  }

  gap why "Why?" {
    kind sequencing
  }

  end done "Done"
}
# the end
"""


def changed(text: str, *pairs: tuple[str, str]) -> str:
    """A text with something else in it."""
    for old, new in pairs:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    return text


def clean(merged: Merged | None) -> str:
    """The text of a merge without conflicts."""
    assert merged is not None
    assert merged.conflicts == (), merged.text
    assert whole(merged.text) is not None
    return merged.text


INDEPENDENT = {
    "two boxes": (
        [('act care "Care"', 'act care "Good care"')],
        [('act refer "Refer"', 'act refer "Refer at once"')],
    ),
    "label and contents": (
        [('act care "Care"', 'act care "Good care"')],
        [("evidence emilia, cleopatra", "evidence emilia, cleopatra, three")],
    ),
    "label and target of a branch": (
        [('care "Yes" flags', 'care "It can" flags')],
        [("flags why", "flags why, how")],
    ),
    "neighbouring statements": (
        [("version 1.0.0", "version 1.1.0")],
        [("date 2025-01-02", "date 2025-03-04")],
    ),
    "a comment and its statement": (
        [("# the heart comes first", "# the heart comes before all")],
        [("when lvef < 50 % -> refer", "when lvef < 50 % -> echo")],
    ),
    "layout and contents": (
        [("number 0..100 %\n  may", "number 0..100   %\n\n  may")],
        [("0..100", "0..90")],
    ),
    "a box taken out and another one added": (
        [('  gap why "Why?" {\n    kind sequencing\n  }\n\n', "")],
        [('  end done "Done"', '  end other "Other"\n\n  end done "Done"')],
    ),
    "a one-line block": (
        [("{ one of positive, negative }", "{ one of positive, negative, low }")],
        [('hr "Hormone receptor"', 'hr "Receptor"')],
    ),
}


@pytest.mark.parametrize("name", INDEPENDENT)
def test_changes_that_have_nothing_to_do_with_each_other_both_stand(name):
    """Whatever the sides are called, both changes are in the merged text, and all comments."""
    one, other = INDEPENDENT[name]
    ours, theirs = changed(BASE, *one), changed(BASE, *other)
    both = clean(merge(BASE, ours, theirs))
    assert both.split() == changed(ours, *other).split()
    assert clean(merge(BASE, theirs, ours)).split() == both.split()


LISTS = [
    ("measures lvef, hr", "measures lvef, hr, ecog", "measures lvef, age, hr",
     "measures lvef, age, hr, ecog"),
    ("measures lvef, hr", "measures hr", "measures lvef, hr, age", "measures hr, age"),
    ("evidence emilia, cleopatra", "evidence emilia", "evidence cleopatra", None),
    ("evidence emilia, cleopatra", "evidence emilia, cleopatra, four", "evidence emilia, three",
     "evidence emilia, three, four"),
    ("one of positive, negative", 'one of positive "Yes", negative',
     "one of positive, negative, low", 'one of positive "Yes", negative, low'),
    ("flags why\n", "flags why, which\n", "flags\n      what, why\n", "flags what, why, which\n"),
]  # fmt: skip


@pytest.mark.parametrize(("was", "ours", "theirs", "then"), LISTS)
def test_lists_without_an_order_are_sets(was, ours, theirs, then):
    """What either side put in is in, what either side took out is out."""
    merged = merge(BASE, changed(BASE, (was, ours)), changed(BASE, (was, theirs)))
    assert merged is not None
    if then is not None:
        assert then in clean(merged)
    elif merged.conflicts:
        assert "evidence emilia" in merged.text
    else:
        assert (
            "evidence emilia, three, four" in merged.text or "evidence emilia, four" in merged.text
        )


CONFLICTS = [
    ([("date 2025-01-02", "date 2025-02-03")], [("date 2025-01-02", "date 2025-03-04")],
     "Both sides changed `date 2025-02-03`"),
    ([("when lvef >= 50 %", "when lvef >= 55 %")], [("when lvef >= 50 %", "when lvef >= 45 %")],
     "Both sides changed `when lvef >= 55 % -> care"),
    ([("when lvef >= 50 %", "when lvef >= 55 %")], [('-> care "Yes"', '-> refer "Yes"')],
     "Both sides changed `when lvef"),
    ([('act care "Care"', 'act care "A"')], [('act care "Care"', 'act care "B"')],
     "Both sides changed the first line of act “A”"),
    ([('  act echo "Echocardiogram" {\n    then heart\n  }\n\n', "")],
     [("then heart\n  }\n\n  gap", "then refer\n  }\n\n  gap")],
     "One side took out act “Echocardiogram”, the other one changed it"),
    ([("    when hr is positive -> care\n", "    when hr is positive -> echo\n")],
     [("    otherwise -> refer\n  }", "    when hr is low -> refer\n    otherwise -> refer\n  }")],
     "Both sides changed the branches of decide “Which receptor?”, whose order counts"),
    ([('  end done "Done"', '  end other "A"\n\n  end done "Done"')],
     [('  end done "Done"', '  end other "B"\n\n  end done "Done"')],
     "Both sides added end “A”, and not the same"),
    ([("{ one of positive, negative }", "{ yes or no }")],
     [("{ one of positive, negative }", "{ one of low, negative }")],
     "Both sides changed"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "says"), CONFLICTS)
def test_the_same_field_changed_twice_is_shown_in_both_versions(one, other, says):
    """Markers stand on lines of their own around whole statements; one line says what."""
    ours, theirs = changed(BASE, *one), changed(BASE, *other)
    for mine, yours in ((ours, theirs), (theirs, ours)):
        merged = merge(BASE, mine, yours)
        assert merged is not None
        assert len(merged.conflicts) == 1
        assert resolved(merged.text, "ours").split() == mine.split()
        assert resolved(merged.text, "theirs").split() == yours.split()
        assert merged.text.count("# Conflict: ") == 1
    merged = merge(BASE, ours, theirs)
    assert merged is not None
    assert says in merged.conflicts[0]


def resolved(text: str, side: str) -> str:
    """What is left when one takes a side of each conflict."""
    lines, now = [], None
    for line in text.split("\n"):
        if line.startswith("<<<<<<< "):
            now = "ours"
        elif line.startswith("||||||| "):
            now = "base"
        elif line == "=======" and now:
            now = "theirs"
        elif line.startswith(">>>>>>> "):
            now = None
        elif now in {None, side}:
            lines.append(line)
    return "\n".join(lines)


def test_longer_markers_are_written_where_git_asks_for_them():
    """A conflict within a conflict has longer markers."""
    ours = changed(BASE, ("date 2025-01-02", "date 2025-02-03"))
    theirs = changed(BASE, ("date 2025-01-02", "date 2025-03-04"))
    merged = merge(BASE, ours, theirs, marker=11)
    assert merged is not None
    assert "\n<<<<<<<<<<< ours\n  date 2025-02-03\n||||||||||| base\n" in merged.text


def test_what_cannot_be_read_is_not_merged():
    """A side that cannot be read makes no merge."""
    broken = BASE.replace("otherwise -> refer", "otherwise refer -> ->")
    assert merge(BASE, broken, changed(BASE, ("Adults", "All adults"))) is None


def test_a_renamed_box_takes_the_changes_of_the_other_side_along():
    """`was` tells that a box is the same under another name."""
    ours = changed(
        BASE,
        ('act echo "Echocardiogram" {\n', 'act ultrasound "Echocardiogram" {\n    was echo\n'),
        ("unknown -> echo", "unknown -> ultrasound"),
    )
    theirs = changed(BASE, ("then heart\n  }\n\n  gap", "then refer\n  }\n\n  gap"))
    both = clean(merge(BASE, ours, theirs))
    assert 'act ultrasound "Echocardiogram" {\n    was echo\n    then refer\n  }' in both


def test_a_statement_put_together_has_its_canonical_form_and_the_rest_keeps_its_own():
    """A list that grew too long is broken; odd layout elsewhere stays."""
    odd = BASE.replace("version 1.0.0", "version    1.0.0")
    names = ", ".join(f"trial-with-a-long-name-{number}" for number in range(4))
    ours = odd.replace("evidence emilia, cleopatra", f"evidence emilia, cleopatra, {names}")
    theirs = odd.replace("evidence emilia, cleopatra", "evidence zero, emilia, cleopatra")
    both = clean(merge(odd, ours, theirs))
    assert "version    1.0.0" in both
    assert max(map(len, both.splitlines())) <= 100
