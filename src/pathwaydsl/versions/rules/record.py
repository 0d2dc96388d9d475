"""Changes of the head, of names, of cases and of wording, and what stands for a whole thing."""

from pathwaydsl.versions.records import Bump, Level, Section
from pathwaydsl.versions.rules.example import BASE, written
from pathwaydsl.versions.rules.rule import ChangeRule, Place, Said, alone, both

ERROR, WARNING, INFO, OFF = Level.ERROR, Level.WARNING, Level.INFO, Level.OFF
MAJOR, MINOR, PATCH, NONE = Bump.MAJOR, Bump.MINOR, Bump.PATCH, Bump.NONE
RECORD, WORDING = Section.RECORD, Section.WORDING

_SHOWN = "Readers see it at the head of the page."
_NAMES = "Links, cases and other files name it by its id."
_TALK = """  act talk "Talk" {
    good-practice because "People ask"
    then onward
  }
"""
_UNRELATED = """pathwaydsl 1

pathway another "Another matter" {
  version 1.0.0
  date 2025-01-01
  status draft
  population "Children"
  eligible everyone
  start at greet

  act greet "Greet" {
    then play
  }

  act play "Play" {
    then rest
  }

  act rest "Rest" {
    then home
  }

  end home "Home"
}
"""
_SPLIT = written(
    _TALK,
    _TALK.replace("talk", "speak").replace("{", "{\n    replaces talk", 1)
    + "\n"
    + _TALK.replace("talk", "listen").replace("{", "{\n    replaces talk", 1),
).replace("    do talk\n", "    do speak\n    do listen\n")
_REUSED = written(
    '  act plain-care "Plain care" {\n    good-practice because "It is always '
    'possible"\n    then both\n  }\n',
    '  act plain-care "Refer elsewhere quickly" {\n    then done\n  }\n',
).replace('    option plain-care "Neither" when ready and risk <= 1 points\n', "")
_SIMILAR = written(_TALK, _TALK.replace("act talk", "act speak")).replace("do talk", "do speak")
_PERHAPS = BASE.replace("do talk", "do converse").replace(
    _TALK,
    '  act converse "Converse" {\n    good-practice because "People ask"\n    then done\n  }\n',
)

RULES: tuple[ChangeRule, ...] = (
    *alone(
        Place("pathway", "identity", RECORD),
        Said("unrelated-pathways", "change", ERROR, MAJOR, "Two unrelated pathways",
             "{subject} and “{old}” have next to nothing in common ({what} of their boxes), so "
             "they are not compared", "undetermined", acceptable=False),
        example=(BASE, _UNRELATED),
        because="Hundreds of changes would say less.",
    ),
    *alone(
        Place("pathway", "identity", RECORD),
        Said("pathway-renamed", "rename", ERROR, MAJOR, "Another id",
             "The id of {subject} was {old} and is now {new}"),
        example=(BASE, BASE.replace("pathway example", "pathway other-example")),
        because="Releases and other pathways find it by its id.",
    ),
    *both(
        Place("pathway", "status", RECORD),
        Said("status-advanced", "upgrade", INFO, PATCH, "Further on its way",
             "The status was {old} and is now {new}"),
        Said("status-set-back", "downgrade", WARNING, MINOR, "Set back",
             "The status was {old} and is only {new} now"),
        example=(BASE, written("status in-review", "status published")),
        because="It tells whether the page counts.",
    ),
    *both(
        Place("pathway", "retirement", RECORD),
        Said("pathway-retired", "remove", ERROR, MAJOR, "Retired",
             "The pathway was retired (it was {old})", "less-care"),
        Said("pathway-reinstated", "add", WARNING, MINOR, "No longer retired",
             "The pathway was retired and is {new} again", "more-care"),
        example=(BASE, written("status in-review", "status retired")),
        because="Nobody should go by it any more.",
    ),
    *alone(
        Place("pathway", "release", RECORD),
        Said("release-data-changed", "change", INFO, NONE, "Version or date",
             "The {what} was {old} and is now {new}"),
        example=(BASE, written("version 1.0.0", "version 1.1.0")),
        because="Every release has its own.",
    ),
    *alone(
        Place("pathway", "population", Section.POPULATION),
        Said("population-reworded", "change", WARNING, MINOR, "The population in other words",
             "The population was said to be: {old}; now {new}", "undetermined"),
        example=(BASE, written('population "Adults"', 'population "Adults over 18"')),
        because="Readers judge by it whether a patient is meant.",
    ),
    *alone(
        Place("pathway", "grading", Section.STRENGTH),
        Said("grading-scheme-changed", "change", WARNING, MINOR, "Another grading scheme",
             "Recommendations were to be rated by {old}; now by {new}", "undetermined"),
        example=(BASE, written("grading grade", "grading esmo")),
        because="Levels of two schemes are not the same.",
    ),
    *both(
        Place("pathway", "search", Section.STRENGTH),
        Said("search-moved-on", "upgrade", INFO, PATCH, "Searched to a later day",
             "The literature was searched to {old}; now to {new}"),
        Said("search-set-back", "downgrade", WARNING, MINOR, "Searched to an earlier day",
             "The literature was searched to {old}; now to {new}"),
        example=(BASE, written("searched to 2024-10-01", "searched to 2024-11-01")),
        because="Later studies are not in it.",
    ),
    *alone(
        Place("pathway", "licence", RECORD),
        Said("license-changed", "change", WARNING, PATCH, "Another licence",
             "The licence was {old} and is now {new}"),
        example=(BASE, written('license "CC-BY-4.0"', 'license "CC-BY-NC-4.0"')),
        because="It says what others may do with it.",
    ),
    *both(
        Place("pathway", "author", RECORD),
        Said("author-added", "add", INFO, PATCH, "Another author", "{new} now is an author"),
        Said("author-removed", "remove", INFO, PATCH, "An author less",
             "{old} no longer is an author"),
        example=(written('  author "Author One" role "Writer" interests "None"\n', ""), BASE),
        because=_SHOWN,
    ),
    *alone(
        Place("pathway", "author", RECORD),
        Said("author-changed", "change", WARNING, PATCH, "Role or interests of an author",
             "{what}: {old}; now {new}"),
        example=(BASE, written('interests "None"', 'interests "Fees"')),
        because="Interests are declared so that readers see them.",
    ),
    *both(
        Place("pathway", "approval", RECORD),
        Said("approval-added", "add", INFO, NONE, "Approved", "It was approved by {new}"),
        Said("approval-removed", "remove", WARNING, PATCH, "No longer approved",
             "It is no longer approved by {old}"),
        example=(written('  approved by "The board" on 2024-12-01\n', ""), BASE),
        because="Approval is given to one version.",
    ),
    *alone(
        Place("pathway", "approval", RECORD),
        Said("approval-changed", "change", INFO, NONE, "Approved on another day",
             "{what} approved on {old}; now on {new}"),
        example=(BASE, written("on 2024-12-01", "on 2024-12-02")),
        because="Approval is given to one version.",
    ),
    *alone(
        Place("pathway", "note", RECORD),
        Said("change-note-changed", "change", OFF, NONE, "Another note on the changes",
             "The note on the changes was: {old}; now {new}"),
        example=(BASE, written("First version.", "Second version.")),
        because="Each version has its own.",
    ),
    *alone(
        Place("pathway", "population", RECORD),
        Said("everyone-stated", "change", OFF, NONE, "Whether “everyone” is written",
             "Whether it is written for whom the pathway is: {old}; now {new}"),
        example=(written("  eligible when value >= 10 %\n", ""),
                 written("eligible when value >= 10 %", "eligible everyone")),
        because="It is the same population, stated or not.",
    ),
    # Names
    *alone(
        Place("definition", "identity", RECORD),
        Said("renamed", "rename", INFO, PATCH, "Renamed, as its authors say",
             "{subject} was renamed: {old}; now {new}"),
        example=(BASE, written(_TALK, _TALK.replace("act talk", "act speak").replace(
            "{", "{\n    was talk", 1)).replace("do talk", "do speak")),
        because=_NAMES,
    ),
    *alone(
        Place("definition", "identity", RECORD),
        Said("renamed-inferred", "rename", INFO, PATCH, "Renamed, by all appearances",
             "{subject} seems to have been renamed: {old}; now {new} ({what})"),
        example=(BASE, _SIMILAR),
        because=_NAMES,
    ),
    *alone(
        Place("definition", "identity", RECORD),
        Said("possible-rename", "rename", INFO, NONE, "Perhaps renamed",
             "{subject} may be what was “{old}” ({what}); if so, write “was” in it"),
        example=(BASE, _PERHAPS),
        because="A wrong rename would hide a removal, so both are shown.",
    ),
    *both(
        Place("definition", "structure", RECORD),
        Said("split", "split", INFO, PATCH, "Split", "{old} was split into {new}"),
        Said("merged", "merge", INFO, PATCH, "Merged", "{old} were merged into {new}"),
        example=(BASE, _SPLIT),
        because="Its parts are told one by one.",
    ),
    *alone(
        Place("definition", "identity", Section.TREATMENT),
        Said("id-reused", "replace", ERROR, MAJOR, "An id stands for something else",
             "The id {what} stood for “{old}” and now stands for “{new}”", "undetermined",
             acceptable=False),
        example=(BASE, _REUSED),
        because="Whoever follows an old link lands at other advice.",
    ),
    *alone(
        Place("definition", "type", Section.TREATMENT),
        Said("kind-changed", "change", ERROR, MAJOR, "Something of another kind",
             "{subject} was a box of the kind {old} and is now one of the kind {new}",
             "undetermined"),
        example=(BASE, written(_TALK, '  assess talk "Talk" {\n    measures stage\n'
                               '    good-practice because "People ask"\n    then onward\n  }\n')),
        because="What happens there is another thing.",
    ),
    *alone(
        Place("definition", "lineage", RECORD),
        Said("lineage-changed", "change", OFF, NONE, "What is said of earlier names",
             "What {subject} says of earlier names was {old} and is now {new}"),
        example=(BASE, written(_TALK, _TALK.replace("{", "{\n    was chat", 1))),
        because="It names what the changes already tell.",
    ),
    *both(
        Place("definition", "existence", RECORD),
        Said("definition-comes-in", "add", INFO, PATCH, "Comes into use",
             "{subject} comes into use"),
        Said("definition-goes-out", "remove", INFO, PATCH, "Goes out of use",
             "{subject} is no longer used"),
        example=(BASE, written("    evidence study\n    balance",
                               "    evidence study, third-study\n    balance").replace(
            "\ngap what-next", '\nevidence third-study "Third study" {\n  kind cohort\n}\n'
            "\ngap what-next")),
        because="What it does is told where it is used.",
    ),
    # Wording
    *alone(
        Place("definition", "label", WORDING),
        Said("title-changed", "change", INFO, PATCH, "Another title",
             "The title of {subject} was “{old}” and is now “{new}”"),
        example=(BASE, written('act letter "Letter"', 'act letter "A letter home"')),
        because="The same thing under another title.",
    ),
    *alone(
        Place("line", "label", WORDING),
        Said("label-changed", "change", INFO, PATCH, "Other words on a line",
             "In {subject}, the words on a line or of an answer were: {old}; now {new}"),
        example=(BASE, written('-> first-care "High"', '-> first-care "High enough"')),
        because="The same line under other words.",
    ),
    *alone(
        Place("definition", "rationale", WORDING),
        Said("rationale-changed", "change", INFO, PATCH, "Another rationale",
             "The rationale of {subject} was: {old}; now {new}"),
        example=(BASE, written('"One must look first."', '"One looks first."')),
        because="It explains and decides nothing.",
    ),
    *alone(
        Place("definition", "detail", WORDING),
        Said("detail-changed", "change", INFO, PATCH, "A detail",
             "{subject}, {what}: {old}; now {new}"),
        example=(BASE, written('  outcome survival "Survival" {',
                               '  outcome survival "Overall survival" {')),
        because="What has a weight of its own has a rule of its own.",
    ),
    # Cases
    *both(
        Place("case", "existence", RECORD),
        Said("case-added", "add", INFO, PATCH, "A case was added", "The case “{what}” was added"),
        Said("case-removed", "remove", INFO, PATCH, "A case was removed",
             "The case “{what}” was removed"),
        example=(BASE, BASE + '\ncase "Another" {\n  given value = 5 %\n  expect look\n}\n'),
        because="Cases show what the pathway does; they do nothing themselves.",
    ),
    *alone(
        Place("case", "content", RECORD),
        Said("case-changed", "change", INFO, PATCH, "A case changed",
             "The case {subject} gives or expects something else"),
        example=(BASE, written("  expect first-care\n", "  expect first-care later both\n")),
        because="Cases show what the pathway does; they do nothing themselves.",
    ),
)  # fmt: skip
