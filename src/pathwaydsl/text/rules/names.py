"""PW2: names, imports, kinds, answers and units."""

from pathwaydsl.text.finding import Severity
from pathwaydsl.text.rules.examples import changed, flow
from pathwaydsl.text.rules.rule import Rule

ERROR = Severity.ERROR

_MEANS = "hr is positive or lvef < 50 % or pregnant or sites includes brain"
_CRITERIA = f"""pathwaydsl 1

criterion hr "Hormone receptors" {{
  one of positive "positive", low "low", negative "negative"
  may be unknown
}}

criterion lvef "LVEF" {{
  number 0..100 %
}}

criterion pregnant "Pregnant" {{
  yes or no
}}

criterion sites "Sites of metastases" {{
  any of brain "brain", liver "liver"
}}

condition group "In the group" means {_MEANS}
"""


def _group(means: str) -> str:
    """The criteria with another condition over them."""
    return changed(_MEANS, means, _CRITERIA)


_REGIMEN = """pathwaydsl 1

drug docetaxel "Docetaxel"
drug paclitaxel "Paclitaxel"

regimen taxane "A taxane" {
  give docetaxel 75 mg/m2 IV every 3 weeks
  give paclitaxel 80 mg/m2 IV on days 1, 8, 15 of 21
}
"""
_CHOICE = changed(
    "  give docetaxel 75 mg/m2 IV every 3 weeks\n"
    "  give paclitaxel 80 mg/m2 IV on days 1, 8, 15 of 21\n",
    "  give one of docetaxel 75 mg/m2 every 3 weeks, paclitaxel 80 mg/m2 weekly\n",
    _REGIMEN,
)
_SCORE = """pathwaydsl 1

criterion stroke "Stroke before" {
  yes or no
}

score risk "Risk of a stroke" {
  2 points when stroke
}
"""
_GAP = """pathwaydsl 1

gap early-relapse "What after an early relapse?" {
  kind prior-exposure
  question {
    population "Adults with an early relapse"
    intervention "Any first line"
    comparator "The usual first line"
    outcome "Survival"
  }
  priority high
  status open
  raised 2025-01-01
}
"""
_ACT = """
act care "Care" {
  good-practice because "Care helps"
  monitor "Weight" every 3 weeks
  then done
}

end done "Done"
"""
_RATED = """
act care "Care" {
  recommend for strong
  good-practice because "Care helps"
  rated grade high by committee
  then done
}

end done "Done"
"""
_CHOOSE = """
choose way "Which way?" {
  option care "Care"
  option done "No care"
}

act care "Care" {
  then done
}

end done "Done"
"""
_CASE = """
case "Wants care" {
  at way choose care
  expect care
}
"""
_CASED = flow(_CHOOSE, start="way") + _CASE
_LIBRARY = 'pathwaydsl 1\n\ncriterion frail "Frail" {\n  yes or no\n}\n'
_USES = 'pathwaydsl 1\n\nuse "library.pathway"\n\ncondition unfit "Unfit" means frail\n'
_CIRCLE = 'pathwaydsl 1\n\nuse "library.pathway"\n\ncriterion old "Old" {\n  yes or no\n}\n'
_USED = (("library.pathway", _LIBRARY),)

RULES: tuple[Rule, ...] = (
    Rule(
        "PW201",
        "unknown-name",
        ERROR,
        "A name is used that nothing defines.",
        "What it stands for would be missing from the pathway.",
        _group("group-b or lvef < 50 %"),
        _CRITERIA,
    ),
    Rule(
        "PW202",
        "duplicate-definition",
        ERROR,
        "Two things of one kind have the same name.",
        "Nobody could tell which of the two is meant.",
        _CRITERIA + '\ncriterion pregnant "Expecting" {\n  yes or no\n}\n',
        _CRITERIA,
    ),
    Rule(
        "PW203",
        "missing-import",
        ERROR,
        "A `use` leads to no file that can be read.",
        "Everything that file defines is missing.",
        _USES.replace("library.pathway", "libary.pathway"),
        _USES,
        files=_USED,
    ),
    Rule(
        "PW204",
        "import-cycle",
        ERROR,
        "Files use each other in a circle.",
        "None of them could be read on its own, and a release could not be made.",
        _CIRCLE,
        _CIRCLE.replace('use "library.pathway"\n\n', ""),
        files=(("library.pathway", _LIBRARY.replace("\n\n", '\n\nuse "example.pathway"\n\n', 1)),),
    ),
    Rule(
        "PW205",
        "outside-project",
        ERROR,
        "A `use` leads out of the project's folder.",
        "The pathway would depend on a file that others do not have.",
        _USES.replace('"library.pathway"', '"../../library.pathway"'),
        _USES,
        files=_USED,
    ),
    Rule(
        "PW206",
        "unknown-value",
        ERROR,
        "A criterion does not have this answer.",
        "No patient could ever have it, so the line would never apply.",
        _group("hr is postive"),
        _CRITERIA,
    ),
    Rule(
        "PW207",
        "wrong-kind",
        ERROR,
        "A name stands for something of another kind than is asked for.",
        "A drug where a regimen belongs has no dose; a decision is no treatment.",
        _REGIMEN.replace("give docetaxel", "give taxane"),
        _REGIMEN,
    ),
    Rule(
        "PW208",
        "wrong-unit",
        ERROR,
        "A number has another unit than the one declared, or none.",
        "Nothing is converted: a number in another unit would be read as another number.",
        _group("lvef < 50 points"),
        _CRITERIA,
    ),
    Rule(
        "PW209",
        "unknown-unit",
        ERROR,
        "A unit is not in the list.",
        "A unit that nobody checks can be misread beside a dose.",
        _REGIMEN.replace("75 mg/m2", "75 mgg/m2"),
        _REGIMEN,
    ),
    Rule(
        "PW210",
        "always-or-never",
        ERROR,
        "A comparison is true for every known value or for none.",
        "It decides nothing, so something else was meant.",
        _group("lvef >= 0 %"),
        _CRITERIA,
    ),
    Rule(
        "PW211",
        "out-of-range",
        ERROR,
        "A number lies outside the range of its criterion.",
        "No patient can have it; most often a digit or the unit is wrong.",
        _group("lvef < 500 %"),
        _CRITERIA,
    ),
    Rule(
        "PW212",
        "unknown-word",
        ERROR,
        "A word is not in the closed list it belongs to.",
        "Registers and pages sort by these words.",
        _GAP.replace("priority high", "priority urgent"),
        _GAP,
    ),
    Rule(
        "PW213",
        "unknown-level",
        ERROR,
        "A grading scheme does not have this level.",
        "A level that does not exist cannot be compared or shown.",
        flow(_RATED.replace("grade high", "grade hihg")),
        flow(_RATED),
    ),
    Rule(
        "PW214",
        "cannot-be-unknown",
        ERROR,
        "It is asked whether a value is known that always is.",
        "Either the question is wrong or the criterion lacks `may be unknown`.",
        _group("lvef is unknown"),
        _CRITERIA,
    ),
    Rule(
        "PW215",
        "condition-circle",
        ERROR,
        "A condition or a score is defined by itself.",
        "Its meaning would never be found.",
        _CRITERIA
        + '\ncondition fit "Fit" means not unfit\n\ncondition unfit "Unfit" means not fit\n',
        _CRITERIA,
    ),
    Rule(
        "PW216",
        "name-twice",
        ERROR,
        "A name stands twice in one list.",
        "The second one was meant to be another.",
        _group("hr in {positive, positive}"),
        _CRITERIA,
    ),
    Rule(
        "PW217",
        "look-alike-unit",
        ERROR,
        "A unit is written in a way that is easily misread.",
        "Micrograms read as milligrams are a thousandfold overdose.",
        _REGIMEN.replace("75 mg/m2", "75 µg/kg"),
        _REGIMEN,
    ),
    Rule(
        "PW218",
        "answers-missing",
        ERROR,
        "A criterion has no answers, a grading scheme no levels, or a score no points.",
        "Nothing can be asked that has no answers.",
        _LIBRARY.replace("  yes or no\n", "  may be unknown\n"),
        _LIBRARY,
    ),
    Rule(
        "PW219",
        "answers-twice",
        ERROR,
        "A criterion says in two ways which answers there are.",
        "A question has one closed list or one range of answers.",
        _LIBRARY.replace("  yes or no\n", "  yes or no\n  number 0..10\n"),
        _LIBRARY,
    ),
    Rule(
        "PW220",
        "reversed-range",
        ERROR,
        "A range runs from the larger number to the smaller one.",
        "No value lies in it.",
        _CRITERIA.replace("0..100 %", "100..0 %"),
        _CRITERIA,
    ),
    Rule(
        "PW221",
        "wrong-comparison",
        ERROR,
        "Named answers are compared like numbers, or numbers like names.",
        "`=`, `<` and ranges are for numbers; `is`, `in` and `includes` are for names.",
        _group("hr = positive"),
        _CRITERIA,
    ),
    Rule(
        "PW222",
        "yes-spelled-out",
        ERROR,
        "A yes-or-no criterion is compared with yes or no.",
        "There is one way to write it: its name, or `not` and its name.",
        _group("pregnant is yes"),
        _CRITERIA,
    ),
    Rule(
        "PW223",
        "no-yes-or-no",
        ERROR,
        "A criterion or a score stands alone that is not answered by yes or no.",
        "It must be compared with something.",
        _group("lvef"),
        _CRITERIA,
    ),
    Rule(
        "PW224",
        "not-whole",
        ERROR,
        "A number that counts something is not whole.",
        "Points, patients, days and votes are whole.",
        _SCORE.replace("2 points", "1.5 points"),
        _SCORE,
    ),
    Rule(
        "PW225",
        "gap-leads-on",
        ERROR,
        "A gap outside every pathway says what follows it.",
        "It is shared by pathways, so nothing of one of them can follow it.",
        _GAP.replace("  raised 2025-01-01\n", "  raised 2025-01-01\n  then done\n"),
        _GAP,
    ),
    Rule(
        "PW226",
        "second-pathway",
        ERROR,
        "A file holds more than one pathway.",
        "A pathway is one file, so that it can be released and compared.",
        flow(_ACT) + changed("example", "other", flow(_ACT)).replace("pathwaydsl 1\n", ""),
        flow(_ACT),
    ),
    Rule(
        "PW227",
        "case-without-pathway",
        ERROR,
        "A case stands in a file without a pathway.",
        "There is nothing it could walk.",
        _LIBRARY + '\ncase "A frail patient" {\n  given frail\n}\n',
        _LIBRARY,
    ),
    Rule(
        "PW228",
        "not-an-option",
        ERROR,
        "A case takes an option that is not there, or something happens where nothing can.",
        "The case could never go that way.",
        _CASED.replace("choose care\n", "choose way\n"),
        _CASED,
    ),
    Rule(
        "PW229",
        "reason-missing",
        ERROR,
        "A statement that needs a reason gives none.",
        "Readers are shown why; without it they could only obey.",
        flow(_ACT.replace(' because "Care helps"', "")),
        flow(_ACT),
    ),
    Rule(
        "PW230",
        "day-outside-cycle",
        ERROR,
        "A day of treatment lies outside its cycle.",
        "It would fall into the next cycle, on top of its doses.",
        _REGIMEN.replace("1, 8, 15 of 21", "1, 8, 22 of 21"),
        _REGIMEN,
    ),
    Rule(
        "PW231",
        "no-dose",
        ERROR,
        "A dose is written in a unit that measures no dose.",
        "What a patient is to be given would be a guess.",
        _REGIMEN.replace("75 mg/m2", "75 weeks"),
        _REGIMEN,
    ),
    Rule(
        "PW232",
        "dose-missing",
        ERROR,
        "A drug of `give one of` has no dose of its own while another has.",
        "Whether it shares the other's dose would be a guess.",
        _CHOICE.replace(
            "docetaxel 75 mg/m2 every 3 weeks, paclitaxel 80 mg/m2 weekly",
            "docetaxel 75 mg/m2 every 3 weeks, paclitaxel",
        ),
        _CHOICE,
    ),
    Rule(
        "PW233",
        "two-meanings",
        ERROR,
        "A name stands for a criterion and for a condition where either may stand.",
        "Nobody could tell which of the two is asked.",
        _CRITERIA + '\ncondition pregnant "Expecting" means sites includes liver\n'
        '\ncondition early "Early" means pregnant\n',
        _CRITERIA,
    ),
    Rule(
        "PW235",
        "then-every-alone",
        ERROR,
        "`then every` follows no `monitor`.",
        "It says how a `monitor` goes on, so it stands right after it.",
        flow(_ACT.replace('  monitor "Weight" every 3 weeks\n', "  then every 6 weeks\n")),
        flow(_ACT),
    ),
    Rule(
        "PW238",
        "code-without-scheme",
        ERROR,
        "A code does not say of which scheme it is.",
        "The same value means different things in different schemes.",
        _REGIMEN.replace(
            'drug docetaxel "Docetaxel"', 'drug docetaxel "Docetaxel" {\n  code "L01CD02"\n}'
        ),
        _REGIMEN,
    ),
    Rule(
        "PW239",
        "was-itself",
        Severity.WARNING,
        "Something is said to have had the name before that it has now.",
        "`was` ties a new name to an old one; this ties nothing, and the old name stays lost.",
        changed('act care "Care" {', 'act care "Care" {\n    was care'),
        changed('act care "Care" {', 'act care "Care" {\n    was nursing'),
    ),
)
