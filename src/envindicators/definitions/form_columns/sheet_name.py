"""`sheet_name`: a column that the name of the sheet holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from attrs import frozen

from envindicators.definitions.form_columns.form_column import FormColumn, Record
from envindicators.pickling import versioned

if TYPE_CHECKING:
    from envindicators.frames.column import Column
    from envindicators.frames.stream import Opened


@versioned
@frozen
class SheetName(FormColumn):
    """A column that holds the name of the sheet in every row, a whole number where it is one. Made by `sheet_name`."""

    def read(self, piece: Opened, numbers: Callable[[Column], Column], record: Record) -> Column:  # noqa: ARG002
        from envindicators.frames.column import from_values
        from envindicators.frames.stream import NotAFrameError

        name = piece.sheet
        if name is None:
            raise NotAFrameError("form_no_sheet", "sheet_name()", source=piece.source)
        number = name.strip()
        return from_values([int(number) if number.isascii() and number.isdecimal() else name] * piece.length)

    def to_data(self) -> Any:
        return {"sheet": "name"}


def sheet_name() -> SheetName:
    """Return, for `Form`, a column whose value is the name of the sheet: the year, where each year has its sheet.

    Example:
        >>> sheet_name()
        SheetName()
    """
    return SheetName()
