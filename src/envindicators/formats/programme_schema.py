"""The JSON Schema of programme files: what an editor or another tool checks a file by, before it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from envindicators.algebra.threshold import SIGNS
from envindicators.definitions.metadata import Metadata, Reference, RelatedCode
from envindicators.definitions.programme import Duty, Reading, Review, Target
from envindicators.definitions.source import Clause, Correction, Document
from envindicators.definitions.table import Category, Part, Table, Unit, Value, YearColumn
from envindicators.formats.json_schema import DRAFT, Schema, by_key, list_of, or_none
from envindicators.formats.programme_files import FORMAT, KINDS, kind_called, type_name

_TEXT: Schema = {"$ref": "#/$defs/text"}
_STRING: Schema = {"type": "string"}
_YEAR: Schema = {"type": "integer", "minimum": 1900, "maximum": 2100}


def programme_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of programme files, TOML or JSON, as `Programme.load` reads them.

    It knows the names, what must be there and of which type. What only the whole tells, as whether a table has the
    column of a rule, is told when the file is read.

    Example:
        >>> programme_schema()["title"]
        'envindicators programme, format 1'
    """
    return {
        "$schema": DRAFT,
        "$id": f"urn:envindicators:programme:{FORMAT}",
        "title": f"envindicators programme, format {FORMAT}",
        "type": "object",
        "additionalProperties": False,
        "required": ["format", "key", "name", "document"],
        "properties": {
            "format": {"type": "integer", "minimum": 1, "maximum": FORMAT},
            "key": _STRING,
            "name": _TEXT,
            "document": _object(Document),
            "units": by_key(_object(Unit, without=("key",))),
            "tables": by_key(_object(Table, without=("key",))),
            "indicators": by_key({"oneOf": [_indicator(word) for word in KINDS]}),
            "targets": list_of(_target()),
            "duties": list_of(_object(Duty)),
            "reviews": list_of(_object(Review)),
        },
        "$defs": {
            "text": {"anyOf": [_STRING, {"type": "object", "minProperties": 1, "additionalProperties": _STRING}]},
            "clause": _object(Clause, optional=("document",)),
            "metadata": _object(Metadata),
            "rule": _rule(),
            "requirement": _requirement(),
            "reading": _reading(),
        },
    }


def _object(cls: type[Any], without: tuple[str, ...] = (), optional: tuple[str, ...] = ()) -> Schema:
    """Return the schema of an object by the fields of its class."""
    fields = [field for field in attrs.fields(cls) if field.init and field.alias not in without]
    needed = [field.alias for field in fields if field.default is attrs.NOTHING and field.alias not in optional]
    return {
        "type": "object",
        "additionalProperties": False,
        "required": needed,
        "properties": {field.alias: _field(field) for field in fields},
    }


def _field(field: Any) -> Schema:
    if field.name in ("multiples", "synonyms"):
        return by_key({"type": "integer", "minimum": 1} if field.name == "multiples" else _STRING)
    kind = type_name(field)
    schema = next((make() for word, make in _SCHEMAS.items() if word in kind), {})
    return or_none(schema) if field.default is None and schema else schema


def _indicator(word: str) -> Schema:
    made = _object(kind_called(word), without=("key",))
    return made | {
        "required": ["kind", *made["required"]],
        "properties": {"kind": {"const": word}, **made["properties"]},
    }


def _rule() -> Schema:
    rule: Schema = {"$ref": "#/$defs/rule"}

    year_or_none = or_none(_YEAR)

    def tree(**properties: Schema) -> Schema:
        needed = [name for name in properties if name not in ("first", "last")]
        return {"type": "object", "additionalProperties": False, "required": needed, "properties": properties}

    return {
        "oneOf": [
            {"const": "all_units"},
            tree(flag=_STRING),
            tree(one_of=_STRING, values=list_of(_STRING, 1)),
            tree(between=_STRING, first=year_or_none, last=year_or_none),
            tree(**{"not": rule}),
            tree(**{"and": list_of(rule, 2)}),
            tree(**{"or": list_of(rule, 2)}),
        ]
    }


def _requirement() -> Schema:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["indicator"],
        "properties": {"indicator": _STRING, **dict.fromkeys(SIGNS, _LEVEL)},
        "oneOf": [{"required": [direction]} for direction in SIGNS],
    }


_LEVEL: Schema = {"anyOf": [_STRING, {"type": "object", "additionalProperties": True}]}
"""A level as a document writes it, or one for each class of a category."""

_REQUIREMENTS: Schema = {
    "type": "object",
    "additionalProperties": False,
    "properties": {word: list_of({"$ref": "#/$defs/requirement"}, 1) for word in ("all_of", "any_of")},
    "oneOf": [{"required": [word]} for word in ("all_of", "any_of")],
}


def _reading() -> Schema:
    made = _object(Reading, without=("requirements", "one_suffices"))
    return made | {
        "properties": {**made["properties"], **_REQUIREMENTS["properties"]},
        "oneOf": _REQUIREMENTS["oneOf"],
    }


def _target() -> Schema:
    made = _object(Target, without=("readings", "deadline"), optional=("path",))
    readings = list_of({"$ref": "#/$defs/reading"}, 1)
    path: Schema = {"type": "object", "minProperties": 1, "propertyNames": {"pattern": "^[0-9]{4}$"}}
    return made | {
        "properties": {
            **made["properties"],
            "deadline": _YEAR,
            "readings": readings,
            "path": path | {"additionalProperties": readings},
        },
        "oneOf": [{"required": ["deadline", "readings"]}, {"required": ["path"]}],
    }


def _base() -> Schema:
    figure = {
        "type": "object",
        "additionalProperties": False,
        "required": ["published", "year"],
        "properties": {"published": _STRING, "year": _YEAR},
    }
    scenario = {"type": "object", "required": ["scenario"], "properties": {"scenario": _STRING}}
    # text is the year before, or a scenario
    return {"anyOf": [_YEAR, _STRING, list_of(_YEAR, 1), scenario, figure]}


_SCHEMAS: Mapping[str, Callable[[], Schema]] = {
    "PublishedFigure": _base,
    "tuple[Part": lambda: list_of(_object(Part)),
    "tuple[Category": lambda: list_of(_object(Category)),
    "tuple[Value": lambda: list_of(_object(Value)),
    "tuple[YearColumn": lambda: list_of(_object(YearColumn)),
    "tuple[Reference": lambda: list_of(_object(Reference)),
    "tuple[RelatedCode": lambda: list_of(_object(RelatedCode)),
    "tuple[Correction": lambda: list_of(_object(Correction)),
    "tuple[Text": lambda: list_of(_TEXT),
    "tuple[str": lambda: list_of(_STRING),
    "tuple[int": lambda: list_of({"type": "integer"}),
    "Metadata": lambda: {"$ref": "#/$defs/metadata"},
    "Text": lambda: _TEXT,
    "Clause": lambda: {"$ref": "#/$defs/clause"},
    "date": lambda: {"type": "string", "format": "date"},
    "Rule": lambda: {"$ref": "#/$defs/rule"},
    "Any": lambda: _REQUIREMENTS,
    "bool": lambda: {"type": "boolean"},
    "Unit": lambda: _STRING,
    "Table": lambda: _STRING,
    "Indicator": lambda: _STRING,
    "Quantitative": lambda: _STRING,
    "Amount": lambda: _STRING,
    "Literal": lambda: _STRING,
    "str": lambda: _STRING,
    "int": lambda: {"type": "integer"},
}
"""The schema of a field, by a word in the name of its type; that of others tells nothing."""
