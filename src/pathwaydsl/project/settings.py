"""Every setting of `pathwaydsl.toml` as one table of data.

The reader of the file, the JSON Schema and the page of the manual all come from this table.
"""

from typing import Any, Literal

from attrs import frozen

Kind = Literal[
    "whole", "text", "choice", "date", "words", "severities", "spellings", "patterns", "address"
]


@frozen
class Setting:
    """One setting.

    Attributes:
        key: Its place in the file, such as `limits.file-size`; `rules.*` stands for any key.
        kind: What its value may be.
        default: What holds without it, as an author would write it.
        says: What it does.
        example: A value to write.
        choices: For the kind `choice`.
        least: The smallest whole number allowed.
        most: The largest, or None.
    """

    key: str
    kind: Kind
    default: str
    says: str
    example: str
    choices: tuple[str, ...] = ()
    least: int = 1
    most: int | None = None

    @property
    def section(self) -> str:
        """The table it stands in; empty for the top of the file."""
        return self.key.rpartition(".")[0]

    @property
    def name(self) -> str:
        """The key within its table; `*` where the author chooses it."""
        return self.key.rpartition(".")[2]


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "as-of",
        "date",
        "today for `check` on a terminal, else none",
        "The date that \u201coverdue\u201d and the age of a gap are counted to. "
        "`--as-of` and `SOURCE_DATE_EPOCH` come first.",
        "2025-12-24",
    ),
    Setting(
        "exclude",
        "patterns",
        "[]",
        "Files and folders that are left out when a folder is searched, as patterns relative to "
        "the project's root. A file named on the command line is always read.",
        '["drafts/*", "old/*.pathway"]',
    ),
    Setting(
        "baseline",
        "text",
        '"pathwaydsl-baseline.toml"',
        "The file of findings that are known, relative to the project's root; "
        "`pathwaydsl baseline` writes it. Without such a file, every finding counts.",
        '"quality/baseline.toml"',
    ),
    Setting(
        "rules.*",
        "severities",
        "as the rule says",
        "How much a finding counts, by the rule's code or name: `error`, `warning`, `info` or "
        "`off`. Rules about who gets which treatment cannot be lowered.",
        'PW402 = "info"',
    ),
    Setting(
        "units.*",
        "spellings",
        "none",
        "A further unit: its name, and its other spellings, the form for one first. "
        "Nothing is ever converted.",
        'vials = ["vial"]',
    ),
    Setting(
        "gaps.kinds",
        "words",
        "[]",
        "Further words for the `kind` of an evidence gap.",
        '["implementation"]',
    ),
    Setting(
        "chart.engine",
        "choice",
        '"pure"',
        "What lays out flowcharts: `pure` is the engine that is installed with the program, "
        "`dot` is Graphviz of the system.",
        '"dot"',
        choices=("pure", "dot"),
    ),
    Setting(
        "chart.dot",
        "text",
        '"dot"',
        "The command or path of Graphviz, for the engine `dot`.",
        '"/usr/bin/dot"',
    ),
    Setting(
        "site.base-url",
        "address",
        "none",
        "The address the site will have, for its feed and for search engines. "
        "`pathwaydsl build --base-url` comes first.",
        '"https://example.org/pathways/"',
    ),
    Setting(
        "limits.file-size",
        "whole",
        "5000000",
        "The largest file that is read, in bytes.",
        "10000000",
    ),
    Setting(
        "limits.nesting",
        "whole",
        "200",
        "How deep parentheses and blocks may be nested, up to 400.",
        "100",
        most=400,
    ),
    Setting(
        "limits.boxes",
        "whole",
        "600",
        "The most boxes a flowchart may have; above, the page shows the outline alone.",
        "300",
    ),
    Setting(
        "limits.engine-seconds",
        "whole",
        "30",
        "How long one run of the layout engine may take, in seconds; a run draws several charts.",
        "120",
    ),
    Setting(
        "limits.engine-memory",
        "whole",
        "2000",
        "How much memory the layout engine may use, in megabytes, where the system has such a "
        "limit.",
        "4000",
        least=64,
    ),
    Setting(
        "limits.engine-output",
        "whole",
        "20000000",
        "How large the drawing of one flowchart may be, in bytes.",
        "50000000",
    ),
)
"""Every setting, in the order of the manual."""

_SCHEMA_OF_KIND: dict[str, dict[str, Any]] = {
    "text": {"type": "string", "minLength": 1},
    "date": {"type": "string", "format": "date"},
    "address": {"type": "string", "format": "uri", "pattern": "^https?://"},
    "words": {
        "type": "array",
        "items": {"type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"},
        "uniqueItems": True,
    },
    "patterns": {"type": "array", "items": {"type": "string", "minLength": 1}},
    "severities": {"enum": ["error", "warning", "info", "off"]},
    "spellings": {"type": "array", "items": {"type": "string", "minLength": 1}},
}


def as_json_schema() -> dict[str, Any]:
    """The JSON Schema of `pathwaydsl.toml`, as the editors that know TOML read it."""
    top: dict[str, Any] = {}
    for setting in SETTINGS:
        value: dict[str, Any] = {"description": setting.says}
        if setting.kind == "whole":
            value |= {"type": "integer", "minimum": setting.least}
            value |= {} if setting.most is None else {"maximum": setting.most}
        elif setting.kind == "choice":
            value |= {"enum": list(setting.choices)}
        else:
            value |= _SCHEMA_OF_KIND[setting.kind]
        if not setting.section:
            top[setting.name] = value
            continue
        table = top.setdefault(setting.section, {"type": "object", "additionalProperties": False})
        if setting.name == "*":
            table["additionalProperties"] = value
        else:
            table.setdefault("properties", {})[setting.name] = value
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "pathwaydsl.toml",
        "description": "The configuration of a project of clinical pathways.",
        "type": "object",
        "additionalProperties": False,
        "properties": top,
    }


def as_markdown() -> str:
    """The page of the manual about `pathwaydsl.toml`."""
    lines = [
        "# Configuration",
        "",
        "A project may hold a file `pathwaydsl.toml`; the folder it lies in is the project's root.",
        "Every setting is optional.",
        "An unknown setting, or a value a setting cannot have, is a finding (`PW131`), and the",
        "default holds instead.",
        "",
        "This page is written by the program from the table it reads the file with.",
        "The package holds the same table as a JSON Schema,",
        "`pathwaydsl/project/schema/pathwaydsl-toml.schema.json`.",
    ]
    section: str | None = None
    for setting in SETTINGS:
        if setting.section != section:
            section = setting.section
            lines += ["", f"## `[{section}]`" if section else "## At the top of the file"]
        shown = setting.example if setting.name == "*" else f"{setting.name} = {setting.example}"
        named = "any name" if setting.name == "*" else f"`{setting.name}`"
        lines += [
            "",
            f"### {named}",
            "",
            setting.says,
            "",
            f"Default: {_quoted(setting)}",
            "",
            "```toml",
            *([f"[{section}]"] if section else []),
            shown,
            "```",
        ]
    return "\n".join(lines) + "\n"


def _quoted(setting: Setting) -> str:
    code = setting.kind in {"whole", "choice", "text", "words", "patterns"}
    return f"`{setting.default}`" if code else setting.default


if __name__ == "__main__":
    import json
    from pathlib import Path

    # `python -m pathwaydsl.project.settings` in a checkout writes what is made from the table.
    here = Path(__file__).parent
    schema = json.dumps(as_json_schema(), ensure_ascii=False, indent=2) + "\n"
    (here / "schema" / "pathwaydsl-toml.schema.json").write_text(schema, "utf-8")
    page = here.parents[2] / "docs" / "reference" / "configuration.md"
    page.write_text(as_markdown(), "utf-8")
