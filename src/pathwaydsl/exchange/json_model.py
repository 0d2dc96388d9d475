"""The model as JSON and back, equal to what it was.

Decimals are texts with the author's digits, one of several kinds of thing says which by `kind`,
and a field at its default is left out. Where things were written is not part of it.
"""

import json
import re
import types
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from typing import Any, Union, cast, get_args, get_origin

import attrs
from attrs import evolve
from cattrs import BaseValidationError, Converter, transform_error
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from pathwaydsl.model.cases import Chosen, Given
from pathwaydsl.model.expressions import Sign
from pathwaydsl.model.pathway import Document, Library, Pathway
from pathwaydsl.model.values import Code, PartialDate, Version

FORMAT = "pathwaydsl"
FORMAT_VERSION = 1
"""Rises when a field goes away or changes its meaning; fields may be added."""

KIND_ADDED = {Given: "given", Chosen: "chosen"}
"""Kinds of classes that stand beside others and have no field `kind` of their own."""


class NotReadableError(ValueError):
    """A JSON document that is not one of ours; the message says where and why."""


def to_json(document: Document) -> str:
    """A resolved file as JSON text, with a line break at its end."""
    return json.dumps(to_data(document), ensure_ascii=False, indent=2) + "\n"


def to_data(document: Document) -> dict[str, Any]:
    """A resolved file as JSON values."""
    slim = document
    pathway = document.pathway
    if pathway is not None and pathway.library == document.library:
        slim = evolve(document, pathway=evolve(pathway, library=Library()))
    content = _converter().unstructure(slim)
    if pathway is not None and pathway.library == document.library:
        content["pathway"]["library"] = "of the document"
    return {"format": FORMAT, "format_version": FORMAT_VERSION, "document": content}


def from_json(text: str) -> Document:
    """The resolved file that a JSON text holds.

    Raises:
        NotReadableError: If it is no JSON, of another format version, or not as the schema says.
    """
    try:
        return from_data(json.loads(text))
    except (json.JSONDecodeError, RecursionError) as error:
        raise NotReadableError(f"this is not JSON: {error}") from None


def from_data(content: Any) -> Document:
    """The resolved file that JSON values stand for; raises as `from_json`."""
    if not isinstance(content, Mapping) or content.get("format") != FORMAT:
        raise NotReadableError("this is no pathway: `format` is not `pathwaydsl`")
    version = content.get("format_version")
    if version != FORMAT_VERSION:
        message = f"format_version {version} is not read here, only {FORMAT_VERSION}"
        raise NotReadableError(message)
    try:
        return _document(content.get("document"))
    except BaseValidationError as error:
        places = "; ".join(transform_error(error, path="document"))
        raise NotReadableError(places) from None


def schema() -> dict[str, Any]:
    """The published JSON Schema of the format."""
    text = files("pathwaydsl.exchange").joinpath("schema/pathway-1.schema.json").read_text("utf-8")
    return cast("dict[str, Any]", json.loads(text))


def _document(content: Any) -> Document:
    if not isinstance(content, Mapping):
        raise NotReadableError("`document` is missing")
    shared = False
    if isinstance(content.get("pathway"), Mapping):
        shared = content["pathway"].get("library") == "of the document"
    if shared:
        inner = {key: value for key, value in content["pathway"].items() if key != "library"}
        content = {**content, "pathway": inner}
    document: Document = _converter().structure(content, Document)
    if shared and document.pathway is not None:
        pathway: Pathway = evolve(document.pathway, library=document.library)
        document = evolve(document, pathway=pathway)
    return document


def members(union: Any) -> tuple[type, ...]:
    """The classes of a union that `kind` tells apart; empty where there is nothing to tell."""
    if get_origin(union) not in {Union, types.UnionType}:
        return ()
    classes = tuple(member for member in get_args(union) if attrs.has(member))
    return classes if len(classes) > 1 else ()


def kind_of(member: type) -> str:
    """The `kind` of a class that stands beside others."""
    return str(KIND_ADDED.get(member) or attrs.fields_dict(member)["kind"].default)


@cache
def _converter() -> Converter:
    """The converter for every class of the model."""
    converter = Converter(omit_if_default=True, forbid_extra_keys=True)
    converter.register_unstructure_hook(Decimal, lambda number: f"{number:f}")
    converter.register_structure_hook(Decimal, lambda text, _: _decimal(text))
    for value in (PartialDate, Version, Code):
        converter.register_unstructure_hook(value, str)
    converter.register_structure_hook(PartialDate, lambda text, _: _date(text))
    converter.register_structure_hook(Version, lambda text, _: _version(text))
    converter.register_structure_hook(Code, lambda text, _: Code(*_text(text).split(":", 1)))
    for plain in (str, int, bool):
        converter.register_structure_hook(plain, _exactly)
    # A subclass of `str`, which would be read as one.
    converter.register_structure_hook(Sign, lambda text, _: Sign(text))
    converter.register_unstructure_hook_factory(
        _by_fields, lambda cls: _unstructure(cls, converter)
    )
    converter.register_structure_hook_factory(_by_fields, lambda cls: _structure(cls, converter))
    converter.register_structure_hook_factory(
        lambda kind: bool(members(kind)), lambda union: _by_kind(union, converter)
    )
    return converter


def _by_fields(cls: Any) -> bool:
    return attrs.has(cls) and cls not in {PartialDate, Version, Code}


def _overrides(cls: type) -> dict[str, Any]:
    names = attrs.fields_dict(attrs.resolve_types(cls))
    found: dict[str, Any] = {"span": override(omit=True)} if "span" in names else {}
    if "kind" in names and isinstance(names["kind"].default, str):
        found["kind"] = override(omit_if_default=False)
    return found


def _unstructure(cls: type, converter: Converter) -> Any:
    write: Any = make_dict_unstructure_fn(
        cls, converter, _cattrs_omit_if_default=True, **_overrides(cls)
    )
    added = KIND_ADDED.get(cls)
    if added is None:
        return write
    return lambda value: {"kind": added, **write(value)}


def _structure(cls: type, converter: Converter) -> Any:
    overrides = {name: o for name, o in _overrides(cls).items() if name == "span"}
    read: Any = make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True, **overrides)
    if cls not in KIND_ADDED:
        return read
    return lambda value, _: read({k: v for k, v in value.items() if k != "kind"}, cls)


def _by_kind(union: Any, converter: Converter) -> Any:
    classes = {kind_of(member): member for member in members(union)}
    optional = type(None) in get_args(union)

    def read(value: Any, _: Any) -> Any:
        if value is None and optional:
            return None
        kind = value.get("kind") if isinstance(value, Mapping) else None
        if kind not in classes:
            raise ValueError(f"`kind` is one of {', '.join(classes)}, not {kind}")
        return converter.structure(value, classes[kind])

    return read


def _exactly(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise ValueError(f"expected {kind.__name__}, not {type(value).__name__}")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"expected text, not {type(value).__name__}")  # noqa: TRY004  one kind of error
    return value


def _decimal(value: Any) -> Decimal:
    try:
        number = Decimal(_text(value))
    except InvalidOperation:
        raise ValueError(f"`{value}` is not a number") from None
    if not number.is_finite():
        raise ValueError(f"`{value}` is not a number")
    return number


def _date(value: Any) -> PartialDate:
    if not re.fullmatch(r"\d{4}(-\d\d-\d\d)?", _text(value)):
        raise ValueError(f"`{value}` is not a date or a year")
    return PartialDate(*(int(part) for part in value.split("-")))


def _version(value: Any) -> Version:
    if not re.fullmatch(r"\d+\.\d+\.\d+", _text(value)):
        raise ValueError(f"`{value}` is not a version")
    return Version(*(int(part) for part in value.split(".")))
