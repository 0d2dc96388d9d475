"""The model as JSON and back."""

import json
import types
from decimal import Decimal
from enum import EnumType
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

import attrs
import jsonschema
import pytest

from pathwaydsl.exchange.json_model import (
    NotReadableError,
    _converter,
    from_data,
    from_json,
    kind_of,
    members,
    schema,
    to_data,
    to_json,
)
from pathwaydsl.exchange.json_schema import as_text, json_schema
from pathwaydsl.model.pathway import Document, Library, Pathway
from pathwaydsl.model.values import Code, PartialDate, Version

SCHEMA = Path(__file__).parents[3] / "src/pathwaydsl/exchange/schema/pathway-1.schema.json"
VALUES = {
    Decimal: Decimal("0.60"),
    PartialDate: PartialDate(2025, 12, 24),
    Version: Version(2, 0, 1),
    Code: Code("doi", "10.1056/NEJMoa1113216:x"),
    str: "some \u201ctext\u201d",
    int: 3,
    bool: True,
}


def _classes():
    """Every class of the model that a document can hold."""
    found, waiting = {}, [Document]
    while waiting:
        kind = waiting.pop()
        if attrs.has(kind) and kind not in VALUES and kind not in found:
            found[kind] = attrs.fields(attrs.resolve_types(kind))
            waiting += [field.type for field in found[kind] if field.name != "span"]
        waiting += [inner for inner in get_args(kind) if inner is not Ellipsis]
    return found


CLASSES = _classes()


def _made(kind: Any, depth: int, turn: int = 0) -> Any:
    """A value of a type with every field filled, as far as the depth goes."""
    if kind in VALUES:
        return VALUES[kind]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return arguments[turn % len(arguments)]
    if origin is tuple:
        if arguments[-1] is Ellipsis:
            return (_made(arguments[0], depth - 1, turn),) * 2 if depth > 0 else ()
        return tuple(_made(argument, depth - 1, turn) for argument in arguments)
    if origin in {Union, types.UnionType}:
        if type(None) in arguments and depth <= 0:
            return None
        real = [argument for argument in arguments if argument is not type(None)]
        simple = sorted(real, key=lambda one: one.__name__ in {"And", "Or", "Not", "AtLeast"})
        return _made((simple if depth <= 0 else real)[turn % len(real)], depth, turn)
    if isinstance(kind, EnumType):
        return list(kind)[turn % len(kind)]
    return _instance(kind, depth, turn)


def _instance(cls, depth, turn):
    fields = [
        field
        for field in CLASSES[cls]
        if field.name != "span" and not (field.name == "kind" and isinstance(field.default, str))
    ]
    made = {field.name: _made(field.type, depth - 1, turn) for field in fields}
    return cls(**made)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: f"{cls.__module__}.{cls.__name__}")
@pytest.mark.parametrize("turn", range(4))
def test_every_class_comes_back_equal(cls, turn):
    """A value of each class, every field filled, survives the way there and back."""
    value = _instance(cls, 5, turn)
    written = json.loads(json.dumps(_converter().unstructure(value)))
    assert _converter().structure(written, cls) == value


@pytest.mark.parametrize("turn", range(13))
def test_a_full_document_is_as_the_schema_says(turn):
    """A document with every field filled validates, whichever member of a union it holds."""
    document = _instance(Document, 8, turn)
    content = json.loads(to_json(document))
    jsonschema.validate(content, schema())
    assert from_data(content) == document


def test_the_published_schema_is_current():
    """The file in the package is what the classes say."""
    assert SCHEMA.read_text("utf-8") == as_text()
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_decimals_keep_their_digits():
    """0.60 stays 0.60."""
    assert _converter().unstructure(Decimal("0.60")) == "0.60"
    assert str(_converter().structure("0.60", Decimal)) == "0.60"


def test_a_library_is_written_once():
    """The library of a pathway is that of its document, and so it is read."""
    library = Library(drugs=_instance(Library, 4, 0).drugs)
    pathway = Pathway(id="a", label="A", file="a.pathway", library=library)
    document = Document("a.pathway", library, Library(), pathway)
    content = to_data(document)
    assert content["document"]["pathway"]["library"] == "of the document"
    assert from_data(content) == document


def test_kinds_tell_the_members_of_a_union_apart():
    """No two classes that stand beside each other have one kind."""
    unions = [u for fields in CLASSES.values() for f in fields for u in (f.type, *get_args(f.type))]
    told = [[kind_of(member) for member in members(union)] for union in unions if members(union)]
    assert told
    assert all(len(kinds) == len(set(kinds)) for kinds in told)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "no pathway"),
        ('{"format": "pathwaydsl", "format_version": 2}', "format_version 2"),
        ('{"format": "pathwaydsl", "format_version": 1}', "document"),
        (
            '{"format": "pathwaydsl", "format_version": 1, "document": {"file": 3}}',
            "document.file",
        ),
        (
            '{"format": "pathwaydsl", "format_version": 1, "document": {"file": "", "x": 1}}',
            "x",
        ),
    ],
)
def test_other_json_is_refused_with_its_place(text, words):
    """What is not one of our documents says where it is not."""
    with pytest.raises(NotReadableError, match=words):
        from_json(text)
