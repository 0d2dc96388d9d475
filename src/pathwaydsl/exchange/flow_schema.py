"""The published JSON Schema of the flow table."""

import json
from importlib.resources import files
from typing import Any, cast


def schema() -> dict[str, Any]:
    """The JSON Schema of what `pathwaydsl export flow` writes."""
    text = files("pathwaydsl.exchange").joinpath("schema/flow-1.schema.json").read_text("utf-8")
    return cast("dict[str, Any]", json.loads(text))
