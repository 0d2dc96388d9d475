"""What a rule is: its code, its name, why it matters, and one bad and one good example."""

from attrs import field, frozen

from pathwaydsl.text.finding import Severity


@frozen
class Rule:
    """One row of the catalogue.

    Attributes:
        code: `PW301`; never used again for something else.
        name: Kebab-case; `explain` and suppressions take code or name.
        severity: What a finding of this rule counts as, unless `pathwaydsl.toml` says otherwise.
        summary: What it finds, in one sentence.
        why: Why it matters, for the person who writes the pathway.
        bad: A whole file that has exactly this finding; other files under `files`.
        good: The same file, mended.
        files: Names and texts of files that stand beside the example.
        suppressible: False where it concerns who gets which treatment.
        on_request: True for information that a reader asks for (`check --notes`): of every
            pathway there is some, and nothing is wrong with it.
        name_of_example: The file name under which the examples are checked.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    why: str
    bad: str | bytes
    good: str
    files: tuple[tuple[str, str], ...] = ()
    suppressible: bool = True
    on_request: bool = False
    name_of_example: str = field(default="example.pathway")
