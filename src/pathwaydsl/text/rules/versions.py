"""PW6: versions and dates.

PW601 to PW609 are kept for what follows from comparing versions, PW615 to PW629 for releases.
"""

from hashlib import sha256

from pathwaydsl.text.finding import Severity
from pathwaydsl.text.rules.examples import GOOD, changed, flow
from pathwaydsl.text.rules.rule import Rule

ERROR = Severity.ERROR
WARNING = Severity.WARNING
INFO = Severity.INFO

_SEARCHED = changed("  status draft\n", "  status draft\n  searched to 2024-10-31\n")
_PUBLISHED = changed("  status draft\n", "  status published\n")
_APPROVED = changed(
    "  status published\n",
    '  status published\n  approved by "The committee" on 2024-12-20\n',
    _PUBLISHED,
)
_OTHER_SHEET = changed("on 2024-12-20", "on 2024-12-20 # sheet 0123456789abcdef", _APPROVED)
_SECOND = changed("  version 1.0.0\n", "  version 1.1.0\n  supersedes 1.0.0\n")

_ANSWERED = flow(
    """
act care "Care" {
  good-practice because "Nobody would test it"
  flags how-often
  then done
}

end done "Done"
""",
    above="""
evidence study "A study" {
  kind trial
  published 2020
}

gap how-often "How often should we visit?" {
  kind comparative
  question {
    population "Adults who were cared for at home"
  }
  priority high
  status answered
  raised 2024-11-01
  answered by study on 2024-12-01
}
""",
)

_FOLDER = "releases/example"


def _seal(name: str, text: str) -> str:
    return f"{sha256(text.encode()).hexdigest()}  {name}\n"


def _released(
    releases: dict[str, str],
    *,
    seals: str | None = None,
    **others: str,
) -> tuple[tuple[str, str], ...]:
    """A folder of releases: files by name, and their seals unless others are given."""
    lines = "".join(_seal(name, text) for name, text in releases.items())
    return (
        *((f"{_FOLDER}/{name}", text) for name, text in releases.items()),
        (f"{_FOLDER}/SEALS", lines if seals is None else seals),
        *((f"{_FOLDER}/{name}", text) for name, text in others.items()),
    )


_FIRST = {"1.0.0.pathway": GOOD}
_THIRD = changed(
    "  version 1.1.0\n  supersedes 1.0.0\n", "  version 1.2.0\n  supersedes 1.1.0\n", _SECOND
)
_BEFORE = changed("date 2025-01-01", "date 2024-06-30", _SECOND)

_DONE = changed('"Care"', '"Care at home"', _SECOND)
_ACCEPTED = (
    "[[accepted]]\n"
    'fingerprint = "0123456789ab"\n'
    'reason = "Agreed on in the meeting of March"\n'
    'author = "A. Author"\n'
    "expires = 2025-06-30\n"
)

RULES: tuple[Rule, ...] = (
    Rule(
        "PW601", "version-not-bumped", ERROR,
        "A pathway changed but still has the version number it is compared with.",
        "Two pages with one number and other advice cannot be told apart.",
        changed('"Care"', '"Care at home"'), _DONE,
        suppressible=False,
    ),
    Rule(
        "PW602", "version-decreased", ERROR,
        "A pathway has a lower version number than the one it is compared with.",
        "Readers take the highest number for the newest advice.",
        changed("version 1.0.0", "version 0.9.0"), _DONE,
        suppressible=False,
    ),
    Rule(
        "PW603", "bump-too-small", ERROR,
        "A version number moved less than the changes need.",
        "The number tells readers whether patients get something else.",
        _DONE, changed("  version 1.1.0\n", "  version 2.0.0\n", _DONE),
        suppressible=False,
    ),
    Rule(
        "PW604", "bump-too-large", INFO,
        "A version number moved further than the changes need.",
        "Readers will look for changes that are not there.",
        changed("  version 1.1.0\n", "  version 2.0.0\n", _DONE), _DONE,
    ),
    Rule(
        "PW605", "version-scheme-changed", WARNING,
        "A version number is counted in another way than before.",
        "How far it moved cannot be told.",
        changed("  version 1.1.0\n", "  version 2025.1.0\n", _DONE), _DONE,
    ),
    Rule(
        "PW606", "accepted-change-unknown", WARNING,
        "A change was accepted that is not there.",
        "The entry would hide the change if it came back.",
        _DONE, _DONE, files=(("accepted.toml", _ACCEPTED),),
    ),
    Rule(
        "PW607", "acceptance-expired", ERROR,
        "A change was accepted until a day that has passed.",
        "Somebody meant to look at it again.",
        _DONE, _DONE, files=(("accepted.toml", _ACCEPTED.replace("2025-06-30", "2024-06-30")),),
        suppressible=False,
    ),
    Rule(
        "PW608", "cannot-be-accepted", ERROR,
        "A change was accepted that nobody can accept away.",
        "What could not be compared, a reused name and lost advice must be in the version number.",
        _DONE, _DONE, files=(("accepted.toml", _ACCEPTED),),
        suppressible=False,
    ),
    Rule(
        "PW609", "acceptance-malformed", ERROR,
        "An entry of accepted changes is not whole.",
        "Nobody could tell who let what pass, why, and until when.",
        _DONE, _DONE, files=(("accepted.toml", _ACCEPTED.replace("reason", "because")),),
        suppressible=False,
    ),
    Rule(
        "PW610", "missing-head-statement", ERROR,
        "A pathway has no version, no date or no status.",
        "Whoever holds a printed page must be able to tell which one it is and whether it counts.",
        changed("  status draft\n", ""), GOOD,
        suppressible=False,
    ),
    Rule(
        "PW611", "date-after-pathway", ERROR,
        "Something a pathway says was done lies after the pathway's own date.",
        "One of the two dates is wrong.",
        changed("2024-10-31", "2025-10-31", _SEARCHED), _SEARCHED,
    ),
    Rule(
        "PW612", "answered-before-raised", ERROR,
        "A gap was answered before it was raised.",
        "One of the two dates is wrong.",
        changed("raised 2024-11-01", "raised 2024-12-31", _ANSWERED), _ANSWERED,
    ),
    Rule(
        "PW613", "supersedes-not-older", ERROR,
        "A version supersedes itself or a later one.",
        "The history would run in a circle.",
        changed("supersedes 1.0.0", "supersedes 1.2.0", _SECOND), _SECOND,
    ),
    Rule(
        "PW614", "published-without-approval", WARNING,
        "A pathway is published, but nobody has approved it.",
        "Readers take what is published for approved.",
        _PUBLISHED, _APPROVED,
    ),
    Rule(
        "PW615", "seal-broken", ERROR,
        "A release is not what was sealed when it was released.",
        "Whoever reads a release must be able to rely on it being what the committee released.",
        _SECOND, _SECOND,
        files=_released(_FIRST, seals=_seal("1.0.0.pathway", "what was released")),
        suppressible=False,
    ),
    Rule(
        "PW616", "release-missing", ERROR,
        "A release was sealed, but its file is not there.",
        "A release that was published must stay readable.",
        _SECOND, _SECOND,
        files=_released({}, seals=_seal("1.0.0.pathway", GOOD)),
        suppressible=False,
    ),
    Rule(
        "PW617", "release-without-seal", ERROR,
        "A file in a folder of releases has no seal.",
        "Nobody can tell whether it is what was released.",
        GOOD, GOOD,
        files=_released(_FIRST, seals=""),
        suppressible=False,
    ),
    Rule(
        "PW618", "release-of-another-pathway", ERROR,
        "A folder of releases holds a release of another pathway.",
        "Its history would tell of two pathways as if they were one.",
        _SECOND, _SECOND,
        files=_released({"1.0.0.pathway": changed("pathway example", "pathway another")}),
        suppressible=False,
    ),
    Rule(
        "PW619", "release-misnamed", ERROR,
        "The name of a release is not the version it says it is.",
        "Who opens version 1.0.0 must find version 1.0.0.",
        _SECOND, _SECOND,
        files=_released({"1.0.0.pathway": changed("version 1.0.0", "version 1.0.1")}),
        suppressible=False,
    ),
    Rule(
        "PW620", "release-twice", ERROR,
        "Two releases have one number.",
        "The number no longer says which text is meant.",
        _THIRD, _THIRD,
        files=_released({**_FIRST, "1.1.0.pathway": GOOD}),
        suppressible=False,
    ),
    Rule(
        "PW621", "gap-in-releases", ERROR,
        "A release supersedes another one than the release before it.",
        "A step of the history is missing, so the differences would be wrong.",
        _THIRD, _THIRD,
        files=_released({"1.1.0.pathway": _SECOND}),
    ),
    Rule(
        "PW622", "foreign-line-in-seals", ERROR,
        "A file of seals holds a line that is no seal, or cannot be read.",
        "A line that nobody understands may hide a release that nobody checks.",
        _SECOND, _SECOND,
        files=_released(_FIRST, seals=_seal("1.0.0.pathway", GOOD) + "and another one\n"),
    ),
    Rule(
        "PW623", "supersedes-not-newest", ERROR,
        "The working file supersedes another version than the newest release.",
        "Readers and differences follow `supersedes` to the version before.",
        changed("  version 1.0.0\n", "  version 1.1.0\n"), _SECOND,
        files=_released(_FIRST),
    ),
    Rule(
        "PW624", "version-released", ERROR,
        "The working file has a version that was released, or one before it.",
        "Two texts would go by one number.",
        GOOD, _SECOND,
        files=_released(_FIRST),
    ),
    Rule(
        "PW625", "release-unreadable", ERROR,
        "A release cannot be read.",
        "A release must be readable without anything else.",
        _SECOND, _SECOND,
        files=_released({"1.0.0.pathway": "pathwaydsl 1\n"}),
    ),
    Rule(
        "PW626", "release-interrupted", ERROR,
        "A release was begun and not ended.",
        "Until it is ended, nobody can tell whether the version was released.",
        GOOD, GOOD,
        files=(*_released({}), (f"{_FOLDER}/.journal", "{}")),
    ),
    Rule(
        "PW627", "approved-something-else", ERROR,
        "What was approved is not what stands here.",
        "An approval holds for the text that the committee saw, not for a later one.",
        _OTHER_SHEET, _APPROVED,
    ),
    Rule(
        "PW628", "signature-wrong", ERROR,
        "The signature of a release does not fit.",
        "Either the release is not what was signed, or somebody else signed it.",
        _SECOND, _SECOND,
        files=_released(_FIRST, **{"1.0.0.sig": "no signature\n"}),
        suppressible=False,
    ),
    Rule(
        "PW629", "older-than-superseded", ERROR,
        "A release has an earlier date than the release it supersedes.",
        "One of the dates is wrong, or the clock was.",
        _THIRD, _THIRD,
        files=_released({**_FIRST, "1.1.0.pathway": _BEFORE}),
    ),
)  # fmt: skip
