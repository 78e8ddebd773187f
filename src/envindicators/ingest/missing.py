"""`MissingInput`: an input that is missing."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from envindicators.pickling import versioned


@versioned
@frozen
class MissingInput:
    """An input that is missing.

    Args:
        table: the table.
        what: ``"table"``, ``"column"``, ``"area"`` (no rows of it came), ``"group"`` or ``"row"`` (an expected one).
        name: the column, area or group, or the key of the row in words; None for a whole table.
        year: the year it is missing in; None for a table or column.
    """

    table: str
    what: str
    name: Any = None
    year: int | None = None

    def __str__(self) -> str:
        return self.table if self.name is None else f"{self.name}"
