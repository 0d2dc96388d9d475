"""More that follows from who arrives where: loops, impossible values, directions, information.

The rules of PW3 and PW4 that stand here are joined to the others in `flow` and `evidence`.
"""

from pathwaydsl.text.finding import Severity
from pathwaydsl.text.rules.examples import changed, flow
from pathwaydsl.text.rules.rule import Rule

ERROR = Severity.ERROR
WARNING = Severity.WARNING
INFO = Severity.INFO

_ECOG = """
criterion ecog "Performance status" {
  whole number 0..4
}
"""
_PREGNANT = """
criterion pregnant "Pregnant" {
  yes or no
}
"""

_FIT = """
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
_FIT_GOOD = flow(_FIT, above=_ECOG)

_LOOP = """
assess care "Work-up" {
  measures ecog, pregnant
  then fit
}

decide fit "Fit?" {
  when ecog <= 1 -> done
  when ecog >= 2 -> wait
}

assess wait "Another visit" {
  measures ecog
  then fit
}

end done "Done"
"""
_LOOP_GOOD = flow(_LOOP, above=_ECOG + _PREGNANT)

_RULES = flow(
    _LOOP,
    above=_ECOG + _PREGNANT,
    head='impossible when pregnant and ecog = 4 because "Not seen here"',
)

_DRUG = """
drug it "the drug" {
  contraindicated when ecog = 4 because "Not tolerated"
}

regimen alone "The drug alone" {
  give it 100 mg oral daily
}
"""
_DOSED = """
assess care "Work-up" {
  measures ecog
  then fit
}

decide fit "Fit?" {
  when ecog <= 1 -> dosed
  when ecog >= 2 -> visit
}

treat dosed "The drug" {
  regimen alone
  then done
}

act visit "Visit" {
  good-practice because "Nobody would test it"
  then done
}

end done "Done"
"""
_DOSED_GOOD = flow(_DOSED, above=_ECOG + _DRUG)

_CAUTION = changed("  contraindicated when ecog = 4", "  caution when ecog = 4", _DRUG)

_ASKED = 'assess care "Work-up" {\n  measures ecog\n  then done\n}\n\nend done "Done"'
_ONE = 'criterion ecog "Performance status" {\n  one of good "Good"\n}'

_STUDY = """
evidence study "A study" {
  kind trial
  trial NCT00567190 phase 3
  published 2020
  eligible when ecog <= 1
}
"""
_ADVISED = changed(
    'act treated "Care" {\n',
    'act treated "Care" {\n  recommend for conditional\n  rated grade low by committee\n'
    "  evidence study\n",
    _FIT,
)
_ADVISED_GOOD = flow(_ADVISED, above=_ECOG + _STUDY)

_OFFER = """
choose care "Which care?" {
  option dosed "The drug"
  option visit "A visit"
}

treat dosed "The drug" {
  regimen alone
  then done
}

act visit "Visit" {
  good-practice because "Nobody would test it"
  then done
}

end done "Done"
"""
_OFFER_GOOD = flow(_OFFER, above=changed("contraindicated", "caution", _DRUG) + _ECOG)

FLOW: tuple[Rule, ...] = (
    Rule(
        "PW332", "who-the-rest-are", INFO,
        "Whom an `otherwise` or an `unknown` takes.",
        "Nobody is named on such a line; reading who they are shows who was not thought of.",
        changed("when ecog >= 2", "otherwise", _FIT_GOOD), _FIT_GOOD,
        on_request=True,
    ),
    Rule(
        "PW333", "loop-never-left", ERROR,
        "Some patients go round for ever: whatever is found out, no way leads them to an end.",
        "What keeps them in is never asked again, so no visit changes anything.",
        changed("when ecog >= 2 -> wait", "when ecog >= 2 and pregnant -> wait\n"
                "    when ecog >= 2 and not pregnant -> done",
                changed("when ecog <= 1", "when ecog <= 1 and not pregnant", _LOOP_GOOD)).replace(
            "    when ecog >= 2 and pregnant", "    when pregnant"),
        _LOOP_GOOD,
        suppressible=False,
    ),
    Rule(
        "PW334", "no-possible-value", ERROR,
        "For some patients every value of what is measured or set is said to be impossible.",
        "They would vanish: no check could say anything of them.",
        changed('impossible when pregnant and ecog = 4 because "Not seen here"',
                'impossible when ecog >= 2 because "Not seen here"\n'
                '  impossible when ecog <= 2 because "Not seen there"',
                _RULES),
        _RULES,
        suppressible=False,
    ),
    Rule(
        "PW335", "impossible-takes-nobody", WARNING,
        "An `impossible` rule takes no patient away.",
        "It says something else than was meant, or nothing that other rules do not say.",
        changed("pregnant and ecog = 4", "pregnant and ecog >= 3 and ecog <= 2", _RULES), _RULES,
    ),
    Rule(
        "PW336", "one-answer", WARNING,
        "A criterion has one answer only.",
        "Everyone has it, so it tells nobody apart; most often the other answers were forgotten.",
        flow(_ASKED, above=_ONE),
        flow(_ASKED, above=changed('good "Good"', 'good "Good", poor "Poor"', _ONE)),
    ),
)  # fmt: skip

DIRECTIONS: tuple[Rule, ...] = (
    Rule(
        "PW416", "cautions-within-reach", INFO,
        "Patients for whom a drug needs caution arrive at a treatment that holds it.",
        "Caution is no reason to lead them elsewhere, but a reason to look.",
        changed("when ecog <= 1 -> dosed\n    when ecog >= 2 -> visit",
                "when ecog <= 1 -> visit\n    when ecog >= 2 -> dosed",
                flow(_DOSED, above=_ECOG + _CAUTION)),
        flow(_DOSED, above=_ECOG + _CAUTION),
        on_request=True,
    ),
    Rule(
        "PW417", "not-asked", INFO,
        "A drug or a cited study asks for what nobody asked the patients on the way.",
        "Nothing is said of it then: a contraindication is not ruled out, and patients are taken "
        "to fit the study.",
        flow(_OFFER, above=_ECOG + _DRUG), _DOSED_GOOD,
        on_request=True,
    ),
    Rule(
        "PW418", "eligible-never-arrives", INFO,
        "Patients whom a cited study admitted never come to a recommendation that cites it.",
        "The evidence speaks for them too; most often there is a reason, and it may be worth a "
        "line.",
        changed("when ecog <= 1 -> treated\n    when ecog >= 2",
                "when ecog = 0 -> treated\n    when ecog >= 1", _ADVISED_GOOD),
        _ADVISED_GOOD,
        on_request=True,
    ),
    Rule(
        "PW419", "contradictory-directions", ERROR,
        "The same patients are advised to have a regimen or drug, and not to have it.",
        "Whichever of the two a reader sees first decides.",
        changed("  regimen alone\n    then", "  regimen alone\n    advise against it strong\n"
                '    good-practice because "Nobody would test it"\n    then', _DOSED_GOOD),
        _DOSED_GOOD,
        suppressible=False,
    ),
)  # fmt: skip

ALTERNATIVES: tuple[Rule, ...] = (
    Rule(
        "PW425", "no-such-phase", ERROR,
        "A trial is of a phase that there is not.",
        "The number was mistyped, most likely, and readers weigh a trial by its phase.",
        changed("phase 3", "phase 9", _ADVISED_GOOD), _ADVISED_GOOD,
    ),
    Rule(
        "PW426", "one-alternative", WARNING,
        "`give one of` names one drug only.",
        "There is nothing to choose from; most often the other drugs were forgotten.",
        changed("give it", "give one of it", _DOSED_GOOD), _DOSED_GOOD,
    ),
    Rule(
        "PW427", "advised-against-elsewhere", WARNING,
        "A box advises against what another recommends to patients with the same answers.",
        "Two readers who come by different ways would treat the same patient differently.",
        changed("  good-practice", "  advise against it conditional\n    good-practice",
                _OFFER_GOOD),
        _OFFER_GOOD,
    ),
)  # fmt: skip
