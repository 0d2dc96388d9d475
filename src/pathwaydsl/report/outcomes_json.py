"""Who gets what, as JSON with a published schema, and as CSV."""

import csv
import io
import json
from collections.abc import Sequence
from importlib import resources
from typing import Any

from pathwaydsl.logic.outcomes import Coming, Outcomes, Reached
from pathwaydsl.logic.written import condition_as_written, value_as_written
from pathwaydsl.model.pathway import Pathway
from pathwaydsl.report.outcomes_words import (
    TOO_LARGE,
    InTheWay,
    conditions,
    from_where,
    pinned,
    share_in_words,
    statement,
    who_comes,
    word_of,
)

FORMAT = "pathwaydsl-outcomes"
FORMAT_VERSION = 1
"""Raised when a reader of the format would have to change."""

COLUMNS = ("pathway", "version", "kind", "box", "label", "from", "who", "share")
"""The columns of the CSV: one line for each condition by which patients come to a box."""


def as_json(outcomes: Outcomes, ways: Sequence[InTheWay]) -> str:
    """Who gets what as JSON, as `schema` describes it."""
    return json.dumps(as_data(outcomes, ways), ensure_ascii=False, indent=2) + "\n"


def as_data(outcomes: Outcomes, ways: Sequence[InTheWay]) -> dict[str, Any]:
    """Who gets what as plain values."""
    pathway = outcomes.pathway
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "pathway": pathway.id,
        "label": pathway.label,
        "version": str(pathway.version) if pathway.version else None,
        "statement": {
            "proved": not ways,
            "says": statement(ways),
            "in_the_way": [
                {"kind": way.kind, "rule": way.rule, "node": way.node, "says": way.says}
                for way in ways
            ],
        },
        "told": outcomes.told,
        "outcomes": [_reached(each, pathway) for each in outcomes.reached],
        "pinned_gaps": [
            {
                "gap": gap.gap,
                "label": gap.label,
                "places": [{"node": node, "says": says} for node, says in gap.places],
            }
            for gap in pinned(pathway)
        ],
    }


def _reached(reached: Reached, pathway: Pathway) -> dict[str, Any]:
    share = reached.share
    return {
        "node": reached.node.id,
        "kind": reached.node.kind,
        "label": reached.node.label,
        "share_of_declared_input_space": (
            None if share is None else [share.numerator, share.denominator]
        ),
        "ways": [_coming(coming, pathway) for coming in reached.ways],
    }


def _coming(coming: Coming, pathway: Pathway) -> dict[str, Any]:
    who = coming.who
    witness = who.witness
    return {
        "after": coming.after,
        "from": from_where(coming, pathway),
        "decided": who.decided,
        "everyone": who.decided and not who.boxes and not who.more,
        "others": who.more,
        "who": list(conditions(who, pathway.library)),
        "written": [condition_as_written(box) for box in who.boxes],
        "for_instance": [
            value_as_written(value, pathway.library)
            for value in (witness.values if witness is not None else ())
            if value.criterion in coming.asked
        ],
    }


def schema() -> dict[str, Any]:
    """The JSON Schema of the format."""
    text = resources.files("pathwaydsl.report").joinpath("schema/outcomes-1.schema.json")
    found: dict[str, Any] = json.loads(text.read_text("utf-8"))
    return found


def as_csv(outcomes: Outcomes) -> str:
    """Who gets what as CSV: one line for each condition by which patients come to a box."""
    pathway = outcomes.pathway
    written = io.StringIO(newline="")
    table = csv.writer(written, lineterminator="\n")
    table.writerow(COLUMNS)
    if not outcomes.told:
        table.writerow([pathway.id, str(pathway.version or ""), "", "", "", "", TOO_LARGE, ""])
    for each in outcomes.reached:
        share = share_in_words(each.share) or ""
        kind, node = word_of(each), each.node
        head = (pathway.id, str(pathway.version or ""), kind, node.id, node.label)
        rows = [
            (from_where(coming, pathway), who)
            for coming in each.ways
            for who in who_comes(coming, pathway)
        ]
        for where, who in rows or [("", "nobody")]:
            table.writerow([_cell(text) for text in (*head, where, who, share)])
    return written.getvalue()


def _cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
