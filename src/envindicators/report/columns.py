"""What people call the columns of a table."""

from __future__ import annotations

from envindicators.definitions.table import KEY_COLUMNS, Table
from envindicators.words.message import Message
from envindicators.words.phrase import Sayable


def column_name(table: Table, column: str) -> Sayable:
    """Return the name that a column is published under; its key where it was never named."""
    name = table.name_of(column)
    if name is not None and column in (table.total, *KEY_COLUMNS):
        return name
    return Message("“{name}”", name=column if name is None else name)
