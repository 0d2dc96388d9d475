"""Every row and every sentence of the reference about form: what reads, and what is refused.

Each row of a table holds the sentence, the frame its text stands in, the text, and the kind of
statement that has to come out.
"""

import pytest

from pathwaydsl.syntax.reader import read
from pathwaydsl.text.source import Source

FRAMES = {
    "file": "{}",
    "condition": 'condition c "C" means {}',
    "criterion": 'criterion c "C" {{ {} }}',
    "score": 'score s "S" {{ {} }}',
    "drug": 'drug d "D" {{ {} }}',
    "regimen": 'regimen r "R" {{ {} }}',
    "evidence": 'evidence e "E" {{ {} }}',
    "outcome": 'evidence e "E" {{ outcome o "O" {{ {} }} }}',
    "scheme": 'scheme s "S" {{ {} }}',
    "gap": 'gap g "G" {{ {} }}',
    "pathway": 'pathway care "P" {{ {} }}',
    "assess": 'pathway care "P" {{ assess n "N" {{ {} }} }}',
    "decide": 'pathway care "P" {{ decide n "N" {{ {} }} }}',
    "choose": 'pathway care "P" {{ choose n "N" {{ {} }} }}',
    "treat": 'pathway care "P" {{ treat n "N" {{ {} }} }}',
    "act": 'pathway care "P" {{ act n "N" {{ {} }} }}',
    "together": 'pathway care "P" {{ together n "N" {{ {} }} }}',
    "enter": 'pathway care "P" {{ enter n "N" {{ {} }} }}',
    "end": 'pathway care "P" {{ end n "N" {{ {} }} }}',
    "during": 'pathway care "P" {{ during a, b {{ {} }} }}',
    "case": 'case "K" {{ {} }}',
}
"""What has to stand round a text so that it is a file."""

WORDS_AND_VALUES = [
    ("a comment goes to the end of the line", "file", '# "no text {\ndrug d "D" # {', "drug"),
    ("a name is kebab-case", "file", 'drug a1-b2-3c "D"', "drug"),
    ("a keyword ends where a name would", "condition", "whenever and when-ready", "holds"),
    ("otherwise->x is otherwise", "decide", "otherwise->x", "otherwise"),
    ("a text has escapes", "drug", r'class "\"q\" \\ \n \t \u{2082}"', "drug_class"),
    ("a text may have several lines", "drug", 'rationale """\n  one\n  "two"\n  """', "rationale"),
    ("numbers are whole", "condition", "a = 12", "compares"),
    ("numbers are decimal", "condition", "a = 0.62", "compares"),
    ("numbers may be negative", "condition", "a >= -3", "compares"),
    ("a quantity has a unit", "condition", "a < 75 mg/m2", "compares"),
    ("points are a unit", "condition", "a < 10 points", "compares"),
    ("a range holds both ends", "condition", "a in 0..4", "in_range"),
    ("a range has its unit once", "condition", "a in 65..74 years", "in_range"),
    ("a date", "pathway", "date 2025-12-24", "date"),
    ("a SemVer version", "pathway", "version 2.0.0", "version"),
    ("a CalVer version", "pathway", "version 2025.12.1", "version"),
    ("a code is scheme:value", "drug", "code atc:L01FD02", "code"),
    ("a list of codes", "drug", "code doi:10.1056/NEJMoa1113216, pmid:22149875", "code"),
    ("a code with a blank is quoted", "drug", 'code "local:a b, {c}"', "code"),
    ("a trial id of a registry", "evidence", "trial NCT00567190", "trial"),
    ("a trial id as a code", "evidence", "trial eudract:2012-002556-17", "trial"),
    ("line breaks carry no meaning", "criterion", "whole\nnumber\n0\n..\n4", "whole_number"),
    ("several statements on a line", "criterion", "yes or no may be unknown", "may_be_unknown"),
    ("no-break blanks are blanks", "condition", "a\u00a0>=\u202f50\u00a0%", "compares"),
    ("no blank before a unit that is a sign", "condition", "a >= 50%", "compares"),
    ("units beginning with a sign", "condition", "a >= 50 /min", "compares"),
    ("units beginning with a digit", "condition", "a >= 150 10^9/L", "compares"),
    ("UCUM spellings", "condition", "a >= 150 10*9/L and b < 38 Cel", "chain"),
    ("long units", "condition", "a >= 60 mL/min/1.73m2", "compares"),
]

DEFINITIONS = [
    ("use brings everything in", "file", 'use "a.pathway"', "use"),
    ("use brings names in", "file", 'use a, b from "a.pathway"', "use"),
    ("one of several values", "criterion", 'one of a "A", b, c', "one_of"),
    ("any of several values", "criterion", 'any of a, b "B", c', "any_of"),
    ("yes or no", "criterion", "yes or no", "yes_or_no"),
    ("a number with a unit", "criterion", "number 0..100 %", "number"),
    ("a number without one", "criterion", "number -5..5", "number"),
    ("a whole number", "criterion", "whole number 0..4", "whole_number"),
    ("also adds a named value", "criterion", 'yes or no also never "Never" also not-done', "also"),
    ("may be unknown", "criterion", "yes or no may be unknown", "may_be_unknown"),
    ("a criterion has codes", "criterion", "yes or no code loinc:1234-5", "code"),
    ("prognostic only", "criterion", 'yes or no role prognostic because "B"', "role"),
    ("sources differ about a criterion", "criterion", 'position "A" says "B" cite e', "position"),
    ("a criterion has a rationale", "criterion", 'yes or no rationale "R"', "rationale"),
    ("a condition", "file", 'condition c "C" means a and b', "condition"),
    ("a condition has a lineage", "file", 'condition c "C" means a { was b }', "was"),
    ("points", "score", "2 points when a 1 when b -1 point when c", "points"),
    ("the source of a score", "score", "source e", "source"),
    ("impossible", "file", 'impossible when a and b because "B"', "impossible"),
    ("a drug's codes and class", "drug", 'code atc:L01FD02 class "A"', "drug_class"),
    ("contraindicated", "drug", 'contraindicated when a because "B" cite e', "contraindicated"),
    ("caution", "drug", 'caution when a = 1 because "B"', "caution"),
    ("a regimen's notes and codes", "regimen", 'note "N" note "M" code a:b', "note"),
    *(
        (f"evidence of kind {kind}", "evidence", f"kind {kind}", "kind")
        for kind in (
            "trial",
            "single-arm",
            "meta-analysis",
            "cohort",
            "guideline",
            "regulator",
            "consensus",
        )
    ),
    ("a trial with its phase", "evidence", "trial NCT00567190 phase 3", "phase_of_trial"),
    ("a trial of two phases", "evidence", "trial NCT00567190 phase 1b/2", "phase_of_trial"),
    ("patients enrolled", "evidence", "enrolled 808", "enrolled"),
    ("published on a day", "evidence", "published 2012-01-12", "published"),
    ("published in a year", "evidence", "published 2012", "published"),
    ("what is compared", "evidence", 'compares "A" with "B"', "compares_arms"),
    ("who could enter", "evidence", "eligible when a and b", "eligible_when"),
    ("citations", "evidence", 'cite doi:10.1/x, pmid:2, "journal:A B, 1" cite e2', "cite"),
    ("retracted", "evidence", "retracted 2024-01-01", "retracted"),
    (
        "an axis with levels",
        "scheme",
        'axis a { high "H", low "L" } axis b { 2A, II, I-A }',
        "axis",
    ),
    (
        "axes may be called like statements",
        "scheme",
        "axis evidence { I } axis score { 5 }",
        "axis",
    ),
    ("a gap at file level", "gap", "kind safety", "kind"),
    ("a case", "file", 'case "K" { expect end at n }', "case"),
    ("every definition takes was", "drug", "was old-name", "was"),
    ("every definition takes replaces", "regimen", "replaces a, b", "replaces"),
    *(
        (f"a {kind} without statements needs no braces", "file", f'{kind} x "X"', kind)
        for kind in (
            "criterion",
            "score",
            "drug",
            "regimen",
            "evidence",
            "scheme",
            "gap",
            "pathway",
        )
    ),
]

OUTCOMES = [
    ("an outcome that is a harm", "evidence", 'outcome o "O" harm { immature }', "immature"),
    ("published", "outcome", "published 2015", "published"),
    ("assessed by", "outcome", 'assessed by "independent review"', "assessed"),
    ("clock from", "outcome", 'clock from "randomisation"', "clock"),
    ("an arm with a value", "outcome", 'arm "A" 18.5 months', "arm"),
    ("an arm with an interval", "outcome", 'arm "A" 18.5 ci 15..21.2 months', "interval"),
    ("an arm with open bounds", "outcome", 'arm "A" 56.5 ci 49.3..not reached months', "interval"),
    ("an arm not reached", "outcome", 'arm "A" not reached arm "B" not reached months', "arm"),
    ("an arm with a name only", "outcome", 'arm "A"', "arm"),
    ("events of an arm", "outcome", 'arm "A" 12 % events 3 of 25', "arm_events"),
    ("events alone", "outcome", "events 165 of 402 events 1 of 2", "events"),
    ("hazard ratio", "outcome", "hazard-ratio 0.62 ci 0.51..0.75", "estimate"),
    ("odds ratio", "outcome", "odds-ratio 1.2", "estimate"),
    ("risk ratio", "outcome", "risk-ratio 0.9 ci 0.8..1.1", "estimate"),
    ("difference", "outcome", "difference -3 % ci -5..-1 %", "estimate"),
    ("p value", "outcome", "p 0.0074 one-sided", "p_value"),
    ("p below", "outcome", "p < 0.001", "p_value"),
    ("p two-sided", "outcome", "p 0.04 two-sided", "p_value"),
    ("follow-up", "outcome", "follow-up 50 months", "follow_up"),
    ("marks", "outcome", "immature descriptive exploratory", "exploratory"),
    ("certainty", "outcome", 'certainty very-low because "few"', "certainty"),
    ("note and cite", "outcome", 'note "N" cite pmid:1', "cite"),
]

DOSES = [
    *(
        (f"a schedule: {schedule}", "regimen", f"give d 75 mg/m2 IV {schedule}", "schedule")
        for schedule in (
            "once",
            "daily",
            "weekly",
            "monthly",
            "twice daily",
            "twice weekly",
            "3 times daily",
            "every 3 weeks",
            "every 12 hours",
            "on days 1, 8, 15 of 21",
            "on days 1..14 of 21",
            "on day 1 of 21",
            "on days 1, 3..5",
            "twice daily on days 1..14 of 21",
        )
    ),
    *(
        (f"a route: {route}", "regimen", f"give d 5 mg {route} daily", "give")
        for route in ("IV", "SC", "IM", "PO", "oral", "orally", "intravenous", "subcutaneously")
    ),
    ("no route", "regimen", "give d 5 mg daily", "give"),
    ("AUC is a dose", "regimen", "give d AUC 6 IV every 3 weeks", "dose"),
    ("for cycles", "regimen", "give d 5 mg daily for 6 cycles", "duration"),
    ("for at least", "regimen", "give d 5 mg daily for at least 6 cycles", "duration"),
    ("until", "regimen", 'give d 5 mg daily until "progression"', "until"),
    ("when", "regimen", "give d 5 mg daily when a > 3", "given_when"),
    ("all of it", "regimen", 'give d 5 mg PO daily for 2 weeks until "P" when a', "given_when"),
    (
        "a loading dose",
        "regimen",
        "give d 8 mg/kg IV once then 6 mg/kg every 3 weeks for 6 cycles then 4 mg/kg monthly",
        "then_phase",
    ),
    (
        "one of two drugs",
        "regimen",
        'give one of a 1 mg PO daily, b 2.5 mg PO daily for 3 months until "P"',
        "given_drug_choice",
    ),
    (
        "one of several, with days",
        "regimen",
        "give one of a 1 mg on days 1, 8 of 21, b 2 mg on days 1, 3..5, c 3 mg daily",
        "given_drug_choice",
    ),
    ("one of two, one dose", "regimen", "give one of a, b 5 mg daily", "given_drug_choice"),
]

EXPRESSIONS = [
    (sentence, "condition", sentence, kind)
    for sentence, kind in [
        ("her2 is positive", "is_value"),
        ("her2 is not positive", "is_value"),
        ("hr in {positive, low}", "in_values"),
        ("hr not in {positive, low}", "in_values"),
        ("lvef >= 50 %", "compares"),
        ("lvef < 50 %", "compares"),
        ("lvef <= 50 %", "compares"),
        ("lvef > 50 %", "compares"),
        ("age in 65..74 years", "in_range"),
        ("age not in 65..74 years", "in_range"),
        ("metastatic-lines = 0", "compares"),
        ("sites includes brain", "includes"),
        ("sites excludes brain", "includes"),
        ("sites is {brain, liver}", "is_set"),
        ("interval is never", "is_value"),
        ("lvef is unknown", "is_known"),
        ("lvef is known", "is_known"),
        ("lvef is not known", "is_known"),
        ("fit-for-taxane", "holds"),
        ("not pregnant", "negation"),
        ("not (a or b) and not not c", "negation"),
        ("not lvef >= 50 %", "negation"),
        ("a and (b or not c)", "group"),
        ("at least 2 of (age >= 80 years, weight <= 60 kg, a and b)", "at_least"),
        ("had thp", "had"),
        ("not had pertuzumab", "had"),
        ("lvef from 40 to under 50 %", "between"),
    ]
]

HEAD = [
    *(
        (f"status {status}", "pathway", f"status {status}", "status")
        for status in ("draft", "in-review", "published", "retired")
    ),
    ("supersedes", "pathway", "supersedes 1.0.0", "supersedes"),
    ("population", "pathway", 'population "P"', "population"),
    ("eligible when", "pathway", "eligible when a is b and c = 0", "eligible_when"),
    ("eligible everyone", "pathway", "eligible everyone", "eligible_everyone"),
    ("start at", "pathway", "start at n", "start_at"),
    ("grading", "pathway", "grading grade", "grading"),
    ("searched to", "pathway", "searched to 2025-01-01", "searched"),
    ("license", "pathway", 'license "CC-BY-4.0"', "license"),
    ("author", "pathway", 'author "A" role "R" interests "none" author "B"', "author"),
    ("approved", "pathway", 'approved by "B" on 2025-01-01', "approved"),
    ("change note", "pathway", 'change-note """\nx\n"""', "change_note"),
    ("impossible in a head", "pathway", 'impossible when a because "B"', "impossible"),
    ("head statements may stand anywhere", "pathway", 'end n "N" date 2025-01-01', "date"),
]

NODES = [
    ("assess measures", "assess", "measures a, b then n", "measures"),
    ("assess takes within", "assess", "within 4 weeks of n measures a", "within"),
    ("assess recommends", "assess", "recommend for strong evidence e measures a", "recommend"),
    ("a branch", "decide", "when a > 3 -> n", "when_branch"),
    ("a branch with all", "decide", 'when a -> n "L" flags g, h', "branch_flags"),
    ("otherwise", "decide", 'otherwise -> n "L" flags g', "otherwise"),
    ("unknown", "decide", 'unknown -> n "L" flags g', "unknown"),
    ("first match", "decide", "first match when a -> n when b -> m", "first_match"),
    ("a branch may resume", "decide", "when a -> resume", "target"),
    ("positions", "decide", 'position "A" says "B" cite e, pmid:1', "position"),
    ("an option", "choose", "option n", "option"),
    ("an option with all", "choose", 'option n "L" preferred when a', "option_when"),
    ("decided with patient", "choose", "decided with patient", "decided"),
    ("consider", "choose", 'consider "C" consider "D"', "consider"),
    ("regimen", "treat", "regimen r then n", "treat_regimen"),
    ("monitor a criterion", "treat", "monitor a every 12 weeks", "monitor"),
    ("monitor in words", "treat", 'monitor "liver" every 3 weeks for 6 months', "for_time"),
    (
        "monitor in stages",
        "act",
        "monitor a every 3 weeks for 6 months then every 6 months then n",
        "then_every",
    ),
    ("within", "act", "within 4 weeks of n then m", "within"),
    ("sets a number", "treat", "sets lines = 1", "sets"),
    ("sets a value", "treat", "sets c is x, pregnant, not ild, s is {a, b}", "assignment"),
    ("sets unknown", "treat", "sets c is unknown", "assignment"),
    ("then resume", "treat", "then resume", "target"),
    ("strands", "together", "do a do b then n", "strand"),
    ("enter", "enter", "pathway other", "enter_pathway"),
    ("enter a version", "enter", "pathway other version 1.0.0 sets lines = 1", "enter_pathway"),
    ("an end", "pathway", 'end n "N"', "end"),
    ("an end with braces", "pathway", 'end n "N" {}', "end"),
    ("during", "during", "when a -> n when b and c -> m", "during"),
    *(
        (f"{kind} without braces", "pathway", f'{kind} n "N"', kind)
        for kind in ("assess", "decide", "choose", "treat", "act", "together", "enter", "end")
    ),
    ("an option may resume", "choose", 'option resume "Go on" option n', "target"),
    ("a strand to a gap", "together", "do g do n then m", "strand"),
    ("a gap among nodes", "pathway", 'gap g "G" { then n }', "gap"),
]

RECOMMENDATIONS = [
    (sentence, "act", text, kind)
    for sentence, text, kind in [
        ("strong", "recommend for strong", "recommend"),
        ("conditional", "recommend for conditional", "recommend"),
        ("a strength of a scheme", "recommend for moderate", "recommend"),
        ("against, in words", 'advise against "T" strong', "advise_against"),
        ("against a regimen or drug", "advise against thp conditional", "advise_against"),
        ("rated by evidence", "rated asco high, strong by asco-2022", "rated"),
        ("rated by the committee", "rated esmo I, A by committee", "rated"),
        ("as many schemes as have spoken", "rated nccn 2A by e rated escat I-A by f", "rated"),
        ("ungraded", 'ungraded because "B"', "ungraded"),
        ("good practice", 'good-practice because "B"', "good_practice"),
        ("evidence", "evidence a, b", "supported_by"),
        ("extrapolates", 'extrapolates because "B"', "extrapolates"),
        (
            "balance",
            """balance {
            benefits "A" harms "B" values "C" cost "D" equity "E" feasibility "F" favours "G" }""",
            "balance",
        ),
        ("position", 'position "WHO" says "X" cite e', "position"),
        ("votes", "vote for 12 against 1 abstain 2", "vote"),
        ("share of votes", "vote 98 %", "vote"),
        ("dissent", 'dissent "D"', "dissent"),
        ("flags", "flags g, h", "flags"),
    ]
]

ADVICE_AGAINST_IN_ANY_NODE = [
    ("advice against in any node", frame, 'advise against "X" strong', "advise_against")
    for frame in ("assess", "decide", "choose", "treat", "act", "together", "enter", "end", "gap")
]

GAPS = [
    *(
        (f"kind {kind}", "gap", f"kind {kind}", "kind")
        for kind in (
            "sequencing",
            "prior-exposure",
            "de-escalation",
            "cns",
            "biomarker",
            "comparative",
            "population",
            "safety",
            "a-word-of-ours",
        )
    ),
    (
        "question",
        "gap",
        'question { population "A" intervention "B" comparator "C" outcome "D" }',
        "question",
    ),
    *((f"priority {p}", "gap", f"priority {p}", "priority") for p in ("high", "medium", "low")),
    *(
        (f"status {s}", "gap", f"status {s}", "status")
        for s in ("open", "under-study", "answered", "withdrawn")
    ),
    ("studied by", "gap", "studied by NCT00567190, eudract:2012-002556-17, e", "studied"),
    ("answered by", "gap", "answered by e on 2025-01-01", "answered"),
    ("owner", "gap", 'owner "O"', "owner"),
    ("raised", "gap", "raised 2025-01-01", "raised"),
    ("review by", "gap", "review by 2026-01-01", "review"),
    ("meanwhile", "gap", 'meanwhile "M"', "meanwhile"),
    ("then", "gap", "then n", "then"),
]

CASES = [
    ("given", "case", "given a is x, b = 3 %, pregnant, not ild, s is {a, b}", "given"),
    ("given unknown", "case", "given a is unknown", "given"),
    ("at a later visit", "case", "at n given a is x", "at_given"),
    ("an option taken", "case", "at n choose m", "at_choose"),
    ("something happens", "case", "during n given a", "during_given"),
    ("in this order", "case", "expect a later b later c", "expect_way"),
    ("one stop", "case", "expect a", "expect_way"),
    ("exactly these", "case", "expect only a then b", "expect_only"),
    ("never", "case", "expect never n", "expect_never"),
    ("end", "case", "expect end at n", "expect_end"),
    ("flagged", "case", "expect flagged g", "expect_flagged"),
    ("stuck", "case", "expect stuck at n without c", "expect_stuck"),
]

ROWS = [
    *WORDS_AND_VALUES, *DEFINITIONS, *OUTCOMES, *DOSES, *EXPRESSIONS, *HEAD, *NODES,
    *RECOMMENDATIONS, *ADVICE_AGAINST_IN_ANY_NODE, *GAPS, *CASES,
]  # fmt: skip


def in_frame(frame: str, text: str) -> str:
    """A whole file with the text in its frame."""
    return f"pathwaydsl 1\n{FRAMES[frame].format(text)}\n"


@pytest.mark.parametrize(
    ("frame", "text", "kind"),
    [row[1:] for row in ROWS],
    ids=[f"{frame}: {sentence}" for sentence, frame, _, _ in ROWS],
)
def test_what_the_reference_allows_is_read(frame: str, text: str, kind: str) -> None:
    """The text reads without findings, as the kind of statement it is."""
    outcome = read(Source("a.pathway", in_frame(frame, text)))
    assert outcome.findings == ()
    assert outcome.value.whole
    assert kind in {node.kind for node in outcome.value.root.walk()}


@pytest.mark.parametrize("frame", [f for f in FRAMES if f not in {"file", "condition", "case"}])
def test_every_definition_and_node_says_why_and_where_from(frame: str) -> None:
    """`rationale`, `was` and `replaces` stand in every block but that of a case."""
    text = 'rationale """\nwhy\n""" was old replaces a, b'
    outcome = read(Source("a.pathway", in_frame(frame, text)))
    assert outcome.findings == ()
    assert {"rationale", "was", "replaces"} <= {n.kind for n in outcome.value.root.walk()}


@pytest.mark.parametrize(
    "text",
    [
        "pathwaydsl 1",
        "pathwaydsl 1\r\n",
        "# why\n\n  # more\n\npathwaydsl 1\n",
        "\n\npathwaydsl 1",
        "\u00a0pathwaydsl 1",
    ],
)
def test_comments_and_empty_lines_may_stand_above_the_edition(text: str) -> None:
    """Only these may."""
    assert read(Source("a.pathway", text)).findings == ()


REFUSED = [
    ("≥ says >=", "condition", "a ≥ 3", "PW117", ">="),
    ("≤ says <=", "condition", "a ≤ 3", "PW117", "<="),
    ("=< says <=", "condition", "a =< 3", "PW117", "<="),
    ("== says =", "condition", "a == 3", "PW117", "="),
    ("!= says is not", "condition", "a != b", "PW117", "is not"),
    ("→ says ->", "decide", "when a → n", "PW117", "->"),
    ("=> says ->", "decide", "when a => n", "PW117", "->"),
    ("… says ..", "condition", "a in 3…4", "PW117", ".."),
    ("curly quotation marks", "drug", "class “x”", "PW117", '"'),
    ("a comma after the last", "criterion", "one of a, b,", "PW120", ""),
    ("a comma after the last name", "assess", "measures a, b, then n", "PW120", ""),
    ("two parts of a version", "pathway", "version 1.2", "PW116", "2.0.0"),
    ("leading zeros in versions", "pathway", "version 2025.02.1", "PW116", "zeros"),
    ("a version with a suffix", "pathway", "version 1.0.0-rc1", "PW116", "2.0.0"),
    ("a day that does not exist", "pathway", "date 2025-02-30", "PW115", ""),
    ("a date the other way round", "pathway", "date 24.12.2025", "PW115", "2025-12-24"),
    ("a year where a day is needed", "pathway", "date 2025", "PW115", "2025-12-24"),
    ("no blank before a letter", "condition", "a > 50mg", "PW118", "50 mg"),
    ("a number with a leading zero", "condition", "a > 050 %", "PW114", "50"),
    ("capital letters in a name", "file", 'drug Docetaxel "D"', "PW113", "docetaxel"),
    ("underscores in a name", "file", 'drug t_dxd "D"', "PW113", "t-dxd"),
    ("a reserved word as a name", "file", 'drug within "D"', "PW112", ""),
    ("an escape that means nothing", "drug", r'class "a\q"', "PW121", r"\\"),
    ("and beside or", "condition", "a and b or c", "PW119", "parentheses"),
    ("a text without an end", "drug", 'class "x', "PW107", ""),
    ("a statement twice", "pathway", "date 2025-01-01 date 2025-01-02", "PW124", ""),
    ("two ratios", "outcome", "odds-ratio 1.2 risk-ratio 1.1", "PW124", "beside `odds-ratio`"),
    ("a word that begins no statement", "pathway", "versoin 1.0.0", "PW111", "version"),
    ("a sign instead of not", "condition", "!a", "PW110", ""),
    ("unknown without is", "condition", "unknown", "PW112", "is unknown"),
    ("a comment of another language", "drug", 'class "x" // why\n', "PW117", "#"),
    ("a range in words", "criterion", "number 0 to 5", "PW117", ".."),
    ("single quotation marks", "drug", "class 'x'", "PW117", "double"),
    ("else says otherwise", "decide", "when a -> n else -> n", "PW111", "otherwise"),
    ("no schedule", "regimen", "give a 5 mg iv", "PW110", "every"),
    ("an unknown value compared", "condition", "a = unknown", "PW110", ""),
    ("unknown in a closed list", "criterion", "one of a, unknown", "PW110", ""),
    ("known as a value", "condition", "a in {known, b}", "PW110", ""),
    ("not as a value", "condition", "a in {not, b}", "PW110", ""),
]


@pytest.mark.parametrize(
    ("frame", "text", "rule", "helpful"),
    [row[1:] for row in REFUSED],
    ids=[row[0] for row in REFUSED],
)
def test_what_the_reference_refuses_says_what_to_write(
    frame: str, text: str, rule: str, helpful: str
) -> None:
    """One mistake is one finding, and its help shows what to write."""
    text = (
        in_frame(frame, text).replace(" } }", " }\n}")
        if rule != "PW107"
        else (f'pathwaydsl 1\ndrug d "D" {{\n  {text}\n}}\n')
    )
    findings = read(Source("a.pathway", text)).findings
    assert [found.rule for found in findings] == [rule]
    assert helpful in f"{findings[0].help} {findings[0].message}"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('drug d "D"\n', "PW105"),
        ("pathwaydsl 2\n", "PW105"),
        ('drug d "D"\npathwaydsl 1\n', "PW105"),
        ("", "PW105"),
        ("# only a comment\n", "PW105"),
        ("pathwaydsl 1\ndrug d\u200b\n", "PW106"),
        ("pathwaydsl 1\n}\n", "PW109"),
        ("pathwaydsl 1\ndrug d \u202e\n", "PW106"),
        ('pathwaydsl 1\ndrug d "a \u202e b"\n', "PW106"),
        ("pathwaydsl 1\ndrug d\x00\n", "PW106"),
        (f"pathwaydsl 1\nimpossible when {'(' * 10_000}a\n", "PW122"),
        ('pathwaydsl 1\ndrug d "D" {\n', "PW108"),
    ],
)
def test_what_a_file_as_a_whole_must_be(text: str, rule: str) -> None:
    """The edition stands first, braces pair, and no character hides."""
    assert rule in {found.rule for found in read(Source("a.pathway", text)).findings}
