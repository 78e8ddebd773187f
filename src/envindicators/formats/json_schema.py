"""What JSON Schemas are made of: lists, objects by key, and what may be missing."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def list_of(items: Schema, least: int = 0) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": items, **({"minItems": least} if least else {})}


def by_key(values: Schema) -> Schema:
    """Return the schema of an object whose keys may be any."""
    return {"type": "object", "additionalProperties": values}


def or_none(schema: Schema) -> Schema:
    """Return the schema of what may be null."""
    return {"anyOf": [schema, {"type": "null"}]}
