"""What two right changes do together is seen, told, and shown at its place."""

from pathwaydsl.authoring.merge_review import Looked, Together, noted, review
from pathwaydsl.resolve import resolve
from pathwaydsl.syntax.reader import read
from pathwaydsl.text.rules import finding
from pathwaydsl.text.source import Source

BASE = """\
pathwaydsl 1

criterion lvef "Ejection fraction" {
  number 0..100 %
}

criterion age "Age" {
  number 18..120 years
}

condition strong "Strong heart" means lvef >= 50 %

condition young "Young" means age < 60 years

pathway example "An example" {
  version 1.0.0
  date 2025-01-02
  status draft
  population "Adults"
  eligible everyone
  start at baseline
  rationale \"\"\"
    Several lines,
    one of them about age.
    \"\"\"

  assess baseline "Baseline" {
    measures lvef, age
    then heart
  }

  decide heart "Can the heart carry it?" {
    when strong and young -> care
    when not (strong and young) -> refer
  }

  act care "Care" {
    good-practice because "It is."
    then done
  }

  act refer "Refer" {
    good-practice because "It is."
    then done
  }

  end done "Done"
}
"""


def looked(text, *errors):
    """A version of the file as the second look sees it."""
    file = read(Source("example.pathway", text)).value
    document = resolve({"example.pathway": file}, {}).value["example.pathway"]
    assert document.pathway is not None
    return Looked(errors=errors, pathway=document.pathway)


def changed(*pairs):
    """The base with something else in it."""
    text = BASE
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def test_somebody_without_a_way_on_is_a_clash_even_where_no_check_is_new():
    """The comparison of advice sees it, names the box and the patients."""
    raised = ("means lvef >= 50 %", "means lvef >= 60 %")
    spelled = ("not (strong and young)", "(lvef < 50 % or not young)")
    found = review(
        looked(changed(raised, spelled)), looked(changed(raised)), looked(changed(spelled))
    )
    (clash,) = found.clashes
    assert clash.message.startswith(
        "Only the two changes together leave somebody without a way on at “Can the heart carry it?”"
    )
    assert clash.span is not None
    assert found.notes == ()


def test_other_advice_than_on_either_side_is_told_and_no_clash():
    """Each side lets somebody more come to a box; together they let somebody else come, too."""
    one = ("means lvef >= 50 %", "means lvef >= 40 %")
    other = ("means age < 60 years", "means age < 70 years")
    found = review(looked(changed(one, other)), looked(changed(one)), looked(changed(other)))
    assert found.clashes == ()
    assert any("these come to “Care”" in note for note in found.notes)


def test_changes_that_do_not_meet_say_nothing():
    """A label and a date do nothing together."""
    one, other = ('"Care"', '"Good care"'), ("date 2025-01-02", "date 2025-01-03")
    found = review(looked(changed(one, other)), looked(changed(one)), looked(changed(other)))
    assert (found.clashes, found.notes) == ((), ())


def test_an_error_that_neither_side_has_is_a_clash():
    """One that a side had before is not."""
    source = Source("example.pathway", BASE)
    old, new = (finding("PW301", text, source.span(0, 1)) for text in ("Old", "New"))
    found = review(looked(BASE, old, new), looked(BASE, old), looked(BASE))
    assert [clash.message for clash in found.clashes] == [
        "Only the two changes together do this: New (PW301)"
    ]


def test_what_was_not_looked_at_is_said():
    """The reason is given."""
    found = review(Looked(unread="there is no library"), Looked(), Looked())
    assert found.clashes == ()
    assert "were not looked at after the merge: there is no library. Run `" in found.notes[0]


def test_the_sentence_stands_above_the_innermost_statement_on_a_line_of_its_own():
    """A place within a text of several lines is no place for a comment."""
    file = read(Source("example.pathway", BASE)).value
    places = {
        "when not": "    # Conflict: Look here.\n    when not (strong",
        "of them about age": '  # Conflict: Look here.\n  rationale """',
        "-> care": "    # Conflict: Look here.\n    when strong",
    }
    for words, wanted in places.items():
        span = file.source.span(BASE.index(words), BASE.index(words) + 1)
        clash = Together("Look\nhere", span)
        text = noted(file, [clash, clash, Together("Nowhere", None)])
        assert wanted in text
        assert text.count("# Conflict") == 1
        assert read(Source("example.pathway", text)).value.whole
