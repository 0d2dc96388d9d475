"""The JSON Schema of the JSON format, made from the classes of the model.

The file in `schema/` is written from here by `python -m pathwaydsl.exchange.json_schema`, and a
test says when it has grown old.
"""

import json
import types
from decimal import Decimal
from enum import EnumType
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

import attrs

from pathwaydsl.exchange.json_model import FORMAT, FORMAT_VERSION, KIND_ADDED, members
from pathwaydsl.model.nodes import Within
from pathwaydsl.model.pathway import Document, Pathway
from pathwaydsl.model.values import Code, PartialDate, Version

_TEXTS: dict[Any, dict[str, Any]] = {
    Decimal: {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
    PartialDate: {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}-[0-9]{2})?$"},
    Version: {"type": "string", "pattern": r"^[0-9]+\.[0-9]+\.[0-9]+$"},
    Code: {"type": "string", "pattern": "^[^:]+:.*$"},
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
}

_OTHER_NAMES: dict[type, str] = {Within: "Deadline"}
"""Classes whose name another class of the model has too."""


def json_schema() -> dict[str, Any]:
    """The JSON Schema of an exported document."""
    definitions: dict[str, Any] = {}
    document = _of(Document, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A resolved pathway file",
        "description": (
            "What `pathwaydsl export json` writes. Decimals are texts that keep the author's "
            "digits; a field at its default is left out."
        ),
        "type": "object",
        "additionalProperties": False,
        "required": ["format", "format_version", "document"],
        "properties": {
            "format": {"const": FORMAT},
            "format_version": {"const": FORMAT_VERSION},
            "document": document,
        },
        "$defs": dict(sorted(definitions.items())),
    }


def as_text() -> str:
    """The schema as it is published."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def _of(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of a type; classes become definitions."""
    if kind in _TEXTS:
        return dict(_TEXTS[kind])
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"const": arguments[0]} if len(arguments) == 1 else {"enum": list(arguments)}
    if origin is tuple:
        return _tuple(arguments, definitions)
    if origin in {Union, types.UnionType}:
        if members(kind) and len(arguments) > 2:
            return _named_union(arguments, definitions)
        return {"anyOf": [_of(argument, definitions) for argument in arguments]}
    if isinstance(kind, EnumType):
        cases: dict[str, Any] = dict(kind.__members__)
        values = [member.value for member in cases.values()]
        return {"enum": values}
    if attrs.has(kind):
        return _class(kind, definitions)
    raise TypeError(kind)


def _tuple(arguments: tuple[Any, ...], definitions: dict[str, Any]) -> dict[str, Any]:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return {"type": "array", "items": _of(arguments[0], definitions)}
    places = [_of(argument, definitions) for argument in arguments]
    return {"type": "array", "prefixItems": places, "items": False, "minItems": len(places)}


def _named_union(arguments: tuple[Any, ...], definitions: dict[str, Any]) -> dict[str, Any]:
    """A union of many classes, written once."""
    classes = [argument for argument in arguments if argument is not type(None)]
    name = "or".join(sorted(one.__name__ for one in classes)) if len(classes) < 4 else ""
    if not name:
        name = "Node" if any(one.__name__ == "Decide" for one in classes) else "Expression"
        if {one.__name__ for one in classes} == {"OneOf", "AnyOf", "YesNo", "NumberRange"}:
            name = "Domain"
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = {"oneOf": [_of(one, definitions) for one in classes]}
    reference = {"$ref": f"#/$defs/{name}"}
    if type(None) in arguments:
        return {"anyOf": [reference, {"type": "null"}]}
    return reference


def _class(cls: type, definitions: dict[str, Any]) -> dict[str, Any]:
    name = _OTHER_NAMES.get(cls) or cls.__name__.strip("_")
    if name not in definitions:
        definitions[name] = {}  # stands here before its fields, since classes hold each other
        definitions[name] = _definition(cls, definitions)
    return {"$ref": f"#/$defs/{name}"}


def _definition(cls: type, definitions: dict[str, Any]) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    required = []
    if cls in KIND_ADDED:
        properties["kind"] = {"const": KIND_ADDED[cls]}
        required.append("kind")
    for field in attrs.fields(attrs.resolve_types(cls)):
        if field.name == "span":
            continue
        properties[field.name] = _of(field.type, definitions)
        told_apart = field.name == "kind" and isinstance(field.default, str)
        if field.default is attrs.NOTHING or told_apart:
            required.append(field.name)
    if cls is Pathway:
        own = properties["library"]
        properties["library"] = {"anyOf": [own, {"const": "of the document"}]}
    told = {"description": (cls.__doc__ or "").strip().split("\n\n")[0].replace("\n    ", " ")}
    return {
        **told,
        "type": "object",
        "additionalProperties": False,
        **({"required": required} if required else {}),
        "properties": properties,
    }


if __name__ == "__main__":
    place = Path(__file__).parent / "schema" / "pathway-1.schema.json"
    place.write_text(as_text(), encoding="utf-8", newline="\n")
