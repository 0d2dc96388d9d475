"""PW3: how patients go through the pathway.

PW301 to PW309 and PW330 on, which follow from who arrives where, stand in `logic` and `reaching`.
"""

from pathwaydsl.text.finding import Severity
from pathwaydsl.text.rules.examples import GOOD, changed, flow
from pathwaydsl.text.rules.logic import FLOW as ARRIVING
from pathwaydsl.text.rules.logic import FLOW_BETWEEN_PATHWAYS
from pathwaydsl.text.rules.reaching import FLOW as REACHING
from pathwaydsl.text.rules.rule import Rule

ERROR = Severity.ERROR
WARNING = Severity.WARNING

_ECOG = """
criterion ecog "Performance status" {
  whole number 0..4
}
"""

_DECISION = """
assess care "Work-up" {
  measures ecog
  then fit
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
_DECISION_GOOD = flow(_DECISION, above=_ECOG)

_LOOP_GOOD = flow(
    """
assess care "Work-up" {
  measures ecog
  then fit
}

decide fit "Fit?" {
  when ecog <= 1 -> done
  when ecog >= 2 -> care
}

end done "Done"
""",
    above=_ECOG,
)

_CHOICE = """
choose care "Which care?" {
  option ward "On the ward"
  option home "At home"
}

act ward "Care on the ward" {
  then done
}

act home "Care at home" {
  then done
}

end done "Done"
"""
_CHOICE_GOOD = flow(_CHOICE)

_TOGETHER = """
together care "Heart and lungs at once" {
  do heart
  do lungs
  then done
}

act heart "Echocardiogram" {
  then done
}

act lungs "Computed tomography" {
  then done
}

end done "Done"
"""
_TOGETHER_GOOD = flow(_TOGETHER)

_STRANDS = """
together care "Heart and fitness at once" {
  do heart
  do fitness
  then done
}

assess heart "Echocardiogram" {
  measures lvef
  then done
}

assess fitness "Fitness" {
  measures ecog
  then done
}

end done "Done"
"""
_LVEF = """
criterion lvef "Ejection fraction" {
  number 0..100 %
}
"""
_STRANDS_GOOD = flow(_STRANDS, above=_ECOG + _LVEF)

_PROGNOSTIC = """
criterion ecog "Performance status" {
  whole number 0..4
}

criterion pik3ca "PIK3CA" {
  one of mutated "Mutated", wild-type "Not mutated"
  role prognostic because "The regimen helps with and without a mutation"
}
"""
_PROGNOSTIC_GOOD = flow(
    changed("measures ecog", "measures ecog, pik3ca", _DECISION), above=_PROGNOSTIC
)

_WITHIN = """
choose care "Which care?" {
  option ward "On the ward"
  option home "At home"
}

act ward "Care on the ward" {
  then visit
}

act home "Care at home" {
  then visit
}

act visit "Visit" {
  within 2 weeks of care
  then done
}

end done "Done"
"""
_WITHIN_GOOD = flow(_WITHIN)

_DURING = """
assess care "Follow-up" {
  measures ecog
  then fit
}

decide fit "Fit?" {
  when ecog <= 1 -> done
  when ecog >= 2 -> help
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
"""
_DURING_GOOD = flow(_DURING, above=_ECOG)

_NAMED_ANSWER_GOOD = flow(
    """
assess care "Work-up" {
  measures interval
  then early
}

decide early "Early?" {
  when interval < 12 months -> sooner
  otherwise -> done
}

act sooner "Seen sooner" {
  then done
}

end done "Done"
""",
    above="""
criterion interval "Time since treatment" {
  number 0..600 months
  also never "no earlier treatment"
}
""",
)

RULES: tuple[Rule, ...] = (
    *ARRIVING,
    Rule(
        "PW310", "missing-start", ERROR,
        "A pathway does not say where patients start.",
        "Without a start nobody can be followed through the pathway.",
        changed("  start at care\n", ""), GOOD,
        suppressible=False,
    ),
    Rule(
        "PW311", "eligible-not-stated", WARNING,
        "A pathway does not say for whom it is.",
        "It is then taken to be for everyone, which is seldom meant.",
        changed("  eligible everyone\n", ""), GOOD,
    ),
    Rule(
        "PW312", "unreachable-box", WARNING,
        "No way from the start leads to a box.",
        "What nobody gets to is advice for nobody, most often since a way was forgotten.",
        flow('act care "Care" {\n  then done\n}\n\nact visit "Visit" {\n  then done\n}\n\n'
             'end done "Done"'),
        flow('act care "Care" {\n  then visit\n}\n\nact visit "Visit" {\n  then done\n}\n\n'
             'end done "Done"'),
    ),
    Rule(
        "PW313", "missing-then", ERROR,
        "A box does not say what comes next.",
        "The patient would stop there without an end, and nobody could tell that from a mistake.",
        flow('choose care "Which care?" {\n  option ward "On the ward"\n  option done "None"\n}\n'
             '\nact ward "Care on the ward"\n\nend done "Done"'),
        flow('choose care "Which care?" {\n  option ward "On the ward"\n  option done "None"\n}\n'
             '\nact ward "Care on the ward" {\n  then done\n}\n\nend done "Done"'),
        suppressible=False,
    ),
    Rule(
        "PW314", "dead-end", ERROR,
        "From a box no way leads to an end, to another pathway or to a gap without `then`.",
        "Whoever gets there goes round for ever.",
        flow('choose care "Which care?" {\n  option ward "On the ward"\n  option done "None"\n}\n'
             '\nact ward "Care on the ward" {\n  then home\n}\n\nact home "Care at home" {\n'
             '  then ward\n}\n\nend done "Done"'),
        flow('choose care "Which care?" {\n  option ward "On the ward"\n  option done "None"\n}\n'
             '\nact ward "Care on the ward" {\n  then home\n}\n\nact home "Care at home" {\n'
             '  then care\n}\n\nend done "Done"'),
        suppressible=False,
    ),
    Rule(
        "PW315", "loop-without-time", ERROR,
        "A way leads back to where it began, and no time passes on it.",
        "Nothing can have changed since the question was asked, so the answer is the same again.",
        changed("-> care", "-> fit", _LOOP_GOOD), _LOOP_GOOD,
        suppressible=False,
    ),
    Rule(
        "PW316", "no-lines", ERROR,
        "A decision has no lines, or a choice no options.",
        "Nobody could go on from there.",
flow('choose care "Which care?" {\n  decided with patient\n}'),
        _CHOICE_GOOD,
        suppressible=False,
    ),
    Rule(
        "PW317", "incomplete-box", ERROR,
        "A box does not say what it cannot do without: what is measured, given, or entered.",
        "The box would stand in the flowchart without telling anyone what to do.",
        flow('assess care "Work-up" {\n  then done\n}\n\nend done "Done"'),
        flow('assess care "Work-up" {\n  measures ecog\n  then done\n}\n\nend done "Done"',
             above=_ECOG),
        suppressible=False,
    ),
    Rule(
        "PW318", "single-answer", WARNING,
        "A decision has one answer only, or a choice one option.",
        "It decides nothing; most often the other answers were forgotten.",
        flow('assess care "Work-up" {\n  measures ecog\n  then fit\n}\n\ndecide fit "Fit?" {\n'
             '  otherwise -> done\n}\n\nend done "Done"', above=_ECOG),
        flow('assess care "Work-up" {\n  measures ecog\n  then done\n}\n\nend done "Done"',
             above=_ECOG),
    ),
    Rule(
        "PW319", "repeated-line", ERROR,
        "A branch point asks the same twice, or offers the same option twice.",
        "Which of the two counts is left to chance; one of them is most likely a slip.",
        flow(changed("when ecog >= 2 -> done", "when ecog <= 1 -> done", _DECISION), above=_ECOG),
        _DECISION_GOOD,
        suppressible=False,
    ),
    Rule(
        "PW320", "below-otherwise", ERROR,
        "Under `first match` a line stands below `otherwise`.",
        "`otherwise` takes everyone who is left, so nobody gets to the line below.",
        flow(changed(
            "  when ecog <= 1 -> treated\n  when ecog >= 2 -> done\n",
            "  first match\n  otherwise -> done\n  when ecog <= 1 -> treated\n", _DECISION,
        ), above=_ECOG),
        flow(changed(
            "  when ecog <= 1 -> treated\n  when ecog >= 2 -> done\n",
            "  first match\n  when ecog <= 1 -> treated\n  otherwise -> done\n", _DECISION,
        ), above=_ECOG),
        suppressible=False,
    ),
    Rule(
        "PW321", "too-few-strands", ERROR,
        "A `together` has fewer than two strands, or one of them twice.",
        "What happens alone does not happen together with something.",
        flow('together care "Heart" {\n  do heart\n  then done\n}\n\nact heart "Echocardiogram" {\n'
             '  then done\n}\n\nend done "Done"'),
        _TOGETHER_GOOD,
        suppressible=False,
    ),
    Rule(
        "PW322", "strand-leaves", ERROR,
        "A strand of a `together` leads to an end, into another pathway or back to its beginning.",
        "The other strands would go on without the patient, or wait for ever.",
        flow(_TOGETHER.replace('lungs "Computed tomography" {\n  then done',
                               'lungs "Computed tomography" {\n  then home')
             + '\nend home "At home"'),
        _TOGETHER_GOOD,
        suppressible=False,
    ),
    Rule(
        "PW323", "way-into-strand", ERROR,
        "A way from outside leads into the middle of a strand.",
        "Whoever comes that way never started the other strands, so they are never done.",
        flow(_TOGETHER.replace('heart "Echocardiogram" {\n  then done',
                               'heart "Echocardiogram" {\n  then lungs')),
        _TOGETHER_GOOD,
        suppressible=False,
    ),
    Rule(
        "PW324", "strands-share-criterion", ERROR,
        "What one strand measures, another measures or asks for.",
        "Strands run at once, so which value counts would depend on who is faster.",
        flow(changed("measures ecog", "measures ecog, lvef", _STRANDS), above=_ECOG + _LVEF),
        _STRANDS_GOOD,
        suppressible=False,
    ),
    Rule(
        "PW325", "prognostic-branch", ERROR,
        "A branch asks for a criterion that is prognostic.",
        "It says how the disease will go, not what helps: patients would be denied what helps "
        "them.",
        changed("when ecog <= 1 -> treated\n    when ecog >= 2",
                "when pik3ca is mutated -> treated\n    when pik3ca is wild-type",
                _PROGNOSTIC_GOOD),
        _PROGNOSTIC_GOOD,
        suppressible=False,
    ),
    Rule(
        "PW326", "within-not-before", ERROR,
        "A time is counted from a box that does not lie on every way here.",
        "For some patients nobody could tell when the time is up.",
        changed("within 2 weeks of care", "within 2 weeks of ward", _WITHIN_GOOD), _WITHIN_GOOD,
        suppressible=False,
    ),
    Rule(
        "PW327", "stray-resume", ERROR,
        "A box resumes, but some way to it did not begin in a `during`.",
        "Whoever comes that way left nothing to go back to.",
        changed("when ecog >= 2 -> help", "when ecog = 2 -> help\n    when ecog >= 3 -> hospital",
                _DURING_GOOD),
        _DURING_GOOD,
        suppressible=False,
    ),
    Rule(
        "PW328", "not-catches-named-answer", WARNING,
        "A `not` in front of a comparison also takes in a named answer such as `never`.",
        "A named answer is no number: its comparison is false, so the negation is true.",
        changed("interval < 12 months", "not (interval >= 12 months)", _NAMED_ANSWER_GOOD),
        _NAMED_ANSWER_GOOD,
    ),
    *FLOW_BETWEEN_PATHWAYS,
    *REACHING,
)  # fmt: skip
