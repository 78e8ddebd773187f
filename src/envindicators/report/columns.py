"""What people call the columns of a table."""

from __future__ import annotations

from envindicators.definitions.table import Table
from envindicators.words.message import Message

_KEYS = {"area": Message("area"), "year": Message("year")}


def column_name(table: Table, column: str) -> Message:
    """Return the name that a column is published under; its key where it was never named."""
    if column == table.total:
        return Message("total ({unit})", unit=table.unit.name)
    if column in _KEYS:
        return _KEYS[column]
    named = table.part(column) or table.category(column) or table.year_column(column) or table.value(column)
    return Message("“{name}”", name=column if named is None else named.name)
