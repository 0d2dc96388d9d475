"""What follows from who arrives where: rules of PW3 and PW4 that stand on exact reasoning."""

from pathwaydsl.text.finding import Severity
from pathwaydsl.text.rules.examples import changed, flow
from pathwaydsl.text.rules.rule import Rule

ERROR = Severity.ERROR
WARNING = Severity.WARNING

_LVEF = """
criterion lvef "Ejection fraction" {
  number 0..100 %
}
"""
_LVEF_OPEN = changed("number 0..100 %", "number 0..100 %\n  may be unknown", _LVEF)
_ECOG = """
criterion ecog "Performance status" {
  whole number 0..4
}
"""

_RESUMED_GOOD = flow(
    """
assess care "Follow-up" {
  measures ecog
  then help
}

act help "Help at home" {
  then done
}

during help {
  when ecog = 4 -> hospital
}

act hospital "Hospital" {
  then resume
}

end done "Done"
""",
    above=_ECOG,
)
_PREGNANT = """
criterion pregnant "Pregnant" {
  yes or no
}
"""

_HEART = """
assess care "Echocardiogram" {
  measures lvef
  then heart
}

decide heart "Can the heart carry it?" {
  when lvef >= 50 % -> treated
  when lvef < 50 % -> done
}

act treated "Care" {
  then done
}

end done "Done"
"""
_GOOD = flow(_HEART, above=_LVEF)

_TWICE = """
assess care "Echocardiogram" {
  measures lvef, ecog
  then heart
}

decide heart "Can the heart carry it?" {
  when lvef >= 50 % -> treated
  when lvef < 50 % -> done
  unknown -> fit
}

decide fit "Fit?" {
  when ecog <= 1 -> treated
  when ecog >= 2 -> done
}

act treated "Care" {
  then done
}

end done "Done"
"""
_TWICE_GOOD = flow(_TWICE, above=_ECOG + _LVEF_OPEN)

_OPTIONS = """
assess care "Echocardiogram" {
  measures lvef
  then which
}

choose which "Which care?" {
  option ward "On the ward"
  option home "At home" when lvef >= 50 %
}

act ward "Care on the ward" {
  then done
}

act home "Care at home" {
  then done
}

end done "Done"
"""
_OPTIONS_GOOD = flow(_OPTIONS, above=_LVEF)

_TREAT = """
assess care "Test" {
  measures pregnant
  then safe
}

decide safe "Pregnant?" {
  when pregnant -> done
  when not pregnant -> dosed
}

treat dosed "The drug" {
  regimen alone
  then done
}

end done "Done"
"""
_DRUG = """
drug it "the drug" {
  contraindicated when pregnant because "Harms the fetus"
}

regimen alone "The drug alone" {
  give it 100 mg oral daily
}
"""
_TREAT_GOOD = flow(_TREAT, above=_PREGNANT + _DRUG)

_UNTOLD = changed("yes or no", "yes or no\n  may be unknown", _PREGNANT)

_ADVISED = """
assess care "Work-up" {
  measures ecog
  then fit
}

decide fit "Fit?" {
  when ecog <= 1 -> dosed
  when ecog >= 2 -> done
}

act dosed "The regimen" {
  recommend for conditional
  rated grade low by committee
  evidence study
  then done
}

end done "Done"
"""
_STUDY = """
evidence study "A study" {
  kind trial
  trial NCT00567190
  published 2020
  eligible when ecog <= 1
}
"""
_ADVISED_GOOD = flow(_ADVISED, above=_ECOG + _STUDY)

_DOSES = """
drug it "the drug"

regimen alone "The drug alone" {
  give it 100 mg oral daily when lvef >= 50 %
  give it 50 mg oral daily when lvef < 50 %
}
"""
_DOSED = """
assess care "Echocardiogram" {
  measures lvef
  then dosed
}

treat dosed "The drug" {
  regimen alone
  then done
}

end done "Done"
"""
_DOSES_GOOD = flow(_DOSED, above=_LVEF + _DOSES)

_OTHER = """pathwaydsl 1

use "criteria.pathway"

pathway heart "Heart" {
  version 1.0.0
  date 2025-01-01
  status draft
  population "Adults"
  eligible when lvef < 50 %
  start at care

  act care "Care of the heart" {
    then done
  }

  end done "Done"
}
"""
_ENTER = """
assess care "Echocardiogram" {
  measures lvef
  then weak
}

decide weak "Weak heart?" {
  when lvef < 50 % -> cardiology
  when lvef >= 50 % -> done
}

enter cardiology "Cardiology" {
  pathway heart
}

end done "Done"
"""
_ENTER_GOOD = flow(_ENTER, above='use "criteria.pathway"')
_ENTER_FILES = (("criteria.pathway", "pathwaydsl 1\n" + _LVEF), ("heart.pathway", _OTHER))

FLOW: tuple[Rule, ...] = (
    Rule(
        "PW301", "uncovered-patients", ERROR,
        "Some patients who arrive at a decision take none of its lines.",
        "Nobody would know what to do with them. Values that cannot be told count too: they need "
        "an `unknown` line.",
        changed("when lvef < 50 %", "when lvef < 40 %", _GOOD), _GOOD,
        suppressible=False,
    ),
    Rule(
        "PW302", "overlapping-lines", ERROR,
        "Two lines of a decision hold for the same patients.",
        "Two readers would treat the same patient differently. Where the lines agree in all but "
        "their conditions it is a warning.",
        changed("when lvef < 50 %", "when lvef <= 50 %", _GOOD), _GOOD,
        suppressible=False,
    ),
    Rule(
        "PW303", "lines-may-overlap", WARNING,
        "Two lines of a decision could both hold once something that is not known is found out.",
        "The patient takes one way today and might be asked to take another tomorrow, though "
        "nothing but our knowledge changed.",
        changed("when ecog <= 1 -> treated\n    when ecog >= 2",
                "when ecog <= 1 or lvef >= 50 % -> treated\n    when ecog >= 2 or lvef < 50 %",
                _TWICE_GOOD),
        _TWICE_GOOD,
    ),
    Rule(
        "PW304", "line-nobody-takes", ERROR,
        "Nobody who arrives takes a line of a decision, an option or a line of a `during`.",
        "Advice for nobody is mostly a slip in a condition above it. An `otherwise` or an "
        "`unknown` that nobody needs is a warning.",
        changed("when lvef < 50 % -> done",
                "when lvef < 50 % -> done\n    when lvef < 40 % and lvef >= 50 % -> treated",
                _GOOD),
        _GOOD,
        suppressible=False,
    ),
    Rule(
        "PW305", "one-possible-answer", WARNING,
        "Everyone who arrives at a decision takes the same line.",
        "A question with one answer need not be asked; mostly something before it was meant to "
        "let others through.",
        changed("unknown -> fit", "unknown -> done",
                changed("-> treated\n    when lvef", "-> fit\n    when lvef",
                        changed("when ecog <= 1 -> treated\n    when ecog >= 2",
                                "when lvef >= 40 % -> treated\n    otherwise", _TWICE_GOOD))),
        _TWICE_GOOD,
    ),
    Rule(
        "PW306", "no-open-option", ERROR,
        "Some patients who arrive at a choice have no open option.",
        "They are asked to choose among nothing.",
        changed('option ward "On the ward"', 'option ward "On the ward" when lvef < 40 %',
                _OPTIONS_GOOD),
        _OPTIONS_GOOD,
        suppressible=False,
    ),
    Rule(
        "PW307", "asked-before-measured", ERROR,
        "A criterion is asked for, but not every way here measured it.",
        "For some patients the answer is not there when it is needed.",
        changed("start at care", "start at heart", _GOOD).replace(
            '  assess care "Echocardiogram" {\n    measures lvef\n    then heart\n  }\n\n', ""),
        _GOOD,
        suppressible=False,
    ),
    Rule(
        "PW308", "nobody-left", ERROR,
        "Nobody is eligible, or everyone who is has values said to be impossible.",
        "A pathway for nobody is a slip in one of these conditions.",
        changed("eligible everyone",
                'eligible when ecog >= 3\n  impossible when ecog >= 2 because "Not seen here"',
                flow('act care "Care" {\n  then done\n}\n\nend done "Done"', above=_ECOG)),
        changed("eligible everyone", "eligible when ecog >= 3",
                flow('act care "Care" {\n  then done\n}\n\nend done "Done"', above=_ECOG)),
        suppressible=False,
    ),
    Rule(
        "PW309", "undecided", ERROR,
        "Who arrives where could not be decided within the limits of the program.",
        "Nothing is known then about uncovered patients, overlaps and contraindicated drugs, and "
        "silence would look like safety.",
        changed("during help {", "during help, hospital {", _RESUMED_GOOD), _RESUMED_GOOD,
        suppressible=False,
    ),
)  # fmt: skip

FLOW_BETWEEN_PATHWAYS: tuple[Rule, ...] = (
    Rule(
        "PW330", "outside-eligible", ERROR,
        "Patients are handed to a pathway that is not for them.",
        "The other pathway was written, and checked, for its eligible patients alone.",
        changed("when lvef < 50 % -> cardiology\n    when lvef >= 50 %",
                "when lvef < 60 % -> cardiology\n    when lvef >= 60 %", _ENTER_GOOD),
        _ENTER_GOOD,
        files=_ENTER_FILES,
        suppressible=False,
    ),
    Rule(
        "PW331", "overlapping-doses", ERROR,
        "Two conditional doses of one drug hold for the same patients.",
        "Nobody could tell which of the two to give, or somebody gives both.",
        changed("when lvef < 50 %", "when lvef <= 50 %", _DOSES_GOOD), _DOSES_GOOD,
        suppressible=False,
    ),
)  # fmt: skip

EVIDENCE: tuple[Rule, ...] = (
    Rule(
        "PW401", "contraindicated", ERROR,
        "Patients arrive at a regimen with a drug that is contraindicated for them.",
        "The pathway would recommend what harms them.",
        changed("when pregnant -> done\n    when not pregnant -> dosed",
                "when pregnant -> dosed\n    when not pregnant -> done", _TREAT_GOOD),
        _TREAT_GOOD,
        suppressible=False,
    ),
    Rule(
        "PW402", "contraindication-not-told", WARNING,
        "Patients arrive at a regimen of whom nobody can tell whether a drug is contraindicated.",
        "What is not known may be what harms them: find it out before, or lead them elsewhere.",
        changed("when pregnant -> done\n    when not pregnant -> dosed",
                "when pregnant -> done\n    otherwise -> dosed\n    unknown -> dosed",
                flow(_TREAT, above=_UNTOLD + _DRUG)),
        changed("when not pregnant -> dosed", "otherwise -> dosed\n    unknown -> care",
                flow(_TREAT, above=_UNTOLD + _DRUG)),
    ),
    Rule(
        "PW403", "beyond-evidence", ERROR,
        "Patients arrive at a recommendation whom no study it cites could admit.",
        "The evidence says nothing about them. That may be the best there is: then say so, with "
        "a gap or with `extrapolates`.",
        changed("when ecog <= 1 -> dosed\n    when ecog >= 2",
                "when ecog <= 2 -> dosed\n    when ecog >= 3", _ADVISED_GOOD),
        _ADVISED_GOOD,
        suppressible=False,
    ),
    Rule(
        "PW404", "strong-on-low-certainty", WARNING,
        "A strong recommendation is rated low or very low in certainty by GRADE.",
        "Further studies may well turn it round; GRADE keeps strong recommendations on such "
        "evidence for few exceptions, each with its reason.",
        changed("recommend for conditional", "recommend for strong", _ADVISED_GOOD),
        _ADVISED_GOOD,
    ),
)  # fmt: skip
